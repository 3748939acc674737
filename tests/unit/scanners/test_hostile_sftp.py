"""A server that lies, stalls or never ends costs bounded time and memory, and always leaves a word about it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_sftp import (
    ATTRS,
    CLOSE,
    DATA,
    FILE,
    FOLDER,
    FSTAT,
    HANDLE,
    NAME,
    OPEN,
    OPENDIR,
    READ,
    READDIR,
    REALPATH,
    STAT,
    HangUp,
    Silence,
    Vendor,
    attributes,
    hostile,
    names,
    status,
    string,
)

from auditor.errors import ReadError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.scanners import _sftp_listing
from auditor.scanners.ssh import MAX_STRIKES, SshScanner


@pytest.fixture
def vendor() -> Vendor:
    return Vendor(
        tree={b"/v": [(b"a.txt", FILE, 5), (b"b.txt", FILE, 5)]}, content={b"/v/a.txt": b"aaaaa", b"/v/b.txt": b"bbbbb"}
    )


@pytest.fixture
def scanner(vendor: Vendor, tmp_path: Path) -> Iterator[SshScanner]:
    with hostile(vendor, tmp_path) as target:
        scanner = SshScanner(target)
        yield scanner
        scanner.close()


def found(scanner: SshScanner) -> list[Asset | Gap]:
    return [item for item in scanner.scan() if not isinstance(item, Control)]


def codes(items: list[Asset | Gap]) -> list[GapCode]:
    return [item.code for item in items if isinstance(item, Gap)]


def paths(items: list[Asset | Gap]) -> list[str]:
    return [item.path for item in items if isinstance(item, Asset)]


def read(scanner: SshScanner, asset: Asset | Gap) -> bytes:
    assert isinstance(asset, Asset)
    with scanner.open(asset) as stream:
        return stream.read()


def test_an_honest_server_is_read(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)
    assert paths(items) == ["/v/a.txt", "/v/b.txt"]
    assert [read(scanner, item) for item in items] == [b"aaaaa", b"bbbbb"]
    asked = {kind for kind, _ in vendor.requests}
    assert asked <= {OPEN, CLOSE, READ, FSTAT, OPENDIR, READDIR, REALPATH, STAT}, (
        "no request that could change anything"
    )


def test_every_file_handle_is_given_back(scanner: SshScanner, vendor: Vendor) -> None:
    for item in found(scanner):
        read(scanner, item)
        assert isinstance(item, Asset)
        with scanner.open(item) as stream:
            stream.read(1)
    asked = [kind for kind, _ in vendor.requests]
    read(scanner, found(scanner)[0])  # so that all of the above has arrived
    assert asked.count(OPEN) + asked.count(OPENDIR) - asked.count(CLOSE) <= 1


def test_endless_listing_ends(scanner: SshScanner, vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sftp_listing, "MAX_ENTRIES", 5000)
    count = iter(range(10**9))
    vendor.reactions[READDIR] = lambda *_: names(*((b"f%09d" % next(count), FILE, 1) for _ in range(100)))
    started = time.monotonic()
    items = found(scanner)
    assert time.monotonic() - started < 30
    assert codes(items) == [GapCode.SERVER_MISBEHAVED]
    assert len(paths(items)) == 5000, "what it listed first is kept"


def test_a_listing_of_nothing_but_dots_ends(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.reactions[READDIR] = lambda *_: names((b".", FOLDER, 0), (b"..", FOLDER, 0))
    started = time.monotonic()
    assert codes(found(scanner)) in ([GapCode.TIME_CUT_OFF_REACHED], [GapCode.SERVER_MISBEHAVED])
    assert time.monotonic() - started < 15


def test_an_empty_answer_for_ever_ends(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.reactions[READDIR] = lambda *_: names()
    assert codes(found(scanner)) == [GapCode.SERVER_MISBEHAVED]


@pytest.mark.parametrize("name", [b"../../etc/passwd", b"a/b", b"", b"x\0y", b"n" * 5000])
def test_names_that_are_none_are_not_followed(scanner: SshScanner, vendor: Vendor, name: bytes) -> None:
    vendor.tree[b"/v"] += [(name, FILE, 1), (b"..", FOLDER, 0)]
    items = found(scanner)
    assert paths(items) == ["/v/a.txt", "/v/b.txt"]
    assert codes(items) == [GapCode.SERVER_MISBEHAVED]
    assert all(subject in (b"/v", b"/v/a.txt", b"/v/b.txt") for _, subject in vendor.requests)


def test_a_name_of_cp949_bytes_with_terminal_codes_is_shown_escaped_and_read(
    scanner: SshScanner, vendor: Vendor
) -> None:
    name = "고객명단".encode("cp949") + b"\x1b[31m\n.csv"
    vendor.tree[b"/v"] = [(name, FILE, 3)]
    vendor.content[b"/v/" + name] = b"ok!"
    [item] = found(scanner)
    assert item.path == r"/v/\xb0\xed\xb0\xb4\xb8\xed\xb4\xdc\x1b[31m\x0a.csv"
    assert read(scanner, item) == b"ok!"


def test_a_size_of_an_exbibyte_is_not_believed(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.tree[b"/v"] = [(b"a.txt", FILE, 1 << 60)]
    vendor.reactions[FSTAT] = lambda *_: (ATTRS, attributes(FILE, 1 << 60))
    [item] = found(scanner)
    assert isinstance(item, Asset)
    with pytest.raises(ReadError) as error, scanner.open(item) as stream:
        assert stream.read(100) == b"aaaaa", "what arrived is not lost"
        stream.read(100)
    assert error.value.code == GapCode.CHANGED_DURING_READ
    assert error.value.unread == (1 << 60) - 5


def test_a_reader_that_stops_at_a_short_read_still_learns_of_it(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.reactions[FSTAT] = lambda *_: (ATTRS, attributes(FILE, 6))
    item = found(scanner)[0]
    assert isinstance(item, Asset)
    with pytest.raises(ReadError), scanner.open(item) as stream:
        assert stream.read(100) == b"aaaaa"


def test_a_dropped_connection_is_no_end_of_file_and_the_next_file_is_read(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)

    def drop(subject: bytes, offset: int, _count: int) -> tuple[int, bytes]:
        if subject == b"/v/a.txt":
            if offset == 0:
                return DATA, string(b"aaa")
            raise HangUp
        return DATA, string(b"bbbbb"[offset:]) if offset < 5 else status(1)[1]

    vendor.reactions[READ] = lambda s, o, c: status(1) if o >= 5 else drop(s, o, c)
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert (error.value.code, error.value.unread) == (GapCode.UNREACHABLE, 2)
    assert read(scanner, items[1]) == b"bbbbb"
    assert vendor.connections == 4, "the file is tried twice more from where it broke off"


def test_a_connection_lost_between_two_files_is_made_anew(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)
    once = iter([True])

    def drop(*_: object) -> None:
        if next(once, False):
            raise HangUp

    vendor.reactions[OPEN] = drop
    assert [read(scanner, item) for item in items] == [b"aaaaa", b"bbbbb"]


@pytest.mark.parametrize("kind", [OPEN, FSTAT, READ])
def test_silence_ends(scanner: SshScanner, vendor: Vendor, kind: int) -> None:
    items = found(scanner)

    def silent(subject: bytes, *_: object) -> None:
        if subject == b"/v/a.txt":
            raise Silence

    vendor.reactions[kind] = silent
    started = time.monotonic()
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert error.value.code == GapCode.TIME_CUT_OFF_REACHED
    assert time.monotonic() - started < 6
    assert read(scanner, items[1]) == b"bbbbb"


def test_a_silent_folder_hides_no_other(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.tree[b"/v"].insert(0, (b"a-dir", FOLDER, 0))
    vendor.tree[b"/v/a-dir"] = []

    def silent(subject: bytes, *_: object) -> None:
        if subject == b"/v/a-dir":
            raise Silence

    vendor.reactions[READDIR] = silent
    items = found(scanner)
    assert [(item.path, item.code) for item in items if isinstance(item, Gap)] == [
        ("/v/a-dir", GapCode.TIME_CUT_OFF_REACHED)
    ]
    assert paths(items) == ["/v/a.txt", "/v/b.txt"]


def test_a_server_silent_for_every_file_is_given_up(vendor: Vendor, tmp_path: Path) -> None:
    vendor.tree[b"/v"] = [(b"%03d" % i, FILE, 1) for i in range(100)]
    vendor.content.update({b"/v/%03d" % i: b"x" for i in range(100)})

    def silent(*_: object) -> None:
        raise Silence

    vendor.reactions[READ] = silent
    with hostile(vendor, tmp_path, timeout=2) as target:
        scanner = SshScanner(target)
        started = time.monotonic()
        errors = []
        for item in found(scanner):
            with pytest.raises(ReadError) as error:
                read(scanner, item)
            errors.append(error.value.code)
        scanner.close()
    assert time.monotonic() - started < 60
    assert errors == [GapCode.TIME_CUT_OFF_REACHED] * MAX_STRIKES + [GapCode.UNREACHABLE] * (100 - MAX_STRIKES)


@pytest.mark.parametrize(
    "answer",
    [
        (DATA, string(b"")),
        (DATA, string(b"x" * 400_000)),
        (NAME, b"\0"),
        (HANDLE, string(b"h")),
        (DATA, b"\xff\xff\xff\xff"),
    ],
)
def test_answers_that_are_no_sftp_end_the_file_alone(
    scanner: SshScanner, vendor: Vendor, answer: tuple[int, bytes]
) -> None:
    items = found(scanner)
    vendor.reactions[READ] = lambda subject, *_: answer if subject == b"/v/a.txt" else None
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert error.value.code == GapCode.SERVER_MISBEHAVED
    assert read(scanner, items[1]) == b"bbbbb"


def test_a_gigantic_packet_is_not_waited_for(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)
    vendor.reactions[READ] = lambda subject, *_: (DATA, string(b"y" * (2 << 20))) if subject == b"/v/a.txt" else None
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert error.value.code == GapCode.SERVER_MISBEHAVED


def test_a_folder_within_itself_ends(scanner: SshScanner, vendor: Vendor) -> None:
    listed: set[bytes] = set()

    def again(handle: bytes, *_: object) -> tuple[int, bytes]:
        if handle in listed:
            listed.discard(handle)
            return status(1)
        listed.add(handle)
        return names((b"loop", FOLDER, 0), (b"a.txt", FILE, 5))

    vendor.reactions[OPENDIR] = lambda path, *_: (HANDLE, string(path))
    vendor.reactions[READDIR] = again
    items = found(scanner)
    assert codes(items) == [GapCode.SERVER_MISBEHAVED]
    assert len(paths(items)) < 20


def test_folders_without_end_end(scanner: SshScanner, vendor: Vendor) -> None:
    listed: set[bytes] = set()

    def deeper(handle: bytes, *_: object) -> tuple[int, bytes]:
        if handle in listed:
            return status(1)
        listed.add(handle)
        return names((b"d%d" % len(handle), FOLDER, 0))

    vendor.reactions[OPENDIR] = lambda path, *_: (HANDLE, string(path))
    vendor.reactions[READDIR] = deeper
    items = found(scanner)
    assert codes(items) == [GapCode.SERVER_MISBEHAVED]


def test_a_server_that_says_nothing_of_modes_is_asked(scanner: SshScanner, vendor: Vendor) -> None:
    vendor.tree[b"/v"] = [(b"a.txt", None, 0), (b"sub", None, 0)]
    vendor.tree[b"/v/sub"] = [(b"c.txt", None, 0)]
    vendor.content[b"/v/sub/c.txt"] = b"c"
    items = found(scanner)
    assert paths(items) == ["/v/a.txt", "/v/sub/c.txt"]
    assert [read(scanner, item) for item in items] == [b"aaaaa", b"c"]


def test_a_file_that_became_a_fifo_is_not_read(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)
    vendor.reactions[FSTAT] = lambda *_: (ATTRS, attributes(0o010644, 5))
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert error.value.code == GapCode.SPECIAL_FILE


def test_short_answers_are_put_together(scanner: SshScanner, vendor: Vendor) -> None:
    content = bytes(range(256)) * 1000
    vendor.tree[b"/v"] = [(b"a.txt", FILE, len(content))]
    vendor.content[b"/v/a.txt"] = content

    def stingy(_handle: bytes, offset: int, count: int) -> tuple[int, bytes]:
        data = content[offset : offset + min(count, 1 + offset % 3000)]
        return (DATA, string(data)) if data else status(1)

    vendor.reactions[READ] = stingy
    [item] = found(scanner)
    assert read(scanner, item) == content


def test_a_file_that_grows_is_read_to_its_new_end(scanner: SshScanner, vendor: Vendor) -> None:
    items = found(scanner)
    vendor.content[b"/v/a.txt"] = b"a" * 100_000
    vendor.reactions[FSTAT] = lambda *_: (ATTRS, attributes(FILE, 5))
    assert read(scanner, items[0]) == b"a" * 100_000


def test_the_vendors_words_stay_out_of_errors(
    scanner: SshScanner, vendor: Vendor, capfd: pytest.CaptureFixture[str]
) -> None:
    items = found(scanner)
    vendor.reactions[OPEN] = lambda *_: status(4)
    with pytest.raises(ReadError) as error:
        read(scanner, items[0])
    assert "vendor" not in str(error.value)
    assert "\x1b" not in str(error.value)
    assert capfd.readouterr() == ("", "")


def test_the_server_stops_listing_half_way(scanner: SshScanner, vendor: Vendor) -> None:
    asked = iter([names((b"a.txt", FILE, 5))])
    vendor.reactions[READDIR] = lambda *_: next(asked, status(3))
    items = found(scanner)
    assert paths(items) == ["/v/a.txt"]
    assert codes(items) == [GapCode.PERMISSION_DENIED]


def test_a_lost_server_leaves_a_gap_for_what_was_not_seen(vendor: Vendor, tmp_path: Path) -> None:
    vendor.tree[b"/v"].append((b"sub", FOLDER, 0))
    vendor.tree[b"/v/sub"] = [(b"c.txt", FILE, 1)]

    def gone(subject: bytes, *_: object) -> None:
        if subject == b"/v/sub":
            raise HangUp

    vendor.reactions[OPENDIR] = gone
    with hostile(vendor, tmp_path, timeout=3) as target:
        scanner = SshScanner(target)
        items = found(scanner)
        scanner.close()
    assert paths(items) == ["/v/a.txt", "/v/b.txt"]
    assert [(item.path, item.code) for item in items if isinstance(item, Gap)] == [("/v/sub", GapCode.UNREACHABLE)]
