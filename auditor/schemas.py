"""What is generated: JSON Schemas of the files people write and of the JSON report, so that editors and code
cannot disagree; the compiled rules, report texts and templates, so that a start is fast (resources.py); and docs/formats.md.

`make schema` runs `python -m auditor.schemas`, `make check` the same with `--check`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final, get_args

from auditor.course.waiverfile import WaiversFile
from auditor.detectors.validators import VALIDATORS
from auditor.engagement.schema import EngagementFile
from auditor.errors import InputError
from auditor.extractors import formats
from auditor.model.text import Language
from auditor.reporters import html, templates
from auditor.reporters.json import schema as report_schema
from auditor.reporters.strings import compiled_strings
from auditor.resources import rules_dir, templates_dir
from auditor.ruleset import compiled, loader
from auditor.ruleset.kinds import NOUNS
from auditor.ruleset.schema import written
from auditor.yamltypes import Written

FORMATS_PAGE: Final = Path(__file__).parents[1] / "docs/formats.md"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its file name."""
    found = {"engagement.schema.json": _of(EngagementFile, "An engagement of the vendor data-handling auditor")}
    found["waivers.schema.json"] = _of(WaiversFile, "Waivers of the vendor data-handling auditor")
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


def compiled_files() -> dict[Path, str]:
    """What each compiled file must hold, and the table of formats. InputError if rules or texts have problems."""
    rules = loader.load(validators=frozenset(VALIDATORS), thorough=True)
    files = {rules_dir() / compiled.FILE: compiled.text(rules_dir(), rules)} | {
        templates_dir() / f"strings.{language}.jsonl": compiled_strings(language) for language in get_args(Language)
    }
    files[templates_dir() / templates.FILE] = html.compiled()
    if FORMATS_PAGE.parent.is_dir():  # not in an installed package
        files[FORMATS_PAGE] = formats.markdown()
    return files


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
    """Write it all; with `--check`, only say what is outdated: exit code 1 if anything is, 2 for bad rules or wrong use."""
    folder = rules_dir() / "schema"
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: python -m auditor.schemas [--check]\n")
        return 2
    try:
        files = compiled_files()
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not arguments:
        write(folder)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    outdated = stale(folder)
    outdated += (p.name for p, text in files.items() if not p.is_file() or p.read_text(encoding="utf-8") != text)
    if outdated:
        sys.stderr.write(f"outdated: {', '.join(outdated)}; run: make schema\n")
    return 1 if outdated else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
