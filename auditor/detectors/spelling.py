"""Words of field names that are misspelt or shortened: `reciever`, `pasport`, `nicname`, `stdnt`, `emplyr`.

Schemas live for decades with the spelling they were born with. The usual slips in a long word are
forgiven anywhere. The gates (gate.py) hold every such form, so that the fast path loses none. A column's
header, which needs no gate, may also be shortened: one or two letters are missing, or only vowels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

_LONG: Final = 7
"""Letters from which on a slip is forgiven anywhere: shorter words are too near to others."""
_SWAPPED: Final = ("ie", "ei", "ri", "ir")
_SHORTEST: Final = 5
_KNOWN: Final = 6
_VOWELS: Final = frozenset("aeiouy")
_MISSING: Final = 2
_MOST_MISSING: Final = 4


def slips(word: str) -> Iterator[str]:
    """The usual misspelt forms of a long word: a doubled letter written once, `ck` as one of them, `ie` for `ei`, `ri` for `ir`."""
    if len(word) >= _LONG and word.isascii() and word.isalpha():
        for at in range(1, len(word) - 2):
            pair = word[at : at + 2]
            if pair == "ck" or pair[0] == pair[1]:
                yield word[:at] + word[at + 1 :]
            if pair == "ck":
                yield word[: at + 1] + word[at + 2 :]
            if pair in _SWAPPED:
                yield word[:at] + pair[::-1] + word[at + 2 :]


def misspelt(name: str) -> Iterator[str]:
    """A field name with one of its words misspelt, or its two short words as one."""
    parts = name.lower().split()
    for at, part in enumerate(parts):
        for slip in slips(part):
            yield " ".join((*parts[:at], slip, *parts[at + 1 :]))
    if len(parts) == 2:
        yield from slips("".join(parts))


class Spelling:
    """Knows the words of every rule, and its field names."""

    def __init__(self, words: Iterable[str], names: Iterable[str]) -> None:
        self._words = frozenset(words)
        long = {"".join(name.split()) for name in names if len(name.split()) == 2} | self._words
        self._slips = {slip: word for word in sorted(long) for slip in slips(word) if slip not in self._words}
        self._by_ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        for word in sorted(self._words, key=lambda word: (len(word), word)):
            if len(word) >= _KNOWN and word.isascii() and word.isalpha():
                self._by_ends[word[0], word[-1]].append(word)

    def known(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Words without slips."""
        return tuple(self._slips.get(word, word) for word in words)

    def meant(self, word: str) -> str:
        """The known word that an unknown one is taken for; else the word as it stands."""
        if len(word) < _SHORTEST or word in self._words or not (word.isascii() and word.isalpha()):
            return word
        alike = (known for known in self._by_ends.get((word[0], word[-1]), ()) if _alike(word, known))
        return next(alike, word)


def _alike(word: str, known: str) -> bool:
    more = len(word) - len(known)
    if more == 0:
        differ = [at for at in range(len(word)) if word[at] != known[at]]
        return len(differ) == 2 and word[differ[0]] == known[differ[1]] and word[differ[1]] == known[differ[0]]
    if more == 1:
        return any(word[at] == word[at - 1] and word[:at] + word[at + 1 :] == known for at in range(1, len(word)))
    if not -_MOST_MISSING <= more < 0:
        return False
    missing = []
    letters = iter(word)
    expected = next(letters, "")
    for letter in known:
        if letter == expected:
            expected = next(letters, "")
        else:
            missing.append(letter)
    return not expected and (len(missing) <= _MISSING or _VOWELS.issuperset(missing))
