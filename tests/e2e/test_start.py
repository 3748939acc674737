"""What a start imports: lists, not times, as an import that nobody needs is what makes a start slow (benchmarks/start.py)."""

# ruff: noqa: SIM905 - a list of words reads better as one text

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
print(*sorted(loaded & sys.stdlib_module_names))
"""

EMPTY_GATE = set(
    """
    bundles cli commands commands._options commands._outcome commands.gate course course.baseline course.deadlines course.follow
    course.identity course.sampling course.scorecard course.trend course.waivers errors extractors extractors._git extractors._git.layout
    extractors.limits filenames fingerprint journal judge listing model model.asset model.calendar model.course model.engagement
    model.finding model.globs model.guidance model.names model.noun model.recheck model.rule model.scanner model.terms model.text pace
    people people.people pipeline processor progress rechecks registry reporters reporters.course reporters.facts reporters.recheck
    reporters.register reporters.safe reporters.strings reporters.summary resources resume rulecommands ruleset ruleset.compiled
    ruleset.kinds scanners scanners._posix scanners._stream scanners.local store store.history store.reading store.records store.sqlite
    store.transaction targets workers workers.ahead workers.source workers.trail
    """.split()
)
"""What a gate needs that finds nothing to read, but for its checks."""
UNNEEDED = set(
    "asyncio email http logging multiprocessing pickle selectors socket ssl subprocess tempfile xml zoneinfo".split()
)
"""Of the standard library: it talks to workers, servers or other programs, or knows zones of time, and takes milliseconds."""

pytestmark = pytest.mark.e2e


def imported(*words: str | Path) -> tuple[set[str], set[str], set[str]]:
    """The top-level modules of other projects, our own modules, and those of the standard library, after a command."""
    command = [sys.executable, "-c", SCRIPT, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPO, check=True)
    others, ours, standard = done.stdout.splitlines()[-3:]
    return set(others.split()), set(ours.split()), set(standard.split())


def assert_only(found: set[str], allowed: set[str]) -> None:
    newcomers = sorted(found - allowed)
    assert not newcomers, f"newly imported at the start: {', '.join(newcomers)}; import them where they are needed"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["gate", "--help"], ["audit", "--help"]], ids=" ".join)
def test_help_imports_nothing_of_others(words: list[str]) -> None:
    others, ours, standard = imported(*words)
    assert_only(others, set())
    assert_only(standard & {*UNNEEDED, "hashlib", "json", "sqlite3"}, set())
    stages = {name for name in ours if name.count(".") > 1} - {
        name for name in ours if name.startswith("auditor.commands.")
    }
    assert_only(stages, {f"auditor.model.{name}" for name in ("noun", "text", "engagement", "rule")})


def test_a_gate_without_anything_to_read_imports_nothing_of_others(tmp_path: Path) -> None:
    """Rules and the answer's words come compiled: run `make schema` if pydantic or yaml is named here."""
    others, ours, standard = imported("gate", tmp_path, "--quiet")
    assert_only(others, set())
    checks = {name for name in ours if name.startswith("auditor.checks")}
    assert_only(ours - checks, {f"auditor.{name}" for name in EMPTY_GATE})
    assert_only(standard & UNNEEDED, set())


def test_a_gate_that_finds_nothing_imports_only_its_gates(tmp_path: Path) -> None:
    """Presidio and pyarrow wait until something passes a gate, or a table comes."""
    (tmp_path / "notes.txt").write_text("nothing to see here\n", encoding="utf-8")
    others, _, _ = imported("gate", tmp_path, "--quiet")
    assert_only(others, {"re2"})
