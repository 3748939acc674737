"""Mail: what a reader of the mail sees is what is searched, and what is attached is opened."""

from __future__ import annotations

import base64
import mailbox
from email.message import EmailMessage
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from damage import mutations
from extracting import OneWay, everything, gaps, rows, texts, walk
from memory import Growth

from auditor.extractors.identify import choose
from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Member

CANARIES = [f"CANARY{number:04d}X" for number in range(60)]


def _mail(body: str = "본문 연락처: 010-1234-5678\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "김은하 <kim@example.com>"
    mail["To"] = "담당자 <vendor@example.com>"
    mail["Subject"] = "회원 명단 송부의 건 " * 5
    mail["Message-ID"] = "<1@example.com>"
    mail.set_content(body)
    return mail


def _full() -> bytes:
    mail = _mail("\n".join(CANARIES[:20]))
    mail.add_alternative("<p>" + "<br>\n".join(CANARIES[20:40]) + "</p>", subtype="html", cte="quoted-printable")
    mail.add_attachment("\n".join(["id", *CANARIES[40:]]).encode(), maintype="text", subtype="csv", filename="회원.csv")
    return mail.as_bytes()


def test_headers_and_body_are_decoded() -> None:
    contents = list(walk("a.eml", _mail().as_bytes()))
    assert gaps(contents) == []
    parts = {text.part: text.text for text in texts(contents)}
    assert "From: 김은하 <kim@example.com>" in parts["headers"]
    assert "Subject: 회원 명단 송부의 건 회원 명단 송부의 건" in parts["headers"]
    assert "연락처: 010-1234-5678" in parts["body"]


def test_an_html_body_and_a_table_attached() -> None:
    contents = list(walk("a.eml", _full()))
    assert gaps(contents) == []
    assert {"headers", "body", "HTML body"} <= {text.part for text in texts(contents)}
    assert rows(contents)[0] == {"id": CANARIES[40]}
    (member,) = (item for item in contents if isinstance(item, Member))
    assert member.asset.path == "a.eml!/회원.csv"
    assert all(canary in everything(contents) for canary in CANARIES)


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("ks_c_5601-1987", "cp949", "닉네임: 뷁파란곰"),
        ("euc-kr", "euc-kr", "닉네임: 파란곰"),
        ("tis-620", "cp874", "ชื่อเล่น: สมชาย"),
        ("gb2312", "gb18030", "昵称：夜猫"),
        ("iso-2022-kr", "iso-2022-kr", "닉네임: 파란곰"),
        ("iso-2022-jp", "iso-2022-jp", "名前: 山田"),
        ("no-such-charset", "cp949", "닉네임: 파란곰"),
        ("", "cp949", "닉네임: 파란곰"),
    ],
)
def test_charsets_known_wrong_and_missing(charset: str, codec: str, text: str) -> None:
    typed = f"; charset={charset}" if charset else ""
    head = f"MIME-Version: 1.0\nFrom: a@example.com\nContent-Type: text/plain{typed}\nContent-Transfer-Encoding: base64\n\n"
    data = head.encode() + base64.encodebytes((text + "\n").encode(codec))
    assert text in everything(walk("a.eml", data))


def test_raw_korean_headers_and_encoded_words_cut_within_a_character() -> None:
    name = base64.b64encode("파란곰 회원".encode("euc-kr")).decode()
    head = f"Subject: =?euc-kr?B?{name[:8]}?=\n =?euc-kr?B?{name[8:]}?=\nMessage-ID: <1@x>\n".encode()
    data = head + "From: 김은하 <kim@example.com>\n\nbody\n".encode("cp949")
    seen = everything(walk("a.eml", data))
    assert "파란곰 회원" in seen
    assert "김은하 <kim@example.com>" in seen


def test_a_mailbox_a_message_at_a_time(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "archive")
    for number in range(3):
        box.add(_mail(f"CANARY{number}\n>From the start\n"))
    box.flush()
    data = (tmp_path / "archive").read_bytes()
    assert choose(data, "archive") == "mail"
    contents = list(walk("archive", data))
    assert gaps(contents) == []
    places = {text.part: text.text for text in texts(contents)}
    assert "CANARY2" in places["message 3, body"]
    assert "CANARY0" in places["message 1, body"]


def test_mails_are_known_by_their_look() -> None:
    assert choose(_full(), "1699999999.M1P2.host:2,S") == "mail"
    assert choose(b"name: a\nsubject: b\n", "settings.conf2") != "mail"
    assert choose(b"Received 10 rows\nDone: yes\n", "job.out") == "text"


def test_a_message_within_a_message() -> None:
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("see below")
    outer.add_attachment(_mail("CANARY0001X\n"))
    contents = list(walk("a.eml", outer.as_bytes()))
    assert gaps(contents) == []
    parts = {text.part: text.text for text in texts(contents)}
    assert "CANARY0001X" in parts["attached message, body"]
    assert "김은하" in parts["attached message, headers"]


def test_encrypted_smime_is_a_gap() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAGCSqGSIb3\n"
    (gap,) = gaps(list(walk("a.eml", data)))
    assert gap.code == GapCode.PASSWORD_PROTECTED


def test_broken_boundaries_lose_nothing() -> None:
    data = _full()
    boundary = data.split(b'boundary="')[1].split(b'"')[0]
    unclosed = data.replace(b"--" + boundary + b"--", b"")
    contents = list(walk("a.eml", unclosed))
    assert all(canary in everything(contents) for canary in CANARIES)
    assert GapCode.MALFORMED_FILE in {gap.code for gap in gaps(contents)}
    unknown = data.replace(b'boundary="' + boundary, b'boundary="other')
    contents = list(walk("a.eml", unknown))
    assert CANARIES[0] in everything(contents)
    assert gaps(contents)


def test_a_list_footer_behind_base64_is_searched() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nQ0FOQVJZ\n_____\nlist@example.com\n"
    seen = everything(walk("a.eml", data))
    assert "CANARY" in seen
    assert "list@example.com" in seen


def test_nesting_without_end() -> None:
    data = b"MIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 5_000 + b"CANARY0001X\n"
    assert "CANARY0001X" in everything(walk("a.eml", data))
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3_000))
    contents = list(walk("a.eml", deep + b"\nCANARY0001X\n"))
    assert "CANARY0001X" in everything(contents)
    assert gaps(contents)


def test_archives_in_mails_in_archives_end() -> None:
    limits = Limits(archive_depth=0)
    assert GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT in {
        gap.code for gap in gaps(list(walk("a.eml", _full(), limits=limits)))
    }


def test_a_big_attachment_takes_little_memory() -> None:
    mail = _mail()
    mail.add_attachment(b"0123456789abcdef\n" * (2 << 20), maintype="text", subtype="plain", filename="big.log")
    data = mail.as_bytes()
    with Growth() as growth:
        for item in walk("a.eml", data):
            assert item
    assert growth.grown < 60 << 20


def test_small_reads_change_nothing() -> None:
    data = _full()
    assert everything(walk("a.eml", OneWay(data, at_once=97))) == everything(walk("a.eml", data))


def test_damage_never_raises_and_never_passes_silently() -> None:
    data = _full()
    for damaged, cut in mutations(data, 300, "mail", first=data.index(b"\n\n--")):
        contents = list(walk("a.eml", damaged))
        seen = everything(contents)
        plain = damaged.decode("latin-1")
        missing = [canary for canary in CANARIES if canary in plain and canary not in seen]
        assert not missing or gaps(contents)
        if cut and len(damaged) < len(data) - 4:
            assert gaps(contents), "cut off and not told"


def test_headers_say_no_more_than_they_did_as_plain_text() -> None:
    """A mail's transport headers (ids, dates, addresses of hosts) must not look like personal data because mail is now parsed."""
    from auditor.detectors.detector import Detector
    from auditor.detectors.validators import VALIDATORS
    from auditor.model.asset import Asset
    from auditor.model.content import Text
    from auditor.model.match import Match
    from auditor.ruleset.loader import load

    detector = Detector(load(validators=frozenset(VALIDATORS)), b"only for tests, " * 2)
    mail = MIMEText("hello\n")
    mail["Received"] = (
        "from mx.example.com (10.1.2.3) by mail.example.com id 20240501123456789; Wed, 01 May 2024 12:00:00 +0900"
    )
    mail["Message-ID"] = "<20240501120000.1234567890123@mail.example.com>"
    mail["From"] = "kim@example.com"
    data = mail.as_bytes()
    asset = Asset(target="t", path="a.eml")

    def found(contents: list[Text]) -> list[tuple[str, str]]:
        detection = detector.asset(asset)
        matches = [match for text in contents for match in detection.text(text)]
        return sorted(
            (m.entity, m.mask) for m in (*matches, *detection.finish()) if isinstance(m, Match) and not m.candidate
        )

    before = found([Text(asset=asset, text=data.decode())])
    assert found(texts(list(walk("a.eml", data)))) == before
