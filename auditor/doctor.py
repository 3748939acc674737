"""Tries every connection and permission before an audit, and says what would not be reachable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from auditor.errors import InputError, TargetError
from auditor.fingerprint import read_key
from auditor.journal import Journal
from auditor.model.asset import Probe
from auditor.model.calendar import day_of, zone_of_party
from auditor.model.engagement import Engagement
from auditor.pace import Pace
from auditor.register.reader import Register
from auditor.scanners import scanner_of


def examine_setup(engagement: Engagement, now: datetime, journal: Journal | None = None) -> Iterator[Probe]:
    """Probes in the order of the engagement: the certificate, the key file, this machine's libraries, then each target.

    What is asked of the vendor's machines is written into the `journal`.
    """
    certificate = engagement.destruction
    if certificate is not None and day_of(now, engagement.entrusting) < certificate.declared:
        yield Probe(
            target="", what=f"destruction certificate of {certificate.declared}", ok=True,
            detail="that day is still to come: until then an audit can neither verify nor contradict it",
        )  # fmt: skip
    if engagement.key_file is not None:
        try:
            key = read_key(engagement.key_file)
        except InputError as error:
            problem = error.problems[0]
            yield Probe(
                target="", what=f"key file {engagement.key_file}", ok=False, detail=problem.cause, cure=problem.cure
            )
        else:
            yield Probe(target="", what=f"key file {engagement.key_file}", ok=True)
            if engagement.register_file is not None:
                yield _register(engagement.register_file, key)
    elif engagement.register_file is not None:
        yield Probe(
            target="", what=f"register {engagement.register_file}", ok=False, detail="no key is given to ask it with",
            cure="add key_file to the engagement: the key it was built with",
        )  # fmt: skip
    yield _archives()
    pace = Pace(engagement.limits, zone_of_party(engagement.vendor))
    for target in engagement.targets:
        scanner = scanner_of(target, pace, journal)
        try:
            yield from scanner.probe()
        except TargetError as error:
            yield Probe(target=target.name, what="reach", ok=False, detail=error.detail, cure=error.cure)
        finally:
            scanner.close()


def _register(file: Path, key: bytes) -> Probe:
    try:
        with Register(file, key) as register:
            detail = f"{register.customers:,} customers, by {', '.join(register.entities)}"
        return Probe(target="", what=f"register {file}", ok=True, detail=detail)
    except InputError as error:
        problem = error.problems[0]
        return Probe(target="", what=f"register {file}", ok=False, detail=problem.cause, cure=problem.cure)


def _archives() -> Probe:
    try:
        import libarchive  # noqa: F401
    except (ImportError, OSError, TypeError, AttributeError):
        return Probe(
            target="",
            what="read archives (libarchive)",
            ok=False,
            detail="the libarchive library is not installed: archives would not be examined",
            cure="apt-get install libarchive13, or brew install libarchive",
        )
    return Probe(target="", what="read archives (libarchive)", ok=True)
