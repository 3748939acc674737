"""How the people of the second set to learn from write dates, telephones, names, places and numbers.

A kind's `tongue` picks its ways: "voice" (speech recognised), "ocr" (scanned), "en-kr", "en-th", "en-cn" (English about customers there).
"""

from __future__ import annotations

from datetime import date

from benchmarks.detection.people import FULL_WIDTH, THAI
from benchmarks.detection.running.latin import latin, syllable
from benchmarks.detection.running.parts import Hand, Write

SPOKEN = "공일이삼사오육칠팔구"
SHORT = {"서울특별시": "서울", "서울시": "서울", "경기도": "경기", "부산광역시": "부산", "제주특별자치도": "제주", "인천광역시": "인천", "경상남도": "경남",
         "강원특별자치도": "강원", "세종특별자치시": "세종", "충청북도": "충북", "전라남도": "전남", "대구광역시": "대구"}  # fmt: skip
TH_MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
TH_ENGLISH = {"10110": "Khlong Tan, Khlong Toei, Bangkok", "10900": "Lat Yao, Chatuchak, Bangkok", "11120": "T. Bang Phut, A. Pak Kret, Nonthaburi",
              "20150": "T. Nong Prue, A. Bang Lamung, Chonburi", "40000": "T. Nai Mueang, A. Mueang, Khon Kaen", "50200": "T. Suthep, A. Mueang, Chiang Mai"}  # fmt: skip
CN_ENGLISH = {"文三路": "Wensan Road, Xihu District, Hangzhou", "建国路": "Jianguo Road, Chaoyang District, Beijing", "张杨路": "Zhangyang Road, Pudong, Shanghai",
              "科苑路": "Keyuan Road, Nanshan District, Shenzhen", "天府大道中段": "Tianfu Avenue, Wuhou District, Chengdu", "前进中路": "Qianjin Road, Kunshan, Suzhou",
              "珞喻路": "Luoyu Road, Hongshan District, Wuhan"}  # fmt: skip


def _day(pattern: str) -> Write:
    return lambda text: date.fromisoformat(text).strftime(pattern)


def _buddhist(pattern: str) -> Write:
    """`{d}`, `{dd}`, `{m}`, `{mm}`, `{month}`, `{y}`, `{yy}` of a date in the Thai calendar."""

    def write(text: str) -> str:
        day = date.fromisoformat(text)
        year = day.year + 543
        return pattern.format(
            d=day.day, dd=f"{day.day:02}", m=day.month, mm=f"{day.month:02}", month=TH_MONTHS[day.month - 1], y=year, yy=year % 100,
        )  # fmt: skip

    return write


def _joined(text: str) -> str:
    return text.replace("-", "")


def _with(joint: str) -> Write:
    return lambda text: text.replace("-", joint)


def _bracketed(text: str) -> str:
    first, rest = text.split("-", 1)
    return f"{first}){rest}"


def _cut(joint: str, *at: int) -> Write:
    """Parted at these places."""
    return lambda text: joint.join(text[a:b] for a, b in zip((0, *at), (*at, len(text)), strict=True))


def _fours(joint: str) -> Write:
    return lambda text: joint.join(text[i : i + 4] for i in range(0, len(text), 4))


def _read(number: int) -> str:
    """A number below 10,000 as Koreans read it."""
    out = ""
    for unit, value in (("천", 1000), ("백", 100), ("십", 10), ("", 1)):
        digit, number = divmod(number, value)
        out += ("" if digit == 1 and unit else SPOKEN[digit]) + unit if digit else ""
    return out


def _spoken_day(text: str, *, whole: bool) -> str:
    day = date.fromisoformat(text)
    month = {6: "유", 10: "시"}.get(day.month, _read(day.month))
    year = _read(day.year) if whole else "".join(SPOKEN[int(d)] for d in f"{day.year % 100:02}")
    return f"{year}년 {month}월 {_read(day.day)}일"


def _spoken(joint: str) -> Write:
    return lambda text: "".join(SPOKEN[int(c)] if c.isdigit() else joint for c in text)


def _short(text: str) -> str:
    first, rest = text.split(" ", 1)
    return f"{SHORT.get(first, first)} {rest}"


def _flat(text: str) -> str:
    """, 101동 202호 → 101-202."""
    return _short(text).replace(", ", " ").replace("동 ", "-", 1).removesuffix("호") if "호" in text else _short(text)


def _tight(text: str) -> str:
    return text.replace(", ", " ").replace("동 ", "동") if text.endswith("호") else text


def _torn(text: str) -> str:
    """Broken behind its second word, as a narrow box on a form makes people write."""
    words = text.split(" ")
    return " ".join(words[:2]) + "\n" + " ".join(words[2:])


def _roman(text: str) -> str:
    return "".join(syllable(c) if "가" <= c <= "힣" else c for c in text)


def _korean_english(text: str) -> str:
    """Number, road, town and province, from the small to the large."""
    place, _, flat = text.partition(", ")
    words = [word for word in place.split(" ") if not word.startswith("(") and not word.endswith("층")]
    number, road, *towns = reversed(words)
    unit = "".join(c if c.isdigit() else "-" for c in flat.replace(" ", "")).strip("-") if flat else ""
    town = ", ".join(_roman(SHORT.get(word, word)).capitalize() for word in towns)
    head = f"{unit}, {number}" if unit else number
    return f"{head}, {_roman(road).capitalize()}, {town}"


def _thai_english(text: str) -> str:
    house, _, moo, *_, code = text.split(" ")
    return f"{house} Moo {moo}, {TH_ENGLISH[code]} {code}"


def _chinese_english(text: str) -> str:
    road = next(road for road in CN_ENGLISH if road in text)
    number, rest = text.split(road, 1)[1].split("号")
    building, room = rest.removesuffix("室").split("栋")
    return f"Room {room}, Building {building}, No. {number} {CN_ENGLISH[road]}"


def _names(country: str) -> dict[str, Write]:
    """A name in Latin letters."""

    def way(pattern: str, joint: str, *, upper: bool = False) -> Write:
        def write(text: str) -> str:
            surname, given = latin(text, country)
            first, *rest = given.split(" ")
            whole = pattern.format(s=surname, g=joint.join((first, *(part.lower() for part in rest))))
            return whole.upper() if upper else whole

        return write

    ways = {"natural": way("{g} {s}", "-" if country == "kr" else ""), "capitals": way("{s} {g}", "", upper=True), "first": way("{g} {s}", "", upper=True)}  # fmt: skip
    if country != "th":
        ways |= {"family": way("{s} {g}", "-" if country == "kr" else ""), "index": way("{s}, {g}", ""), "hyphen": way("{s} {g}", "-", upper=True)}  # fmt: skip
    return ways


def _chinese_numerals(text: str) -> str:
    han = "〇一二三四五六七八九"
    day = date.fromisoformat(text)
    small = [("", "十", "二十", "三十")[n // 10] + (han[n % 10] if n % 10 else "") for n in (day.month, day.day)]
    return f"{''.join(han[int(d)] for d in str(day.year))}年{small[0]}月{small[1]}日"


ENGLISH_DAYS: dict[str, Write] = {
    "months": _day("%-d %b %Y"), "american": _day("%B %-d, %Y"), "slashes": _day("%d/%m/%Y"), "passport": _day("%d-%b-%Y"), "iso": str, "dots": _day("%d.%m.%Y"),
}  # fmt: skip

HAND: Hand = {
    "kr birth": {
        "zeros": _day("%Y년%m월%d일"), "points": _day("%Y.%m.%d"), "short": _day("%y.%m.%d"), "slashes": _day("%Y/%-m/%-d"), "eight": _day("%Y%m%d"), "six": _day("%y%m%d"),
        "dashed": _day("%y-%m-%d"), "blanks": _day("%Y. %m. %d"), "spread": _day("%Y년 %-m월 %-d일"), "iso": str,
    },
    "th birth": {
        "long": _buddhist("{d} {month} {y}"), "dashes": _buddhist("{dd}-{mm}-{y}"), "loose": _buddhist("{d}/{m}/{y}"), "figures": lambda t: _buddhist("{d} {month} {y}")(t).translate(THAI),
        "worded": _buddhist("วันที่ {d} เดือน{month} พ.ศ. {y}"), "points": _buddhist("{d}.{m}.{y}"),
    },
    "cn birth": {
        "slashes": _day("%Y/%-m/%-d"), "zeros": _day("%Y年%m月%d日"), "eight": _day("%Y%m%d"), "numerals": _chinese_numerals, "loose": _day("%Y-%-m-%-d"), "dots": _day("%Y.%-m.%-d"),
    },
    "en-kr birth": ENGLISH_DAYS, "en-th birth": ENGLISH_DAYS, "en-cn birth": ENGLISH_DAYS,
    "voice birth": {"whole": lambda t: _spoken_day(t, whole=True), "two": lambda t: _spoken_day(t, whole=False)},
    "ocr birth": {"apart": _day("%Y . %m . %d"), "loose": _day("%Y 년 %-m 월 %-d 일"), "points": _day("%Y.%m. %d")},
    "kr phone": {
        "dashes": str, "joined": _joined, "bracket": _bracketed, "abroad": lambda t: f"+82-{t[1:]}", "half": lambda t: t.replace("-", " ", 1), "plain": lambda t: f"82{_joined(t)[1:]}" if t.startswith("01") else t,
        "dots": _with("."), "slashes": _with("/"), "wide": lambda t: t.translate(FULL_WIDTH), "late": lambda t: t.replace("-", "", 2) if len(t) < 12 else t[:8] + t[9:],
    },
    "voice phone": {"blanks": _spoken(" "), "runs": _spoken(""), "commas": _spoken(", "), "by": _spoken("에 ")},
    "ocr phone": {"apart": _with(" - "), "loose": _with(" -"), "letter": lambda t: t.replace("01", "O1", 1), "blanks": _with(" ")},
    "th phone": {
        "dashes": _cut("-", 3, 6), "old": _cut("-", 2, 6), "abroad": lambda t: f"+66-{t[1:3]}-{t[3:6]}-{t[6:]}", "plain": lambda t: f"66{t[1:]}", "bracket": lambda t: f"({t[:3]}) {t[3:6]}-{t[6:]}",
        "figures": lambda t: _cut("-", 3, 6)(t).translate(THAI), "late": _cut("-", 3), "joined": str, "dots": _cut(".", 3, 6),
    },
    "cn phone": {"joined": str, "blanks": _cut(" ", 3, 7), "abroad": lambda t: f"0086-{t}", "bracket": lambda t: f"(+86){t}", "dashes": _cut("-", 3, 7), "wide": lambda t: t.translate(FULL_WIDTH)},
    "kr account": {"dashes": str, "joined": _joined, "blanks": _with(" ")},
    "th account": {"dashes": str, "joined": _joined, "blanks": _with(" ")},
    "voice account": {"blanks": _spoken(" "), "by": _spoken(" 다시 ")},
    "kr rrn": {"dash": str, "joined": _joined, "blank": _with(" "), "slash": _with("/"), "apart": _with(" - ")},
    "voice rrn": {"by": _spoken(" 다시 "), "bar": _spoken(" 에 ")},
    "ocr rrn": {"apart": _with(" - "), "loose": _with(" -"), "dash": str},
    "kr licence": {"dash": str, "joined": _joined, "blanks": _with(" ")},
    "kr card": {"blanks": _fours(" "), "dashes": _fours("-"), "joined": str},
    "th card": {"blanks": _fours(" "), "joined": str},
    "cn card": {"blanks": _fours(" "), "joined": str, "dashes": _fours("-")},
    "th tnin": {"blanks": _cut(" ", 1, 5, 10, 12), "dashes": _cut("-", 1, 5, 10, 12), "joined": str, "figures": lambda t: t.translate(THAI)},
    "cn cnid": {"plain": str, "blanks": lambda t: t if len(t) == 15 else _cut(" ", 6, 14)(t)},
    "kr address": {"whole": str, "short": _short, "flat": _flat, "tight": _tight},
    "ocr address": {"torn": _torn, "whole": str},
    "en-kr address": {"english": _korean_english}, "en-th address": {"english": _thai_english}, "en-cn address": {"english": _chinese_english},
    "ocr name": {"apart": " ".join, "plain": str},
    "voice email": {"points": lambda t: t.replace("@", " 골뱅이 ").replace(".", " 점 "), "at": lambda t: t.replace("@", " 골뱅이 ")},
    "en-kr name": _names("kr"), "en-th name": _names("th"), "en-cn name": _names("cn"),
}  # fmt: skip
