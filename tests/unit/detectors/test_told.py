"""Labels and names as people write them in sentences, forms and lists: found with the value alone, and told from words."""

from __future__ import annotations

import time

import pytest
from detecting import KEY, in_table, in_text

from auditor.detectors.spoken import name_of, romanised, sure
from auditor.fingerprint import fingerprint, normalize


def _found(text: str, entity: str, path: str = "memo.txt") -> set[bytes]:
    return {m.fingerprint for m in in_text(text, path) if m.entity == entity and not m.candidate}


def _print(entity: str, value: str) -> bytes:
    form = "date" if entity == "DATE_OF_BIRTH" else "text"
    return fingerprint(KEY, entity, normalize(form, value))


NAMED = (
    "성명 김은하", "성명  김은하", "성명\t김은하", "성명 - 김은하", "성명/김은하", "성명(김은하)", "성명 [김은하]", "[성명] 김은하", "【성명】 김은하",
    "<성명> 김은하", "**성명** 김은하", "**성명:** 김은하", "- **성명**: **김은하**", "2) 성명 김은하", "성명 ........ 김은하", "성명; 김은하", "고객 성명 김은하 확인함",
    "성명은 김은하이고", "성명이 김은하인 고객", "성명을 김은하로 변경", "성명: 김은하.", "성명: 김은하(여)", "신청인: 김 은 하 (인)", "성명(한글) 김은하", "성명*: 김은하",
    "성명\n김은하", "성명:\n    김은하", "> 성명 「김은하」", "예금주 김은하님", "이름: 김은하", "대리인 : 김은하 대리", "보낸 사람: 김은하 <a@b>",
)  # fmt: skip
"""Ways in which a name stands beside a label."""


@pytest.mark.parametrize("text", NAMED)
def test_a_name_beside_its_label_is_found_without_what_touches_it(text: str) -> None:
    assert _found(f"접수 메모\n\n{text}\n", "PERSON") == {_print("PERSON", "김은하")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Customer name: Park Kang-mul, VIP", "Park Kang-mul"),
        ("ชื่อลูกค้า นายกิตติ วงศ์ทอง แจ้งปัญหา", "นายกิตติ วงศ์ทอง"),
        ("ชื่อ-นามสกุล: กิตติ วงศ์ทอง", "กิตติ วงศ์ทอง"),
        ("客户姓名王晓明，已登记", "王晓明"),
        ("姓名为王晓明，", "王晓明"),
        ("【姓名】王晓明", "王晓明"),
    ],
)
def test_other_languages_write_labels_so_too(text: str, name: str) -> None:
    assert _found(text, "PERSON") == {_print("PERSON", name)}


@pytest.mark.parametrize(
    "text",
    [
        "생년월일 850312", "생년월일은 1985. 3. 12.이고", "[생년월일] 85.03.12", "생일\n1985-03-12", "DOB: 12 March 1985", "Date of birth 12 March 1985",
        "วันเกิด 12/03/2528", "เกิดวันที่ 12 มี.ค. 2528", "出生日期为1985年3月12日", "김은하(여, 850312생)", "85년 3월 12일생 고객", "만 41세 (1985.03.12)", "1985年3月12日出生",
    ],
)  # fmt: skip
def test_a_birth_date_beside_its_label_is_found(text: str) -> None:
    full, short = _print("DATE_OF_BIRTH", "19850312"), _print("DATE_OF_BIRTH", "850312")
    assert _found(text, "DATE_OF_BIRTH") in ({full}, {short})


IDLE = (
    "성명 기재 요망", "고객명 변경 기능은 다음 주에 배포합니다", "예금주 확인 오류가 발생함", "신청인 정보 조회 화면", "신청인 서명란이 비어 있음", "성명 생년월일 연락처 주소", "예금주 조회수 증가",
    "파일명: 고객정보.xlsx", "프로젝트 이름: 새벽", "담당자: 정보보호팀", "배우자 공제 대상", "닉네임 변경", "닉네임 중복 확인", "생년월일 6자리 입력", "수령인 부재 시 경비실", "고객님께 안내드립니다",
    "기존 고객님은 이용 가능", "Name field is required", "Name: Park Service", "대상자: 전직원", "참석자: 기획팀, 개발팀", "선생님 부모님 손님 기사님", "850312 생산분", "이름은 필수 입력값입니다",
)  # fmt: skip
"""Label words, titles and dates in sentences that say nothing of anybody."""


def test_label_words_in_sentences_are_nobodys_data_even_beside_a_customer() -> None:
    text = "\n".join(f"{line}\n연락처 010-2345-9876" for line in IDLE)
    assert {m.entity for m in in_text(text, "memo.txt") if not m.candidate} == {"PHONE_NUMBER"}


def test_a_nickname_beside_its_label_counts_where_something_else_is_personal() -> None:
    assert _found("닉네임 달빛여우", "NICKNAME") == set()
    assert _found("닉네임 달빛여우\n연락처 010-2345-9876", "NICKNAME") == {_print("NICKNAME", "달빛여우")}


@pytest.mark.parametrize(
    "text",
    [
        "김은하 고객(010-2345-9876) 로그인 실패", "- 김은하 / 010-2345-9876", "김은하(여, 850312생, 010-2345-9876)", "**김은하** 고객 010-2345-9876", "김은하님 010-2345-9876 부재중",
        "김은하 씨가 010-2345-9876으로 요청", "고객 김은하 (dalbit.fox@naver.com)", "담당 김은하한테 전화 (01023459876)",
    ],
)  # fmt: skip
def test_a_name_without_a_label_counts_beside_personal_data_in_its_line(text: str) -> None:
    assert _found(text, "PERSON") == {_print("PERSON", "김은하")}
    assert (
        _found(
            text.replace("010-2345-9876", "")
            .replace("01023459876", "")
            .replace("dalbit.fox@naver.com", "")
            .replace("850312생", ""),
            "PERSON",
        )
        == set()
    )


def test_a_name_with_a_title_counts_near_personal_data() -> None:
    assert _found("김은하 고객님 요청\n회신 010-2345-9876", "PERSON") == {_print("PERSON", "김은하")}
    assert _found("นายกิตติ วงศ์ทอง ติดต่อกลับ\nโทร 081-634-5178", "PERSON") == {_print("PERSON", "นายกิตติ วงศ์ทอง")}
    assert _found("请联系王晓明先生\n手机13958274613", "PERSON") == {_print("PERSON", "王晓明")}


def test_a_name_and_a_shape_vouch_for_each_other() -> None:
    """Neither the landline nor the address nor the name has a label, and no gate would take one of them for anything alone."""
    text = "구동건 / 03189407651 / 전라남도 담양군 담양읍 백동리 541-1\n梁艳浩，19467529161，上海市浦东新区张杨路749号10栋237室\n"
    found = [m for m in in_text(text, "list.txt") if not m.candidate]
    assert sorted((m.place.line, m.entity) for m in found) == sorted(
        (line, entity) for line in (1, 2) for entity in ("ADDRESS", "PERSON", "PHONE_NUMBER")
    )
    assert in_text("03189407651 / 전라남도 담양군 담양읍 백동리 541-1\n", "list.txt") == []


def test_a_memo_in_a_cell_is_read_like_a_line() -> None:
    rows = [
        [str(n), memo]
        for n, memo in enumerate(["김은하 고객 010-2345-9876 부재중", "성명 박소율 확인", "배송 완료"] * 3)
    ]
    found = {m.fingerprint for m in in_table(["no", "memo"], rows) if m.entity == "PERSON"}
    assert found == {_print("PERSON", "김은하"), _print("PERSON", "박소율")}


def test_names_are_told_from_words() -> None:
    for name in ("김은하", "이상민", "정지훈", "남궁솔", "한소율", "최유진"):
        assert sure(name), name
    for word in (
        "조회수",
        "서명란",
        "정보보호",
        "주소지",
        "이용자",
        "하지만",
        "주석을",
        "반드시",
        "기존",
        "정지일",
        "연락처",
        "고객명",
        "남궁",
    ):
        assert not sure(word), word
    assert [name_of(run) for run in ("김은하님은", "김은하입니다", "김 은 하", "남궁별이고", "조회했는데")] == [
        "김은하",
        "김은하",
        "김 은 하",
        "남궁별",
        "",
    ]
    assert all(map(romanised, ("KIM EUN HA", "Kim, Eun-ha", "Eunha Kim", "Wang Xiaoming")))
    assert not any(map(romanised, ("Park Service", "John Smith", "Kim", "The Long Road Home", "No Data", "So Many")))


@pytest.mark.parametrize(
    "piece",
    [
        "성명 김은하 ",
        "김은하님 ",
        "이름(",
        "성명 ",
        "Name Kim ",
        "ชื่อ นายกิตติ วงศ์ทอง ",
        "姓名王晓明，",
        "가 나 다 라 ",
        ". . . ",
        "1985 ",
    ],
)
def test_long_lines_take_linear_time(piece: str) -> None:
    begin = time.process_time()
    in_text(piece * (100_000 // len(piece)), "memo.txt")
    assert time.process_time() - begin < 20
