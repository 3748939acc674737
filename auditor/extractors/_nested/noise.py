"""Which base64 values of one length surely stand for noise: keys, hashes, identifiers, of which a long table holds millions.

A necessary condition of `Values.line` making anything of them, over whole arrays: the decoded bytes of the value, or of a part behind a
separator in it, are text (no control characters), UTF-16, or a known format. The few that meet it are looked at one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from auditor.extractors._nested import encoded

if TYPE_CHECKING:
    import pyarrow as pa

SHORTEST: Final = 48
"""Characters from which on chance makes no text of noise."""
LONGEST: Final = 400
"""Longer ones are judged by their beginnings (`encoded.decoded`)."""
FEWEST: Final = 64
"""Values below which one by one is faster."""
_TAIL: Final = 40
"""What stands behind a separator is looked at if it has so many characters (`values._SURE_PART`)."""
_UNUSUAL: Final = 3
"""Code units of UTF-16, of the 13 in a tail, that may be of no script in use: one in twenty, and a surrogate is two units."""
_BYTES: Final = np.arange(256, dtype=np.uint8)
_NONE: Final = 255
_SEXTETS: Final = np.full(256, _NONE, np.uint8)
_SEXTETS[np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)] = np.arange(64)
_CONTROL: Final = (_BYTES < 32) & ~np.isin(_BYTES, (9, 10, 13)) | (_BYTES == 127)
_UNUSED: Final = ~(np.isin(_BYTES, (0x00, 0x0E, 0x20, 0x30, 0xFF)) | (_BYTES >= 0x4E) & (_BYTES < 0xD8) & ~((_BYTES >= 0xA0) & (_BYTES < 0xAC)))  # fmt: skip
"""First bytes, big end first, of UTF-16's units that are of no script in use (`_encodings/utf16.py`)."""
_ELSE: Final = rf"(?:^|[/+])(?:{encoded.MARKS}|eA[E-H]|eF[4-7]|eJ[w-z]|eN[o-r])|x[0-9a-fA-F]{{20}}|[0-9a-fA-F]{{{_TAIL}}}|^[0-9a-fA-F]+=*$"
"""A known format or a zlib stream, at the start or behind a separator; hexadecimal digits."""


def surely_noise(values: pa.StringArray) -> npt.NDArray[np.bool_]:
    """Which of some values of one width, SHORTEST to LONGEST ASCII characters and no null among them, decode to nothing."""
    import pyarrow.compute as pc

    _, offsets, content = values.buffers()
    count = len(values)
    first, last = np.frombuffer(offsets, np.int32, count + 1, 4 * values.offset)[[0, -1]].tolist()
    letters = np.frombuffer(content, np.uint8)[first:last].reshape(count, -1)
    ends = letters.shape[1] - (letters[:, -2:] == ord("=")).sum(axis=1)
    end = int(np.bincount(ends).argmax())
    sextets = _SEXTETS.take(letters[:, :end])
    told: npt.NDArray[np.bool_] = (ends == end) & (sextets != _NONE).all(axis=1)
    told &= ~pc.match_substring_regex(values, _ELSE).to_numpy(zero_copy_only=False)
    for shift in range(4):
        begins = _last_begin(letters[:, :end], shift)
        own = np.flatnonzero(told & (begins >= 0))
        told[own] = ~_promising(sextets[own], begins[own], shift)
    return told


def _promising(sextets: npt.NDArray[np.uint8], begins: npt.NDArray[np.intp], shift: int) -> npt.NDArray[np.bool_]:
    """Which may stand for something where it is read from a place `shift`, `shift` + 4 …, the last of them `begins`."""
    groups = (sextets.shape[1] - shift) // 4
    parts = sextets[:, shift : shift + 4 * groups].reshape(len(sextets), groups, 4)
    three = np.empty((len(sextets), groups, 3), np.uint8)
    three[..., 0] = parts[..., 0] << 2 | parts[..., 1] >> 4
    three[..., 1] = parts[..., 1] << 4 | parts[..., 2] >> 2
    three[..., 2] = parts[..., 2] << 6 | parts[..., 3]
    data = three.reshape(len(sextets), 3 * groups)
    control = _CONTROL.take(data)
    # Nothing is text from the last group with a control character on, or from before it.
    clean = np.where(control.any(axis=1), groups - np.argmax(control[:, ::-1], axis=1) // 3, 0)
    unused = _UNUSED.take(data[:, -((_TAIL - 4) // 4 * 3) :])
    most = np.minimum(unused[:, ::2].sum(axis=1), unused[:, 1::2].sum(axis=1))
    wide = (data == 0).any(axis=1) & (most <= _UNUSUAL)
    promising: npt.NDArray[np.bool_] = (begins >= clean) | wide
    return promising


def _last_begin(letters: npt.NDArray[np.uint8], shift: int) -> npt.NDArray[np.intp]:
    """The last group, counted from `shift`, that something may begin with: the start, behind `0x` or a separator; -1 for none."""
    before = letters[:, (shift - 1) % 4 : max(letters.shape[1] - _TAIL, 0) : 4]
    found = (before == ord("+")) | (before == ord("/"))
    last = before.shape[1] - 1 - np.argmax(found[:, ::-1], axis=1) + (shift == 0)
    begins = np.where(found.any(axis=1), last, 0 if shift == 0 else -1)
    if shift == 2:
        begins[begins < 0] = np.where((letters[:, 1] | 32)[begins < 0] == ord("x"), 0, -1)
    return begins
