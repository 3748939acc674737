"""HTML and XML as lines and as records."""
