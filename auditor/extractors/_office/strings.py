"""A workbook's shared strings, kept outside of memory: a file without a name, and where in it each string begins."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from typing import Final

from auditor.errors import ReadError
from auditor.extractors.tables import without_surrogates
from auditor.model.asset import GapCode

_MEMORY: Final = 48 << 20
_MOST: Final = 16_000_000
_CACHE: Final = 200_000


class Strings:
    """Strings by their number. Those that were asked for are remembered, so that the others can be told at the end."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115 - closed in `close`
        self._ends = array("Q")
        self._used = bytearray()
        self._size = 0
        self._cache: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def add(self, text: str) -> None:
        """The next string. ReadError beyond 16 million."""
        if len(self._ends) >= _MOST:
            raise ReadError(GapCode.FILE_EXCEEDS_SIZE_LIMIT, f"more than {_MOST} shared strings in a workbook")
        data = without_surrogates(text).encode()
        self._file.seek(self._size)
        self._file.write(data)
        self._size += len(data)
        self._ends.append(self._size)
        self._used.append(0)

    def __getitem__(self, number: int) -> str:
        """IndexError if there is none of that number."""
        text = self._cache.get(number)
        if text is None:
            if not 0 <= number < len(self._ends):
                raise IndexError(number)
            self._used[number] = 1
            text = self._read(number)
            if len(self._cache) >= _CACHE:
                self._cache.clear()
            if len(text) <= 256:
                self._cache[number] = text
        return text

    def unused(self) -> Iterator[str]:
        """The strings that nobody asked for."""
        number = self._used.find(0)
        while number >= 0:
            yield self._read(number)
            number = self._used.find(0, number + 1)

    def _read(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        self._file.seek(start)
        return self._file.read(self._ends[number] - start).decode()
