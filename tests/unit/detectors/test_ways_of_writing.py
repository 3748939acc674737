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
        "010 92345678", "010-92345678", "0109234-5678", "010, 9234, 5678", "010,9234,5678", "010 9234 56 78", "010-92-34-56-78", "010*9234*5678",
        "010(9234)5678", "010-(9234)-5678", "[010] 9234-5678", "(+82) 10-9234-5678", "001-82-10-9234-5678", "010--9234--5678", "o1o-9234-5678",
        "O1O 9234 5678", "0I0-9234-5678", "공일공-9234-5678", "공일공 구이삼사 오육칠팔", "공일공에 9234에 5678", "010 다시 9234 다시 5678",
        "영일영-9234-5678", "|0|1|0|9|2|3|4|5|6|7|8|", "010 - 9234 / 5678",
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


SAME = {
    "PHONE_NUMBER": [
        ("전화 02-9234-5678", ("전화 02/9234/5678", "전화 02 - 9234 - 5678", "전화 02) 9234 - 5678", "전화 O2-9234-5678")),
        ("โทร 081-234-5679", ("โทร 08 1234 5679", "โทร 081/234/5679", "โทร 081 23 45 679", "โทร 0812 345 679", "โทร ๐๘๑.๒๓๔.๕๖๗๙", "โทร 08-12345679")),
        ("手机号 139-1234-5678", ("手机号 1391234 5678", "手机号 139.1234.5678", "手机号 139 123 45678", "手机号 1391-2345-678", "手机号 一三九一二三四五六七八", "手机号 +86（139）12345678", "加微信13912345678")),
    ],
    "KR_RRN": [
        (f"주민번호 {RRN}", (
            "주민번호 85.03.12-1524451", "주민번호 850312 1 524451", "주민번호 850312(1524451)", "주민번호 85 03 12 - 1524451", "주민번호 850312-152-4451",
            "주민번호가 850312에 1524451입니다", "민번 850312 다시 1524451", "주민번호:850312, 1524451", "김은하(8503121524451)",
        )),
    ],
    "KR_FRN": [("외국인등록번호 850312-6234508", ("외등번 850312 6 234508", "외국인번호 850312*6234508"))],
    "TH_TNIN": [
        (f"เลขบัตรประชาชน {THAI}", (
            "เลขบัตรประชาชน 1101 7002 0345 0", "ปชช 1 - 1017 - 00203 - 45 - 0", "เลขที่บัตร 11017 00203 450", "national id 1_1017_00203_45_0",
            "เลขบัตรประชาชน ๑ ๑ ๐ ๑ ๗ ๐ ๐ ๒ ๐ ๓ ๔ ๕ ๐",
        )),
    ],
    "CN_RESIDENT_ID": [
        ("身份证 11010519850312139X", (
            "身份证 110105 1985 0312 139x", "身份证 110105.19850312.139X", "身份证 11010519850312139 X", "sfz 110105 19850312 139Ｘ", "身份证 1 1 0 1 0 5 1 9 8 5 0 3 1 2 1 3 9 X",
        )),
    ],
    "CREDIT_CARD": [
        (f"카드번호 {CARD}", ("카드번호 53998321 44577701", "카드번호 5399, 8321, 4457, 7701", "카드 (5399) 8321-4457-7701", "Visa 5399 | 8321 | 4457 | 7701")),
        ("카드번호 370424296624723", ("아멕스 카드 3704 242966 24723", "아멕스 카드 3704·242966·24723", "Amex 37042 42966 24723")),
    ],
    "BANK_ACCOUNT": [
        ("계좌번호 110-234-567812", (
            "신한 110/234/567812", "신한 110 - 234 - 567812", "계좌 110.234.567812", "통장 사본 110_234_567812", "Shinhan Bank 110 234 567812", "계좌 110 , 234 , 567812",
        )),
        ("계좌번호 3333-02-8174652", ("3333-02-8174652 카뱅", "카뱅 3333 02 8174652", "kakao 3333-02-8174652")),
        ("เลขบัญชี 743-4-56789-0", ("กสิกร 743 4 56789 0", "SCB 743-456789-0", "บช. 743-4-56789-0")),
    ],
    "EMAIL_ADDRESS": [
        ("메일 dalbit.fox@naver.com", (
            "메일 dalbit.fox @ naver.com", "메일: dalbit.fox at naver.com", "메일 dalbit.fox@naver .com", "메일 dalbit.fox골뱅이네이버닷컴", "메일 dalbit.fox@네이버",
            "메일 dalbit.fox(@)naver.com", "메일 dalbit.fox@naver,com", "메일 dalbit.fox@naver。com", "메일 dalbit.fox 골뱅이 naver 점 com", "메일 dalbit.fox@@naver.com",
        )),
        ("邮箱 moonfox@163.com", ("邮箱moonfox艾特163点com", "邮箱 moonfox (at) 163 (点) com")),
    ],
    "KR_PASSPORT": [("여권번호 M12387654", ("여권번호 M 1238 7654", "여권(m 12387654)", "Passport No. M-12387654", "여권번호 M 1 2 3 8 7 6 5 4")), ("여권 M123A8765", ("여권 M 123A 8765", "여권 m123 a8765"))],
    "CN_PASSPORT": [("护照 E12387654", ("护照 E 1238 7654", "护照 e12387654", "護照號碼 E 12387654")), ("护照 EA1238765", ("护照 ea 1238765", "护照 EA 123 8765"))],
    "KR_DRIVER_LICENSE": [("운전면허 11-85-123456-12", ("운전면허 11.85.123456.12", "면허번호 1185-123456-12", "면허번호 11 - 85 - 123456 - 12"))],
    "KR_VEHICLE_PLATE": [("차량번호 123가4567", ("차량번호 123가 4567", "차 번호는 123 가 4567입니다", "차번 123-가-4567"))],
    "KR_BRN": [("사업자등록번호 219-21-54013", ("사업자번호 219 21 54013", "사업자 219.21.54013", "사업자번호 219-2154013"))],
    "TH_LASER_CODE": [("รหัสหลังบัตร JT0876543219", ("รหัสหลังบัตร jt0 8765432 19", "เลขหลังบัตร JT0.8765432.19", "รหัสหลังบัตร JT๐-๘๗๖๕๔๓๒-๑๙"))],
    "DEVICE_ID": [
        ("IMEI 356938035643809", ("IMEI 35 693803 564380 9", "IMEI번호: 356938/03/564380/9", "단말 식별번호 356938035643809")),
        ("IDFA 7b89ed0a-e813-485c-a617-083fb683654e", ("기기 아이디 7B89ED0A-E813-485C-A617-083FB683654E", "ADID 7b89ed0ae813485ca617083fb683654e")),
    ],
    "IP_ADDRESS": [("IP 211.47.83.19", ("IP 211. 47. 83. 19", "아이피 211[.]47[.]83[.]19"))],
    "DATE_OF_BIRTH": [
        ("생년월일 1985-03-12", (
            "생년월일 1985 03 12", "생년월일 1985년생 3월 12일", "생년월일 (음력) 1985, 3, 12", "Date of Birth: March 12 1985", "born on 12th of March 1985", "생년월일 1985-Mar-12",
            "วันเกิด ๑๒ มีนาคม ๒๕๒๘", "วันเกิด 12 มีค 28", "วันเกิด 12 เดือนมีนาคม พ.ศ. 2528", "出生日期 一九八五年三月十二日", "出生于1985年3月12日", "생년월일 1 9 8 5 0 3 1 2",
        )),
        ("생년월일 850312", ("생년월일 85년 3월 12일", "생일이 ’85. 3. 12", "85年3月12日生", "생일 : 음력 85.3.12")),
    ],
    "ADDRESS": [
        ("주소: 강남구 테헤란로 123", ("주소 강남구 테헤란로 123", "배송지는 강남구 테헤란로 123 입니다")),
        ("주소: 서울 강남구 테헤란로 44 (우동)", ("윤온지 고객님 (서울 강남구 테헤란로 44 (우동))", "주소는 서울 강남구 테헤란로 44 (우동), 우편번호는 06236")),
        ("주소: 서울 중구 을지로3가 123-4", ("주소 서울 중구 을지로3가 123-4",)),
        ("地址：上海市浦东新区张杨路495号7栋237室", ("收货地址改为上海市浦东新区张杨路495号7栋237室，收件人", "请寄到上海市浦东新区张杨路495号7栋237室就行")),
    ],
}  # fmt: skip
"""By entity: a plain way, and others that are the same value."""


@pytest.mark.parametrize(
    ("entity", "plain", "other"),
    [(entity, plain, other) for entity, ways in SAME.items() for plain, others in ways for other in others],
)
def test_other_ways_are_the_same_value(entity: str, plain: str, other: str) -> None:
    assert told(other, entity) & told(plain, entity)


@pytest.mark.parametrize(
    "text",
    [
        "입금액 150,234,567,891원 확인", "출금 요청 211.147.183.119 에서", "입금일시 2024-11-02 10:30:22", "생일 쿠폰 만료 2024-12-31", "f(x) @ g.com", "A @ B.kr",
        "mail server at localhost.com port 25", "여권 만료 D 2024-11-05", "차량 20 조 1234", "우체국 택배 6089 1234 5678", "영일만 2345 9876",
        "단말 로그 trace 7b89ed0a-e813-485c-a617-083fb683654e", "产生于2024年3月12日", "เกิดเมื่อวันที่ 12 มีนาคม 2567 เวลา 10.00 น.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_way(text: str) -> None:
    assert not [match for match in in_text(f"{text}\n") if not match.candidate]
