"""`rules/compiled.jsonl` stands for the YAML files only as long as it says exactly what they say."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from auditor import rulecommands, schemas
from auditor.errors import InputError
from auditor.resources import rules_dir
from auditor.ruleset import compiled, loader

POLICY = "policies/public-bucket.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's rules, compiled."""
    copy = tmp_path / "rules"
    shutil.copytree(rules_dir(), copy)
    compile_(copy)
    return copy


def compile_(folder: Path) -> None:
    (folder / compiled.FILE).write_text(compiled.text(folder, loader.load((folder,))), encoding="utf-8")


def test_the_published_files_are_fresh() -> None:
    """The rules', the report texts' and the templates'."""
    files = schemas.compiled_files()
    assert {path.name for path in files} == {
        compiled.FILE,
        "strings.en.jsonl",
        "strings.ko.jsonl",
        "templates.jsonl",
        "formats.md",
    }
    outdated = [path.name for path, text in files.items() if path.read_text("utf-8") != text]
    assert outdated == [], "run: make schema"


def test_compiled_rules_are_the_same_as_those_of_the_yaml_files(folder: Path) -> None:
    assert compiled.load(folder) == loader.load((folder,))


def test_every_part_of_a_small_ruleset_comes_back(rules) -> None:
    compile_(rules.path)
    ruleset = compiled.load(rules.path)
    assert ruleset == loader.load((rules.path,))
    (rule,) = ruleset.recognizers
    assert rule.column.siblings == ("EXAMPLE_MEMBER",)
    assert rule.patterns[1].needs == "context"
    assert ruleset.policies[0].steps[0].level > ruleset.policies[0].level


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename", "misplace", "presidio"])
def test_any_change_of_the_rule_files_makes_it_worthless(folder: Path, change: str) -> None:
    policy = folder / POLICY
    match change:
        case "edit":
            policy.write_bytes(policy.read_bytes() + b"# a comment\n")
        case "add":
            (folder / "policies/another.yaml").write_bytes(policy.read_bytes())
        case "remove":
            policy.unlink()
        case "rename":
            policy.rename(policy.with_name("renamed.yaml"))
        case "misplace":
            (folder / "recognisers").mkdir()
            (folder / "recognisers/lost.yaml").write_text("id: lost\n", encoding="utf-8")
        case _:
            (folder / "presidio").mkdir()
            (folder / "presidio/own.yaml").write_text("recognizers: []\n", encoding="utf-8")
    assert compiled.load(folder) is None


def test_rules_cannot_be_changed_in_the_compiled_file(folder: Path) -> None:
    file = folder / compiled.FILE
    text = file.read_text("utf-8")
    assert '"level":"critical"' in text
    file.write_text(text.replace('"level":"critical"', '"level":"note"', 1), encoding="utf-8")
    assert compiled.load(folder) is None


@pytest.mark.parametrize(
    "line", ['["recognizer",{"id":"x"}]', '["recognizer",{"gone":1}]', '["other",{}]', "[]", "7", "x"]
)
def test_lines_of_another_version_are_passed_over(folder: Path, line: str) -> None:
    header = json.loads((folder / compiled.FILE).read_text("utf-8").partition("\n")[0])
    header["lines"] = hashlib.sha256(f"{line}\n".encode()).hexdigest()
    (folder / compiled.FILE).write_text(f"{json.dumps(header)}\n{line}\n", encoding="utf-8")
    assert compiled.load(folder) is None


def test_rules_in_presidios_format_are_not_compiled(folder: Path) -> None:
    ruleset = loader.load((folder,))
    (folder / "presidio").mkdir()
    (folder / "presidio/own.yaml").write_text("recognizers: []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Presidio"):
        compiled.text(folder, ruleset)


def test_a_mistake_in_the_projects_rules_is_told_though_they_were_compiled(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.rulecommands.rules_dir", lambda: folder)
    monkeypatch.setattr("auditor.ruleset.lint.rules_dir", lambda: folder)
    assert rulecommands.load() == loader.load((folder,))
    policy = folder / POLICY
    policy.write_text(policy.read_text("utf-8").replace("level: ", "level: very ", 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rulecommands.load()
    (problem,) = caught.value.problems
    assert problem.file.endswith(POLICY)
    assert problem.line > 1
    assert "is not a level" in problem.cause


def test_own_rules_are_checked_at_once_with_the_place_and_the_cure(rules) -> None:
    rules.change("regex: 'M-[0-9]{6}'", r"regex: '\bM-[0-9]{6}'")
    with pytest.raises(InputError) as caught:
        rulecommands.load([rules.path])
    problems = [problem for problem in caught.value.problems if r"\b" in problem.cause]
    assert problems
    assert problems[0].line > 1
    assert problems[0].cure
