"""Compiled files stand for their sources only while they were made from exactly these, and are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.resources import compile_text, read_compiled

LINES = [["a", "한국어\nand\u2028more"], {"b": [1, 0.5, None, True]}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "x.jsonl"
    path.write_text(compile_text("digest", LINES), encoding="utf-8")
    return path


def test_what_was_written_is_read(file: Path) -> None:
    assert read_compiled(file, "digest") == LINES
    assert len(file.read_text("utf-8").split("\n")) == 4, "a line a value"


def test_other_sources_are_noticed(file: Path) -> None:
    assert read_compiled(file, "another") is None


@pytest.mark.parametrize("old, new", [("한국어", "일본어"), ('{"b":', '{"c":'), ("null", "nul"), ("more", "")])
def test_a_change_by_hand_is_noticed(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert read_compiled(file, "digest") is None


@pytest.mark.parametrize("content", [b"", b"{}\n", b"null\n", b"[1\n", b"<<<<<<< ours\n", b"\xff\n", b"[" * 100_000])
def test_what_is_no_compiled_file_is_passed_over(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert read_compiled(file, "digest") is None
    file.unlink()
    assert read_compiled(file, "digest") is None
