"""Speed, as ratios within one run. `make bench`; the figures and how to read them are in README.md."""
