"""Many files at once from a real sshd, by tar and by pipelined SFTP: the same bytes, and every doubt told."""

from __future__ import annotations

import getpass
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.errors import ReadError
from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import AccessLimits, SshTarget
from auditor.pace import Pace
from auditor.scanners import _ssh_commands
from auditor.scanners.ssh import SshScanner
from auditor.workers import ahead
from auditor.workers.source import Source
from testbed.sshd import READ_ONLY, Sshd

pytestmark = pytest.mark.integration

ODD = {
    b"-rf": b"an option?",
    b"--checkpoint=1": b"another",
    b"line\nbreak: Cannot open: Permission denied": b"a message?",
    b"empty": b"",
    b"sized": b"x" * 512,
    b"n" * 200: b"long name",
    "고객.csv".encode("cp949"): b"bytes",
    b"back\\slash\\n": b"escape",
    b"sp ace'q\"$HOME`id`": b"shell",
    b"big": os.urandom(200_000),
}


@pytest.fixture(scope="module")
def odd(server_folder: Path) -> Path:
    root = server_folder / "odd"
    root.mkdir()
    for name, content in ODD.items():
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_bytes(content)
    (root / "deep").mkdir()
    deep = root / "deep"
    for _ in range(6):
        deep = deep / ("d" * 100)
        deep.mkdir()
    (deep / "leaf").write_bytes(b"deep")
    (root / "twin").hardlink_to(root / "sized")
    return root


@pytest.fixture(scope="module")
def shell_server(server_folder: Path) -> Iterator[Sshd]:
    with Sshd(folder=server_folder / "shell", user=getpass.getuser(), force_command=None) as server:
        yield server


def target_of(server: Sshd, *paths: Path) -> SshTarget:
    return SshTarget(
        name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
        key_file=server.client_key, agent=False, paths=tuple(map(str, paths)), timeout=10,
    )  # fmt: skip


@pytest.fixture(params=["tar", "sftp"])
def scanner(request: pytest.FixtureRequest, shell_server: Sshd, odd: Path) -> Iterator[SshScanner]:
    scanner = SshScanner(replace(target_of(shell_server, odd), shell=request.param == "tar"))
    yield scanner
    scanner.close()


def assets_of(scanner: SshScanner) -> list[Asset]:
    return [item for item in scanner.scan() if isinstance(item, Asset)]


def test_odd_names_and_sizes_come_whole(scanner: SshScanner, odd: Path) -> None:
    assets = assets_of(scanner)
    fetched = dict(zip((asset.locator[len(str(odd)) + 1 :] for asset in assets), scanner.fetch(assets), strict=True))
    assert {name: fetched[name] for name in ODD} == ODD
    assert fetched[b"twin"] == ODD[b"sized"], "a second name of a file is a file"
    assert [content for name, content in fetched.items() if name.endswith(b"/leaf")] == [b"deep"]


def test_what_cannot_be_read_does_not_cost_the_others(scanner: SshScanner, odd: Path) -> None:
    (odd / "gone").write_bytes(b"soon")
    assets = assets_of(scanner)
    (odd / "gone").unlink()
    found = dict(zip((asset.name for asset in assets), scanner.fetch(assets), strict=True))
    error = found.pop("gone")
    assert isinstance(error, ReadError)
    assert error.code == GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE
    assert all(isinstance(content, bytes) for content in found.values())


def test_a_file_of_another_size_is_given_as_it_is_now_or_left_to_be_opened(scanner: SshScanner, odd: Path) -> None:
    (odd / "changing").write_bytes(b"before")
    assets = assets_of(scanner)
    (odd / "changing").write_bytes(b"and after")
    found = dict(zip((asset.name for asset in assets), scanner.fetch(assets), strict=True))
    (odd / "changing").unlink()
    assert found["changing"] in (b"and after", None)


@pytest.mark.parametrize("other", ["pipe", "link"])
def test_what_took_a_files_place_is_not_opened(shell_server: Sshd, odd: Path, other: str) -> None:
    (odd / "swapped").write_bytes(bytes(5 << 20))
    scanner = SshScanner(target_of(shell_server, odd))
    assets = assets_of(scanner)
    [asset] = [asset for asset in assets if asset.name == "swapped"]
    (odd / "swapped").unlink()
    os.mkfifo(odd / "swapped") if other == "pipe" else (odd / "swapped").symlink_to("/etc/passwd")
    found = dict(zip((asset.name for asset in assets), scanner.fetch(assets), strict=True))
    with pytest.raises(ReadError) as error, scanner.open(asset):
        pass
    (odd / "swapped").unlink()
    scanner.close()
    assert error.value.code == GapCode.SPECIAL_FILE
    swapped = found.pop("swapped")
    assert isinstance(swapped, ReadError)
    assert swapped.code == GapCode.SPECIAL_FILE
    assert all(isinstance(content, bytes) for content in found.values())


def test_source_reads_ahead_and_gives_the_same(scanner: SshScanner, odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "BATCH_FILES", 3)
    source = Source(scanner, b"k" * 32)
    gaps: list[Gap] = []
    read = {}
    for asset in [item for item in source.listing(scanner.scan()) if isinstance(item, Asset)]:
        with source.open(asset, gaps.append) as take:
            read[asset.locator[len(str(odd)) + 1 :]] = b"".join(iter(lambda: take(1 << 20), b""))
    source.close()
    assert {name: read[name] for name in ODD} == ODD
    assert not gaps


def test_a_large_file_by_tar(shell_server: Sshd, server_folder: Path) -> None:
    file = server_folder / "large.bin"
    content = os.urandom(9 << 20) + b"tail"
    file.write_bytes(content)
    scanner = SshScanner(target_of(shell_server, file))
    [asset] = assets_of(scanner)
    with scanner.open(asset) as stream:
        assert stream.read() == content
    with scanner.open(asset) as stream:
        assert stream.read(10) == content[:10], "and a reader may stop"
    file.write_bytes(content + b"grown")
    with scanner.open(asset) as stream:
        assert stream.read() == content + b"grown"
    os.truncate(file, 128 << 20)  # four times what is on its way unread: the window of a channel
    with pytest.raises(ReadError) as error, scanner.open(asset) as stream:
        stream.read(1 << 20)
        os.truncate(file, 5 << 20)
        while stream.read(1 << 20):
            pass
    scanner.close()
    file.unlink()
    assert error.value.code == GapCode.CHANGED_DURING_READ


# --- file names are never commands ---


@pytest.mark.parametrize(
    "command",
    [
        "false",
        "no-such-command-anywhere",
        "head -c 1 >/dev/null",
        "sh -c 'pkill -9 -P $(ps -o ppid= -p $PPID) -x head'",
    ],
    ids=["fails", "missing", "leaves", "killed"],
)
def test_what_a_command_leaves_of_its_input_is_never_run(shell_server: Sshd, tmp_path: Path, command: str) -> None:
    from auditor.journal import Conduct
    from auditor.scanners._sftp_wire import SftpDownError
    from auditor.scanners._ssh_sessions import Sessions

    sessions = Sessions(target_of(shell_server, tmp_path), Conduct("dev"))
    harm = tmp_path / "harm"
    name = f"/srv/$(touch {harm})/a\ntouch {harm}\n; touch {harm} #".encode() + b"\0"
    try:
        with sessions.shell() as shell:
            shell.run(command, name * 12_000)
            _, status, _ = shell.take_rest(1 << 20)
            shell.run("echo alive")
            assert shell.take_rest(64)[:2] == (b"alive\n", 0), "and the shell is of use still"
            assert command.startswith("head") or status != 0
    except SftpDownError:
        assert "pkill" in command, "only where head itself was killed does the shell end"
    with sessions.shell() as shell:
        shell.run("echo alive")
        assert shell.take_rest(64)[:2] == (b"alive\n", 0)
    sessions.close()
    assert not harm.exists()


def test_a_shell_that_did_not_answer_once_is_asked_again(
    shell_server: Sshd, odd: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.scanners._sftp_wire import Down, SftpDownError
    from auditor.scanners._ssh_connect import Connection

    started = Connection.shell
    failures = [Down.SILENT]

    def shell(connection: Connection) -> object:
        if failures:
            raise SftpDownError(failures.pop())
        return started(connection)

    monkeypatch.setattr(Connection, "shell", shell)
    scanner = SshScanner(target_of(shell_server, odd))
    [control] = [item for item in scanner.scan() if isinstance(item, Control) and item.name == "ssh.reading"]
    assert "did not answer" in control.detail
    [control] = [item for item in scanner.scan() if isinstance(item, Control) and item.name == "ssh.reading"]
    scanner.close()
    assert control.value == "tar"


def test_after_close_nobody_connects_again(shell_server: Sshd, odd: Path) -> None:
    scanner = SshScanner(target_of(shell_server, odd))
    assets = assets_of(scanner)
    before = shell_server.log.read_text("utf-8", "replace").count("Accepted publickey")
    scanner.close()
    assert scanner.fetch(assets) == [None] * len(assets)
    with pytest.raises(ReadError), scanner.open(assets[0]):
        pass
    assert shell_server.log.read_text("utf-8", "replace").count("Accepted publickey") == before


@pytest.mark.parametrize("shell", [True, False])
def test_files_that_say_they_are_empty_are_read_to_their_end(shell_server: Sshd, shell: bool) -> None:
    scanner = SshScanner(
        replace(target_of(shell_server, Path("/proc/version"), Path("/proc/filesystems")), shell=shell)
    )
    source = Source(scanner, b"k" * 32)
    for asset in [item for item in source.listing(scanner.scan()) if isinstance(item, Asset)]:
        assert asset.size == 0
        with source.open(asset, lambda gap: pytest.fail(str(gap))) as take:
            assert b"".join(iter(lambda: take(1 << 20), b"")) == Path(asset.path).read_bytes()
    source.close()
    scanner.close()


# --- where commands may not be run ---


@pytest.mark.parametrize(
    ("user", "force", "why"),
    [
        ("nobody", READ_ONLY, "may not run commands"),
        (getpass.getuser(), "internal-sftp", "may not run commands"),
        (getpass.getuser(), "/usr/lib/openssh/sftp-server -R", "may not run commands"),
        ("nobody", None, "may not run commands"),
    ],
)
def test_without_commands_all_is_read_by_sftp(
    server_folder: Path, odd: Path, user: str, force: str | None, why: str
) -> None:
    name = f"forced-{user}-{'none' if force is None else force.split('/')[-1].split()[0]}"
    with Sshd(folder=server_folder / name, user=user, force_command=force) as server:
        scanner = SshScanner(target_of(server, odd))
        items = list(scanner.scan())
        [control] = [item for item in items if isinstance(item, Control) and item.name == "ssh.reading"]
        assert (control.value, why in control.detail) == ("sftp", True), control
        assets = [item for item in items if isinstance(item, Asset)]
        assert all(isinstance(content, bytes) for content in scanner.fetch(assets))
        scanner.close()


def test_commands_may_be_left_off(shell_server: Sshd, odd: Path, tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        scanner = SshScanner(replace(target_of(shell_server, odd), shell=False), journal=journal)
        assets = assets_of(scanner)
        scanner.fetch(assets)
        scanner.close()
    assert '"command"' not in (tmp_path / "journal").read_text()


# --- how hard the server is worked ---


def test_the_journal_holds_every_command_and_no_name(shell_server: Sshd, odd: Path, tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        scanner = SshScanner(target_of(shell_server, odd), journal=journal)
        assets = assets_of(scanner)
        scanner.fetch(assets)
        scanner.close()
    text = (tmp_path / "journal").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    commands = [line["command"] for line in lines if line["did"] == "command"]
    known = {value for value in vars(_ssh_commands).values() if isinstance(value, str)}
    assert set(commands) <= known
    assert _ssh_commands.SHELL in commands
    assert [line["paths"] for line in lines if line.get("command") == _ssh_commands.TAR] == [0, len(assets)]
    counted: dict[str, int] = {}
    for line in lines:
        for kind, number in line.get("requests", {}).items():
            counted[kind] = counted.get(kind, 0) + number
    assert sum(line["paths"] for line in lines if line.get("command") == _ssh_commands.FOLDERS) == 8
    assert counted["sftp stat"] == 1
    assert counted["ssh connection"] >= 1
    assert "odd" not in text
    assert sum(line.get("bytes", 0) for line in lines) > 200_000


def test_no_more_connections_than_declared(shell_server: Sshd, odd: Path) -> None:
    before = shell_server.log.read_text("utf-8", "replace").count("Accepted publickey")
    scanner = SshScanner(target_of(shell_server, odd), Pace(AccessLimits(connections=1)))
    assets = assets_of(scanner)
    with scanner.open(assets[0]), scanner.open(assets[1]), scanner.open(assets[2]):
        assert scanner.fetch(assets)
    scanner.close()
    after = shell_server.log.read_text("utf-8", "replace").count("Accepted publickey")
    assert after - before == 1


def test_a_server_of_one_session_a_connection(server_folder: Path, odd: Path) -> None:
    with Sshd(
        folder=server_folder / "single", user=getpass.getuser(), force_command=None, extra=["MaxSessions 1"]
    ) as server:
        scanner = SshScanner(target_of(server, odd), Pace(AccessLimits(connections=1)))
        assets = assets_of(scanner)
        assert all(isinstance(content, bytes) for content in scanner.fetch(assets))
        with scanner.open(assets[0]) as stream:
            stream.read()
        scanner.close()


def test_outside_the_hours_nothing_is_asked(shell_server: Sshd, odd: Path) -> None:
    from datetime import UTC, datetime

    hour = [23]
    pace = Pace(AccessLimits(window=(22 * 60, 6 * 60)), now=lambda: datetime(2026, 1, 1, hour[0], tzinfo=UTC))
    scanner = SshScanner(target_of(shell_server, odd), pace)
    assets = assets_of(scanner)
    hour[0] = 12
    with pytest.raises(ReadError) as error, scanner.open(assets[0]):
        pass
    assert error.value.code == GapCode.OUTSIDE_HOURS
    assert scanner.fetch(assets) == [None] * len(assets)
    scanner.close()


def test_modes_and_owners(shell_server: Sshd, odd: Path) -> None:
    scanner = SshScanner(target_of(shell_server, odd))
    for asset in assets_of(scanner):
        facts = os.lstat(asset.locator)
        assert (asset.mode, asset.owner) == (stat.S_IMODE(facts.st_mode), getpass.getuser())
    scanner.close()


def test_bytes_of_listings_and_of_files_are_counted(shell_server: Sshd, odd: Path, tmp_path: Path) -> None:
    def counted(name: str, *, read: bool) -> int:
        with Journal(tmp_path / name) as journal:
            scanner = SshScanner(replace(target_of(shell_server, odd), shell=False), journal=journal)
            assets = assets_of(scanner)
            if read:
                with scanner.open(next(asset for asset in assets if asset.name == "big")) as stream:
                    stream.read()
            scanner.close()
        return sum(json.loads(line).get("bytes", 0) for line in (tmp_path / name).read_text().splitlines())

    listed = counted("listed", read=False)
    assert listed > 1000
    assert 200_000 <= counted("read", read=True) - listed < 210_000, "each byte once"
