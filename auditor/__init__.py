"""Audits a vendor's servers, buckets and databases, read-only, for personal data kept against the contract."""

__version__ = "0.1.0"
