"""The state of an audit: one SQLite file, private to its owner."""
