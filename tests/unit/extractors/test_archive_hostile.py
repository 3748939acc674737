"""Archives written to hurt, encrypted ones, and damage of every kind (issue 5, facts/faults.md)."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import shlex
import struct
import subprocess
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import infozip
import pytest
from damage import mutations
from extracting import OneWay, everything, gaps, source_of

from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member, Source

CANARIES = [f"CANARY{number:03}X" for number in range(40)]


def walk(
    name: str,
    data: bytes,
    *,
    limits: Limits | None = None,
    passwords: tuple[str, ...] = (),
    budget: Budget | None = None,
) -> list[Content]:
    """All content, with passwords."""
    budget = budget or Budget(limits or Limits())

    def inside(source: Source) -> list[Content]:
        found = []
        for item in extract(source, budget):
            found.append(item)
            if isinstance(item, Member):
                inner = source_of(item.asset, item.stream)
                found += inside(
                    Source(
                        asset=inner.asset,
                        head=inner.head,
                        stream=inner.stream,
                        passwords=passwords,
                        encodings=inner.encodings,
                    )
                )
        return found

    source = source_of(Asset(target="t", path=name, size=len(data)), OneWay(data))
    return inside(
        Source(asset=source.asset, head=source.head, stream=source.stream, passwords=passwords, encodings=("cp949",))
    )


def zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def run(directory: Path, *command: str) -> None:
    subprocess.run(command, cwd=directory, check=True, capture_output=True)


WRAPS: dict[str, Callable[[bytes], bytes]] = {
    "zip": lambda data: zipped({"z": data}),
    "tar": lambda data: tarred({"t": data}),
    "gz": lambda data: gzip.compress(data, mtime=0),
    "xz": lzma.compress,
    "git": lambda data: zlib.compress(b"blob %d\0" % len(data) + data),
}


@pytest.mark.parametrize("kind", list(WRAPS))
def test_two_hundred_levels(kind: str) -> None:
    data = b"CANARY"
    for _ in range(200):
        data = WRAPS[kind](data)
    contents = walk("x", data)
    (gap,) = gaps(contents)
    assert gap.code == GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT
    if kind not in ("gz", "xz"):  # of those libarchive takes several off at once
        assert gap.path.count("!/") == Limits().archive_depth


def test_repositories_inside_one_another_stop_at_the_same_depth(tmp_path: Path) -> None:
    data = b"CANARY"
    for _ in range(30):
        data = tarred({f".git/objects/ab/{'c' * 38}": zlib.compress(b"blob %d\0" % len(data) + data)})
    codes = {gap.code for gap in gaps(walk("x", data))}
    assert GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT in codes


def _zstd(data: bytes) -> bytes:
    return subprocess.run(["zstd", "-q", "-c", "-19"], input=data, capture_output=True, check=True).stdout


def _lz4(data: bytes) -> bytes:
    return subprocess.run(["lz4", "-q", "-c"], input=data, capture_output=True, check=True).stdout


@pytest.mark.parametrize("name", ["zst", "xz", "bz2", "gz", "lz4", "git"])
def test_bombs_stop_at_the_budget(name: str) -> None:
    size = 32 << 20
    compress = {
        "zst": _zstd,
        "lz4": _lz4,
        "xz": lzma.compress,
        "bz2": bz2.compress,
        "gz": gzip.compress,
        "git": zlib.compress,
    }[name]
    head = b"blob %d\0" % size if name == "git" else b""
    bomb = compress(head + b"CANARY\n" + bytes(size - 7))
    for inner in (bomb, tarred({"first.txt": b"FIRST", f"bomb.{name}": bomb})):
        budget = Budget(Limits(expanded_bytes=8 << 20))
        tracemalloc.start()
        contents = walk(f"x.{name}", inner, budget=budget)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT in {gap.code for gap in gaps(contents)}
        assert budget.expanded < 10 << 20
        assert peak < 200 << 20


def test_a_bomb_of_many_members_inside_many() -> None:
    data = zipped({"0": b"0" * 1000})
    for _ in range(5):
        data = zipped({str(number): data for number in range(10)})
    began = time.monotonic()
    contents = walk("x.zip", data, limits=Limits(members=800, seconds_per_asset=20))
    assert time.monotonic() - began < 40
    assert GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT in {gap.code for gap in gaps(contents)}
    assert sum(isinstance(item, Member) for item in contents) <= 800


def test_a_directory_that_hides_members_hides_nothing() -> None:
    """The zip's central directory names one of two members, and that one by another name."""
    data = zipped({"shown.txt": b"CANARY1", "hidden.txt": b"CANARY2"})
    start = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", start + 4)
    entry = data[start:second].replace(b"shown.txt", b"liars.txt")
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(entry), start, 0)
    contents = walk("x.zip", data[:start] + entry + end)
    assert {"CANARY1", "CANARY2"} <= set(everything(contents).split())


@pytest.mark.parametrize("size", [0, 1, 3, 0x7FFFFFFF, 0xFFFFFFFE])
def test_sizes_that_lie_are_told_or_do_not_matter(size: int) -> None:
    data = bytearray(zipped({"a.txt": b"CANARY1" * 100, "b.txt": b"CANARY2"}))
    for offset in (18, 22):
        lying = bytearray(data)
        struct.pack_into("<L", lying, offset, size)
        contents = walk("x.zip", bytes(lying))
        assert {"CANARY1", "CANARY2"} <= set(re.findall(r"CANARY\d", everything(contents))) or gaps(contents)


def test_links_in_circles_devices_and_pipes() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, kind, target in (
            ("a", tarfile.SYMTYPE, "b"), ("b", tarfile.SYMTYPE, "a"), ("self", tarfile.SYMTYPE, "self"),
            ("up", tarfile.SYMTYPE, "../../../../etc/shadow"), ("hard", tarfile.LNKTYPE, "hard"),
            ("app/.git/objects", tarfile.SYMTYPE, "/"), ("null", tarfile.CHRTYPE, ""), ("disk", tarfile.BLKTYPE, ""),
            ("pipe", tarfile.FIFOTYPE, ""),
        ):  # fmt: skip
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("last.txt")
        info.size = 6
        archive.addfile(info, io.BytesIO(b"CANARY"))
    contents = walk("x.tar", file.getvalue())
    assert sorted((gap.path, gap.code) for gap in gaps(contents)) == [
        (f"x.tar!/{name}", GapCode.SPECIAL_FILE) for name in ("disk", "null", "pipe")
    ]
    assert "CANARY" in everything(contents)


def test_names_of_git_s_that_climb_write_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blob = zlib.compress(b"blob 6\0CANARY")
    name = f"objects/ab/{'c' * 38}"
    contents = walk("x.tar", tarred({f"../../.git/{name}": blob, f"/etc/.git/{name}": blob, f"a/../.git/{name}": blob}))
    assert "CANARY" in everything(contents)
    assert list(tmp_path.iterdir()) == []


def test_a_password_of_the_engagement_opens_a_zip() -> None:
    contents = walk("x.zip", infozip.ENCRYPTED, passwords=("wrong", "secret"))
    assert gaps(contents) == []
    assert {"CANARY1", "CANARY2"} <= set(re.findall(r"CANARY\d", everything(contents)))
    for passwords in ((), ("wrong",), ("", "더틀림")):
        contents = walk("x.zip", infozip.ENCRYPTED, passwords=passwords)
        assert [(gap.path, gap.code) for gap in gaps(contents)] == [
            ("x.zip!/src/users.csv", GapCode.PASSWORD_PROTECTED)
        ]
        assert "CANARY2" in everything(contents)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten files with four canaries each."""
    base = tmp_path_factory.mktemp("files")
    for number in range(10):
        lines = "".join(f"some text around {canary} to be found\n" for canary in CANARIES[number * 4 : number * 4 + 4])
        (base / f"part{number}.txt").write_text(lines)
    return base


@pytest.mark.parametrize(
    ("options", "opens"),
    [
        (("-tzip", "-mem=AES256"), True),
        (("-tzip", "-mem=ZipCrypto"), True),
        (("-t7z",), False),
        (("-t7z", "-mhe=on"), False),
    ],
    ids=["zip, AES", "zip", "7z", "7z, names too"],
)
def test_what_7_zip_encrypted(files: Path, tmp_path: Path, options: tuple[str, ...], opens: bool) -> None:
    run(files, "7z", "a", *options, "-pbangbang", str(tmp_path / "x"), "part0.txt", "part1.txt")
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    for passwords in ((), ("wrong",)):
        contents = walk("x", data, passwords=passwords)
        assert {gap.code for gap in gaps(contents)} == {GapCode.PASSWORD_PROTECTED}
        assert "CANARY" not in everything(contents)
    contents = walk("x", data, passwords=("wrong", "bangbang"))
    if opens:
        assert gaps(contents) == []
        assert set(CANARIES[:8]) <= set(re.findall(r"CANARY\d{3}X", everything(contents)))
    else:  # libarchive cannot: told, not called clean
        assert {gap.code for gap in gaps(contents)} == {GapCode.PASSWORD_PROTECTED}


def test_deflate64_by_7_zip_is_a_gap(files: Path, tmp_path: Path) -> None:
    run(files, "7z", "a", "-tzip", "-mm=Deflate64", str(tmp_path / "x.zip"), "part0.txt", "part1.txt")
    contents = walk("x.zip", (tmp_path / "x.zip").read_bytes())
    assert {gap.code for gap in gaps(contents)} == {GapCode.UNSUPPORTED_FILE_TYPE}
    assert {gap.path for gap in gaps(contents)} == {"x.zip!/part0.txt", "x.zip!/part1.txt"}


SAMPLES = {
    "zip": "7z a -tzip -mx=5 {out} .",
    "stored.zip": "7z a -tzip -mx=0 {out} .",
    "7z": "7z a -t7z -ms=off {out} .",
    "solid.7z": "7z a -t7z -ms=on {out} .",
    "tar": "tar cf {out} .",
    "pax": "tar --format=pax -cf {out} .",
    "tgz": "tar czf {out} .",
    "txz": "tar cJf {out} .",
    "tbz2": "tar cjf {out} .",
    "tzst": "tar --zstd -cf {out} .",
    "cpio": "cpio_newc",
    "iso": "iso9660",
    "ar": "sh -c 'ar rc {out} part*.txt'",
}
NO_CHECKSUMS = {"stored.zip", "tar", "pax", "cpio", "iso", "ar", "tgz"}
"""Where a flipped bit changes text that nothing guards: what still stands there must be found."""


def test_a_second_archive_behind_a_cpio_is_a_gap(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import libarchive

    monkeypatch.chdir(files)
    with libarchive.file_writer(str(tmp_path / "x"), "cpio_newc") as writer:
        writer.add_files("part0.txt")
    data = (tmp_path / "x").read_bytes()
    assert gaps(walk("x", data)) == []
    assert [gap.code for gap in gaps(walk("x", data * 2))] == [GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES]


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_damage_anywhere_is_told(files: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import libarchive

    out = tmp_path / f"x.{kind}"
    if " " in SAMPLES[kind]:
        run(files, *(part.format(out=out) for part in shlex.split(SAMPLES[kind])))
    else:
        monkeypatch.chdir(files)
        with libarchive.file_writer(str(out), SAMPLES[kind]) as writer:
            writer.add_files(*sorted(path.name for path in files.iterdir()))
    data = out.read_bytes()
    contents = walk(out.name, data)
    assert gaps(contents) == []
    assert set(CANARIES) <= set(re.findall(r"CANARY\d{3}X", everything(contents)))
    for turn, (damaged, cut) in enumerate(mutations(data, 200, kind, first=10)):
        contents = walk(out.name, damaged)
        if gaps(contents):
            continue
        seen = set(re.findall(r"CANARY\d{3}X", everything(contents)))
        if kind in NO_CHECKSUMS:
            present = set(re.findall(rb"CANARY\d{3}X", damaged))
            assert {each.decode() for each in present} <= seen, turn
            if cut and kind == "tgz":
                assert set(CANARIES) <= seen, turn
        else:
            assert set(CANARIES) <= seen, turn


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Path) -> None:
    run(files, "7z", "a", "-t7z", str(tmp_path / "x.7z"), ".")
    data = (tmp_path / "x.7z").read_bytes()
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    walk(
        "x.tar",
        tarred({"x.7z": data, "a/../../b.7z": data, f".git/objects/ab/{'c' * 38}": zlib.compress(os.urandom(20_000))}),
    )
    assert list(place.iterdir()) == []


def test_gzip_checksums_are_compared() -> None:
    text = "".join(f"CANARY{n:04d}X,{n * 7919}\n" for n in range(3000)).encode()
    for name, plain in (("users.csv.gz", text), ("users.tar.gz", tarred({"users.csv": text}))):
        packed = gzip.compress(plain, mtime=0)
        assert gaps(list(walk(name, packed))) == []
        assert gaps(list(walk(name, packed + gzip.compress(b"") + bytes(512)))) == []  # members and padding
        wrong = packed[:-8] + bytes(4) + packed[-4:]
        assert [gap.code for gap in gaps(list(walk(name, wrong)))] == [GapCode.MALFORMED_FILE]
        assert "CANARY2999X" in everything(walk(name, wrong))
        assert gaps(list(walk(name, packed[:-4]))) != []
        assert gaps(list(walk(name, packed + b"more"))) != []
