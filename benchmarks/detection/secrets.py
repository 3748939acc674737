"""Credentials left behind: environment files, keys, connection strings. All drawn at random, none opens anything."""

from __future__ import annotations

import base64
from random import Random

from benchmarks.detection import columns
from benchmarks.detection.labels import ANY, Cell, Label, Leftover, Page, leftover

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORD = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def password(chance: Random) -> str:
    """Sixteen letters and digits, with a sign or two."""
    return "".join(chance.choices(_WORD, k=12)) + chance.choice("!#%^*-_") + "".join(chance.choices(_WORD, k=3))


def access_key(chance: Random) -> str:
    """The id half of a cloud key pair: AKIA and sixteen characters of base32."""
    return "AKIA" + "".join(chance.choices(_LETTERS + "234567", k=16))


def secret_key(chance: Random) -> str:
    """The secret half, forty characters."""
    return base64.b64encode(chance.randbytes(30)).decode()


def _secret(text: str, form: str, *alternatives: str, required: bool = True) -> Cell:
    return Cell(text=text, entity="CREDENTIAL", form=form, alternatives=alternatives, required=required)


def environment(page: Page, chance: Random) -> str:
    """A .env with a database URL, cloud keys, passwords, and settings that are none."""
    word = "".join(chance.choices(_WORD, k=14))
    url = f"postgresql://member_app:{word}@db.vendor.internal:5432/member"
    return f"""APP_ENV=production
APP_NAME=member-api
CI=true
DATABASE_URL={page.put(_secret(url, "database URL", word, f"member_app:{word}"), "DATABASE_URL")}
DB_PASSWORD={page.put(_secret(password(chance), "password"), "DB_PASSWORD")}
AWS_ACCESS_KEY_ID={page.put(_secret(access_key(chance), "access key id"), "AWS_ACCESS_KEY_ID")}
AWS_SECRET_ACCESS_KEY={page.put(_secret(secret_key(chance), "secret access key"), "AWS_SECRET_ACCESS_KEY")}
JWT_SECRET={page.put(_secret(columns.base64_64(chance), "JWT secret, 64 bytes"), "JWT_SECRET")}
SMTP_PASSWORD=
PASSWORD_MIN_LENGTH=12
SECRET_KEY=changeme
TOKEN_TTL=3600
"""


def spring(page: Page, chance: Random) -> str:
    """application.yml; the keys of two look-alikes of a CI among them."""
    return f"""spring:
  datasource:
    url: jdbc:mysql://10.0.0.12:3306/member
    username: member
    password: {page.put(_secret(password(chance), "password"), "password")}
jwt:
  secret: {page.put(_secret(columns.base64_64(chance), "JWT secret, 64 bytes"), "secret")}
  expiration: 86400
azure:
  storage:
    account-key: {page.put(_secret(columns.base64_64(chance), "azure key"), "account-key")}
    password-policy: strong
"""


def private_key(page: Page, chance: Random) -> str:
    """An RSA key's frame around random bytes."""
    body = base64.b64encode(chance.randbytes(1190)).decode()
    lines = "\n".join(body[i : i + 64] for i in range(0, len(body), 64))
    page.labels.append(Label(path="", entity="CREDENTIAL", value=ANY, written="", kind=page.kind, form="private key"))
    return f"-----BEGIN RSA PRIVATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----\n"


def htpasswd(page: Page, chance: Random) -> str:
    """Hashes of passwords behind user names."""
    return "".join(f"user{i}:{page.put(_secret(columns.bcrypt(chance), 'bcrypt'))}\n" for i in range(20))


def shell_history(page: Page, chance: Random) -> str:
    """What was typed."""
    return f"""ls -al
mysql -u root -p{page.put(_secret(password(chance), "on a command line", required=False))} member < dump.sql
export AWS_ACCESS_KEY_ID={page.put(_secret(access_key(chance), "access key id"))}
export AWS_SECRET_ACCESS_KEY={page.put(_secret(secret_key(chance), "secret access key"))}
aws s3 ls s3://vendor-bucket
"""


def secrets(chance: Random) -> list[Leftover]:
    """One of each."""
    made = []
    for kind, path, make in (
        (".env", "api/.env", environment), ("application.yml", "api/application-prod.yml", spring), ("private key", "home/dev/.ssh/id_rsa", private_key),
        ("htpasswd", "etc/.htpasswd", htpasswd), ("shell history", "home/dev/.bash_history", shell_history),
    ):  # fmt: skip
        page = Page(kind)
        made.append(leftover(path, make(page, chance), page))
    return made
