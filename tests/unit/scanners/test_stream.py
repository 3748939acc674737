"""A stream over chunks behaves as a file does, and an error is never the end of the file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ReadError
from auditor.model.asset import GapCode
from auditor.scanners._stream import Chunks, ForwardStream, reading

CHUNKS = st.lists(st.binary(max_size=20), max_size=10)
SIZES = st.lists(st.integers(min_value=-1, max_value=30), max_size=30)


def of(chunks: list[bytes], *, broken: bool = False) -> Chunks:
    yield from chunks
    if broken:
        raise ReadError(GapCode.UNREACHABLE, "gone", 7)


@given(CHUNKS, SIZES, st.sampled_from(["read", "readline", "readinto"]))
def test_it_reads_as_a_file_does(chunks: list[bytes], sizes: list[int], how: str) -> None:
    stream, file = ForwardStream(of(chunks)), io.BytesIO(b"".join(chunks))
    for size in sizes:
        if how == "readinto":
            ours, theirs = bytearray(max(size, 0)), bytearray(max(size, 0))
            assert stream.readinto(ours) == file.readinto(theirs)
            assert ours == theirs
        else:
            assert getattr(stream, how)(size) == getattr(file, how)(size)


@given(CHUNKS, st.integers(min_value=1, max_value=30))
def test_read1_and_peek_lose_nothing(chunks: list[bytes], size: int) -> None:
    stream = ForwardStream(of(chunks))
    gathered = b""
    while ahead := stream.peek(1):
        part = stream.read1(size)
        assert 0 < len(part) <= size
        assert ahead.startswith(part)
        gathered += part
    assert gathered == b"".join(chunks)


@given(CHUNKS, st.integers(min_value=1, max_value=30))
def test_an_error_comes_after_every_byte_before_it(chunks: list[bytes], size: int) -> None:
    received = b""
    with pytest.raises(ReadError), reading(of(chunks, broken=True)) as stream:
        while part := stream.read(size):
            received += part
    assert received == b"".join(chunks)


@pytest.mark.parametrize("size", [-1, 100])
def test_a_reader_that_takes_a_short_read_for_the_end_is_told_when_the_block_ends(size: int) -> None:
    with pytest.raises(ReadError), reading(of([b"abc"], broken=True)) as stream:
        assert stream.read(size) == b"abc"


def test_a_reader_that_stopped_before_the_error_is_left_alone() -> None:
    with reading(of([b"abc", b"def"], broken=True)) as stream:
        assert stream.read(4) == b"abcd"


def test_the_readers_own_error_is_not_hidden() -> None:
    with pytest.raises(KeyError), reading(of([b"abc"], broken=True)) as stream:
        stream.read(10)
        raise KeyError


def test_the_error_stays() -> None:
    stream = ForwardStream(of([], broken=True))
    for _ in range(3):
        with pytest.raises(ReadError):
            stream.read(1)
    assert stream.read(0) == b""


def test_closing_ends_the_source() -> None:
    ended = []

    def chunks() -> Chunks:
        try:
            yield b"a"
            yield b"b"
        finally:
            ended.append(True)

    with reading(chunks()) as stream:
        stream.read(1)
    assert ended
    with pytest.raises(ValueError, match="closed"):
        stream.read(1)
