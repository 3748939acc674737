"""gzip, unpacked in front of libarchive, which does not compare its checksums: damage within it would read as other text."""

from __future__ import annotations

import zlib
from typing import Final

from auditor.extractors.decoding import Readable

MAGIC: Final = b"\x1f\x8b"
_BLOCK: Final = 256 << 10
_STEP: Final = 16


class Gunzip:
    """What the members of a gzip file hold, one behind the other. `damaged` says why it ended before the file did."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._packed = b""
        self._unpacker = zlib.decompressobj(wbits=31)
        self._ended = False
        self.damaged = ""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end."""
        wanted = _BLOCK if size < 0 else size
        while not self._ended:
            if not self._packed:
                self._packed = self._stream.read(_BLOCK)
                if not self._packed:
                    self._ended = True
                    self.damaged = "the gzip data is cut off"
                    return b""
            before = self._unpacker.copy()
            try:
                data = self._unpacker.decompress(self._packed, wanted)
            except zlib.error as error:
                self._ended = True
                self.damaged = "a gzip checksum is wrong" if "check" in str(error) else "the gzip data is damaged"
                return self._up_to_damage(before)
            self._packed = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                self._next_member()
            if data:
                return data
        return b""

    def _up_to_damage(self, unpacker: zlib._Decompress) -> bytes:
        """What stands before the damage: zlib drops it with the error, so the block is gone over again in small steps."""
        parts = []
        packed = self._packed
        try:
            while packed and (data := unpacker.decompress(packed, _STEP)):
                parts.append(data)
                packed = unpacker.unconsumed_tail
        except zlib.error:
            pass
        return b"".join(parts)

    def _next_member(self) -> None:
        """Another member may follow; zeros fill up tapes and blocks; anything else is not gzip's and told."""
        rest = self._unpacker.unused_data
        while (not rest or (len(rest) < len(MAGIC) and rest.strip(b"\0"))) and (more := self._stream.read(_BLOCK)):
            rest = rest.lstrip(b"\0") + more
        self._packed = rest.lstrip(b"\0")
        if self._packed[: len(MAGIC)] == MAGIC:
            self._unpacker = zlib.decompressobj(wbits=31)
            return
        self._ended = True
        while not self._packed and (more := self._stream.read(_BLOCK)):
            self._packed = more.strip(b"\0")
        if self._packed:
            self.damaged = "what follows the gzip data was not read"
