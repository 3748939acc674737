"""Files of this machine: names as bytes, nothing skipped in silence, nothing held in memory."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.engagement import LocalTarget
from auditor.scanners._posix import is_whiteout
from auditor.scanners.local import LocalScanner

ROOT = Path(__file__).resolve().parents[3]


def scan(*paths: Path) -> list[Asset | Gap]:
    items = list(LocalScanner(LocalTarget(name="t", paths=paths)).scan())
    return [item for item in items if isinstance(item, (Asset, Gap))]


def read(asset: Asset | Gap) -> bytes:
    assert isinstance(asset, Asset)
    with LocalScanner(LocalTarget(name="t", paths=(Path("/"),))).open(asset) as stream:
        return stream.read()


def test_a_single_file_is_a_target(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_bytes(b"1")
    [asset] = scan(tmp_path / "one.csv")
    assert (asset.path, read(asset)) == (str(tmp_path / "one.csv"), b"1")


def test_paths_are_shown_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "d" / "e").mkdir(parents=True)
    (tmp_path / "d" / "e" / "f").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert [asset.path for asset in scan(Path())] == ["d/e/f"]
    assert [asset.path for asset in scan(Path("d"))] == ["d/e/f"]
    assert [asset.path for asset in scan(Path("d/../d"))] == ["d/../d/e/f"]
    monkeypatch.chdir(tmp_path / "d")
    assert [asset.path for asset in scan(Path(".."))] == ["../d/e/f"]


def test_names_that_are_no_utf8_hide_nothing(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + "백업".encode("cp949")
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/\x1b[2J\n")).write_bytes(b"found")
    [asset] = scan(tmp_path)
    assert asset.path == rf"{tmp_path}/\xb9\xe9\xbe\xf7/\x1b[2J\x0a"
    assert read(asset) == b"found"


def test_links_are_followed_as_roots_alone(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "f").write_bytes(b"x")
    (tmp_path / "real" / "up").symlink_to("..")
    (tmp_path / "real" / "out").symlink_to("/etc/passwd")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file-link").symlink_to("real/f")
    assert [asset.path for asset in scan(tmp_path / "link")] == [f"{tmp_path}/link/f"]
    [asset] = scan(tmp_path / "file-link")
    assert read(asset) == b"x"
    assert [asset.path for asset in scan(tmp_path)] == [f"{tmp_path}/real/f"]


def test_roots_within_roots_are_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "f").write_bytes(b"")
    (tmp_path / "a" / "g").write_bytes(b"")
    for roots in ([tmp_path, tmp_path / "a" / "b"], [tmp_path / "a" / "b", tmp_path, tmp_path / "a" / "g", tmp_path]):
        assert sorted(asset.path for asset in scan(*roots)) == [f"{tmp_path}/a/b/f", f"{tmp_path}/a/g"]


def test_no_path_at_all_exists(tmp_path: Path) -> None:
    for missing in (tmp_path / "none", tmp_path / "none" / "below"):
        with pytest.raises(TargetError) as error:
            scan(missing)
        assert error.value.code == GapCode.NOT_FOUND
        assert str(missing) in error.value.detail
    (tmp_path / "broken").symlink_to("none")
    with pytest.raises(TargetError):
        scan(tmp_path / "broken")


def test_one_missing_path_among_others_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")
    items = scan(tmp_path / "none", tmp_path / "f")
    assert [(item.path, getattr(item, "code", None)) for item in items] == [
        (f"{tmp_path}/none", GapCode.NOT_FOUND),
        (f"{tmp_path}/f", None),
    ]


def test_devices_are_not_opened() -> None:
    [gap] = scan(Path("/dev/zero"))
    assert isinstance(gap, Gap)
    assert gap.code == GapCode.SPECIAL_FILE


def test_only_the_device_of_a_deletion_is_passed_over(tmp_path: Path) -> None:
    layer = tmp_path / "overlay2" / ("0" * 64) / "diff"
    layer.mkdir(parents=True)
    os.mknod(layer / "deleted", stat.S_IFCHR, os.makedev(0, 0))
    assert scan(tmp_path) == []
    null = os.fsencode(layer / "null"), stat.S_IFCHR, os.makedev(1, 3)
    assert not is_whiteout(*null)
    if os.geteuid() == 0:  # who alone makes devices
        os.mknod(*null)
        assert [(gap.path, gap.code) for gap in scan(tmp_path) if isinstance(gap, Gap)] == [
            (f"{layer}/null", GapCode.SPECIAL_FILE)
        ]


@pytest.mark.parametrize(
    ("path", "passed_over"),
    [
        (f"/var/lib/docker/overlay2/{'0a' * 32}/diff/etc/x", True),
        (f"/var/lib/docker/overlay2/{'0a' * 32}-init/diff/etc/x", True),
        ("/data/docker/overlay2/jr4x0oqv6m7k1mzlz8p2w9abc/diff/x", True),
        (f"/home/u/.local/share/containers/storage/overlay/{'0a' * 32}/diff/x", True),
        ("/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/x", True),
        ("/srv/overlay/assets/diff/x", False),
        ("/srv/overlay2/2024-05/upper/x", False),
        (f"/var/lib/docker/overlay2/{'0a' * 32}/x", False),
    ],
)
def test_without_its_number_a_device_is_passed_over_in_a_container_s_layer_alone(path: str, passed_over: bool) -> None:
    assert is_whiteout(path.encode(), stat.S_IFCHR) is passed_over
    assert not is_whiteout(path.encode(), stat.S_IFBLK)
    assert not is_whiteout(path.encode(), stat.S_IFCHR, os.makedev(1, 3))


def test_a_fifo_in_a_files_place_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    [asset] = scan(tmp_path)
    (tmp_path / "f").unlink()
    os.mkfifo(tmp_path / "f")
    with pytest.raises(ReadError) as error:
        read(asset)
    assert error.value.code == GapCode.SPECIAL_FILE


def test_a_link_in_a_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    [asset] = scan(tmp_path)
    (tmp_path / "f").unlink()
    (tmp_path / "f").symlink_to("/etc/passwd")
    with pytest.raises(ReadError) as error:
        read(asset)
    assert error.value.code == GapCode.CHANGED_DURING_READ


def test_a_file_that_shrinks_while_read(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 5_000_000)
    [asset] = scan(tmp_path)
    assert isinstance(asset, Asset)
    received = 0
    with (
        pytest.raises(ReadError) as error,
        LocalScanner(LocalTarget(name="t", paths=(tmp_path,))).open(asset) as stream,
    ):
        received += len(stream.read(1000))
        os.truncate(tmp_path / "f", 2_000_000)
        while part := stream.read(1000):
            received += len(part)
    assert (error.value.code, received, error.value.unread) == (GapCode.CHANGED_DURING_READ, 2_000_000, 3_000_000)


def _seen_by_nobody(root: Path) -> list[str]:
    """What an unprivileged account sees, in a process of its own; without root this user is one already."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresuid(65534, 65534, 65534)
    scanner = LocalScanner(LocalTarget(name="t", paths=(root,)))
    seen = []
    for item in scanner.scan():
        if isinstance(item, Gap):
            seen.append(f"{item.path} {item.code}")
        elif isinstance(item, Asset):
            try:
                with scanner.open(item):
                    seen.append(f"{item.path} read")
            except ReadError as error:
                seen.append(f"{item.path} {error.code}")
    probed = LocalScanner(LocalTarget(name="t", paths=(root / "secret",))).probe()
    return [*seen, str([probe.ok for probe in probed])]


def test_what_this_user_may_not_read_is_said(server_folder: Path) -> None:
    root = server_folder / "local-permissions"
    (root / "closed").mkdir(parents=True)
    (root / "closed" / "f").write_bytes(b"")
    (root / "secret").write_bytes(b"x")
    (root / "secret").chmod(0)
    (root / "closed").chmod(0)
    # Forked, so that nothing has to be imported as an account that may not even read the project's folder.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("fork")) as pool:
        seen = pool.submit(_seen_by_nobody, root).result(timeout=60)
    (root / "closed").chmod(0o700)
    assert seen == [f"{root}/closed PERMISSION_DENIED", f"{root}/secret PERMISSION_DENIED", "[False]"]


def test_two_hundred_thousand_files_in_flat_memory(tmp_path: Path) -> None:
    for folder in range(200):
        path = tmp_path / f"{folder:03}"
        path.mkdir()
        first = path / "0000"
        first.write_bytes(b"")
        for index in range(1, 1000):
            os.link(first, path / f"{index:04}")
    program = (
        "import sys; from pathlib import Path; from auditor.model.engagement import LocalTarget\n"
        f"sys.path.append({str(ROOT / 'tests')!r}); from memory import Growth\n"
        "from auditor.scanners.local import LocalScanner\n"
        "items = LocalScanner(LocalTarget(name='t', paths=(Path(sys.argv[1]),))).scan()\n"
        "last = next(items).path\n"
        "count = 1\n"
        "with Growth() as growth:\n"
        "  for item in items:\n"
        "    assert last < item.path; last = item.path; count += 1\n"
        "print(count, growth.grown)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    count, grown = map(int, done.stdout.split())
    assert count == 200_000
    assert grown < 2 << 20


def test_a_folder_too_deep_for_the_operating_system_is_a_gap(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=here)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    items = scan(tmp_path)
    assert [item.code for item in items if isinstance(item, Gap)] == [GapCode.UNREACHABLE]
    subprocess.run(["rm", "-rf", str(tmp_path / ("d" * 200))], check=True)
