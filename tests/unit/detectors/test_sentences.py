"""Whose data sentences hold, in Chinese, English and Korean; answers below questions; nicknames; cards read line by line."""

from __future__ import annotations

import time

import pytest
from detecting import KEY, in_text

from auditor.fingerprint import fingerprint, normalize

_PHONE = "连系 139-5827-4613"


def _found(text: str, entity: str, path: str = "memo.txt") -> set[bytes]:
    return {m.fingerprint for m in in_text(text, path) if m.entity == entity and not m.candidate}


def _prints(entity: str, *values: str) -> set[bytes]:
    return {fingerprint(KEY, entity, normalize("text", value)) for value in values}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("今天与吴晓梅（电话13958274613）沟通过", ["吴晓梅"]),
        ("客户陈志强的手机13958274613停机", ["陈志强"]),
        ("特委托林秀英（身份证号110101199003074477）代办", ["林秀英"]),
        ("快件已寄给周建华，电话13958274613", ["周建华"]),
        ("李明 13958274613", ["李明"]),
        ("王小兵妈妈：请拨13958274613", ["王小兵"]),
        ("何静与郑海涛的电话是13958274613", ["何静", "郑海涛"]),
    ],
)
def test_names_inside_chinese_sentences_count_beside_a_number(line: str, names: list[str]) -> None:
    assert _found(line, "PERSON") == _prints("PERSON", *names)


@pytest.mark.parametrize(
    "line",
    ["高峰期与平时的电话13958274613", "方便的话请打13958274613", "颜色和尺寸可改，客服电话13958274613", "向管理处申请，电话13958274613", "安全与质量，热线电话13958274613"],
)  # fmt: skip
def test_words_of_chinese_sentences_are_nobody(line: str) -> None:
    assert _found(line, "PERSON") == set()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Applicant Chaiwat Pongsri, phone 010-2345-9876", "Chaiwat Pongsri"),
        ("my full name is Kanya Boonmee, phone 010-2345-9876", "Kanya Boonmee"),
        ("I am Xu Min, my cell is 010-2345-9876", "Xu Min"),
        ("Passenger SEOK NAHYEOK, contact a1@example.co.kr", "SEOK NAHYEOK"),
    ],
)
def test_english_roles_and_sentences_tell_names(line: str, name: str) -> None:
    assert _found(line, "PERSON") == _prints("PERSON", name)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("유예별님, 가입이 완료되었습니다. 010-2345-9876", "유예별"),
        ("이름은 공유경이고 번호는 010-2345-9876", "공유경"),
        ("예금주가 이라수라고 함, 010-2345-9876", "이라수"),
        ("문 혁 솔 고객님. 전화번호 010-2345-9876", "문혁솔"),
        ("목격자 최솔(남, 52세, 010-2345-9876)", "최솔"),
        ("이름란엔 김은하, 전화란엔 010-2345-9876", "김은하"),
        ("예금주 귀하 ........ 허순솔\n통장번호 ........ 1002-957-969898", "허순솔"),
        (" 성       명  :  김은하\n 연  락  처  :  010-2345-9876", "김은하"),
    ],
)
def test_a_title_a_verb_or_a_forms_box_makes_a_name_of_what_begins_as_a_word(line: str, name: str) -> None:
    assert _found(line, "PERSON") == _prints("PERSON", name)


@pytest.mark.parametrize(
    "line", ["이용자님께 안내", "신규 고객님 환영", "공무원님 할인", "조회수님", "변경이라고 함", "이동 고객 대상"]
)
def test_titles_make_no_names_of_trades_and_words(line: str) -> None:
    assert _found(f"{line}\n010-2345-9876", "PERSON") == set()


def test_answers_stand_below_their_questions() -> None:
    text = (
        "Q1. 성함을 적어 주세요.\nA. 배미현\nQ2. 태어난 날은?\nA. 19540719\nQ3. 앱에서 쓰는 별명\nA. 푸른고래\nQ4. 가입 동기\nA. 지인 추천\n"
        "Q5. 연락 가능한 번호는?\nA. 02-345-9876\n"
    )
    assert _found(text, "PERSON") == _prints("PERSON", "배미현")
    assert _found(text, "DATE_OF_BIRTH") == {fingerprint(KEY, "DATE_OF_BIRTH", normalize("date", "19540719"))}
    assert _found(text, "NICKNAME") == _prints("NICKNAME", "푸른고래")
    assert _found(text, "PHONE_NUMBER") == {fingerprint(KEY, "PHONE_NUMBER", normalize("phone", "02-345-9876"))}
    assert _found("Q1. 이름이 다르게 나와요\nA. 설정에서 변경하세요\n010-2345-9876", "PERSON") == set()


@pytest.mark.parametrize(
    ("line", "nickname"),
    [
        ("푸른고래라는 닉네임을 쓰는 회원", "푸른고래"),
        ("닉네임이 푸른고래인데 결제자는 다름", "푸른고래"),
        ("푸른고래(닉네임) 문의", "푸른고래"),
        ("가입자 김은하, 대화명: _푸른고래_", "푸른고래"),
        ("活动 昵称为小海豚的用户", "小海豚"),
        ('the user nicknamed "blue whale" asked', "blue whale"),
    ],
)
def test_nicknames_end_where_their_clause_does(line: str, nickname: str) -> None:
    assert _found(f"{line}\n010-2345-9876", "NICKNAME") == _prints("NICKNAME", nickname)


@pytest.mark.parametrize(
    "line",
    [
        "닉네임 변경권은 5,000원",
        "닉네임을 쓰는 회원",
        "관리자 닉네임은 '운영자'로 통일",
        "닉네임 신고 접수",
        "아이디(닉네임): 필수",
    ],
)
def test_what_is_done_with_nicknames_is_none(line: str) -> None:
    assert _found(f"{line}\n010-2345-9876", "NICKNAME") == set()


def test_a_number_that_checks_and_is_all_of_its_line_counts_near_personal_data() -> None:
    card = "주민등록증 판독\n원미기\n850312/1524451\n010-2345-9876\n"
    assert _found(card, "KR_RRN") == {fingerprint(KEY, "KR_RRN", normalize("digits", "8503121524451"))}
    assert _found("길이 검사\n850312/1524451\n끝\n", "KR_RRN") == set()
    assert _found("목록\n850312/1524452\n010-2345-9876\n", "KR_RRN") == set()


@pytest.mark.parametrize(
    "line",
    [
        "Ship to 102-820, 648, Senteomjungang-ro, Haeundae-gu, Busan",
        "She lives at Room 612, Building 2, No. 449 Jianguo Road, Chaoyang District, Beijing",
        "deliver to 444/94 Moo 12, T. Bang Phut, A. Pak Kret, Nonthaburi 11120",
        "받은 곳: 경상남도 창원시 성산구 중앙대로 225 (우동)",
        "김은하 送至→上海市浦东新区张杨路12号15栋759室 010-2345-9876",
    ],
)
def test_addresses_in_latin_letters_and_under_other_labels(line: str) -> None:
    assert _found(line, "ADDRESS")


def test_an_offices_address_in_latin_letters_is_nobodys() -> None:
    assert _found("Head office: 648, Teheran-ro, Gangnam-gu, Seoul", "ADDRESS") == set()


@pytest.mark.parametrize(
    "phone", ["010)9213-8315", "010 - 6878 - 2444", "(+66) 965194166", "(+82) 10-2345-9876", "(+86)16982541139"]
)
def test_phones_in_brackets_and_between_spaces(phone: str) -> None:
    assert _found(f"{phone} 연결", "PHONE_NUMBER")


def test_a_mail_address_in_a_remark_of_another_language_counts() -> None:
    assert _found("-- 확인 요청자 손영수<river-coffee@example.co.kr>", "EMAIL_ADDRESS", "run.sql")
    assert _found("# Copyright someone <river-coffee@example.co.kr>", "EMAIL_ADDRESS", "run.sql") == set()


@pytest.mark.parametrize(
    "text",
    [
        "客户王" * 20_000,
        "Q1. " + "성함 " * 20_000 + "\nA. 김은하",
        "라는 닉네임" * 20_000,
        "Applicant Kim " * 20_000,
        "김은하(남," * 20_000,
    ],
)
def test_hostile_text_takes_seconds(text: str) -> None:
    began = time.process_time()
    in_text(text, "a.txt")
    assert time.process_time() - began < 20


ORDINARY = (
    "nickname must not be empty", "Your nickname will be public", "nickname and email", "the nickname you chose", "Q. 닉네임은 몇 글자까지 되나요?\nA. 최대 10자",
    "Q. 별명은 공개되나요?\nA. 네 공개됩니다", "Q. 생년월일은 왜 입력하나요?\nA. 2024년 3월 1일부터 의무화", "닉네임\n2~10자", "昵称\n可选", "정산 기준 2024-03-123456",
    "급여 코드 302-12-345678", "환급 접수 2024-123-456789", "이사회 장소 서울특별시 강남구 테헤란로 152", "택배 터미널 경기도 군포시 번영로 82", "家庭医生门诊 上海市浦东新区张杨路495号",
    "Residence Inn, 300, Olympic-ro, Songpa-gu, Seoul", "Our office moved to 152, Teheran-ro, Gangnam-gu, Seoul", "648, Teheran-ro, Gangnam-gu, Seoul", "2차 회의 12가3456",
    "car part 12가3456", "도면 번호 12다 3456", "显卡 4539148803436467", "บัตรคิว 4539148803436467", "นิติบุคคล 1101700207030", "slides ppt E12345678", "8801123456079", "1710000007007",
    "call duration 15023456789 ns", "판매자: 신세계", "위탁자: 조달청", "손님: 김치찌개 둘", "员工：全体", "租户管理", "Guest Wifi Password", "Sender Policy Framework", "Customer Success Manager",
    "이름   신청서   비고", "담당자   이동일", "王老吉 010-65121234", "白云山 010-65121234", "高新区 010-65121234", "จาก สำนักงาน ใหญ่", "และ เงื่อนไข การใช้งาน", "คือ ส้มตำ ไก่ย่าง", "표시명: 홈페이지 상단 메뉴",
    "아이디(닉네임) 중복 확인", "하단 입력란 닉네임", "ชื่อเล่นต้องไม่ซ้ำ", "서울시 귀하", "이 달 의 고객", "# 문의는 blue.moon@example.co.kr",
)  # fmt: skip
"""Ordinary lines that a reviewer of these readings got findings from."""


@pytest.mark.parametrize("line", ORDINARY)
def test_ordinary_lines_hold_nothing_even_near_a_phone(line: str) -> None:
    found = {m.entity for m in in_text(f"문의 010-2345-9876\n{line}", "manual.conf") if not m.candidate}
    assert found <= {"PHONE_NUMBER"}


def test_an_address_before_another_number_keeps_its_end() -> None:
    address = "서울특별시 강남구 테헤란로 152"
    for text in (f"김은하 {address} 110-234-567890", f"배송지 {address} 110-234-567890"):
        assert _found(text, "ADDRESS") == _prints("ADDRESS", address)
    assert _found(f"배송지 {address} 106-1204", "ADDRESS") == _prints("ADDRESS", f"{address} 106-1204")


def test_a_companys_place_beside_its_head_is_no_home() -> None:
    text = '{"company": "한별", "location": "서울특별시 강남구 테헤란로 152", "ceo_name": "김은하", "phone": "010-2345-9876"}'
    assert _found(text, "ADDRESS", "a.json") == set()
