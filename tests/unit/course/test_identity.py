"""A delivery's paths are the same wherever it lies."""

from __future__ import annotations

import pytest

from auditor.course.identity import stable_paths, stable_subjects


@pytest.mark.parametrize(
    ("roots", "path", "stable"),
    [
        (["app"], "app/src/a.csv", "src/a.csv"),
        (["app/"], "app/src/a.csv", "src/a.csv"),
        (["./app"], "app/src/a.csv", "src/a.csv"),
        (["."], "src/a.csv", "src/a.csv"),
        (["/builds/4711/app"], "/builds/4711/app/src/a.csv", "src/a.csv"),
        (["../app"], "../app/src/a.csv", "src/a.csv"),
        (["/"], "/src/a.csv", "src/a.csv"),
        (["x/app.zip"], "x/app.zip", "app.zip"),
        (["x/app.zip"], "x/app.zip!/src/a.csv", "app.zip!/src/a.csv"),
        (["app"], "application/a.csv", "application/a.csv"),
        (["x/app", "y/lib"], "x/app/a.csv", "app/a.csv"),
        (["x/app", "y/lib"], "y/lib/a.csv", "lib/a.csv"),
        (["x/app", "y/app"], "y/app/a.csv", "app#2/a.csv"),
        (["app", "app/inner"], "app/inner/a.csv", "inner/a.csv"),
        (["app"], "app/이력서_******-*******~3f2a.pdf", "이력서_******-*******.pdf"),
        (["app"], "app/notes~1234.txt", "notes~1234.txt"),
    ],
)
def test_paths_from_the_root(roots: list[str], path: str, stable: str) -> None:
    assert stable_paths(roots)(path) == stable


def test_the_order_of_the_roots_does_not_matter() -> None:
    one, other = stable_paths(["x/app", "y/lib"]), stable_paths(["y/lib", "x/app"])
    assert one("x/app/a") == other("x/app/a")


def test_subjects_keep_their_target_and_version() -> None:
    subject = stable_subjects(stable_paths(["app"]))
    assert subject("delivery\0app/a.csv\0v1") == "delivery\0a.csv\0v1"
    assert subject("delivery") == "delivery"
    assert subject("") == ""
