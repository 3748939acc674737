"""How far an audit has come, on disk: one that was stopped, killed or met the end of its hours goes on from there (`--resume`).

Beside the store lies a file of records in the order in which things happened: what workers found (the events of `ledger`), which
assets are done, what the listing said, and positions of the listing. A later run applies the records up to the last position
before which every asset is done, as if it had just read them, and has the scanner list on from there. A record that a kill cut
off is the end of the file. Events hold masks and keyed fingerprints; names of files are masked before
they get here, and positions are encrypted under the engagement's key.
"""

from __future__ import annotations

import hmac
import json
import os
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeAlias

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.noun import noun

if TYPE_CHECKING:
    from auditor.ledger import Event

NAME: Final = "unfinished.trail"
STOPS: Final = frozenset({GapCode.INTERRUPTED, GapCode.OUTSIDE_HOURS, GapCode.UNREACHABLE})
"""Why a listing ends that may be gone on with later."""
_NOT_DONE: Final = frozenset({GapCode.INTERRUPTED, GapCode.OUTSIDE_HOURS})
"""Why an asset is not done, though its worker is: it is read again."""
_RECORD: Final = struct.Struct(">cQI")
_HEADER, _EVENTS, _DONE, _GAP, _CONTROL, _POSITION, _END = b"H", b"E", b"D", b"G", b"C", b"P", b"T"


@noun
class Done:
    """An asset is done: bytes `read` of it, its `size` as listed, how many `gaps` there were."""

    gaps: int
    read: int
    size: int | None


@noun
class At:
    """A position: of `target`'s listing, behind what the sealed `token` names. `token` None: the target is done."""

    target: str
    token: str | None


Said: TypeAlias = "Done | Gap | Control | At | list[Event]"


def sealed(key: bytes, token: str) -> str:
    """A token as it is written down: it names the vendor's objects as they are called, and nothing else in the file does."""
    from auditor.workers.shard import seal  # cryptography: not for those whose targets have no positions

    return b64encode(seal(_own(key), token.encode())).decode()


def unsealed(key: bytes, token: str) -> str:
    """The token. ValueError under another key."""
    from auditor.workers.shard import unseal

    return unseal(_own(key), b64decode(token)).decode()


def _own(key: bytes) -> bytes:
    return hmac.digest(key, b"auditor trail", "sha256")


class Trail:
    """Writes the file, from one thread; without a path nothing is kept. `stop` ends it: what comes after is not gone on with."""

    def __init__(self, path: Path | None = None, about: dict[str, Any] | None = None) -> None:
        self.kept = path is not None
        self._not_done: set[int] = set()
        self.stopped = False
        self._full = False
        self._file: BinaryIO | None = None
        if path is None:
            return
        self._path = path
        self._new = path.with_name(f"{path.name}.new")
        self._new.unlink(missing_ok=True)
        self._file = os.fdopen(os.open(self._new, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb")
        self._write(_HEADER, 0, json.dumps(about).encode())

    def begin(self) -> None:
        """From now on it is the file to go on from: what was copied into it is all there is of an earlier one."""
        if self._file is not None:
            self._file.flush()
            self._new.replace(self._path)

    def events(self, index: int, events: list[Event]) -> None:
        """What was found in an asset."""
        from auditor.workers import wire  # with all that a worker sends: not for those who keep no trail

        self._write(_EVENTS, index, wire.events_frame(events))

    def missed(self, index: int, gap: Gap) -> None:
        """What of an asset could not be read, as reports may show it."""
        from auditor.ledger import Missed

        self.note(index, gap)
        self.events(index, [Missed(gap)])

    def note(self, index: int, gap: Gap) -> None:
        """An asset that was not read to its end for want of time is not done."""
        if gap.code in _NOT_DONE:
            self._not_done.add(index)

    def done(self, index: int, done: Done) -> None:
        """An asset is done."""
        if self.kept and index not in self._not_done:
            self._write(_DONE, index, json.dumps(asdict(done)).encode())

    def said(self, item: Gap | Control) -> None:
        """What the listing says besides assets, as reports may show it."""
        self._write(_GAP if isinstance(item, Gap) else _CONTROL, 0, json.dumps(asdict(item)).encode())

    def at(self, index: int, at: At) -> None:
        """The listing has come to a position, behind `index` assets of the run."""
        self._write(_END if at.token is None else _POSITION, index, json.dumps(asdict(at)).encode())

    def copy(self, kind: bytes, index: int, body: bytes) -> None:
        """A record of an earlier file."""
        self._write(kind, index, body)

    @property
    def complete(self) -> bool:
        """Whether all has been read: nothing is left to go on with."""
        return not self.stopped and not self._not_done

    def stop(self) -> None:
        """Nothing more is written down."""
        self.stopped = True

    def close(self) -> None:
        """Let go of the file; it stays until what was read is reported (`commands.audit`)."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
        if self.kept:
            self._new.unlink(missing_ok=True)

    def _write(self, kind: bytes, index: int, body: bytes) -> None:
        if self._file is None or self.stopped or self._full:
            return
        try:
            self._file.write(_RECORD.pack(kind, index, len(body)) + body)
            if kind in (_DONE, _POSITION, _END):
                self._file.flush()
        except OSError:  # the disk is full: the audit itself goes on
            self._full = True


class Earlier:
    """What an earlier run left. OSError or ValueError for a file that is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.about: dict[str, Any] = {}
        self.count = 0
        """Assets to be applied; the next one has this number."""
        self.at: At | None = None
        """Where the listing goes on; None: from the beginning."""
        self._until = 0
        ahead: set[int] = set()
        waiting: list[tuple[int, int, At]] = []
        frontier = 0
        for offset, kind, index, body in self._records():
            if kind == _HEADER:
                self.about = json.loads(body)
            elif kind == _DONE:
                ahead.add(index)
                while frontier in ahead:
                    ahead.remove(frontier)
                    frontier += 1
            elif kind in (_POSITION, _END):
                waiting.append((index, offset, At(**json.loads(body))))
            while waiting and waiting[0][0] <= frontier:
                self.count, self._until, self.at = waiting.pop(0)
        if not self.about:
            raise ValueError("it does not say what audit it is of")

    def said(self, trail: Trail) -> Iterator[tuple[int, Said]]:
        """(number of the asset, what was written down), in order and up to where the listing goes on; each is copied into `trail`."""
        from auditor.workers import wire

        for offset, kind, index, body in self._records():
            if kind == _HEADER:
                continue
            if kind in (_EVENTS, _DONE):
                if index >= self.count:
                    continue
            elif offset > self._until:
                continue
            trail.copy(kind, index, body)
            match kind:
                case b"E":
                    for events in wire.EventReader().feed(body):
                        yield index, events
                case b"D":
                    yield index, Done(**json.loads(body))
                case b"G":
                    told = json.loads(body)
                    yield index, Gap(**{**told, "code": GapCode(told["code"])})
                case b"C":
                    yield index, Control(**json.loads(body))
                case _:
                    yield index, At(**json.loads(body))

    def _records(self) -> Iterator[tuple[int, bytes, int, bytes]]:
        """(offset, kind, number, content) of each whole record."""
        with self._path.open("rb") as file:
            offset = 0
            while len(head := file.read(_RECORD.size)) == _RECORD.size:
                kind, index, length = _RECORD.unpack(head)
                body = file.read(length)
                if len(body) < length:
                    return
                yield offset, kind, index, body
                offset += _RECORD.size + length
