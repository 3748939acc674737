"""What a start imports: lists, not times, as an import that nobody needs is what makes a start slow (benchmarks/start.py)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
SCRIPT = """\
import sys
before = set(sys.modules)
from auditor.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
loaded = sys.modules.keys() - before
from importlib.metadata import packages_distributions
installed = packages_distributions().keys() - {"auditor"}
print(*sorted({name.partition(".")[0] for name in loaded} & installed))
print(*sorted(name for name in loaded if name.startswith("auditor.")))
"""

pytestmark = pytest.mark.e2e


def imported(*words: str | Path) -> tuple[set[str], set[str]]:
    """The top-level modules of other projects, and our own modules, after a command."""
    command = [sys.executable, "-c", SCRIPT, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPO, check=True)
    others, ours = done.stdout.splitlines()[-2:]
    return set(others.split()), set(ours.split())


def assert_only(found: set[str], allowed: set[str]) -> None:
    newcomers = sorted(found - allowed)
    assert not newcomers, f"newly imported at the start: {', '.join(newcomers)}; import them where they are needed"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["gate", "--help"], ["audit", "--help"]], ids=" ".join)
def test_help_imports_nothing_of_others(words: list[str]) -> None:
    others, ours = imported(*words)
    assert_only(others, set())
    stages = {name for name in ours if name.count(".") > 1} - {
        name for name in ours if name.startswith("auditor.commands.")
    }
    assert_only(stages, {"auditor.model.rule", "auditor.model.text", "auditor.model.finding", "auditor.model.asset", "auditor.model.engagement", "auditor.model.recheck", "auditor.model.course", "auditor.model.names"})  # fmt: skip


def test_a_gate_without_anything_to_read_imports_nothing_of_others(tmp_path: Path) -> None:
    """Rules and the answer's words come compiled: run `make schema` if pydantic or yaml is named here."""
    others, ours = imported("gate", tmp_path, "--quiet")
    assert_only(others, set())
    stages = {".".join(name.split(".")[:2]) for name in ours}
    unneeded = {"auditor.detectors", "auditor.engagement", "auditor.register", "auditor.finds", "auditor.yamlschema"}
    assert_only(stages & unneeded, set())
    assert_only(
        ours & {"auditor.extractors.decoding", "auditor.workers.pool", "auditor.response", "auditor.model.response"},
        set(),
    )


def test_a_gate_that_finds_nothing_imports_only_its_gates(tmp_path: Path) -> None:
    """Presidio and pyarrow wait until something passes a gate, or a table comes."""
    (tmp_path / "notes.txt").write_text("nothing to see here\n", encoding="utf-8")
    others, _ = imported("gate", tmp_path, "--quiet")
    assert_only(others, {"re2"})
