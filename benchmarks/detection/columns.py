"""Columns that stand beside personal data and are none: what tables are really full of, look-alikes first."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Final

from benchmarks.detection import fresh, numbers
from benchmarks.detection.headers import style_name
from benchmarks.detection.labels import Cell

Make = Callable[[Random], str]
EPOCH: Final = datetime(2019, 1, 1)


def moment(chance: Random) -> datetime:
    """Some second between 2019 and 2026."""
    return EPOCH + timedelta(seconds=chance.randrange(7 * 365 * 86400))


def uuid(chance: Random) -> str:
    """A random UUID."""
    h = chance.randbytes(16).hex()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


def epoch_ms(chance: Random) -> str:
    """Milliseconds since 1970, of 2019 to 2026."""
    return str(int(moment(chance).timestamp() * 1000) + chance.randrange(1000))


def base64_64(chance: Random) -> str:
    """64 random bytes: a salt or PBKDF2 key, in the shape of a CI."""
    return base64.b64encode(chance.randbytes(64)).decode()


def bcrypt(chance: Random) -> str:
    """A password hash's shape; nobody's password."""
    alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return f"$2b$1{chance.choice('02')}$" + "".join(chance.choices(alphabet, k=53))


PRODUCTS: Final = (
    "프리미엄 멤버십",
    "NFT 한정판 1호",
    "아메리카노 T",
    "골드 패키지",
    "스타터 키트",
    "기프트카드 3만원",
    "무선 이어폰",
)
SHOPS: Final = ("강남지점", "부산서면점", "온라인몰", "제주공항점", "본사", "신촌역점")
COMPANIES: Final = (
    "주식회사 하늘소프트",
    "(주)바다정보",
    "넥스트레이어 유한회사",
    "Blue Tree Co., Ltd.",
    "한빛시스템즈",
)

#: name of the decoy's class → (field names as words or a local name, how a value is made)
DECOYS: Final[dict[str, tuple[tuple[str, ...], Make]]] = {
    "row id": (("id", "seq", "no", "idx"), lambda r: str(r.randint(1, 999_999))),
    "order number": (("order no", "ord no", "주문번호"), lambda r: f"{moment(r):%Y%m%d}-{numbers.digits(r, 7)}"),
    "order number 13": (("order id", "pay no", "결제번호"), lambda r: f"{moment(r):%y%m%d}{numbers.digits(r, 7)}"),
    "epoch ms": (("created at", "reg ts", "updated", "timestamp"), epoch_ms),
    "yyyyMMddHHmm": (("reg dtm", "login dt", "등록일시"), lambda r: f"{moment(r):%Y%m%d%H%M}"),
    "yyyyMMddHHmmss": (("reg dttm", "처리일시"), lambda r: f"{moment(r):%Y%m%d%H%M%S}"),
    "date": (("join date", "reg dt", "가입일", "last login"), lambda r: f"{moment(r):%Y-%m-%d}"),
    "datetime": (("created at", "ci updated at", "nick changed at", "수정일시"), lambda r: f"{moment(r):%Y-%m-%d %H:%M:%S}"),
    "snowflake": (("message id", "tweet id", "tx seq"), lambda r: str(r.randint(10**17, 19 * 10**17))),
    "uuid": (("uuid", "session id", "trace id"), uuid),
    "EAN-13": (("barcode", "ean", "goods cd", "바코드"), numbers.ean13),
    "corporate number": (("corp no", "법인등록번호", "corp reg no"), numbers.corporate_number),
    "tracking number": (("invoice no", "운송장번호", "tracking no"), lambda r: numbers.digits(r, 12)),
    "amount": (("amount", "price", "금액"), lambda r: str(r.randint(10, 9_999_999) * 10)),
    "status": (("status", "grade", "use yn", "ci yn", "email agree yn", "phone verified", "birth open yn"), lambda r: r.choice(("Y", "N"))),
    "count": (("nickname count", "login cnt", "card cnt", "address count"), lambda r: str(r.randint(0, 40))),
    "product name": (("product name", "goods nm", "item name", "상품명"), lambda r: r.choice(PRODUCTS)),
    "shop name": (("branch name", "store nm", "지점명"), lambda r: r.choice(SHOPS)),
    "company name": (("company name", "corp nm", "회사명"), lambda r: r.choice(COMPANIES)),
    "file name": (("file name", "orig file nm"), lambda r: f"img_{moment(r):%Y%m%d}_{r.randint(1, 99)}.png"),
    "host name": (("host name", "server name"), lambda r: f"web-{r.randint(1, 20):02}.internal"),
    "class name": (("class name", "job name"), lambda r: r.choice(("MemberSyncJob", "NickChangeTask", "kr.co.app.batch.CleanUp"))),
    "masked phone": (("phone masked", "마스킹 휴대폰", "masked phone"), lambda r: f"010-****-{numbers.digits(r, 4)}"),
    "masked name": (("masked name", "마스킹 이름"), lambda r: f"{r.choice('김이박최')}*{r.choice('민수영호')}"),
    "masked card": (("masked card no",), lambda r: f"{r.randint(4000, 5599)}-****-****-{numbers.digits(r, 4)}"),
    "masked account": (("masked account no",), lambda r: f"110-***-***{numbers.digits(r, 3)}"),
    "masked email": (("masked email",), lambda r: f"{r.choice('abcdk')}***@{r.choice(('n***.com', 'gureum-post.co.kr'))}"),
    "hash of phone": (("phone hash", "hp sha256"), lambda r: sha256(r.randbytes(8)).hexdigest()),
    "version": (("app version", "os ver"), lambda r: f"{r.randint(1, 14)}.{r.randint(0, 20)}.{r.randint(0, 9)}.{r.randint(1, 250)}"),
    "user agent": (("user agent",), lambda r: f"Mozilla/5.0 (Linux; Android 1{r.randint(0, 4)}) Chrome/1{r.randint(10, 29)}.0.{r.randint(1000, 6999)}.{r.randint(10, 199)}"),
    "private ip": (("server ip", "inner ip"), lambda r: f"10.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(1, 254)}"),
    "latitude": (("score", "rate"), lambda r: f"{r.random() * 100:.12f}"),
    "transaction hash": (("tx hash", "block hash"), lambda r: "0x" + r.randbytes(32).hex()),
    "product signature": (("signature", "file sha512"), base64_64),
}  # fmt: skip
#: the same for what is a credential: never a CI, though in the user table beside the nickname
SECRETS: Final[dict[str, tuple[tuple[str, ...], Make, bool]]] = {
    "salt": (("salt", "pw salt", "password salt"), base64_64, False),
    "pbkdf2 hash": (("password", "pwd hash", "password hash", "user pw"), base64_64, True),
    "bcrypt": (("password", "passwd", "user pw", "비밀번호"), bcrypt, True),
}


def decoy(chance: Random, style: str, *, nameless: bool = False) -> tuple[str, Callable[[], Cell]]:
    """A field name and a maker of its cells. `nameless`: none that only its name tells from a CI."""
    name = chance.choice([each for each in DECOYS if not (nameless and each == "product signature")])
    words, make = DECOYS[name]
    return _header(chance.choice(words), style), lambda: Cell(text=make(chance), form=name)


def look_alike(chance: Random, country: str, style: str) -> tuple[str, Callable[[], Cell]]:
    """The same, of judging seeds: a field named after personal data that holds none, from `fresh.py`."""
    kind, words, make = fresh.decoy(chance, country, style)
    return _header(words, style), lambda: Cell(text=make(chance), form=f"look-alike {kind}")


def secret(chance: Random, style: str, name: str) -> tuple[str, Callable[[], Cell]]:
    """The same for a credential's column."""
    words, make, required = SECRETS[name]
    return _header(chance.choice(words), style), lambda: Cell(
        text=make(chance), entity="CREDENTIAL", form=name, required=required
    )


def _header(words: str, style: str) -> str:
    return style_name(words, style) if words.isascii() else words
