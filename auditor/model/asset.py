"""What there is at a target (metadata only), and why something could not be seen."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from auditor.model.noun import noun

MEMBER_SEPARATOR = "!/"
"""Between an archive and its member in a path: `backup.tar.gz!/inner.zip!/users.csv`."""


_NOTE: Final = re.compile(
    r" \((?:\d{1,9}|(?:unreachable )?(?:commit|tree) [0-9a-f]{10}(?:, [^()]*)?|staged, in no commit|deleted in a later layer)\)$"
)


def plain_member(path: str) -> str:
    """The path of the innermost file in its archive, without what an extractor noted behind it: `a.csv (commit 1234567890)`."""
    inner = path.rsplit(MEMBER_SEPARATOR, 1)[-1]
    return _NOTE.sub("", inner) if inner.endswith(")") else inner


_COMMIT: Final = re.compile(r" \((?:unreachable )?commit [0-9a-f]{10}(?:, [^()]*)?\)$")


def committed(path: str) -> bool:
    """Whether the innermost file is one of a commit, as the git extractor notes it: its time is then the author's date."""
    return _COMMIT.search(path.rsplit(MEMBER_SEPARATOR, 1)[-1]) is not None


class GapCode(StrEnum):
    """Why something was not examined. The upper part is Amazon Macie's vocabulary, the lower part ours."""

    ARCHIVE_CONTAINS_UNPROCESSED_FILES = "ARCHIVE_CONTAINS_UNPROCESSED_FILES"
    ARCHIVE_EXCEEDS_SIZE_LIMIT = "ARCHIVE_EXCEEDS_SIZE_LIMIT"
    ARCHIVE_NESTING_LEVEL_OVER_LIMIT = "ARCHIVE_NESTING_LEVEL_OVER_LIMIT"
    ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT = "ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT"
    ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT = "ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT"
    FILE_EXCEEDS_SIZE_LIMIT = "FILE_EXCEEDS_SIZE_LIMIT"
    INVALID_ENCRYPTION = "INVALID_ENCRYPTION"
    INVALID_KMS_KEY = "INVALID_KMS_KEY"
    INVALID_OBJECT_STATE = "INVALID_OBJECT_STATE"
    JSON_NESTING_LEVEL_OVER_LIMIT = "JSON_NESTING_LEVEL_OVER_LIMIT"
    MALFORMED_FILE = "MALFORMED_FILE"
    NO_SUCH_BUCKET_AVAILABLE = "NO_SUCH_BUCKET_AVAILABLE"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    SOURCE_OBJECT_NO_LONGER_AVAILABLE = "SOURCE_OBJECT_NO_LONGER_AVAILABLE"
    TIME_CUT_OFF_REACHED = "TIME_CUT_OFF_REACHED"
    UNABLE_TO_PARSE_FILE = "UNABLE_TO_PARSE_FILE"
    UNSUPPORTED_FILE_TYPE = "UNSUPPORTED_FILE_TYPE"

    NAME_UNDECODABLE = "NAME_UNDECODABLE"
    SPECIAL_FILE = "SPECIAL_FILE"
    CHANGED_DURING_READ = "CHANGED_DURING_READ"
    SERVER_MISBEHAVED = "SERVER_MISBEHAVED"
    PASSWORD_PROTECTED = "PASSWORD_PROTECTED"
    WORKER_CRASHED = "WORKER_CRASHED"
    RULE_TIMEOUT = "RULE_TIMEOUT"
    HOST_KEY_REFUSED = "HOST_KEY_REFUSED"
    AUTHENTICATION_FAILED = "AUTHENTICATION_FAILED"
    UNREACHABLE = "UNREACHABLE"
    NOT_FOUND = "NOT_FOUND"
    INTERRUPTED = "INTERRUPTED"
    LEFT_OUT = "LEFT_OUT"
    NOT_SAMPLED = "NOT_SAMPLED"
    OUTSIDE_HOURS = "OUTSIDE_HOURS"


@noun
class Asset:
    """One thing that holds bytes: a file, an object version, an archive member.

    `path` is what a person types to find it, archive members joined by `!/`, already `printable`.
    `locator` is what the scanner needs to open it (bytes of a name, a key and a version); it is never shown.
    `size` is in bytes as declared, not to be trusted. `modified` is aware, UTC. `mode` holds the POSIX bits.
    """

    target: str
    path: str
    locator: Any = field(default=None, repr=False, compare=False)
    size: int | None = None
    modified: datetime | None = None
    mode: int | None = None
    owner: str | None = None
    version: str | None = None
    current: bool = True

    def gap(self, code: GapCode | str, detail: str, size: int | None = None, *, part: bool = False) -> Gap:
        """What of it was not examined: `size` bytes, by default all of it; of a `part` without a size it is not known how many."""
        size = self.size if size is None and not part else size
        return Gap(
            target=self.target, path=self.path, version=self.version, code=GapCode(code), detail=detail, size=size
        )

    @property
    def identity(self) -> str:
        """What stays the same between two audits: target, path and object version."""
        return "\0".join((self.target, self.path, self.version or ""))

    @property
    def name(self) -> str:
        """The last part of the path: the file's or the innermost member's own name."""
        return plain_member(self.path).rsplit("/", 1)[-1]

    @property
    def depth(self) -> int:
        """How many archives it lies in; 0 for a file of the target."""
        return self.path.count(MEMBER_SEPARATOR)


@noun
class Gap:
    """Something not examined: a result like any other. A run with a gap is never called clean.

    `detail` is one sentence in English for a person, `printable`, without clear values or credentials.
    `size` is the number of bytes not read, where known. An empty `path` means the whole target.
    """

    target: str
    path: str
    code: GapCode
    detail: str = ""
    size: int | None = None
    version: str | None = None


@noun
class Control:
    """One fact about how a target is guarded, such as `bucket.public_access`.

    `value` None means that it could not be determined, and `detail` says why: unknown is never absent.
    """

    target: str
    name: str
    value: bool | str | int | None
    detail: str = ""
    path: str = ""


@noun
class Position:
    """How far a listing has come, between two of its items: what a later run needs to list on from here."""

    token: str


@noun
class Probe:
    """One thing `auditor doctor` tried: `ok`, and for a failure what to do about it.

    `warning`: it works, and something is wrong with it all the same: an account that could write.
    """

    target: str
    what: str
    ok: bool
    detail: str = ""
    cure: str = ""
    warning: bool = False
