"""What is planted, and what is said of it: cells, labels, and the page that remembers both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ANY = "*"
"""As a label's value: any match of the entity in the file. Required: one is enough. Optional: none counts, none harms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value before a file format escapes it. Without an entity it is a decoy or filler, and `form` names its class.

    `required` False: finding it is neither right nor wrong, as nobody could be sure. `alternatives` are other extents
    that count as well (a database URL, or only its password). `protected`: it is a hash or a ciphertext of the entity.
    """

    text: str
    entity: str = ""
    form: str = ""
    required: bool = True
    protected: bool = False
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One planted value. `path` joins archive members by `!/`; `value` is what it means and `written` how it stands there.

    `kind` is the kind of file, `field` its name there ("" in prose and tables without a header), `form` how it is written.
    """

    path: str
    entity: str
    value: str
    written: str
    kind: str
    field: str = ""
    form: str = ""
    required: bool = True
    protected: bool = False
    alternatives: tuple[str, ...] = ()


class Page:
    """Text under construction: `put` returns what to write and remembers it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.labels: list[Label] = []

    def put(self, cell: Cell, field: str = "", escape: Callable[[str], str] = str) -> str:
        """The escaped text of a cell."""
        written = escape(cell.text)
        if cell.text:
            self.labels.append(
                Label(
                    path="", entity=cell.entity, value=cell.text, written=written, kind=self.kind, field=field, form=cell.form,
                    required=cell.required, protected=cell.protected, alternatives=cell.alternatives,
                )
            )  # fmt: skip
        return written

    def tolerate(self, *entities: str) -> None:
        """Matches of these entities count neither way in this file."""
        for entity in entities:
            self.labels.append(Label(path="", entity=entity, value=ANY, written="", kind=self.kind, required=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """One file of the corpus: its path under the corpus, its bytes, its text's encoding (None: binary), its labels."""

    path: str
    data: bytes
    encoding: str | None
    labels: tuple[Label, ...]

    def moved(self, path: str) -> Leftover:
        """The same under another path, its labels with it."""
        return replace(self, path=path, labels=tuple(replace(label, path=path) for label in self.labels))


def leftover(path: str, text: str, page: Page, encoding: str = "utf-8") -> Leftover:
    """A text file. UnicodeEncodeError if the encoding cannot write it: the generator chose wrongly."""
    labels = tuple(replace(label, path=path) for label in page.labels)
    return Leftover(path=path, data=text.encode(encoding), encoding=encoding, labels=labels)


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for label in labels:
            file.write(json.dumps(asdict(label), ensure_ascii=False) + "\n")


def read_labels(path: Path) -> Iterator[Label]:
    """The labels `write_labels` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields = json.loads(line)
            fields["alternatives"] = tuple(fields["alternatives"])
            yield Label(**fields)
