"""Database targets as written: what they become, and every mistake with its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engagement.loader import load
from auditor.errors import InputError, Problem
from auditor.model.engagement import DatabaseTarget, SshTarget

HEAD = """\
engagement: e
entrusting: {name: Example Bank}
vendor: {name: Example Labs}
contract: {ends: 2025-03-31}
targets:
  - {name: dev-server, ssh: {host: dev.example}}
  - {name: dev-serve2, local: {paths: [.]}}
"""


def written(folder: Path, database: str) -> Path:
    path = folder / "engagement.yaml"
    path.write_text(f"{HEAD}  - {{name: prod-db, database: {{{database}}}}}\n", "utf-8")
    return path


def of(folder: Path, database: str) -> DatabaseTarget:
    target = load(written(folder, database)).targets[2]
    assert isinstance(target, DatabaseTarget)
    return target


def mistake(folder: Path, database: str) -> Problem:
    with pytest.raises(InputError) as caught:
        load(written(folder, database))
    (problem,) = caught.value.problems
    assert problem.line == 8
    assert problem.cure
    return problem


def test_what_they_become(tmp_path: Path) -> None:
    assert of(
        tmp_path,
        "engine: postgres, host: db.example, user: u, database: members, password_file: pw, ca_file: ca.pem, schemas: [public], "
        "sample: 10, timeout: 5s, statement_timeout: 10m",
    ) == DatabaseTarget(
        name="prod-db", engine="postgresql", host="db.example", port=5432, user="u", database="members", password_file=tmp_path / "pw",
        ca_file=tmp_path / "ca.pem", schemas=("public",), sample=10, timeout=5, statement_timeout=600, tls="verify",
    )  # fmt: skip
    assert of(tmp_path, "engine: MariaDB, host: '::1', user: u") == DatabaseTarget(name="prod-db", engine="mysql", host="::1", port=3306, user="u")  # fmt: skip
    assert of(tmp_path, "engine: redis, via: dev-server, database: '3'") == DatabaseTarget(
        name="prod-db",
        engine="redis",
        host="127.0.0.1",
        port=6379,
        database="3",
        via=SshTarget(name="dev-server", host="dev.example"),
    )
    assert of(tmp_path, "engine: sqlite, file: a.db") == DatabaseTarget(
        name="prod-db", engine="sqlite", file=tmp_path / "a.db"
    )


@pytest.mark.parametrize(
    ("database", "tls"),
    [
        ("engine: redis, host: cache.example", "verify"),
        ("engine: redis, host: cache.example, tls: off", "off"),
        ("engine: redis, host: 127.0.0.1", None),
        ("engine: redis, host: localhost, tls: verify", "verify"),
        ("engine: redis, host: cache.example, via: dev-server", None),
    ],
)
def test_a_connection_over_a_network_is_encrypted_unless_it_is_said(tmp_path: Path, database: str, tls: str) -> None:
    assert of(tmp_path, database).tls == tls


@pytest.mark.parametrize(
    ("database", "cause", "cure"),
    [
        ("engine: postgresql, host: h, user: u, database: d, password: x", 'unknown key "password"', "password_file"),
        ("engine: mongodb, host: h", "no client for MongoDB", "mongodump"),
        ("engine: oracle, host: h", "no engine known", "postgresql"),
        ("engine: postgresql, host: h, user: u", "needs a database", "database"),
        ("engine: postgresql, user: u, database: d", "not named", "via"),
        ("engine: mysql, host: h, user: u, database: d", "schemas", "schemas"),
        ("engine: mysql, host: h", "account", "user"),
        ("engine: redis, host: h, database: members", "numbers", "0"),
        ("engine: redis, host: h, schemas: [a]", "no schemas", "delete"),
        ("engine: sqlite", "not named", "file"),
        ("engine: sqlite, file: a.db, host: h", "host says nothing", "delete"),
        ("engine: redis, host: h, file: a.db", "only SQLite", "sqlite"),
        ("engine: redis, host: h, via: dev-serve2", "no ssh target", "dev-server"),
        ("engine: redis, via: dev-server, tls: verify", "SSH encrypts", "delete"),
        ("engine: postgresql, host: user@h, user: u, database: d", "a host alone", "user"),
        ("engine: redis, host: h, sample: 0", "", ""),
    ],
)
def test_mistakes_name_the_place_and_the_cure(tmp_path: Path, database: str, cause: str, cure: str) -> None:
    problem = mistake(tmp_path, database)
    assert cause in problem.cause
    assert cure in problem.cure
