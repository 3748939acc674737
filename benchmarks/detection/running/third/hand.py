"""How the people of the judging set write dates, telephones, mailboxes and numbers. Not to be read by who teaches the product."""

from __future__ import annotations

from datetime import date

from benchmarks.detection.running.parts import Hand

TH_MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _numbers(text: str) -> tuple[int, int, int]:
    day = date.fromisoformat(text)
    return day.year, day.month, day.day


def _tight_dots(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}.{month}.{day}"


def _padded_korean(text: str) -> str:
    return f"{date.fromisoformat(text):%Y년 %m월 %d일}"


def _close_korean(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}년{month}월{day}일"


def _short_korean(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year % 100:02}년 {month}월 {day}일"


def _short_dots(text: str) -> str:
    return f"{date.fromisoformat(text):%y.%m.%d}"


def _american(text: str) -> str:
    return f"{date.fromisoformat(text):%B %-d, %Y}"


def _abbreviated(text: str) -> str:
    return f"{date.fromisoformat(text):%d-%b-%Y}"


def _thai_long(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_MONTHS[month - 1]} {year + 543}"


def _thai_era(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_MONTHS[month - 1]} พ.ศ. {year + 543}"


def _thai_dashes(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day}-{month}-{year + 543}"


def _thai_digits(text: str) -> str:
    return _thai_long(text).translate(THAI_DIGITS)


def _chinese_padded(text: str) -> str:
    return f"{date.fromisoformat(text):%Y年%m月%d日}"


def _chinese_slashes(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}/{month}/{day}"


def _chinese_numerals(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{str(year).translate(HAN_DIGITS)}年{_numeral(month)}月{_numeral(day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + (str(ones).translate(HAN_DIGITS) if ones else "")


def _joined(text: str) -> str:
    return text.replace("-", "")


def _bracketed(text: str) -> str:
    first, rest = text.split("-", 1)
    return f"({first}) {rest}"


def _closing(text: str) -> str:
    first, rest = text.split("-", 1)
    return f"{first}){rest}"


def _fours(text: str, joint: str) -> str:
    if len(text) == 15:
        return joint.join((text[:4], text[4:10], text[10:]))
    return joint.join(text[i : i + 4] for i in range(0, len(text), 4))


HAND: Hand = {
    "kr birth": {"tight": _tight_dots, "padded": _padded_korean, "close": _close_korean, "short": _short_korean, "points": _short_dots, "slashes": lambda t: t.replace("-", "/"), "eight": _joined, "six": lambda t: _joined(t)[2:]},
    "th birth": {"long": _thai_long, "era": _thai_era, "dashes": _thai_dashes, "digits": _thai_digits},
    "cn birth": {"padded": _chinese_padded, "slashes": _chinese_slashes, "numerals": _chinese_numerals, "eight": _joined},
    "en birth": {"american": _american, "abbreviated": _abbreviated, "iso": str},
    "kr phone": {"dashes": str, "joined": _joined, "spread": lambda t: t.replace("-", " - "), "closing": _closing, "bracketed": _bracketed, "abroad": lambda t: f"+82-{t[1:]}", "wide": lambda t: t.translate(FULL_WIDTH), "mixed": lambda t: t.replace("-", " ", 1).replace("-", "."), "tilde": lambda t: t.replace("-", "–")},
    "th phone": {"bracketed": lambda t: f"({t[:3]}) {t[3:6]}-{t[6:]}", "two": lambda t: f"{t[:2]}-{t[2:6]}-{t[6:]}", "joined": str, "abroad": lambda t: f"(+66) {t[1:]}", "dots": lambda t: f"{t[:3]}.{t[3:6]}.{t[6:]}"},
    "cn phone": {"joined": str, "blanks": lambda t: f"{t[:3]} {t[3:7]} {t[7:]}", "abroad": lambda t: f"(+86){t}", "zeros": lambda t: f"0086-{t}"},
    "kr account": {"dashes": str, "blanks": lambda t: t.replace("-", " "), "joined": _joined},
    "kr rrn": {"dash": str, "joined": _joined, "blank": lambda t: t.replace("-", " ")},
    "th tnin": {"dashes": lambda t: f"{t[0]}-{t[1:5]}-{t[5:10]}-{t[10:12]}-{t[12]}", "blanks": lambda t: f"{t[0]} {t[1:5]} {t[5:10]} {t[10:12]} {t[12]}", "joined": str},
    "kr card": {"blanks": lambda t: _fours(t, " "), "dashes": lambda t: _fours(t, "-")},
    "th card": {"blanks": lambda t: _fours(t, " "), "joined": str},
    "cn card": {"blanks": lambda t: _fours(t, " "), "joined": str},
}  # fmt: skip
