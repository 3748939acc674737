"""docs/fingerprints.md, recomputed with `openssl` and the standard library."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.fingerprint import (
    entity_key,
    fingerprint,
    fingerprinter,
    fingerprints,
    fingerprints_of,
    key_id,
    normalize,
    read_key,
)

KEY = b"0123456789abcdef0123456789abcdef"


def synthetic_ci(seed: int) -> str:
    return base64.b64encode(random.Random(seed).randbytes(64)).decode()


def openssl(entity: str, value: bytes) -> str:
    """The page's own commands."""
    entity_key = hmac.new(KEY, b"auditor fingerprint\x00" + entity.encode(), hashlib.sha256).hexdigest()
    words = ["openssl", "mac", "-cipher", "AES-256-CBC", "-macopt", f"hexkey:{entity_key}", "CMAC"]
    return subprocess.run(words, input=value, capture_output=True, check=True).stdout.decode().strip().lower()


@pytest.mark.parametrize(
    ("entity", "form", "value"),
    [
        ("KR_CI", "base64", synthetic_ci(1)),
        ("PHONE_NUMBER", "phone", "010-1234-5678"),
        ("PERSON", "text", "홍  길동"),
        ("EMAIL_ADDRESS", "email", "sixteen@bank.kr0"),
    ],
)
def test_it_is_what_the_page_says_in_openssl(entity: str, form: str, value: str) -> None:
    normal = normalize(form, value)  # type: ignore[arg-type]
    assert fingerprint(KEY, entity, normal).hex() == openssl(entity, normal.encode())


def test_the_page_has_an_example_that_holds() -> None:
    """The worked example of docs/fingerprints.md: key, entity, value, both digests."""
    page = (Path(__file__).parents[2] / "docs/fingerprints.md").read_text("utf-8")
    key = b"0123456789abcdef0123456789abcdef"
    assert entity_key(key, "PHONE_NUMBER").hex() in page
    assert fingerprint(key, "PHONE_NUMBER", "+821012345678").hex() in page


@pytest.mark.parametrize(
    ("message", "mac"),
    [
        ("", "028962f61b7bf89efc6b551f4667d983"),
        ("6bc1bee22e409f96e93d7e117393172a", "28a7023f452e8f82bd4bf28d8c37c35c"),
        ("6bc1bee22e409f96e93d7e117393172aae2d8a57", "156727dc0878944a023c1fe03bad6d93"),
        (
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
            "e1992190549f6ed5696a2c056c315410",
        ),
    ],
)
def test_many_at_once_give_nists_own_examples(message: str, mac: str) -> None:
    """AES256 of NIST's CMAC examples (SP 800-38B)."""
    from auditor.cmac import ManyMacs

    key = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    assert ManyMacs(key).of_messages([bytes.fromhex(message)])[0].tobytes().hex() == mac


LENGTHS = st.sampled_from([0, 1, 14, 15, 16, 17, 31, 32, 33, 63, 64, 65, 88, 255, 256, 257, 4095, 4096, 4097, 10_000])
VALUES = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.builds(lambda length, seed: random.Random(seed).randbytes(length).hex()[:length], LENGTHS, st.integers()),
    st.builds(lambda n: "가" * n, st.integers(0, 12)),
)


@settings(deadline=None)
@given(st.lists(VALUES, max_size=60), st.booleans(), st.integers(0, 5), st.integers(0, 5), st.integers(1, 9))
def test_a_column_at_once_equals_one_by_one(
    values: list[str | None], large: bool, front: int, back: int, rows: int
) -> None:
    from auditor import cmac

    array = pa.array(values, type=pa.large_string() if large else pa.string())
    array = array.slice(front, max(0, len(array) - front - back))
    made = fingerprinter(KEY, "KR_CI")
    expected = [made(value) if value is not None else bytes(16) for value in array.to_pylist()]
    before, cmac.ROWS = cmac.ROWS, rows  # several pieces even of a short array
    try:
        found = fingerprints(KEY, "KR_CI", array)
    finally:
        cmac.ROWS = before
    assert found.shape == (len(array), 16)
    assert [row.tobytes() for row in found] == expected


@given(st.lists(st.text(), max_size=40))
def test_many_strings_at_once_equal_one_by_one(values: list[str]) -> None:
    """Half a surrogate pair included, which Python's JSON reader lets through."""
    made = fingerprints_of(KEY, "PERSON", values)
    assert [row.tobytes() for row in made] == [fingerprint(KEY, "PERSON", value) for value in values]


def test_a_long_column_at_once() -> None:
    values = [f"{n}" * (n % 11) for n in range(70_000)]
    found = fingerprints(KEY, "PERSON", pa.array(values))
    made = fingerprinter(KEY, "PERSON")
    assert [row.tobytes() for row in found[::97]] == [made(value) for value in values[::97]]
    assert found[-1].tobytes() == made(values[-1])


def test_only_a_column_of_strings_is_taken() -> None:
    with pytest.raises(TypeError, match="not of int64"):
        fingerprints(KEY, "PERSON", pa.array([1, 2]))


def test_the_module_alone_imports_nothing_heavy() -> None:
    """A gate that finds nothing makes no fingerprint."""
    script = "import sys, auditor.fingerprint, auditor.store.sqlite; print({'numpy', 'pyarrow', 'cryptography'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )


@given(st.binary(min_size=64, max_size=64))
def test_a_ci_has_one_normal_form_however_it_is_written(raw: bytes) -> None:
    value = base64.b64encode(raw).decode()
    forms = [
        value,
        quote(value, safe=""),
        quote(value, safe="").lower() if value.islower() else quote(value, safe=""),
        value.replace("/", "\\/"),
        value.rstrip("="),
        base64.urlsafe_b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        f"  {value}\n",
    ]
    assert {normalize("base64", form) for form in forms} == {value}


@pytest.mark.parametrize(
    ("form", "values", "normal"),
    [
        ("digits", ["900101-1234567", "９００１０１－１２３４５６７", "900101 1234567", "900101–1234567"], "9001011234567"),
        ("phone", ["010-1234-5678", "01012345678", "+82 10-1234-5678", "+82 010 1234 5678", "1012345678", "0082 10 1234 5678", "(+82) 10 1234 5678"], "+821012345678"),
        ("phone", ["081-234-5678", "+66 81 234 5678"], "+66812345678"),
        ("phone", ["138 0013 8000", "+86 13800138000", "0086-138-0013-8000"], "+8613800138000"),
        ("phone", ["02-123-4567", "+82 2 123 4567"], "+8221234567"),
        ("email", ["Hong@Bank.Test", " hong@bank.test "], "hong@bank.test"),
        ("date", ["1990-01-02", "1990.1.2", "19900102", "02/01/1990", "1990년 1월 2일", "๒/๑/๒๕๓๓", "2533-01-02"], "19900102"),
        ("date", ["900102"], "900102"),
        ("text", ["홍  길동 ", "홍 길동"], "홍 길동"),
        ("alphanumeric", ["m-12 345678", "M12345678"], "M12345678"),
        ("exact", [" aB "], "aB"),
    ],
)  # fmt: skip
def test_normal_forms(form: str, values: list[str], normal: str) -> None:
    assert {normalize(form, value) for value in values} == {normal}  # type: ignore[arg-type]


def test_entities_and_keys_keep_values_apart() -> None:
    value = normalize("digits", "9001011234567")
    made = {
        fingerprint(KEY, "KR_RRN", value),
        fingerprint(KEY, "KR_FRN", value),
        fingerprint(KEY[::-1], "KR_RRN", value),
    }
    assert len(made) == 3


def test_a_key_is_its_files_bytes_without_a_line_end(tmp_path: Path) -> None:
    file = tmp_path / "key"
    for written in (KEY, KEY + b"\n", KEY + b"\r\n"):
        file.write_bytes(written)
        assert read_key(file) == KEY


@pytest.mark.parametrize("content", [b"", b"short", b"fifteen bytes..\n"])
def test_a_key_too_short_is_refused_with_the_cure(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(content)
    with pytest.raises(InputError, match="head -c 32"):
        read_key(file)


def test_a_missing_key_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file.*\n.*head -c 32"):
        read_key(tmp_path / "none")


def test_the_key_id_tells_keys_apart_and_is_not_the_key() -> None:
    assert key_id(KEY) != key_id(KEY[::-1])
    assert len(key_id(KEY)) == 16
    assert key_id(KEY) not in KEY.hex()
