"""A real Redis server on loopback: ``with Redis(folder) as server: …``. It keeps nothing but its log in its folder."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from testbed.packages import by_hand, find
from testbed.process import Server, ServerError, free_port


@dataclass(kw_only=True, eq=False)
class Redis(Server):
    """One server. ``options`` are command-line options such as ``--requirepass``; ``tls``: ``tls_port`` is a port with TLS."""

    options: Sequence[str] = ()
    tls: bool = False
    tls_port: int = field(default=0, init=False)
    host: str = "127.0.0.1"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "redis.log"

    @property
    def socket(self) -> Path:
        """Its Unix socket, where the tests' own commands go."""
        return self.folder / "s"

    def start(self) -> Self:
        """Start; ServerError with the end of the log otherwise."""
        server = find("redis-server")
        if server is None:
            raise ServerError(f"Redis is not installed; as root: {by_hand(['redis-server'])}")
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [
            server, "--bind", self.host, "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no",
            "--dir", str(self.folder), *self.options,
        ]  # fmt: skip

        def once() -> None:
            ports = ["--port", str(self.port)]
            if self.tls:
                self.tls_port = free_port()
                ports += ["--tls-port", str(self.tls_port)]
            self.children.start("redis-server", [*command, *ports], log=self.log)
            self.wait_for("redis-server", "eady to accept connections", seconds=30)

        self.begin(once)
        return self

    def cli(self, *words: str, input: str = "") -> str:
        """What redis-cli prints for one command, or for a line each of ``input``; ServerError where one fails."""
        command = [find("redis-cli") or "redis-cli", "-s", str(self.socket), *words]
        done = subprocess.run(command, input=input, capture_output=True, text=True, check=False)
        if done.returncode != 0 or done.stdout.startswith(("ERR", "NOAUTH", "WRONG", "(error)")):
            raise ServerError(f"redis-cli: {done.stdout.strip()} {done.stderr.strip()}")
        return done.stdout.strip()
