"""Zipped documents — docx, pptx, odt, odp, odg, hwpx and whatever else is XML in a zip: every part of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._archive.reader import LibraryMissingError
from auditor.extractors._office.expat import parse
from auditor.extractors._office.package import Package, Part, Unread
from auditor.extractors._office.sweep import Sweep, Tables
from auditor.extractors.limits import Budget, too_deep
from auditor.extractors.spool import spool
from auditor.model.asset import MEMBER_SEPARATOR, Asset, Gap, GapCode
from auditor.model.content import Content, Member, Source

_NAMED: Final = (
    (re.compile(r"word/document\d*\.xml|content\.xml"), "body"),
    (re.compile(r"styles\.xml"), "headers, footers and styles"),
    (re.compile(r"(?:word|ppt|xl)/(?:threadedC|c)omments/?.*\.xml"), "comments"),
    (re.compile(r"word/footnotes\.xml"), "footnotes"),
    (re.compile(r"word/endnotes\.xml"), "endnotes"),
    (re.compile(r"word/header(\d+)\.xml"), "header {}"),
    (re.compile(r"word/footer(\d+)\.xml"), "footer {}"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "slide {}"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), "notes page {}"),
    (re.compile(r"Contents/section(\d+)\.xml"), "section {}"),
    (re.compile(r"docProps/.*|meta\.xml"), "document properties"),
)
Reader = Callable[[Source, Package], Iterator[Content]]
ENCRYPTED: Final = "encrypted with a password: its text was not read"


class OfficeExtractor:
    """Sweeps every XML part; pictures, embedded files and fonts are members, which re-enter the walk."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s and `Table`s of the parts in the zip's order, members, and gaps."""
        yield from opened(source, self._budget, self._document)

    def _document(self, source: Source, package: Package) -> Iterator[Content]:
        manifest = Manifest(package)
        sweeper = Sweeper(source.asset, self._budget, slides=manifest.slides)
        if manifest.encrypted:
            yield gap(source.asset, GapCode.PASSWORD_PROTECTED, ENCRYPTED, source.asset.size)
        for part in package.parts(final=True):
            if isinstance(part, Unread):
                yield sweeper.unread(part)
            elif not manifest.encrypted or part.is_xml:
                yield from sweeper.part(part)


def opened(source: Source, budget: Budget, read: Reader) -> Iterator[Content]:
    """What `read` makes of a zip that was copied to where it can be read twice; gaps where that is not possible."""
    asset = source.asset
    if (deep := too_deep(asset, budget.limits)) is not None:
        yield deep
        return
    try:
        with spool(source.stream, budget.limits) as file:
            yield from read(source, Package(file, budget, source.passwords))
    except ReadError as error:
        if getattr(source.stream, "failed", None) is None:
            yield gap(asset, GapCode(error.code), error.detail)
    except LibraryMissingError:
        detail = "documents in a zip need libarchive: apt-get install libarchive13, or brew install libarchive"
        yield gap(asset, GapCode.UNSUPPORTED_FILE_TYPE, detail, asset.size)


class Manifest:
    """What must be known of a package before its parts are read: whether they are encrypted, and the slides' order."""

    def __init__(self, package: Package) -> None:
        self.encrypted = False
        self.slides: dict[str, int] = {}
        targets: dict[str, str] = {}
        order: list[str] = []
        for part in package.parts(final=False):
            if isinstance(part, Unread):
                continue
            if part.name == "META-INF/manifest.xml":
                self.encrypted = b"encryption-data" in _small(part)
            elif part.name == "ppt/presentation.xml":
                order = [found.decode() for found in re.findall(rb'<p:sldId\b[^>]*?\br:id="(\w+)"', _small(part))]
            elif part.name == "ppt/_rels/presentation.xml.rels":
                for tag in re.findall(rb"<Relationship\b[^>]*>", _small(part)):
                    key, target = re.search(rb'\bId="(\w+)"', tag), re.search(rb'\bTarget="([\w/.]+)"', tag)
                    if key and target:
                        targets[key[1].decode()] = f"ppt/{target[1].decode().removeprefix('/ppt/')}"
        for number, slide in enumerate(order, 1):
            self.slides[targets.get(slide, "")] = number


def _small(part: Part) -> bytes:
    """The first 8 MiB of a part that no honest program makes larger."""
    data = b""
    while len(data) < 8 << 20 and (more := part.stream.read(64 << 10)):
        data += more
    return data


class Sweeper:
    """Hands out the content of one package's parts."""

    def __init__(self, asset: Asset, budget: Budget, *, slides: dict[str, int] | None = None) -> None:
        self._asset = asset
        self._budget = budget
        self._slides = slides or {}
        self._tables = Tables()
        self._names: dict[int, int] = {}
        self._pages = "slide" if asset.name.lower().endswith((".odp", ".otp", ".fodp")) else "page"

    def part(self, part: Part) -> Iterator[Content]:
        """An XML part as text and tables, any other as a member."""
        if not part.is_xml:
            yield self.member(part)
            return
        sweep = Sweep(self._asset, self._budget.limits, self.called(part.name), self._tables, pages=self._pages)
        problems: list[str] = []
        yield from parse(part.stream, sweep, self._budget, problems)
        if problems and not part.name.lower().endswith(".vml") and part.stream.failed is None:
            yield gap(self._asset, GapCode.MALFORMED_FILE, f"{problems[0]}, in {part.name[:200]}")

    def member(self, part: Part) -> Member:
        """A part as an asset of its own. A name that comes again gets a number."""
        key = hash(part.name)
        again = self._names[key] = self._names.get(key, 0) + 1
        path = f"{self._asset.path}{MEMBER_SEPARATOR}{part.name}{f' ({again})' if again > 1 else ''}"
        asset = replace(self._asset, path=path, locator=None, size=part.size)
        return Member(asset=asset, stream=cast(BinaryIO, part.stream))

    def called(self, name: str) -> str:
        """What a person calls a part: `slide 2`; else its name."""
        if name in self._slides:
            return f"slide {self._slides[name]}"
        for pattern, words in _NAMED:
            if match := pattern.fullmatch(name):
                return words.format(*match.groups())
        return name

    def unread(self, part: Unread) -> Gap:
        """The gap of a part that could not be read."""
        where = f", in {part.name[:200]}" if part.name else ""
        return gap(self._asset, part.code, f"{part.detail}{where}", part.size)


def gap(asset: Asset, code: GapCode, detail: str, size: int | None = None) -> Gap:
    """A gap of this asset."""
    return asset.gap(code, detail, size, part=True)
