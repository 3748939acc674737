"""Redis: dumps (RDB 1–12) and append-only files, read on. Layouts: redis 7 `rdb.c`, `ziplist.c`, `listpack.c`, `intset.c`, `lzf_d.c`."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from auditor.errors import ReadError
from auditor.extractors._data.exact import ExactReader
from auditor.extractors._data.records import Records
from auditor.extractors._data.redis_packed import PackedError, intset, listpack, lzf, ziplist, zipmap
from auditor.extractors._data.runs import stream_runs
from auditor.extractors.limits import Budget
from auditor.extractors.tables import without_surrogates
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source, Table

_MOST_STRING: Final = 512 << 20
"""Bytes: what Redis allows a string."""

_HELD: Final = 16 << 20
"""Bytes of a string that are held at once; what a longer one says is searched as it streams by."""

_EOF, _DB, _EXPIRE_S, _EXPIRE_MS, _RESIZE, _AUX, _FREQ, _IDLE, _MODULE_AUX, _FUNCTION = (
    0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0xFA, 0xF9, 0xF8, 0xF7, 0xF5,
)  # fmt: skip
_STRING, _LIST, _SET, _ZSET, _HASH, _ZSET_2 = 0, 1, 2, 3, 4, 5
_HASH_ZIPMAP, _LIST_ZIPLIST, _SET_INTSET, _ZSET_ZIPLIST, _HASH_ZIPLIST, _QUICKLIST = 9, 10, 11, 12, 13, 14
_HASH_LISTPACK, _ZSET_LISTPACK, _QUICKLIST_2, _SET_LISTPACK = 16, 17, 18, 20
_PACKED: Final = {
    _HASH_ZIPMAP: zipmap, _LIST_ZIPLIST: ziplist, _SET_INTSET: intset, _ZSET_ZIPLIST: ziplist, _HASH_ZIPLIST: ziplist,
    _HASH_LISTPACK: listpack, _ZSET_LISTPACK: listpack, _SET_LISTPACK: listpack,
}  # fmt: skip
_HASHES: Final = frozenset({_HASH_ZIPMAP, _HASH_ZIPLIST, _HASH_LISTPACK})
_ZSETS: Final = frozenset({_ZSET_ZIPLIST, _ZSET_LISTPACK})
_LONGEST_NUMBER: Final = 26
_PLAIN_NODE: Final = 1
_CHECKSUM_SINCE: Final = 5
_COMMANDS: Final = {"hset": 2, "hmset": 2, "hsetnx": 2, "mset": 1, "msetnx": 1}


class _UnknownError(Exception):
    """A type that this version does not know."""


class RedisExtractor:
    """`Table`s: of hashes with their fields as columns, of everything else with `key` and `value`. From what is unknown or damaged on,
    the printable runs and a gap.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """Rows key by key."""
        reader = ExactReader(source.stream)
        records = Records(source.asset, self._budget.limits, source.encodings)
        walk = (
            _Append(reader, records, self._budget) if reader.peek(1) == b"*" else _Dump(reader, records, self._budget)
        )
        detail, code = "", GapCode.MALFORMED_FILE
        try:
            yield from walk.run()
        except ReadError as error:
            yield from records.flush()
            yield source.asset.gap(GapCode(error.code), error.detail)
            return
        except _UnknownError:
            detail, code = "a kind of value in the Redis file is unknown to this version", GapCode.UNSUPPORTED_FILE_TYPE
        except (PackedError, EOFError, ValueError, IndexError, struct.error, OverflowError):
            detail = "the Redis file is damaged or cut off"
        yield from records.flush()
        if detail:
            reader.back(walk.pending())
            yield from stream_runs(reader, source.asset, source.encodings, self._budget)
            if code == GapCode.UNSUPPORTED_FILE_TYPE or getattr(source.stream, "failed", None) is None:
                yield source.asset.gap(code, f"{detail}: of the rest only the printable text was searched")
        if records.binary:
            detail = "binary values: only their printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, records.binary)


class _Dump:
    """An RDB file. Since the last whole key, `_seen` keeps what was read of the next, to be searched if it is damaged."""

    def __init__(self, reader: ExactReader, records: Records, budget: Budget) -> None:
        self._reader = reader
        self._records = records
        self._budget = budget
        self._seen: list[bytes] = []
        self._size = 0
        self._database = ""
        self._stated = 0
        self._keys = 0

    def pending(self) -> bytes:
        """What was read of a key that could not be finished."""
        return b"".join(self._seen)

    def _bytes(self, size: int) -> bytes:
        data = self._reader.exactly(size)
        self._size += size
        if self._size <= _HELD:
            self._seen.append(data)
        return data

    def _whole(self) -> None:
        self._seen.clear()
        self._size = 0

    def run(self) -> Iterator[Table]:
        """All keys to the end mark."""
        if self._bytes(5) != b"REDIS":
            raise ValueError
        version = int(self._bytes(4))
        number = 0
        while True:
            number += 1
            if not number % 100:
                self._budget.check()
            kind = self._bytes(1)[0]
            if kind == _EOF:
                break
            if kind == _DB:
                self._database = f"db{self._length()}"
            elif kind == _AUX:
                name, value = self._string(), self._string()
                yield from self._records.add("redis", {"name": name, "value": value})
            elif kind == _RESIZE:
                self._stated += self._length()
                self._length()
            elif kind in (_EXPIRE_S, _EXPIRE_MS):
                self._bytes(4 if kind == _EXPIRE_S else 8)
                continue
            elif kind == _FREQ:
                self._bytes(1)
            elif kind == _IDLE:
                self._length()
            elif kind == _FUNCTION:
                yield from self._records.add("functions", {"code": self._string()})
            elif kind > _SET_LISTPACK:
                raise _UnknownError
            else:
                self._keys += 1
                key = _text(self._string())
                yield from self._value(kind, key)
            self._whole()
        if self._stated and self._stated != self._keys:
            raise PackedError
        if version >= _CHECKSUM_SINCE:
            self._bytes(8)
        self._whole()
        if self._reader.peek(1) == b"*":  # an append-only file that was rewritten begins with a dump
            yield from _Append(self._reader, self._records, self._budget).run()
        elif not self._reader.at_end():
            raise PackedError
        yield from self._records.flush()

    def _value(self, kind: int, key: str) -> Iterator[Table]:
        if kind == _STRING:
            yield from self._row(key, {"value": self._string()})
        elif kind in (_LIST, _SET):
            for _ in range(self._length()):
                yield from self._row(key, {"value": self._string()})
        elif kind in (_ZSET, _ZSET_2):
            for _ in range(self._length()):
                member = self._string()
                yield from self._row(key, {"value": member, "score": self._score(kind)})
        elif kind == _HASH:
            yield from self._fields(key, ((self._string(), self._string()) for _ in range(self._length())))
        elif kind in _PACKED:
            items = list(_PACKED[kind](self._string()))
            if kind in _HASHES:
                yield from self._fields(key, zip(items[::2], items[1::2], strict=False))
            elif kind in _ZSETS:
                for member, score in zip(items[::2], items[1::2], strict=False):
                    yield from self._row(key, {"value": member, "score": score})
            else:
                for item in items:
                    yield from self._row(key, {"value": item})
        elif kind in (_QUICKLIST, _QUICKLIST_2):
            for _ in range(self._length()):
                plain = kind == _QUICKLIST_2 and self._length() == _PLAIN_NODE
                node = self._string()
                unpack = ziplist if kind == _QUICKLIST else listpack
                for item in [node] if plain else unpack(node):
                    yield from self._row(key, {"value": item})
        else:  # streams, modules
            raise _UnknownError

    def _row(self, key: str, cells: dict[str, bytes]) -> Iterator[Table]:
        return self._records.add(self._database, {"key": key, **cells})

    def _fields(self, key: str, pairs: Iterator[tuple[bytes, bytes]]) -> Iterator[Table]:
        """A hash: a row with a column a field; one with very many fields is a map, and a row each."""
        fields: dict[str, bytes | str] = {}
        for name, value in pairs:
            fields[_text(name)] = value
            if len(fields) >= _WIDE:
                yield from self._records.add(self._database, {"key": key, **fields})
                fields = {}
        if fields:
            if "key" in fields:
                yield from self._records.add(self._database, {"redis key": key, **fields})
            else:
                yield from self._records.add(self._database, {"key": key, **fields})

    def _score(self, kind: int) -> bytes:
        if kind == _ZSET_2:
            return repr(struct.unpack("<d", self._bytes(8))[0]).encode()
        size = self._bytes(1)[0]
        return b"" if size >= 253 else self._bytes(size)

    def _length(self) -> int:
        value = self._number()
        if isinstance(value, bytes):
            raise PackedError
        return value

    def _number(self) -> int | bytes:
        """A length, or as bytes what stands for a string in an encoding of its own."""
        first = self._bytes(1)[0]
        kind = first >> 6
        if kind == 0:
            return first & 0x3F
        if kind == 1:
            return (first & 0x3F) << 8 | self._bytes(1)[0]
        if kind == 2:
            return int.from_bytes(self._bytes(8 if first == 0x81 else 4), "big")
        special = first & 0x3F
        if special < 3:
            return str(int.from_bytes(self._bytes(1 << special), "little", signed=True)).encode()
        if special != 3:
            raise PackedError
        packed, size = self._length(), self._length()
        if packed > _MOST_STRING or size > _MOST_STRING or size > 300 * packed + 300:
            raise PackedError
        self._budget.expand(size)
        return lzf(self._bytes(packed), size)

    def _string(self) -> bytes:
        value = self._number()
        if isinstance(value, bytes):
            return value
        if value > _MOST_STRING:
            raise PackedError
        return self._bytes(value)


class _Append:
    """An append-only file: commands as clients send them, perhaps behind an RDB."""

    def __init__(self, reader: ExactReader, records: Records, budget: Budget) -> None:
        self._reader = reader
        self._records = records
        self._budget = budget
        self._seen: list[bytes] = []

    def pending(self) -> bytes:
        """What was read of a command that is cut off."""
        return b"".join(self._seen)

    def _argument(self, mark: bytes) -> int:
        """`*3` or `$12` and its line end."""
        head = self._reader.peek(_LONGEST_NUMBER)
        end = head.find(b"\r\n")
        if head[:1] != mark or end < 2:
            if head[:1] in (b"", mark) and len(head) < _LONGEST_NUMBER and end < 0:
                raise EOFError
            raise PackedError
        self._seen.append(self._reader.exactly(end + 2))
        return int(head[1:end])

    def run(self) -> Iterator[Table]:
        """All commands."""
        number = 0
        while not self._reader.at_end():
            number += 1
            if not number % 100:
                self._budget.check()
            self._seen.clear()
            if self._reader.peek(1) == b"#":  # a timestamp annotation
                for _ in self._reader.until(b"\n"):
                    pass
                continue
            words = []
            for _ in range(self._argument(b"*")):
                size = self._argument(b"$")
                if not 0 <= size <= _MOST_STRING:
                    raise PackedError
                word = self._reader.exactly(size + 2)
                self._seen.append(word)
                words.append(word[:-2])
            yield from self._command(words)
        self._seen.clear()
        yield from self._records.flush()

    def _command(self, words: list[bytes]) -> Iterator[Table]:
        if len(words) < 2:
            return
        name = words[0].decode("ascii", "replace").lower()
        pairs = _COMMANDS.get(name)
        rest = words[pairs:] if pairs else words[2:]
        if pairs and len(rest) % 2 == 0:
            fields = {_text(field): value for field, value in zip(rest[::2], rest[1::2], strict=True)}
            for at in range(0, len(fields), _WIDE):
                some = dict(list(fields.items())[at : at + _WIDE])
                yield from self._records.add(
                    "hash" if pairs == 2 else "keys", {"key": words[1], **some} if pairs == 2 else some
                )
        elif name != "select":
            values = rest or [b""]
            for value in values:
                yield from self._records.add("keys", {"key": words[1], "value": value})


_WIDE: Final = 1_000


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return without_surrogates(value.decode("cp949", "replace"))
