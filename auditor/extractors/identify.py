"""Chooses a file's extractor and runs it: the way in for everything outside this package."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final, cast

from auditor import registry
from auditor.extractors import magic
from auditor.extractors._csv.sniff import sniff
from auditor.extractors._encodings.choice import declared, legacy_encoding
from auditor.extractors.decoding import encoding_of, looks_binary
from auditor.extractors.limits import Budget
from auditor.extractors.nested import unfold
from auditor.extractors.stream import GuardedStream
from auditor.model.asset import GapCode
from auditor.model.content import Content, Extractor, Source
from auditor.model.noun import noun

_JSON_NAMES: Final = (".json", ".jsonl", ".ndjson", ".geojson", ".har", ".ipynb", ".webmanifest", ".jsonlines")
_TABLE_NAMES: Final = (".csv", ".tsv", ".psv", ".tab")
_SQL_NAMES: Final = (".sql", ".ddl", ".dml", ".pgsql", ".mysql")
# Where a name says what the text is, nothing else is tried: code that holds a query or a literal stays text.
_TEXT_NAME: Final = re.compile(
    r"\.(?:c|cc|cfg|conf|cpp|cs|css|dart|erb|ex|go|gradle|h|ini|java|js|jsp|jsx|kt|less|lua|md|"
    r"mjs|php|pl|properties|ps1|py|r|rb|rs|rst|scala|scss|sh|svelte|svg|swift|tex|toml|ts|tsx|vb|vue|"
    r"yaml|yml)$"
)
_MARKUP_NAME: Final = re.compile(r"\.(?:htm|html|xhtml|xht|xml|xsd|xsl|xslt|rss|atom|kml|gpx|plist|hml)$")
_MARKUP_START: Final = re.compile(r"(?i)\s*<(?:\?xml\s|!doctype\s+html|html[\s>]|table[\s>])")
_MAIL_NAMES: Final = (".eml", ".emlx", ".mbox", ".mbx", ".mht", ".mhtml")
_MAIL_START: Final = re.compile(
    r"(?:From (?:- |\S{1,300} ).{0,60}\d\d:\d\d.{0,30}\d{4}\n|(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?"
    r"(?i:received|return-path|message-id|mime-version|delivered-to):[^\n]*\n(?:[!-9;-~]{1,80}:|[ \t]|\n))"
)
_COMPRESSED_ENDS: Final = re.compile(r"(?:\.(?:bak|old|orig|\d{1,8}|tmp|copy))+$", re.IGNORECASE)
_SQL_BANNER: Final = re.compile(r"(?m)^-- (?:MySQL|MariaDB|PostgreSQL)\b[^\n]{0,40}\bdump")
_SQL_START: Final = re.compile(
    r"""(?ix) \A (?: \s++ | --[^\n]*+\n | \#[^\n]*+\n | /\*(?:[^*]++|\*(?!/))*+\*/;? | \\(?:un)?restrict[^\n]*+\n )*+
    (?: insert\s+(?:ignore\s+|all\s+)?into\s | insert\s+\[ | replace\s+into\s
      | create\s+(?:table|database|schema|type|sequence)\s | drop\s+table\s | alter\s+table\s | lock\s+tables\s
      | copy\s+\S+\s[^;]{0,2000}?\bfrom\s+stdin | set\s+[\w@.]+\s*(?:=|to\s|on\b) | pragma\s+\w+
      | begin\s*(?:transaction)?\s*; | use\s+[\[`\w]+ )"""
)
_SQL_ROWS: Final = re.compile(
    r"(?im)^[ \t]*(?:(?:insert|replace)\s[^;']{0,2000}?\bvalues?\b\s*\(|copy\s[^;']{0,2000}?\bfrom\s+stdin\b"
    r"|create\s+table\s[^;]{0,200}?\()"
)
_JSON_START: Final = re.compile(r'[\s\x1e]*(?:\{\s*(?:"|\}|\Z)|\[\s*(?:[\[{"\]\d]|-\d|true\b|false\b|null\b|\Z))')


@noun
class Unreadable:
    """Why no extractor reads a file."""

    code: GapCode
    detail: str


def choose(head: bytes, name: str, encodings: tuple[str, ...] = ()) -> str | Unreadable:
    """The registry name of the extractor for a file of this name whose first bytes (up to 64 KiB) are `head`;
    `encodings`: those of the engagement's countries.

    Its own mark decides, then whether it is text, then its name, then what the text looks like; in doubt it is text.
    """
    if not head:
        return "text"
    encoding, mark = encoding_of(head)
    wide = encoding[:6] in ("utf-16", "utf-32")
    binary = not wide and looks_binary(head)
    what = None if wide else magic.identify(head, name.lower(), binary=binary)
    if what == magic.ARCHIVE:
        return magic.of_zip(head, name.lower())
    if what is not None and what in registry.PLUGINS["extractors"]:
        return what
    if what in magic.SEARCHED:
        return "binary"
    if what is not None:
        code = GapCode.PASSWORD_PROTECTED if "encrypted" in what else GapCode.UNSUPPORTED_FILE_TYPE
        return Unreadable(code=code, detail=f"{what}: not read by this version")
    if binary:
        return "mail" if name.lower().endswith(_MAIL_NAMES) else "binary"
    if not wide and _no_ascii_text(head):
        return Unreadable(code=GapCode.UNSUPPORTED_FILE_TYPE, detail="binary file or text in an unknown encoding")
    text = text_of_head(head[mark:], encoding, encodings)
    text = text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    return _kind_of_text(text, name.lower())


def extract(source: Source, budget: Budget) -> Iterator[Content]:
    """The content of a source, streamed. `budget` is shared by a file of the target and everything inside it.

    Raises the ReadError of `source.stream`, after all that was read before it has been handed out. All else that
    keeps something from being read is a `Gap`.
    """
    asset = source.asset
    choice = choose(source.head, asset.name, source.encodings)
    if isinstance(choice, Unreadable):
        yield source.asset.gap(choice.code, choice.detail)
        return
    guarded = GuardedStream(source.stream, budget, earns=asset.depth == 0)
    items: Iterator[Content] = iter(())
    try:
        extractor: Extractor = registry.load("extractors", choice)(budget)
        items = unfold(extractor.extract(replace(source, stream=cast(BinaryIO, guarded))), source, budget)
        while True:
            budget.start()
            try:
                item = next(items, None)
            finally:
                budget.stop()
            if item is None:
                break
            yield item
    except Exception as error:  # a fault of ours or of a C library must cost this asset only; its message may hold data
        yield source.asset.gap(GapCode.UNABLE_TO_PARSE_FILE, f"the {choice} extractor failed: {type(error).__name__}")
    finally:
        close = getattr(items, "close", None)
        if close is not None:
            close()
    if guarded.late is not None:
        yield source.asset.gap(GapCode(guarded.late.code), guarded.late.detail)
    if guarded.failed is not None:
        raise guarded.failed


def _no_ascii_text(head: bytes) -> bool:
    """Bytes without control characters that are no text either: EBCDIC, say. Text has a space or a line end somewhere."""
    if len(head) < 256 or head.isascii():
        return False
    beyond = sum(head.translate(_BEYOND_ASCII))
    return beyond * 10 > len(head) * 3 and not re.search(rb"[ \n\r]", head)


_BEYOND_ASCII: Final = bytes(128) + bytes([1]) * 128


def text_of_head(head: bytes, encoding: str, priors: tuple[str, ...]) -> str:
    """The head as text. In a legacy encoding half a character may look like a delimiter or a bracket."""
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or error.start >= len(head) - 4:  # a character cut in two by the head's end
            return head.decode(encoding, "replace")
    return head.decode(legacy_encoding(head, priors, declared=declared(head)), "replace")


def _kind_of_text(text: str, name: str) -> str:
    name = _COMPRESSED_ENDS.sub("", name)
    if name.endswith(_TABLE_NAMES):
        return "csv"
    if name.endswith(_JSON_NAMES):
        return "json"
    if name.endswith(_SQL_NAMES):
        return "sql"
    if name.endswith(_MAIL_NAMES):
        return "mail"
    if _MARKUP_NAME.search(name):
        return "html"
    if name.endswith((".yaml", ".yml")):
        return "yaml"
    if _TEXT_NAME.search(name):
        return "text"
    if _MAIL_START.match(text):
        return "mail"
    if _MARKUP_START.match(text):
        return "html"
    if _looks_like_json(text):
        return "json"
    if _SQL_BANNER.search(text[:4096]) or (_SQL_START.match(text) and _SQL_ROWS.search(text)):
        return "sql"
    return "csv" if sniff(text, whole=len(text) < 16_000) is not None else "text"


def _looks_like_json(text: str) -> bool:
    """Whether the head parses as JSON, as far as it goes."""
    if not _JSON_START.match(text):
        return False
    start = re.search(r"[^\s\x1e]", text)
    if start is None:
        return False
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start.start())
    except json.JSONDecodeError as error:
        return error.pos >= len(text) - 1 or error.msg.startswith("Unterminated string")
    except RecursionError:
        return True
    return re.match(r"[ \t,\x1e]*(?:[\n{\[]|\Z)", text[end : end + 256]) is not None
