"""What has a CI's shape and says by its own name, heading or format that it is something else; and what says nothing, which stays told."""

from __future__ import annotations

import base64
import random

import pytest
from detecting import in_table, in_text

from auditor.model.match import Match

CHANCE = random.Random(5)


def shape(size: int = 64) -> str:
    return base64.b64encode(CHANCE.randbytes(size)).decode()


def cis(matches: list[Match]) -> list[Match]:
    return [match for match in matches if match.entity == "KR_CI"]


@pytest.mark.parametrize(
    "column",
    ["USER_PSWD", "암호화비밀번호", "전자서명값", "위변조해시", "인증토큰", "signatures", "sig.$bytes", "盐值", "auth.hashes.value", "priv"],
)  # fmt: skip
def test_a_column_named_for_something_else_is_not_undecided(column: str) -> None:
    assert cis(in_table(["no", column], [[str(at), shape()] for at in range(12)])) == []


@pytest.mark.parametrize("column", ["val", "user_code", "info", "$binary.base64", "키값", "column 2"])
def test_a_column_whose_name_says_nothing_stays_told(column: str) -> None:
    found = cis(in_table(["no", column], [[str(at), shape()] for at in range(12)]))
    assert [match.candidate for match in found] == [True] * 12


@pytest.mark.parametrize("column", ["연계정보", "본인확인연계정보", "sign_ci", "member.ci.$binary.base64", "ci_hash"])
def test_a_name_of_the_ci_outweighs_what_stands_before_it(column: str) -> None:
    found = cis(in_table(["no", column], [[str(at), shape()] for at in range(12)]))
    assert [match.candidate for match in found] == [False] * 12


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("sparkle:edSignature=\"{}\"", "release.txt"),
        ("db.url=ENC({})", "application.properties"),
        ("k1: ENC[AES256_GCM,data:{},iv:x,tag:y,type:str]", "values.yaml"),
        ("curl -H 'Authorization: Basic {}' https://x", "call.sh"),
        (".icon {{ background: url(data:image/png;base64,{}) }}", "a.css"),
        ("trusted comment: timestamp:1700000000\n{}", "release.sig.txt"),
        ("<!-- Warning: the key below is in an unencrypted form. -->\n<value>{}</value>", "keys.txt"),
        ("static readonly signature: string = \"{}\";", "box.ts"),
        ("verify_key = Ed25519::VerifyKey.new(Base64.decode64('{}'))", "box.rb"),
        ("example.com. IN DNSKEY 257 3 13 {}", "zone.txt"),
    ],
)  # fmt: skip
def test_a_line_that_says_what_it_is_is_not_undecided(line: str, file: str) -> None:
    assert cis(in_text(line.format(shape()), file)) == []


@pytest.mark.parametrize(
    "line", ["member 7\n   {}", "2024-05-02 INFO verified {} ok", "result=decode({})", "basic info\n{}", 'save("{}")']
)
def test_a_line_that_says_nothing_stays_told(line: str) -> None:
    assert [match.candidate for match in cis(in_text(line.format(shape())))] == [True]


def test_letters_within_another_value_are_no_word_about_it() -> None:
    other = shape()[:60] + "9/cI/" + shape()[:20] + "Q=="
    for line in (f"{other},{shape()}", f"x {other[:-2]}+a,{shape()}"):
        assert [match.candidate for match in cis(in_text(line))][-1:] == [True]
    (named,) = cis(
        in_text(f"GET /api/v1/memberInfo/certification/ci/{shape().replace('/', '_').replace('+', '-')} ci {shape()}")
    )
    assert not named.candidate


def test_text_in_base64_is_no_ci_in_a_line_or_a_column() -> None:
    texts = [base64.b64encode(CHANCE.randbytes(32).hex().encode()).decode() for _ in range(40)]
    assert cis(in_text("\n".join(texts))) == []
    assert cis(in_table(["no", "val"], [[str(at), text] for at, text in enumerate(texts)])) == []
    mixed = [*texts, *(shape() for _ in range(400))]
    assert len(cis(in_table(["no", "ci"], [[str(at), text] for at, text in enumerate(mixed)]))) == 400
