"""The stream an extractor reads: an error of the source looks like the end, so that what came before it is kept."""

from __future__ import annotations

from typing import BinaryIO

from auditor.errors import ReadError
from auditor.extractors.limits import Budget


class GuardedStream:
    """Reads on. After the source's ReadError (`failed`) or when the time is used up (`late`) it is at its end."""

    def __init__(self, stream: BinaryIO, budget: Budget, *, earns: bool) -> None:
        self._stream = stream
        self._budget = budget
        self._earns = earns
        self.failed: ReadError | None = None
        self.late: ReadError | None = None

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, maybe fewer; b"" at the end."""
        if self.failed is not None or self.late is not None:
            return b""
        try:
            self._budget.check()
        except ReadError as error:
            self.late = error
            return b""
        try:
            data = self._stream.read(size)
        except ReadError as error:
            self.failed = error
            return b""
        if self._earns:
            self._budget.earn(len(data))
        return data
