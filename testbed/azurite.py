"""Azurite, Microsoft's own emulator of Azure Blob Storage, on loopback: ``with Azurite(folder) as server: …``.

A node program from npm; ``python -m testbed.packages --tests`` installs it into a cache once (``testbed/packages.py``).
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from testbed.packages import AZURITE, find
from testbed.process import Children, Server, ServerError, settle

if TYPE_CHECKING:
    from azure.storage.blob import BlobServiceClient


@dataclass(kw_only=True, eq=False)
class Azurite(Server):
    """One server with one account, everything in memory. The access log, every request a line, is ``log``."""

    account: str = "vendorassets"
    certificate: tuple[Path, Path] | None = None
    options: Sequence[str] = ()
    key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(64)).decode(), repr=False)
    children: Children = field(default_factory=lambda: Children(grace=0.5))

    @property
    def log(self) -> Path:
        """Where the server writes a line a request: method, path and status."""
        return self.folder / "azurite.log"

    @property
    def endpoint_url(self) -> str:
        """``http://127.0.0.1:PORT``, or https with a certificate; the account is the first part of each path."""
        return f"http{'s' if self.certificate else ''}://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start and wait until it listens; ServerError with the end of the log otherwise."""
        node = find("node")
        if node is None or not AZURITE.exists():
            raise ServerError("Azurite is not installed: python -m testbed.packages --tests")
        self.folder.mkdir(parents=True, exist_ok=True)
        tls = ["--cert", str(self.certificate[0]), "--key", str(self.certificate[1])] if self.certificate else []
        command = [
            node, str(AZURITE), "--inMemoryPersistence", "--blobHost", "127.0.0.1", "--skipApiVersionCheck", "--disableTelemetry",
            *tls, *self.options,
        ]  # fmt: skip
        environment = {**os.environ, "AZURITE_ACCOUNTS": f"{self.account}:{self.key}"}

        def once() -> None:
            self.children.start("azurite", [*command, "--blobPort", str(self.port)], log=self.log, env=environment)
            self.wait_for("azurite", "successfully listens on")

        self.begin(once)
        return self

    def client(self) -> BlobServiceClient:
        """A client with the account's key, for seeding."""
        from azure.core.credentials import AzureNamedKeyCredential
        from azure.storage.blob import BlobServiceClient

        return BlobServiceClient(
            f"{self.endpoint_url}/{self.account}", credential=AzureNamedKeyCredential(self.account, self.key)
        )

    def sas(self, container: str | None = None, may: str = "rl", *, hours: float = 1) -> str:
        """A SAS token: for one container, or (None) for the account with its services and containers."""
        from azure.storage.blob import ResourceTypes, generate_account_sas, generate_container_sas

        ends = datetime.now(UTC) + timedelta(hours=hours)
        if container is not None:
            return str(
                generate_container_sas(self.account, container, account_key=self.key, permission=may, expiry=ends)
            )
        kinds = ResourceTypes(service=True, container=True, object=True)
        return str(generate_account_sas(self.account, self.key, resource_types=kinds, permission=may, expiry=ends))

    def requests(self) -> list[str]:
        """Method and path of each request so far, in order: ``GET /account/container?comp=list…``.

        The server writes its log a moment after it answers: waits until nothing more comes.
        """
        settle(self.log, 1.0)
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return [line.split('"')[1].rsplit(" ", 1)[0] for line in lines if ' "' in line and "HTTP/1.1" in line]


def written(path: Path, secret: str) -> Path:
    """A token or key in a file of mode 600; the path."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{secret}\n")
    return path
