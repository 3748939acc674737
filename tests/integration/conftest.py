"""What several tests of real servers need."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder below ones that belong to root alone, as sshd wants it of a chroot. It takes root."""
    folder = Path(tempfile.mkdtemp(prefix="at-", dir="/var/lib"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
