"""A made-up customer's attributes as cells, in the many ways such values are written."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from benchmarks.detection import numbers, wallets, words
from benchmarks.detection.labels import Cell

ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "kr": ("ci", "di", "rrn", "frn", "name", "nick", "phone", "email", "birth", "address", "account", "card", "passport", "licence", "plate",
           "brn", "wallet", "ip", "device"),
    "th": ("tnin", "laser", "name", "nick", "phone", "email", "birth", "address", "account", "card"),
    "cn": ("cnid", "cnpass", "name", "nick", "phone", "email", "birth", "address", "card", "iban"),
}  # fmt: skip
COMMON: Final = {
    "kr": ("ci", "nick", "phone", "name", "email", "birth", "rrn"),
    "th": ("tnin", "name", "phone", "address"),
    "cn": ("cnid", "name", "phone", "address"),
}
BANKS: Final = (
    ("우리", lambda r: f"1002-{numbers.digits(r, 3)}-{numbers.digits(r, 6)}"), ("신한", lambda r: f"110-{numbers.digits(r, 3)}-{numbers.digits(r, 6)}"),
    ("국민", lambda r: f"{r.randint(100, 999)}{numbers.digits(r, 3)}-{r.choice(('01', '04', '21'))}-{numbers.digits(r, 6)}"),
    ("농협", lambda r: f"302-{numbers.digits(r, 4)}-{numbers.digits(r, 4)}-{numbers.digits(r, 2)}"),
    ("카카오뱅크", lambda r: f"3333-{numbers.digits(r, 2)}-{numbers.digits(r, 7)}"), ("토스뱅크", lambda r: f"1000-{numbers.digits(r, 4)}-{numbers.digits(r, 4)}"),
    ("하나", lambda r: f"{numbers.digits(r, 3)}-{numbers.digits(r, 6)}-{numbers.digits(r, 5)}"),
)  # fmt: skip
THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
FULL_WIDTH: Final = str.maketrans("0123456789-", "０１２３４５６７８９－")


class Writing:
    """How one column is written throughout a file: chosen once, as exports are uniform. `unicode`: any character may be used."""

    def __init__(self, chance: Random, country: str, *, unicode: bool, judging: bool = False) -> None:
        self.chance, self.country, self.unicode, self.judging = chance, country, unicode, judging
        pick = chance.choice
        self.ci = chance.choices(("plain", "url-encoded", "unpadded", "url-safe"), (8, 1, 1, 1))[0]
        self.rrn = pick(("dash", "dash", "none", "space", "mixed-era") + (("full-width", "en-dash") if unicode else ()))
        self.rrn_era = pick(("legacy", "legacy", "post-2020"))
        kr_phone = ("dashes", "dashes", "none", "dot", "space", "+82", "+82-dashes", "+82-0", "dropped-zero", "mixed")
        self.phone = pick(
            {
                "kr": kr_phone,
                "th": ("none", "dashes", "+66", "3-3-4", "thai-digits"),
                "cn": ("none", "none", "+86", "3-4-4"),
            }[country]
        )
        self.birth = pick(("iso", "iso", "compact", "dots", "slashes", "six", "datetime", "local"))
        self.separator = pick(("-", "", " "))
        self.card = pick(("none", "dash", "space"))
        self.wallet = pick(("eth-lower", "eth-lower", "eth-eip55", "btc-bech32", "btc-base58"))
        self.account = pick(("dashes", "dashes", "none"))

    def person(self) -> dict[str, Cell]:
        """One customer: a cell an attribute. The attributes agree with each other (birth date and resident number)."""
        r, country = self.chance, self.country
        child = country == "kr" and self.rrn_era == "post-2020" and r.random() < 0.2
        birth = numbers.birthday(r, 2021, 2024) if child else numbers.birthday(r)
        cells = {
            "name": Cell(text=words.name(r, country), entity="PERSON", form=f"{country} name"),
            "nick": Cell(
                text=words.nickname(r, country, emoji=self.unicode), entity="NICKNAME", form=f"{country} nickname"
            ),
            "phone": self._phone(),
            "email": self._email(),
            "birth": Cell(text=self._birth(birth), entity="DATE_OF_BIRTH", form=self.birth),
            "address": Cell(text=words.address(r, country), entity="ADDRESS", form=f"{country} address"),
            "card": self._card(),
        }
        match country:
            case "kr":
                cells |= self._korean(birth)
            case "th":
                cells |= self._thai()
            case _:
                cells |= self._chinese(birth)
        return cells

    def _korean(self, birth: date) -> dict[str, Cell]:
        r = self.chance
        checked = self.rrn_era == "legacy"
        era = self.rrn_era
        licence = f"{r.choice((*range(11, 27), 28))}-{r.randint(70, 99)}-{numbers.digits(r, 6)}-{numbers.digits(r, 2)}"
        account = r.choice(BANKS)[1](r)
        return {
            "ci": self._ci(),
            "di": Cell(text=numbers.di(r), entity="KR_DI", form="plain"),
            "rrn": self._resident(numbers.rrn(r, birth, checked=checked), "KR_RRN", era),
            "frn": self._resident(numbers.rrn(r, birth, checked=checked, foreigner=True), "KR_FRN", era),
            "account": Cell(text=account if self.account == "dashes" else account.replace("-", ""), entity="BANK_ACCOUNT", form=f"kr {self.account}"),
            "passport": Cell(text=r.choice((f"M{r.randint(100, 999)}{r.choice('ABCDEFGH')}{numbers.digits(r, 4)}", f"M{numbers.digits(r, 8)}")), entity="KR_PASSPORT", form="old or new"),
            "licence": Cell(text=licence, entity="KR_DRIVER_LICENSE", form="dashes"),
            "plate": Cell(text=f"{r.randint(10, 699)}{r.choice('가나다라마거너더러머버서어저고노도로모보소오조하허호')}{r.choice(('', ' '))}{r.randint(1000, 9999)}", entity="KR_VEHICLE_PLATE", form="plain"),
            "brn": Cell(text=numbers.business_number(r), entity="KR_BRN", form="dashes"),
            "wallet": self._wallet(),
            "ip": Cell(text=f"{r.choice((211, 175, 58, 121, 220))}.{r.randint(1, 254)}.{r.randint(0, 255)}.{r.randint(1, 254)}", entity="IP_ADDRESS", form="public"),
            "device": Cell(text=f"{r.randbytes(4).hex()}-{r.randbytes(2).hex()}-4{r.randbytes(2).hex()[1:]}-a{r.randbytes(2).hex()[1:]}-{r.randbytes(6).hex()}", entity="DEVICE_ID", form="uuid"),
        }  # fmt: skip

    def _thai(self) -> dict[str, Cell]:
        r = self.chance
        plain = numbers.tnin(r)
        dashed = f"{plain[0]}-{plain[1:5]}-{plain[5:10]}-{plain[10:12]}-{plain[12]}"
        text = {"-": dashed, "": plain, " ": dashed.replace("-", " ")}[self.separator]
        return {
            "tnin": Cell(text=text, entity="TH_TNIN", form={"-": "dashes", "": "none", " ": "spaces"}[self.separator]),
            "laser": Cell(text=f"{r.choice('JABCL')}{r.choice('TCEX')}{r.randint(0, 9)}-{numbers.digits(r, 7)}-{numbers.digits(r, 2)}", entity="TH_LASER_CODE", form="dashes"),
            "account": Cell(text=f"{numbers.digits(r, 3)}-{r.randint(0, 9)}-{numbers.digits(r, 5)}-{r.randint(0, 9)}", entity="BANK_ACCOUNT", form="th dashes"),
        }  # fmt: skip

    def _chinese(self, birth: date) -> dict[str, Cell]:
        r = self.chance
        region = "830000" if r.random() < 0.05 else ""
        old = not region and birth.year < 1980 and r.random() < 0.05
        text = (
            f"{r.choice(numbers.CN_REGIONS)}{birth:%y%m%d}{numbers.digits(r, 3)}"
            if old
            else numbers.cn_resident(r, birth, region)
        )
        return {
            "cnid": Cell(
                text=text.lower() if r.random() < 0.2 else text,
                entity="CN_RESIDENT_ID",
                form="15 digits" if old else "taiwan 83" if region else "18",
            ),
            "cnpass": Cell(
                text=r.choice((f"E{numbers.digits(r, 8)}", f"E{r.choice('ABCDEFGHJK')}{numbers.digits(r, 7)}")),
                entity="CN_PASSPORT",
                form="plain",
            ),
            "iban": Cell(text=numbers.iban(r), entity="IBAN_CODE", form="plain"),
        }

    def _ci(self) -> Cell:
        plain = numbers.ci(self.chance)
        text = {"plain": plain, "url-encoded": plain.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"), "unpadded": plain.rstrip("="),
                "url-safe": plain.replace("+", "-").replace("/", "_")}[self.ci]  # fmt: skip
        return Cell(text=text, entity="KR_CI", form=self.ci)

    def _resident(self, number: str, entity: str, era: str) -> Cell:
        style = self.rrn if self.rrn != "mixed-era" else self.chance.choice(("dash", "none"))
        dashed = f"{number[:6]}-{number[6:]}"
        text = {
            "dash": dashed,
            "none": number,
            "space": dashed.replace("-", " "),
            "full-width": dashed.translate(FULL_WIDTH),
            "en-dash": dashed.replace("-", "–"),
        }[style]
        return Cell(text=text, entity=entity, form=f"{era} {style}")

    def _phone(self) -> Cell:
        r, style = self.chance, self.phone
        if self.country == "th":
            d = r.choice("689") + numbers.digits(r, 8)
            text = {
                "none": f"0{d}",
                "dashes": f"0{d[:2]}-{d[2:]}",
                "+66": f"+66{d}",
                "3-3-4": f"0{d[:2]}-{d[2:5]}-{d[5:]}",
                "thai-digits": f"0{d[:2]}-{d[2:5]}-{d[5:]}".translate(THAI),
            }[style]
            return Cell(text=text, entity="PHONE_NUMBER", form=f"th {style}")
        if self.country == "cn":
            d = "1" + r.choice("3456789") + numbers.digits(r, 9)
            text = {"none": d, "+86": f"+86 {d}", "3-4-4": f"{d[:3]}-{d[3:7]}-{d[7:]}"}[style]
            return Cell(text=text, entity="PHONE_NUMBER", form=f"cn {style}")
        if style == "mixed":  # a spreadsheet of many years: old prefixes and landlines among them
            style = r.choice(("dashes", "none", "landline", "old-prefix"))
        a, b = f"{r.randint(2000, 9999)}", numbers.digits(r, 4)
        text = {
            "dashes": f"010-{a}-{b}", "none": f"010{a}{b}", "dot": f"010.{a}.{b}", "space": f"010 {a} {b}", "+82": f"+8210{a}{b}", "+82-dashes": f"+82-10-{a}-{b}",
            "+82-0": f"+82 010 {a} {b}", "dropped-zero": f"10{a}{b}", "landline": f"{r.choice(('02', '031', '051', '064', '070'))}-{r.randint(200, 9999)}-{b}",
            "old-prefix": f"{r.choice(('011', '016', '019'))}-{r.randint(200, 999)}-{b}",
        }[style]  # fmt: skip
        return Cell(text=text, entity="PHONE_NUMBER", form=f"kr {style}")

    def _email(self) -> Cell:
        text = words.email(self.chance)
        if self.chance.random() < 0.1:
            return Cell(
                text=text.partition("@")[0]
                + self.chance.choice(("@intra.podobank.corp", "@mail.vendor.internal", "@hr.podo.local")),
                entity="EMAIL_ADDRESS",
                form="internal domain",
            )
        return Cell(text=text, entity="EMAIL_ADDRESS", form="public domain")

    def _birth(self, day: date) -> str:
        buddhist = day.year + 543
        local = {
            "kr": f"{day.year}년 {day.month}월 {day.day}일",
            "th": f"{day.day:02}/{day.month:02}/{buddhist}",
            "cn": f"{day.year}年{day.month}月{day.day}日",
        }[self.country]
        return {"iso": day.isoformat(), "compact": f"{day:%Y%m%d}", "dots": f"{day:%Y.%m.%d}", "slashes": f"{day:%Y/%m/%d}", "six": f"{day:%y%m%d}",
                "datetime": f"{day.isoformat()} 00:00:00", "local": local}[self.birth]  # fmt: skip

    def _card(self) -> Cell:
        number = numbers.unionpay(self.chance) if self.country == "cn" else numbers.card(self.chance)
        joint = {"none": "", "dash": "-", "space": " "}[self.card]
        return Cell(
            text=joint.join(number[i : i + 4] for i in range(0, len(number), 4)),
            entity="CREDIT_CARD",
            form=f"{len(number)} {self.card}",
        )

    def _wallet(self) -> Cell:
        r = self.chance
        text = {"eth-lower": lambda: wallets.ethereum(r, mixed=False), "eth-eip55": lambda: wallets.ethereum(r, mixed=True), "btc-bech32": lambda: wallets.bech32(r),
                "btc-base58": lambda: wallets.base58check(r, r.choice((0, 5)))}[self.wallet]()  # fmt: skip
        return Cell(text=text, entity="CRYPTO", form=self.wallet)
