"""What a vectorised form says of a cell, the scalar path says too; and it says it of nearly all cells of a clean column."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pytest
from detecting import detector
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.detectors.columns import Column
from auditor.detectors.encodings import eip55
from auditor.detectors.fields import FieldClass
from auditor.detectors.folding import fold
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.scene import NO_FILE
from auditor.detectors.validators import VALIDATORS, Validity
from auditor.detectors.vector import Form, forms
from auditor.fingerprint import normalize
from auditor.model.rule import RecognizerRule

R = random.Random(20261122)
HEADERS = {
    "birth-date": "생년월일", "nickname": "nickname", "person": "성명", "kr-address": "주소", "th-address": "주소", "cn-address": "주소",
}  # fmt: skip
"""For rules that know values by their field's name: a header that names the rule strongly."""


@dataclass(frozen=True)
class Clean:
    """A clean column of a rule, and the least share of its cells that one form tells."""

    rule: str
    name: str
    make: Callable[[], str]
    share: float = 0.97


def _digits(count: int) -> str:
    return f"{R.randrange(10**count):0{count}d}"


def _checked(rule: str, make: Callable[[str], str], validity: Validity = Validity.VALID) -> Callable[[], str]:
    """A number with the last digit that the rule's validator accepts."""
    validator = VALIDATORS[str(detector().by_id[rule].rule.validator)]

    def made() -> str:
        while True:
            last = next((v for d in "0123456789X" if validator(v := make(d)) is validity), None)
            if last is not None:
                return last
            R.random()

    return made


def _registration(groups: str, dash: str = "") -> Callable[[str], str]:
    state: dict[str, str] = {}

    def make(last: str) -> str:
        if last == "0":  # a new number at each first try
            year = R.randint(1930, 2005)
            group = groups[0 if year < 2000 else 2] if R.random() < 0.5 else groups[1 if year < 2000 else 3]
            state["base"] = f"{year % 100:02d}{R.randint(1, 12):02d}{R.randint(1, 28):02d}{dash}{group}{_digits(5)}"
        return state["base"] + last

    return make


def _new(make: Callable[[], str]) -> Callable[[str], str]:
    state: dict[str, str] = {}

    def made(last: str) -> str:
        if last == "0":
            state["base"] = make()
        return state["base"] + last

    return made


def _dated(layout: str) -> Callable[[], str]:
    def make() -> str:
        year = R.randint(1935, 2012)
        return layout.format(y=year, b=year + 543, m=R.randint(1, 12), d=R.randint(2, 28))

    return make


def _grouped(make: Callable[[], str], sizes: tuple[int, ...], separator: str) -> Callable[[], str]:
    def made() -> str:
        digits, pieces = make(), []
        for size in sizes:
            pieces.append(digits[:size])
            digits = digits[size:]
        return separator.join(pieces)

    return made


_KR_GIVEN = "민서준지우하은도윤시현예진수아영호성재훈소연유나경동건희라온"
_KR_WORDS = ("푸른", "조용한", "배고픈", "달리는", "고래", "감자", "두루미", "여우", "구름", "별빛", "초록")
_LATIN_WORDS = ("mango", "river", "cloud", "luna", "byte", "koala", "pixel", "tiger", "maple")
_TH_LETTERS = "กขคงจชซญดตถทธนบปผพฟมยรลวศสหอ"
_TH_VOWELS = ("า", "ี", "ุ", "ำ", "่า", "้ำ", "ิ", "ุ่", "ู้", "์")


def _thai(least: int = 2, most: int = 4) -> str:
    return "".join(R.choice(_TH_LETTERS) + R.choice(_TH_VOWELS[:8]) for _ in range(R.randint(least, most)))


def _of(*choices: str) -> str:
    return R.choice(choices)


_card = _checked(
    "credit-card", _new(lambda: (p := _of("4", "51", "3528", "37")) + _digits((14 if p == "37" else 15) - len(p)))
)
_tnin = _checked("th-national-id", _new(lambda: str(R.randint(1, 8)) + _digits(11)))
_resident = _checked(
    "cn-resident-id", _new(lambda: _of("110101", "310115", "440305") + _dated("{y}{m:02d}{d:02d}")() + _digits(3))
)
CLEAN = (
    Clean("kr-ci", "standard", lambda: base64.b64encode(R.randbytes(64)).decode()),
    Clean("kr-di", "standard", lambda: base64.b64encode(base64.b64decode("MC0GCCqGSIb3DQIJAyEA") + R.randbytes(32)).decode()),
    Clean("kr-rrn", "dashed", _checked("kr-rrn", _registration("1234", "-"))),
    Clean("kr-rrn", "plain", _checked("kr-rrn", _registration("1234"))),
    Clean("kr-rrn", "random digits since 2020", _checked("kr-rrn", _registration("1234", "-"), Validity.DOUBTFUL)),
    Clean("kr-frn", "dashed", _checked("kr-frn", _registration("5678", "-"))),
    Clean("kr-frn", "plain", _checked("kr-frn", _registration("5678"))),
    Clean("th-national-id", "plain", _tnin),
    Clean("th-national-id", "1-4-5-2-1", _grouped(_tnin, (1, 4, 5, 2, 1), "-")),
    Clean("cn-resident-id", "18 characters", _resident),
    Clean("kr-phone", "dashed", lambda: f"010-{R.randint(2000, 9999)}-{_digits(4)}"),
    Clean("kr-phone", "plain", lambda: f"010{R.randint(2000, 9999)}{_digits(4)}"),
    Clean("kr-phone", "landline", lambda: f"02-{R.randint(200, 999)}-{_digits(4)}"),
    Clean("kr-phone", "international", lambda: f"+82-10-{R.randint(2000, 9999)}-{_digits(4)}"),
    Clean("kr-phone", "from a spreadsheet", lambda: f"10{R.randint(2000, 9999)}{_digits(4)}"),
    Clean("th-phone", "plain", lambda: f"0{_of('6', '8', '9')}{_digits(8)}"),
    Clean("th-phone", "dashed", lambda: f"08{_digits(1)}-{_digits(3)}-{_digits(4)}"),
    Clean("cn-phone", "plain", lambda: f"1{R.randint(3, 9)}{_digits(9)}"),
    Clean("email", "plain", lambda: f"{_of('kim', 'lee.park', 'Hong_')}{_digits(4)}@{_of('gmail.com', 'naver.com', 'madeup.co.kr')}"),
    Clean("credit-card", "plain, 16 and 15 digits", _card),
    Clean("credit-card", "in groups", lambda: c if len(c := _card()) == 15 else "-".join(c[i : i + 4] for i in (0, 4, 8, 12)), 0.7),
    Clean("birth-date", "ISO", _dated("{y}-{m:02d}-{d:02d}")),
    Clean("birth-date", "compact", _dated("{y}{m:02d}{d:02d}")),
    Clean("birth-date", "Buddhist, day first", _dated("{d:02d}/{m:02d}/{b}")),
    Clean("birth-date", "Buddhist, short", _dated("{d}/{m}/{b}")),
    Clean("birth-date", "dots", _dated("{y}.{m:02d}.{d:02d}")),
    Clean("birth-date", "with a time", _dated("{y}-{m:02d}-{d:02d} 00:00:00")),
    Clean("birth-date", "six digits", lambda: _dated("{y}{m:02d}{d:02d}")()[2:]),
    Clean("nickname", "Hangul", lambda: _of(*_KR_WORDS) + _of(*_KR_WORDS) + _of("", _digits(3), _digits(5))),
    Clean("nickname", "Latin", lambda: _of(*_LATIN_WORDS) + _of("", ".", "-", "_") + _of(*_LATIN_WORDS) + _of("", _digits(4))),
    Clean("person", "Hangul", lambda: _of(*"김이박최정강조윤장임한오서신권황안송류홍") + _of(*_KR_GIVEN) + _of(*_KR_GIVEN)),
    Clean("person", "Thai", lambda: f"{_of('นาย', 'นาง', 'นางสาว', '')}{_thai()} {_thai(3, 5)}"),
    Clean("person", "Thai, title with dots", lambda: f"{_of('น.ส.', 'ด.ช.', 'ด.ญ.')}{_thai()} {_thai(3, 5)}"),
    Clean("person", "Chinese", lambda: _of(*"王李张刘陈杨赵黄周吴") + _of(*"晓明红文大伟芳敏静") + _of("", *"明华军平")),
    Clean("kr-address", "road", lambda: f"서울특별시 {_of('강남구', '종로구')} {_of('테헤란로', '세종대로')} {R.randint(1, 500)}, {R.randint(101, 120)}동 {R.randint(101, 2000)}호"),
    Clean("kr-address", "by name alone", lambda: f"{_of('강남구', '종로구', '분당구')} {_of('판교역로', '나무길')} {R.randint(1, 500)} {_of('', '201호')}".strip()),
    Clean("th-address", "village", lambda: f"{R.randint(1, 999)}/{R.randint(1, 99)} หมู่ {R.randint(1, 12)} ตำบล{_thai()} อำเภอ{_thai()} จังหวัด{_thai()} {R.randint(10000, 96000)}"),
    Clean("th-address", "street", lambda: f"{R.randint(1, 999)}/{R.randint(1, 99)} ถนน{_thai()} แขวง{_thai()} เขต{_thai()} กรุงเทพมหานคร {R.randint(10000, 10999)}"),
    Clean("th-address", "abbreviated", lambda: f"{R.randint(1, 999)} ซอย {R.randint(1, 90)} ถ.{_thai()} ต.{_thai()} อ.{_thai()} จ.{_thai()} {R.randint(10000, 96000)}"),
    Clean("th-address", "by name alone", lambda: f"{R.randint(1, 999)} ถนน{_thai()} ตำบล{_thai()} จังหวัด{_thai()}"),
    Clean("cn-address", "street", lambda: f"浙江省杭州市西湖区文三路{R.randint(1, 999)}号{R.randint(1, 20)}幢{R.randint(101, 999)}室"),
    Clean("cn-address", "city", lambda: f"上海市浦东新区张杨路{R.randint(1, 2000)}号"),
    Clean("kr-bank-account", "3-3-6", lambda: f"110-{_digits(3)}-{_digits(6)}"),
    Clean("kr-bank-account", "4-2-7", lambda: f"3333-{_digits(2)}-{_digits(7)}"),
    Clean("kr-bank-account", "plain", lambda: str(R.randrange(10**12, 10**13))),
    Clean("ip-address", "public", lambda: f"{R.choice([14, 27, 61, 112, 203, 210, 223])}.{R.randrange(256)}.{R.randrange(256)}.{R.randint(1, 254)}"),
    Clean("crypto-wallet", "lower case", lambda: "0x" + R.randbytes(20).hex()),
    Clean("kr-passport", "before 2021", lambda: f"M{_digits(8)}"),
    Clean("kr-passport", "since 2021", lambda: f"M{_digits(3)}{_of(*'ABCD')}{_digits(4)}"),
    Clean("th-laser-code", "dashed", lambda: f"JT{_digits(1)}-{_digits(7)}-{_digits(2)}"),
    Clean("kr-driver-license", "dashed", lambda: f"{R.randint(11, 26)}-{_digits(2)}-{_digits(6)}-{_digits(2)}"),
    Clean("kr-vehicle-plate", "plain", lambda: f"{R.randint(10, 999)}{_of(*'가나다라')}{_digits(4)}"),
)  # fmt: skip
IDS = [f"{clean.rule}, {clean.name}" for clean in CLEAN]


@lru_cache(maxsize=64)
def forms_of(rule: str) -> tuple[Form, ...]:
    return forms(detector().by_id[rule])


def _disagreement(rule: str, form: Form, cell: str) -> str | None:
    own = detector()
    recognizer = own.by_id[rule]
    if form.pattern is not None:
        found = recognizer.canonical(fold(cell).strip())
        return None if found == (form.pattern, form.validity) else f"canonical: {found}"
    column = Column(own, NO_FILE, HEADERS[rule], True)
    assert rule in column.named.strong
    (concerned,) = own.gates.rules_for_each([fold(cell)])
    hits = column.hits(cell, fold(cell), concerned, 1)
    if [(hit.recognizer.rule.id, hit.by_name, hit.validity) for hit in hits] != [(rule, True, form.validity)]:
        return f"hits: {hits}"
    return None


def check(rule: str, cells: list[str | None], most: int = 100_000) -> float:
    """Hold every form of a rule against the scalar path; the share of cells that the best form tells."""
    array = pa.array(cells, pa.string())
    normal = detector().by_id[rule].rule.normal_form
    best = 0.0
    for form in forms_of(rule):
        mask, normals = form.match(array)
        assert mask.dtype == np.bool_
        assert mask.shape == (len(cells),)
        assert len(normals) == len(cells)
        told = np.flatnonzero(mask)
        for row in told[:most].tolist():
            cell = cells[row]
            assert cell is not None
            where = f"{rule}, {form.pattern.name if form.pattern else 'by name'}: {cell!r}"
            assert (wrong := _disagreement(rule, form, cell)) is None, f"{where}: {wrong}"
            assert normals[row].as_py() == normalize(normal, cell.strip()), where
        best = max(best, len(told) / max(len(cells), 1))
    return best


@pytest.mark.parametrize("clean", CLEAN, ids=IDS)
def test_a_clean_column_is_told_nearly_whole_and_as_the_scalar_path_does(clean: Clean) -> None:
    cells: list[str | None] = [clean.make() for _ in range(2000)]
    assert check(clean.rule, cells, most=400) >= clean.share


def test_a_column_of_some_birth_dates_of_every_day_is_told() -> None:
    cells: list[str | None] = [f"{y}-{m:02d}-{d:02d}" for y in (1899, 1900, 1980, 1999, 2000, 2024, 2443, 2527, 2578, 2579) for m in range(14) for d in range(33)]  # fmt: skip
    assert check("birth-date", cells) > 0.6


FULL_WIDTH = str.maketrans("0123456789-@", "０１２３４５６７８９－＠")
EDITS: tuple[Callable[[str], str], ...] = (
    lambda cell: cell,
    lambda cell: " " + cell,
    lambda cell: cell + "\u3000",
    lambda cell: cell.translate(FULL_WIDTH),
    lambda cell: cell.replace("-", "–"),
    lambda cell: cell.replace("-", " "),
    lambda cell: cell.replace("-", "  "),
    lambda cell: cell.upper(),
    lambda cell: cell.lower(),
    lambda cell: cell[:-1],
    lambda cell: cell + cell[-1:],
    lambda cell: cell + "\n",
    lambda cell: cell + "ก",
    lambda cell: cell + "가",
    lambda cell: "A" + cell,
    lambda cell: cell[:1] * len(cell),
    lambda cell: cell[:3] + cell[:3].join(cell[i : i + 1] for i in range(3)),
    lambda cell: cell.replace("0", "๐"),
    lambda cell: cell.replace(" ", "  "),
    lambda cell: cell.replace(" ", "\u00a0"),
    lambda cell: cell.replace("+", "%2B"),
    lambda cell: cell + "%2F",
    lambda cell: f"({cell})",
    lambda cell: cell * 90,
)
PLACEHOLDERS: tuple[str | None, ...] = (
    None, "", " ", "없음", "null", "N/A", "닉네임", "닉네임을 입력하세요", "이름", "주소", "주소1", "홍길동", "김철수", "테스트", "010-1234-5678", "010-0000-0000",
    "0812345678", "081-234-5678", "000000-0000000", "123456-1234567", "1234567890121", "1-2345-67890-12-1", "4111 1111 1111 1111", "4242424242424242",
    "1990-01-01", "2000-01-01", "1970-01-01 00:00:00", "9999-12-31", "admin@gmail.com", "noreply@naver.com", "git@github.com", "a..b@gmail.com", "x@example.com",
    "a@b.png", "127.0.0.1", "10.0.0.1", "8.8.8.8", "203.0.113.9", "192.0.2.4", "198.51.100.7", "1.2.3.4", "224.0.0.1", "93.184.216.0", "093.184.216.34",
    "0x" + "0" * 40, "0x" + "dead" * 10, "0x" + "e" * 40, "123-456-789012", "110-000-000000", "1987-01-02", "MC0GCCqGSIb3DQIJAyEA", "A" * 86 + "==",
    "get", "setter", "david", "listing", "operation", "user", "username", "com.app", "blue.cat", "blue.Cat", "user.name", "MAX_SIZE", "xxxx", "이동", "이동전화", "이동욱",
    "정보", "주소록", "남궁민수", "제갈공명", "이 름", "กรุณา กรอกชื่อ", "ชื่อ สกุล", "ต้องใจ รักดี", "น้ำ ุบ", "ไม่มี ข้อมูล", "สมชาย ใจดี", "ที่อยู่", "张三", "王先生小明", "无", "不详",
    "서울특별시 강남구 테헤란로 1을 입력하세요", "주소를 입력 하세요 1로 2", "ที่อยู่ 1 ต.", "12 กรุณากรอก ต.บางพลี อ.บางพลี", "请 上海市浦东新区张杨路1号",
)  # fmt: skip


@pytest.mark.parametrize("rule", sorted({clean.rule for clean in CLEAN}))
def test_what_is_nearly_a_value_is_told_as_the_scalar_path_does(rule: str) -> None:
    made = [clean.make() for clean in CLEAN for _ in range(40 if clean.rule == rule else 4)]
    cells: list[str | None] = [*PLACEHOLDERS, *made]
    for cell in made:
        cells += [edit(cell) for edit in R.sample(EDITS, 6)]
        place = R.randrange(len(cell))
        cells.append(cell[:place] + R.choice("0123456789abXZ-./ ก가中é🐳") + cell[place + 1 :])
        cells.append(cell[:place] + cell[place + 1 :])
    R.shuffle(cells)
    check(rule, cells)


_PIECES = st.lists(
    st.one_of(
        st.sampled_from([c.make() for c in CLEAN for _ in range(2)]),
        st.sampled_from(PLACEHOLDERS[1:]),
        st.text(alphabet="0123456789-+/. aAxX@%&\\김민서ุ่้ำกต王省市路号é\u200b", max_size=12),
        st.text(max_size=4),
    ),
    min_size=1,
    max_size=2,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.none(), _PIECES), max_size=12), st.sampled_from(sorted({clean.rule for clean in CLEAN})))
def test_any_cells_are_told_as_the_scalar_path_does(cells: list[str | None], rule: str) -> None:
    check(rule, cells)


@pytest.mark.parametrize("clean", CLEAN, ids=IDS)
def test_slices_nulls_and_huge_cells_change_nothing(clean: Clean) -> None:
    cells: list[str | None] = [clean.make() for _ in range(60)]
    mixed = ["나" * 70_000, None, *cells[:20], "", "x", None, *cells[20:], "가" + "9" * 300_000]
    array = pa.array(mixed, pa.string())
    for form in forms_of(clean.rule):
        whole, normals = form.match(array)
        for first, count in ((0, len(mixed)), (1, 30), (7, 40), (22, 3), (40, 0)):
            mask, part = form.match(array.slice(first, count))
            assert mask.tolist() == whole[first : first + count].tolist()
            for row in np.flatnonzero(mask).tolist():
                assert part[row].as_py() == normals[first + row].as_py()
        alone, _ = form.match(pa.array(cells, pa.string()))
        rows = [row for row, cell in enumerate(mixed) if cell in set(cells)]
        assert whole[rows].tolist() == alone.tolist()
        assert not whole[[row for row, cell in enumerate(mixed) if cell is None]].any()


def test_an_array_of_nulls_or_of_nothing_has_no_values() -> None:
    for rule in sorted({clean.rule for clean in CLEAN}):
        for form in forms_of(rule):
            for array in (pa.array([], pa.string()), pa.array([None, None], pa.string()), pa.array(["", ""])):
                mask, normals = form.match(array)
                assert not mask.any()
                assert len(normals) == len(array)


def test_every_rule_can_be_asked() -> None:
    for recognizer in detector().recognizers:
        assert isinstance(forms(recognizer), tuple)


def test_a_mixed_case_wallet_is_left_to_the_scalar_path() -> None:
    cells: list[str | None] = ["0x" + eip55(R.randbytes(20).hex()) for _ in range(20)]
    assert check("crypto-wallet", cells) == 0


def test_numbers_of_companies_are_left_to_the_scalar_path() -> None:
    made = [f"{_of('110111', '120111', '131111', '150811')}-{_of('1', '2')}{_digits(5)}" for _ in range(400)]
    cells: list[str | None] = [base + last for base in made for last in "0123456789"]
    check("kr-rrn", cells)


def _pattern(rule: RecognizerRule, regex: str) -> RecognizerRule:
    return replace(rule, patterns=(replace(rule.patterns[0], regex=regex), *rule.patterns[1:]))


CHANGES: dict[str, tuple[str, Callable[[RecognizerRule], RecognizerRule]]] = {
    "a narrower pattern": ("kr-rrn", lambda rule: _pattern(rule, "[0-9]{2}0[0-9][0-3][0-9]-[12][0-9]{6}")),
    "a wider pattern before": ("kr-phone", lambda rule: _pattern(rule, "01[0-9-]{9,12}")),
    "a pattern with look-around": ("th-national-id", lambda rule: _pattern(rule, "(?!1)[1-8][0-9]{12}")),
    "another validator": ("th-national-id", lambda rule: replace(rule, validator="kr_frn")),
    "an unknown form": ("kr-phone", lambda rule: replace(rule, normal_form="exact")),
    "more placeholders": ("kr-phone", lambda rule: replace(rule, look_alikes=replace(rule.look_alikes, values=(".*[05]",)))),
    "more placeholders of cards": ("credit-card", lambda rule: replace(rule, look_alikes=replace(rule.look_alikes, values=("4.*[0-4]|5.*",)))),
    "addresses without a word": ("th-address", lambda rule: _pattern(rule, rule.patterns[0].regex.replace("|แขวง", ""))),
    "e-mail of one country": ("email", lambda rule: _pattern(rule, rule.patterns[0].regex.replace("[A-Za-z]{2,24}", "kr"))),
    "e-mail of certain names": ("email", lambda rule: replace(rule, look_alikes=replace(rule.look_alikes, values=("kim.*",)))),
    "networks that are nobody's": ("ip-address", lambda rule: replace(rule, look_alikes=replace(rule.look_alikes, values=("27\\..*",)))),
    "plates of other letters": ("kr-vehicle-plate", lambda rule: _pattern(rule, "[0-9]{2,3}[가나][0-9]{4}")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_rule_has_changed_forms(change: str) -> None:
    """Forms come from the rule or are held against it: whoever edits the YAML need not know of them."""
    id, edit = CHANGES[change]
    own = detector()
    recognizer = Recognizer(edit(own.by_id[id].rule), own.index, own.values)
    cells = [clean.make() for clean in CLEAN if clean.rule == id for _ in range(200)]
    for form in forms(recognizer):
        mask, normals = form.match(pa.array(cells))
        for row in np.flatnonzero(mask).tolist():
            if form.pattern is not None:
                assert recognizer.canonical(cells[row]) == (form.pattern, form.validity)
            assert normals[row].as_py() == normalize(recognizer.rule.normal_form, cells[row])


NAMED_CHANGES: dict[str, tuple[str, Callable[[RecognizerRule], RecognizerRule]]] = {
    "nicknames of digits": ("nickname", lambda rule: replace(rule, field_value="[0-9]{1,40}")),
    "nicknames of which some are nobody's": ("nickname", lambda rule: replace(rule, not_field_values=(".*고래.*", "mango.*"))),
    "names of which some are nobody's": ("person", lambda rule: replace(rule, look_alikes=replace(rule.look_alikes, values=("김.*", "[ก-๙]+ .*")))),
    "births of the last century": ("birth-date", lambda rule: replace(rule, field_value="19[0-9]{2}-?[0-9]{2}-?[0-9]{2}")),
    "births that are nobody's": ("birth-date", lambda rule: replace(rule, not_field_values=(".*[13579].*",))),
    "addresses of Seoul": ("kr-address", lambda rule: replace(rule, field_value="서울.*[0-9].*")),
}  # fmt: skip


@pytest.mark.parametrize("change", NAMED_CHANGES)
def test_a_changed_rule_of_named_values_has_changed_forms(change: str) -> None:
    id, edit = NAMED_CHANGES[change]
    own = detector()
    recognizer = Recognizer(edit(own.by_id[id].rule), own.index, own.values)
    named = FieldClass(name="x", strong=frozenset({id}))
    cells = [clean.make() for clean in CLEAN if clean.rule == id for _ in range(200)]
    for form in forms(recognizer):
        if form.pattern is None:
            mask, _ = form.match(pa.array(cells))
            for row in np.flatnonzero(mask).tolist():
                hit = recognizer.named_value(cells[row], named)
                assert hit is not None, cells[row]
                assert hit.validity is form.validity
