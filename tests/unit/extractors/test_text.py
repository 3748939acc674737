"""Plain text: whole, numbered, and honest about what was encoded."""

from __future__ import annotations

from extracting import gaps, texts, walk

from auditor.extractors.limits import Limits
from auditor.extractors.windows import Windows
from auditor.model.asset import Asset


def test_a_small_file_is_one_text() -> None:
    (text,) = texts(list(walk("a.md", "하나\r\n둘\r\n".encode())))
    assert (text.text, text.first_line, text.offset, text.overlap) == ("하나\n둘\n", 1, 0, 0)


def test_encoded_mail_parts_are_a_gap() -> None:
    mail = b"From: a@example.com\nContent-Transfer-Encoding: base64\n\nQUJDREVGRw==\n"
    assert len(gaps(list(walk("notes.md", mail)))) == 1
    code = b'part["Content-Transfer-Encoding"] = "base64"\n# Content-Transfer-Encoding: base64 is used\n'
    assert gaps(list(walk("mail.py", code))) == []


def test_windows_in_pieces_equal_windows_at_once() -> None:
    asset = Asset(target="t", path="x")
    limits = Limits(window=50, overlap=10)
    body = "short\n" + "x" * 30 + "0123456789" * 20 + "\nend\n" + "y" * 75
    for step in (1, 7, 33, 49, 50, 51, 1000):
        windows = Windows(asset, limits)
        out = [text for at in range(0, len(body), step) for text in windows.feed(body[at : at + step])]
        assert "".join(text.text[text.overlap :] for text in out) == body
        for text in out:
            lines = body.split("\n")
            start = sum(len(line) + 1 for line in lines[: text.first_line - 1]) + text.offset
            assert body[start : start + len(text.text)] == text.text
