"""A real MariaDB server on loopback: ``with MariaDb(folder) as server: …``. All its state lies under one folder."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from testbed.packages import by_hand, find
from testbed.process import Server, ServerError


@dataclass(kw_only=True, eq=False)
class MariaDb(Server):
    """One server, whose own account ``root`` needs no password on the socket. ``options`` are ``--name=value``."""

    options: Sequence[str] = ()
    host: str = "127.0.0.1"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "mariadb.log"

    def start(self) -> Self:
        """Make the system tables and start; ServerError with the end of the log otherwise."""
        server, install = find("mariadbd"), find("mariadb-install-db")
        if server is None or install is None:
            raise ServerError(f"MariaDB is not installed; as root: {by_hand(['mariadb-server'])}")
        self.folder.mkdir(parents=True, exist_ok=True)
        data = self.folder / "data"
        user = "root" if os.geteuid() == 0 else getpass.getuser()
        arguments = ["--no-defaults", f"--datadir={data}", f"--user={user}"]
        done = subprocess.run(
            [install, *arguments, "--auth-root-authentication-method=normal", "--skip-test-db"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerError(f"mariadb-install-db: {done.stdout[-1000:]}{done.stderr[-1000:]}")
        command = [
            server, *arguments, f"--bind-address={self.host}", f"--socket={self.folder}/s", f"--pid-file={self.folder}/pid",
            "--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve", "--innodb-buffer-pool-size=32M",
            *self.options,
        ]  # fmt: skip

        def once() -> None:
            self.children.start("mariadbd", [*command, f"--port={self.port}"], log=self.log)
            self.wait_for("mariadbd", "ready for connections")

        self.begin(once)
        return self

    def sql(self, text: str) -> str:
        """What the client prints for statements as root; ServerError where one fails."""
        command = [find("mariadb") or "mariadb", "--no-defaults", f"--socket={self.folder}/s", "-u", "root", "-N", "-B"]
        done = subprocess.run(
            [*command, "--default-character-set=utf8mb4"], input=text, capture_output=True, text=True, check=False
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerError(f"mariadb: {done.stderr.strip()}")
        return done.stdout.strip()
