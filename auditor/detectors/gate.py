"""The fast path's first step: which lines or cells may hold anything at all, told by RE2 over whole buffers.

Small gates, each one pass: the shapes that need nothing besides themselves (their own regexes without boundaries),
the words — field names and context — without which no other shape counts, and the names whose values have no shape.
What survives is told apart by rule. CI's counted class is never part of a union (facts/speed.md): its gate is how such a
value ends. RE2 finds matches from the left without overlap, so every line that a match touches is kept: one that
begins inside another match begins on a kept line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

# Python's own parser: private, but the only one that cannot disagree with `re` (as in ruleset/expressions.py).
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

from auditor.detectors import nameshapes
from auditor.detectors.fieldwords import CANONICAL, SUFFIXES, WRITTEN
from auditor.detectors.folding import FOLDED_CHARACTERS, fold
from auditor.detectors.hit import CHECKED, UNMISTAKABLE
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.search import UNANCHORED, Search
from auditor.detectors.spelling import misspelt
from auditor.detectors.spoken import ROMAN_SURNAMES
from auditor.detectors.told import LONGEST_BELOW

_HANGUL: Final = re.compile("[가-힣]{2,}")
_AFTER_NAME: Final = r"[^:=>(|\t\n]{0,16}(?:[:=>(|\t\x22'`}→\])】」]|  |%3[Dd])"
_IN_TEXT: Final = (
    rf"[0-9a-z_가-힣ก-๙一-鿿]*(?:[ ](?:{'|'.join(sorted(word for word in SUFFIXES if word.isascii()))})){{0,2}}"
    r"(?:[ ]?[(（][^()\n]{1,24}[)）])?[^0-9A-Za-z가-힣ก-๙一-鿿\n]*(?:is |was )?[^0-9A-Za-z가-힣ก-๙一-鿿\n]*"
)
"""What stands between a label in a sentence and its value (told.py)."""
_NATIVE: Final = r"(?:[가-힣]|[ก-๙]|[一-鿿]|%[EeCcBb][0-9A-Fa-f]|\\u[0-9A-Fa-f])"
_ROMANISED: Final = "|".join(form for name in sorted(ROMAN_SURNAMES) for form in (name.title(), name.upper()))
_ENCODED_KEY: Final = r"%[EeCcBb][0-9A-Fa-f](?:%[0-9A-Fa-f]{2})+[0-9A-Za-z_]*="
INSERT: Final = r"(?i)insert\s+(?:ignore\s+)?into"
_PLAIN_CLASS: Final = re.compile(r"\[[^\]\[\\^][^\]\[\\]*\]")
_SHORT: Final = 4
_SPREAD: Final = 3
"""Syllables of labels that are spread to one width."""
_SHORT_LINE: Final = 3 * LONGEST_BELOW + 1
"""Bytes of a line that may be nothing but the value of the label above it, with its end."""
_PER_UNION: Final = 48


def name_regex(names: Iterable[str]) -> str:
    """Field names as one regex: their words joined by anything that joins words in a header; and their misspelt forms."""
    forms = {form for name in names for form in (name, *misspelt(name))}
    return "|".join(sorted({"[-_. ]{0,2}".join(map(_word_regex, form.lower().split())) for form in forms}))


def _word_regex(word: str) -> str:
    """A word in all its short forms; one in Hangul may be written with spaces: `받는 분`, `휴대 전화`, `성        명`."""
    if word in CANONICAL:
        return f"(?:{'|'.join(WRITTEN[CANONICAL[word]])})"
    if not _HANGUL.fullmatch(word):
        return re.escape(word)
    return ("(?:[-_.]| {1,12})?" if len(word) <= _SPREAD else "[-_. ]?").join(word)


_SHAPED: Final = (
    r"(?:[0-9][^0-9\n]*){4}|[0-9A-Za-z]{25}|:[0-9A-Fa-f]{0,4}:|[^\x00-\x7f][^\n0-9]*[0-9]|[0-9][^\n]*[^\x00-\x7f]"
    r"|[공영][일이][공영일육칠팔구 ]|[一幺][三四五六七八九][〇零一二三四五六七八九幺]{5}"
)
"""What a line has, at the least, that holds a shape which needs words: digits, a long run, digits beside Hangul, digits spelled out."""


class Gates:
    """Every gate of a set of recognisers, and which recognisers a line or cell may concern."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        by_rule: dict[str, list[str]] = {}
        of_line: dict[str, list[str]] = {}
        alone: list[str] = []
        open_shapes: list[str] = []
        words: set[str] = set()
        names: set[str] = set()
        weak: list[str] = []
        beside: list[str] = []
        alone_in_line: list[str] = []
        checked: list[str] = []
        for recognizer in recognizers:
            rule = recognizer.rule
            shapes = by_rule.setdefault(rule.id, [])
            for pattern in rule.patterns:
                shape = re.sub(r"\?P<value>", "?:", pattern.gate or pattern.regex)
                whole = _edged(re.sub(r"\?P<value>", "?:", pattern.regex), pattern.boundary)
                if rule.beside and pattern.needs == "context":
                    (alone_in_line if rule.entity in UNMISTAKABLE else beside).append(whole)
                if rule.entity in CHECKED and pattern.needs == "context":
                    checked.append(f"^[^0-9A-Za-z가-힣\n]{{0,8}}(?:{whole})[^0-9A-Za-z가-힣\n]{{0,8}}$")
                if pattern.needs == "nothing":
                    alone.append(shape)
                elif rule.candidates and pattern.needs == "context":
                    open_shapes.append(shape)
                    words.update(rule.field_names)
                    words.update(rule.context)
                elif pattern.needs == "context":
                    words.update(rule.context)
                    words.update(rule.field_names)
                    words.update(rule.weak_field_names)
                if pattern.needs != "field":
                    shapes.append(shape)
                    of_line.setdefault(rule.id, []).append(shape if pattern.gate else _edged(shape, pattern.boundary))
            if rule.field_value is not None or rule.protected or any(p.needs == "field" for p in rule.patterns):
                named = (*rule.field_names, *_with_suffixes(rule.field_names, rule.field_suffixes))
                words.update(named)
                if rule.field_value is not None or rule.protected:
                    names.update(named)
                shapes += _name_gates(named)
                shapes += [INSERT, _ENCODED_KEY]
                if rule.weak_field_names and rule.validator is not None and rule.field_value is not None:
                    people = rule.validator == "person_name"
                    after = f"{_AFTER_NAME}.{{0,6}}{_NATIVE}"
                    if people:
                        after = f"(?:{after}|{_IN_TEXT}(?:{nameshapes.IN_TEXT}|(?:[A-Za-z'-]*,? ){{0,2}}(?:{_ROMANISED})(?:[^A-Za-z]|$)))"
                    regex = f"(?i:{name_regex(rule.weak_field_names)}){after}"
                    if people:
                        regex = f"{regex}|{nameshapes.TITLED}"
                    weak.append(regex)
                    shapes.append(regex)
        self._searches = []
        for rule_id, shapes in by_rule.items():
            if shapes:
                # A name needs no digit; telling so by parsing thousands of them would take longer than to search a small delivery.
                least = 0 if INSERT in shapes else min(map(least_digits, shapes))
                search = Search.union(shapes)
                edged = of_line.get(rule_id, [])
                alike = len(edged) < len(shapes) or edged == shapes
                self._searches.append((search, least, rule_id, search if alike else Search.union(edged)))
        self.shapes = tuple(dict.fromkeys((*alone, *open_shapes)))
        encoded = Search(_ENCODED_KEY)
        self._named = [*_unions(alone), encoded]
        self._unnamed = [*_unions([*alone, *open_shapes]), encoded]
        self._weak = [Search(regex) for regex in dict.fromkeys(weak)]
        self._beside = _unions(beside)
        self._alone = _unions(alone_in_line)
        self._checked = _unions(checked)
        self._native = Search(nameshapes.ALONE)
        self._somebody = Search(nameshapes.SOMEBODY)
        self._shaped = Search(_SHAPED)
        self._names = Search.union([INSERT, *_words_regexes(names)])
        # Apart: in base64 the beginnings of short words, and with those of long ones the automaton, would have too many states.
        self._words = [Search(regex) for regex in (INSERT, *_words_regexes(words | names))]
        self.patterns = tuple(
            gate.regex
            for gate in (*self._unnamed, *self._weak, *self._checked, *self._alone, *self._beside, *self._words)
        )
        """Every gate, as one would give them to ripgrep."""

    def rules_for(self, folded: str) -> tuple[str, ...]:
        """The ids of the rules that may find something in a line; empty for most."""
        data = folded.encode("utf-8", "replace")
        digits = len(data) - len(data.translate(None, b"0123456789"))
        return tuple(rule for search, least, rule, _ in self._searches if least <= digits and search.within(data))

    def rules_for_each(self, folded: Sequence[str]) -> list[tuple[str, ...]]:
        """The same for many lines or cells at once: each rule's gate is one pass over all of them."""
        return self._rules_for_each([value.encode("utf-8", "replace") for value in folded])

    def _rules_for_each(self, encoded: Sequence[bytes], *, lines: bool = False) -> list[tuple[str, ...]]:
        """`lines`: recognisers will see them as they stand here, neither decoded nor in parts. So what may not stand beside a shape
        counts already: a date before a `T` is no account number."""
        data = b"\n".join(encoded)
        ends = list(accumulate(len(value) + 1 for value in encoded))
        found: list[tuple[str, ...]] = [()] * len(encoded)
        digits = len(data) - len(data.translate(None, b"0123456789"))
        size, final = len(data), len(ends) - 1
        for search, least, rule, edged in self._searches:
            if least > digits:
                continue
            position = index = 0
            own = (rule,)
            match = edged.match if lines else search.match
            while position < size:
                start, end = match(UNANCHORED, data, position, size)[0]
                if start < 0:
                    break
                index = bisect_right(ends, start, index)
                last = index if end <= ends[index] else min(bisect_right(ends, end - 1, index), final)
                for touched in range(index, last + 1):
                    if not found[touched] or found[touched][-1] != rule:
                        found[touched] += own
                position = max(ends[last], start + 1)
        return found

    def somebody(self, data: bytes) -> bool:
        """Whether somebody's name may stand in a line, whatever else it holds."""
        return self._somebody.within(data)

    def lines(self, text: str, *, unnamed: bool = True) -> Iterator[tuple[int, str]]:
        """(line index from 0, folded line) of each line that passes a gate.

        `unnamed` False leaves out shapes that without a name could only be candidates: for files in which none may be.
        """
        data = _folded(text)
        for index, start, end in self._kept(data, unnamed):
            yield index, data[start:end].decode("utf-8").rstrip("\r")

    def concerned(
        self, text: str, longest: int, *, unnamed: bool = True
    ) -> Iterator[tuple[int, str, tuple[str, ...] | None]]:
        """The same with the ids of the rules that may find something; None for a line beyond `longest` bytes."""
        data = _folded(text)
        kept = list(self._kept(data, unnamed))
        short = [data[start:end] for _, start, end in kept if end - start <= longest]
        rules = iter(self._rules_for_each(short, lines=True))
        for index, start, end in kept:
            yield index, data[start:end].decode("utf-8").rstrip("\r"), next(rules) if end - start <= longest else None

    def _kept(self, data: bytes, unnamed: bool) -> Iterator[tuple[int, int, int]]:
        """(line index, start, end) of each line that passes a gate."""
        kept: dict[int, int] = {}
        for gate in self._unnamed if unnamed else self._named:
            kept.update(gate.touched(data))
        for gate in self._weak:
            kept.update(gate.touched(data))
        for gate in self._checked:
            kept.update(gate.touched(data))
        if not data.isascii():  # names in Latin letters alone vouch for nothing (resolve.py)
            for gate in self._alone:
                kept.update(gate.touched(data))
            for gate in self._beside:
                kept.update(line for line in gate.touched(data) if self._native.within(data, *line))
        shaped, named, size = self._shaped.within, self._names.within, len(data)
        for start, end in chain.from_iterable(gate.touched(data) for gate in self._words):
            if start not in kept and (shaped(data, start, end) or named(data, start, end)):
                kept[start] = end
            if end < size:  # a value may stand alone on the line after its name
                after = data.find(b"\n", end + 1)
                after = after if after >= 0 else size
                if end + 1 not in kept and (shaped(data, end + 1, after) or _below(data, start, end, after)):
                    kept[end + 1] = after
        index = position = 0
        for start in sorted(kept):
            index += data.count(b"\n", position, start)
            position = start
            yield index, start, kept[start]


def _below(data: bytes, start: int, end: int, after: int) -> bool:
    """Whether the line behind `end` may be somebody's name below a label: both are short, and it is not in Latin letters."""
    return end - start <= _SHORT_LINE and after - end <= _SHORT_LINE and not data[end + 1 : after].isascii()


_FOLDABLE: Final = Search(FOLDED_CHARACTERS)
_ENCODED: Final = Search("%[EeCcBb][0-9A-Fa-f]")


def _folded(text: str) -> bytes:
    """The folded text in UTF-8. Few lines have anything to fold, and their bytes tell sooner than their characters."""
    data = text.encode("utf-8", "replace")
    if data.isascii():
        return data
    pieces = []
    position = 0
    for start, end in _FOLDABLE.touched(data):
        pieces += [data[position:start], fold(data[start:end].decode()).encode()]
        position = end
    return b"".join((*pieces, data[position:])) if pieces else data


def _edged(shape: str, boundary: str) -> str:
    """A shape with what stands beside it, where a class of plain characters says what may not."""
    if not _PLAIN_CLASS.fullmatch(boundary):
        return shape
    hyphen = "\\" if boundary[1] == "-" else ""  # behind another character it would make a range
    beside = f"[^\\n{hyphen}{boundary[1:]}"
    return f"(?:^|{beside})(?:{shape})(?:{beside}|$)"


def _unions(shapes: Sequence[str]) -> list[Search]:
    different = list(dict.fromkeys(shapes))
    return [Search.union(different[first : first + _PER_UNION]) for first in range(0, len(different), _PER_UNION)]


def _words_regexes(words: set[str]) -> list[str]:
    """Words as regexes: long ones anywhere, short ones as words."""
    long = {word for word in words if len(word.replace(" ", "")) > _SHORT or not word.isascii()}
    return ([f"(?i:{name_regex(long)})"] if long else []) + ([_short_words(words - long)] if words - long else [])


def least_digits(regex: str) -> int:
    """How many ASCII digits a match of a regex holds at least: what a line with fewer cannot match."""
    return _least(list(parser.parse(regex)))


def _least(nodes: list[Any]) -> int:
    total = 0
    for code, argument in nodes:
        if code is op.LITERAL:
            total += 0x30 <= argument <= 0x39
        elif code is op.IN:
            total += all(
                (kind is op.LITERAL and 0x30 <= value <= 0x39)
                or (kind is op.RANGE and value[0] >= 0x30 and value[1] <= 0x39)
                for kind, value in argument
            )
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT):
            total += argument[0] * _least(list(argument[2]))
        elif code is op.SUBPATTERN:
            total += _least(list(argument[3]))
        elif code is op.BRANCH:
            total += min(_least(list(branch)) for branch in argument[1])
    return total


def _name_gates(names: Sequence[str]) -> list[str]:
    """The regexes of a field's names with what follows a name; short names (`ci`) allow less between."""
    short = [name for name in names if len(name.replace(" ", "")) <= _SHORT and name.isascii()]
    long = [name for name in names if name not in short]
    gates = []
    if long:
        gates.append(f"(?i:{name_regex(long)})")
    if short:
        gates.append(_short_words(short))
    return gates


def _with_suffixes(names: Sequence[str], suffixes: Sequence[str]) -> Iterator[str]:
    """Short names, which are looked for as words, as they stand with a suffix in one word: `bth` + `dy`."""
    for name in names:
        if len(name.replace(" ", "")) <= _SHORT and name.isascii():
            yield from (name + suffix for suffix in suffixes if suffix.isascii() and suffix.isalpha())


def _short_words(words: Iterable[str]) -> str:
    """`ci`, `hp`: at a word's end, and there after no letter, in camel case, or right before what follows a name."""
    names = sorted(words)
    camel = sorted(
        {form for name in names for form in (name.title(), name.upper(), name.replace(" ", "").capitalize())}
    )
    plain, raised = name_regex(names), "|".join(re.escape(form.replace(" ", "")) for form in camel)
    return f"(?:^|[^A-Za-z])(?i:{plain})(?:[^a-z]|$)|[a-z](?:{raised})(?:[^a-z]|$)|(?i:{plain})[\"']?[=:>]"
