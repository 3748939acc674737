"""The files a developer leaves behind, as bytes: each function turns people into one format. Same input, same bytes."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from testbed.people import Person

#: 2025-03-10 00:00 UTC: the day the logs begin.
LOGS_BEGIN = datetime(2025, 3, 10, tzinfo=UTC)


def table(header: Sequence[str], rows: Iterable[Sequence[object]], encoding: str = "utf-8") -> bytes:
    """A CSV with CRLF, as Excel writes it. What the encoding lacks (an emoji in CP949) becomes ``?``, as in Excel."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding, "replace")


def korean_csv(people: Sequence[Person]) -> bytes:
    """The spreadsheet export of the customer team: CP949, Korean headers, names and phone numbers."""
    header = ["번호", "닉네임", "이름", "생년월일", "휴대폰번호", "이메일", "연계정보", "가입일시"]
    rows = ((p.number, p.nickname, p.name, p.birth, p.dashed_mobile, p.email or "", p.ci, _joined(p)) for p in people)
    return table(header, rows, "cp949")


def export_csv(people: Sequence[Person]) -> bytes:
    """A developer's export: UTF-8, English headers, CI beside DI and wallet."""
    header = ["member_no", "nickname", "ci", "di", "wallet_address", "joined_at"]
    return table(header, ((p.number, p.nickname, p.ci, p.di, p.wallet or "", _joined(p)) for p in people))


def short_csv(people: Sequence[Person]) -> bytes:
    """Nickname and CI, nothing else: the shape of the leaked file."""
    return table(["nickname", "ci"], ((p.nickname, p.ci) for p in people))


def fixtures_json(people: Sequence[Person]) -> bytes:
    """Test fixtures that somebody made from production data; PHP-style escaped slashes."""
    users = [{"id": p.number, "nickName": p.nickname, "ci": p.ci, "phone": p.mobile, "email": p.email} for p in people]
    return json.dumps({"users": users}, ensure_ascii=False, indent=2).replace("/", "\\/").encode()


def targets_jsonl(people: Sequence[Person]) -> bytes:
    """An airdrop's target list: a JSON object a line."""
    lines = (
        {"nickname": p.nickname, "user": {"ci": p.ci, "wallet": p.wallet}, "airdrop": p.number % 7} for p in people
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def api_log(people: Sequence[Person], encoded: Sequence[Person], chance: random.Random) -> bytes:
    """JSON Lines of an API server: identity checks with the CI deep inside, ``encoded`` people in a query string,
    and between them requests without any personal data (with JWTs, whose signatures are as long as a CI)."""
    lines: list[dict[str, object]] = []
    moment = LOGS_BEGIN
    for kind, person in _shuffled(chance, body=people, query=encoded):
        moment += timedelta(milliseconds=chance.randint(5, 9000))
        if chance.random() < 0.5:
            lines.append(
                _entry(
                    chance,
                    moment,
                    "GET",
                    f"/v1/tokens/{chance.randint(1, 9999)}?page=2",
                    authorization=jwt(chance),
                )
            )
        if kind == "query":
            lines.append(_entry(chance, moment, "GET", f"/v1/wallet/link?{_query(person)}"))
            continue
        answer = {
            "identityVerificationId": f"identity-{chance.randbytes(8).hex()}",
            "status": "VERIFIED",
            "verifiedCustomer": {
                "ci": person.ci,
                "di": person.di,
                "name": person.name,
                "birthDate": person.birth,
            },
        }
        body = {"nickname": person.nickname, "agreed": True, "ts": int(moment.timestamp() * 1000)}
        lines.append(_entry(chance, moment, "POST", "/v1/identity/verify", body=body, answer=answer))
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()


def access_log(people: Sequence[Person], chance: random.Random) -> bytes:
    """nginx's combined log: the CI only URL-encoded in the query string, between many harmless lines."""
    lines: list[str] = []
    moment = LOGS_BEGIN
    for person in people:
        for url in (f"/assets/app.{chance.randbytes(4).hex()}.js", f"/v1/wallet/link?{_query(person)}"):
            moment += timedelta(milliseconds=chance.randint(5, 9000))
            address = f"10.0.{chance.randint(0, 9)}.{chance.randint(2, 250)}"
            when = moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
            size = chance.randint(200, 9000)
            lines.append(f'{address} - - [{when}] "GET {url} HTTP/1.1" 200 {size} "-" "okhttp/4.12.0"\n')
    return "".join(lines).encode()


def jwt(chance: random.Random) -> str:
    """A made-up ES256 token: three parts, the last 86 URL-safe characters, like an unpadded CI."""
    header = _url64(b'{"alg":"ES256","typ":"JWT"}')
    payload = _url64(json.dumps({"sub": chance.randint(1, 99999), "exp": 1741700000}).encode())
    return f"{header}.{payload}.{_url64(chance.randbytes(64))}"


def gzipped(data: bytes) -> bytes:
    """gzip without a time stamp, so that it is reproducible."""
    return gzip.compress(data, compresslevel=6, mtime=0)


def tar_gz(members: Mapping[str, bytes], moment: datetime) -> bytes:
    """A ``.tar.gz`` of regular files (name → content)."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode, entry.uname = (
                len(data),
                int(moment.timestamp()),
                0o640,
                "deploy",
            )
            archive.addfile(entry, io.BytesIO(data))
    return gzipped(raw.getvalue())


def zipped(members: Mapping[str, bytes], moment: datetime) -> bytes:
    """A ``.zip`` of regular files (name → content), deflated."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o640 << 16
            archive.writestr(entry, data)
    return raw.getvalue()


def locked_zip(name: str, size: int, moment: datetime, chance: random.Random) -> bytes:
    """A password-protected zip with one member. Its content is noise: nobody can tell it from an encrypted file, and
    nobody knows the password, so an auditor can only say that it was not examined."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), chance.randbytes(size))
    data = bytearray(raw.getvalue())
    # The "encrypted" bit of the general flags: 6 bytes into the local header, 8 into the central directory's entry.
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _joined(person: Person) -> str:
    moment = datetime(2024, 10, 1, tzinfo=UTC) + timedelta(seconds=person.number * 701)
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _query(person: Person) -> str:
    return f"ci={quote(person.ci, safe='')}&nickname={quote(person.nickname, safe='')}"


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _shuffled(chance: random.Random, **groups: Sequence[Person]) -> list[tuple[str, Person]]:
    mixed = [(kind, person) for kind, members in groups.items() for person in members]
    chance.shuffle(mixed)
    return mixed


def _entry(
    chance: random.Random,
    moment: datetime,
    method: str,
    url: str,
    *,
    body: object = None,
    answer: object = None,
    authorization: str | None = None,
) -> dict[str, object]:
    headers = {"host": "api.nft-wallet.example", "user-agent": "okhttp/4.12.0"}
    if authorization:
        headers["authorization"] = f"Bearer {authorization}"
    return {
        "ts": moment.isoformat(timespec="milliseconds"),
        "level": "info",
        "reqId": chance.randbytes(8).hex(),
        "req": {"method": method, "url": url, "headers": headers, **({"body": body} if body else {})},
        "res": {"status": 200, "ms": chance.randint(2, 900), **({"body": answer} if answer else {})},
    }
