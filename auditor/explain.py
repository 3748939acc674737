"""`auditor explain`: what was considered, taken and rejected at one place of a file, and why — masked.

The file goes through the same extractor and detection as in an audit, to its end, so that columns and neighbours say what
they would say there; beside it, one line or row is put before every rule again (detectors/explain.py). Clear text is
held for that one line or row and for nothing else.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, assert_never

from auditor.detectors.detector import AssetDetection, Detector
from auditor.detectors.explain import named_file
from auditor.detectors.explain_columns import facts_of
from auditor.detectors.scene import file_kind
from auditor.detectors.shown import shown_name
from auditor.errors import InputError, Problem, ReadError, TargetError
from auditor.explained import Explanation, FileFacts, InRegister, Spot, TableFacts
from auditor.extractors.decoding import encoding_of, legacy_encoding
from auditor.extractors.identify import Unreadable, choose, extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import MEMBER_SEPARATOR, Asset, Gap, GapCode
from auditor.model.content import Member, Source, Table, Text
from auditor.model.engagement import LocalTarget
from auditor.model.match import Match, MatchBlock
from auditor.model.noun import noun
from auditor.model.rule import Ruleset
from auditor.model.text import printable
from auditor.scanners import scanner_of
from auditor.spotting import Readings, Spotter
from auditor.streams import Readable, peek
from auditor.survey import Survey
from auditor.targets import ENCODINGS

_LINE_BYTES: Final = 64 << 10


@noun
class Target:
    """What is asked about: a file, a member within it ("" for the file itself), a line (None: all of it)."""

    file: Path
    member: str
    line: int | None

    @classmethod
    def parse(cls, text: str) -> Target:
        """`FILE`, `FILE:LINE`, `ARCHIVE!/MEMBER`, `ARCHIVE!/MEMBER:LINE`. InputError if there is no such file."""
        if Path(text).is_file():
            return cls(file=Path(text), member="", line=None)
        m = re.fullmatch(r"(.+):([0-9]{1,12})", text, re.DOTALL)
        name, line = (m[1], int(m[2])) if m else (text, None)
        if line == 0:
            raise InputError(Problem(file=printable(text), cause="lines count from 1"))
        at = -1
        while not Path(name if at < 0 else name[:at]).is_file():
            at = name.find(MEMBER_SEPARATOR, at + 1)
            if at < 0:
                what = "is a folder" if Path(name).is_dir() else "there is no such file"
                cure = "name one file, as FILE, FILE:LINE or ARCHIVE!/MEMBER:LINE"
                raise InputError(Problem(file=printable(name), cause=what, cure=cure))
        return cls(
            file=Path(name if at < 0 else name[:at]),
            member=name[at + len(MEMBER_SEPARATOR) :] if at >= 0 else "",
            line=line,
        )


def explain(ruleset: Ruleset, target: Target, *, country: str = "KR", key: bytes | None = None, in_register: InRegister | None = None) -> Explanation:  # fmt: skip
    """The explanation of a file, or of one line of it. InputError if there is no such member or line.

    `in_register` answers "yes", "no" or "" for an entity and a fingerprint under `key`.
    """
    detector = Detector(ruleset, key or secrets.token_bytes(32), quick=False)
    scanner = scanner_of(LocalTarget(name="explain", paths=(target.file,)))
    walk = _Walk(detector, ENCODINGS.get(country, ()), target, in_register or (lambda *_: ""))
    try:
        for item in scanner.scan():
            match item:
                case Asset():
                    walk.begin(item)
                    try:
                        with scanner.open(item) as stream:
                            walk.asset(item, stream, Budget(Limits()))
                    except ReadError as error:
                        walk.unread(item, error)
                case Gap():
                    raise InputError(Problem(file=item.path, cause=item.detail))
                case _:
                    pass
    except TargetError as error:
        raise InputError(Problem(file=printable(str(target.file)), cause=error.detail, cure=error.cure)) from None
    finally:
        scanner.close()
    return walk.answer()


class _Tap:
    """Reads on, counts the lines that went by, and keeps the bytes of one."""

    def __init__(self, stream: Readable, line: int | None) -> None:
        self._stream = stream
        self._wanted = line
        self._breaks = 0
        self._returns = 0
        self._ended = False
        self.size = 0
        self.kept = b""

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        breaks = data.count(b"\n")
        if self._wanted is not None and self._breaks < self._wanted <= self._breaks + breaks + 1:
            start = 0
            for _ in range(self._wanted - 1 - self._breaks):
                start = data.index(b"\n", start) + 1
            end = data.find(b"\n", start)
            self.kept += data[start : end if end >= 0 else len(data)][: max(0, _LINE_BYTES - len(self.kept))]
        self._breaks += breaks
        self._returns += data.count(b"\r")
        self._ended = data.endswith((b"\n", b"\r")) if data else self._ended
        self.size += len(data)
        return data

    @property
    def lines(self) -> int:
        """Lines so far, a last one without a line end included."""
        return (self._breaks or self._returns) + (not self._ended)


class _Walk:
    """One question on its way through a file and, if need be, the archives in it."""

    def __init__(self, detector: Detector, encodings: tuple[str, ...], target: Target, in_register: InRegister) -> None:
        self._detector = detector
        self._encodings = encodings
        self._target = target
        self._in_register = in_register
        self._wanted = ""
        self._files: list[FileFacts] = []
        self._spots: list[Spot] = []
        self._members: list[str] = []
        self._gaps: list[Gap] = []
        self._done = False

    def begin(self, asset: Asset) -> None:
        """The file itself is about to be read: now it is known what the member is called."""
        self._wanted = f"{asset.path}{MEMBER_SEPARATOR}{self._target.member}" if self._target.member else asset.path

    def asset(self, asset: Asset, stream: Readable, budget: Budget) -> None:
        """Examine an asset, or go through it to the one that is wanted."""
        inside = asset.path == self._wanted or asset.path.startswith(self._wanted + MEMBER_SEPARATOR)
        tap = _Tap(stream, self._target.line)
        head, whole = peek(tap)
        source = Source(asset=asset, head=head, stream=whole, encodings=self._encodings)
        if inside:
            self._examine(source, budget, tap)
            self._done = self._done or asset.path == self._wanted
            return
        for content in extract(source, budget):
            match content:
                case Member():
                    path = content.asset.path
                    self._members.append(path)
                    if path == self._wanted or self._wanted.startswith(path + MEMBER_SEPARATOR):
                        self.asset(content.asset, content.stream, budget)
                case Gap():
                    self._gaps.append(content)
                case _:
                    pass
            if self._done:
                return

    def unread(self, asset: Asset, error: ReadError) -> None:
        """The file could not be read to its end."""
        gap = Gap(target=asset.target, path=asset.path, code=GapCode(error.code), detail=error.detail)
        if not self._files:
            self._files.append(FileFacts(path=asset.path))
        self._files[0].gaps.append(gap)

    def answer(self) -> Explanation:
        """What was found. InputError for a member that is not there."""
        if not self._files:
            gap = f": {self._gaps[0].detail}" if self._gaps else ""
            cure = f"members are, for example, {', '.join(self._members[:3])}" if self._members else ""
            raise InputError(Problem(file=printable(self._wanted), cause=f"there is no such member{gap}", cure=cure))
        return Explanation(
            path=printable(self._wanted), line=self._target.line, files=tuple(self._files), spots=tuple(self._spots),
        )  # fmt: skip

    def _examine(self, source: Source, budget: Budget, tap: _Tap) -> None:
        asset = source.asset
        kind = file_kind(asset.path)
        choice = choose(source.head, asset.name)
        extractor = "" if isinstance(choice, Unreadable) else choice
        facts = FileFacts(
            path=asset.path, extractor=extractor, unnamed=named_file(self._detector, kind.path),
            encoding=self._encoding(source.head) if extractor not in ("", "archive") else "",
            kind=tuple(word for word, so in (("source code", kind.code), ("documentation", kind.docs), ("labels", kind.labels)) if so),
        )  # fmt: skip
        self._files.append(facts)
        readings = Readings(self._detector, kind)
        line = self._target.line
        if line is not None and extractor == "archive":
            cause = "is an archive, which has no lines"
            raise InputError(
                Problem(file=printable(asset.path), cause=cause, cure="name a member: ARCHIVE!/MEMBER:LINE")
            )
        detection = self._detector.asset(asset)
        spotter = Spotter(readings, line) if line is not None else None
        survey = Survey(readings, facts)
        watch = spotter or survey
        rows: Counter[str] = Counter()
        matches: list[Match] = []

        def met(table: Table) -> None:
            watch.table(table)
            rows[table.name] += len(table.arrays[0]) if table.arrays else 0

        detection.watch = met
        for content in extract(source, budget):
            found: Iterable[Match | MatchBlock] = ()
            match content:
                case Table():
                    found = detection.table(content)
                case Text():
                    watch.text(content)
                    found = detection.text(content)
                case Member():
                    self.asset(content.asset, content.stream, budget)
                case Gap():
                    facts.gaps.append(content)
                case _:
                    assert_never(content)
            self._keep(found, facts, survey, spotter, matches)
            if spotter is not None and spotter.done:
                break
        self._keep(detection.finish(), facts, survey, spotter, matches)
        facts.gaps += detection.gaps()
        facts.lines = tap.lines if extractor != "archive" else 0
        if spotter is None:
            survey.finish(detection)
            facts.tables += self._tables(detection, rows)
            return
        assert line is not None
        if line > tap.lines:
            cause = f"has only {tap.lines:,} lines"
            raise InputError(Problem(file=printable(asset.path), line=line, column=1, cause=cause))
        raw = tap.kept.decode(facts.encoding.partition(" ")[0] or "utf-8", "replace")
        self._spots = spotter.spots(detection, matches, self._in_register, raw)
        if not self._spots:
            facts.tables += self._tables(detection, rows)

    def _keep(
        self,
        found: Iterable[Match | MatchBlock],
        facts: FileFacts,
        survey: Survey,
        spotter: Spotter | None,
        matches: list[Match],
    ) -> None:
        for match in found:
            assert isinstance(match, Match)  # blocks come of the quick path alone
            if spotter is None:
                facts.counts[match.entity, "candidate" if match.candidate else "taken"] += 1
                survey.met(match)
            elif spotter.wants(match):
                matches.append(match)

    def _tables(self, detection: AssetDetection, rows: Mapping[str, int]) -> list[TableFacts]:
        return [
            TableFacts(
                name=shown_name(self._detector, name) if name else "", rows=rows[name],
                columns=tuple(facts_of(self._detector, column) for column in table.columns.values()),
            )
            for name, table in detection.tables.items()
        ]  # fmt: skip

    def _encoding(self, head: bytes) -> str:
        """The encoding a file's head is in."""
        encoding, mark = encoding_of(head)
        if encoding != "utf-8":
            return encoding
        try:
            head[mark:].decode()
        except UnicodeDecodeError as error:
            if error.end < len(head) - 4:  # not just a character cut in two by the head's end
                return legacy_encoding(head, self._encodings)
        return "utf-8" if not head.isascii() else "ASCII or UTF-8"
