"""Archives written by real programs, and archives written to hurt."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import subprocess
import tarfile
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import infozip
import pytest
from extracting import OneWay, everything, gaps, rows, source_of, walk

from auditor.extractors._archive import reader as archive_reader
from auditor.extractors.archive import ArchiveExtractor
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member

WHEN = 1_704_103_200  # 2024-01-01T10:00:00Z


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "src"
    (root / "sub").mkdir(parents=True)
    (root / "users.csv").write_text("name,ci,day\nkim,CANARY1,2024-01-01\n")
    (root / "sub" / "notes.txt").write_text("note CANARY2\n")
    (root / "sub" / "empty").write_text("")
    for file in (root / "users.csv", root / "sub" / "notes.txt"):
        os.utime(file, (WHEN, WHEN))
    return root


def members(contents: list[Content]) -> dict[str, Asset]:
    return {item.asset.path: item.asset for item in contents if isinstance(item, Member)}


def run(directory: Path, *command: str) -> None:
    subprocess.run(command, cwd=directory, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("x.tar", "tar cf {out} src"),
        ("x.pax.tar", "tar --format=pax -cf {out} src"),
        ("x.v7.tar", "tar --format=v7 -cf {out} src"),
        ("x.tar.gz", "tar czf {out} src"),
        ("x.tgz", "tar czf {out} src"),
        ("renamed.dat", "tar czf {out} src"),
    ],
)
def test_tar_by_the_tar_program(tree: Path, name: str, command: str) -> None:
    run(tree.parent, *command.format(out=name).split())
    contents = list(walk(name, (tree.parent / name).read_bytes()))
    assert gaps(contents) == []
    assert set(members(contents)) == {f"{name}!/src/users.csv", f"{name}!/src/sub/notes.txt", f"{name}!/src/sub/empty"}
    assert rows(contents) == [{"name": "kim", "ci": "CANARY1", "day": "2024-01-01"}]
    assert members(contents)[f"{name}!/src/users.csv"].modified == datetime.fromtimestamp(WHEN, UTC)


@pytest.mark.parametrize("format", ["7zip", "zip", "cpio_newc", "ustar", "iso9660", "ar_bsd", "xar"])
def test_formats_written_by_libarchive(tree: Path, format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import libarchive

    monkeypatch.chdir(tree)
    with libarchive.file_writer("../x", format) as writer:
        writer.add_files("users.csv")
    contents = list(walk("x", Path("../x").read_bytes()))
    assert gaps(contents) == []
    assert "CANARY1" in everything(contents)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("users.csv.gz", gzip.compress(b"name,ci,day\nkim,CANARY,2024-01-01\n", mtime=0)),
        ("users.csv.bz2", bz2.compress(b"name,ci,day\nkim,CANARY,2024-01-01\n")),
        ("users.csv.xz", lzma.compress(b"name,ci,day\nkim,CANARY,2024-01-01\n")),
        ("users.csv.lzma", lzma.compress(b"name,ci,day\nkim,CANARY,2024-01-01\n", lzma.FORMAT_ALONE)),
        ("users.csv.gz", gzip.compress(b"name,ci,day\n", mtime=0) + gzip.compress(b"kim,CANARY,2024-01-01\n", mtime=0)),
    ],
)
def test_a_compressed_file_has_one_member_named_without_the_suffix(name: str, data: bytes) -> None:
    asset = Asset(target="t", path=f"/b/{name}", modified=datetime(2024, 5, 1, tzinfo=UTC), mode=0o644, version="v1")
    contents = list(walk("", data, asset=asset))
    (member,) = members(contents).values()
    assert member.path == f"/b/{name}!/users.csv"
    assert (member.modified, member.mode, member.version) == (asset.modified, 0o644, "v1")
    assert rows(contents) == [{"name": "kim", "ci": "CANARY", "day": "2024-01-01"}]


@pytest.mark.parametrize("data", [infozip.STREAMED, infozip.PIPED, infozip.ZIP64, infozip.STORED])
@pytest.mark.parametrize("at_once", [1 << 30, 100, 7])
def test_zips_that_zip_wrote_into_a_pipe(data: bytes, at_once: int) -> None:
    contents = list(walk("x.zip", OneWay(data, at_once=at_once)))
    assert gaps(contents) == []
    assert "CANARY1" in everything(contents)


@pytest.mark.parametrize("mode", ["w:bz2", "w:xz", "w:gz", "w"])
def test_tar_by_python(tree: Path, mode: str) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        archive.add(tree, "src")
    contents = list(walk("x", file.getvalue()))
    assert gaps(contents) == []
    assert "CANARY1" in everything(contents)
    assert "CANARY2" in everything(contents)


@pytest.mark.parametrize("filter", ["zstd", "lz4", "compress", "lzip"])
def test_filters_written_by_libarchive(tree: Path, filter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import libarchive

    monkeypatch.chdir(tree)
    with libarchive.file_writer("../x", "ustar", filter) as writer:
        writer.add_files("users.csv")
    contents = list(walk("x", Path("../x").read_bytes()))
    assert gaps(contents) == []
    assert "CANARY1" in everything(contents)


def test_data_descriptors_from_a_stream_that_cannot_seek() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            super().__init__()
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        pipe = Pipe()
        with zipfile.ZipFile(pipe, "w", method) as archive:  # type: ignore[arg-type]
            archive.writestr("a.txt", "CANARY1 " * 5000)
            archive.writestr("b.txt", "CANARY2")
        contents = list(walk("x.zip", pipe.data))
        seen = everything(contents)
        complete = seen.count("CANARY1") == 5000 and seen.count("CANARY2") == 1
        assert complete or gaps(contents), method
        if method == zipfile.ZIP_DEFLATED:
            assert complete


def test_nesting_through_four_formats(tree: Path) -> None:
    run(tree.parent, "tar", "czf", "inner.tar.gz", "src")
    with zipfile.ZipFile(tree.parent / "middle.zip", "w") as middle:
        middle.write(tree.parent / "inner.tar.gz", "inner.tar.gz")
    data = (tree.parent / "middle.zip").read_bytes()
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:xz") as archive:
        info = tarfile.TarInfo("deep/middle.zip")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    contents = list(walk("x.txz", file.getvalue()))
    assert "x.txz!/deep/middle.zip!/inner.tar.gz!/src/users.csv" in members(contents)
    assert gaps(contents) == []


def test_depth_over_the_limit_is_a_gap() -> None:
    data = b"CANARY"
    for _ in range(20):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("z", data)
        data = file.getvalue()
    found = gaps(list(walk("x.zip", data)))
    assert [gap.code for gap in found] == [GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT]
    assert found[0].path.count("!/") == 16


def test_special_members_and_links(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    (tree / "link").symlink_to("users.csv")
    os.link(tree / "users.csv", tree / "zz-hard")
    run(tree.parent, "tar", "cf", "x.tar", "src")
    contents = list(walk("x.tar", (tree.parent / "x.tar").read_bytes()))
    assert [(gap.path, gap.code) for gap in gaps(contents)] == [("x.tar!/src/pipe", GapCode.SPECIAL_FILE)]
    assert everything(contents).count("CANARY1") == 1


def test_names_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in (
            "../../up.txt",
            "/etc/abs.txt",
            "a!/b.txt",
            "esc\x1b[31m.txt",
            "rtl\u202egpj.txt",
            "same.txt",
            "same.txt",
        ):
            archive.writestr(name, "CANARY")
    paths = list(members(list(walk("x.zip", file.getvalue()))))
    assert paths == [
        "x.zip!/../../up.txt",
        "x.zip!//etc/abs.txt",
        "x.zip!/a!\\x2fb.txt",
        "x.zip!/esc\\x1b[31m.txt",
        "x.zip!/rtl\\u202egpj.txt",
        "x.zip!/same.txt",
        "x.zip!/same.txt (2)",
    ]
    assert list(tmp_path.iterdir()) == []


def test_cp949_names_of_a_korean_windows() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("PLACEHOLD.csv", "name,ci,day\nkim,CANARY,2024-01-01\n")
    data = file.getvalue().replace(b"PLACEHOLD", "고객명부_".encode("cp949"))
    (path,) = members(list(walk("x.zip", data)))
    assert path == "x.zip!/고객명부_.csv"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_utf8_names_whatever_the_locale(locale: str) -> None:
    code = (
        "import io,sys,zipfile\nsys.path[:0]=['tests','.']\nfrom extracting import *\nf=io.BytesIO()\n"
        "z=zipfile.ZipFile(f,'w'); z.writestr('한글/고객.csv','a,b\\n1,2\\n'); z.close()\n"
        "c=list(walk('x.zip',f.getvalue()))\nassert not gaps(c), gaps(c)\nassert c[0].asset.path=='x.zip!/한글/고객.csv', ascii(c[0].asset.path)\n"
    )
    root = Path(__file__).resolve().parents[3]
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "LC_ALL": locale},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_encrypted_members_are_gaps_and_the_others_are_read() -> None:
    contents = list(walk("x.zip", infozip.ENCRYPTED))
    assert [(gap.path, gap.code) for gap in gaps(contents)] == [("x.zip!/src/users.csv", GapCode.PASSWORD_PROTECTED)]
    assert "CANARY2" in everything(contents)


def test_deflate64_is_a_gap_and_the_next_member_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "first " * 50)
        archive.writestr("b.txt", "CANARY")
    data = bytearray(file.getvalue())
    struct.pack_into("<H", data, 8, 9)
    contents = list(walk("x.zip", bytes(data)))
    assert [(gap.path, gap.code) for gap in gaps(contents)] == [("x.zip!/a.txt", GapCode.UNSUPPORTED_FILE_TYPE)]
    assert "CANARY" in everything(contents)


def _plain_zip(content: str = "CANARY1") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _plain_zip() + b"trailing CANARY2",
        _plain_zip() + _plain_zip("CANARY2"),
        _plain_zip()[:-22],
        b"PK\x03\x04" + b"garbage" * 100,
        gzip.compress(b"CANARY" * 1000, mtime=0)[:-30],
        b"\x1f\x8b" + b"garbage" * 100,
        b"7z\xbc\xaf\x27\x1c\0\4" + b"\x42" * 100,
        b"Rar!\x1a\x07\x01\x00" + b"\x42" * 100,
    ],
    ids=[
        "trailing",
        "two zips",
        "no end record",
        "zip in name",
        "gzip cut",
        "gzip in name",
        "7z in name",
        "rar in name",
    ],
)
def test_damage_and_what_is_outside_the_archive_are_gaps(data: bytes) -> None:
    assert len(gaps(list(walk("x", data)))) == 1


def test_concatenated_tars_are_both_read() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 6
        archive.addfile(info, io.BytesIO(b"CANARY"))
    contents = list(walk("x.tar", file.getvalue() * 2))
    assert everything(contents).count("CANARY") == 2
    assert list(members(contents)) == ["x.tar!/a.txt", "x.tar!/a.txt (2)"]


def _bomb(megabytes: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first.txt", "CANARY1\n")
        archive.writestr("bomb.txt", b"aaaaaaa\n" * (megabytes * 131_072))
        archive.writestr("last.txt", "CANARY2\n")
    return file.getvalue()


def test_a_bomb_stops_at_the_budget_and_keeps_what_came_before() -> None:
    contents = list(walk("x.zip", _bomb(64), limits=Limits(expanded_bytes=8 << 20)))
    assert "CANARY1" in everything(contents)
    assert GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT in {gap.code for gap in gaps(contents)}
    assert len(everything(contents)) < 10 << 20


def test_the_budget_is_shared_by_the_whole_nest() -> None:
    inner = _bomb(4)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(6):
            archive.writestr(f"{number}.zip", inner)
    budget = Budget(Limits(expanded_bytes=10 << 20))
    contents = list(walk("x.zip", file.getvalue(), budget=budget))
    assert GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT in {gap.code for gap in gaps(contents)}
    assert budget.expanded < 11 << 20


def test_overlapping_members_are_bounded() -> None:
    """facts/faults.md 5: a zip whose directory names the same bytes again and again. Reading forward meets them once."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 1_000_000)
    data = file.getvalue()
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    directory = entry * 1000
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    contents = list(walk("x.zip", data[:start] + directory + end))
    assert len(everything(contents)) < 2_000_000
    assert [gap.code for gap in gaps(contents)] == [GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES]


def test_too_many_members() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for number in range(300):
            archive.addfile(tarfile.TarInfo(f"{number}"))
    contents = list(walk("x.tgz", file.getvalue(), limits=Limits(members=100)))
    assert len(members(contents)) == 100
    assert [gap.code for gap in gaps(contents)] == [GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT]


def test_a_sparse_member_of_a_terabyte_takes_no_time(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)
    (tmp_path / "after.txt").write_text("CANARY")
    run(tmp_path, "tar", "-S", "-cf", "x.tar", "huge", "after.txt")
    began = time.monotonic()
    contents = list(walk("x.tar", (tmp_path / "x.tar").read_bytes()))
    assert time.monotonic() - began < 10
    assert gaps(contents) == []  # a hole holds nothing
    assert "CANARY" in everything(contents)


def test_a_gzip_quine_ends() -> None:
    """Russ Cox's r.gz decompresses to itself; a chain of a hundred gzips stands in for it here."""
    data = b"CANARY"
    for _ in range(100):
        data = gzip.compress(data)
    contents = list(walk("x.gz", data, limits=Limits(archive_depth=2)))
    assert "CANARY" in everything(contents) or gaps(contents)


def test_an_archive_to_be_spooled_that_is_too_large(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"7z\xbc\xaf\x27\x1c" + os.urandom(2 << 20)
    found = gaps(list(walk("x.7z", data, limits=Limits(spool_bytes=1 << 20))))
    assert [gap.code for gap in found] == [GapCode.FILE_EXCEEDS_SIZE_LIMIT]


def test_without_libarchive_there_is_a_gap_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise archive_reader.LibraryMissingError("OSError")

    monkeypatch.setattr(archive_reader, "library", missing)
    (gap,) = gaps(list(walk("x.zip", _plain_zip())))
    assert gap.code == GapCode.UNSUPPORTED_FILE_TYPE
    assert "apt-get install libarchive13" in gap.detail


def test_a_stream_kept_too_long_gives_nothing() -> None:
    data = _plain_zip()
    source = source_of(Asset(target="t", path="x.zip"), OneWay(data))
    kept = [item for item in ArchiveExtractor(Budget(Limits())).extract(source) if isinstance(item, Member)]
    assert kept[0].stream.read(100) == b""


def test_members_that_nobody_reads_are_skipped() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for number in range(3):
            info = tarfile.TarInfo(f"{number}.bin")
            info.size = 3_000_000
            archive.addfile(info, io.BytesIO(os.urandom(3_000_000)))
    source = source_of(Asset(target="t", path="x.tgz"), OneWay(file.getvalue()))
    items = list(ArchiveExtractor(Budget(Limits())).extract(source))
    assert [item.asset.name for item in items if isinstance(item, Member)] == ["0.bin", "1.bin", "2.bin"]
    assert gaps(items) == []
