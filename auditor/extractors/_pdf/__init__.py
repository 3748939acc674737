"""Pages as lines, pictures, widgets, and what streams hold."""
