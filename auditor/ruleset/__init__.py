"""Rules as YAML → rules as used: schema, loader, lint."""
