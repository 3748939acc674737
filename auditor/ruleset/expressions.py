"""Whether a regular expression means the same to Python and RE2, and cannot run away in Python.

Both engines run the same rules (the fast path RE2, Presidio Python); where they differ, one of them misses data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Python's own parser: private, but unchanged from 3.11 to 3.14, and the only one that cannot disagree with `re`.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

MANY: Final = 10
"""A repetition that can vary this much counts as unbounded: `(x{1,20}){1,20}` already takes for ever."""

_FOR_EVER: Final = "an unbounded repetition inside another, which can take for ever"
_LAST: Final = 0x10FFFF
Ranges = tuple[tuple[int, int], ...]
_EVERYTHING: Final[Ranges] = ((0, _LAST),)


class Fault(NamedTuple):
    """What is wrong with an expression, and what to do."""

    cause: str
    cure: str = ""


def faults(expression: str, *, thorough: bool = True) -> Iterator[Fault]:
    """Everything wrong with an expression. `thorough` compiles it in RE2 too, which imports pyarrow (0.2 s)."""
    try:
        tree = parser.parse(expression)
    except (re.error, OverflowError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, re.error) and error.pos is not None else ""
        said = error.msg if isinstance(error, re.error) else "it is too large"
        yield Fault(
            f"is not a regular expression: {said}{where}", "in YAML, single quotes keep backslashes as they are"
        )
        return
    found = list(dict.fromkeys(_faults_of(list(tree))))
    yield from found
    if thorough and not found and (said := _re2_error(expression)):
        yield Fault(f"RE2 refuses the expression: {said}", "use the syntax that RE2 and Python share")


def runaway(expression: str) -> Iterator[Fault]:
    """What can take for ever in an expression for Presidio's engine alone, which knows more syntax than RE2 and `re`."""
    try:
        tree = parser.parse(expression)
    except (re.error, OverflowError, RecursionError):
        return  # Presidio's `regex` module may know it, and says so if not
    yield from dict.fromkeys(fault for fault in _faults_of(list(tree)) if fault.cause == _FOR_EVER)


def is_class(expression: str) -> bool:
    """Whether it stands for exactly one character out of a set, such as `[A-Za-z0-9]`."""
    try:
        tree = list(parser.parse(expression))
    except re.error:
        return False
    return len(tree) == 1 and _single(*tree[0]) is not None


def _re2_error(expression: str) -> str:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        pc.match_substring_regex(pa.array([""]), expression)
    except pa.ArrowInvalid as error:
        return str(error).partition("\n")[0].removeprefix("Invalid regular expression: ")
    return ""


_CLASSES: Final = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}


def _faults_of(sequence: list[Any]) -> Iterator[Fault]:
    for code, argument in sequence:
        if code in (op.ASSERT, op.ASSERT_NOT):
            yield Fault("look-around, which RE2 has not", "say what may not touch the value with boundary")
        elif code in (op.GROUPREF, op.GROUPREF_EXISTS):
            yield Fault("a back-reference, which RE2 has not", "write the alternatives out")
        elif code in (op.POSSESSIVE_REPEAT, op.ATOMIC_GROUP):
            yield Fault("a possessive quantifier or atomic group, which RE2 has not", "use a plain quantifier")
        elif code is op.AT and argument in (op.AT_BOUNDARY, op.AT_NON_BOUNDARY):
            yield Fault(r"\b, which Hangul and Thai letters defeat", "say what may not touch the value with boundary")
        elif code is op.IN:
            for inner, category in argument:
                if inner is op.CATEGORY:
                    name = str(category).removeprefix("CATEGORY_").removeprefix("NOT_")
                    shown = _CLASSES.get(name, "a character class")
                    cure = "write the characters out, such as [0-9] or [ \\t]"
                    yield Fault(f"{shown}, which means different characters in RE2 and Python", cure)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT) and (
            (_varies(argument) and _runs_away(list(argument[2])))
            or (int(argument[1]) >= MANY and _empty(list(argument[2])) and not _fixed(list(argument[2])))
        ):
            cure = "let a character that the inner part cannot hold stand between, or bound the repetitions"
            yield Fault(_FOR_EVER, cure)
        for inner_sequence in _children(code, argument):
            yield from _faults_of(inner_sequence)


def _children(code: Any, argument: Any) -> list[list[Any]]:
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [list(argument[2])]
    if code is op.SUBPATTERN:
        return [list(argument[3])]
    if code is op.BRANCH:
        return [list(branch) for branch in argument[1]]
    if code is op.ATOMIC_GROUP:
        return [list(argument)]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [list(argument[1])]
    return []


def _varies(argument: Any) -> bool:
    least, most = int(argument[0]), int(argument[1])
    return most - least >= MANY


def _runs_away(body: list[Any]) -> bool:
    """Whether a repeated body has an unbounded repetition with nothing fixed around it to tell rounds apart."""
    for index, (code, argument) in enumerate(body):
        others = body[:index] + body[index + 1 :]
        if code is op.BRANCH and sum(not branch for branch in argument[1]) > 1:
            return True  # the same alternative twice: the parser has put all of it in front
        inner = _variable(code, argument)
        for repeated in inner:
            own = _characters(repeated)
            if not any(_tells_apart(other, own) for other in others):
                return True
        if not inner:
            for child in _children(code, argument):
                held = _unbounded_characters(child) or _characters(child)
                if _runs_away(child) and not any(_tells_apart(other, held) for other in others):
                    return True
    return False


def _variable(code: Any, argument: Any) -> list[list[Any]]:
    """What an item may hold more or less of: the body of a repetition, or alternatives of which one is the start of another."""
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and int(argument[0]) != int(argument[1]):
        return [list(argument[2])]
    if code is op.BRANCH:  # the parser has put what alternatives begin with in front of them
        branches = [list(branch) for branch in argument[1]]
        if not all(branches):
            return [branch for branch in branches if branch]
    return []


def _empty(sequence: list[Any]) -> bool:
    """Whether it matches nothing at all, too."""
    return all(
        (code in (op.MAX_REPEAT, op.MIN_REPEAT) and (int(argument[0]) == 0 or _empty(list(argument[2]))))
        or (code is op.SUBPATTERN and _empty(list(argument[3])))
        or (code is op.BRANCH and any(_empty(list(branch)) for branch in argument[1]))
        or code in (op.AT, op.ASSERT, op.ASSERT_NOT)
        for code, argument in sequence
    )


def _fixed(sequence: list[Any]) -> bool:
    """Whether it is always nothing."""
    return all(code in (op.AT, op.ASSERT, op.ASSERT_NOT) for code, _ in sequence)


def _unbounded_characters(sequence: list[Any]) -> Ranges:
    ranges: Ranges = ()
    for code, argument in sequence:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and _varies(argument):
            ranges += _characters(list(argument[2]))
        for child in _children(code, argument):
            ranges += _unbounded_characters(child)
    return ranges


def _tells_apart(item: Any, repeated: Ranges) -> bool:
    """Whether an item must stand there and starts no confusion with the repeated characters."""
    code, argument = item
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return int(argument[0]) > 0 and any(_tells_apart(inner, repeated) for inner in argument[2])
    if code is op.SUBPATTERN:
        return any(_tells_apart(inner, repeated) for inner in argument[3])
    if code is op.BRANCH:
        return all(any(_tells_apart(inner, repeated) for inner in branch) for branch in argument[1])
    own = _single(code, argument)
    return own is not None and not any(a <= d and c <= b for a, b in own for c, d in repeated)


def _characters(sequence: list[Any]) -> Ranges:
    """All characters that text matched by a sequence may hold."""
    ranges: Ranges = ()
    for code, argument in sequence:
        own = _single(code, argument)
        children = _children(code, argument)
        if own is not None:
            ranges += own
        elif children:
            for child in children:
                ranges += _characters(child)
        elif code is not op.AT:
            return _EVERYTHING
    return ranges


def _single(code: Any, argument: Any) -> Ranges | None:
    """The characters an item of exactly one character may be. Upper and lower case count as one: Presidio ignores case."""
    if code is op.LITERAL:
        return _cases(((argument, argument),))
    if code is op.NOT_LITERAL:
        return _others(((argument, argument),))
    if code is op.ANY:
        return _EVERYTHING
    if code is not op.IN:
        return None
    ranges: Ranges = ()
    negated = False
    for inner, value in argument:
        if inner is op.NEGATE:
            negated = True
        elif inner is op.LITERAL:
            ranges += ((value, value),)
        elif inner is op.RANGE:
            ranges += (value,)
        else:
            return _EVERYTHING
    return _others(ranges) if negated else _cases(ranges)


def _cases(ranges: Ranges) -> Ranges:
    more = list(ranges)
    for start, end in ranges:
        for low, high, shift in ((0x41, 0x5A, 32), (0x61, 0x7A, -32)):
            if start <= high and low <= end:
                more.append((max(start, low) + shift, min(end, high) + shift))
    return tuple(more)


def _others(ranges: Ranges) -> Ranges:
    result: list[tuple[int, int]] = []
    after = 0
    for start, end in sorted(ranges):
        if start > after:
            result.append((after, start - 1))
        after = max(after, end + 1)
    if after <= _LAST:
        result.append((after, _LAST))
    return tuple(result)
