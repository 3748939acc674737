"""The Korean table in the formats that vendors export, and what each is measured beside: a plain reader of that format.

A writer takes the rows a chunk at a time. A reader goes once over the file on one thread, makes its values and throws them away.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

_BLOCK: Final = 4 << 20
_TUPLES: Final = 2_000
"""Rows of one INSERT, as mysqldump writes some 500 kB of them."""

_SQL_CELL: Final = re.compile(r"'((?:[^'\\]++|\\.|'')*+)'|([-+.\w]++)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A format: how the table is written, how its peer reads it, and what that peer is."""

    file: str
    peer: str
    write: Callable[[Path, Iterator[pa.Table]], None]
    read: Callable[[Path], None]


def _write_csv(path: Path, chunks: Iterator[pa.Table]) -> None:
    first = next(chunks)
    options = pyarrow.csv.WriteOptions(quoting_style="none")
    with pyarrow.csv.CSVWriter(path, first.schema, write_options=options) as writer:
        writer.write_table(first)
        for chunk in chunks:
            writer.write_table(chunk)


def _write_cp949(path: Path, chunks: Iterator[pa.Table]) -> None:
    with path.open("w", encoding="cp949", newline="") as file:
        for number, chunk in enumerate(chunks):
            writer = csv.writer(file, lineterminator="\n")
            if not number:
                writer.writerow(chunk.column_names)
            writer.writerows(_rows(chunk))


def _write_json_lines(path: Path, chunks: Iterator[pa.Table]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for chunk in chunks:
            names = chunk.column_names
            for row in _rows(chunk):
                file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")


def _write_mysql(path: Path, chunks: Iterator[pa.Table]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, chunk in enumerate(chunks):
            if not number:
                columns = ",\n".join(f"  `{name}` varchar(200) DEFAULT NULL" for name in chunk.column_names)
                file.write(f"-- MySQL dump 10.13\n\nCREATE TABLE `members` (\n{columns}\n) ENGINE=InnoDB;\n")
            for batch in chunk.to_batches(max_chunksize=_TUPLES):
                tuples = ",".join("('" + "','".join(row) + "')" for row in _rows(batch))
                file.write(f"INSERT INTO `members` VALUES {tuples};\n")


def _write_postgresql(path: Path, chunks: Iterator[pa.Table]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, chunk in enumerate(chunks):
            if not number:
                columns = ",\n".join(f"    {name} text" for name in chunk.column_names)
                file.write(f"--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE public.members (\n{columns}\n);\n\n")
                file.write(f"COPY public.members ({', '.join(chunk.column_names)}) FROM stdin;\n")
            file.writelines("\t".join(row) + "\n" for row in _rows(chunk))
        file.write("\\.\n")


def _write_parquet(path: Path, chunks: Iterator[pa.Table]) -> None:
    first = next(chunks)
    with pyarrow.parquet.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        for chunk in chunks:
            writer.write_table(chunk)


def _rows(chunk: pa.Table | pa.RecordBatch) -> Iterator[tuple[str, ...]]:
    """The rows as tuples, few at a time: what this process needs would count as its child's peak."""
    for at in range(0, chunk.num_rows, _TUPLES):
        yield from zip(*(column.to_pylist() for column in chunk.slice(at, _TUPLES).columns), strict=True)


def _read_csv(path: Path) -> None:
    with path.open("rb") as file:
        _arrow(file)


def _arrow(file: IO[bytes], delimiter: str = ",") -> None:
    read = pyarrow.csv.ReadOptions(use_threads=False, block_size=_BLOCK)
    for _ in pyarrow.csv.open_csv(file, read_options=read, parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter)):
        pass


class _AsUtf8(io.RawIOBase):
    """A CP949 file as Python's codec reads it, in UTF-8."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size // 2 if size > 0 else size).encode()


def _read_cp949(path: Path) -> None:
    with path.open(encoding="cp949", newline="") as file:
        _arrow(_AsUtf8(file))  # type: ignore[arg-type]


def _read_json_lines(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def _read_mysql(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("INSERT "):
                _SQL_CELL.findall(line, line.index("("))


def _read_postgresql(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"COPY "):
                break
        _arrow(_Block(file), "\t")  # type: ignore[arg-type]


class _Block(io.RawIOBase):
    """A COPY block to its end: a dump of one table ends with it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size).removesuffix(b"\\.\n")


def _read_parquet(path: Path) -> None:
    with pyarrow.parquet.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
        for _ in file.iter_batches(batch_size=50_000, use_threads=False):
            pass


KINDS: Final[dict[str, FileKind]] = {
    "csv": FileKind(file="customers.csv", peer="Arrow", write=_write_csv, read=_read_csv),
    "cp949": FileKind(file="customers.csv", peer="Python's codec and Arrow", write=_write_cp949, read=_read_cp949),
    "jsonl": FileKind(file="customers.jsonl", peer="json.loads a line", write=_write_json_lines, read=_read_json_lines),
    "mysql": FileKind(file="customers.sql", peer="one expression of re", write=_write_mysql, read=_read_mysql),
    "pgdump": FileKind(file="customers.sql", peer="Arrow, tabs", write=_write_postgresql, read=_read_postgresql),
    "parquet": FileKind(file="customers.parquet", peer="Arrow", write=_write_parquet, read=_read_parquet),
}
