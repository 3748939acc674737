"""What the database engines share: how a server is reached, what a session offers, how names are shown."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._stream import Chunks

LOCK_TIMEOUT: Final = 5
"""Seconds we wait for a table that another session locks; meanwhile others would wait behind us."""

LONGEST_VALUE: Final = 32 << 20
"""Bytes of a value that are read; only looked for in tables that are larger than that."""

_VERB: Final = re.compile(
    r"(?:show (?:grants|session status|global variables)|set (?:session|local)|begin|rollback|copy|select|[a-z]+)\b",
    re.IGNORECASE,
)
_CATALOGUE: Final = re.compile(
    r"\bfrom ((?:information_schema|mysql|performance_schema)\.[a-z_]+|pg_[a-z_]+)", re.IGNORECASE
)

MOST_NAMES: Final = 20
"""Names that a sentence of the report lists."""


@noun
class Endpoint:
    """Where the server listens: TCP, or the Unix socket of a connection through SSH."""

    host: str
    port: int
    socket: Path | None = None


@contextmanager
def whole_target() -> Iterator[None]:
    """What is asked in it is about the whole database: a ReadError is the target's, a TargetError."""
    try:
        yield
    except ReadError as error:
        raise TargetError(error.code, error.detail, "Run the audit again when the server answers.") from None


class Session(Protocol):
    """One connection to a database. Nothing it does can write; each statement is told to the target's `Conduct` first. ReadError and TargetError say what fails."""

    def controls(self) -> Iterator[Control]:
        """How the database is guarded."""
        ...

    def listing(self) -> Iterator[Asset | Gap | Control]:
        """Tables in a stable order, and what of them cannot be read."""
        ...

    def rows(self, asset: Asset) -> Chunks:
        """A table's rows in the form of model/rows.py, or a format that has an extractor."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


def named(statement: str) -> str:
    """A statement for the journal: its verb, and which of the server's own catalogues it asks; no name or value of the vendor's."""
    words = _VERB.match(statement.lstrip())
    catalogue = _CATALOGUE.search(statement)
    parts = ("sql", words[0].lower() if words else "", catalogue[1].lower() if catalogue else "")
    return " ".join(part for part in parts if part)


def password_of(target: DatabaseTarget) -> str | None:
    """The password file's first line; None where none is named. TargetError if it cannot be read or others may read it."""
    file = target.password_file
    if file is None:
        return None
    try:
        facts = file.stat()
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "it is no text"
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"The password file {printable(str(file))} cannot be read ({printable(reason)}).",
            "Check password_file and the file's permissions.",
        ) from None
    if facts.st_mode & (stat.S_IRGRP | stat.S_IROTH) and stat.S_ISREG(facts.st_mode) and os.name == "posix":
        raise TargetError(
            GapCode.AUTHENTICATION_FAILED,
            f"Other users of this machine may read the password file {printable(str(file))}.",
            f"Run: chmod 600 {printable(str(file))}",
        )
    return text.split("\n", 1)[0].rstrip("\r")


def shown(*names: str) -> str:
    """`schema.table` as a person types it; a slash in a name would look like a folder or an archive's member."""
    return ".".join(printable(name).replace("/", "\\x2f") for name in names)


def listed(names: list[str]) -> str:
    """Names for a sentence: the first ones, and how many more."""
    more = len(names) - MOST_NAMES
    text = ", ".join(printable(name) for name in names[:MOST_NAMES])
    return f"{text} and {more:,} more" if more > 0 else text


def unreachable(target: DatabaseTarget, why: str, cure: str = "") -> TargetError:
    """The server cannot be reached."""
    where = f"{printable(target.host)} port {target.port}"
    return TargetError(
        GapCode.UNREACHABLE, f"{where} cannot be reached. {why}",
        cure or "Check host and port, that the server runs there, and that no firewall lies in between (or name an ssh target: via).",
    )  # fmt: skip


def refused(target: DatabaseTarget, why: str) -> TargetError:
    """The login failed."""
    user = printable(target.user or "the account")
    return TargetError(
        GapCode.AUTHENTICATION_FAILED, f"{printable(target.host)} port {target.port} did not let {user} in. {why}",
        "Check user, database and password_file with the vendor; docs/vendor-access-databases.md says what to grant.",
    )  # fmt: skip


def missing_driver(target: DatabaseTarget) -> TargetError:
    """The optional libraries are not installed."""
    return TargetError(
        GapCode.UNREACHABLE, f"The library that speaks to {target.engine} is not installed.",
        'Install it: pip install "vendor-auditor[databases]".',
    )  # fmt: skip
