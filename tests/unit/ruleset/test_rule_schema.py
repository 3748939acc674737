"""The derived models follow the nouns, and the published schemas follow the models."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor import schemas, yamlfile
from auditor.resources import rules_dir
from auditor.ruleset.keys import KEYS
from auditor.ruleset.kinds import FOLDERS, NOUNS
from auditor.ruleset.schema import written

FOLDER = rules_dir() / "schema"


@pytest.mark.parametrize("noun", KEYS, ids=lambda noun: noun.__name__)
def test_every_field_of_a_noun_is_a_described_key(noun: type) -> None:
    """A new field of model/rule.py is accepted by itself; auditor/ruleset/keys.py must say what it means."""
    keys = set(written(noun).keys())
    names = {item.name for item in dataclasses.fields(noun)} - {"file"}
    examples = {name for name in names if name.endswith(("matches", "_examples"))}
    assert keys == names - examples | ({"examples"} if examples else set())
    assert set(KEYS[noun]) == names - examples
    assert all(key.description for key in KEYS[noun].values())


def test_the_published_schemas_are_fresh() -> None:
    assert schemas.stale(FOLDER) == [], "run: make schema"


def test_a_stale_missing_or_surplus_schema_is_noticed(tmp_path: Path) -> None:
    schemas.write(tmp_path)
    assert schemas.stale(tmp_path) == []
    (tmp_path / "policy.schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "profile.schema.json").unlink()
    (tmp_path / "old.schema.json").write_text("{}", encoding="utf-8")
    assert schemas.stale(tmp_path) == ["old.schema.json", "policy.schema.json", "profile.schema.json"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.schema.json")), ids=lambda path: path.name)
def test_each_schema_is_a_schema(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("kind", NOUNS)
def test_the_schema_agrees_with_the_loader_on_the_projects_own_rules(kind: str) -> None:
    validator = Draft202012Validator(json.loads((FOLDER / f"{kind}.schema.json").read_text("utf-8")))
    files = sorted((rules_dir() / FOLDERS[kind]).rglob("*.yaml"))
    assert files
    for path in files:
        errors = [error.message for error in validator.iter_errors(yamlfile.read(path).tree)]
        assert errors == [], path


@pytest.mark.parametrize("kind", NOUNS)
def test_each_rule_file_names_its_schema_in_the_first_line(kind: str) -> None:
    for path in sorted((rules_dir() / FOLDERS[kind]).rglob("*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.partition("=")[2]).resolve() == FOLDER / f"{kind}.schema.json"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("recognizer", {"sensitivity": "secret"}),
        ("recognizer", {"patern": []}),
        ("recognizer", {"patterns": [{"name": "x", "regex": "x", "score": 2}]}),
        ("policy", {"level": "severe"}),
        ("policy", {"remediation": []}),
        ("policy", {"examples": {"fail": []}}),
        ("profile", {"policies": "all"}),
        ("profile", {"fail_on": None}),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(rules, kind: str, change: dict[str, object]) -> None:
    validator = Draft202012Validator(json.loads((FOLDER / f"{kind}.schema.json").read_text("utf-8")))
    (path,) = (rules.path / FOLDERS[kind]).rglob("*.yaml")
    tree = yamlfile.read(path).tree
    assert list(validator.iter_errors(tree)) == []
    assert list(validator.iter_errors({**tree, **change}))
