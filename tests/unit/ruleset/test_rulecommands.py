"""What `auditor rules list|show|check|test` print."""

from __future__ import annotations

import json

import pytest

from auditor import rulecommands
from auditor.errors import InputError
from auditor.ruleset.loader import load


@pytest.fixture
def plain(rules):
    rules.change("validator: luhn\n", "")
    return rules


def test_the_listing_is_aligned_and_complete(rules) -> None:
    header, *lines = rulecommands.listing(load((rules.path,))).lines
    assert [line.split()[0] for line in lines] == ["example-member", "kept-too-long", "weekly"]
    for name, words in {
        "FINDS / CHECKS": ("EXAMPLE_MEMBER", "retention", "1 policies"),
        "CLASS / LEVEL": ("contact", "high", "fails on medium"),
        "TITLE": ("Member number", "Kept too long", "Weekly"),
        "FILE": ("recognizers/kr/member.yaml", "policies/kept.yaml", "profiles/weekly.yaml"),
    }.items():
        column = header.index(name)
        assert all(line[column:].startswith(word) for line, word in zip(lines, words, strict=True))


def test_wide_characters_keep_the_columns(rules) -> None:
    rules.change("en: Member number", "en: 회원 number")
    _, first, second, _ = rulecommands.listing(load((rules.path,))).lines
    assert first.index("recognizers/") + len("회원") == second.index("policies/")


def test_the_listing_as_json(rules) -> None:
    rows = json.loads("\n".join(rulecommands.listing(load((rules.path,)), as_json=True).lines))
    assert rows[0] == {
        "kind": "recognizer",
        "id": "example-member",
        "what": "EXAMPLE_MEMBER",
        "weight": "contact",
        "title": {"en": "Member number", "ko": "회원번호"},
        "file": "recognizers/kr/member.yaml",
    }
    assert [row["kind"] for row in rows] == ["recognizer", "policy", "profile"]


@pytest.mark.parametrize("name", ["example-member", "EXAMPLE_MEMBER"])
def test_show_prints_the_file_below_its_path(rules, name: str) -> None:
    path = rules.path / "recognizers/kr/member.yaml"
    lines = rulecommands.show(name, (rules.path,)).lines
    assert lines == (f"# {path}", *path.read_text("utf-8").splitlines())


def test_show_of_no_rule_suggests_one(rules) -> None:
    with pytest.raises(InputError, match='did you mean "example-member"'):
        rulecommands.show("exampel-member", (rules.path,))


def test_check_of_sound_rules(plain) -> None:
    answer = rulecommands.check((plain.path,))
    assert answer.ok
    assert answer.lines[-1].endswith("rules, no problems")


def test_check_tells_every_problem_with_its_place(plain) -> None:
    plain.change("check: retention", "check: retension")
    plain.change("score: 0.6", "score: 6")
    answer = rulecommands.check((plain.path,))
    assert not answer.ok
    assert any(line.startswith(f"{plain.path}/policies/kept.yaml:4:8: there is no check") for line in answer.lines)
    assert any(line.startswith(f"{plain.path}/recognizers/kr/member.yaml:8:12: score") for line in answer.lines)
    assert answer.lines[-1].endswith("rules, 2 problems")


def test_rules_test_counts_and_names_what_fails(plain) -> None:
    only = frozenset({"example-member", "kept-too-long"})
    answer = rulecommands.test((plain.path,), only)
    assert (answer.lines, answer.ok) == (("5 passed, 0 failed",), True)
    plain.change('{text: "nothing here"}', '{text: "member M-123456"}')
    answer = rulecommands.test((plain.path,), only)
    assert not answer.ok
    place = f"{plain.path}/recognizers/kr/member.yaml:27:7: "
    assert answer.lines[0].startswith(f"{place}example-member: not_match 1: EXAMPLE_MEMBER found 1 times")
    assert answer.lines[-1] == "4 passed, 1 failed"


def test_rules_test_of_rules_that_do_not_load(plain) -> None:
    plain.change("check: retention", "check: retension")
    with pytest.raises(InputError):
        rulecommands.test((plain.path,))


def test_test_of_an_id_that_is_none_is_no_success(plain) -> None:
    with pytest.raises(InputError, match='did you mean "example-member"'):
        rulecommands.test((plain.path,), frozenset({"exampel-member", "kept-too-long"}))
