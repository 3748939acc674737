"""The engagement that `auditor init` writes loads, completes in editors, and is the example in the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from auditor import yamlfile
from auditor.engagement.loader import load
from auditor.engagement.template import template
from auditor.resources import rules_dir

ROOT = Path(__file__).parents[3]
SCHEMA = rules_dir() / "schema/engagement.schema.json"


def test_the_template_loads_without_problems(tmp_path: Path) -> None:
    path = tmp_path / "engagement.yaml"
    path.write_text(template(), encoding="utf-8")
    engagement = load(path, frozenset({"KR_CI", "NICKNAME"}))
    assert [target.name for target in engagement.targets] == ["dev-server", "bucket"]


def test_the_example_is_the_template() -> None:
    example = ROOT / "examples/engagement.yaml"
    assert example.read_text("utf-8") == template(schema="../rules/schema/engagement.schema.json")
    first = example.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (example.parent / first.partition("=")[2]).resolve() == SCHEMA


@pytest.mark.parametrize("name", ["nft.key", "키 1.key", 'a"b: {c}#.key', "12.key"])
def test_any_key_file_name_survives(tmp_path: Path, name: str) -> None:
    path = tmp_path / "engagement.yaml"
    path.write_text(template(key_file=name), encoding="utf-8")
    assert load(path).key_file == tmp_path / name


def test_what_the_template_comments_out_loads_too(tmp_path: Path) -> None:
    """A user takes `# ` away from a suggestion and it works."""
    text = template()
    for suggestion in (
        "# host_key: ",
        "# key_file: ",
        "# password_file: ",
        "# exclude: ",
        "# jump: ",
        "# endpoint_url: ",
        "# region: ",
        "# credentials_file: ",
        "# profile: ",
        "# - name: prod-db",
        "#   database:",
        "#     engine: ",
        "#     host: ",
        "#     database: ",
        "#     user: ",
        "#     password_file: ",
        "#     # via: ",
        "#     # sample: ",
        "# - name: handover",
        "#   local: ",
        "# register: ",
        "# destruction:",
        "#   declared: ",
        "#   scope: ",
        "#   subjects: ",
        "#   reference: ",
    ):
        assert suggestion in text
        text = text.replace(suggestion, suggestion.removeprefix("# ").replace("# ", ""))
    text = text.replace("SHA256:…", "SHA256:" + "a" * 43)
    path = tmp_path / "engagement.yaml"
    path.write_text(text, encoding="utf-8")
    engagement = load(path)
    assert [target.name for target in engagement.targets] == ["dev-server", "bucket", "prod-db", "handover"]
    assert engagement.destruction is not None
    assert engagement.register_file == tmp_path / "register.bin"


def test_the_template_is_valid_for_editors_and_mistakes_are_not() -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    tree = yamlfile.parse(template().encode(), "x").tree
    assert list(validator.iter_errors(tree)) == []
    for wrong in (
        {**tree, "targts": []},
        {key: value for key, value in tree.items() if key != "vendor"},
        {**tree, "targets": [{"name": "x"}]},
        {**tree, "targets": [{"name": "x", "local": {"paths": ["a"]}, "s3": {"bucket": "b"}}]},
        {**tree, "languages": ["xx"]},
        {**tree, "contract": {"ends": "2025-03-31", "destroy_within": "5 months"}},
    ):
        assert list(validator.iter_errors(wrong))


@pytest.mark.parametrize("name", [*json.loads(SCHEMA.read_text("utf-8"))["$defs"], None])
def test_every_key_is_described_for_editors(name: str | None) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    part = schema["$defs"][name] if name else schema
    assert [key for key, value in part["properties"].items() if not value.get("description")] == []
    assert part["additionalProperties"] is False
