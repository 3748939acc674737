"""Documents of running text from templates: a head, records with people's values, lines with nobody's, and a foot.

In a template `{name}` is the first person's value in the document's own way of writing, `{b.phone:dots}` the second's in a way named,
`{name?}` one nobody could be sure of; `{#order}` is nobody's data; `{~은}` the particle that fits what stands before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.detection import numbers, words
from benchmarks.detection.labels import Cell, Leftover, Page, leftover
from benchmarks.detection.people import Writing
from benchmarks.detection.running.latin import bare_thai, korean_parts, latin

Write = Callable[[str], str]
Hand = Mapping[str, Mapping[str, Write]]
"""How a set's people write: "kr birth", "th phone" → ways by name, from ISO dates, plain numbers and names."""
PLACE = re.compile(r"\{(?:(?P<who>[a-h])\.)?(?P<attribute>[a-z]+)(?::(?P<form>[a-z0-9]+))?(?P<open>\?)?\}")
FILLER = re.compile(r"\{#([a-z]+)\}|\{~([은이을과으로라]+)\}")
MARKED = re.compile(rf"{PLACE.pattern}|{FILLER.pattern}")
POSTCODE = re.compile(r"[(\[]?우? ?\d{5}[)\]]?\s*$")
PARTICLES = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이라": ("이라", "라"),
}
FINAL_DIGITS = "013678"
BANKS = (("1002-", "우리"), ("110-", "신한"), ("302-", "농협"), ("3333-", "카카오뱅크"), ("1000-", "토스뱅크"))
PRODUCTS = {
    "kr": ("하나로패스", "포도적금 2호", "새벽배송 체크카드", "스마트청약", "한빛예금", "청춘대출"),
    "th": ("พร้อมออมทรัพย์", "GreenPass", "สินเชื่อสบายใจ", "บัตรเดบิตฟ้าใส"),
    "cn": ("金穗通", "随心贷", "云闪付二期", "蓝鲸理财"),
}  # fmt: skip
TODAY = date(2026, 11, 23)
FREE_SHARE = 0.36
"""Of a document's lines, at least so many hold nobody's data."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. Its records take turns, in another order each time."""

    name: str
    country: str
    suffix: str
    text: str
    records: int = 20
    tolerated: tuple[str, ...] = ()
    tongue: str = ""
    """What it is written in, if not its people's own language."""

    def blocks(self) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
        """Head, records, idle lines, foot: parted by `%%`, `%% idle`, `%% foot`."""
        body, _, foot = self.text.strip("\n").partition("\n%% foot\n")
        body, _, idle = body.partition("\n%% idle\n")
        head, *records = re.split(r"(?:^|\n)%%\n", body)
        return head, tuple(records), tuple(idle.split("\n")), foot


class Draft:
    """One document being written."""

    def __init__(self, page: Page, chance: Random, kind: Kind, hand: Hand) -> None:
        self.page, self.chance, self.kind, self.hand = page, chance, kind, hand
        self.writing = Writing(chance, kind.country, unicode=True)
        self.writing.ci, self.writing.rrn, self.writing.birth = "plain", "dash", "iso"
        self.writing.card, self.writing.account = "none", "dashes"
        self.writing.separator, self.writing.phone = "", "none"
        self.usual = {name: chance.choice(tuple(ways)) for name, ways in hand.items()}
        self.people: dict[str, dict[str, Cell]] = {}

    def text(self) -> str:
        """The whole document."""
        head, records, idle, foot = self.kind.blocks()
        lines = [self.fill(head)] if head else []
        used, free = _count(head)
        queue: list[str] = []
        turns: list[str] = []
        for _ in range(self.kind.records):
            turns = turns or self.chance.sample(records, len(records))
            record = turns.pop()
            lines.append(self.fill(record))
            more_used, more_free = _count(record)
            used, free = used + more_used, free + more_free
            while free < (used + free) * FREE_SHARE:
                queue = queue or self.chance.sample(idle, len(idle))
                lines.append(self.fill(queue.pop()))
                free += 1
        lines += [self.fill(line) for line in queue[:3]]
        return "\n".join([*lines, *([self.fill(foot)] if foot else []), ""])

    def fill(self, template: str) -> str:
        """A template with new people's values in it."""
        self.people = {}
        out, at = "", 0
        for mark in MARKED.finditer(template):
            out += template[at : mark.start()]
            at = mark.end()
            if mark["attribute"]:
                cell = self.cell(mark["who"] or "a", mark["attribute"], mark["form"] or "", open=bool(mark["open"]))
                if mark["attribute"] == "address" and (code := POSTCODE.search(out)):
                    others = (code[0] + cell.text, code[0].strip("()[]우 ") + " " + cell.text)
                    cell = replace(cell, alternatives=(*cell.alternatives, *others))
                out += self.page.put(cell, _label(out)) if cell.entity else cell.text
            elif mark.group(5):
                out += self.page.put(self.filler(mark.group(5)))
            else:
                out += _particle(out, mark.group(6))
        return out + template[at:]

    def cell(self, who: str, attribute: str, form: str, *, open: bool) -> Cell:
        """A person's value as it is written here."""
        if who not in self.people:
            if self.kind.country == "kr":
                self.writing.phone = self.chance.choices(("dashes", "landline", "old-prefix"), (17, 2, 1))[0]
            self.people[who] = self.writing.person()
        person = self.people[who]
        born = date.fromisoformat(person["birth"].text)
        match attribute:
            case "age":
                return Cell(text=str(TODAY.year - born.year - ((TODAY.month, TODAY.day) < (born.month, born.day))))
            case "bank":
                return Cell(text=_bank(person["account"].text))
            case "bankname":
                bank = _bank(person["account"].text)
                return Cell(text=bank if bank.endswith("뱅크") else f"{bank}은행")
        base = person[attribute]
        key = f"{self.kind.tongue} {attribute}"
        key = key if key in self.hand else f"{self.kind.country} {attribute}"
        ways = self.hand.get(key, {})
        if not form and ways:
            form = self.usual[key] if self.chance.random() < 0.75 else self.chance.choice(tuple(ways))
        text = ways[form](base.text) if form in ways else _named(base.text, attribute, form, self.kind.country)
        unsure = open or base.form == "15 digits"
        others = {*_others(attribute, base.text, text, self.kind.country)} - {text}
        return Cell(
            text=text, entity=base.entity, form=f"{base.form} {form}".strip(), required=not unsure,
            alternatives=tuple(sorted(others)),
        )  # fmt: skip

    def filler(self, name: str) -> Cell:
        """Nobody's data, or what is left open: staff in passing, the company's own numbers and mailboxes."""
        r = self.chance
        day = date(2024, 1, 1) + timedelta(days=r.randrange(1000))
        buddhist = f"{day.day:02}/{day.month:02}/{day.year + 543}"
        match name:
            case "who":
                return Cell(text=words.name(r, self.kind.country), entity="PERSON", form="staff", required=False)
            case "tel":
                number = r.choice((f"1588-{numbers.digits(r, 4)}", f"1661-{numbers.digits(r, 4)}", f"02-{r.randint(300, 999)}-{numbers.digits(r, 4)}"))  # fmt: skip
                abroad = {"th": f"02-{numbers.digits(r, 3)}-{numbers.digits(r, 4)}", "cn": f"95{numbers.digits(r, 3)}"}
                return Cell(text=abroad.get(self.kind.country, number), entity="PHONE_NUMBER", form="a company's", required=False)  # fmt: skip
            case "mailbox":
                box = r.choice(("help", "noreply", "dev-team", "cs", "ops", "privacy"))
                return Cell(text=f"{box}@saebyeok-soft.co.kr", entity="EMAIL_ADDRESS", form="a company's", required=False)  # fmt: skip
            case "day":
                local = {"kr": (f"{day:%Y.%m.%d}", f"{day.year}년 {day.month}월 {day.day}일", f"{day:%Y-%m-%d}", f"{day.year}. {day.month}. {day.day}."),
                         "th": (buddhist, day.isoformat()), "cn": (f"{day.year}年{day.month}月{day.day}日", day.isoformat())}  # fmt: skip
                return Cell(text=r.choice(local[self.kind.country]), form="a day")
            case "iso":
                return Cell(text=day.isoformat(), form="a day")
            case "time":
                return Cell(text=f"{r.randint(8, 19):02}:{r.randint(0, 59):02}", form="a time")
            case "stamp":
                return Cell(text=f"{day.isoformat()} {r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}", form="a moment")  # fmt: skip
            case "order":
                return Cell(text=f"{day:%Y%m%d}-{numbers.digits(r, 7)}", form="an order's number")
            case "ticket":
                return Cell(text=f"{r.choice(('CS', 'OPS', 'BANK', 'VOC', 'DEV'))}-{r.randint(100, 29999)}", form="a ticket's number")  # fmt: skip
            case "version":
                return Cell(text=f"{r.randint(1, 5)}.{r.randint(0, 30)}.{r.randint(0, 12)}", form="a version")
            case "commit":
                return Cell(text=r.randbytes(4).hex()[:7], form="a commit")
            case "n":
                return Cell(text=str(r.randint(2, 60)), form="a small number")
            case "amount":
                return Cell(text=f"{r.randint(3, 4000) * 100:,}", form="an amount")
            case "corporate":
                return Cell(text=numbers.corporate_number(r), form="a corporation's number")
            case "barcode":
                return Cell(text=numbers.ean13(r), form="a bar code")
            case "zip":
                return Cell(text=f"{r.randint(1000, 63999):05}", form="a postcode")
            case "uuid":
                h = r.randbytes(16).hex()
                return Cell(text=f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}", form="a request's id")
            case "product":
                return Cell(text=r.choice(PRODUCTS[self.kind.country]), form="a product")
            case _:
                raise ValueError(name)


def _count(template: str) -> tuple[int, int]:
    lines = [line for line in template.split("\n") if line.strip()]
    used = sum(1 for line in lines if PLACE.search(line))
    return used, len(lines) - used


def _label(before: str) -> str:
    line = before.rstrip().rsplit("\n", 1)[-1].strip(" :：(（,[]【】\"'*|/=→-")
    return re.split(r"[ ,;:：，。()（）|/]", line)[-1][-16:]


def _bank(account: str) -> str:
    """The bank whose numbers look so."""
    for start, bank in BANKS:
        if account.startswith(start):
            return bank
    return "하나" if len(account.split("-")[1]) == 6 else "국민"


def _particle(before: str, wanted: str) -> str:
    last = before.rstrip(")”\"'」")[-1]
    closed = (ord(last) - 0xAC00) % 28 > 0 if "가" <= last <= "힣" else last in FINAL_DIGITS or last.lower() in "lmnr"
    if wanted == "으로" and (last in "178l" or ("가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 == 8)):
        closed = False
    return PARTICLES[wanted][not closed]


def _named(text: str, attribute: str, form: str, country: str) -> str:
    if attribute == "name" and form:
        surname, given = latin(text, country)
        korean = " ".join((korean_parts(text)[0], *korean_parts(text)[1])) if country == "kr" else " ".join(text)
        return {
            "spaced": korean, "bare": bare_thai(text), "upper": f"{surname} {given}".upper(), "joined": f"{surname.upper()} {given.replace(' ', '').upper()}",
            "comma": f"{surname}, {given.replace(' ', '-')}", "western": f"{_dashed(given)} {surname}", "eastern": f"{surname} {_dashed(given)}",
        }[form]  # fmt: skip
    if attribute == "email" and form:
        return text.replace("@", {"at": "(at)", "word": " at ", "spoken": " 골뱅이 ", "square": "[at]"}[form])
    if form:
        raise ValueError(f"{attribute}:{form}")
    return text


def _dashed(given: str) -> str:
    first, *rest = given.split(" ")
    return "-".join((first, *(part.lower() for part in rest)))


def _others(attribute: str, base: str, text: str, country: str) -> Iterator[str]:
    """Other extents and plain forms of the same value. A name in Latin letters is another: both may stand in a file."""
    if attribute != "name" or not text.isascii():
        yield base
    if attribute == "name" and country == "th" and not text.isascii():
        yield from (f"{title}{bare_thai(base)}" for title in (*words.TH_TITLES, "คุณ", "คุณ "))
    if attribute == "name" and text.isascii():
        yield text.replace(",", "")
    if attribute == "birth":
        yield from (f"{text}생", text.rstrip("."))
    if attribute == "address" and country == "th":
        yield f"บ้านเลขที่ {text}"


def documents(kinds: tuple[Kind, ...], hand: Hand, chance: Random, country: str, number: int) -> Iterator[Leftover]:
    """One document of each of a country's kinds; `number` keeps their paths apart."""
    for kind in kinds:
        if kind.country == country:
            page = Page(kind.name)
            page.tolerate(*kind.tolerated)
            text = Draft(page, chance, kind, hand).text()
            path = f"{country}/running/{kind.name.replace(' ', '_')}_{number}.{kind.suffix}"
            yield leftover(path, text, page)
