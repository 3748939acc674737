"""Words that no value is, over whole columns: field names, placeholders, what a rule's own expressions rule out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

# Python's own parser: private, but the only one that cannot disagree with `re` (as in gate.py).
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.detectors.vector.cells import Mask
from auditor.detectors.vector.line import Line

Codes = NDArray[np.uint16]
Keys = NDArray[np.uint64]


def keys(codes: Codes, count: int) -> Keys:
    """The first characters, up to four, as one number; `codes` is (character, row)."""
    key = np.zeros(codes.shape[1], np.uint64)
    for index in range(count):
        key |= codes[index].astype(np.uint64) << np.uint64(48 - 16 * index)
    return key


def _key(word: str) -> int:
    return sum(ord(character) << (48 - 16 * index) for index, character in enumerate(word[:4]))


def among(numbers: Keys, some: pa.Array) -> Mask:
    """Which numbers are among some others."""
    if not len(some):
        return np.zeros(len(numbers), np.bool_)
    answer: Mask = pc.is_in(pa.array(numbers), value_set=some).to_numpy(zero_copy_only=False)
    return answer


class Words:
    """Words of at most four characters of the basic plane: `whole` ones that a cell must not be, `begins` it must not begin with."""

    def __init__(self, *, whole: Iterable[str], begins: Iterable[str]) -> None:
        self._whole = {word for word in whole if 0 < len(word) <= 4 and max(word) <= "\uffff"}
        self._begins = {word for word in begins if 0 < len(word) <= 4 and max(word) <= "\uffff"}
        self._whole_keys = [self._keys(self._whole, length) for length in range(5)]
        self._begin_keys = [self._keys(self._begins, length) for length in range(5)]
        self._table = np.zeros(1 << 16, np.bool_)
        for word in self._whole | self._begins:
            if len(word) == 1:  # as nobody's name has one character, all that begin so are left to the scalar path
                self._table[self._hashes(np.full(65_536, ord(word), np.uint16), np.arange(65_536, dtype=np.uint16))] = (
                    True
                )
            else:
                first = np.array([[ord(word[0])], [ord(word[1])]], np.uint16)
                self._table[self._hashes(first[0], first[1])] = True

    @staticmethod
    def _hashes(first: Codes, second: Codes) -> Codes:
        mixed: Codes = first * np.uint16(40503) ^ second * np.uint16(30011)
        return mixed

    def met(self, codes: Codes) -> Mask:
        """Which cells may be or begin with such a word; `codes` is (character, row), two to four characters, all of them."""
        found = self._table.take(self._hashes(codes[0], codes[1]), mode="clip")
        rows = np.flatnonzero(found)
        if not len(rows):
            return found
        near = codes[:, rows]
        length = len(codes)
        sure = among(keys(near, length), self._whole_keys[length])
        for count in range(1, length + 1):
            sure |= among(keys(near, count), self._begin_keys[count])
        found[rows] = sure
        return found

    @staticmethod
    def _keys(words: set[str], length: int) -> pa.Array:
        return pa.array([_key(word) for word in words if len(word) == length], pa.uint64())


class Prefixes:
    """Words beyond ASCII that a cell must not begin with, and `whole` ones that it must not be, told by their first six bytes."""

    def __init__(self, begins: Iterable[str], *, whole: Iterable[str] = ()) -> None:
        self._begins = sorted({word for word in begins if len(word.encode()) >= 6})
        self._whole = sorted({word for word in whole if not word.isascii() and len(word.encode()) >= 6})
        self._table = np.zeros(1 << 16, np.bool_)
        for word in (*self._begins, *self._whole):
            first = np.array([int.from_bytes(word.encode()[:6], "little")], np.uint64)
            self._table[_folded(first)] = True
        self._pattern = re.compile(b"|".join(re.escape(word.encode()) for word in self._begins) or b"(?!)")
        self._texts = frozenset(word.encode() for word in self._whole)

    def nearly_met(self, line: Line) -> Mask:
        """Which cells may begin with such a word: their first six bytes are one's, or seldom others."""
        return self._table.take(_folded(line.at(line.starts) & _SIX), mode="clip")

    def met(self, line: Line) -> Mask:
        """Which cells begin with such a word or are one; each of at least six bytes."""
        found = self.nearly_met(line)
        for row in np.flatnonzero(found & ~line.bad).tolist():
            text = bytes(line.data[line.starts[row] : line.ends[row]])
            found[row] = self._pattern.match(text) is not None or text.rstrip(b"0123456789") in self._texts
        return found


_SIX: Final = np.uint64((1 << 48) - 1)


def _folded(six: Keys) -> Codes:
    mixed: Codes = (six * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(48)).astype(np.uint16)
    return mixed


def literals(regexes: Iterable[str]) -> tuple[set[str], list[str]]:
    """Expressions that are one text each, as texts, and the others."""
    texts: set[str] = set()
    others = []
    for regex in regexes:
        nodes = list(parser.parse(regex))
        if nodes and all(code is op.LITERAL for code, _ in nodes):
            texts.add("".join(chr(argument) for _, argument in nodes))
        else:
            others.append(regex)
    return texts, others


def out_of_reach(
    regex: str, allowed: Callable[[str], bool], longest: int, *, first: Callable[[str], bool] | None = None
) -> bool:
    """Whether no text of allowed characters, at most so many, whose first one is `first`, can match an expression: conservative,
    False where unsure."""
    tree = parser.parse(regex)
    begins = first is not None and bool(tree) and _needs_other(list(tree)[:1], first)
    return tree.getwidth()[0] > longest or begins or _needs_other(list(tree), allowed)


def _needs_other(nodes: list[Any], allowed: Callable[[str], bool]) -> bool:
    return any(_other(code, argument, allowed) for code, argument in nodes)


def _other(code: Any, argument: Any, allowed: Callable[[str], bool]) -> bool:
    if code is op.LITERAL:
        return not allowed(chr(argument))
    if code is op.IN:
        return all(
            (kind is op.LITERAL and not allowed(chr(value)))
            or (kind is op.RANGE and value[1] < 128 and not any(allowed(chr(c)) for c in range(value[0], value[1] + 1)))
            for kind, value in argument
        )
    if code is op.SUBPATTERN:
        return _needs_other(list(argument[3]), allowed)
    if code is op.BRANCH:
        return all(_needs_other(list(branch), allowed) for branch in argument[1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return bool(argument[0]) and _needs_other(list(argument[2]), allowed)
    return False
