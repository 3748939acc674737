"""A git directory, and a folder that pg_dump wrote, are read as one asset wherever a scanner lists them."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from extracting import everything, gaps, walk

from auditor import bundles
from auditor.bundles import bundled, open_bundle
from auditor.errors import ReadError
from auditor.extractors._git.layout import Bundle
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.content import Content, Member
from auditor.model.engagement import LocalTarget
from auditor.scanners.local import LocalScanner

ROW = "name,ci,day\nkim,{},2024-01-01\n"


def git(path: Path, *arguments: str, stdin: bytes = b"") -> None:
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
        "GIT_AUTHOR_NAME": "Kim", "GIT_AUTHOR_EMAIL": "kim@vendor.example",
        "GIT_COMMITTER_NAME": "Kim", "GIT_COMMITTER_EMAIL": "kim@vendor.example",
    }  # fmt: skip
    subprocess.run(["git", "-C", str(path), *arguments], env=env, input=stdin, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A working copy with files around it, a bare repository of another name, and a folder with a HEAD that is none."""
    app = tmp_path / "srv" / "app"
    app.mkdir(parents=True)
    git(app, "init", "-q", "-b", "main")
    (app / "users.csv").write_text(ROW.format("DELETED"))
    git(app, "add", "-A")
    git(app, "commit", "-q", "-m", "first")
    (app / "users.csv").unlink()
    (app / "readme").write_text("nothing\n")
    git(app, "add", "-A")
    git(app, "commit", "-q", "-m", "second")
    git(app, "clone", "-q", "--bare", str(app), str(tmp_path / "srv" / "storage"))
    (tmp_path / "srv" / "web").mkdir()
    (tmp_path / "srv" / "web" / "HEAD").write_text("a page of its own\n")
    (tmp_path / "srv" / "web" / "index").write_text("INDEXCANARY\n")
    (tmp_path / "srv" / "z.txt").write_text("LAST\n")
    return tmp_path / "srv"


def scanner_of(path: Path) -> LocalScanner:
    return LocalScanner(LocalTarget(name="t", paths=(path,)))


def read(scanner: LocalScanner, asset: Asset) -> tuple[list[Content], list[Gap]]:
    told: list[Gap] = []
    with open_bundle(scanner, asset, told.append) as stream:
        return list(walk("", stream, asset=asset)), told  # type: ignore[arg-type]


def test_a_git_directory_is_one_asset_and_all_else_is_as_it_was(tree: Path) -> None:
    scanner = scanner_of(tree)
    plain = [item for item in scanner.scan() if isinstance(item, Asset)]
    items = [item for item in bundled(scanner.scan()) if isinstance(item, Asset)]
    found = {item.path: item for item in items if isinstance(item.locator, Bundle)}
    assert set(found) == {f"{tree}/app/.git", f"{tree}/storage"}
    rest = [item for item in plain if not item.path.startswith((f"{tree}/app/.git/", f"{tree}/storage/"))]
    assert [item for item in items if not isinstance(item.locator, Bundle)] == rest
    parts = [item for item in plain if item.path.startswith(f"{tree}/app/.git/")]
    bundle = found[f"{tree}/app/.git"]
    assert bundle.size == sum(part.size or 0 for part in parts)
    assert bundle.modified == max(part.modified for part in parts if part.modified)
    assert (bundle.target, bundle.owner, bundle.current) == ("t", parts[0].owner, True)


def test_a_bundle_is_read_as_the_same_directory_in_an_archive(tree: Path) -> None:
    scanner = scanner_of(tree)
    for item in bundled(scanner.scan()):
        if isinstance(item, Asset) and isinstance(item.locator, Bundle):
            contents, told = read(scanner, item)
            assert told == []
            assert gaps(contents) == []
            paths = [each.asset.path for each in contents if isinstance(each, Member)]
            assert any(
                re.fullmatch(re.escape(item.path) + r"!/users\.csv \(commit [0-9a-f]{10}, deleted in HEAD\)", path)
                for path in paths
            )
            assert f"{item.path}/config" in paths
            assert "DELETED" in everything(contents)


def test_files_around_it_are_opened_as_ever(tree: Path) -> None:
    scanner = scanner_of(tree)
    (asset,) = (
        item for item in bundled(scanner.scan()) if isinstance(item, Asset) and item.path.endswith("/web/index")
    )
    contents, _ = read(scanner, asset)
    assert "INDEXCANARY" in everything(contents)


class Made:
    """A scanner of files that are made up: name → bytes, or an error to raise when opened or when read."""

    def __init__(self, files: dict[str, bytes | ReadError], sizes: dict[str, int] | None = None) -> None:
        self.files = files
        self.sizes = sizes or {}

    def scan(self) -> Iterator[Asset | Gap | Control]:
        for name in self.files:
            data = self.files[name]
            size = self.sizes.get(name, len(data) if isinstance(data, bytes) else 10)
            yield Asset(target="t", path=name, size=size, mode=0o644, modified=datetime(2024, 1, 1, tzinfo=UTC))

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        data = self.files[asset.path]
        if isinstance(data, ReadError):
            raise data
        yield io.BytesIO(data)


def members(contents: list[Content]) -> dict[str, Asset]:
    return {item.asset.path: item.asset for item in contents if isinstance(item, Member)}


def test_parts_that_fail_or_change_cost_themselves_alone() -> None:
    files: dict[str, bytes | ReadError] = {
        "/a/.git/config": b"[remote]\n url = CANARY1\n",
        "/a/.git/description": ReadError(GapCode.PERMISSION_DENIED, "This user may not read it."),
        "/a/.git/hooks/longer": b"CANARY2 and more\n",
        "/a/.git/hooks/shorter": b"CANARY3\n",
        "/a/.git/info/last": b"CANARY4\n",
    }
    made = Made(files, {"/a/.git/hooks/longer": 7, "/a/.git/hooks/shorter": 5000})
    (asset,) = (item for item in bundled(made.scan()) if isinstance(item, Asset))
    told: list[Gap] = []
    with open_bundle(made, asset, told.append) as stream:  # type: ignore[arg-type]
        contents = list(walk("", stream, asset=asset))  # type: ignore[arg-type]
    assert [(gap.path, gap.code) for gap in told] == [
        ("/a/.git/description", GapCode.PERMISSION_DENIED),
        ("/a/.git/hooks/longer", GapCode.CHANGED_DURING_READ),
        ("/a/.git/hooks/shorter", GapCode.CHANGED_DURING_READ),
    ]
    assert set(re.findall(r"CANARY\d", everything(contents))) == {"CANARY1", "CANARY2", "CANARY3", "CANARY4"}
    assert "/a/.git/info/last" in members(contents)


def test_gaps_and_controls_pass_and_old_versions_stay_alone() -> None:
    first = Asset(target="t", path="/a/.git/HEAD", size=1)
    gap = Gap(target="t", path="/a/.git/objects", code=GapCode.PERMISSION_DENIED)
    control = Control(target="t", name="x", value=True)
    old = replace(first, path="/a/.git/config", version="1", current=False)
    last = Asset(target="t", path="/a/.git/refs/heads/main", size=1)
    after = Asset(target="t", path="/a/b", size=1)
    items = list(bundled(iter([first, gap, old, control, last, after])))
    assert items[:3] == [gap, old, control]
    bundle = items[3]
    assert isinstance(bundle, Asset)
    assert bundle.locator == Bundle(parts=(first, last))
    assert items[4:] == [after]


def test_two_targets_and_more_files_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Asset(target="one", path="/a/.git/HEAD", size=1)
    two = Asset(target="two", path="/a/.git/HEAD", size=1)
    assert [item.target for item in bundled(iter([one, two])) if isinstance(item, Asset)] == ["one", "two"]
    monkeypatch.setattr(bundles, "MOST_PARTS", 10)
    many = [Asset(target="t", path=f"/a/.git/objects/{number:06}", size=1) for number in range(25)]
    found = [item for item in bundled(iter(many)) if isinstance(item, Asset)]
    assert sum(len(item.locator.parts) if isinstance(item.locator, Bundle) else 1 for item in found) == 25


def test_a_folder_of_pg_dump_is_one_asset_with_its_columns_names() -> None:
    """The table of contents is read first whatever its name; without one the files stay files."""
    toc = _toc({"3000.dat": "COPY public.users (name, ci) FROM stdin;\n"})
    data = b"kim\tCANARY1\nlee\tCANARY2\n\\.\n\n\n"
    made = Made({"/b/dump/3000.dat": data, "/b/dump/toc.dat": toc, "/b/dump/zzz": b"x", "/b/other/1.dat": b"y"})
    items = [item for item in bundled(made.scan()) if isinstance(item, Asset)]
    assert [item.path for item in items] == ["/b/dump", "/b/dump/zzz", "/b/other/1.dat"]
    with open_bundle(made, items[0], lambda gap: pytest.fail(str(gap))) as stream:  # type: ignore[arg-type]
        contents = list(walk("", stream, asset=items[0]))  # type: ignore[arg-type]
    from extracting import rows

    assert rows(contents, "public.users") == [{"name": "kim", "ci": "CANARY1"}, {"name": "lee", "ci": "CANARY2"}]
    assert "/b/dump/3000.dat" in members(contents)


def _toc(files: dict[str, str]) -> bytes:
    """A table of contents as pg_dump -Fd writes it (format version 1.14)."""

    def integer(value: int) -> bytes:
        return bytes([value < 0]) + abs(value).to_bytes(4, "little")

    def string(value: str | None) -> bytes:
        return integer(-1) if value is None else integer(len(value)) + value.encode()

    out = (
        b"PGDMP\1\x0e\0\4\x08\5"
        + integer(-1)
        + integer(0) * 7
        + string("db")
        + string("15")
        + string("15")
        + integer(len(files))
    )
    for number, (name, copy) in enumerate(files.items(), 1):
        out += (
            integer(number)
            + integer(1)
            + string("0")
            + string("0")
            + string("users")
            + string("TABLE DATA")
            + integer(3)
        )
        out += string("") + string("") + string(copy) + string("public") + string("") + string("") + string("me")
        out += string("false") + string(None) + string(name)
    return out


def test_any_order_of_any_names_loses_nothing() -> None:
    names = ["HEAD", "config", "objects/ab/" + "c" * 38, "objects/pack/x", ".git/HEAD", ".git/a", "x.git/HEAD", "x.git/refs/a",
             "1.dat", "2.dat.gz", "toc.dat", "blobs.toc", "a", "b/HEAD", "b/hooks/x", "b/c"]  # fmt: skip
    chance = random.Random(7)
    for _ in range(300):
        listed = [f"/r{chance.randrange(2)}/{chance.choice(names)}" for _ in range(chance.randrange(25))]
        assets = [Asset(target="t", path=path, size=number, locator=number) for number, path in enumerate(listed)]
        out: list[int] = []
        for item in bundled(iter(assets)):
            assert isinstance(item, Asset)
            out += [part.locator for part in item.locator.parts] if isinstance(item.locator, Bundle) else [item.locator]
        assert sorted(out) == list(range(len(listed)))
