"""The rows of the long tables: a Thai and a Korean customer file, made up from numbers and a seed, a chunk at a time."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

AT_ONCE: Final = 200_000
_PLACEHOLDERS: Final = ["1970-01-01", "1990-01-01", "2000-01-01"]
"""Days that nobody is taken to be born on (rules/recognizers/general/birth-date.yaml): planted, and no finding."""

_THAI_TITLES: Final = ["นาย", "นาง", "นางสาว"]
_THAI_SYLLABLES: Final = (
    "สม ชาย กิต ติ ณัฐ พล อร ทัย วรัญ ญา พิมพ์ ชนก ธน กร สุ ดา รัตน์ ปิ ยะ มา นะ จันทร์ เพ็ญ ศิ ริ พร อนุ ชา วิ ภา ชล ธิ".split()
)
_THAI_PLACES: Final = 7_255
"""Sub-districts of Thailand: an address ends in one of so many ways."""
_THAI_PROVINCES: Final = (
    "ขอนแก่น เชียงใหม่ สงขลา ตาก น่าน แพร่ เลย ตรัง ยะลา ชลบุรี ระยอง ลำปาง พะเยา นครปฐม สุรินทร์ อุดรธานี".split()
)
_KR_FAMILY: Final = list("김이박최정강조윤장임")
_KR_GIVEN: Final = "은하 강물 한별 서연 도윤 하준 지우 서준 민서 예린 현우 수아 지호 다은 태윤 가온".split()
_KR_NICK: Final = "달빛여우 푸른곰 새벽별 졸린고래 은하수 강바람 심심한문어 별똥별 나무늘보 고래밥".split()
_KR_ROADS: Final = [
    "서울특별시 강남구 테헤란로 ",
    "부산광역시 해운대구 센텀로 ",
    "대전광역시 유성구 대학로 ",
    "경기도 성남시 분당구 판교로 ",
]

Chunk = dict[str, pa.Array]


def thai(first: int, rows: int, chance: np.random.Generator) -> Chunk:
    """Name with title, national id, birth date (Buddhist), address, phone: the columns of the 55-million leak."""
    numbers = np.arange(first, first + rows, dtype=np.int64)
    digits = np.empty((rows, 13), np.int64)
    body = 110_000_000_000 + numbers * 7_919 % 700_000_000_000
    for at in range(12):
        digits[:, at] = body // 10 ** (11 - at) % 10
    digits[:, 12] = (11 - (digits[:, :12] * np.arange(13, 1, -1)).sum(axis=1) % 11) % 10
    ids = pa.array((digits[:, :13] * 10 ** np.arange(12, -1, -1)).sum(axis=1)).cast(pa.string())
    given, family = _thai_words(chance, 4_096, 2), _thai_words(chance, 65_536, 2)
    name = _joined(
        [
            _pick(_THAI_TITLES, chance, rows),
            _pick(given, chance, rows),
            _same(" ", rows),
            _pick(family, chance, rows),
        ]
    )
    born = _joined(
        [
            _number(chance.integers(1, 29, rows), 2),
            _same("/", rows),
            _number(chance.integers(1, 13, rows), 2),
            _same("/", rows),
            _number(chance.integers(2480, 2550, rows), 4),
        ]
    )
    house = _joined(
        [
            _number(chance.integers(1, 999, rows), 1),
            _same("/", rows),
            _number(chance.integers(1, 99, rows), 1),
            _same(" ", rows),
            _pick(_thai_places(), chance, rows),
        ]
    )
    phone = _joined([_same("08", rows), _number(numbers % 100_000_000, 8)])
    return {"ชื่อ-นามสกุล": name, "citizen_id": ids, "วันเกิด": born, "ที่อยู่": house, "phone": phone}


def korean(first: int, rows: int, chance: np.random.Generator) -> Chunk:
    """Number, name, nickname, CI, mobile, e-mail, birth date, address."""
    numbers = np.arange(first, first + rows, dtype=np.int64)
    alphabet = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", np.uint8)
    letters = np.empty((rows, 88), np.uint8)
    letters[:, :85] = alphabet[chance.integers(0, 64, (rows, 85))]
    letters[:, 85] = np.frombuffer(b"AQgw", np.uint8)[chance.integers(0, 4, rows)]
    letters[:, 86:] = ord("=")
    ci = pa.Array.from_buffers(
        pa.string(), rows, [None, pa.py_buffer(np.arange(0, 88 * rows + 1, 88, dtype=np.int32)), pa.py_buffer(letters)]
    )
    text = pc.cast(pa.array(numbers), pa.string())
    mobile = _joined(
        [
            _same("010-", rows),
            _number(2000 + numbers // 10_000 % 8000, 4),
            _same("-", rows),
            _number(numbers % 10_000, 4),
        ]
    )
    born = _joined(
        [
            _number(chance.integers(1950, 2006, rows), 4),
            _same("-", rows),
            _number(chance.integers(1, 13, rows), 2),
            _same("-", rows),
            _number(chance.integers(1, 29, rows), 2),
        ]
    )
    return {
        "mbr_no": text, "mbr_nm": _joined([_pick(_KR_FAMILY, chance, rows), _pick(_KR_GIVEN, chance, rows)]),
        "nick_nm": _pick(_KR_NICK, chance, rows), "ci": ci, "mbl_telno": mobile,
        "email": _joined([_same("user", rows), text, _same("@mailhost-nowhere.kr", rows)]), "brth_ymd": born,
        "addr": _joined([_pick(_KR_ROADS, chance, rows), _number(chance.integers(1, 400, rows), 1)]),
    }  # fmt: skip


def _thai_words(chance: np.random.Generator, count: int, syllables: int) -> list[str]:
    return ["".join(word) for word in chance.choice(_THAI_SYLLABLES, (count, syllables))]


@lru_cache(maxsize=1)
def _thai_places() -> list[str]:
    chance = np.random.default_rng(5)
    names = [_thai_words(chance, _THAI_PLACES, 1), _thai_words(chance, _THAI_PLACES, 2)]
    provinces = chance.choice(_THAI_PROVINCES, _THAI_PLACES)
    codes = chance.integers(1_000, 9_700, _THAI_PLACES) * 10
    return [
        f"ต.{sub} อ.{district} จ.{province} {code}"
        for sub, district, province, code in zip(*names, provinces, codes, strict=True)
    ]


def _pick(words: list[str], chance: np.random.Generator, rows: int) -> pa.Array:
    return pa.array(words).take(pa.array(chance.integers(0, len(words), rows)))


def _number(values: np.ndarray, width: int) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pa.array(values), pa.string()), width=width, padding="0")


def _same(word: str, rows: int) -> pa.Array:
    return pa.array([word]).take(pa.array(np.zeros(rows, np.int64)))


def _joined(parts: list[pa.Array]) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


MADE: Final[dict[str, Callable[[int, int, np.random.Generator], Chunk]]] = {"thai": thai, "korean": korean}


def chunks(name: str, rows: int) -> Iterator[pa.Table]:
    """The first `rows` rows of a table, the same ones every time."""
    chance = np.random.default_rng(11)
    for first in range(0, rows, AT_ONCE):
        yield pa.table(MADE[name](first, min(AT_ONCE, rows - first), chance))


def planted(name: str, rows: int) -> dict[str, int]:
    """How many values of each entity `chunks` plants, but for the Thai phones: too many of them look made up."""
    if name == "thai":
        return dict.fromkeys(("PERSON", "TH_TNIN", "DATE_OF_BIRTH", "ADDRESS"), rows)
    truth = dict.fromkeys(("PERSON", "NICKNAME", "KR_CI", "PHONE_NUMBER", "EMAIL_ADDRESS", "ADDRESS"), rows)
    nobodys = pa.array(_PLACEHOLDERS)
    days = (pc.sum(pc.is_in(chunk["brth_ymd"], value_set=nobodys)).as_py() for chunk in chunks(name, rows))
    return truth | {"DATE_OF_BIRTH": rows - sum(days)}
