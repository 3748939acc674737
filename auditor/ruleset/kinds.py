"""The kinds of rules, and which files of a rules folder hold which. Imports nothing that reads or validates them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from auditor.errors import Problem
from auditor.model.guidance import Checklist, Framework, Playbook
from auditor.model.rule import PolicyRule, Profile, RecognizerRule, ScorecardRule
from auditor.model.text import printable

Kind = Literal["recognizer", "policy", "profile", "scorecard", "framework", "checklist", "playbook"]
NOUNS: Final[Mapping[Kind, type[Any]]] = {
    "recognizer": RecognizerRule,
    "policy": PolicyRule,
    "profile": Profile,
    "scorecard": ScorecardRule,
    "framework": Framework,
    "checklist": Checklist,
    "playbook": Playbook,
}
FOLDERS: Final[Mapping[Kind, str]] = {
    "recognizer": "recognizers",
    "policy": "policies",
    "profile": "profiles",
    "scorecard": "scorecards",
    "framework": "frameworks",
    "checklist": "checklists",
    "playbook": "playbooks",
}
PRESIDIO: Final = "presidio"
OTHER_FOLDERS: Final = frozenset({"schema"})


def rule_files(directory: Path, problems: list[Problem]) -> Iterator[tuple[Kind | Literal["presidio"], str]]:
    """Kind and name (its path within the folder, with `/`) of a folder's rule files, in name order."""
    folders = {folder: kind for kind, folder in FOLDERS.items()}
    shown = printable(str(directory))
    if not directory.is_dir():
        problems.append(Problem(file=shown, cause="is no folder", cure="check the path"))
        return
    found = False
    for name in _yaml_files(directory, problems):
        folder = name.partition("/")[0]
        if folder in OTHER_FOLDERS:
            continue
        if folder in folders:
            found = True
            yield folders[folder], name
        elif folder == PRESIDIO:
            found = True
            yield PRESIDIO, name
        else:
            cause = "is not read: its folder holds no rules"
            cure = f"move it into {', '.join(f'{folder}/' for folder in (*folders, PRESIDIO))}"
            problems.append(Problem(file=printable(str(directory / name)), cause=cause, cure=cure))
    if not found:
        cure = f"rules stand in its folders {', '.join((*folders, PRESIDIO))}"
        problems.append(Problem(file=shown, cause="holds no rules", cure=cure))


def _yaml_files(directory: Path, problems: list[Problem]) -> list[str]:
    """By `os.walk`: `Path.rglob` takes as long as reading the files, and passes over folders it may not read."""

    def unreadable(error: OSError) -> None:
        problems.append(Problem(file=printable(str(error.filename)), cause=f"cannot be read: {error.strerror}"))

    root = str(directory)
    names: list[str] = []
    for folder, _, files in os.walk(root, onerror=unreadable):
        within = folder[len(root) :].strip("/").replace(os.sep, "/")
        names += (f"{within}/{name}".lstrip("/") for name in files if name.endswith((".yaml", ".yml")))
    return sorted(name for name in names if (directory / name).is_file())
