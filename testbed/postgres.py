"""A real PostgreSQL server on loopback: ``with Postgres(folder) as server: …``. All its state lies under one folder.

As root it runs as the account ``postgres``: PostgreSQL refuses root. It lets everybody on this machine in as anybody (trust) unless
``hba`` says otherwise; the tests' own statements go through psql as the superuser ``postgres``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from testbed.packages import by_hand
from testbed.process import Server, ServerError, wait_until

ACCOUNT: Final = "postgres"


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        raise ServerError(f"PostgreSQL is not installed; as root: {by_hand(['postgresql'])}")
    return str(found[-1])


@dataclass(kw_only=True, eq=False)
class Postgres(Server):
    """One server. ``hba`` are lines put before the rule that trusts this machine; ``settings`` are ``name=value``."""

    hba: Sequence[str] = ()
    settings: Sequence[str] = ()
    host: str = "127.0.0.1"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "postgres.log"

    def start(self) -> Self:
        """Make a cluster (UTF-8, no fsync) and start it; ServerError with the end of the log otherwise."""
        self.folder.mkdir(parents=True, exist_ok=True)
        data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        options = ["-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
        done = subprocess.run(
            [*self._as_account(), _program("initdb"), "-D", str(data), *options], capture_output=True, text=True, check=False
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerError(f"initdb: {done.stderr.strip()}")
        if self.hba:
            rules = data / "pg_hba.conf"
            rules.write_text("".join(f"{line}\n" for line in self.hba) + rules.read_text())
        settings = (
            f"listen_addresses={self.host}", f"unix_socket_directories={self.folder}", "fsync=off",
            "log_line_prefix=%u ", "lc_messages=C", "max_connections=20", "shared_buffers=16MB", *self.settings,
        )  # fmt: skip
        arguments = [option for setting in settings for option in ("-c", setting)]
        command = [*self._as_account(), _program("postgres"), "-D", str(data), *arguments]

        def once() -> None:
            self.children.start("postgres", [*command, "-p", str(self.port)], log=self.log)
            self.wait_for("postgres", "database system is ready to accept connections")

        self.begin(once)
        return self

    def sql(self, text: str, database: str = "postgres", user: str = "postgres") -> str:
        """What psql prints for statements (unaligned, tuples only); ServerError where one fails."""
        command = [
            "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
            "-p",
            str(self.port),
        ]
        done = subprocess.run(
            [*command, "-U", user, "-d", database, "-f", "-"], input=text, capture_output=True, text=True, check=False
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerError(f"psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def set(self, name: str, value: str) -> None:
        """Change a setting while the server runs; done when a new connection has it."""
        self.sql(f"alter system set {name} = '{value}'")
        self.sql("select pg_reload_conf()")
        wait_until(
            lambda: self.sql(f"show {name}") == value, seconds=10, what=f"{name} = {value}", log=self.log,
            alive=lambda: self.children.alive("postgres"),
        )  # fmt: skip

    def _as_account(self) -> list[str]:
        return ["setpriv", "--reuid", ACCOUNT, "--regid", ACCOUNT, "--init-groups"] if os.geteuid() == 0 else []
