"""How a table of text is written: delimiter, header, plain blocks."""
