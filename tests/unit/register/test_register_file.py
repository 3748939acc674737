"""The register file: who is in it is found, who is not is not, and a changed byte is refused (docs/register.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import shutil
import stat
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC
from registers import KEY, ci, customers, make, opened, phone, print_of

from auditor.errors import InputError
from auditor.register.layout import BLOCK, MOST_SHARING
from auditor.register.reader import Register, read_index

REPO = Path(__file__).parents[3]


def test_every_customer_is_found_with_their_reference_and_no_stranger_is(tmp_path: Path) -> None:
    rows = customers(3000)
    built = make(tmp_path, rows)
    assert built.index.customers == 3000
    with opened(tmp_path) as register:
        assert register.entities == ("KR_CI", "PHONE_NUMBER")
        for entity, value in (("KR_CI", ci), ("PHONE_NUMBER", phone)):
            asked = [print_of(entity, value(n)) for n in range(3000)]
            assert list(register.find(entity, asked)) == [(n,) for n in range(3000)]
            assert set(register.find(entity, [print_of(entity, value(n)) for n in range(3000, 6000)])) == {None}
        assert list(register.references(range(3000))) == [row[0] for row in rows]


def test_a_value_is_found_under_its_own_entity_alone(tmp_path: Path) -> None:
    make(tmp_path, customers(10))
    with opened(tmp_path) as register:
        assert register.holds("KR_CI", print_of("KR_CI", ci(1)))
        assert not register.holds("KR_DI", print_of("KR_CI", ci(1)))
        assert not register.holds("PHONE_NUMBER", print_of("KR_CI", ci(1)))
        with pytest.raises(KeyError):
            list(register.find("KR_DI", [bytes(16)]))


@pytest.mark.parametrize("place", range(12))
def test_all_twelve_bytes_of_a_fingerprint_count(tmp_path: Path, place: int) -> None:
    make(tmp_path, customers(50))
    like = bytearray(print_of("KR_CI", ci(20)))
    like[place] ^= 1
    with opened(tmp_path) as register:
        assert not register.holds("KR_CI", bytes(like))


def test_many_at_once_are_answered_as_one_by_one(tmp_path: Path) -> None:
    """By whole fingerprints and by keys; values of a family, of too many, of nobody; the same upper half twice."""
    rows = [(f"C{n}", ci(n), phone(7 if n < 3 else 9000 if n < 200 else n)) for n in range(600)]
    make(tmp_path, rows)
    with opened(tmp_path) as register:
        for entity, values in (
            ("KR_CI", [ci(n) for n in range(0, 1200, 7)]),
            ("PHONE_NUMBER", [phone(n) for n in (7, 9000, 250, 9001, 0, 599)]),
        ):
            made = [print_of(entity, value) for value in values]
            made += [one[:8] + bytes(8) for one in made]  # an accident in the upper half is no match for a whole one
            single = list(register.find(entity, made))
            array = np.frombuffer(b"".join(made), dtype=np.uint8).reshape(-1, 16)
            assert register.holds_many(entity, array).tolist() == [holders is not None for holders in single]
            keys = array[: len(values), :8].copy().view(">u8").reshape(-1).astype(np.uint64)
            assert register.holds_keys(entity, keys).tolist() == [
                holders is not None for holders in single[: len(values)]
            ]
            places, holders = register.customers_of_keys(entity, keys)
            pairs = [
                (at, customer) for at, customers in enumerate(single[: len(values)]) for customer in customers or ()
            ]
            assert sorted(zip(places.tolist(), holders.tolist(), strict=True)) == pairs
            assert not len(register.customers_of_keys(entity, keys[:0])[0])
        assert not register.holds_many("KR_DI", array).any()


def test_two_values_that_share_the_upper_half_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accident of 2⁻⁶⁴, made here: only whole fingerprints tell them apart."""

    def like(_key: bytes, _entity: str, values: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        made = np.zeros((len(values), 16), dtype=np.uint8)
        made[:, 11] = [int(value[-1]) for value in values]
        return made

    monkeypatch.setattr("auditor.register.build.fingerprints_of", like)
    make(tmp_path, [(phone(n),) for n in (1, 3, 5)], header=("hp",), maps=("phone=hp",))
    asked = like(b"", "", list("012345"))
    with opened(tmp_path) as register:
        assert register.holds_many("PHONE_NUMBER", asked).tolist() == [False, True, False, True, False, True]
        assert list(register.find("PHONE_NUMBER", [row.tobytes() for row in asked[3:]])) == [(1,), None, (2,)]
        places, holders = register.customers_of_keys("PHONE_NUMBER", np.zeros(1, dtype=np.uint64))
        assert (places.tolist(), holders.tolist()) == ([0, 0, 0], [0, 1, 2])


def test_references_of_several_blocks_of_different_width(tmp_path: Path) -> None:
    number = BLOCK + 3
    rows = [(f"고객-{n}" if n % 7 else f"C{n}" + "x" * 40 * (n > BLOCK), ci(n % 50)) for n in range(number)]
    make(tmp_path, rows, header=("no", "ci"), maps=("ci=ci", "reference=no"))
    asked = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, number - 1]
    with opened(tmp_path) as register:
        assert list(register.references(asked)) == [rows[n][0] for n in asked]


def test_without_a_reference_the_row_number_is_one(tmp_path: Path) -> None:
    make(tmp_path, customers(5), maps=("ci=연계정보",))
    with opened(tmp_path) as register:
        (holders,) = register.find("KR_CI", [print_of("KR_CI", ci(3))])
        assert holders == (3,)
        assert list(register.references(holders)) == ["4"]


def test_a_family_shares_a_number_and_a_placeholder_is_nobodys(tmp_path: Path) -> None:
    family, placeholder, number = phone(700), "010-0000-0000", 100_000
    rows = [(f"C{n:06}", family if n in (5, 70_000, 99_999) else placeholder if n % 2 else phone(1000 + n)) for n in range(number)]  # fmt: skip
    built = make(tmp_path, rows, header=("no", "hp"), maps=("phone=hp", "reference=no"))
    (section,) = built.index.sections
    assert section.shared == 1
    assert section.records == section.values - 1 + 3  # the family's three, and one for the placeholder
    with opened(tmp_path) as register:
        asked = [print_of("PHONE_NUMBER", value) for value in (family, placeholder)]
        assert list(register.find("PHONE_NUMBER", asked)) == [(5, 70_000, 99_999), ()]
        assert register.holds("PHONE_NUMBER", asked[1])


@pytest.mark.parametrize(("sharing", "pointing"), [(MOST_SHARING, MOST_SHARING), (MOST_SHARING + 1, 0)])
def test_where_sharing_ends(tmp_path: Path, sharing: int, pointing: int) -> None:
    make(tmp_path, [(str(n), ci(1), phone(1)) for n in range(sharing)])
    with opened(tmp_path) as register:
        (holders,) = register.find("KR_CI", [print_of("KR_CI", ci(1))])
    assert holders is not None
    assert len(holders) == pointing


def test_two_columns_of_one_kind_and_empty_cells(tmp_path: Path) -> None:
    rows = [(phone(1), phone(1)), (phone(2), ""), ("", phone(3)), (" - ", "")]
    built = make(tmp_path, rows, header=("hp", "집"), maps=("phone=hp", "phone=집"))
    assert built.empty == {"PHONE_NUMBER": 4}
    with opened(tmp_path) as register:
        asked = [print_of("PHONE_NUMBER", phone(n)) for n in (1, 2, 3)]
        assert list(register.find("PHONE_NUMBER", asked)) == [(0,), (1,), (2,)]


def test_nothing_of_a_customer_stands_in_the_file(tmp_path: Path) -> None:
    rows = customers(200)
    make(tmp_path, rows)
    content = (tmp_path / "register.bin").read_bytes()
    for row in rows:
        for value in (*row, row[2].replace("-", ""), row[0].removeprefix("BANK-"), row[1][:20]):
            assert value.encode() not in content
            assert value.encode("utf-16-le") not in content
    assert KEY not in content
    assert stat.S_IMODE((tmp_path / "register.bin").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["customers.csv", "register.bin"]


def test_two_registers_of_the_same_customers_share_no_ciphertext(tmp_path: Path) -> None:
    contents = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        make(tmp_path / name, customers(100))
        contents.append((tmp_path / name / "register.bin").read_bytes()[64 : 64 + 1200])
    assert contents[0] != contents[1]
    assert sum(a == b for a, b in zip(*contents, strict=True)) < 50


def test_another_key_is_refused_by_its_id(tmp_path: Path) -> None:
    make(tmp_path, customers(3))
    with pytest.raises(InputError, match="built with another key") as caught:
        opened(tmp_path, KEY[::-1])
    assert KEY.decode() not in str(caught.value)


def test_every_changed_byte_is_refused(tmp_path: Path) -> None:
    make(tmp_path, customers(4))
    file = tmp_path / "register.bin"
    good = file.read_bytes()
    for place in range(len(good)):
        file.write_bytes(good[:place] + bytes((good[place] ^ 1,)) + good[place + 1 :])
        with pytest.raises(InputError):
            opened(tmp_path)
    file.write_bytes(good)
    opened(tmp_path).close()


@pytest.mark.parametrize("cut", [1, 16, 48, 100, 400])
def test_a_cut_or_lengthened_file_is_refused(tmp_path: Path, cut: int) -> None:
    make(tmp_path, customers(4))
    file = tmp_path / "register.bin"
    good = file.read_bytes()
    for bad in (good[:-cut], good + good[-cut:], good[: len(good) // 2] + good[len(good) // 2 + cut :]):
        file.write_bytes(bad)
        with pytest.raises(InputError, match="damaged"):
            opened(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "no register"), (b"PK\3\4" * 100, "no register"), (b"AUDREG\n" + bytes(100), "binary mode")],
)
def test_something_else_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "register.bin").write_bytes(content)
    with pytest.raises(InputError, match=said):
        opened(tmp_path)
    with pytest.raises(InputError, match=said):
        read_index(tmp_path / "register.bin")


def test_a_missing_register_and_one_of_a_later_format(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        opened(tmp_path)
    make(tmp_path, customers(1))
    file = tmp_path / "register.bin"
    file.write_bytes(file.read_bytes()[:8] + struct.pack("<I", 3) + file.read_bytes()[12:])
    with pytest.raises(InputError, match="format 3"):
        opened(tmp_path)


def test_a_register_of_the_first_format_is_refused_with_the_cure(tmp_path: Path) -> None:
    """Its fingerprints were made in another way: every customer would pass for a stranger."""
    make(tmp_path, customers(1))
    file = tmp_path / "register.bin"
    file.write_bytes(file.read_bytes()[:8] + struct.pack("<I", 1) + file.read_bytes()[12:])
    for read in (opened, lambda folder: read_index(folder / "register.bin")):
        with pytest.raises(InputError, match="format 1, this version reads 2\n.*build it anew"):
            read(tmp_path)


def test_info_needs_no_key_and_says_nothing_is_checked(tmp_path: Path) -> None:
    built = make(tmp_path, customers(12))
    index, key_id, size = read_index(tmp_path / "register.bin")
    assert (index, key_id, size) == (built.index, built.key_id, built.size)


def test_only_a_register_is_replaced_and_a_failure_leaves_the_old_one(tmp_path: Path) -> None:
    make(tmp_path, customers(5))
    before = (tmp_path / "register.bin").read_bytes()
    for bad in ([("1", ci(1), phone(1)), ("", ci(2), phone(2))], [("1", ci(1))], []):
        with pytest.raises(InputError):
            make(tmp_path, bad)
        assert (tmp_path / "register.bin").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["customers.csv", "register.bin"]
    make(tmp_path, customers(6))
    with opened(tmp_path) as register:
        assert register.customers == 6
    shutil.copy(tmp_path / "customers.csv", tmp_path / "register.bin")
    with pytest.raises(InputError, match="no register"):
        make(tmp_path, customers(7))
    assert (tmp_path / "register.bin").read_text("utf-8").startswith("고객번호")


@pytest.mark.parametrize(
    ("reference", "said"),
    [("", "reference is empty"), ("비밀" * 20, "64 are the most"), ("비밀\u202e", "invisible")],
)
def test_bad_references_are_refused_by_their_line_alone(tmp_path: Path, reference: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        make(tmp_path, [("1", ci(1), phone(1)), (reference, ci(2), phone(2))])
    assert caught.value.problems[0].line == 3
    assert "비밀" not in str(caught.value)


@pytest.mark.parametrize("wrong", [phone, lambda n: hashlib.sha256(ci(n).encode()).hexdigest()])
def test_a_column_of_something_else_is_refused(tmp_path: Path, wrong) -> None:  # type: ignore[no-untyped-def]
    """Hashed CIs would never match, and every customer would pass for a stranger."""
    rows = [(f"C{n}", wrong(n), phone(n)) for n in range(1200)]
    with pytest.raises(InputError, match="only 0 of the first 1,000 values of column 2 look like KR_CI"):
        make(tmp_path, rows)
    assert make(tmp_path, rows, any_shape=True).index.customers == 1200


def test_phone_numbers_of_a_spreadsheet_are_not_something_else(tmp_path: Path) -> None:
    make(tmp_path, [(phone(n).replace("-", "")[1:],) for n in range(20)], header=("hp",), maps=("phone=hp",))
    with opened(tmp_path) as register:
        assert register.holds("PHONE_NUMBER", print_of("PHONE_NUMBER", phone(7)))


def test_the_file_is_what_the_page_says(tmp_path: Path) -> None:
    """docs/register.md with nothing but the standard library and AES."""

    def hkdf(purpose: bytes) -> bytes:
        prk = hmac.digest(salt, KEY, "sha256")
        return hmac.digest(prk, b"auditor register 2 " + purpose + b"\1", "sha256")

    make(tmp_path, customers(40))
    data = (tmp_path / "register.bin").read_bytes()
    magic, version, _, key_id, salt, _ = struct.unpack("<8sII8s32s8s", data[:64])
    assert (magic, version) == (b"AUDREG\r\n", 2)
    assert key_id == hmac.digest(KEY, b"auditor key id", "sha256")[:8]
    start, length, seal = struct.unpack("<QQ32s", data[-48:])
    assert seal == hmac.digest(hkdf(b"seal"), data[:-32], "sha256")
    index = json.loads(data[start : start + length])
    section = index["sections"][0]
    at, n = section["offset"], section["records"]
    assert (section["entity"], n, at % 8) == ("KR_CI", 40, 0)
    upper = struct.unpack_from(f"<{n}Q", data, at)
    lower = struct.unpack_from(f"<{n}I", data, at + 8 * n)
    holder = struct.unpack_from(f"<{n}I", data, at + 12 * n)
    assert list(upper) == sorted(upper)
    mac = CMAC(algorithms.AES(hmac.digest(KEY, b"auditor fingerprint\0KR_CI", "sha256")))
    mac.update(ci(17).encode())
    made = mac.finalize()
    place = upper.index(int.from_bytes(made[:8], "big"))
    assert lower[place] == int.from_bytes(made[8:12], "big")
    assert holder[place] == 17
    offset, width = index["references"]["blocks"][0]
    stream = Cipher(algorithms.AES(hkdf(b"references")), modes.CTR((0).to_bytes(8, "big") + bytes(8))).encryptor()
    slots = stream.update(data[offset : offset + width * 40])
    slot = slots[17 * width : 18 * width]
    assert slot[1 : 1 + slot[0]] == b"BANK-000017"


def test_memory_does_not_grow_with_the_customers(tmp_path: Path) -> None:
    """Peak memory of a build and of look-ups, each in a process of its own that may not have more than 1 GB of addresses."""
    script = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from pathlib import Path
from auditor.register.build import build
from auditor.register.mapping import Kind, parse
from auditor.register import sections
from auditor.register.reader import Register
sections._BATCH = 1 << 17  # so that fewer customers make several batches
number, out = int(sys.argv[1]), Path(sys.argv[2])
class Source:
    name, header = "made", ["no", "di"]
    def __iter__(self):
        return ((n + 2, [f"C{n:09}", f"{n:064x}"]) for n in range(number))
kinds = {"KR_DI": Kind(form="exact", identifies=True)}
build(Source(), parse(["di=di", "reference=no"], kinds), kinds, b"k" * 32, out)
with Register(out, b"k" * 32) as register:
    assert register.customers == number
status = Path("/proc/self/status")  # ru_maxrss would count the process this one was forked from
peak = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
print(peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = []
    for number in (200_000, 600_000):
        words = [sys.executable, "-c", script, str(number), str(tmp_path / "r.bin")]
        done = subprocess.run(words, capture_output=True, text=True, cwd=REPO, check=False)
        assert done.returncode == 0, done.stderr
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] < 150
    assert peaks[1] < peaks[0] + 10


def test_any_order_of_asking_gives_the_same_answers(tmp_path: Path) -> None:
    make(tmp_path, customers(500))
    order = list(range(1000))
    random.Random(4).shuffle(order)
    with opened(tmp_path) as register:
        answers = list(register.find("KR_CI", [print_of("KR_CI", ci(n)) for n in order]))
        assert answers == [(n,) if n < 500 else None for n in order]
        assert list(register.find("KR_CI", [])) == []


def test_a_register_outlives_being_replaced(tmp_path: Path) -> None:
    """An audit of hours keeps the register it opened."""
    make(tmp_path, customers(5))
    with opened(tmp_path) as register:
        make(tmp_path, [(f"N{n}", ci(n + 900), phone(n + 900)) for n in range(5)])
        assert register.holds("KR_CI", print_of("KR_CI", ci(2)))
    assert not Register(tmp_path / "register.bin", KEY).holds("KR_CI", print_of("KR_CI", ci(2)))
