"""XML from a vendor, streamed through the stdlib's expat: no DTD, no entities, nothing held but what a handler keeps."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final, Protocol
from xml.parsers import expat

from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.content import Content

_BLOCK: Final = 64 << 10
_NAMES: Final = 20_000
_DEPTH: Final = 5_000
_TOKEN: Final = 8 << 20
_TAG: Final = re.compile(r"<[^<>]*>")


class Handler(Protocol):
    """What a document's events go to. Names are without their namespace; `out` is emptied by whoever drives it."""

    out: list[Content]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, name: str) -> None:
        """An element ends."""
        ...

    def text(self, data: str) -> None:
        """Some characters; those of one element may come in pieces."""
        ...

    def rest(self, line: str) -> None:
        """A line of what is no XML any more, without its tags."""
        ...

    def finish(self) -> None:
        """The end."""
        ...


class RefusedError(Exception):
    """The document asks for what is not done here, or is built to use up memory."""


class _Driver:
    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.names: dict[str, str] = {}
        self._keys: set[str] = set()
        self._qualified: set[str] = set()
        self._depth = 0
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.CommentHandler = self._comment

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names
        short = local.get(name)
        if short is None:
            short = local[name] = name.rpartition(" ")[2]
        self._depth += 1
        if self._depth > _DEPTH:
            raise RefusedError(f"more than {_DEPTH} XML elements inside one another")
        if attributes:
            if not self._keys.issuperset(attributes):
                self._keys.update(attributes)
                self._qualified.update(key for key in attributes if " " in key)
            if not self._qualified.isdisjoint(attributes):
                attributes = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            if len(local) + len(self._keys) > _NAMES:
                raise RefusedError(f"more than {_NAMES} different names of XML elements and attributes")
        self._handler.start(short, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(self.names[name])

    def _comment(self, data: str) -> None:
        for line in data.splitlines():
            if line.strip():
                self._handler.rest(line)

    def _doctype(self, *_: object) -> None:
        raise RefusedError("an XML document type declaration, which is refused")


def parse(stream: Readable, handler: Handler, budget: Budget, problems: list[str]) -> Iterator[Content]:
    """Drive `handler` over the document, and hand out what it makes. Where the XML is damaged or refused, the rest goes to
    `handler.rest` without its tags, and `problems` gets one sentence. ReadError when the time is used up.
    """
    driver = _Driver(handler)
    parser = driver.parser
    fed = 0
    rest = b""
    try:
        while data := stream.read(_BLOCK):
            budget.check()
            fed += len(data)
            rest = data
            parser.Parse(data, False)
            if fed - parser.CurrentByteIndex > _TOKEN:
                raise RefusedError("one XML tag of more than 8 MiB")
            if len(driver.names) > _NAMES:
                raise RefusedError(f"more than {_NAMES} different names of XML elements and attributes")
            if handler.out:
                yield from handler.out
                handler.out = []
        rest = b""
        parser.Parse(b"", True)
    except (expat.ExpatError, RefusedError, UnicodeError, ValueError) as error:
        problems.append(_words(error))
        at = parser.ErrorByteIndex if isinstance(error, expat.ExpatError) else parser.CurrentByteIndex
        start = fed - len(rest)
        yield from _rest(stream, rest[max(0, at - start) :], handler, budget)
    handler.finish()
    yield from handler.out
    handler.out = []


def _words(error: Exception) -> str:
    if isinstance(error, expat.ExpatError):
        return f"not well-formed XML: {expat.ErrorString(error.code)}"
    return str(error) if isinstance(error, RefusedError) else "XML in an encoding that cannot be read"


def _rest(stream: Readable, data: bytes, handler: Handler, budget: Budget) -> Iterator[Content]:
    """What is left, as text without tags. Pieces are cut between two tags where there is one."""
    held = ""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    while True:
        budget.check()
        piece = held + data.replace(b"\0", b"").decode(encoding, "replace")
        data = stream.read(_BLOCK)
        cut = max(piece.rfind("<"), 0) if data and len(piece) < (1 << 20) else len(piece)
        held = piece[cut:]
        for line in html.unescape(_TAG.sub("\n", piece[:cut])).splitlines():
            if line.strip():
                handler.rest(line)
        yield from handler.out
        handler.out = []
        if not data:
            return
