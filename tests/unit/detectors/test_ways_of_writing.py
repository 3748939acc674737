"""Numbers as people write them in mails and forms: each way is found, and is the same value."""

from __future__ import annotations

import pytest
from detecting import in_table, in_text

from auditor.detectors.validators.contact import birth_date
from auditor.detectors.validators.validity import Validity
from auditor.fingerprint import normalize

RRN, PHONE, CARD, THAI, CHINESE = (
    "850312-1524451",
    "010-9234-5678",
    "5399832144577701",
    "1101700203450",
    "110101198503071235",
)
PARTS = (THAI[0], THAI[1:5], THAI[5:10], THAI[10:12], THAI[12])


def told(text: str, entity: str) -> set[bytes]:
    return {match.fingerprint for match in in_text(f"{text}\n") if match.entity == entity and not match.candidate}


@pytest.mark.parametrize("between", ["/", "_", "·", "―", "~", " – ", " / ", "ㅡ", "−", "‑", "－", "\t", ")"])
def test_resident_numbers(between: str) -> None:
    assert told(f"주민번호 {RRN.replace('-', between)}", "KR_RRN") == told(f"주민번호 {RRN}", "KR_RRN") != set()
    assert told(f"주문번호 {RRN.replace('-', between)}", "KR_RRN") == set() or between in "―–−‑－ㅡ – "


@pytest.mark.parametrize(
    "number",
    [
        *(PHONE.replace("-", between) for between in (".", "/", "_", " ", "·", "‑", "–", "－", "~", ")", ". ", " - ", "ㅡ", "−")),
        "(010)9234-5678", "010)9234-5678", "(010) 9234-5678", "82-10-9234-5678", "+82-(0)10-9234-5678", "０１０－９２３４－５６７８",
        "010 92345678", "010-92345678", "0109234-5678",
    ],
)  # fmt: skip
def test_korean_phones(number: str) -> None:
    assert told(f"연락처 {number}", "PHONE_NUMBER") == told(f"연락처 {PHONE}", "PHONE_NUMBER") != set()


@pytest.mark.parametrize("number", ["(081)234-5679", "66812345679", "66-81-234-5679", "081.234.5679", "0-2345-6789"])
def test_thai_phones(number: str) -> None:
    assert told(f"โทร {number}", "PHONE_NUMBER")


@pytest.mark.parametrize(
    "number", ["86-138-0013-8123", "86 13800138123", "010-82345678", "(0755)82345678", "0755 8234567"]
)
def test_chinese_phones(number: str) -> None:
    assert told(f"联系电话 {number}", "PHONE_NUMBER")


@pytest.mark.parametrize("between", [".", "/", "-", " "])
def test_thai_and_chinese_ids(between: str) -> None:
    assert told(f"เลขบัตรประชาชน {between.join(PARTS)}", "TH_TNIN") == told(f"เลขบัตรประชาชน {THAI}", "TH_TNIN") != set()
    if between in "- ":
        grouped = between.join((CHINESE[:6], CHINESE[6:14], CHINESE[14:]))
        assert told(f"身份证 {grouped}", "CN_RESIDENT_ID") == told(f"身份证 {CHINESE}", "CN_RESIDENT_ID") != set()


@pytest.mark.parametrize("between", [".", "/", "·", "  ", " - "])
def test_cards(between: str) -> None:
    grouped = between.join(CARD[at : at + 4] for at in range(0, 16, 4))
    assert told(f"카드번호 {grouped}", "CREDIT_CARD") == told(f"카드번호 {CARD}", "CREDIT_CARD") != set()
    assert told(f"비율 {grouped}", "CREDIT_CARD") == set()


@pytest.mark.parametrize(
    "day",
    [
        "1985. 3. 12.", "1985.03.12", "12 Mar 1985", "12-MAR-1985", "March 12, 1985", "Mar. 12, 1985", "12th March 1985", "12 มีนาคม 2528",
        "12 มี.ค. 2528", "12 มีนาคม พ.ศ. 2528", "1985년 3월 12일생",
    ],
)  # fmt: skip
def test_birth_dates(day: str) -> None:
    assert birth_date(day) is Validity.VALID
    assert normalize("date", day) == "19850312"
    found = in_table(["생년월일", "phone"], [[day, PHONE]] * 2)
    assert {match.entity for match in found} == {"DATE_OF_BIRTH", "PHONE_NUMBER"}


@pytest.mark.parametrize(("day", "normal"), [("85.03.12", "850312"), ("12-MAR-85", "850312"), ("85. 3. 12.", "850312")])
def test_birth_dates_without_their_century(day: str, normal: str) -> None:
    assert (birth_date(day), normalize("date", day)) == (Validity.VALID, normal)


@pytest.mark.parametrize("day", ["12 Foo 1985", "32 Mar 1985", "March 1985", "12 Mar 3985", "85.13.12"])
def test_what_is_no_day(day: str) -> None:
    assert birth_date(day) is Validity.INVALID


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("010-9234-5678", "82 (0)10-9234-5678"), ("010-9234-5678", "82-010-9234-5678"), ("011-234-5678", "82-11-234-5678"),
        ("081-234-5678", "66-81-234-5678"), ("138-1234-5678", "86 138-1234-5678"),
    ],
)  # fmt: skip
def test_a_country_without_its_plus_is_the_same_number(plain: str, other: str) -> None:
    assert normalize("phone", plain) == normalize("phone", other)


@pytest.mark.parametrize(
    "text", ["contact us at 010.1234567", "주민등록 처리시각 151230.3234561", "email1=data, email2=user.name"]
)
def test_numbers_of_other_things(text: str) -> None:
    assert not {"PHONE_NUMBER", "KR_RRN", "EMAIL_ADDRESS"} & {m.entity for m in in_text(f"{text}\n") if not m.candidate}


def test_thai_digits_beside_a_month() -> None:
    assert normalize("date", "๒ มกราคม ๒๕๓๓") == normalize("date", "2 มกราคม 2533") == "19900102"
