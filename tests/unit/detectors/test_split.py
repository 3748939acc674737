"""Values that are kept in several columns or fields are one value, and columns that only look so stay what they are."""

from __future__ import annotations

import time

import pytest
from detecting import entities, in_table, in_text

from auditor.detectors.values import plain

RRN, PHONE, CARD = "850312-1524451", "010-9234-5678", "5399-8321-4457-7701"

NAMES = {"PHONE_NUMBER": "phone", "KR_RRN": "rrn", "CREDIT_CARD": "card_no", "EMAIL_ADDRESS": "email"}


@pytest.mark.parametrize(
    ("columns", "value", "joint", "entity"),
    [
        (["hp1", "hp2", "hp3"], PHONE, "-", "PHONE_NUMBER"),
        (["tel_no1", "tel_no2", "tel_no3"], PHONE, "-", "PHONE_NUMBER"),
        (["휴대폰1", "휴대폰2", "휴대폰3"], PHONE, "-", "PHONE_NUMBER"),
        (["mbtl_tlno_bgng", "mbtl_tlno_mdl", "mbtl_tlno_end"], PHONE, "-", "PHONE_NUMBER"),
        (["phone3", "phone1", "phone2"], "5678-010-9234", "-", "PHONE_NUMBER"),
        (["jumin1", "jumin2"], RRN, "-", "KR_RRN"),
        (["주민번호(앞)", "주민번호(뒤)"], RRN, "-", "KR_RRN"),
        (["rrn_front", "rrn_back"], RRN, "-", "KR_RRN"),
        (["card_no1", "card_no2", "card_no3", "card_no4"], CARD, "-", "CREDIT_CARD"),
        (["email1", "email2"], "moonfox@naver.com", "@", "EMAIL_ADDRESS"),
        (["email_id", "email_domain"], "moonfox@naver.com", "@", "EMAIL_ADDRESS"),
    ],
)
def test_parts_in_columns(columns: list[str], value: str, joint: str, entity: str) -> None:
    matches = in_table(["seq", *columns], [["1", *value.split(joint)], ["2", *value.split(joint)]])
    assert entities(matches).count(entity) == 2
    in_order = PHONE if columns[0] == "phone3" else value
    (whole,) = in_table([NAMES[entity]], [[in_order]])
    assert {match.fingerprint for match in matches if match.entity == entity} == {whole.fingerprint}


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (["q1", "q2", "q3"], ["010", "9234", "5678"]),
        (["hp1", "hp3"], ["010", "9234"]),
        (["jumin1", "jumin2"], ["850312", ""]),
        (["jumin1", "jumin2"], ["850312", "1******"]),
        (["host1", "host2"], ["moonfox", "naver.com"]),
    ],
)
def test_what_is_no_value_together(columns: list[str], row: list[str]) -> None:
    found = in_table(["seq", *columns], [["1", *row], ["2", *row]])
    assert not {"PHONE_NUMBER", "KR_RRN", "EMAIL_ADDRESS"} & {
        match.entity for match in found if match.protection == "clear"
    }


def test_several_whole_values_side_by_side_stay_several() -> None:
    rows = [["010-9234-5678", "010-9234-5679"], ["010-9234-5680", "010-9234-5681"]]
    assert len({match.fingerprint for match in in_table(["phone1", "phone2"], rows)}) == 4


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("POST /join hp1=010&hp2=9234&hp3=5678&x=1", "PHONE_NUMBER"),
        ("jumin_1: '850312', jumin_2: '1524451'", "KR_RRN"),
        ('hp="010-9234-5678"; email1="moonfox"; email2="naver.com"', "EMAIL_ADDRESS"),
        ("고객 휴대폰 010\u200b-9234-5678", "PHONE_NUMBER"),
        ("고객 휴대폰 \u202a010-9234-5678\u202c", "PHONE_NUMBER"),
        ("주민번호 850312\u00ad-1524451", "KR_RRN"),
        ("주민등록번호 8 5 0 3 1 2 - 1 5 2 4 4 5 1", "KR_RRN"),
    ],
)
def test_parts_in_a_line(line: str, entity: str) -> None:
    assert entity in entities(in_text(f"{line}\n"))


@pytest.mark.parametrize(
    "line", ["host1=moonfox host2=naver.com", "행렬 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2", "v1=10 v2=2024"]
)
def test_a_line_without_such_parts(line: str) -> None:
    assert in_text(f"{line}\n") == []


@pytest.mark.parametrize("piece", ["a", "a1=", "ab1=cd&", "가나1=1234&", "hp1=010&hp2=1234&", "1 ", "가 1 2 3 "])
def test_time_grows_with_the_line(piece: str) -> None:
    line = (piece * 100_000)[:100_000]
    start = time.process_time()
    plain(line)
    assert time.process_time() - start < 10


def test_rows_without_a_value_at_first_do_not_hide_the_others() -> None:
    rows = (
        [["", "", ""]] * 60 + [["02", "0000", "0000"]] * 60 + [["010", "9234", f"{n:04d}"] for n in range(5000, 5150)]
    )
    assert entities(in_table(["hp1", "hp2", "hp3"], rows)).count("PHONE_NUMBER") == 150


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (["password1", "password2"], ["Tiger!2024x", "Lion?2023y"]),
        (["pw_account", "pw_host"], ["root", "srv01"]),
        (["address1", "address2"], ["서울특별시 강남구 테헤란로 12", "3층 301호"]),
    ],
)
def test_what_is_not_kept_in_parts_is_told_as_it_stands(columns: list[str], row: list[str]) -> None:
    told = {match.fingerprint for match in in_table([*columns, "phone"], [[*row, PHONE]] * 2)}
    alone = {
        match.fingerprint
        for at, name in enumerate(columns)
        for match in in_table([name, "phone"], [[row[at], PHONE]] * 2)
    }
    assert told <= alone | {match.fingerprint for match in in_table(["phone"], [[PHONE]])}


def test_parts_that_were_kept_as_numbers() -> None:
    (phone,) = in_table(["phone"], [["010-9234-0078"]])
    (rrn,) = in_table(["rrn"], [["010312-3456785"]])
    phones = in_table(
        ["hp1", "hp2", "hp3"], [["10.0", "9234.0", "78.0"], ["10.0", "9235.0", "1234.0"], ["10.0", "9236.0", "1234.0"]]
    )
    assert phone.fingerprint in {match.fingerprint for match in phones}
    numbers = in_table(["jumin1", "jumin2"], [["10312", "3456785"], ["850312", "1524451"], ["860312", "1524451"]])
    assert rrn.fingerprint in {match.fingerprint for match in numbers}


def test_names_of_parts_are_read_as_people_write_them() -> None:
    assert "KR_RRN" in entities(in_table(["주민번호\n앞자리", "주민번호\n뒷자리"], [RRN.split("-")] * 2))
    assert "PHONE_NUMBER" in entities(in_table(["hp_1", "hp2", "HP3"], [PHONE.split("-")] * 2))
    assert "KR_RRN" in entities(in_table(["jumin1", "jumin2", "jumin"], [[*RRN.split("-"), ""]] * 2))


def test_a_number_in_a_column_s_name_is_not_shown() -> None:
    matches = in_table(["010-9234-5671 전화"], [[PHONE]])
    assert matches
    assert not any("5671" in f"{match.place} {match.why}" for match in matches)


def test_no_zeros_are_put_before_what_never_had_any() -> None:
    (mail,) = in_table(["email"], [["12345@qq.com"]])
    mails = in_table(["email1", "email2"], [["12345", "qq.com"], ["123456", "qq.com"], ["654321", "qq.com"]])
    assert mail.fingerprint in {match.fingerprint for match in mails}
    (landline,) = in_table(["tel"], [["02-345-6789"]])
    phones = in_table(["tel1", "tel2", "tel3"], [["02", "345", "6789"], ["031", "345", "6780"], ["031", "346", "6781"]])
    assert landline.fingerprint in {match.fingerprint for match in phones}
