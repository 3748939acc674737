"""What stands where names, birth dates and residents' numbers stand and is none: beside other personal data, where it would count."""

from __future__ import annotations

import pytest
from detecting import in_text

from auditor.detectors.spoken import likely, romanised, sure


def _entities(text: str, path: str = "memo.txt") -> set[str]:
    return {m.entity for m in in_text(text, path) if not m.candidate}


@pytest.mark.parametrize("word", ["한라산", "소고기", "방배동", "주유소", "정로환", "연세대", "전기차"])
def test_a_word_of_a_names_syllables_is_nobody(word: str) -> None:
    assert not sure(word)
    assert _entities(f"{word} / 010-2345-9876") == {"PHONE_NUMBER"}


@pytest.mark.parametrize("word", ["명동", "우유", "기자", "여사", "조교"])
def test_a_short_word_or_trade_is_nobody(word: str) -> None:
    assert not likely(word)
    assert _entities(f"{word}님 / 010-2345-9876") == {"PHONE_NUMBER"}


@pytest.mark.parametrize("words", ["Hong Kong", "Shen Zhen", "Park Hotel", "Min Time", "Koh Samui"])
def test_places_and_words_in_latin_letters_are_nobody(words: str) -> None:
    assert not romanised(words)
    assert _entities(f"- {words} / moonfox77@dalbit-letters.net") == {"EMAIL_ADDRESS"}


@pytest.mark.parametrize(
    "line",
    [
        "คุณสามารถ ติดต่อเรา ได้ที่ 081-734-5926", "คุณภาพ อากาศ โทร 081-734-5926", "นายจ้าง ส่งเงิน โทร 081-734-5926", "ร้านอาหาร ครัวไทย / โทร 081-734-5926",
        "ผู้รับ ไม่อยู่บ้าน โทร 081-734-5926", "คุณแม่ คุณพ่อ โทร 081-734-5926",
    ],
)  # fmt: skip
def test_thai_words_are_nobody(line: str) -> None:
    assert _entities(line) == {"PHONE_NUMBER"}


@pytest.mark.parametrize("line", ["- 文学、13812345679", "商品、颜色 手机 13812345679", "成都 / 手机 13812345679"])
def test_chinese_words_are_nobody(line: str) -> None:
    assert "PERSON" not in _entities(line)


@pytest.mark.parametrize(
    "line",
    [
        "성명: 한글만 허용", "성명: 최대 20자", "customer: 우수고객", "닉네임 금칙어 목록", "닉네임: 설정하기", "昵称不能超过12个字符", "보호자: 모친", "작성자: 조교",
    ],
)  # fmt: skip
def test_what_is_said_of_a_field_is_no_value_of_it(line: str) -> None:
    """In code, where no value without quotes is a field's."""
    assert _entities(f"# 연락처 010-2345-9876\n# {line}", "a.py") == {"PHONE_NUMBER"}


@pytest.mark.parametrize(
    "line",
    ["65세(2024.01.01 기준) 이상 무료", "만 14세 (2010.01.01) 미만 가입 불가", "本条款自2024年5月1日生效", "生产日期 2024年5月1日生产"],
)  # fmt: skip
def test_a_day_beside_an_age_or_that_something_begins_is_nobodys(line: str) -> None:
    assert _entities(line) == set()


@pytest.mark.parametrize("number", ["1702102612682", "2412214758304", "2412216758303"])
def test_digits_in_a_row_are_no_residents_number_beside_a_phone_or_a_name(number: str) -> None:
    """An instant in milliseconds and orders' numbers begin with a day; they are in every log."""
    for line in (f"[{number}] sms sent to 010-2345-9876", f"김은하 고객 접수 {number}, 010-2345-9876"):
        assert not {"KR_RRN", "KR_FRN"} & _entities(line, "app.log")


def test_a_residents_number_that_is_divided_still_counts_beside_a_name() -> None:
    assert "KR_RRN" in _entities("김은하 850312/1524451")


@pytest.mark.parametrize(
    "line", ["แจ้งโดย นางสมหญิง อินทรชัย", "แจ้งโดย ด.ช.อนุชา แก้วมณี", "致 程宇娟 女士", "Ms. Jubin Lee will call"]
)
def test_a_title_lets_its_line_through_the_gate(line: str) -> None:
    assert "PERSON" in _entities(f"연락처 010-2345-9876\n{line}")
