"""Synthetic people: ``people(count, seed)`` gives the same ones for the same seed, in well under a second for 17,551.

Every value is drawn from a seeded generator. No value is copied from anywhere, and no two people share a CI, DI,
nickname, phone number, e-mail address or wallet: joining records can never melt two people into one.
"""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass

DEFAULT_COUNT = 17_551
DEFAULT_SEED = 20250331

#: The constant first 15 bytes of a DI: ``MC0GCCqGSIb3DQIJAyEA`` in base64 (a DER header, before 32 secret bytes).
DI_HEADER = base64.b64decode("MC0GCCqGSIb3DQIJAyEA")

SURNAMES = "김김김김이이이박박최정강조윤장임한오서신권황안송류홍"
GIVEN = "민서준지우하은도윤시현주예진수아영호성재훈소연유나태경동건희라온별솔"
ADJECTIVES = (
    "용감한",
    "졸린",
    "느긋한",
    "반짝이는",
    "새벽의",
    "배고픈",
    "조용한",
    "씩씩한",
    "달콤한",
    "엉뚱한",
    "푸른",
    "든든한",
)
NOUNS = (
    "고래",
    "너구리",
    "다람쥐",
    "민트초코",
    "감자",
    "우주인",
    "호랑이",
    "파도",
    "두루미",
    "수제비",
    "나그네",
    "올빼미",
    "바나나",
    "귤",
)
LATIN = (
    "moon",
    "fox",
    "neo",
    "pixel",
    "river",
    "luna",
    "byte",
    "whale",
    "mango",
    "stone",
    "echo",
    "nova",
    "ghost",
    "cloud",
    "tiger",
    "bean",
)
EMOJI = "🐳🦊🌙🍀🔥🎧🐯🫧"
#: Made up, and odd enough that nobody has registered them. Reserved names (.test, .example) would not do: a
#: recogniser rightly leaves those out.
DOMAINS = ("mail.haneul-madeup.kr", "badapost-madeup.co.kr", "nunbora-madeup.net", "sonagi-madeup.com")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One made-up customer. ``None`` where this person has no such value.

    ``ci`` 88 characters, ``di`` 64 characters, ``mobile`` 11 digits without dashes, ``birth`` ISO date, ``wallet``
    ``0x`` and 40 lower-case hex digits.
    """

    number: int
    ci: str
    di: str
    nickname: str
    name: str
    birth: str
    mobile: str | None
    email: str | None
    wallet: str | None

    @property
    def dashed_mobile(self) -> str:
        """``010-1234-5678``, or nothing."""
        return f"{self.mobile[:3]}-{self.mobile[3:7]}-{self.mobile[7:]}" if self.mobile else ""


def people(count: int = DEFAULT_COUNT, seed: int = DEFAULT_SEED) -> tuple[Person, ...]:
    """``count`` distinct people, numbered from 1; the same for the same count and seed."""
    # The count is part of the seed, so that two sizes share nobody: a left-over of one run cannot hide in another.
    chance = random.Random(f"people-{seed}-{count}")
    taken: set[str] = set()
    # Drawing without replacement is what makes them distinct.
    mobiles = iter(chance.sample(range(20_000_000, 99_999_999), count))
    return tuple(_person(chance, number, taken, next(mobiles)) for number in range(1, count + 1))


def _person(chance: random.Random, number: int, taken: set[str], mobile: int) -> Person:
    draw = chance.random
    nickname = _nickname(chance)
    while nickname in taken:  # as on any site: the name with a number behind it
        nickname += str(number)
    taken.add(nickname)
    given = chance.choice(GIVEN) + (chance.choice(GIVEN) if draw() < 0.97 else "")
    mailbox = f"{chance.choice(LATIN)}{chance.choice('._-')}{number}"
    return Person(
        number=number,
        ci=base64.b64encode(chance.randbytes(64)).decode(),
        di=base64.b64encode(DI_HEADER + chance.randbytes(32)).decode(),
        nickname=nickname,
        name=chance.choice(SURNAMES) + given,
        birth=f"{chance.randint(1955, 2006)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        mobile=f"010{mobile:08}" if draw() < 0.6 else None,
        email=f"{mailbox}@{chance.choice(DOMAINS)}" if draw() < 0.4 else None,
        wallet=f"0x{chance.randbytes(20).hex()}" if draw() < 0.7 else None,
    )


def _nickname(chance: random.Random) -> str:
    """Hangul, Latin, mixed, digits, now and then an emoji, a quote or a comma; not yet distinct."""
    style = chance.random()
    if style < 0.40:
        text = chance.choice(ADJECTIVES) + chance.choice(NOUNS)
    elif style < 0.65:
        text = chance.choice(LATIN) + chance.choice(["", "_", "-", "."]) + chance.choice(LATIN)
    elif style < 0.80:
        text = chance.choice(NOUNS) + chance.choice(LATIN).title()
    elif style < 0.85:
        text = str(chance.randint(100, 99_999))
    elif style < 0.94:
        text = chance.choice(NOUNS) + "왕" + str(chance.randint(1, 999))
    elif style < 0.98:
        text = chance.choice(EMOJI) + chance.choice(NOUNS)
    elif style < 0.99:
        text = f"{chance.choice(LATIN)}'s {chance.choice(LATIN)}"
    else:
        text = f'{chance.choice(NOUNS)},"{chance.choice(LATIN)}"'
    return text
