"""Marks, notes and the text in pictures."""
