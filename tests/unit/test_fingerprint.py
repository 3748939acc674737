"""docs/fingerprints.md, recomputed with nothing but the standard library."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.fingerprint import fingerprint, key_id, normalize, read_key

KEY = b"0123456789abcdef0123456789abcdef"


def synthetic_ci(seed: int) -> str:
    return base64.b64encode(random.Random(seed).randbytes(64)).decode()


def test_it_is_the_hmac_the_page_says() -> None:
    value = synthetic_ci(1)
    expected = hmac.new(KEY, b"KR_CI\x00" + value.encode(), hashlib.sha256).digest()
    assert fingerprint(KEY, "KR_CI", normalize("base64", value)) == expected


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
