"""pytest fixtures for ``tests/conftest.py``: ``from testbed.fixtures import sshd_server, s3_server  # noqa: F401``.

Both are started once a session. The S3 server is Ceph RGW where it is installed, else moto; a test that needs the
real one checks ``s3_server.kind``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from testbed.azurite import Azurite
from testbed.s3 import S3Server, short_folder
from testbed.sshd import Sshd


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A short folder below /tmp that the SSH account may enter, removed at the end. (pytest's own folders are 0700,
    and too long for Ceph's sockets.)"""
    folder = short_folder("at-")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sshd_server(server_folder: Path) -> Iterator[Sshd]:
    """A running sshd with a read-only SFTP account."""
    with Sshd(folder=server_folder / "ssh") as server:
        yield server


@pytest.fixture(scope="session")
def s3_server(server_folder: Path) -> Iterator[S3Server]:
    """A running S3 server with a writer and a read-only auditor."""
    with S3Server(folder=server_folder / "s3") as server:
        yield server


@pytest.fixture(scope="session")
def azurite(server_folder: Path) -> Iterator[Azurite]:
    """A running Azurite with one account."""
    with Azurite(folder=server_folder / "azurite") as server:
        yield server
