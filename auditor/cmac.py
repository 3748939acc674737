"""AES-256-CMAC (RFC 4493, NIST SP 800-38B) of many short messages at once.

CBC-MAC chains the blocks of one message, but not those of different messages: so the first blocks of all are one AES call,
the second blocks of those that have one the next, and so on. Measured in docs/fingerprints.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.cmac import CMAC

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK: Final = 16
ROWS: Final = 1 << 14
"""Messages handled at a time: what they need then stays within 4 MB, and mostly within the processor's cache."""

LONGEST: Final = 1 << 12
"""Bytes of a message that is worth a place beside others; longer ones are computed one by one."""

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


class ManyMacs:
    """CMAC under one key of 32 bytes. Not for two threads at once."""

    def __init__(self, key: bytes) -> None:
        self._alone = CMAC(AES(key))
        # Single AES blocks are what CMAC is made of; of what ECB gives nothing leaves this class but a message's last block.
        self._encrypt = Cipher(AES(key), ECB()).encryptor()  # noqa: S305
        self._out = bytearray((ROWS + 1) * BLOCK)
        whole = _doubled(int.from_bytes(self._encrypt.update(bytes(BLOCK))))
        cut = _doubled(whole)
        # By the number of bytes in the last block: what of it is kept, and what is added (RFC 4493: 10…0 and K2, or K1 alone).
        self._kept = _table([((1 << 8 * n) - 1) << 8 * (BLOCK - n) for n in range(BLOCK + 1)])
        self._added = _table([cut ^ 0x80 << 8 * (BLOCK - 1 - n) for n in range(BLOCK)] + [whole])

    def of_messages(self, messages: Sequence[bytes]) -> Bytes:
        """The MAC of each: (n, 16) bytes."""
        lengths = np.fromiter(map(len, messages), dtype=np.int64, count=len(messages))
        ends = np.cumsum(lengths)
        data = np.frombuffer(b"".join((*messages, bytes(BLOCK))), dtype=np.uint8)
        made = np.empty((len(messages), BLOCK), dtype=np.uint8)
        for first in range(0, len(messages), ROWS):
            part = slice(first, first + ROWS)
            made[part] = self._of(ends[part] - lengths[part], lengths[part], data)
        return made

    def of_strings(self, values: pa.StringArray | pa.LargeStringArray) -> Bytes:
        """The MAC of each string's UTF-8 bytes: (n, 16) bytes, zeros for a null. TypeError for an array of anything else."""
        made = np.empty((len(values), BLOCK), dtype=np.uint8)
        for first, starts, lengths, data in _pieces(values):
            made[first : first + len(starts)] = self._of(starts, lengths, data)
        if values.null_count:
            made[values.is_null().to_numpy(zero_copy_only=False)] = 0
        return made

    def _of(self, starts: Numbers, lengths: Numbers, data: Bytes) -> Bytes:
        """Of at most ROWS messages in `data`, which goes on for 16 bytes past the last of them with anything."""
        if not len(starts):
            return np.empty((0, BLOCK), dtype=np.uint8)
        long = np.flatnonzero(lengths > LONGEST)
        if len(long):
            made = self._of(starts, np.where(lengths > LONGEST, 0, lengths), data)
            for row in long.tolist():
                mac = self._alone.copy()
                mac.update(data[starts[row] : starts[row] + lengths[row]].tobytes())
                made[row] = np.frombuffer(mac.finalize(), dtype=np.uint8)
            return made
        blocks = np.maximum((lengths + (BLOCK - 1)) >> 4, 1)
        most = int(blocks.max())
        if int(blocks.min()) == most:
            return self._chained(starts, lengths - (most - 1) * BLOCK, data, [len(starts)] * most).view(np.uint8)
        # The longest first: those that take part in a round are then a run from the start.
        order = np.argsort((most - blocks).astype(np.uint8), kind="stable")
        rounds = np.cumsum(np.bincount(blocks, minlength=most + 1)[::-1])[::-1][1:].tolist()
        last = (lengths - (blocks - 1) * BLOCK)[order]
        made = np.empty((len(starts), BLOCK), dtype=np.uint8)
        made[order] = self._chained(starts[order], last, data, rounds).view(np.uint8)
        return made

    def _chained(self, starts: Numbers, last: Numbers, data: Bytes, rounds: list[int]) -> npt.NDArray[np.uint64]:
        """`rounds`: how many messages, from the first on, have a first block, a second … `last`: bytes in the last one of each."""
        windows: npt.NDArray[np.void] = np.ndarray((len(data) - BLOCK + 1,), dtype="V16", buffer=data, strides=(1,))
        state = np.empty((len(starts), 2), dtype=np.uint64)
        for number, (going, on) in enumerate(zip(rounds, [*rounds[1:], 0], strict=True)):
            blocks = windows[starts[:going] + number * BLOCK].view(np.uint64).reshape(going, 2)
            if on < going:
                ending = last[on:going]
                blocks[on:] &= self._kept.take(ending, axis=0)
                blocks[on:] ^= self._added.take(ending, axis=0)
            if number:
                blocks ^= state[:going]
            self._encrypt.update_into(blocks.view(np.uint8).data, self._out)
            state[:going] = np.frombuffer(self._out, dtype=np.uint64, count=2 * going).reshape(going, 2)
        return state


def _pieces(values: pa.StringArray | pa.LargeStringArray) -> Iterator[tuple[int, Numbers, Numbers, Bytes]]:
    """(first row, starts, lengths, data) of at most ROWS strings each, from the array's own buffers."""
    match str(values.type):
        case "string":
            width: np.dtype[np.int32] | np.dtype[np.int64] = np.dtype(np.int32)
        case "large_string":
            width = np.dtype(np.int64)
        case other:
            raise TypeError(f"an Arrow array of strings is expected, not of {other}")
    if not len(values):
        return
    _, places, content = values.buffers()
    offsets = np.frombuffer(places, dtype=width, count=len(values) + 1, offset=values.offset * width.itemsize)
    data = np.frombuffer(content, dtype=np.uint8) if content is not None else np.empty(0, dtype=np.uint8)
    for first in range(0, len(values), ROWS):
        ends = offsets[first : first + ROWS + 1].astype(np.int64)
        start, end = int(ends[0]), int(ends[-1])
        own = data[start : end + BLOCK]
        if len(own) < end - start + BLOCK:  # the buffer ends here
            own = np.concatenate((own, np.zeros(BLOCK, dtype=np.uint8)))
        ends -= start
        yield first, ends[:-1], np.diff(ends), own


def _doubled(value: int) -> int:
    """Times x in GF(2¹²⁸), as RFC 4493 makes its subkeys."""
    return (value << 1 & (1 << 128) - 1) ^ (0x87 if value >> 127 else 0)


def _table(blocks: list[int]) -> npt.NDArray[np.uint64]:
    return np.frombuffer(b"".join(block.to_bytes(BLOCK) for block in blocks), dtype=np.uint64).reshape(-1, 2)
