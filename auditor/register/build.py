"""Customer file → register file, streaming: memory does not grow with the number of customers."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

import auditor
from auditor.errors import InputError, Problem
from auditor.fingerprint import fingerprints_of, key_id, normalize
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.register.customer_file import CustomerFile
from auditor.register.layout import (
    BLOCK,
    LONGEST_REFERENCE,
    MAGIC,
    MOST_CUSTOMERS,
    Index,
    SealedWriter,
    header,
    keystream,
)
from auditor.register.mapping import Columns, Kind, Mapped, resolve
from auditor.register.sections import Sorter

SAMPLED: Final = 1000
"""Values of a column that are held against the entity's shape before the rest is believed."""

_TOLD_EVERY: Final = 1 << 16
_AT_ONCE: Final = 1 << 14
"""Values of an entity that are fingerprinted together."""


@noun
class Built:
    """A register as written: its index, its size in bytes, and how many cells of each mapped entity were empty."""

    index: Index
    size: int
    key_id: str
    empty: Mapping[str, int]


def build(
    source: CustomerFile, mapping: Mapped, kinds: Mapping[str, Kind], key: bytes, output: Path, *,
    any_shape: bool = False, progress: Callable[[int], None] = lambda _: None,
) -> Built:  # fmt: skip
    """Write the register of a customer file. `progress` is told the number of customers now and then.

    The file appears whole or not at all; an older register of that name is replaced, anything else is refused.
    InputError for whatever is wrong with the customer file, with its line.
    """
    columns = resolve(mapping, source.header, source.name)
    _check_output(output)
    salt = secrets.token_bytes(32)
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.resolve().parent) as folder:
        part = Path(folder) / "register"
        with part.open("wb", buffering=1 << 20) as file:
            os.fchmod(file.fileno(), 0o600)
            built = _Builder(source.name, columns, kinds, key, salt, file, Path(folder), any_shape=any_shape)
            index, empty = built.run(source, progress)
            os.fsync(file.fileno())
        size = part.stat().st_size
        part.replace(output)
    return Built(index=index, size=size, key_id=key_id(key), empty=empty)


def _check_output(output: Path) -> None:
    cause = ""
    if not output.resolve().parent.is_dir():
        cause = "there is no such folder to write to"
    elif output.is_dir():
        cause = "this is a folder"
    elif output.exists():
        with output.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                cause = "this file exists and is no register"
    if cause:
        raise InputError(Problem(file=str(output), cause=cause, cure="name another file: --output register.bin"))


class _Builder:
    def __init__(
        self, name: str, columns: Columns, kinds: Mapping[str, Kind], key: bytes, salt: bytes, file: BinaryIO, folder: Path,
        *, any_shape: bool,
    ) -> None:  # fmt: skip
        self._name = name
        self._columns = columns
        self._kinds = kinds
        self._out = SealedWriter(file, key, salt)
        self._out.write(header(key_id(key), salt))
        self._references = _References(self._out, key, salt) if columns.reference is not None else None
        self._sorters: dict[str, Sorter] = {}
        self._values: dict[str, _Values] = {}
        for number, entity in enumerate(dict.fromkeys(entity for entity, _ in columns.entities)):
            place = folder / str(number)
            place.mkdir()
            sorter = Sorter(entity, identifies=kinds[entity].identifies, folder=place)
            self._sorters[entity], self._values[entity] = sorter, _Values(key, sorter)
        self._empty = dict.fromkeys(self._sorters, 0)
        self._checks = [] if any_shape else [_ShapeCheck(name, e, i, kinds[e]) for e, i in columns.entities if kinds[e].plausible]  # fmt: skip

    def run(
        self, rows: Iterable[tuple[int, list[str]]], progress: Callable[[int], None]
    ) -> tuple[Index, dict[str, int]]:
        """Read every row, then write everything sorted."""
        plan = [
            (entity, position, self._kinds[entity].form, self._values[entity].add)
            for entity, position in self._columns.entities
        ]
        empty, customers = self._empty, 0
        for line, fields in rows:
            if self._checks:
                self._checks = [check for check in self._checks if check.wants(fields)]
            if self._references is not None:
                self._references.add(self._reference(fields, line))
            for entity, position, form, add in plan:
                cell = fields[position]
                if cell and (normal := normalize(form, cell)):
                    add(normal, customers)
                else:
                    empty[entity] += 1
            customers += 1
            if customers % _TOLD_EVERY == 0:
                progress(customers)
                if customers >= MOST_CUSTOMERS:
                    raise InputError(Problem(file=self._name, cause=f"more than {MOST_CUSTOMERS:,} customers"))
        for check in self._checks:
            check.judge()
        if not customers:
            cause = "the file holds a header and nothing else"
            raise InputError(Problem(file=self._name, cause=cause, cure="export the customers again"))
        progress(customers)
        for values in self._values.values():
            values.flush()
        blocks = self._references.finish() if self._references is not None else None
        sections = tuple(sorter.write(self._out) for sorter in self._sorters.values())
        index = Index(
            created=datetime.now(UTC), tool=auditor.__version__, customers=customers, sections=sections, blocks=blocks
        )  # fmt: skip
        self._out.finish(index)
        return index, empty

    def _reference(self, fields: list[str], line: int) -> bytes:
        assert self._columns.reference is not None
        reference = fields[self._columns.reference].strip()
        data = reference.encode("utf-8")
        if 0 < len(data) <= LONGEST_REFERENCE and printable(reference) == reference:
            return data
        if not data:
            cause, cure = (
                "the reference is empty",
                "give every customer one, or leave reference= out to use row numbers",
            )
        elif len(data) > LONGEST_REFERENCE:
            cause, cure = f"the reference has {len(data)} bytes; {LONGEST_REFERENCE} are the most", "map the column with the customer number"  # fmt: skip
        else:
            cause, cure = "the reference holds control or invisible characters", "export the column again"
        raise InputError(Problem(file=self._name, line=line, column=1, cause=cause, cure=cure))


class _Values:
    """The clear values of one entity, row by row, on their way to being fingerprinted together."""

    def __init__(self, key: bytes, sorter: Sorter) -> None:
        self._key, self._sorter = key, sorter
        self._normal_forms: list[str] = []
        self._customers: list[int] = []

    def add(self, normal_form: str, customer: int) -> None:
        """A customer's value; customers come in ascending order."""
        self._normal_forms.append(normal_form)
        self._customers.append(customer)
        if len(self._customers) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Hand over what is held."""
        made = fingerprints_of(self._key, self._sorter.entity, self._normal_forms)
        self._sorter.add(made, np.array(self._customers, dtype=np.uint32))
        self._normal_forms.clear()
        self._customers.clear()


class _References:
    """Encrypts references block by block, each block's slots as wide as its longest reference and one byte for its length."""

    def __init__(self, out: SealedWriter, key: bytes, salt: bytes) -> None:
        self._out, self._key, self._salt = out, key, salt
        self._held: list[bytes] = []
        self._blocks: list[tuple[int, int]] = []

    def add(self, reference: bytes) -> None:
        """The next customer's."""
        self._held.append(reference)
        if len(self._held) == BLOCK:
            self._flush()

    def _flush(self) -> None:
        if not self._held:
            return
        width = 1 + max(map(len, self._held))
        clear = b"".join(bytes((len(reference),)) + reference.ljust(width - 1, b"\0") for reference in self._held)
        offset = self._out.offset
        self._out.write(keystream(self._key, self._salt, len(self._blocks)).update(clear))
        self._blocks.append((offset, width))
        self._held.clear()

    def finish(self) -> tuple[tuple[int, int], ...]:
        """(offset, slot width) of every block."""
        self._flush()
        return tuple(self._blocks)


class _ShapeCheck:
    """A mapping to the wrong column, or to hashed values, would make every customer a stranger: refuse it early."""

    def __init__(self, name: str, entity: str, index: int, kind: Kind) -> None:
        assert kind.plausible is not None
        self._name, self._entity, self._index, self._plausible = name, entity, index, kind.plausible
        self._seen = self._good = 0

    def wants(self, fields: list[str]) -> bool:
        """Look at a row; False once enough were seen."""
        if cell := fields[self._index].strip():
            self._seen += 1
            self._good += self._plausible(cell)
        if self._seen < SAMPLED:
            return True
        self.judge()
        return False

    def judge(self) -> None:
        """InputError if most of the values seen are something else."""
        if 2 * self._good < self._seen:
            cause = f"only {self._good:,} of the first {self._seen:,} values of column {self._index + 1} look like {self._entity}"  # fmt: skip
            cure = "check --map; encrypted or hashed values can never match. --any-shape registers them all the same"
            raise InputError(Problem(file=self._name, cause=cause, cure=cure))
