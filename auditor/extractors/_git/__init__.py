"""Git's own formats: packs, deltas, history, and which files of a listing are a repository's."""
