"""Which files are read in parts: those that may be opened in their middle by whoever opens them at their beginning."""

from __future__ import annotations

import pytest

from auditor.model.asset import Asset
from auditor.model.engagement import LocalTarget, SshTarget
from auditor.scanners.local import LocalScanner
from auditor.scanners.ssh import SshScanner
from auditor.workers.source import Source

ASSET = Asset(target="t", path="/srv/a.csv", locator=b"/srv/a.csv", size=1 << 30)


@pytest.mark.parametrize("sudo", [False, True])
def test_what_only_root_may_read_comes_in_one_piece(sudo: bool) -> None:
    scanner = SshScanner(SshTarget(name="t", host="h", user="u", paths=("/srv",), sudo=sudo))
    assert Source(scanner, b"k" * 32).divides(ASSET) is not sudo


def test_a_local_file_is_divided() -> None:
    assert Source(LocalScanner(LocalTarget(name="t", paths=("/srv",))), b"k" * 32).divides(ASSET)
