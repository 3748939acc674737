"""What the readers of data files share: runs of printable text, records, pages."""
