"""What a password is, told from what stands where passwords stand."""

from __future__ import annotations

import random
import string

import pytest

from auditor.detectors.validators import VALIDATORS, Validity

password, token, assigned, typed = (
    VALIDATORS[name] for name in ("password", "token", "assigned_secret", "typed_password")
)


@pytest.mark.parametrize(
    "text",
    [
        "changeme", "change_me", "<password>", "${DB_PASSWORD}", "$DB_PASSWORD", "{{ password }}", "%(password)s", "****", "xxxxxxxx", "null", "None",
        "example-pass1", "your-password-1", "비밀번호", "password", "Passwort", "string", "process.env.DB_PASS", "settings.DB_PASSWORD", "getenv('PW')",
        "self.password", "/run/secrets/db_password", "../certs/key.pem", "db-password", "db_password", "DB_PASSWORD", "userPassword", "PasswordField",
        "vault:secret/data/db", "arn:aws:secretsmanager:x", "https://host/x", "sha256", "HS512", "utf-8", "oauth2", "2024-01-01", "()=>pw", "a b c1",
        "0f8fad5b-d9cb-469f-a165-70867728950e", "[REDACTED]", "string)", "01[12]",
    ],
)  # fmt: skip
def test_what_stands_for_a_password_is_none(text: str) -> None:
    assert password(text) is Validity.INVALID
    assert typed(text) is Validity.INVALID
    assert assigned(text) is Validity.INVALID


@pytest.mark.parametrize(
    "text", ["dkssud12!@", "Wjdqh#4417", "!gks*rnr88", "$kQ7*mPz2x", "#jdR^u_q$jBB0", "zIBGl_kaU.zImL9"]
)
def test_a_password_of_mixed_characters_is_sure(text: str) -> None:
    assert password(text) is Validity.VALID


@pytest.mark.parametrize("text", ["tkfkd5521", "P@ssw0rd1!", "Test1234!", "secret99!A", "19840312"])
def test_a_weak_password_counts_only_where_a_field_is_a_password(text: str) -> None:
    assert password(text) is Validity.DOUBTFUL
    assert assigned(text) is not Validity.VALID
    assert typed(text) is Validity.VALID


def test_hashes_are_left_to_their_own_shapes() -> None:
    chance = random.Random(3)
    for length in (32, 40, 64, 128):
        assert password("".join(chance.choices("0123456789abcdef", k=length))) is Validity.INVALID


def test_hardly_any_random_password_or_key_is_lost() -> None:
    chance = random.Random(11)
    signs = string.ascii_letters + string.digits + "!@#%^*-_+?"
    lost = sum(not password("".join(chance.choices(signs, k=chance.randint(9, 20)))) for _ in range(4000))
    lost_keys = sum(not token("".join(chance.choices(string.ascii_letters + string.digits, k=32))) for _ in range(4000))
    assert lost <= 40
    assert lost_keys <= 20


@pytest.mark.parametrize(
    "url",
    [
        "postgres://user:password@localhost/db",
        "https://user:pass@host/",
        "mysql://app:${PW}@db/x",
        "https://a:secret1@h/",
    ],
)
def test_the_password_of_a_url_in_a_manual_is_none(url: str) -> None:
    assert VALIDATORS["database_url"](url) is Validity.INVALID


def test_a_weak_password_counts_in_a_database_url_and_not_in_a_web_address() -> None:
    assert VALIDATORS["database_url"]("postgres://app:tkfkd5521@db/x") is Validity.VALID
    assert VALIDATORS["database_url"]("https://app:tkfkd5521@db/x") is Validity.INVALID
