"""A YAML parser's error in a person's words. The file's text is never repeated: it may hold a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import yaml

from auditor.errors import Problem

_INDENTATION: Final = (
    "this line does not fit the indentation of the lines before it",
    "give the keys of one block the same indentation, in spaces",
)
_OPEN_QUOTE: Final = ("a quote is opened and never closed", "close it with the same quote character")
# What libyaml and PyYAML say → cause and cure in a person's words. The first that fits counts.
_SYNTAX: Final[Mapping[str, tuple[str, str]]] = {
    "mapping values are not allowed": ('a ":" stands where no key can be', 'put text with ": " in it in quotes'),
    "found unexpected ':'": ('a ":" without a space or a value after it', 'write "key: value", or leave the key out'),
    "could not find expected ':'": ('a key without ":" after it', 'write "key: value"; put longer text in quotes'),
    "unknown escape character": (
        'an unknown "\\" escape in double quotes',
        "use single quotes: there a backslash is itself",
    ),
    "unexpected end of stream": _OPEN_QUOTE,
    "unexpected document indicator": _OPEN_QUOTE,
    "expected ',' or '}'": ('a "{" is not closed as expected', 'put "," between the entries and "}" at the end'),
    "expected ',' or ']'": ('a "[" is not closed as expected', 'put "," between the entries and "]" at the end'),
    "expected key": _INDENTATION,
    "<block end>": _INDENTATION,
    "expected '-' indicator": ("this line does not fit the list before it", 'start each entry with "- ", aligned'),
    "block sequence entries are not allowed": ('a "-" stands where no list can start', "start it on a line of its own"),
    "cannot start any token": ("a value starts with a character that YAML reserves", "put the value in quotes"),
}
# Noticed only on a later line or at the end of the file: the place where it started says more.
_SHOW_START: Final = frozenset(
    {"unexpected end of stream", "unexpected document indicator", "could not find expected ':'"}
)


def explain(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    """The problem that libyaml or PyYAML met in `text`."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    if tab := _tab(text, line, column):
        cause, cure = "a tab; YAML is indented with spaces", "replace each tab by spaces"
        return Problem(file=file, line=line, column=tab, cause=cause, cure=cure)
    for phrase, (cause, cure) in _SYNTAX.items():
        if phrase in said:
            if phrase in _SHOW_START and error.context_mark:
                line, column = error.context_mark.line + 1, error.context_mark.column + 1
            return Problem(file=file, line=line, column=column, cause=cause, cure=cure)
    return Problem(file=file, line=line, column=column, cause=f"is not YAML: {said.strip()}")


def _tab(text: str, line: int, column: int) -> int:
    """The column of a tab in that line's indentation or at that place; 0 if there is none."""
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    indentation = here[: len(here) - len(here.lstrip(" \t"))]
    return here.index("\t") + 1 if "\t" in indentation or here[column - 1 : column] == "\t" else 0
