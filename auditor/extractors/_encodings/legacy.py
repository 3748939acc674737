"""Decodes blocks that are not UTF-8 alone: big blocks at once, and only what does not read like text a section or a line at a time.

A log to which a program with another locale appended, a dump whose tables came from two systems: each section is decoded as
what it is. What no encoding explains becomes U+FFFD and the rest of its line is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from auditor.extractors._encodings.choice import TWO_BYTES, declared, legacy_encoding, normal_name, sample_of
from auditor.extractors._encodings.plausibility import UNIT, USUAL, beyond_costs, cost, costs, unit_costs

_LEEWAY: Final = 8
_MANY: Final = 200
"""So many lines of a block are tried in every encoding; the others in those that were found by then."""

_KNOWN: Final = 8
"""From so many lines on another encoding counts as one of the file's own."""

_BIAS: Final = 4 * UNIT
_NEIGHBOURS: Final = 8 * UNIT

_MOST: Final = 2000
"""So many tries a block: one in which more is wrong is noise."""

_DEPTH: Final = 8

_GLANCE: Final = 6 << 10
"""Bytes that tell whether a block has changed from the file's encoding to UTF-8; lines that differ from their block are found anyway."""

_STRAY: Final = re.compile(rb"(?<![\x80-\xff])(?<![\x80-\xff][\x40-\x7e])[\x80-\xff][\x40-\x7e](?![\x80-\xff])")
_STRAY_COSTS: Final = {"cp949": 13 * UNIT, "gb18030": 13 * UNIT, "big5hkscs": 17 * UNIT, "cp932": 17 * UNIT}
_BEYOND_ASCII: Final = bytes(range(0x80, 0x100))
_FEW: Final = 12
"""Bytes beyond ASCII in a block, under which a pair whose second half is an ASCII letter is no character."""


Numbers = NDArray[np.int64]


class LegacyText:
    """The blocks of one file, in order. `head`: where it starts, which may declare an encoding."""

    def __init__(self, priors: tuple[str, ...], head: bytes) -> None:
        self._priors = priors
        self._head = head
        self._current = ""
        self._seen: dict[str, None] = {}  # the encodings that lines of this block turned out to be in
        self._tried = 0
        self._found: dict[int, str] = {}  # what the odd lines of this block are in
        self._known: Counter[str] = Counter()  # how many odd lines of the file were in each

    def decode(self, block: bytes, *, maybe_utf8: bool = False) -> str:
        """The text of a block of whole lines, as many lines as it has. `maybe_utf8`: all of it would be valid UTF-8."""
        base = self._current
        if maybe_utf8 or not base or _mostly_utf8(sample_of(block, _GLANCE)):
            sample = sample_of(block)
            base = "utf-8" if not maybe_utf8 and _mostly_utf8(sample) else self._choose(sample, "")
        if base == "utf-8" and maybe_utf8:
            return block.decode()
        if base != "utf-8":
            self._current = base
        data = _without_strays(block, base) if base in TWO_BYTES else block
        text = data.decode(base, "replace")
        odd, beyond = _odd_lines(text, base)
        if base != "utf-8":
            odd = np.union1d(odd, _utf8_lines(block)).astype(np.intp)
        if not odd.size:
            return text
        lines, raws = text.split("\n"), block.split(b"\n")
        if len(lines) != len(raws):  # a codec that took a line end for a part of a character
            lines = [raw.decode(base, "replace") for raw in raws]
        self._seen, self._tried = dict.fromkeys(("utf-8", base, self._current or base)), 0
        self._found = {}
        if base == "utf-8" and not self._current:
            name = self._of_lines(b"\n".join(raws[number] for number in odd.tolist()), base)
            self._current = "" if name == base else name
        odd = self._at_once(odd, lines, raws, "utf-8" if base != "utf-8" else self._current)
        for section in _sections(odd, beyond):
            self._section(section, lines, raws, base)
        tally = Counter(self._found.values())
        self._known.update(tally)
        most = max(tally, key=lambda name: tally[name])
        if most != "utf-8" and (tally[most] * 2 > beyond.size or not self._current):
            self._current = most
        rivals = [name for name, count in self._known.items() if count >= _KNOWN and name not in (base, "utf-8")]
        if rivals:
            _compete(block, lines, beyond, self._found, (base, *rivals))
        return "\n".join(lines)

    @cached_property
    def _declared(self) -> str:
        return declared(self._head)

    def _choose(self, data: bytes, current: str, candidates: tuple[str, ...] = ()) -> str:
        known = not current or current in map(normal_name, self._priors)  # else the file is another country's
        priors = self._priors if known else ()
        return legacy_encoding(data, priors, declared=self._declared, current=current, candidates=candidates)

    def _at_once(self, odd: NDArray[np.intp], lines: list[str], raws: list[bytes], name: str) -> NDArray[np.intp]:
        """Decode those odd lines that read well in the other encoding that the file is known to have; the rest of them."""
        if not name:
            return odd
        text = _read(b"\n".join(raws[number] for number in odd.tolist()), name)
        rows = text.split("\n")
        if len(rows) != odd.size:
            return odd
        still = np.zeros(odd.size, np.bool_)
        still[_odd_lines(text, name)[0]] = True
        for at, number in enumerate(odd.tolist()):
            if still[at] or (name == "utf-8" and max(rows[at]) < "\u0800"):
                still[at] = True
            else:
                lines[number] = rows[at]
                self._found[number] = name
        return odd[still]

    def _section(self, section: list[int], lines: list[str], raws: list[bytes], base: str) -> None:
        """Decode lines that belong together anew."""
        rest = []
        for number in section:
            text = _strictly_utf8(raws[number])
            if text is not None and cost(text, "utf-8") <= cost(lines[number], base) + _leeway(text):
                lines[number] = text
                self._found[number] = "utf-8"
            else:
                rest.append(number)
        if rest:
            self._reread(rest, lines, raws, base, self._current or base)

    def _reread(
        self, numbers: list[int], lines: list[str], raws: list[bytes], base: str, current: str, depth: int = 0
    ) -> None:
        """Decode lines in the encoding that reads them best, then those among them that do not read like that one."""
        name = self._of_lines(b"\n".join(raws[number] for number in numbers), current)
        for number in numbers:
            self._found[number] = name
            if name != base:
                lines[number] = _read(raws[number], name)
        if len(numbers) > 1 and self._tried < _MOST:
            odd = [numbers[at] for at in _odd_lines("\n".join(lines[n] for n in numbers), name)[0].tolist()]
            if 0 < len(odd) < len(numbers) and depth < _DEPTH:
                self._reread(odd, lines, raws, name, name, depth + 1)
            elif odd:
                for number in odd:
                    if "\ufffd" in lines[number]:
                        self._reread([number], lines, raws, name, name)

    def _of_lines(self, data: bytes, current: str) -> str:
        self._tried += 1
        name = self._choose(data, current, tuple(self._seen) if self._tried > _MANY else ())
        self._seen[name] = None
        return name


def _read(line: bytes, name: str) -> str:
    return (_without_strays(line, name) if name in TWO_BYTES else line).decode(name, "replace")


def _mostly_utf8(sample: bytes) -> bool:
    """Whether more of it is right as UTF-8 than wrong: of CP949 text about one character in five is, by chance."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - wrong > wrong


def _leeway(text: str) -> int:
    """How much dearer UTF-8 may be: two bytes are often valid by chance, three rarely."""
    return 8 * UNIT if max(text) >= "\u0800" else -16 * UNIT


def _strictly_utf8(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _without_strays(data: bytes, encoding: str) -> bytes:
    """One stray byte between letters is no character's first half: it must not swallow the letter after it. Where such a
    pair is a usual character (Big5, Shift_JIS), it stands, unless there are hardly any others: then it is damage.
    """
    if not _may_hold_strays(data):
        return data
    few = len(data) - len(data.translate(None, _BEYOND_ASCII)) < _FEW

    def keep(match: re.Match[bytes]) -> bytes:
        text = match[0].decode(encoding, "replace")
        usual = len(text) == 1 and costs(encoding)[min(ord(text), 0xFFFF)] <= _STRAY_COSTS[encoding]
        return match[0] if usual and not few else b"?" + match[0][1:]

    return _STRAY.sub(keep, data)


def _may_hold_strays(data: bytes) -> bool:
    """Whether `_STRAY` may match: a byte beyond ASCII stands between two of ASCII, the second no digit and no mark below `@`."""
    high = np.frombuffer(data, np.uint8) >= 0x80
    alone = high.copy()
    alone[1:] &= ~high[:-1]
    alone[:-1] &= ~high[1:]
    after = np.flatnonzero(alone) + 1
    after = after[after < len(data)]
    return bool((np.frombuffer(data, np.uint8)[after] >= 0x40).any())


def _odd_lines(text: str, encoding: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The numbers of the lines that have faults or do not read like text of this encoding, and of all beyond ASCII."""
    read, places, costs = beyond_costs(text, encoding)
    counts, spent = _sums(places, costs, _starts(read))
    odd = spent > (counts * USUAL[encoding] + _LEEWAY) * UNIT
    if "\ufffd" in text:
        odd |= _sums(places, read[places] == 0xFFFD, _starts(read))[1] > 0
    return np.flatnonzero(odd), np.flatnonzero(counts)


def _sums(places: NDArray[np.intp], values: NDArray[np.generic], starts: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
    """For each line how many of the places are in it, and the sum of their values. Both `places` and `starts` rise."""
    bounds = np.append(np.searchsorted(places, starts), len(places))
    sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(values, dtype=np.int64)))
    return np.diff(bounds), np.diff(sums[bounds])


def _by_line(text: str, encoding: str) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """For each line: how many characters beyond ASCII it has, what they cost, how many of them are faults, what all costs."""
    read, spent = unit_costs(text, encoding)
    starts = _starts(read)
    high = read >= 0x80
    return (
        np.add.reduceat(high, starts, dtype=np.int64),
        np.add.reduceat(spent * high, starts, dtype=np.int64),
        np.add.reduceat(read == 0xFFFD, starts, dtype=np.int64),
        np.add.reduceat(spent, starts, dtype=np.int64),
    )


def _compete(
    block: bytes, lines: list[str], beyond: NDArray[np.intp], found: dict[int, str], names: tuple[str, ...]
) -> None:
    """In a file of several encodings give each line to the one that reads it best, with an eye on the lines around it."""
    readings = [_read(block, name) for name in names]
    by_line = [_by_line(text, name) for text, name in zip(readings, names, strict=True)]
    if len({len(totals) for *_, totals in by_line}) > 1:
        return
    spent = np.stack([totals[beyond] for *_, totals in by_line])
    spent[1:] += _BIAS
    sums = np.concatenate((np.zeros((len(names), 1), np.int64), spent.cumsum(axis=1)), axis=1)
    at = np.arange(beyond.size)
    around = sums[:, np.minimum(at + 4, beyond.size)] - sums[:, np.maximum(at - 3, 0)]
    leaders = around.argmin(axis=0)
    spent[leaders, at] -= _NEIGHBOURS
    texts = [text.split("\n") for text in readings]
    base = names[0]
    for number, best in zip(beyond.tolist(), spent.argmin(axis=0).tolist(), strict=True):
        if found.get(number, base) in names:
            lines[number] = texts[best][number]


def _starts(data: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.intp]:
    """Where lines start; a line of nothing at the very end is none."""
    starts = np.flatnonzero(data == 10) + 1
    return np.concatenate((np.zeros(1, np.intp), starts[starts < data.size]))


def _utf8_lines(block: bytes) -> NDArray[np.intp]:
    """The numbers of the lines beyond ASCII that are UTF-8."""
    data = np.frombuffer(block + b"\n", np.uint8)
    starts = _starts(data)
    places = np.flatnonzero(data >= 0x80)
    at = np.append(np.searchsorted(places, starts), places.size)
    beyond = np.flatnonzero(at[1:] > at[:-1])
    first = places[at[beyond]]
    # Of lines in another encoding few begin like a character of UTF-8 where they go beyond ASCII.
    lead, second = data[first], data[first + 1]
    numbers = beyond[(lead >= 0xC2) & (lead <= 0xF4) & (second >= 0x80) & (second < 0xC0)].tolist()
    bounds = [*starts.tolist(), len(block)]
    return np.array([n for n in numbers if _strictly_utf8(block[bounds[n] : bounds[n + 1]]) is not None], np.intp)


def _sections(odd: NDArray[np.intp], beyond: NDArray[np.intp]) -> list[list[int]]:
    """Odd lines with nothing but ASCII between them belong together."""
    order = beyond.tolist()
    sections: list[list[int]] = []
    last = -2
    for number in odd.tolist():
        at = bisect_left(order, number)
        if at == last + 1:
            sections[-1].append(number)
        else:
            sections.append([number])
        last = at
    return sections
