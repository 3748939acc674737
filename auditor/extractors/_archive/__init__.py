"""libarchive and what is read in front of and behind it."""
