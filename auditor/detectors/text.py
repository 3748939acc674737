"""Personal data in lines of text: gates, then Presidio on the lines that survive, then what the lines around say."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from auditor.detectors.folding import fold
from auditor.detectors.hit import CHECKED, UNMISTAKABLE, Hit
from auditor.detectors.resolve import PERSON_LIKE, settle_record, without_overlaps
from auditor.detectors.scene import FileKind, Scene, named_like
from auditor.detectors.told import LONGEST_BELOW, label_alone
from auditor.detectors.validators import Validity
from auditor.detectors.values import plain
from auditor.model.content import Text
from auditor.model.match import Match, Place

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.detectors.recheck import Recheck

SEGMENT: Final = 8192
OVERLAP: Final = 1024
LEAD: Final = 80
NEIGHBOURS: Final = 8
"""In source and documents a field-named value counts only with personal data within so many lines."""
_SURE: Final = 0.9
_TOLD_BY_CONTENT: Final = frozenset({"ADDRESS", "DATE_OF_BIRTH", "PERSON"})
"""Entities without a number whose values are recognised as such, beyond their field's name."""
Gated = tuple[int, str, tuple[str, ...] | None]
"""A line's index from 0, the line folded, and the rules that may find something in it; None: not asked yet."""
_BREAKS: Final = frozenset(" \t,;\"'<>{}[]()|&")
_AROUND: Final = " \t()[]（）.,·-*\"'"
"""What may stand around a line's only value."""
TOGETHER: Final = 16
"""Lines that Presidio's engine is asked about at once."""


class _Line:
    """A line that passed a gate. `text`: as it was before URL or JSON encoding. `windowed`: it goes on to the left."""

    __slots__ = ("hits", "index", "original", "text", "windowed")

    def __init__(self, index: int, original: str, text: str, windowed: bool) -> None:
        self.index = index
        self.original = original
        self.text = text
        self.windowed = windowed
        self.hits: list[Hit] = []

    @property
    def decoded(self) -> bool:
        return self.text is not self.original and self.text != self.original


class TextDetection:
    """The text of one asset. Lines come in order; a line's match may wait for its neighbours."""

    def __init__(self, detector: Detector, file: FileKind, recheck: Recheck | None = None) -> None:
        self._detector = detector
        self._recheck = recheck
        self._file = file
        self._part = ""
        self._read: set[int] = set()
        self._waiting: deque[tuple[int, Match, bool]] = deque()
        self._strong_line = -NEIGHBOURS - 1
        self._named: deque[tuple[int, str]] = deque(maxlen=64)
        self._unnamed = not any(
            named_like(file.path, recognizer.rule.look_alikes.files)
            for recognizer in detector.recognizers
            if recognizer.rule.candidates
        )
        self._mentioned = detector.index.mentioned(file.path.rsplit("/", 1)[-1].split(".", 1)[0])

    def text(self, content: Text, read: frozenset[int] = frozenset()) -> Iterator[Match]:
        """The matches of some consecutive lines. `read`: numbers of those that a table in the text has read."""
        self._read = {number - content.first_line for number in read}
        if content.part != self._part:
            yield from self.apart()
            self._part = content.part
        data = content.text
        lines: list[str] | None = None
        foreign = self._detector.foreign
        more = foreign.lines(data, self._file) if foreign is not None else {}
        newlines = data.count("\n")
        drawn: dict[int, list[Hit]] = {}
        if self._recheck is not None:
            goes_on = data[-1:] not in ("", "\n") and (newlines > 0 or content.offset == 0)
            drawn = {index: [] for index in self._recheck.lines(newlines + goes_on)}
        gated = self._detector.gates.concerned(data, SEGMENT, unnamed=self._unnamed)
        waiting = also(gated, data, more)
        while several := list(islice(waiting, TOGETHER)):
            if lines is None:
                lines = data.split("\n")
            for line in self._examined(several, lines, windowed=content.overlap > 0):
                index, hits = line.index, line.hits
                if index in drawn:
                    drawn[index] = [replace(hit) for hit in hits]
                if index in more:
                    hits = [*hits, *more[index]]
                if line.windowed:
                    hits = [hit for hit in hits if hit.end > content.overlap]
                if hits:
                    number = content.first_line + index
                    yield from self._matches(hits, line.original, number, content.offset if index == 0 else 0)
        yield from self._release(content.first_line + newlines, flush=False)
        if drawn and self._recheck is not None:
            self._draw(self._recheck, content, data.split("\n") if lines is None else lines, drawn)

    def apart(self) -> Iterator[Match]:
        """What follows stands elsewhere, whatever its lines' numbers: what waited has waited in vain, and is no company for it."""
        yield from self._release(0, flush=True)
        self._strong_line = -NEIGHBOURS - 1
        self._named.clear()

    def finish(self) -> Iterator[Match]:
        """What waited in vain: candidates."""
        yield from self._release(0, flush=True)

    def _examined(self, gated: Iterable[Gated], lines: Sequence[str], *, windowed: bool) -> list[_Line]:
        """Some lines with their hits; Presidio's engine is asked once for all but long ones. `windowed`: the first goes on to the left."""
        examined = []
        asking: list[_Line] = []
        asked: list[tuple[Scene, tuple[str, ...]]] = []
        for index, folded, rules in gated:
            original = lines[index].rstrip("\r")
            line = _Line(index, original, plain(original), windowed and index == 0)
            examined.append(line)
            if line.decoded:
                folded, rules = fold(line.text), None
            if len(line.text) > SEGMENT:
                line.hits = self._long_line(line, folded)
                continue
            rules = self._detector.gates.rules_for(folded) if rules is None else rules
            lead = lines[index - 1][-LEAD:].rstrip("\r") if index and not line.windowed else ""
            if lead and len(line.text) <= LONGEST_BELOW and label_alone(lead):
                below = (*self._detector.gates.rules_for(fold(lead)), *sorted(self._detector.people))
                rules = tuple(dict.fromkeys((*rules, *below)))
            if rules:
                asking.append(line)
                scene = Scene(
                    text=line.text, lead=lead, file=self._file, cut_left=line.windowed, cells=index in self._read
                )
                asked.append((scene, rules))
        for line, hits in zip(asking, self._detector.analyze_each(asked), strict=True):
            line.hits = hits
        for line in examined:
            if line.decoded:  # offsets are the decoded text's
                for hit in line.hits:
                    hit.value = line.text[hit.start : hit.end] if hit.value is None else hit.value
        return examined

    def _long_line(self, line: _Line, folded: str) -> list[Hit]:
        """A long line in overlapping segments: context and field parsing cost their square."""
        original = line.text
        found: dict[tuple[int, int, str], Hit] = {}
        spans = list(_segments(original))
        concerned = self._detector.gates.rules_for_each([folded[start:end] for start, end in spans])
        for (start, end), rules in zip(spans, concerned, strict=True):
            if not rules:
                continue
            raw = bool(start) and original[start - 1] not in _BREAKS
            cut = raw or (line.windowed and not start)
            scene = Scene(text=original[start:end], file=self._file, cut_left=cut, cells=line.index in self._read)
            for hit in self._detector.analyze(scene, rules):
                if end < len(original) and hit.end == end - start:
                    continue  # it may go on: the next segment has it whole
                hit.start += start
                hit.end += start
                key = (hit.start, hit.end, hit.recognizer.rule.id)
                if key not in found or found[key].status == "open":
                    found[key] = hit
        return list(found.values())

    def _draw(self, recheck: Recheck, content: Text, lines: Sequence[str], drawn: Mapping[int, Sequence[Hit]]) -> None:
        """Have some lines examined a second time; of a line too long for that, its first piece."""
        for index, hits in drawn.items():
            original = lines[index].rstrip("\r")
            text = plain(original)
            windowed = index == 0 and content.overlap > 0
            long = len(text) > SEGMENT
            lead = "" if windowed or long else lines[index - 1][-LEAD:].rstrip("\r") if index else ""
            scene = Scene(text=text[:SEGMENT], lead=lead, file=self._file, cut_left=windowed, cells=index in self._read)
            recheck.line(
                scene, Place(line=content.first_line + index, part=self._part), hits, partial(self._settle, original=text),
                seen=content.overlap if windowed and text == original else 0, piece=long,
            )  # fmt: skip

    def _settle(self, hits: Sequence[Hit], original: str) -> list[Hit]:
        """What remains of a line's hits, once those that overlap and those that others confirm are settled."""
        hits = without_overlaps(hits)
        sole = [hit for hit in hits if hit.company != "line"]
        whole = len(sole) == 1 and sole[0].end - sole[0].start >= len(original.strip().strip("\"',;"))
        settle_record(hits, self._file_says, whole)
        return hits

    def _matches(self, hits: Sequence[Hit], original: str, number: int, offset: int) -> Iterator[Match]:
        hits = self._settle(hits, original)
        ready: list[Match] = []
        confirming = False
        for hit in hits:
            candidate = hit.status == "open"
            weak = candidate and hit.by_name and not self._file.labels
            if candidate and self._alone(hit, original):
                weak = True
            if candidate and (hit.company == "line" or (not hit.recognizer.rule.candidates and not weak)):
                continue
            value = self._detector.vault.close(hit, original)
            if value is None:
                continue
            column = f"character {offset + hit.start + 1}" if offset or len(original) > SEGMENT else ""
            match = value.match(
                Place(line=number, column=column, part=self._part),
                (self._part, number),
                candidate=candidate and not weak,
            )
            if hit.by_name and hit.score >= _SURE:
                self._named.append((number, match.entity))
            if weak:  # `name: 김은하`, one field a line: a name if personal data stands near it
                self._waiting.append((number, match, False))
                continue
            alone = hit.by_name and hit.protection == "clear" and (self._file.written or self._file.labels)
            if not candidate and (
                alone
                or (hit.recognizer.rule.needs_company and self._file.written and (self._file.docs or not hit.named))
            ):
                self._waiting.append((number, match, alone))
                continue
            confirming = confirming or (not candidate and match.entity in PERSON_LIKE)
            ready.append(match)
        yield from ready
        if confirming:
            self._strong_line = number
        yield from self._release(number, flush=False)

    def _alone(self, hit: Hit, original: str) -> bool:
        """Whether an open shape is all of its line, of an entity that counts so."""
        rule = hit.recognizer.rule
        checked = rule.entity in CHECKED and hit.validity is Validity.VALID
        shape = bool(rule.beside) and rule.entity in UNMISTAKABLE and not (hit.deaf or hit.named)
        return (
            (shape or checked)
            and not hit.by_name
            and not (shape and original[hit.start : hit.end].isascii())  # an office's, as often as not
            and not (self._file.written or self._file.labels)
            and len(original.strip(_AROUND)) <= hit.end - hit.start
        )

    def _release(self, number: int, *, flush: bool) -> Iterator[Match]:
        """Let go of waiting matches: confirmed by a neighbour, or as candidates once no neighbour can come."""
        while self._waiting:
            line, match, by_name = self._waiting[0]
            if abs(line - self._strong_line) <= NEIGHBOURS or self._in_company(line, match.entity):
                yield match
            elif (flush or number - line > NEIGHBOURS) and by_name:
                yield Match(
                    entity=match.entity, fingerprint=match.fingerprint, mask=match.mask, score=min(match.score, 0.3), place=match.place,
                    record=match.record, why=(*match.why, "nothing personal near it"), candidate=True, protection=match.protection,
                )  # fmt: skip
            elif not flush and number - line <= NEIGHBOURS:
                return
            self._waiting.popleft()

    def _in_company(self, line: int, entity: str) -> bool:
        """Whether fields of other entities stand near: a nickname beside an address, where no number stands at all."""
        near = {other for number, other in self._named if abs(line - number) <= NEIGHBOURS}
        return len(near | {entity}) > 1 and not _TOLD_BY_CONTENT.isdisjoint(near | {entity})

    def _file_says(self, rule: str) -> bool:
        return rule in self._mentioned and not self._file.written


def also(gated: Iterable[Gated], text: str, more: Collection[int]) -> Iterator[Gated]:
    """The gated lines, and among them those of `more` that no gate let through, in order."""
    if not more:
        yield from gated
        return
    kept = {line[0]: line for line in gated}
    lines = text.split("\n")
    for index in sorted({*kept, *more}):
        yield kept[index] if index in kept else (index, fold(lines[index].rstrip("\r")), None)


def _segments(line: str) -> Iterator[tuple[int, int]]:
    """(start, end) of a long line's overlapping segments, which begin after a break where there is one."""
    start = 0
    while True:
        end = min(start + SEGMENT, len(line))
        yield start, end
        if end == len(line):
            return
        step = end - OVERLAP
        while step > start + SEGMENT // 2 and line[step - 1] not in _BREAKS:
            step -= 1
        start = step if line[step - 1] in _BREAKS else end - OVERLAP
