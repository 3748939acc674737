"""One meaning of a glob: a policy's folders, an exception's paths, a waiver's path."""

from __future__ import annotations

import pytest

from auditor.model.globs import covers
from auditor.yamlfile import read


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("users.csv", "backup.zip!/old/users.csv"), ("backup.zip", "backup.zip!/old/users.csv"), ("old", "/a/old/users.csv"),
        ("backup.zip!/*", "backup.zip!/old/users.csv"), ("/home/*/fixtures", "/home/dev/fixtures/a.csv"),
        ("home/*/fixtures/*", "/home/dev/fixtures/a.csv"), ("/home/dev", "home/dev/a.csv"), ("/", "/srv/a.csv"), ("a?c", "x/abc"),
        ("s3://b/legal", "s3://b/legal/a.csv"), ("/home/*.csv", "/home/a/b.csv"),
    ],
)  # fmt: skip
def test_covers(glob: str, path: str) -> None:
    assert covers(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("user?.cs", "backup.zip!/old/users.csv"), ("/srv", "/home/srv/a"), ("fixtures", "/home/fixtures2/a"), ("[a]", "a"),
        ("/home/*/fixtures", "/home/dev/fixtures.csv"), ("*.csv", "/srv/a.csv.bak"),
    ],
)  # fmt: skip
def test_does_not_cover(glob: str, path: str) -> None:
    assert not covers(glob, path)


def test_the_example_s_waiver_can_match_what_an_ssh_target_shows() -> None:
    from pathlib import Path

    [waiver] = read(Path(__file__).parents[2] / "examples" / "waivers.yaml").get("waivers")
    assert covers(waiver["path"], "/home/dev/fixtures/users.csv")
