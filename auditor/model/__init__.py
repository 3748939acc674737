"""The nouns every stage shares. Standard library only; no stage imports another, all import these.

Read in the order of the flow: engagement → asset → content → match → observation → finding → run.
"""
