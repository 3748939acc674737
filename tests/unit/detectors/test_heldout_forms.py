"""Forms of real leftovers that a held-out benchmark asked for: names of fields, encodings, records over several lines, markup."""

from __future__ import annotations

import base64
import random
from urllib.parse import quote, quote_plus

import pytest
from detecting import KEY, detector, entities, in_table, in_text

from auditor.detectors.values import plain, unescape
from auditor.fingerprint import fingerprint

_random = random.Random(11)


def ci() -> str:
    return base64.b64encode(_random.randbytes(64)).decode()


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("displayNickname", "nickname"),
        ("CHAT_NICKNAME", "nickname"),
        ("PassCi", "kr-ci"),
        ("본인인증 CI", "kr-ci"),
        ("TEST12_JUMIN_NO", "kr-rrn"),
        ("ALIEN_REG_NO", "kr-frn"),
        ("ForeignRegNo", "kr-frn"),
        ("Brth_Dt", "birth-date"),
        ("생년월일(8자리)", "birth-date"),
        ("วัน/เดือน/ปี เกิด", "birth-date"),
        ("mbtlnum", "th-phone"),
        ("HP", "cn-phone"),
        ("배우자휴대폰번호", "kr-phone"),
        ("收货人手机号", "cn-phone"),
        ("RDNMADR", "kr-address"),
        ("HomeAddr", "cn-address"),
        ("BANK_ACNUT_NO", "kr-bank-account"),
        ("payCardNo", "credit-card"),
        ("광고ID", "device-id"),
        ("รหัสหลังบัตรประชาชน", "th-laser-code"),
        ("ชื่อ-นามสกุล", "person"),
        ("cstmrNm", "person"),
        ("ledgerCi", "kr-ci"),
        ("CI_KEY", "kr-ci"),
        ("mascot_nick", "nickname"),
        ("단골별명", "nickname"),
        ("애칭(닉네임)", "nickname"),
        ("ชื่อเล่นผู้แนะนำ", "nickname"),
        ("ios_idfa", "device-id"),
        ("TabletAdid", "device-id"),
        ("birthdate", "birth-date"),
        ("born_dttm", "birth-date"),
        ("여권번호(구여권)", "kr-passport"),
        ("phones", "kr-phone"),
        ("kiosk_owner_nm", "person"),
        ("성함을 입력해 주세요", "person"),
        ("거주하시는_주소를_적어주세요", "kr-address"),
        ("กรุณากรอกชื่อ-นามสกุล", "person"),
        ("REMIT_ACCT_NO_1", "kr-bank-account"),
        ("계좌번호_숫자만", "kr-bank-account"),
        ("姓名_必填", "person"),
        ("CI 평문", "kr-ci"),
        ("caregiverName", "person"),
        ("매도인명", "person"),
        ("세대원명", "person"),
        ("연락처를 알려 주시기 바랍니다", "kr-phone"),
        ("passportCertNo", "kr-passport"),
        ("cellularNo", "th-phone"),
    ],
)
def test_names_of_one_family_mean_the_same(name: str, rule: str) -> None:
    assert rule in detector().index.classify(name).strong


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("duplicateNickname", "nickname"),
        ("nickname_count", "nickname"),
        ("fileName", "person"),
        ("email_address", "kr-address"),
        ("is_ci", "kr-ci"),
        ("corp_reg_no", "kr-rrn"),
        ("CI_JOB_TOKEN", "kr-ci"),
        ("ci_lower", "kr-ci"),
        ("bind_ip", "ip-address"),
        ("birth_place_code", "birth-date"),
        ("birthday_coupon_issued_at", "birth-date"),
        ("nick_yn", "nickname"),
        ("birthtimeMs", "birth-date"),
        ("birthtime", "birth-date"),
        ("AliasName", "nickname"),
        ("AWS::SecretsManager::Secret", "passwords"),
        ("shop_nm", "person"),
        ("병원명", "person"),
        ("캠페인명", "person"),
        ("코인명", "person"),
        ("대학원명", "person"),
        ("법인명", "person"),
        ("여행사명", "person"),
        ("생년월일 입력여부", "birth-date"),
        ("보유주명", "person"),
        ("예약사명", "person"),
        ("디자인명", "person"),
        ("닉네임을 선택해 상품을 입력하세요", "nickname"),
        ("비밀번호를 입력하지 마세요", "passwords"),
        ("courier_name", "person"),
    ],
)
def test_a_word_in_front_or_behind_may_change_what_a_name_means(name: str, rule: str) -> None:
    assert rule not in detector().index.classify(name).strong


def test_a_file_is_named_after_what_it_holds_not_after_a_product() -> None:
    mentioned = detector().index.mentioned
    assert "kr-ci" in mentioned("ci_list_2024")
    assert "crypto-wallet" in mentioned("wallets_backup".replace("wallets", "wallet"))
    assert "crypto-wallet" not in mentioned("WalletNft")


def test_an_identifier_in_a_cache_key_a_call_and_behind_a_hyphen() -> None:
    value = ci()
    assert entities(in_text(f"DEBUG cache miss key=member:ci:{value} ttl=300", file="app.log")) == ["KR_CI"]
    assert entities(in_text(f"CertService.findByCi({value}) took 12 ms", file="app.log")) == ["KR_CI"]
    assert entities(in_text("산모 생년월일 - 1991-03-12", file="memo.txt")) == ["DATE_OF_BIRTH"]
    for line in (
        "at com.x.UserService.findByNickname(UserService.java:45)",
        "event=user:nickname:changed",
        "회사 - 주소: 서울특별시 강남구 테헤란로 123",
        "닉네임 - 중복",
    ):
        assert entities(in_text(line, file="app.log")) == []
    assert entities(in_text("image: registry.example:5000/name:latest", file="compose.log")) == []


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("ชื่อ - นามสกุล : สมศักดิ์ รักดี", "PERSON"),
        ("| ชื่อ - นามสกุล | สมศักดิ์ รักดี |", "PERSON"),
        ("성명 - 한글 : 김은하", "PERSON"),
        ("고객명 - (필수) : 김은하", "PERSON"),
        ("연락처 - 자택\t02-345-6789", "PHONE_NUMBER"),
        ("차량 - 번호\t12가3456", "KR_VEHICLE_PLATE"),
    ],
)
def test_a_label_that_holds_a_hyphen_is_one_label(line: str, entity: str) -> None:
    assert entities(in_text(line, file="app.log")) == [entity]


def test_a_query_string_is_read_as_its_sender_meant_it() -> None:
    value = ci()
    line = (
        f'10.2.0.9 - - [06/Feb/2024:11:03:18 +0900] "GET /join?passCi={quote(value, safe="")}&plate_no={quote("123가 4568")}'
        f'&card_no=5310+6653+2880+9011&nick={quote_plus("푸른 곰")}&birth={quote("1990/11/05", safe="")} HTTP/1.1" 200 5'
    )
    found = entities(in_text(line, "access.log"))
    assert {"KR_CI", "KR_VEHICLE_PLATE", "CREDIT_CARD", "NICKNAME", "DATE_OF_BIRTH"} <= set(found)
    assert found.count("KR_CI") == 1


def test_old_korean_pages_encode_in_cp949() -> None:
    assert unescape(quote("김은하".encode("cp949"))) == "김은하"
    assert plain("a=" + quote("김은하".encode("cp949")) + "&b=1") == 'a="김은하"&b=1'


def test_what_does_not_decode_stays() -> None:
    assert plain("a=%FF%FE%FA&b=1") == "a=%FF%FE%FA&b=1"
    assert plain(r"{\"x\":\"\ud83d\"}") == r"{\"x\":\"\ud83d\"}"
    assert plain(r"x \u0022 y") == r"x \u0022 y"


def test_one_field_a_line_is_one_record() -> None:
    env = "TEST1_NAME=김은하\nTEST1_NICKNAME=푸른 곰\nTEST1_PHONE=010-2345-9876\n"
    assert entities(in_text(env, ".env")) == ["NICKNAME", "PERSON", "PHONE_NUMBER"]
    dump = "Array\n(\n    [name] => นายกิตติ วงศ์ทอง\n    [tel] => 089-345-6712\n)\n"
    found = in_text(dump, "php_error.log")
    assert entities(found) == ["PERSON", "PHONE_NUMBER"]
    assert {match.place.line for match in found} == {3, 4}


def test_a_name_alone_on_its_line_needs_company() -> None:
    assert entities(in_text("name: 김은하\nprice: 3000\n", "menu.yml")) == []


def test_the_whole_value_of_a_field_counts_not_a_shape_within_it() -> None:
    line = "saved Member(addr=서울특별시 마포구 월드컵북로 212, 113동 1518호 (우동), nick=푸른 곰)"
    one = in_text(line, "app.log")
    whole = in_table(["addr"], [["서울특별시 마포구 월드컵북로 212, 113동 1518호 (우동)"]] * 3)
    assert {m.fingerprint for m in one if m.entity == "ADDRESS"} == {m.fingerprint for m in whole}


def test_context_of_the_field_before_does_not_speak_for_the_next_field() -> None:
    line = '{"acct_no": "94820193847261", "reg_dtm": "202107232032", "order": "202107232031"}'
    assert entities(in_text(line, "a.log")).count("BANK_ACCOUNT") == 1


def test_markup_is_read_by_its_header() -> None:
    rows = "\n".join(
        f"<tr>\n<td>{nick}</td>\n<td>{ci()}</td><td>{day}</td></tr>"
        for nick, day in (("푸른 곰", "1990-11-05"), ("echo.river", "1984-02-17"), ("달빛여우", "2001-07-30"))
    )
    page = f"<html><table border=1><tr><th>대화명</th><th>본인인증 CI</th><th>출생일</th></tr>\n{rows}</table></html>"
    found = in_text(page, "members.xls")
    assert entities(found) == sorted(["NICKNAME", "KR_CI", "DATE_OF_BIRTH"] * 3)
    assert {match.place.line for match in found} == {2, 5, 8}


def test_a_form_in_markup_names_each_value_beside_it() -> None:
    page = "<table><tr><th>이름</th><td>김은하</td><th>연락처</th><td>1023459876</td></tr></table>"
    assert entities(in_text(page, "print.html")) == ["PERSON", "PHONE_NUMBER"]


def test_markup_whose_header_names_nothing_personal_stays_text() -> None:
    page = "<table><tr><th>Option</th><th>Meaning</th></tr><tr><td>call</td><td>010-2345-9876</td></tr></table>"
    found = in_text(page, "index.html")
    assert [(match.entity, match.place.table) for match in found] == [("PHONE_NUMBER", "")]


def test_a_nickname_column_holds_whatever_people_chose() -> None:
    values = [
        "달빛여우",
        "moonfox77",
        "푸른 곰",
        "ทะเลใส",
        "echo.river",
        "271",
        "별 헤는 밤",
        "getSet",
        "null",
        "-",
        "${nick}",
    ]
    found = in_table(["no", "display_nickname"], [[str(i), value] for i, value in enumerate(values)])
    assert entities(found) == ["NICKNAME"] * 8


def test_numbers_without_a_check_digit_in_a_column_without_a_name() -> None:
    years = range(50, 99, 3)
    people = [[str(y), f"{y}0{y % 9 + 1}1{y % 9}-{1 + y % 2}{(y * 7919 + 31) % 1000000:06d}"] for y in years]
    assert entities(in_table(None, people)) == ["KR_RRN"] * len(people)
    companies = [["x", f"110111-{(n * 7919 + 1040031) % 10000000:07d}"] for n in range(30)]
    assert entities(in_table(None, companies)) == []


@pytest.mark.parametrize(
    "line",
    [
        "김은하 주민등록번호: 870423-1234567",
        "김은하주민번호: 870423-1234567",
        "담당 김은하 닉네임 → 달빛여우 010-2345-9876",
        "김은하 명의 지갑주소: 0xe6613554893995c57f06E15b5d5db5E90992f072",
        "고객.김은하.휴대폰: 010-2345-9876",
        f"김은하 비밀번호 솔트: {base64.b64encode(bytes(range(64))).decode()}",
    ],
)
def test_whose_a_label_is_stays_untold(line: str) -> None:
    found = in_text(line)
    assert found
    assert "김은하" not in repr(found)


def test_a_masked_resident_number_is_a_class_of_its_own() -> None:
    rows = [[str(n), f"{870423 + n}-1******"] for n in range(5)]
    found = [*in_table(["no", "jumin_no"], rows), *in_text("외국인등록번호: 870423-6******")]
    assert {(m.entity, m.protection) for m in found} == {("KR_RRN", "masked"), ("KR_FRN", "masked")}
    assert len(found) == 6
    assert in_text("형식: 870423-1******") == []


def test_a_cell_beyond_the_header_has_no_name() -> None:
    # The company's name holds a comma, so that its number stands in a column of its own: `column 3`, which is no header.
    rows = [[f"품{n}", "주식회사 가", f"110111-{1000000 + n * 7919}"] for n in range(60)]
    assert [m for m in in_table(["goods", "maker", "column 3"], rows) if m.entity in ("KR_RRN", "KR_FRN")] == []


def test_a_field_that_is_commented_out_is_still_a_field() -> None:
    (name,) = [m for m in in_text("# CUST_NM=นาย กิตติ วงศ์ทอง\nphone=0864459182", "a.env") if m.entity == "PERSON"]
    assert name.fingerprint == fingerprint(KEY, "PERSON", "นาย กิตติ วงศ์ทอง")


def test_two_plain_columns_without_a_header_vouch_for_each_other() -> None:
    chance = random.Random(5)
    given = ["อรทัย", "กิตติ", "สมหญิง", "ธนกร", "วิภา", "อนุชา", "ชลธิชา", "ปิยะ"]
    rows = [
        [f"08{n % 10}{chance.randrange(10**7):07d}", f"นาย{given[n % 8]} ใจดี{given[n // 8 % 8]}"] for n in range(40)
    ]
    assert entities(in_table(None, rows)) == sorted(["PHONE_NUMBER"] * 40 + ["PERSON"] * 40)
    orders = [[f"{chance.randrange(10**9, 10**10)}", name] for _, name in rows]
    assert "PHONE_NUMBER" not in entities(in_table(None, orders))


def test_a_cell_of_a_known_shape_that_is_none_is_asked_what_else_it_is() -> None:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]  # GB 11643
    numbers = (f"11010119900307{n:03}" for n in range(1, 400))
    ids = (number + "10X98765432"[sum(map(int.__mul__, map(int, number), weights)) % 11] for number in numbers)
    resident = next(id for id in ids if id.isdigit())
    # A card number in a column of nicknames makes 18 digits a shape of that column; those of a resident ID are no card.
    rows = [[str(n), f"별명{n}"] for n in range(60)]
    rows[3][1], rows[50][1] = "621700 0000 0000 0000 07".replace(" ", ""), resident
    found = {m.entity for m in in_table(["no", "닉네임"], rows) if m.record[1] == 51}
    assert found == {"CN_RESIDENT_ID"}
