"""Reads one YAML file into a plain tree that knows where each value stands, for the engagement and the rules.

Events only, never PyYAML's constructors: aliases (a 352-byte file can have 1e9 leaves, facts/faults.md 10), anchors,
tags, duplicate keys and second documents are refused. Plain words mean what YAML 1.2 says and less: `true`, `false`,
`null`, canonical integers and decimals. So `country: NO` and `010` are text, and so is a date.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any, Final

import yaml

from auditor.errors import InputError, Problem
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.yamlsyntax import explain

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 64

Location = tuple[str | int, ...]
"""Keys and list positions from the root: `("targets", 0, "ssh")`; the form of pydantic's `loc`."""

_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_YAML: Final = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,99}")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,99})\.[0-9]{1,99}")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@noun
class Document:
    """A file as read: `tree` is made of dict, list, str, int, float, bool and None; dict keys are text.

    `values` and `keys` give line and column (from 1) of each value, and of each mapping entry's key. `problems` are
    the ones the tree survives (a duplicate key's first value is kept); what lies under `refused` is not what was meant.
    `data` are the file's bytes.
    """

    file: str
    tree: Any = field(repr=False)
    values: Mapping[Location, tuple[int, int]] = field(repr=False)
    keys: Mapping[Location, tuple[int, int]] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    refused: frozenset[Location] = frozenset()
    data: bytes = field(default=b"", repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file's bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def problem(self, location: Location, cause: str, cure: str = "", *, at_key: bool = False) -> Problem:
        """A problem at a value, or at its key; where the place does not exist, at the nearest one around it."""
        places = self.keys if at_key else self.values
        while location and location not in places:
            location, places = location[:-1], self.values
        line, column = places.get(location, (0, 0))
        return Problem(file=self.file, line=line, column=column, cause=cause, cure=cure)

    def get(self, *location: str | int) -> Any:
        """The value there; None where there is none or something before it has another shape."""
        node = self.tree
        for step in location:
            if isinstance(node, dict) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
                node = node[step]
            else:
                return None
        return node


def read(path: Path) -> Document:
    """Read a file of at most 1 MiB. InputError if it cannot be read or is not YAML; the rest is in `problems`."""
    file = printable(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        cure = "check the path" if isinstance(error, FileNotFoundError) else ""
        raise InputError(Problem(file=file, cause=f"cannot be read: {error.strerror}", cure=cure)) from None
    return parse(data, file)


def parse(data: bytes, file: str) -> Document:
    """The same from bytes. `file` is only shown."""
    if len(data) > MAX_BYTES:
        raise InputError(
            Problem(file=file, cause=f"is larger than {MAX_BYTES >> 20} MiB", cure="is it the file you meant?")
        )
    text = _decode(data, file)
    reader = _Reader(file)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            if not reader.take(event):
                break
    except yaml.MarkedYAMLError as error:
        raise InputError(*reader.problems, explain(error, text, file)) from None
    except RecursionError:
        raise InputError(*reader.problems, Problem(file=file, cause="is nested too deeply")) from None
    if not reader.values:
        raise InputError(*reader.problems, Problem(file=file, cause="is empty"))
    if reader.fatal:
        raise InputError(*reader.problems)
    return Document(
        file=file,
        tree=reader.root,
        values=reader.values,
        keys=reader.keys,
        problems=tuple(reader.problems),
        refused=frozenset(reader.refused),
        data=data,
    )


def _decode(data: bytes, file: str) -> str:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = _place(before, len(before))
        raise InputError(
            Problem(
                file=file,
                line=line,
                column=column,
                cause=f"byte 0x{data[error.start]:02x} is not UTF-8",
                cure="save the file as UTF-8 (Windows editors may save Korean text as CP949 or UTF-16)",
            )
        ) from None
    if bad := _NOT_YAML.search(text):
        line, column = _place(text, bad.start())
        cause = f"a character that YAML does not allow: U+{ord(bad.group()):04X}"
        raise InputError(Problem(file=file, line=line, column=column, cause=cause, cure="delete it"))
    return text


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _scalar(event: yaml.ScalarEvent) -> Any:
    """A plain scalar by its form; a quoted or block scalar is text."""
    text = str(event.value)
    if event.style:  # quoted or block; plain is None to PyYAML and "" to libyaml
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


class _Reader:
    """Builds the tree from events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.values: dict[Location, tuple[int, int]] = {}
        self.keys: dict[Location, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self.refused: set[Location] = set()
        self.fatal = False
        self._documents = 0
        self._stack: list[tuple[Any, Location]] = []
        self._pending: str | None = None  # the key whose value comes next
        self._unkeyed = 0  # depth inside a key that is no scalar
        self._repeats = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False to stop."""
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse(event, "a second document starts here", 'keep one document a file; delete the "---"')
                    return False
            case yaml.AliasEvent():
                self._refuse(
                    event,
                    f'an alias ("*{printable(str(event.anchor))}"); aliases are not allowed',
                    "write the value out",
                )
                self._value(event, None, refused=True)
            case yaml.ScalarEvent():
                self._decorations(event)
                self._value(event, _scalar(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._decorations(event)
                if len(self._stack) >= MAX_DEPTH:
                    self._refuse(event, f"nested more than {MAX_DEPTH} levels deep", "flatten it")
                    self.fatal = True
                    return False
                self._value(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case _:
                pass
        return True

    def _refuse(self, event: yaml.Event, cause: str, cure: str) -> None:
        line, column = _position(event)
        self.problems.append(Problem(file=self.file, line=line, column=column, cause=cause, cure=cure))

    def _decorations(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, f'an anchor ("&{printable(str(event.anchor))}"); anchors are not allowed', "delete it")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            self._refuse(event, 'a tag ("!…"); tags are not allowed', "delete it, or put the text in quotes")

    def _value(self, event: yaml.Event, value: Any, *, refused: bool = False) -> None:
        container = isinstance(value, dict | list)
        if self._unkeyed:
            self._unkeyed += container
            return
        location: Location = ()
        if self._stack:
            parent, at = self._stack[-1]
            if isinstance(parent, list):
                location = (*at, len(parent))
                parent.append(value)
            elif self._pending is None:
                self._key(event, container, at, parent)
                return
            else:
                location = (*at, self._pending)
                self._pending = None
                parent.setdefault(location[-1], value)
        else:
            self.root = value
        self.values.setdefault(location, _position(event))
        if refused:
            self.refused.add(location)
        if container:
            self._stack.append((value, location))

    def _key(self, event: yaml.Event, container: bool, at: Location, parent: dict[str, Any]) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                self._refuse(event, "a key that is a list or a mapping", 'a key is one word: "key: value"')
            self._unkeyed += container
            self._pending = f"\0{len(self.problems)}"  # takes the value that follows; dropped at the mapping's end
            return
        key = str(event.value)
        if key in parent or (*at, key) in self.keys:
            first = self.keys[*at, key][0]
            self._refuse(
                event, f'the key "{printable(key)}" stands here twice (first in line {first})', "delete one of the two"
            )
            self._repeats += 1
            self._pending = f"\0{self._repeats}\0{key}"
            return
        self.keys[*at, key] = _position(event)
        self._pending = key

    def _end(self) -> None:
        if self._unkeyed:
            self._unkeyed -= 1
            return
        value, _ = self._stack.pop()
        if isinstance(value, dict):
            for key in [key for key in value if key.startswith("\0")]:
                del value[key]


def _position(event: yaml.Event) -> tuple[int, int]:
    mark: Any = event.start_mark  # every event has one; the stubs allow for None
    return mark.line + 1, mark.column + 1
