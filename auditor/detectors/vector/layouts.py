"""A rule's regular expression as layouts: for each byte of a cell of one width, the bytes that may stand there.

So that a vectorised shape comes from the rule itself and cannot disagree with it. ASCII only: what a cell beyond ASCII
may be is decided elsewhere. Patterns whose layouts are too many, or that need what a layout cannot say, are Unsupported.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache

# Python's own parser: private, but the only one that cannot disagree with `re` (as in gate.py).
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

Layout = tuple[int, ...]
"""One set of bytes a position, as bits: byte `b` is in it if bit `b` is set."""

MOST: Final = 160
_ASCII: Final = (1 << 128) - 1
DIGITS: Final = ((1 << 10) - 1) << 48
UPPER: Final = ((1 << 26) - 1) << 65
LOWER: Final = ((1 << 26) - 1) << 97
SPACES: Final = sum(1 << byte for byte in b"\t\n\v\f\r\x1c\x1d\x1e\x1f ")


class Unsupported(Exception):  # noqa: N818 - no error: the scalar path takes such cells
    """No layouts can say what the expression says."""


def layouts(regex: str, width: int, within: Layout | None = None, *, ignore_case: bool = False) -> list[Layout]:
    """Every layout of exactly that width that matches the whole expression, kept to what `within` allows. Unsupported."""
    return list(_Expansion(width, within or (_ASCII,) * width, ignore_case).of(regex))


@lru_cache(maxsize=4096)
def members(bits: int) -> bytes:
    """The bytes of a set."""
    return bytes(byte for byte in range(128) if bits >> byte & 1)


def ranges_of(bits: int) -> tuple[tuple[int, int], ...]:
    """A set as ranges of bytes, both ends in it."""
    found: list[tuple[int, int]] = []
    for byte in members(bits):
        if found and found[-1][1] == byte - 1:
            found[-1] = (found[-1][0], byte)
        else:
            found.append((byte, byte))
    return tuple(found)


class _Expansion:
    def __init__(self, width: int, within: Layout, ignore_case: bool) -> None:
        self._width = width
        self._within = within
        self._ignore_case = ignore_case

    def of(self, regex: str) -> dict[Layout, None]:
        tree = parser.parse(regex)
        if tree.state.flags & ~32:  # 32 is Unicode, which every text expression has
            raise Unsupported
        found = self._sequence(list(tree), {(): None})
        return {layout: None for layout in found if len(layout) == self._width}

    def _sequence(self, nodes: list[Any], begun: dict[Layout, None]) -> dict[Layout, None]:
        for code, argument in nodes:
            begun = self._node(code, argument, begun)
            if len(begun) > MOST:
                raise Unsupported
        return begun

    def _node(self, code: Any, argument: Any, begun: dict[Layout, None]) -> dict[Layout, None]:
        if code is op.LITERAL:
            return self._byte(begun, 1 << argument if argument < 128 else 0)
        if code is op.NOT_LITERAL:
            return self._byte(begun, _ASCII & ~(1 << argument if argument < 128 else 0))
        if code is op.ANY:
            return self._byte(begun, _ASCII & ~(1 << 10))
        if code is op.IN:
            return self._byte(begun, _set(argument))
        if code is op.SUBPATTERN:
            _, added, removed, nodes = argument
            if added or removed:
                raise Unsupported
            return self._sequence(list(nodes), begun)
        if code is op.BRANCH:
            return {layout: None for branch in argument[1] for layout in self._sequence(list(branch), begun)}
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, nodes = argument
            found: dict[Layout, None] = {}
            for count in range(self._width + 1 if most is parser.MAXREPEAT else min(most, self._width) + 1):
                if count >= least:
                    found |= begun
                if not begun:
                    break
                begun = self._sequence(list(nodes), begun)
            return found
        raise Unsupported

    def _byte(self, begun: dict[Layout, None], bits: int) -> dict[Layout, None]:
        if self._ignore_case:
            bits |= (bits & UPPER) << 32 | (bits & LOWER) >> 32
        return {
            (*layout, bits & self._within[len(layout)]): None
            for layout in begun
            if len(layout) < self._width and bits & self._within[len(layout)]
        }


def _set(items: list[Any]) -> int:
    bits = 0
    negated = False
    for code, argument in items:
        if code is op.NEGATE:
            negated = True
        elif code is op.LITERAL:
            bits |= 1 << argument if argument < 128 else 0
        elif code is op.RANGE:
            for byte in range(argument[0], min(argument[1], 127) + 1):
                bits |= 1 << byte
        else:
            raise Unsupported
    return _ASCII & ~bits if negated else bits


def examples(regex: str, count: int) -> list[str]:
    """Some texts that an expression of literals, sets, repeats and branches matches; none where it holds anything else."""
    chance = random.Random(count)  # noqa: S311 - made-up cells, no secrets
    tree = list(parser.parse(regex))
    try:
        return ["".join(_text(tree, chance)) for _ in range(count)]
    except Unsupported:
        return []


def _text(nodes: list[Any], chance: random.Random) -> Iterator[str]:
    for code, argument in nodes:
        if code is op.LITERAL:
            yield chr(argument)
        elif code is op.ANY:
            yield "x"
        elif code is op.IN:
            kind, value = chance.choice(argument)
            if kind is op.NEGATE:
                raise Unsupported
            yield chr(value if kind is op.LITERAL else chance.randint(*value))
        elif code is op.SUBPATTERN:
            yield from _text(list(argument[3]), chance)
        elif code is op.BRANCH:
            yield from _text(list(chance.choice(argument[1])), chance)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, nodes = argument
            for _ in range(chance.randint(least, min(most, least + 3))):
                yield from _text(list(nodes), chance)
        else:
            raise Unsupported
