"""Azure Blob Storage, where its library is installed (the extra `azure`); without it the target is a gap that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO

from auditor.errors import ReadError, TargetError
from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import AzureTarget
from auditor.model.scanner import Scanner
from auditor.pace import Pace


def scanner_of(target: AzureTarget, pace: Pace | None = None, journal: Journal | None = None) -> Scanner:
    """The scanner of a container."""
    try:
        from auditor.scanners._azure_scanner import AzureScanner
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "azure":
            raise
        return _NotInstalled()
    return AzureScanner(target, pace, journal)


class _NotInstalled:
    """Stands in where the library is missing."""

    parallel = True

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """TargetError."""
        raise _missing()

    def open(self, asset: Asset) -> AbstractContextManager[BinaryIO]:
        """ReadError."""
        raise ReadError(GapCode.UNREACHABLE, _missing().detail, asset.size)

    def probe(self) -> Iterator[Probe]:
        """TargetError."""
        raise _missing()

    def close(self) -> None:
        """Nothing to let go of."""


def _missing() -> TargetError:
    return TargetError(
        GapCode.UNREACHABLE, "The library that speaks to Azure Blob Storage is not installed.",
        'Install it: pip install "vendor-auditor[azure]".',
    )  # fmt: skip
