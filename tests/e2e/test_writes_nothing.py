"""An audit writes where it was told to and nowhere else, whatever the delivery holds."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
sys.path.insert(0, str(REPO / "tests/contract"))

from samples import SAMPLES  # noqa: E402 - found by the line above

pytestmark = pytest.mark.e2e
LEFT = "phone: 010-2345-6789\n"


def _listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every path below with its mode, size and time of change."""
    found = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        about = path.lstat()
        found[str(path)] = (about.st_mode, about.st_size if stat.S_ISREG(about.st_mode) else 0, about.st_mtime_ns)
    return found


def _hostile_tar(outside: Path) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name in ("../../escaped.txt", f"{outside}/absolute.txt", "/escaped-auditor-test.txt", "ok/../../up.txt"):
            member = tarfile.TarInfo(name)
            member.size = len(LEFT)
            archive.addfile(member, io.BytesIO(LEFT.encode()))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, str(outside)
        archive.addfile(link)
        through = tarfile.TarInfo("link/through.txt")
        through.size = len(LEFT)
        archive.addfile(through, io.BytesIO(LEFT.encode()))
    return file.getvalue()


def _hostile_zip(outside: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("../../escaped.txt", f"{outside}/absolute.txt", "..\\..\\escaped.txt"):
            archive.writestr(name, LEFT)
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(outside))
        archive.writestr("link/through.txt", LEFT)
    return file.getvalue()


def test_only_the_output_folder_changes(tmp_path: Path) -> None:
    places = {
        name: tmp_path / name
        for name in ("delivery", "home", "tmp", "cwd", "outside", "cache", "config", "data", "state", "run")
    }
    for place in places.values():
        place.mkdir()
    delivery = places["delivery"]
    for kind, (name, data) in SAMPLES.items():
        (delivery / f"{kind.replace('/', '-')}-{name}").write_bytes(data)
    (delivery / "hostile.tar").write_bytes(_hostile_tar(places["outside"]))
    (delivery / "hostile.zip").write_bytes(_hostile_zip(places["outside"]))
    (delivery / "cut.xlsx").write_bytes(SAMPLES["spreadsheet"][1][:-900])
    temporary = places.pop("tmp")
    before = {name: _listing(place) for name, place in places.items()}
    output = tmp_path / "output"
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8",
        "HOME": str(places["home"]), "TMPDIR": str(temporary), "XDG_CACHE_HOME": str(places["cache"]), "XDG_CONFIG_HOME": str(places["config"]),
        "XDG_DATA_HOME": str(places["data"]), "XDG_STATE_HOME": str(places["state"]), "XDG_RUNTIME_DIR": str(places["run"]),
    }  # fmt: skip
    command = [sys.executable, "-m", "auditor", "gate", str(delivery), "--output", str(output), "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=places["cwd"], env=environment, check=False)
    assert done.returncode in (1, 3), done.stderr
    assert {name: _listing(place) for name, place in places.items()} == before
    assert list(temporary.iterdir()) == []
    assert (output / "report.json").exists()
    assert {path.name for path in tmp_path.iterdir()} == {*places, "tmp", "output"}
    assert not Path("/escaped-auditor-test.txt").exists()
    for name in ("escaped.txt", "absolute.txt", "through.txt", "up.txt"):
        assert list(tmp_path.parent.glob(f"**/{name}")) == []
    assert "hostile.tar!/" in (output / "report.json").read_text()  # they were read all the same
