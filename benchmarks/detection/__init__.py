"""A public benchmark of detection: labelled Korean, Thai and Chinese vendor leftovers, and a scorer. `make bench-detection`.

Held out: whoever wrote the generator had not read `rules/` or `auditor/detectors/`. Keep it so: when a recogniser is
changed because of a result here, add new forms and headers, and let another seed be the judge.
"""
