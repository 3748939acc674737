"""One reader a kind of target: each lists what is there and opens it, and none can write."""

from __future__ import annotations

from auditor import registry
from auditor.journal import Journal
from auditor.model.engagement import AzureTarget, DatabaseTarget, LocalTarget, S3Target, SshTarget, Target
from auditor.model.scanner import Scanner
from auditor.pace import Pace


def scanner_of(target: Target, pace: Pace | None = None, journal: Journal | None = None) -> Scanner:
    """The scanner that reads a target at a pace and writes down what it asks; not yet connected."""
    match target:
        case LocalTarget():
            name = "local"
        case SshTarget():
            name = "ssh"
        case S3Target():
            name = "s3"
        case AzureTarget():
            name = "azure"
        case DatabaseTarget():
            name = "database"
    scanner: Scanner = registry.load("scanners", name)(target, pace, journal)
    return scanner
