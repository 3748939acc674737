"""Repositories made by git itself, wherever they lie: what was ever committed, stashed or staged is met once, and told of."""

from __future__ import annotations

import hashlib
import io
import os
import random
import re
import subprocess
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from damage import mutations
from extracting import OneWay, everything, gaps, rows, walk

from auditor.extractors._git import chains as git_chains
from auditor.extractors._git import pack as git_pack
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member

ROW = "name,ci,day\nkim,{},2024-01-01\n"
FILLER = "".join(f"line {number} of a file that changes a little\n" for number in range(400))
CANARIES = ("DELETED", "REPLACED", "RENAMED", "STASHED", "AMENDED", "BRANCH", "TAGGED", "DANGLING", "STAGED", "CURRENT")


class Repo:
    """A folder in which git runs, apart from the settings of whoever runs the tests."""

    def __init__(self, path: Path, *arguments: str) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self._days = 0
        self("init", "-q", "-b", "main", *arguments)

    def __call__(self, *arguments: str, stdin: bytes = b"") -> str:
        when = f"2024-01-{1 + self._days % 28:02}T03:00:00Z"
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": "/nonexistent",
            "GIT_AUTHOR_NAME": "Kim Dev", "GIT_AUTHOR_EMAIL": "kim@vendor.example", "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": "Kim Dev", "GIT_COMMITTER_EMAIL": "kim@vendor.example", "GIT_COMMITTER_DATE": when,
        }  # fmt: skip
        command = ["git", "-C", str(self.path), "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, env=env, input=stdin, capture_output=True, check=True)
        return done.stdout.decode()

    def commit(self, message: str, **files: str | None) -> str:
        """Write the files (None: delete), commit all, and give the commit's id."""
        self._days += 1
        for name, content in files.items():
            path = self.path / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_text(content)
        self("add", "-A")
        self("commit", "-q", "-m", message)
        return self("rev-parse", "HEAD").strip()


def history(path: Path, *arguments: str) -> dict[str, str]:
    """A repository that holds each of CANARIES in another way; gives the ids of its commits."""
    repo = Repo(path, *arguments)
    ids = {
        "first": repo.commit(
            "first", src__users=ROW.format("DELETED"), a=FILLER + "REPLACED\n", old=ROW.format("RENAMED")
        )
    }
    ids["second"] = repo.commit("second", src__users=None, a=FILLER + "CURRENT\n", old=None, new=ROW.format("RENAMED"))
    repo("checkout", "-q", "-b", "dev")
    ids["branch"] = repo.commit("on dev", b=ROW.format("BRANCH"))
    repo("checkout", "-q", "main")
    repo.commit("to be amended", c=ROW.format("AMENDED"))
    (path / "c").write_text("harmless\n")
    repo("commit", "-q", "-a", "--amend", "-m", "amended")
    repo("tag", "-a", "v1", "-m", "TAGGED in a message")
    (path / "a").write_text(FILLER + "STASHED\n")
    repo("stash")
    repo("hash-object", "-w", "--stdin", stdin=b"DANGLING blob")
    (path / "d.txt").write_text("STAGED\n")
    repo("add", "d.txt")
    (path / "d.txt").unlink()
    repo("remote", "add", "origin", "https://deploy:PASSWORDCANARY@git.vendor.example/app.git")
    return ids


@pytest.fixture(scope="module")
def repos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same history kept in several ways."""
    base = tmp_path_factory.mktemp("git")
    history(base / "loose" / "app")
    for name, command in (
        ("packed", ["gc", "-q"]),
        ("refdelta", ["-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f"]),
    ):
        history(base / name / "app")
        Repo(base / name / "app")(*command)
    history(base / "sha256" / "app", "--object-format=sha256")
    history(base / "bare" / "work")
    work = base / "bare" / "work"
    (work / ".git").rename(base / "bare" / "app.git")
    subprocess.run(["rm", "-r", str(work)], check=True)
    history(base / "plain" / "work")
    (base / "plain" / "work" / ".git").rename(base / "plain" / "storage")
    subprocess.run(["rm", "-r", str(base / "plain" / "work")], check=True)
    return {path.name: path for path in base.iterdir()}


def tarred(path: Path, mode: str = "w:gz") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for each in sorted(path.iterdir()):
            archive.add(each, each.name)
    return file.getvalue()


def zipped(path: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(path.rglob("*")):
            archive.write(each, each.relative_to(path))
    return file.getvalue()


def members(contents: list[Content], sign: str = ".git!/") -> dict[str, Asset]:
    return {
        item.asset.path.split(sign)[-1]: item.asset
        for item in contents
        if isinstance(item, Member) and sign in item.asset.path
    }


def expected(path: Path) -> dict[str, bytes]:
    """Every blob that git itself finds."""
    command = ["git", "-C", str(path), "cat-file", "--batch-all-objects", "--batch"]
    env = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    data = subprocess.run(command, env=env, capture_output=True, check=True).stdout
    found = {}
    while data:
        line, _, rest = data.partition(b"\n")
        name, kind, size = line.decode().split()
        if kind == "blob":
            found[name] = rest[: int(size)]
        data = rest[int(size) + 1 :]
    return found


def blobs(name: str, data: bytes, **options: object) -> tuple[list[bytes], list[Content]]:
    """The bytes of each member of a repository, nothing extracted from them; and all else that came."""
    from extracting import source_of

    from auditor.extractors.identify import extract
    from auditor.extractors.limits import Budget

    found, others = [], []
    source = source_of(Asset(target="t", path=name), OneWay(data))
    for item in extract(source, Budget(Limits(**options))):  # type: ignore[arg-type]
        if isinstance(item, Member) and (".git!/" in item.asset.path or "pack!/" in item.asset.path):
            parts = []
            while part := item.stream.read(100_000):
                parts.append(part)
            found.append(b"".join(parts))
        else:
            others.append(item)
    return found, others


@pytest.mark.parametrize("kind", ["loose", "packed", "refdelta", "sha256", "bare", "plain"])
@pytest.mark.parametrize("archive", ["backup.tar.gz", "backup.zip"])
def test_everything_that_was_ever_there_is_found(repos: dict[str, Path], kind: str, archive: str) -> None:
    data = zipped(repos[kind]) if archive.endswith("zip") else tarred(repos[kind])
    contents = list(walk(archive, data))
    assert gaps(contents) == []
    seen = everything(contents)
    assert [canary for canary in (*CANARIES, "PASSWORDCANARY") if canary not in seen] == []


@pytest.mark.parametrize("kind", ["loose", "packed", "refdelta", "sha256"])
def test_each_blob_once_and_exactly_as_git_has_it(repos: dict[str, Path], kind: str) -> None:
    found, _ = blobs("x.tar", tarred(repos[kind], "w"))
    want = expected(repos[kind] / "app")
    assert sorted(blob for blob in found if not blob.startswith((b"commit ", b"tag "))) == sorted(want.values())


def test_paths_say_commit_and_what_became_of_it(tmp_path: Path) -> None:
    ids = history(tmp_path / "srv" / "app")
    contents = list(walk("x.tar.gz", tarred(tmp_path / "srv")))
    found = members(contents)
    first, second, branch = (ids[name][:10] for name in ("first", "second", "branch"))
    assert f"src/users (commit {first}, deleted in HEAD)" in found
    assert f"a (commit {first}, replaced in HEAD)" in found
    assert f"new (commit {first})" in found  # the content is still there, under another name
    assert f"a (commit {second})" in found
    assert f"b (commit {branch}, not in HEAD, in branch dev)" in found
    assert any(re.fullmatch(r"a \(commit [0-9a-f]{10}, in a stash\)", path) for path in found)
    assert any(re.fullmatch(r"c \(commit [0-9a-f]{10}, in the reflog only\)", path) for path in found)
    assert any(re.fullmatch(r"\(unreachable blob [0-9a-f]{10}\)", path) for path in found)
    assert "d.txt (staged, in no commit)" in found
    deleted = found[f"src/users (commit {first}, deleted in HEAD)"]
    assert deleted.path == f"x.tar.gz!/app/.git!/src/users (commit {first}, deleted in HEAD)"
    assert deleted.modified == datetime(2024, 1, 2, 3, tzinfo=UTC)
    assert deleted.name == "users"


def test_a_file_of_an_old_commit_is_read_as_its_name_says(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "srv" / "app")
    (tmp_path / "srv" / "app" / "고객.csv").write_text("성명,연계정보\n김은하,CANARY\n")
    repo.commit("first")
    (tmp_path / "srv" / "app" / "고객.csv").unlink()
    repo.commit("second", other="x\n")
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert {"성명": "김은하", "연계정보": "CANARY"} in rows(contents)
    assert any("/고객.csv (commit" in path for path in (asset.path for asset in members(contents).values()))


def test_unreachable_commits_after_amend_and_gc(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "srv" / "app")
    repo.commit("first", a="x\n")
    lost = repo.commit("leak", users=ROW.format("AMENDED"))
    (tmp_path / "srv" / "app" / "users").write_text("gone\n")
    repo("commit", "-q", "-a", "--amend", "-m", "no leak")
    repo("reflog", "expire", "--expire=now", "--all")
    repo("gc", "-q", "--prune=never")
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert gaps(contents) == []
    assert f"users (unreachable commit {lost[:10]})" in members(contents)
    assert "AMENDED" in everything(contents)


def test_what_commits_and_tags_say_is_one_text_that_names_people_as_authors(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "srv" / "app")
    repo.commit("fix for customer MESSAGECANARY", a="x\n")
    repo("tag", "-a", "v1", "-m", "TAGCANARY")
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    text = everything(
        [item for item in contents if getattr(getattr(item, "asset", None), "path", "").endswith(".git!/commits")]
    )
    assert "    fix for customer MESSAGECANARY" in text
    assert "    TAGCANARY" in text
    assert re.search(r"(?m)^Author: Kim Dev <kim@vendor\.example> 2024-01-02 03:00:00 UTC$", text)
    people = [line for line in everything(contents).splitlines() if "kim@vendor.example" in line]
    assert people
    assert all(line.startswith(("Author: ", "Committer: ")) for line in people)


def test_submodules_and_worktrees(tmp_path: Path) -> None:
    library = Repo(tmp_path / "library")
    library.commit("first", inner=ROW.format("INSIDE"))
    library.commit("second", inner="harmless\n")
    repo = Repo(tmp_path / "srv" / "app")
    repo.commit("first", a="x\n")
    repo("submodule", "-q", "add", str(tmp_path / "library"), "lib/inner")
    repo.commit("second")
    repo("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    Repo(tmp_path / "side").commit("third", s=ROW.format("SIDE"))
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert gaps(contents) == []
    paths = [item.asset.path for item in contents if isinstance(item, Member)]
    assert any(
        re.search(r"app/\.git/modules/lib/inner!/inner \(commit [0-9a-f]{10}, replaced in HEAD\)$", path)
        for path in paths
    )
    assert any(re.search(r"app/\.git!/s \(commit [0-9a-f]{10}, not in HEAD, in branch side\)$", path) for path in paths)
    assert {"INSIDE", "SIDE"} <= set(re.findall("[A-Z]{4,}", everything(contents)))


def test_a_shallow_clone_has_no_gap_and_a_lost_object_is_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "app")
    for number in range(5):
        repo.commit(str(number), a=f"{number}\n")
    target = tmp_path / "srv" / "copy"
    repo("clone", "-q", "--depth", "1", f"file://{tmp_path / 'app'}", str(target))
    assert gaps(list(walk("x.tar", tarred(tmp_path / "srv", "w")))) == []
    lost = Repo(tmp_path / "app")("rev-parse", "HEAD:a").strip()
    (tmp_path / "app" / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    (tmp_path / "only").mkdir()
    (tmp_path / "app").rename(tmp_path / "only" / "app")
    (gap,) = gaps(list(walk("x.tar", tarred(tmp_path / "only", "w"))))
    assert (gap.path, gap.code) == ("x.tar!/app/.git", GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES)
    assert "1 objects" in gap.detail


def test_pointers_of_lfs_are_told_unless_the_content_is_there(tmp_path: Path) -> None:
    content = ROW.format("LFSCANARY")
    name = hashlib.sha256(content.encode()).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {len(content)}\n"
    Repo(tmp_path / "srv" / "app").commit("first", big=pointer)
    (gap,) = gaps(list(walk("x.tar", tarred(tmp_path / "srv", "w"))))
    assert gap.code == GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES
    assert "LFS" in gap.detail
    stored = tmp_path / "srv" / "app" / ".git" / "lfs" / "objects" / name[:2] / name[2:4] / name
    stored.parent.mkdir(parents=True)
    stored.write_text(content)
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert gaps(contents) == []
    assert "LFSCANARY" in everything(contents)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty versions of two files: long chains of deltas."""
    path = tmp_path_factory.mktemp("versions") / "srv" / "app"
    repo = Repo(path)
    chance = random.Random(1)
    lines = [f"{number},name{number},{chance.random()}" for number in range(800)]
    for number in range(60):
        lines[chance.randrange(800)] = f"{number},CANARY{number:04}X,changed"
        repo.commit(str(number), a="\n".join(lines), b=f"{number}\n" + FILLER)
    repo("repack", "-q", "-a", "-d", "-f", "--depth=50", "--window=50")
    return path


def test_long_chains_of_deltas(versions: Path) -> None:
    found, others = blobs("x.tar", tarred(versions.parent, "w"))
    assert gaps(others) == []
    assert sorted(blob for blob in found if not blob.startswith(b"commit ")) == sorted(expected(versions).values())


def test_large_objects_are_not_held_in_memory_and_stay_the_same(
    versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (git_pack, git_chains):
        monkeypatch.setattr(module, "WHOLE", 20_000)  # the files have about 25,000 bytes, the folders fewer
    found, others = blobs("x.tar", tarred(versions.parent, "w"))
    assert gaps(others) == []
    assert sorted(blob for blob in found if not blob.startswith(b"commit ")) == sorted(expected(versions).values())


def all_versions(contents: list[Content]) -> bool:
    return {f"CANARY{number:04}X" for number in range(60)} <= set(re.findall(r"CANARY\d{4}X", everything(contents)))


def test_a_pack_and_a_bundle_met_alone(versions: Path) -> None:
    (pack,) = (versions / ".git" / "objects" / "pack").glob("*.pack")
    contents = list(walk("/tmp/some.pack", pack.read_bytes()))
    assert gaps(contents) == []
    assert all_versions(contents)
    assert any(
        re.search(r"some\.pack!/a \(commit [0-9a-f]{10}\)$", i.asset.path) for i in contents if isinstance(i, Member)
    )
    Repo(versions)("bundle", "create", "-q", str(versions.parent / "all.bundle"), "--all")
    bundle = (versions.parent / "all.bundle").read_bytes()
    (versions.parent / "all.bundle").unlink()
    contents = list(walk("all.bundle", bundle))
    assert gaps(contents) == []
    assert all_versions(contents)


def test_a_thin_pack_says_what_it_lacks(versions: Path) -> None:
    repo = Repo(versions)
    repo("bundle", "create", "-q", str(versions.parent / "new.bundle"), "HEAD~3..HEAD", "HEAD")
    data = (versions.parent / "new.bundle").read_bytes()
    (versions.parent / "new.bundle").unlink()
    found = gaps(list(walk("new.bundle", data)))
    assert any("build on others that are not in the repository" in gap.detail for gap in found)


def test_loose_objects_and_other_compressed_data_met_alone() -> None:
    content = (ROW.format("CANARY") + "lee,OTHER,2024-01-02\n" * 50).encode()
    data = zlib.compress(b"blob %d\0" % len(content) + content)
    contents = list(walk("3f4e5d", data))
    assert gaps(contents) == []
    assert [item.asset.path for item in contents if isinstance(item, Member)] == ["3f4e5d!/git blob"]
    assert rows(contents)[0] == {"name": "kim", "ci": "CANARY", "day": "2024-01-01"}
    contents = list(walk("users.csv.z", zlib.compress(content)))
    assert [item.asset.path for item in contents if isinstance(item, Member)] == ["users.csv.z!/users.csv"]
    assert "CANARY" in everything(contents)
    for damaged in (data[:-5], data + b"more"):
        assert [gap.code for gap in gaps(list(walk("x", damaged)))] == [GapCode.MALFORMED_FILE]


def test_files_that_only_look_like_git_s_are_searched(tmp_path: Path) -> None:
    objects = tmp_path / "srv" / ".git" / "objects"
    (objects / "ab").mkdir(parents=True)
    (objects / "pack").mkdir()
    (objects / "ab" / ("c" * 38)).write_text(ROW.format("CANARY1"))
    (objects / "ab" / ("d" * 38)).write_bytes(zlib.compress(b"no object CANARY2"))
    (objects / "pack" / f"pack-{'e' * 40}.pack").write_text(ROW.format("CANARY3"))
    (objects / "pack" / f"pack-{'e' * 40}.bitmap").write_text(ROW.format("CANARY4"))
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert {"CANARY1", "CANARY3", "CANARY4"} <= set(re.findall(r"CANARY\d", everything(contents)))
    assert [(gap.path[-38:], gap.code) for gap in gaps(contents) if gap.code == GapCode.MALFORMED_FILE] == [
        ("d" * 38, GapCode.MALFORMED_FILE)
    ]


def test_a_damaged_object_costs_itself_alone_where_the_index_is_there(repos: dict[str, Path], versions: Path) -> None:
    (pack,) = (versions / ".git" / "objects" / "pack").glob("*.pack")
    names = subprocess.run(
        ["git", "verify-pack", "-v", str(pack)], capture_output=True, check=True, text=True
    ).stdout.splitlines()
    commits = sorted((line.split() for line in names if " commit " in line), key=lambda line: int(line[4]))
    data = bytearray(pack.read_bytes())
    data[int(commits[30][4]) + int(commits[30][3]) // 2] ^= 0xFF
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for path in sorted(versions.rglob("*")):
            if path.is_file():
                content = bytes(data) if path == pack else path.read_bytes()
                member = tarfile.TarInfo(str(path.relative_to(versions.parent)))
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
    contents = list(walk("x.tar", file.getvalue()))
    assert {gap.code for gap in gaps(contents)} == {GapCode.MALFORMED_FILE}
    assert all_versions(contents)


def test_damage_anywhere_is_told(tmp_path: Path) -> None:
    """Bits flipped and ends cut, in packs met alone and in whole repositories: nothing is raised, nothing lost silently."""
    repo = Repo(tmp_path / "srv" / "app")
    for number in range(6):
        repo.commit(str(number), a=FILLER[:900] + f"CANARY{number}X\n", **{f"f{number}": f"CANARY{number + 10}X\n"})
    repo("gc", "-q")
    names = set(re.findall(r"CANARY\d+X", everything(walk("x.tar", tarred(tmp_path / "srv", "w")))))
    assert len(names) == 12
    (pack,) = (tmp_path / "srv" / "app" / ".git" / "objects" / "pack").glob("*.pack")
    repo("unpack-objects", "-q", stdin=pack.read_bytes())
    for name, data, rounds in (
        ("x.pack", pack.read_bytes(), 160),
        ("x.tar", tarred(tmp_path / "srv", "w"), 60),
        ("x.tar.gz", tarred(tmp_path / "srv"), 30),
        ("x", zlib.compress(b"blob 8\0CANARY1X" + bytes(200)), 60),
    ):
        for turn, (damaged, _) in enumerate(mutations(data, rounds, 5)):
            contents = list(walk(name, damaged))
            if name == "x.pack" and damaged[:4] == b"PACK":
                seen = set(re.findall(r"CANARY\d+X", everything(contents)))
                assert names <= seen or gaps(contents), turn
            if name == "x.tar.gz" and damaged != data and damaged[:2] == b"\x1f\x8b":
                seen = set(re.findall(r"CANARY\d+X", everything(contents)))
                assert names <= seen or gaps(contents), turn


def test_a_bomb_of_folders_takes_no_time(tmp_path: Path) -> None:
    """A folder that holds the same folder ten times, ten levels deep: ten billion paths, eleven objects."""
    repo = Repo(tmp_path / "srv" / "app")
    inner = repo("hash-object", "-w", "--stdin", stdin=b"CANARY").strip()
    kind = "100644 blob"
    for _ in range(10):
        lines = "".join(f"{kind} {inner}\td{number}\n" for number in range(10))
        inner, kind = repo("mktree", stdin=lines.encode()).strip(), "040000 tree"
    commit = repo("commit-tree", inner, "-m", "bomb").strip()
    repo("update-ref", "refs/heads/main", commit)
    contents = list(walk("x.tar", tarred(tmp_path / "srv", "w")))
    assert everything(contents).count("CANARY") == 1


def test_limits_of_members_bytes_and_room_are_kept(versions: Path) -> None:
    data = tarred(versions.parent, "w")
    for limits, code in (
        (Limits(members=100), GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT),
        (Limits(expanded_bytes=600_000), GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT),
        (Limits(spool_bytes=10_000), GapCode.FILE_EXCEEDS_SIZE_LIMIT),
        (Limits(seconds_per_asset=0.0), GapCode.TIME_CUT_OFF_REACHED),
    ):
        assert code in {gap.code for gap in gaps(list(walk("x.tar", data, limits=limits)))}, code


@pytest.fixture(autouse=True)
def _nothing_is_written(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary files without a name are all that readers may use."""
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield
    assert list(place.iterdir()) == []
