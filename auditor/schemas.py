"""JSON Schemas of the files people write, and of the JSON report: generated, so that editors and code cannot disagree.

`make schema` runs `python -m auditor.schemas`, `make check` the same with `--check`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from auditor.engagement.schema import EngagementFile
from auditor.reporters.json import schema as report_schema
from auditor.resources import rules_dir
from auditor.ruleset.schema import NOUNS, written
from auditor.yamltypes import Written

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its file name."""
    found = {"engagement.schema.json": _of(EngagementFile, "An engagement of the vendor data-handling auditor")}
    for kind, noun in NOUNS.items():
        found[f"{kind}.schema.json"] = _of(written(noun), f"A {kind} rule of the vendor data-handling auditor")
    found["report.schema.json"] = report_schema()
    return found


def write(folder: Path) -> None:
    """Write every schema into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def stale(folder: Path) -> list[str]:
    """Names of schemas that are missing, outdated or no longer generated."""
    texts = _texts()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.schema.json")}
    return sorted(name for name in texts.keys() | there.keys() if texts.get(name) != there.get(name))


def _texts() -> dict[str, str]:
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in sorted(schemas().items())}


def _of(model: type[Written], title: str) -> dict[str, Any]:
    schema = _clean(model.model_json_schema())
    return {"$schema": DIALECT, **schema, "title": title}


def _clean(node: Any) -> Any:
    """Without the titles that pydantic makes up of names."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value if key in ("default", "examples") and not isinstance(value, dict) else _clean(value)
        for key, value in node.items()
        if key != "title" or not isinstance(value, str)
    }


def main(arguments: list[str]) -> int:
    """Write the schemas; with `--check`, only say which are outdated: exit code 1 if any is, 2 for wrong use."""
    folder = rules_dir() / "schema"
    match arguments:
        case []:
            write(folder)
            return 0
        case ["--check"]:
            outdated = stale(folder)
            if outdated:
                sys.stderr.write(f"outdated: {', '.join(outdated)}; run: make schema\n")
            return 1 if outdated else 0
        case _:
            sys.stderr.write("usage: python -m auditor.schemas [--check]\n")
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
