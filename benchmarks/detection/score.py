"""Compares what a tool found with what was planted: value by value, in the file it stands in.

A planted value is found when the tool names its entity and its normal form in its file. Everything else that is
found is a false alarm, but for what the labels leave open. A value counts once a file, however often it stands there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field

from benchmarks.detection.labels import ANY, Label

Fingerprint = Callable[[str, str], str]
"""(entity, value as written) → what compares equal for one value however it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a tool says: where, what, which value (as a fingerprint), and for a person the place and a masked form."""

    path: str
    entity: str
    fingerprint: str
    place: str = ""
    mask: str = ""
    protected: bool = False


@dataclass(slots=True)
class Tally:
    """One entity's counts."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0

    @property
    def recall(self) -> float:
        """Found of planted; nan if none was planted."""
        return self.found / self.planted if self.planted else float("nan")

    @property
    def precision(self) -> float:
        """Right of all found; nan if nothing was found."""
        return self.found / (self.found + self.false_alarms) if self.found + self.false_alarms else float("nan")

    def add(self, other: Tally) -> None:
        """Sum up."""
        self.planted += other.planted
        self.found += other.found
        self.false_alarms += other.false_alarms


@dataclass(slots=True)
class Result:
    """All of one comparison. `misses` are labels; `false_alarms` come with what the value really was."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Label] = field(default_factory=list)
    false_alarms: list[tuple[Found, str, str]] = field(default_factory=list)
    planted: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    """Of the misses in clear, by entity: those that are told as possible."""

    def tally(self, entity: str) -> Tally:
        """The entity's, made on first use."""
        return self.tallies.setdefault(entity, Tally())

    def add(self, other: Result) -> None:
        """Another corpus's result."""
        for entity, tally in other.tallies.items():
            self.tally(entity).add(tally)
        self.misses += other.misses
        self.false_alarms += other.false_alarms
        self.planted += other.planted
        self.possible += other.possible

    def tell(self, possible: Container[tuple[str, str, str]], fingerprint: Fingerprint) -> None:
        """Count the misses that are told as possible: (path, entity, fingerprint) of each such value."""
        for label in self.misses:
            if not label.protected and (label.path, label.entity, fingerprint(label.entity, label.value)) in possible:
                self.possible[label.entity] += 1


def describe(label: Label) -> tuple[str, str, str, str]:
    """The class an engineer would fix: entity, kind of file, field, written form."""
    return label.entity, label.kind, label.field, label.form


def score(labels: Iterable[Label], found: Iterable[Found], fingerprint: Fingerprint) -> Result:
    """Labels of one corpus against one tool's finds in it."""
    result = Result()
    keyed: dict[tuple[str, str, str], list[Label]] = defaultdict(list)
    open_entities: set[tuple[str, str]] = set()
    wholes: dict[tuple[str, str], Label] = {}
    others: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        others[label.path].append(label)
        if label.value == ANY:
            if label.required:
                wholes[label.path, label.entity] = label
            open_entities.add((label.path, label.entity))
        elif label.entity:
            as_written = (
                (label.written,) if label.entity == "CREDENTIAL" else ()
            )  # compared exactly, so escaped is another value
            for value in dict.fromkeys((label.value, *label.alternatives, *as_written)):
                keyed[label.path, label.entity, fingerprint(label.entity, value)].append(label)

    right: set[tuple[str, str, str]] = set()
    whole_found: set[tuple[str, str]] = set()
    wrong: list[Found] = []
    for find in dict.fromkeys(found):
        key = (find.path, find.entity, find.fingerprint)
        if key in keyed and (find.protected or not all(label.protected for label in keyed[key])):
            right.add(key)
        elif key[:2] in open_entities:
            whole_found.add(key[:2])
        else:
            wrong.append(find)

    _count(result, keyed, right)
    for place, label in wholes.items():
        result.planted[describe(label)] += 1
        result.tally(label.entity).planted += 1
        if place in whole_found:
            result.tally(label.entity).found += 1
        else:
            result.misses.append(label)
    seen: set[tuple[str, str, str]] = set()
    for find in wrong:
        key = (find.path, find.entity, find.fingerprint)
        kind, really = _really(find, others, fingerprint)
        if key in seen or (find.protected and really.startswith(("masked", "hash"))):
            continue
        seen.add(key)
        result.tally(find.entity).false_alarms += 1
        result.false_alarms.append((find, kind, really))
    return result


def _count(result: Result, keyed: Mapping[tuple[str, str, str], list[Label]], right: set[tuple[str, str, str]]) -> None:
    """Each distinct required value once; an alternative extent answers for its label."""
    answered = {id(label) for key in right for label in keyed[key]}
    done: set[tuple[str, str, str]] = set()
    primary: dict[int, tuple[str, str, str]] = {}
    for key, labels in keyed.items():  # insertion order: a label's own value comes before its alternatives
        for label in labels:
            primary.setdefault(id(label), key)
    for labels in keyed.values():
        for label in labels:
            key = primary[id(label)]
            if key in done or not any(each.required for each in keyed[key]):
                continue
            done.add(key)
            shown = next(each for each in keyed[key] if each.required)
            result.planted[describe(shown)] += 1
            result.tally(shown.entity).planted += 1
            if any(id(each) in answered for each in keyed[key]):
                result.tally(shown.entity).found += 1
            else:
                result.misses.append(shown)


def _really(find: Found, others: Mapping[str, list[Label]], fingerprint: Fingerprint) -> tuple[str, str]:
    """The kind of file, and which planted thing was taken for the entity; "unplanted text" where none fits."""
    labels = others.get(find.path, [])
    for label in labels:
        if label.value != ANY and fingerprint(find.entity, label.value) == find.fingerprint:
            return (
                label.kind,
                f"{'protected ' if label.protected else ''}{label.entity} ({label.form})"
                if label.entity
                else label.form,
            )
    return (labels[0].kind if labels else "file without plants"), "unplanted text, or only a part of a value"
