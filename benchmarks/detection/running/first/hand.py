"""How the people of the set to learn from write dates, telephones, mailboxes and numbers."""

from __future__ import annotations

from datetime import date

from benchmarks.detection.running.parts import Hand

HAN = "〇一二三四五六七八九"
TH_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


def _numbers(text: str) -> tuple[int, int, int]:
    day = date.fromisoformat(text)
    return day.year, day.month, day.day


def _dotted(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}. {month}. {day}."


def _korean(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}년 {month}월 {day}일"


def _two(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year % 100:02}년 {month}월 {day}일"


def _quoted(text: str) -> str:
    year, month, day = _numbers(text)
    return f"'{year % 100:02}.{month}.{day}"


def _english(text: str) -> str:
    return f"{date.fromisoformat(text):%-d %B %Y}"


def _thai(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day:02}/{month:02}/{year + 543}"


def _thai_short(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_SHORT[month - 1]} {year + 543}"


def _chinese(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year}年{month}月{day}日"


def _chinese_numerals(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{''.join(HAN[int(d)] for d in str(year))}年{_numeral(month)}月{_numeral(day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + (HAN[ones] if ones else "")


def _compact(text: str) -> str:
    return text.replace("-", "")


def _grouped(text: str, joint: str) -> str:
    if len(text) == 15:
        return joint.join((text[:4], text[4:10], text[10:]))
    return joint.join(text[i : i + 4] for i in range(0, len(text), 4))


HAND: Hand = {
    "kr birth": {"dotted": _dotted, "korean": _korean, "two": _two, "six": lambda t: _compact(t)[2:], "quoted": _quoted, "iso": str},
    "th birth": {"thai": _thai, "short": _thai_short, "iso": str},
    "cn birth": {"chinese": _chinese, "iso": str, "numerals": _chinese_numerals, "points": lambda t: t.replace("-", ".")},
    "en birth": {"english": _english},
    "kr phone": {"dashes": str, "joined": _compact, "blanks": lambda t: t.replace("-", " "), "abroad": lambda t: f"+82 {t[1:]}", "dots": lambda t: t.replace("-", ".")},
    "th phone": {"dashes": lambda t: f"{t[:3]}-{t[3:6]}-{t[6:]}", "joined": str, "blanks": lambda t: f"{t[:3]} {t[3:6]} {t[6:]}", "abroad": lambda t: f"+66 {t[1:3]} {t[3:6]} {t[6:]}"},
    "cn phone": {"joined": str, "dashes": lambda t: f"{t[:3]}-{t[3:7]}-{t[7:]}", "abroad": lambda t: f"+86 {t}"},
    "kr account": {"dashes": str, "joined": _compact},
    "kr rrn": {"dash": str, "joined": _compact, "apart": lambda t: t.replace("-", " - ")},
    "th tnin": {"joined": str, "dashes": lambda t: f"{t[0]}-{t[1:5]}-{t[5:10]}-{t[10:12]}-{t[12]}"},
    "kr card": {"dashes": lambda t: _grouped(t, "-"), "joined": str},
    "cn card": {"joined": str, "blanks": lambda t: _grouped(t, " ")},
}  # fmt: skip
