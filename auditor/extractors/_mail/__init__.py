"""Headers and MIME parts, streamed."""
