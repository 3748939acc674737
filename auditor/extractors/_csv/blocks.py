"""A CSV file's text in blocks of whole lines; blocks of plain UTF-8 stay the bytes they are.

Arrow's reader takes bytes. Making text of them, looking through it and making bytes of it again took longer than the reader itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import numpy as np
import pyarrow as pa

from auditor.extractors.decoding import FEW, Decoder, looks_binary

_TOGETHER: Final = 8 << 20
"""Bytes of plain blocks that are handed out in one: a row costs less the more there are at once."""

Block = str | bytes


class Blocks(Decoder):
    """Decodes one source as a `Decoder` does, but for the blocks that need none."""

    def blocks(self) -> Iterator[tuple[Block, bool]]:
        """Blocks of whole lines (True), and parts of lines that are too long to hold (False), in order.

        The first is text, as a header is looked for in it. Bytes are UTF-8 and whole lines, with `\\n` alone for their ends.
        """
        return _whole_lines(self.pieces() if self._is_wide or self._old_mac else self._mixed())

    def _mixed(self) -> Iterator[Block]:
        raw = ((block, self._plain(block) if number else None) for number, block in enumerate(self._raw()))
        for plain, group in groupby(raw, lambda item: item[1] is not None):
            if plain:
                yield from _joined(same for _, same in group if same is not None)
            else:
                yield from self._ended(self._decode(block) for block, _ in group)

    @staticmethod
    def _plain(block: bytes) -> bytes | None:
        """The block with its line ends made alike, if decoding and encoding it changes nothing else."""
        if not block.endswith(b"\n") or block.startswith(b"\n"):  # this may end a \r\n that the block before begins
            return None
        data = np.frombuffer(block, np.uint8)
        ends = np.count_nonzero(data == ord("\n"))
        carriage = b"\r" in block
        others = np.count_nonzero(data < ord(" ")) - ends + np.count_nonzero(data == 0x7F)
        if others and (b"\0" in block or looks_binary(block)):
            return None
        if not block.isascii():
            if np.count_nonzero(data.view(np.int8) < -64) <= FEW:  # bytes that go on: so few may be of another encoding
                return None
            whole = pa.Array.from_buffers(
                pa.string(), 1, [None, pa.py_buffer(np.array([0, len(block)], np.int32)), pa.py_buffer(block)]
            )
            try:
                whole.validate(full=True)
            except pa.ArrowInvalid:
                return None
        return block.replace(b"\r\n", b"\n") if carriage else block


def _joined(blocks: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += len(block)
        if size >= _TOGETHER:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _whole_lines(pieces: Iterator[str] | Iterator[Block]) -> Iterator[tuple[Block, bool]]:
    held = ""  # a piece without a line end: the file's last line, or the first part of a long one
    inside = False  # a long line
    for piece in pieces:
        if isinstance(piece, bytes):
            if not held and not inside:
                yield piece, True
                continue
            piece = piece.decode()
        if held:
            yield held, False
            held, inside = "", True
        if inside:
            end = piece.find("\n") + 1
            yield (piece[:end] if end else piece), False
            if not end:
                continue
            piece = piece[end:]
            inside = False
        cut = piece.rfind("\n") + 1
        if cut:
            yield piece[:cut], True
        held = piece[cut:]
    if held:
        yield held, True
