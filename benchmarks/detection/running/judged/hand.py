"""How the people of the fresh set write dates, telephones, accounts and numbers; "spoken": as a transcript has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from benchmarks.detection.running.parts import Hand

SPOKEN = str.maketrans("0123456789", "공일이삼사오육칠팔구")
MONTHS = ("일", "이", "삼", "사", "오", "유", "칠", "팔", "구", "시", "십일", "십이")
DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
OFFICES = ("서울", "부산", "경기", "강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주", "대구", "인천", "광주", "대전", "울산")  # fmt: skip


def _day(form: str) -> Callable[[str], str]:
    return lambda text: date.fromisoformat(text).strftime(form)


def _joint(joint: str) -> Callable[[str], str]:
    return lambda text: text.replace("-", joint)


def _fours(joint: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        cuts = (0, 4, 10, 15) if len(text) == 15 else (0, 4, 8, 12, 16)
        return joint.join(text[start:end] for start, end in pairwise(cuts))

    return write


def _bracketed(text: str) -> str:
    prefix, _, rest = text.partition("-")
    return f"({prefix}) {rest}"


def _licence(text: str) -> str:
    office = int(text[:2]) - 11
    return f"{OFFICES[office]} {text[3:]}" if office < len(OFFICES) else text


def _year(text: str) -> str:
    return f"{text[2:4].translate(SPOKEN)}년"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "십", "이십", "삼십")[tens] + DIGITS[ones]


def _said(text: str) -> str:
    return f"{_year(text)} {MONTHS[int(text[5:7]) - 1]}월 {_numeral(int(text[8:]))}일"


def _dot(text: str) -> str:
    box, _, domain = text.partition("@")
    return f"{box} 골뱅이 {domain.replace('.', ' 닷 ')}"


RESIDENT = {"dash": str, "hyphen": str, "joined": _joint(""), "blank": _joint(" "), "wave": _joint("~"), "wide": _joint(" – ")}  # fmt: skip

HAND: Hand = {
    "kr birth": {
        "slashes": _day("%Y/%m/%d"), "eight": _day("%Y%m%d"), "six": _day("%y%m%d"), "short": _day("%y.%m.%d"), "words": _day("%Y년%m월%d일"),
        "loose": _day("%Y. %m. %d"), "dashed": _day("%y-%m-%d"), "quick": _day("%y/%-m/%-d"), "quote": _day("‘%y년 %-m월 %-d일"),
        "points": _day("%Y.%-m.%-d"), "apart": _day("%Y년 %m월 %d일"),
    },
    "kr phone": {
        "dashes": str, "hyphens": str, "joined": _joint(""), "paren": lambda t: t.replace("-", ")", 1), "bracketed": _bracketed,
        "wide": _joint(" - "), "wave": _joint("~"), "dash": _joint("–"), "points": _joint(". "), "middle": _joint("·"),
        "abroad": lambda t: f"+82-{t[1:]}", "half": lambda t: t.replace("-", " ", 1), "slashes": _joint("/"),
    },
    "kr account": {"dashes": str, "hyphens": str, "joined": _joint(""), "blanks": _joint(" "), "wide": _joint(" - ")},
    "kr rrn": RESIDENT,
    "kr frn": RESIDENT,
    "kr card": {"dashes": _fours("-"), "blanks": _fours(" "), "joined": str, "points": _fours("."), "wide": _fours(" - ")},
    "kr plate": {"plain": str, "tight": lambda t: t.replace(" ", ""), "apart": lambda t: f"{t[:-4].strip()[:-1]} {t[:-4].strip()[-1]} {t[-4:]}"},
    "kr licence": {"dashes": str, "office": _licence, "blanks": _joint(" "), "joined": _joint("")},
    "kr brn": {"dashes": str, "joined": _joint(""), "wide": _joint(" - ")},
    "kr email": {"plain": str, "same": str, "capital": lambda t: t[0].upper() + t[1:]},
    "kr address": {"plain": str, "unmarked": lambda t: t.replace(", ", " ")},
    "spoken phone": {
        "said": lambda t: t.replace("-", " ").translate(SPOKEN), "with": _joint("에 "), "blanks": _joint(" "),
        "half": lambda t: t[: t.index("-")].translate(SPOKEN) + t[t.index("-") :].replace("-", " "),
    },
    "spoken birth": {"said": _said, "heard": _day("%y년 %-m월 %-d일"), "full": _day("%Y년 %-m월 %-d일")},
    "spoken account": {"again": _joint(" 다시 "), "blanks": _joint(" "), "joined": _joint("")},
    "spoken rrn": {"again": _joint(" 다시 "), "after": _joint("에 "), "joined": _joint("")},
    "spoken email": {"said": _dot, "plain": str},
}  # fmt: skip
