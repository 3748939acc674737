"""Which legacy encoding a text is in."""
