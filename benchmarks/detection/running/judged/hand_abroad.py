"""How the people of the fresh set write dates, telephones and numbers: Thais, Chinese, and those who write English of them."""

from __future__ import annotations

from datetime import date

from benchmarks.detection.running.parts import Hand

HAN = "〇一二三四五六七八九"
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
TH_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
TH_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


def _numbers(text: str) -> tuple[int, int, int]:
    day = date.fromisoformat(text)
    return day.year, day.month, day.day


def _thai_long(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_MONTHS[month - 1]} {year + 543}"


def _thai_era(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_MONTHS[month - 1]} พ.ศ. {year + 543}"


def _thai_short(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day} {TH_SHORT[month - 1]} {year + 543}"


def _thai_tight(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day}{TH_SHORT[month - 1]}{(year + 543) % 100:02}"


def _thai_slashes(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day}/{month}/{year + 543}"


def _thai_two(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day}/{month}/{(year + 543) % 100:02}"


def _thai_dashes(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{day:02}-{month:02}-{year + 543}"


def _chinese(text: str, joint: str = "") -> str:
    year, month, day = _numbers(text)
    return joint.join((str(year), "年", str(month), "月", str(day), "日"))


def _chinese_two(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{year % 100:02}年{month}月{day}号"


def _chinese_bare(text: str, joint: str) -> str:
    return joint.join(str(part) for part in _numbers(text))


def _chinese_numerals(text: str) -> str:
    year, month, day = _numbers(text)
    return f"{''.join(HAN[int(d)] for d in str(year))}年{_numeral(month)}月{_numeral(day)}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + (HAN[ones] if ones else "")


def _compact(text: str) -> str:
    return text.replace("-", "")


def _ordinal(text: str) -> str:
    day = date.fromisoformat(text)
    end = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{end} {day:%B %Y}"


def _grouped(text: str, joint: str) -> str:
    if len(text) == 15:
        return joint.join((text[:4], text[4:10], text[10:]))
    return joint.join(text[i : i + 4] for i in range(0, len(text), 4))


def _tnin(text: str, joint: str) -> str:
    return joint.join((text[0], text[1:5], text[5:10], text[10:12], text[12]))


def _resident(text: str, joint: str) -> str:
    return joint.join((text[:6], text[6:14], text[14:])) if len(text) == 18 else text


def _abroad(text: str, joint: str, start: str) -> str:
    """A telephone number of any of the three countries as English letters have it."""
    if "-" in text:
        return joint.join((start.format(82), *text[1:].split("-")))
    if text.startswith("0"):
        return joint.join((start.format(66), text[1:3], text[3:6], text[6:]))
    return joint.join((start.format(86), text[:3], text[3:7], text[7:]))


def _home(text: str) -> str:
    if "-" in text:
        return text.replace("-", " ")
    return f"{text[:3]} {text[3:6]} {text[6:]}" if text.startswith("0") else f"{text[:3]} {text[3:7]} {text[7:]}"


HAND: Hand = {
    "th birth": {
        "long": _thai_long,
        "short": _thai_short,
        "slashes": _thai_slashes,
        "tight": _thai_tight,
        "two": _thai_two,
        "dashes": _thai_dashes,
        "era": _thai_era,
        "official": lambda t: _thai_era(t).translate(THAI),
    },
    "th phone": {
        "joined": str,
        "one": lambda t: f"{t[:3]}-{t[3:]}",
        "halves": lambda t: f"{t[:2]}-{t[2:6]}-{t[6:]}",
        "blanks": lambda t: f"{t[:3]} {t[3:6]} {t[6:]}",
        "pairs": lambda t: f"{t[:3]} {t[3:6]} {t[6:8]} {t[8:]}",
        "dots": lambda t: f"{t[:3]}.{t[3:6]}.{t[6:]}",
        "abroad": lambda t: f"+66{t[1:3]}-{t[3:6]}-{t[6:]}",
        "official": lambda t: f"{t[:3]}-{t[3:6]}-{t[6:]}".translate(THAI),
    },
    "th tnin": {
        "joined": str,
        "dashes": lambda t: _tnin(t, "-"),
        "blanks": lambda t: _tnin(t, " "),
        "official": lambda t: _tnin(t, "-").translate(THAI),
    },
    "th account": {
        "dashes": str,
        "joined": _compact,
        "blanks": lambda t: t.replace("-", " "),
        "two": lambda t: f"{t[:3]}-{_compact(t[4:])}",
    },
    "th laser": {"dashes": str, "joined": _compact, "blanks": lambda t: t.replace("-", " ")},
    "th card": {"joined": str, "blanks": lambda t: _grouped(t, " "), "dashes": lambda t: _grouped(t, "-")},
    "th address": {
        "plain": str,
        "moo": lambda t: t.replace("หมู่ ", "ม."),
        "mooat": lambda t: t.replace("หมู่ ", "หมู่ที่ "),
        "number": lambda t: f"เลขที่ {t}",
    },
    "cn birth": {
        "chinese": _chinese,
        "padded": lambda t: "{}年{}月{}日".format(*t.split("-")),
        "slashes": lambda t: _chinese_bare(t, "/"),
        "points": lambda t: _chinese_bare(t, "."),
        "joined": _compact,
        "two": _chinese_two,
        "numerals": _chinese_numerals,
        "apart": lambda t: _chinese(t, " "),
    },
    "cn phone": {
        "joined": str,
        "blanks": lambda t: f"{t[:3]} {t[3:7]} {t[7:]}",
        "fours": lambda t: f"{t[:3]}-{t[3:7]}-{t[7:]}",
        "middle": lambda t: f"{t[:4]} {t[4:7]} {t[7:]}",
        "abroad": lambda t: f"+86-{t}",
        "zeros": lambda t: f"0086 {t}",
        "wide": lambda t: t.translate(WIDE),
    },
    "cn cnid": {"joined": str, "blanks": lambda t: _resident(t, " ")},
    "cn card": {
        "joined": str,
        "blanks": lambda t: _grouped(t, " "),
        "dashes": lambda t: _grouped(t, "-"),
        "halves": lambda t: f"{t[:6]} {t[6:]}",
    },
    "cn address": {
        "plain": str,
        "dash": lambda t: t.replace("栋", "-").removesuffix("室"),
        "zhuang": lambda t: t.replace("栋", "幢"),
        "apart": lambda t: t.replace("路", "路 ").replace("号", "号 "),
    },
    "cn iban": {"joined": str, "blanks": lambda t: _grouped(t, " ") if len(t) != 15 else t},
    "en birth": {
        "american": lambda t: f"{date.fromisoformat(t):%B %-d, %Y}",
        "short": lambda t: f"{date.fromisoformat(t):%-d %b %Y}",
        "desk": lambda t: f"{date.fromisoformat(t):%d-%b-%Y}",
        "ordinal": _ordinal,
        "british": lambda t: f"{date.fromisoformat(t):%d/%m/%Y}",
        "iso": str,
        "machine": lambda t: f"{date.fromisoformat(t):%d %b %Y}".upper(),
    },
    "en phone": {
        "blanks": lambda t: _abroad(t, " ", "+{}"),
        "dashes": lambda t: _abroad(t, "-", "+{}"),
        "brackets": lambda t: _abroad(t, " ", "(+{})"),
        "dots": lambda t: _abroad(t, ".", "+{}"),
        "home": _home,
        "zeros": lambda t: _abroad(t, " ", "00{}"),
    },
    "en tnin": {"dashes": lambda t: _tnin(t, "-"), "blanks": lambda t: _tnin(t, " "), "joined": str},
    "en account": {"dashes": str, "blanks": lambda t: t.replace("-", " ")},
    "en address": {"plain": str},
    "en card": {"blanks": lambda t: _grouped(t, " "), "joined": str, "dashes": lambda t: _grouped(t, "-")},
}
