"""YAML files: plain words, positions, and what is refused — each refusal with line, column, cause and cure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from auditor import yamlfile
from auditor.errors import InputError, Problem
from auditor.yamlfile import MAX_BYTES, Document, parse, read


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its C part must read the same."""
    if request.param == "pure Python":
        monkeypatch.setattr(yamlfile, "_PARSER", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.fail("this PyYAML has no libyaml: the fast path is not tested")


def refused(text: str | bytes) -> tuple[Problem, ...]:
    data = text.encode() if isinstance(text, str) else text
    try:
        return parse(data, "f.yaml").problems
    except InputError as error:
        return error.problems


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("010", "010"),
        ("01012345678", "01012345678"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1e5", "1e5"),
        ("1.50", 1.5),
        ("1.2.3", "1.2.3"),
        (".inf", ".inf"),
        ("2024-09-01", "2024-09-01"),
        ("2024-09-01 10:00:00", "2024-09-01 10:00:00"),
        ("=", "="),
        ("<<", "<<"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("제12조 2항", "제12조 2항"),
        ("9" * 200, "9" * 200),
        ("|\n    a\n    b", "a\nb"),
    ],
)
def test_a_plain_word_means_what_it_says(written: str, value: object) -> None:
    tree = parse(f"key: {written}".encode(), "f.yaml").tree
    assert tree == {"key": value}
    assert type(tree["key"]) is type(value)


@pytest.mark.usefixtures("parser")
def test_every_value_and_key_knows_its_place() -> None:
    document = parse("a: 1\nlist:\n  - {이름: x, b: [1, 2]}\n  - y\n".encode(), "f.yaml")
    assert document.values["a",] == (1, 4)
    assert document.values["list", 0] == (3, 5)
    assert document.keys["list", 0, "b"] == (3, 13)  # characters, not bytes
    assert document.values["list", 0, "b", 1] == (3, 20)
    assert document.values["list", 1] == (4, 5)
    assert document.get("list", 0, "b", 1) == 2
    assert document.get("list", 7, "b") is None
    assert document.get("a", "b") is None


@pytest.mark.usefixtures("parser")
def test_a_problem_without_a_place_of_its_own_stands_at_the_nearest() -> None:
    document = parse(b"a:\n  b: 1\n", "f.yaml")
    missing = document.problem(("a", "c"), "missing")
    assert (missing.line, missing.column) == (2, 3)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "cause"),
    [
        ("a: &x 1\n", 1, 4, 'an anchor ("&x")'),
        ("a: 1\nb: *x\n", 2, 4, 'an alias ("*x")'),
        ("*x : 1\n", 1, 1, 'an alias ("*x")'),
        ("a: !!python/object:os.system x\n", 1, 4, "a tag"),
        ("a: !secret x\n", 1, 4, "a tag"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, '"a" stands here twice (first in line 1)'),
        ("a: {x: 1, x: {y: 2}}\n", 1, 11, '"x" stands here twice'),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
        ("[1]: 2\nb: 1\n", 1, 1, "a key that is a list or a mapping"),
        ("a:\n\tb: 1\n", 2, 1, "a tab"),
        ('a: "x\nb: 1\n', 1, 4, "a quote is opened and never closed"),
        ("a: [1, 2\nb: 3\n", 2, 2, "not closed as expected"),
        ("a: b: c\n", 1, 5, 'a ":" stands where no key can be'),
        ("a: 1\n b: 2\n", 2, 3, 'a ":" stands where no key can be'),
        ("a: @x\n", 1, 4, "a character that YAML reserves"),
        ('a: "[0-9]\\d"\n', 1, 10, 'an unknown "\\" escape'),
        ("a: 1\nb\n", 2, 1, 'a key without ":"'),
        (b"\xef\xbb\xbfa: \xc0\n", 1, 4, "byte 0xc0 is not UTF-8"),
        (b"a: 1\nb: \xc0\xcc\xb8\xa7\n", 2, 4, "byte 0xc0 is not UTF-8"),
        ("a: x\x1b[31m\n", 1, 5, "U+001B"),
        ("[" * 100, 1, 65, "nested more than 64 levels"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str | bytes, line: int, column: int, cause: str) -> None:
    problem = refused(text)[0]
    assert cause in problem.cause
    assert problem.line == line
    assert abs(problem.column - column) <= 1  # libyaml and PyYAML point at the start or the end of the same thing
    assert problem.cure


@pytest.mark.usefixtures("parser")
def test_every_refusal_is_told_at_once_and_the_first_of_a_pair_is_kept() -> None:
    document = parse(b"a: &x 1\na: 2\nb: *x\nc: !t 3\n", "f.yaml")
    assert [(problem.line, problem.column) for problem in document.problems] == [(1, 4), (2, 1), (3, 4), (4, 4)]
    assert document.tree == {"a": 1, "b": None, "c": 3}
    assert document.refused == {("b",)}


@pytest.mark.usefixtures("parser")
def test_problems_before_a_syntax_error_are_kept() -> None:
    causes = [problem.cause for problem in refused("a: &x 1\nb: [\n")]
    assert len(causes) == 2
    assert "anchor" in causes[0]


def test_an_alias_bomb_costs_nothing() -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    bomb = "\n".join(["a0: &a0 [lol, lol, lol]", *levels])
    problems = refused(bomb)
    assert len(problems) == 10 + 81  # each anchor and each alias once, nothing expanded


@pytest.mark.parametrize("empty", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_so(empty: bytes) -> None:
    assert refused(empty)[0].cause == "is empty"


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "f.yaml")
    assert document.tree == {"a": 1, "b": "x"}
    assert document.keys["b",] == (2, 1)


def test_a_file_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 3))
    assert len(read(path).tree["a"]) == MAX_BYTES - 3
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 2))
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read(path)


@pytest.mark.parametrize("make", ["missing", "folder"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, make: str) -> None:
    path = tmp_path / "engagement.yaml"
    if make == "folder":
        path.mkdir()
    with pytest.raises(InputError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert "cannot be read" in problem.cause


def test_a_hostile_file_name_is_shown_safely(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xc0\xcc\x1b[31m.yaml")
    with pytest.raises(InputError) as caught:
        read(path)
    assert "\x1b" not in str(caught.value)


def test_a_document_does_not_show_its_values() -> None:
    document: Document = parse(b"password: hunter2\n", "f.yaml")
    assert "hunter2" not in repr(document)


def test_yaml_errors_do_not_repeat_the_text() -> None:
    (problem,) = refused("password: 'hunter2\n")
    assert problem.cure
    assert "hunter2" not in str(problem)
