"""What stands around a value: its line or cell, the fields in it, the header over it, the line before, the file."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from auditor.detectors.bare import Bare, bare
from auditor.detectors.fields import FieldClass, FieldIndex
from auditor.detectors.folding import fold
from auditor.detectors.pair import Pair
from auditor.detectors.pairs import pairs
from auditor.detectors.search import Search
from auditor.detectors.told import LATIN, told
from auditor.model.asset import plain_member
from auditor.model.noun import noun

_CODE: Final = frozenset(
    (
        "py pyi js mjs cjs jsx ts tsx vue svelte java kt kts scala groovy gradle go rs rb php c h cc cpp hpp cxx cs "
        "swift m mm dart lua pl pm sh bash zsh ps1 bat r jl ex exs erl hs clj sol proto graphql gql tf ipynb jsp jspx "
        "asp aspx cshtml erb ejs hbs mustache jinja j2 tpl twig pug scss less css wasm map template d pas vb fs ml "
        "nim zig cmake mk makefile dockerfile jenkinsfile"
    ).split()
)
_DOCS: Final = frozenset(
    ("md mdx markdown rst adoc asciidoc htm html xhtml tex texi texinfo info ps man pod rdoc org wiki").split()
)
_DOCS_NAMED: Final = re.compile(
    r"(?:readme|hacking|contributing|install\.|faq\.|[0-9]*(?:faq|quickstart|todo|problems|bugs|usage|relnotes|releasenotes)$|about-nls)"
)
"""How the names of documents begin that often have no suffix, or any: `README.cross`."""
_MANUAL: Final = re.compile(r"[a-z0-9_.:+@\[-]+\.[1-9](?:[a-z]{1,6})?")
_ROTATED: Final = re.compile(
    r"(?:log|out|err|error|access|messages|secure|maillog|cron|history|txt|csv|tsv|json|jsonl|sql|xml|xlsx?|dat|data|dump|bak|trace|audit)"
    r"(?:[-_.][0-9T_-]{1,15})?\.[1-9]"
)
"""`access.log.1` is what a log's rotation leaves, `ls.1` a page of the manual."""
_INSTALLED: Final = re.compile(
    r"(?:^|/)(?:usr/share/(?:doc|man|info|i18n|perl|vim)|node_modules|site-packages|dist-packages|relnotes)/"
)
"""Where installed software keeps its documents: what stands there is its makers'."""
_GIT: Final = re.compile(r"(?:\.git(?:/|!/)(?:config|logs/.+|COMMIT_EDITMSG|packed-refs)|!/commits)$")
"""What git itself writes: authors and committers stand there, who are no customers."""
_I18N: Final = re.compile(
    r"(?i)(?:^|/)(?:i18n|l10n|locales?|lang|langs|languages?|translations?|messages|intl|_locales|lc_messages|values-[a-z]{2})(?:/|$)|"
    r"(?:^|[/_.-])(?:ko|th|zh|en|ja|kr|cn)(?:[-_](?:kr|th|cn|tw|hk|us|gb|jp|hans|hant))?\.(?:json|ya?ml|properties|js|ts|po|arb|strings|xml)$|"
    r"\.(?:po|pot|strings|arb|xlf|xliff|resx)$|(?:messages|strings|labels?)[-_.a-z]*\.(?:properties|xml|json|ya?ml)$"
)


@noun
class FileKind:
    """What a file's name says of it. `written` files are written by people: in them a field name is often only a word."""

    path: str
    code: bool = False
    docs: bool = False
    labels: bool = False

    @property
    def written(self) -> bool:
        """Source code or documentation."""
        return self.code or self.docs


@lru_cache(maxsize=4096)
def file_kind(path: str) -> FileKind:
    """The kind of the innermost file of a path."""
    inner = plain_member(path)
    name = inner.rsplit("/", 1)[-1].lower()
    suffix = name.rsplit(".", 1)[-1]
    manual = _MANUAL.fullmatch(name) is not None and _ROTATED.search(name) is None
    docs = (
        suffix in _DOCS
        or manual
        or _DOCS_NAMED.match(name) is not None
        or _INSTALLED.search(path.lower()) is not None
        or _GIT.search(path) is not None
    )
    return FileKind(path=inner, code=suffix in _CODE, docs=docs, labels=bool(_I18N.search(inner)))


@lru_cache(maxsize=65536)
def named_like(path: str, globs: tuple[str, ...]) -> bool:
    """Whether a file's name (or, for a glob with `/`, the end of its path) is like one of the globs, in any case."""
    inner = plain_member(path).lower()
    name = inner.rsplit("/", 1)[-1]
    return any(
        fnmatch.fnmatchcase("/" + inner, "*/" + glob.lower())
        if "/" in glob
        else fnmatch.fnmatchcase(name, glob.lower())
        for glob in globs
    )


NO_FILE: Final = FileKind(path="")


def _widest_first(field: tuple[Pair, FieldClass]) -> tuple[int, int]:
    return field[0].start, -field[0].end


def _telling(fields: Iterable[Pair], index: FieldIndex) -> list[tuple[Pair, FieldClass]]:
    classify = index.classify
    found = [(pair, said) for pair in fields if (said := classify(pair.key)).strong or said.weak]
    found.sort(key=_widest_first)
    return found


def _by_start(fields: Iterable[Pair]) -> dict[int, list[str]]:
    keys: dict[int, list[str]] = {}
    for pair in fields:
        keys.setdefault(pair.start, []).append(pair.key)
    return keys


@dataclass(kw_only=True)
class Scene:
    """One line or cell, or a window of a long one, as recognisers see it.

    `header` is the column's name for a cell and None for a line. `lead` is the end of the line before. `cut_left` says
    that the text goes on to the left of the window, `cells` that a table in text has read the line: no sentence is looked for in it.
    `bystanders` are rules whose gates let nothing through: whether somebody's name stands beside what others find is all that they are asked.
    """

    text: str = field(repr=False)
    header: str | None = None
    lead: str = field(default="", repr=False)
    file: FileKind = NO_FILE
    cut_left: bool = False
    cells: bool = False
    bystanders: frozenset[str] = frozenset()
    _named: list[tuple[Pair, FieldClass]] | None = field(default=None, init=False, repr=False)
    _named_told: list[tuple[Pair, FieldClass]] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        """The text as patterns see it; same offsets."""
        self.encoded = self.folded.encode("utf-8", "replace")
        """The folded text in UTF-8."""

    def first(self, search: Search, start: int = 0) -> int:
        """Where the first match of an expression begins that begins at `start` or after it; -1 if there is none."""
        data, text = self.encoded, self.folded
        if len(data) == len(text):
            return search.first(data, start)
        found = search.first(data, len(text[:start].encode("utf-8", "replace")) if start else 0)
        return len(data[:found].decode()) if found > 0 else found

    @cached_property
    def pairs(self) -> list[Pair]:
        """The fields in the text."""
        return pairs(self.folded)

    @cached_property
    def told(self) -> list[Pair]:
        """The fields that only what people write has. Apart from `pairs`, as they say nothing of other values' fields."""
        return [] if self.cells else list(told(self.folded, "" if self.header is not None else fold(self.lead)))

    @cached_property
    def bare(self) -> list[Bare]:
        """The names of people that no label tells."""
        return [] if self.cells else list(bare(self.folded))

    def named(self, index: FieldIndex) -> list[tuple[Pair, FieldClass]]:
        """The fields whose names say something for a rule, and what; in the order of their values, the widest first. One index a scene."""
        if self._named is None:
            self._named = _telling(self.pairs, index)
        return self._named

    def named_told(self, index: FieldIndex) -> list[tuple[Pair, FieldClass]]:
        """The same of the fields that only what people write has."""
        if self._named_told is None:
            self._named_told = _telling(self.told, index)
        return self._named_told

    @cached_property
    def latin(self) -> bool:
        """Whether two words with capitals stand side by side."""
        return LATIN.search(self.folded) is not None

    def keys_at(self, start: int, *, told: bool) -> list[str]:
        """The names of the fields whose values begin there, of those that only what people write has or of all others."""
        return (self._told_keys if told else self._pair_keys).get(start, [])

    @cached_property
    def _pair_keys(self) -> dict[int, list[str]]:
        return _by_start(self.pairs)

    @cached_property
    def _told_keys(self) -> dict[int, list[str]]:
        return _by_start(self.told)

    def keys_of(self, start: int, end: int) -> list[Pair]:
        """The fields whose value holds that span (or begins it: a bare value ends at a space), the narrowest first."""
        around = [
            pair
            for pair in self.pairs
            if pair.start <= start and (end <= pair.end or (pair.start == start and pair.style == "bare"))
        ]
        around.sort(key=lambda pair: pair.end - pair.start)
        return around
