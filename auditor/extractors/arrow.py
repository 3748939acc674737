"""Parquet, ORC, Feather and Arrow files through pyarrow: a batch of some columns' rows at a time, as text."""

from __future__ import annotations

import contextlib
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO, Final

import pyarrow as pa

from auditor.errors import ReadError
from auditor.extractors._data.arrow_text import Columns
from auditor.extractors._data.runs import stream_runs
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.spool import spooled
from auditor.extractors.tables import together
from auditor.extractors.windows import Windows
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source, Table, Text
from auditor.model.text import printable

_SCHEMAS: Final = frozenset({b"ARROW:schema"})
"""Metadata that says nothing but the types."""

_ENCRYPTED_FOOTER: Final = b"PARE"


class _Columnar(ABC):
    """What the formats share: a seekable copy, then `_batches` of it; where pyarrow gives up, the printable runs."""

    what = ""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s with dotted column names, `Text`s of the file's own notes, and gaps."""
        return spooled(source, self._limits, partial(self._file, source))

    def _file(self, source: Source, file: IO[bytes]) -> Iterator[Content]:
        columns = Columns(source.asset, self._limits)
        try:
            yield from self._expanding(together(self._parts(source, columns, file), self._limits))
        except ReadError as error:
            yield source.asset.gap(GapCode(error.code), error.detail)
            return
        except _EncryptedError as error:
            yield source.asset.gap(GapCode.PASSWORD_PROTECTED, str(error))
            return
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, MemoryError, OverflowError) as error:
            if _is_encrypted(error):
                yield source.asset.gap(GapCode.PASSWORD_PROTECTED, f"a {self.what} file with encrypted columns")
                return
            if getattr(source.stream, "failed", None) is None:
                detail = f"damaged or cut off {self.what} file: of the rest only its printable text was searched"
                yield source.asset.gap(GapCode.MALFORMED_FILE, detail)
            file.seek(0)
            yield from stream_runs(file, source.asset, source.encodings, self._budget)
            return
        if columns.binary:
            detail = "binary values in a table: only their printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, columns.binary)

    def _parts(self, source: Source, columns: Columns, file: IO[bytes]) -> Iterator[Table | Text]:
        for part in self._batches(file):
            self._budget.check()
            if isinstance(part, pa.RecordBatch):
                yield from columns.tables(part)
            else:
                yield from _notes(source, part, self._limits)

    def _expanding(self, tables: Iterator[Table | Text]) -> Iterator[Table | Text]:
        for item in tables:
            if isinstance(item, Table):
                self._budget.expand(sum(array.nbytes for array in item.arrays))
            yield item

    @abstractmethod
    def _batches(self, file: IO[bytes]) -> Iterator[pa.RecordBatch | dict[bytes, bytes]]:
        """Rows, and the file's key-value notes."""


class ParquetExtractor(_Columnar):
    """Parquet. Row groups are read some thousand rows at a time, however large they are."""

    what = "parquet"

    def _batches(self, file: IO[bytes]) -> Iterator[pa.RecordBatch | dict[bytes, bytes]]:
        import pyarrow.parquet as pq

        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 4))
        if file.read(4) == _ENCRYPTED_FOOTER:
            raise _EncryptedError("an encrypted parquet file")
        file.seek(0)
        with pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False, page_checksum_verification=True) as parquet:
            yield dict(parquet.metadata.metadata or {})
            if parquet.metadata.num_columns == 0:
                return
            most = self._limits.columns
            names = [parquet.schema_arrow.field(at).name for at in range(len(parquet.schema_arrow))]
            rows = _rows_at_once(self._limits.batch_rows, len(names))
            if len(names) <= most or len(set(names)) < len(names):
                yield from parquet.iter_batches(batch_size=rows, use_threads=False)
                return
            for at in range(0, len(names), most):  # more columns than a table may have
                yield from parquet.iter_batches(batch_size=rows, columns=names[at : at + most], use_threads=False)


class OrcExtractor(_Columnar):
    """ORC, a stripe at a time: pyarrow reads no less. Stripes are 64–256 MiB at most where the writer was a usual one."""

    what = "ORC"

    def _batches(self, file: IO[bytes]) -> Iterator[pa.RecordBatch | dict[bytes, bytes]]:
        from pyarrow import orc

        reader = orc.ORCFile(file)
        yield {bytes(key): bytes(value) for key, value in dict(reader.metadata).items()}
        names = list(reader.schema.names)
        rows = _rows_at_once(self._limits.batch_rows, len(names))
        for stripe in range(reader.nstripes):
            small = reader.nrows // reader.nstripes * max(1, len(names)) <= _STRIPE_CELLS
            groups: list[list[str] | None] = [None] if small else [[name] for name in names]
            for group in groups:
                batch = reader.read_stripe(stripe, columns=group)
                for at in range(0, batch.num_rows, rows):
                    yield batch.slice(at, rows)


class ArrowExtractor(_Columnar):
    """Arrow IPC files (Feather 2), IPC streams, and the first Feather."""

    what = "Arrow"

    def _batches(self, file: IO[bytes]) -> Iterator[pa.RecordBatch | dict[bytes, bytes]]:
        from pyarrow import feather, ipc

        start = file.read(6)
        file.seek(0)
        if start[:4] == b"FEA1":
            yield from feather.read_table(file, memory_map=False).to_batches(
                max_chunksize=min(self._limits.batch_rows, _ROWS)
            )
            return
        if start == b"ARROW1":
            try:
                with ipc.open_file(file) as reader:
                    yield dict(reader.schema.metadata or {})
                    for at in range(reader.num_record_batches):
                        yield from self._sliced(reader.get_batch(at))
            except pa.ArrowInvalid:
                file.seek(8)  # without its footer a file is a stream behind eight bytes
                yield from self._stream(file)
                raise
            self._follow(file)
            return
        yield from self._stream(file)

    def _follow(self, file: IO[bytes]) -> None:
        """Go over the file's messages, one behind the other as in a stream. ArrowException where one is not where it should be:
        a byte too many or too few moves all values behind it, and nothing else tells.
        """
        from pyarrow import ipc

        file.seek(8)
        mark = len(file.read(8).partition(b"\xff\xff\xff\xff")[1]) + 4  # the end's; before Arrow 0.15 four bytes
        file.seek(8)
        messages = ipc.MessageReader.open_stream(file)
        last = 8
        with contextlib.suppress(StopIteration):
            while True:
                self._budget.check()
                messages.read_next_message()
                last = file.tell()
        file.seek(-10, os.SEEK_END)
        footer = int.from_bytes(file.read(4), "little")
        if last + mark + footer + 10 != file.seek(0, os.SEEK_END):
            raise pa.ArrowInvalid("the footer is not where the messages end")

    def _stream(self, file: IO[bytes]) -> Iterator[pa.RecordBatch | dict[bytes, bytes]]:
        from pyarrow import ipc

        with ipc.open_stream(file) as reader:
            yield dict(reader.schema.metadata or {})
            for batch in reader:
                yield from self._sliced(batch)

    def _sliced(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        rows = _rows_at_once(self._limits.batch_rows, batch.num_columns)
        for at in range(0, batch.num_rows, rows):
            yield batch.slice(at, rows)


_STRIPE_CELLS: Final = 10_000_000
_CELLS: Final = 500_000
_ROWS: Final = 5_000
"""Rows read at once: long values must not make a batch of gigabytes. Small ones are put together afterwards."""


class _EncryptedError(Exception):
    """The file is encrypted; the message says how."""


def _rows_at_once(most: int, columns: int) -> int:
    return max(1, min(most, _ROWS, _CELLS // max(1, columns)))


def _is_encrypted(error: BaseException) -> bool:
    words = str(error).lower()
    return "encrypted" in words or "decrypt" in words


def _notes(source: Source, notes: dict[bytes, bytes], limits: Limits) -> Iterator[Text]:
    """Key-value metadata: a comment, the data frame's own description with its attributes, another tool's schema."""
    for key, value in notes.items():
        if key in _SCHEMAS:
            continue
        text = value.decode("utf-8", "replace")
        with contextlib.suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
        text = text.encode("utf-8", "replace").decode()
        part = f"file metadata, {printable(key.decode('utf-8', 'replace'))[:100]}"
        for piece in Windows(source.asset, limits).feed(text):
            yield replace(piece, part=part)
