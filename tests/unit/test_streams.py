"""What was read before a failure is handed out before the failure is raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ReadError
from auditor.streams import HEAD, Counted, peek


class Failing:
    """Gives `data` in pieces, then fails or ends."""

    def __init__(self, data: bytes, piece: int, *, fails: bool) -> None:
        self.data, self.piece, self.fails = data, piece, fails

    def read(self, size: int = -1, /) -> bytes:
        cut = self.piece if size < 0 else min(size, self.piece)
        given, self.data = self.data[:cut], self.data[cut:]
        if not given and self.fails:
            raise ReadError("UNREACHABLE", "the connection was lost")
        return given


@given(st.integers(0, 3 * HEAD), st.integers(1, HEAD), st.integers(1, 2 * HEAD), st.booleans())
def test_every_byte_once_in_order_then_the_failure(length: int, piece: int, size: int, fails: bool) -> None:
    data = bytes(n % 251 for n in range(length))
    counted: list[int] = []
    head, stream = peek(Counted(Failing(data, piece, fails=fails), counted.append))
    assert head == data[:HEAD]
    got = b""
    failed = False
    try:
        while part := stream.read(size):
            got += part
    except ReadError:
        failed = True
    assert got == data
    assert failed is fails
    assert sum(counted) == length


def test_reading_to_the_end_in_one() -> None:
    _, stream = peek(Failing(b"x" * (HEAD + 5), 1 << 20, fails=False))
    assert stream.read() == b"x" * (HEAD + 5)
    with pytest.raises(ReadError):
        peek(Failing(b"", 1, fails=True))[1].read()
