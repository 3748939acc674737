"""Files of no format that is read: programs, heap and memory dumps, database files, whatever is unknown. Their printable text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.extractors import magic
from auditor.extractors._data.runs import stream_runs
from auditor.extractors.decoding import looks_binary
from auditor.extractors.limits import Budget
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Source

_KINDS: Final = (
    (b"\xfe\x62\x69\x6e", "MySQL binary log"),
    (b"JAVA PROFILE 1.0", "Java heap dump"),
    (b"\xac\xed\0\x05", "serialised Java object"),
)


class BinaryExtractor:
    """The printable-run pass (runs.py), then the gap that says that no more than this was searched."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s whose parts are places (`byte 0x1A0000`), and a gap."""
        asset = source.asset
        empty = not source.head.strip(b"\0")
        what = _kind(source.head, asset.name)
        for text in stream_runs(source.stream, asset, source.encodings, self._budget, innodb=is_innodb(source.head)):
            empty = False
            yield text
        if empty:
            what = "only NUL bytes where it starts"
        yield Gap(
            target=asset.target, path=asset.path, version=asset.version, code=GapCode.UNSUPPORTED_FILE_TYPE, size=asset.size,
            detail=f"{what}: only its printable text was searched",
        )  # fmt: skip


def _kind(head: bytes, name: str) -> str:
    for mark, what in _KINDS:
        if head.startswith(mark):
            return what
    if head[:4] == b"\x7fELF" and head[16:18] in (b"\x04\0", b"\0\x04"):
        return "memory dump of a process (core)"
    if is_innodb(head):
        return "InnoDB table (.ibd)"
    marked = magic.identify(head, name.lower(), binary=looks_binary(head))
    return marked if marked is not None and marked in magic.SEARCHED else "binary file of unknown type"


def is_innodb(head: bytes) -> bool:
    """Whether a file begins like an InnoDB tablespace: page 0 of type FSP_HDR, its space id in both headers."""
    return len(head) > 54 and head[4:8] == b"\0\0\0\0" and head[24:26] == b"\0\x08" and head[34:38] == head[38:42]
