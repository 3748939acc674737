"""An installed wheel and a checkout behave the same: the rules and templates are part of the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]

pytestmark = pytest.mark.e2e


def test_the_wheel_holds_every_rule_and_template_and_runs_from_them(tmp_path: Path) -> None:
    # Built with the hatchling of the dev extra: pip would fetch one anew for each build, and there is not always a way to PyPI.
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(REPO)],
        check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, inside in [("rules", "auditor/_data/rules"), ("reports/templates", "auditor/_data/templates")]:
        for file in (REPO / folder).rglob("*"):
            if file.is_file():
                assert f"{inside}/{file.relative_to(REPO / folder)}" in names
    place = tmp_path / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(place), str(wheel)], check=True
    )
    outputs = []
    for path in (place, REPO):
        done = subprocess.run(
            [sys.executable, "-m", "auditor", "rules", "list"], capture_output=True, text=True, cwd=tmp_path,
            env={"PYTHONPATH": str(path), "PATH": "/usr/bin:/bin"}, check=True,
        )  # fmt: skip
        outputs.append(done.stdout)
    assert outputs[0].replace(str(place / "auditor/_data/rules"), "") == outputs[1].replace(str(REPO / "rules"), "")
