"""What every scanner must do, whatever it reads. A new scanner adds a site to SITES and passes all of this."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from auditor import registry
from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import AzureTarget, LocalTarget, S3Target, SshTarget
from auditor.model.scanner import Ranges, Scanner
from testbed import snapshot
from testbed.azurite import Azurite, written
from testbed.packages import AZURITE
from testbed.s3 import S3Server
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

FILES: dict[str, bytes] = {
    "B.txt": b"upper case sorts before lower",
    "a/deep/er/x.bin": bytes(range(256)) * 4096 * 3,
    "a/empty": b"",
    "a.txt": "한글 내용\n".encode(),
    "space and+plus %41.csv": b"1,2,3\n",
    "고객/명단.csv": "이름,연락처\n".encode("cp949"),
    "z": os.urandom(2_500_000),
}


@dataclass(frozen=True, kw_only=True)
class Site:
    """One kind of target holding FILES, and how to look at it from behind."""

    scanner: Callable[[], Scanner]
    missing: Callable[[], Scanner]
    prefix: str
    remove: Callable[[str], None]
    put: Callable[[str, bytes], None]
    state: Callable[[], snapshot.Snapshot]


def local(folder: Path) -> Site:
    root = folder / "local"
    seed(root)
    return on_disk(
        root,
        scanner=lambda: registry.load("scanners", "local")(LocalTarget(name="t", paths=(root,))),
        missing=lambda: registry.load("scanners", "local")(LocalTarget(name="t", paths=(root / "none",))),
    )


def ssh(folder: Path, sshd: Sshd) -> Site:
    root = folder / "remote"
    seed(root)

    def scanner(user: str) -> Scanner:
        target = SshTarget(
            name="t",
            host=sshd.host,
            port=sshd.port,
            user=user,
            host_key=sshd.host_key_fingerprint,
            key_file=sshd.client_key,
            agent=False,
            paths=(str(root),),
        )
        return registry.load("scanners", "ssh")(target)  # type: ignore[no-any-return]

    return on_disk(root, scanner=lambda: scanner(sshd.user), missing=lambda: scanner("no-such-account"))


def s3(folder: Path, server: S3Server) -> Site:
    client = server.client()
    bucket = "contract"
    client.create_bucket(Bucket=bucket)
    for name, content in FILES.items():
        client.put_object(Bucket=bucket, Key=name, Body=content)
    credentials = server.auditor.write(folder / "auditor.credentials")

    def scanner(name: str) -> Scanner:
        target = S3Target(
            name="t",
            bucket=name,
            endpoint_url=server.endpoint_url,
            region=server.region,
            credentials_file=credentials,
        )
        return registry.load("scanners", "s3")(target)  # type: ignore[no-any-return]

    return Site(
        scanner=lambda: scanner(bucket),
        missing=lambda: scanner("no-such-bucket"),
        prefix=f"s3://{bucket}/",
        remove=lambda name: client.delete_object(Bucket=bucket, Key=name),
        put=lambda name, content: client.put_object(Bucket=bucket, Key=name, Body=content),
        state=lambda: snapshot.bucket(client, bucket),
    )


def azure(folder: Path, server: Azurite) -> Site:
    client = server.client().create_container("contract")
    for name, content in FILES.items():
        client.upload_blob(name, content)

    def scanner(container: str) -> Scanner:
        credentials = written(folder / "contract.sas", server.sas("contract"))
        target = AzureTarget(
            name="t", account=server.account, container=container, endpoint_url=server.endpoint_url,
            credentials_file=credentials,
        )  # fmt: skip
        return registry.load("scanners", "azure")(target)  # type: ignore[no-any-return]

    return Site(
        scanner=lambda: scanner("contract"),
        missing=lambda: scanner("no-such-container"),
        prefix="az://contract/",
        remove=lambda name: client.delete_blob(name),
        put=lambda name, content: client.upload_blob(name, content, overwrite=True) and None,
        state=lambda: snapshot.container(client),
    )


def seed(root: Path) -> None:
    """FILES, and what must not be opened or followed."""
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.mkfifo(root / "fifo")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(root / "socket"))
    listener.close()
    (root / "loop").symlink_to(".")
    (root / "escape").symlink_to("/etc")
    (root / "link").symlink_to("a.txt")
    (root / "broken").symlink_to("nowhere")


def on_disk(root: Path, *, scanner: Callable[[], Scanner], missing: Callable[[], Scanner]) -> Site:
    def put(name: str, content: bytes) -> None:
        (root / name).write_bytes(content)

    return Site(
        scanner=scanner,
        missing=missing,
        prefix=f"{root}/",
        remove=lambda name: (root / name).unlink(),
        put=put,
        state=lambda: snapshot.tree(root),
    )


SITES = ("local", "ssh", "s3", "azure")


@pytest.fixture(scope="module", params=[site for site in SITES if site != "azure" or AZURITE.exists()])
def site(request: pytest.FixtureRequest, server_folder: Path) -> Site:
    match request.param:
        case "local":
            return local(server_folder)
        case "ssh":
            return ssh(server_folder, request.getfixturevalue("sshd_server"))
        case "azure":
            return azure(server_folder, request.getfixturevalue("azurite"))
        case _:
            return s3(server_folder, request.getfixturevalue("s3_server"))


@pytest.fixture
def scanner(site: Site) -> Iterator[Scanner]:
    scanner = site.scanner()
    yield scanner
    scanner.close()


def assets(scanner: Scanner) -> list[Asset]:
    return [item for item in scanner.scan() if isinstance(item, Asset)]


def by_name(scanner: Scanner, site: Site) -> dict[str, Asset]:
    return {asset.path.removeprefix(site.prefix): asset for asset in assets(scanner)}


def test_every_scanner_is_held_to_this() -> None:
    """A database lists tables, not files: tests/integration/test_{postgres,mariadb,redis}_database.py hold it to the same."""
    assert set(registry.names("scanners")) - {"database"} == set(SITES)


def test_every_regular_file_is_listed_once_and_nothing_else(scanner: Scanner, site: Site) -> None:
    listed = [asset.path for asset in assets(scanner)]
    assert sorted(listed) == sorted(site.prefix + name for name in FILES)


def test_what_is_no_regular_file_is_a_gap(scanner: Scanner, site: Site) -> None:
    gaps = {item.path.removeprefix(site.prefix): item.code for item in scanner.scan() if isinstance(item, Gap)}
    expected = (
        {} if site.prefix.startswith(("s3:", "az:")) else {"fifo": GapCode.SPECIAL_FILE, "socket": GapCode.SPECIAL_FILE}
    )
    assert gaps == expected


def test_the_order_is_the_same_every_time(scanner: Scanner, site: Site) -> None:
    first = list(scanner.scan())
    other = site.scanner()
    assert list(scanner.scan()) == first
    assert list(other.scan()) == first
    other.close()


def test_metadata(scanner: Scanner, site: Site) -> None:
    for name, asset in by_name(scanner, site).items():
        assert asset.target == "t"
        assert asset.size == len(FILES[name])
        assert asset.modified is not None
        assert asset.modified.utcoffset() is not None
        assert asset.modified.utcoffset().total_seconds() == 0  # type: ignore[union-attr]
        assert asset.current
        assert "locator" not in repr(asset)


@pytest.mark.parametrize("piece", [1 << 20, 100_000, 4096, -1])
def test_what_is_read_is_the_content(scanner: Scanner, site: Site, piece: int) -> None:
    for name, asset in by_name(scanner, site).items():
        with scanner.open(asset) as stream:
            parts = list(iter(lambda: stream.read(piece), b""))
        assert b"".join(parts) == FILES[name]
        assert all(len(part) == piece for part in parts[:-1]), "only the last read is short"


def test_a_stream_is_what_parsers_expect(scanner: Scanner, site: Site) -> None:
    files = by_name(scanner, site)
    with scanner.open(files["고객/명단.csv"]) as stream:
        assert io.TextIOWrapper(stream, encoding="cp949").readlines() == ["이름,연락처\n"]
    with scanner.open(files["a/deep/er/x.bin"]) as stream:
        assert stream.readable()
        assert not stream.seekable()
        assert stream.readline() == bytes(range(11))
        buffer = bytearray(300)
        assert stream.readinto(buffer) == 300  # type: ignore[attr-defined]
        assert bytes(buffer) == (bytes(range(256)) * 2)[11:311]


def test_reading_may_stop_anywhere_and_files_may_be_read_in_any_order(scanner: Scanner, site: Site) -> None:
    files = by_name(scanner, site)
    with scanner.open(files["z"]) as stream:
        assert stream.read(10) == FILES["z"][:10]
    with scanner.open(files["z"]) as one, scanner.open(files["a/deep/er/x.bin"]) as two:
        pairs = [(one.read(65_536), two.read(65_536)) for _ in range(20)]
    assert b"".join(a for a, _ in pairs) == FILES["z"][: 20 * 65_536]
    assert b"".join(b for _, b in pairs) == FILES["a/deep/er/x.bin"][: 20 * 65_536]
    with scanner.open(files["a.txt"]) as stream:
        assert stream.read() == FILES["a.txt"]


def test_a_file_may_be_read_from_its_middle(scanner: Scanner) -> None:
    if not isinstance(scanner, Ranges):
        return
    asset = max(assets(scanner), key=lambda asset: asset.size or 0)
    with scanner.open(asset) as stream:
        whole = stream.read()
    for start in (0, 1, len(whole) // 2, len(whole) - 1):
        with scanner.open_at(asset, start, start + 3) as stream:
            assert stream.read(2) == whole[start : start + 2]
            assert stream.read() == whole[start + 2 :]
    assert asset.modified is not None
    others = (replace(asset, size=len(whole) + 1), replace(asset, modified=asset.modified - timedelta(days=1)))
    for other in others:  # shorter than it was listed; as long, and written to since: its parts would be of two files
        with pytest.raises(ReadError), scanner.open_at(other, 1, 3) as stream:
            stream.read()


def test_files_are_read_while_the_listing_goes_on(scanner: Scanner, site: Site) -> None:
    seen = {}
    for item in scanner.scan():
        if isinstance(item, Asset):
            with scanner.open(item) as stream:
                seen[item.path.removeprefix(site.prefix)] = stream.read()
    assert seen == FILES


def test_a_file_that_is_gone_is_a_read_error(scanner: Scanner, site: Site) -> None:
    site.put("short-lived", b"x")
    asset = by_name(scanner, site)["short-lived"]
    site.remove("short-lived")
    with pytest.raises(ReadError) as error, scanner.open(asset):
        pass
    assert error.value.code == GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE
    assert by_name(scanner, site).keys() == FILES.keys(), "and the next audit works on"


def test_a_target_out_of_reach_is_a_target_error_with_a_cure(site: Site) -> None:
    scanner = site.missing()
    with pytest.raises(TargetError) as error:
        list(scanner.scan())
    assert error.value.code in set(GapCode)
    assert error.value.detail.endswith(".")
    assert error.value.cure.endswith((".", "…"))
    scanner.close()


def test_probes_say_what_works_and_what_does_not(site: Site) -> None:
    good, bad = site.scanner(), site.missing()
    probes = list(good.probe())
    assert probes
    assert all(isinstance(probe, Probe) and probe.target == "t" for probe in probes)
    assert [probe for probe in probes if not probe.ok] == []
    failed = [probe for probe in bad.probe() if not probe.ok]
    assert failed
    assert all(probe.detail and probe.cure for probe in failed)
    good.close()
    bad.close()


def test_closing_twice_and_before_anything_is_fine(site: Site) -> None:
    never_used = site.scanner()
    never_used.close()
    never_used.close()
    scanner = site.scanner()
    assert len(assets(scanner)) == len(FILES)
    scanner.close()
    scanner.close()


def test_controls_never_claim_without_saying_why(scanner: Scanner) -> None:
    for item in scanner.scan():
        if isinstance(item, Control) and item.value is None:
            assert item.detail


def test_nothing_is_written(site: Site) -> None:
    before = site.state()
    scanner = site.scanner()
    for item in scanner.scan():
        if isinstance(item, Asset):
            with scanner.open(item) as stream:
                stream.read()
    list(scanner.probe())
    scanner.close()
    assert snapshot.difference(before, site.state()) == []


def test_no_stream_can_be_written(scanner: Scanner, site: Site) -> None:
    with scanner.open(by_name(scanner, site)["a.txt"]) as stream, pytest.raises((OSError, io.UnsupportedOperation)):
        stream.write(b"x")
