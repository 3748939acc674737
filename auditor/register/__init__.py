"""The bank's register of its own customers: keyed fingerprints and encrypted references, in one file (docs/register.md)."""
