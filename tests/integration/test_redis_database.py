"""Redis as a target: a real server, the ACL of docs/vendor-access-databases.md, every type of value, and no command that writes."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from database_targets import (
    assets,
    audited,
    auditor,
    certificates,
    content,
    control,
    gaps,
    granted,
    password,
    rows_of,
    untranslated,
    write_engagement,
)
from scanning import scan

from auditor.errors import ReadError, TargetError
from auditor.journal import Journal
from auditor.model.asset import Gap, GapCode
from auditor.model.engagement import DatabaseTarget, SshTarget
from auditor.scanners.database import scanner_of
from testbed.people import people
from testbed.process import wait_until
from testbed.redis import Redis
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

COUNT = 30
PEOPLE = people(COUNT)


@pytest.fixture(scope="module")
def server(server_folder: Path) -> Iterator[Redis]:
    authority, certificate, key = certificates(server_folder / "redis-tls")
    tls = {
        "--tls-cert-file": certificate,
        "--tls-key-file": key,
        "--tls-ca-cert-file": authority,
        "--tls-auth-clients": "no",
    }
    with Redis(
        folder=server_folder / "redis", tls=True, options=[str(word) for pair in tls.items() for word in pair]
    ) as server:
        for person in PEOPLE:
            server.cli("HSET", f"member:{person.number}", "ci", person.ci, "nickname", person.nickname)
        server.cli("SET", "greeting", "안녕")
        server.cli("RPUSH", "list", *(f"item {number}" for number in range(450)))
        server.cli("SADD", "set", *(f"of {number}" for number in range(700)))
        server.cli("ZADD", "scores", "1.5", "who")
        server.cli("XADD", "events", "*", "ci", "in a stream", "n", "1")
        server.cli("EVAL", "redis.call('set', 'long', string.rep('x', 300000) .. 'the end')", "0")
        server.cli("-n", "3", "SET", "elsewhere", "third")
        server.cli("ACL", "SETUSER", "app", "on", ">x", "~*", "+@all")
        server.cli("ACL", "SETUSER", "off", "off", ">x", "~*", "+@all")
        server.cli(input=granted("ACL SETUSER"))
        yield server


@pytest.fixture
def target(server: Redis, tmp_path: Path) -> DatabaseTarget:
    return DatabaseTarget(
        name="cache", engine="redis", host=server.host, port=server.port, user="bankaudit", password_file=password(tmp_path), timeout=10
    )  # fmt: skip


def test_every_database_with_keys_is_listed(target: DatabaseTarget) -> None:
    items = scan(target)
    assert list(assets(items)) == ["db0", "db3"]
    assert gaps(items) == {}
    assert control(items, "database.tables", "db0").value == COUNT + 6
    assert list(assets(scan(replace(target, database="3")))) == ["db3"]


def test_values_of_every_type_come_as_they_are(target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    tables = assets(scanner.scan())
    rows = rows_of(content(scanner, tables["db0"]))
    hashes = {row["key"]: row for row in rows if row.get("ci")}
    for person in PEOPLE:
        row = hashes[f"member:{person.number}"]
        assert (row["ci"], row["nickname"]) == (person.ci, person.nickname)
    assert hashes["events"]["ci"] == "in a stream"
    values = [(row["key"], row.get("value")) for row in rows]
    assert ("greeting", "안녕") in values
    assert {value for key, value in values if key == "list"} == {f"item {number}" for number in range(450)}
    assert {value for key, value in values if key == "set"} == {f"of {number}" for number in range(700)}
    assert ("scores", "who") in values
    assert [value or "" for key, value in values if key == "long"][-1].endswith("xthe end")
    assert rows_of(content(scanner, tables["db3"])) == [{"key": "elsewhere", "value": "third"}]
    scanner.close()


def test_a_sample_is_said_to_be_one(target: DatabaseTarget) -> None:
    scanner = scanner_of(replace(target, sample=5))
    found = content(scanner, assets(scanner.scan())["db0"])
    assert [(item.code, item.detail) for item in found if isinstance(item, Gap)] == [
        (GapCode.NOT_SAMPLED, f"A sample was read: 5 of about {COUNT + 6} keys.")
    ]
    scanner.close()


def test_keys_that_may_not_be_read_are_told(server: Redis, target: DatabaseTarget) -> None:
    server.cli(input=granted("ACL SETUSER").replace("bankaudit", "weak").replace("~*", "resetkeys ~greeting"))
    scanner = scanner_of(replace(target, user="weak"))
    found = content(scanner, assets(scanner.scan())["db0"])
    scanner.close()
    assert rows_of(found) == [{"key": "greeting", "value": "안녕"}]
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert (gap.code, gap.detail) == (
        GapCode.PERMISSION_DENIED,
        f"The account may not read the values of {COUNT + 5} keys.",
    )


def test_keys_that_the_server_answers_with_an_error_are_told(server: Redis, target: DatabaseTarget) -> None:
    server.cli(input=granted("ACL SETUSER").replace("bankaudit", "blind").replace(" +type", ""))
    scanner = scanner_of(replace(target, user="blind"))  # may not ask for types: what is no string is WRONGTYPE
    found = content(scanner, assets(scanner.scan())["db0"])
    scanner.close()
    assert {row["key"] for row in rows_of(found)} == {"greeting", "long"}
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert gap.code == GapCode.SERVER_MISBEHAVED
    assert gap.detail.startswith(f"{COUNT + 4} keys' values were not read")


def test_a_database_that_is_not_there_is_a_gap(target: DatabaseTarget) -> None:
    assert gaps(scan(replace(target, database="99"))) == {"db99": "NOT_FOUND"}


def test_every_command_is_in_the_journal_by_name_alone(target: DatabaseTarget, tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl") as journal:
        scanner = scanner_of(target, None, journal)
        content(scanner, assets(scanner.scan())["db0"])
        scanner.close()
    told = (tmp_path / "journal.jsonl").read_text("utf-8")
    requests = json.loads(told.splitlines()[-1])["requests"]
    assert requests["redis TYPE"] == COUNT + 6
    assert requests["redis HSCAN"] >= COUNT
    assert requests["redis ACL LIST"] == 1
    assert "member" not in told


def test_how_it_is_guarded(server: Redis, target: DatabaseTarget) -> None:
    items = scan(target)
    assert control(items, "database.account_writes").value is False
    assert control(items, "database.passwordless").value is True, "a connection that says nothing is let in"
    assert control(items, "database.readers").value == "public"
    assert control(items, "database.superusers").detail == "They may use every command: app, default."
    assert control(items, "database.tls").value is True
    assert untranslated(items) == []
    strong = replace(target, user="app", password_file=password(target.password_file.parent, "x"))  # type: ignore[union-attr]
    assert control(scan(strong), "database.account_writes").detail == "Its rules allow +@all."


def test_a_server_that_asks_for_passwords(server_folder: Path, target: DatabaseTarget, tmp_path: Path) -> None:
    with Redis(folder=server_folder / "closed", options=("--requirepass", "secret")) as closed:
        own = replace(target, port=closed.port, user=None, password_file=password(tmp_path, "secret"))
        items = scan(own)
        assert control(items, "database.passwordless").value is False
        assert control(items, "database.readers").value == 0
        assert control(items, "database.tls").value is False
        for wrong in (replace(own, password_file=None), replace(own, password_file=password(tmp_path, "wrong"))):
            with pytest.raises(TargetError) as error:
                scan(wrong)
            assert error.value.code == GapCode.AUTHENTICATION_FAILED
    with pytest.raises(TargetError) as error:
        scan(own)
    assert error.value.code == GapCode.UNREACHABLE


def test_only_reading_commands_over_one_connection(server: Redis, target: DatabaseTarget, tmp_path: Path) -> None:
    log = tmp_path / "monitor"
    with log.open("w") as output:
        watcher = subprocess.Popen(["redis-cli", "-s", str(server.socket), "monitor"], stdout=output)
    try:
        wait_until(lambda: log.read_text().startswith("OK"), seconds=10, what="monitor", log=log, alive=lambda: True)
        before = server.cli("-n", "3", "DBSIZE")
        scanner = scanner_of(target)
        for asset in assets(scanner.scan()).values():
            content(scanner, asset)
        list(scanner.probe())
        scanner.close()
        server.cli("ECHO", "finished")
        wait_until(lambda: "finished" in log.read_text(), seconds=10, what="monitor", log=log, alive=lambda: True)
        assert server.cli("-n", "3", "DBSIZE") == before
    finally:
        watcher.terminate()
        watcher.wait()
    lines = re.findall(r'\[\d+ (127[^\]]+)\] "(\w+)"', log.read_text())
    assert {word.upper() for _, word in lines} == {
        "PING", "AUTH", "ACL", "INFO", "DBSIZE", "SELECT", "SCAN", "TYPE", "GETRANGE", "HSCAN", "LRANGE", "SSCAN", "ZSCAN", "XRANGE",
    }  # fmt: skip
    assert len({address for address, _ in lines}) == 2, "ours, and one that only asks whether a password is needed"


def test_with_the_pages_acl_writing_is_refused(server: Redis) -> None:
    for words in (["SET", "a", "b"], ["DEL", "greeting"], ["FLUSHALL"], ["CONFIG", "SET", "appendonly", "yes"], ["ACL", "DELUSER", "app"], ["EVAL", "return 1", "0"]):  # fmt: skip
        found = subprocess.run(
            ["redis-cli", "-p", str(server.port), "--user", "bankaudit", "--pass", "change-me", "--no-auth-warning", *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "NOPERM" in found.stdout, words


def test_a_connection_that_breaks_is_no_end_of_the_keys(server: Redis, target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    table = assets(scanner.scan())["db0"]
    server.cli("CLIENT", "KILL", "USER", "bankaudit")
    with pytest.raises(ReadError) as error, scanner.open(table) as stream:
        stream.read()
    assert error.value.code == GapCode.UNREACHABLE
    assert len(rows_of(content(scanner, table))) > COUNT
    scanner.close()


def test_only_a_certificate_that_we_trust(target: DatabaseTarget, server: Redis) -> None:
    authority = server.folder.parent / "redis-tls/ca.pem"
    verified = replace(target, tls="verify", ca_file=authority, port=server.tls_port)
    items = scan(verified)
    assert control(items, "database.tls").value is True
    assert "Our connection is encrypted." in control(items, "database.tls").detail
    assert assets(scan(replace(verified, tls="unverified", ca_file=None))) == assets(items)
    others = (authority.with_name("other.pem"), authority.with_name("none.pem"), None)
    for wrong in (*(replace(verified, ca_file=other) for other in others), replace(verified, host="localhost")):
        with pytest.raises(TargetError) as error:
            scan(wrong)
        assert error.value.code == GapCode.UNREACHABLE
        assert "ca_file" in error.value.cure, "before a password was sent"


def test_through_ssh(server_folder: Path, target: DatabaseTarget) -> None:
    with Sshd(folder=server_folder / "redis-ssh", allow_tcp_forwarding=True) as sshd:
        via = SshTarget(
            name="dev-server", host=sshd.host, port=sshd.port, user=sshd.user, host_key=sshd.host_key_fingerprint,
            key_file=sshd.client_key, agent=False, timeout=10,
        )  # fmt: skip
        scanner = scanner_of(replace(target, via=via))
        assert len(rows_of(content(scanner, assets(scanner.scan())["db0"]))) > COUNT
        scanner.close()


def test_an_audit_and_the_doctor(server: Redis, tmp_path: Path) -> None:
    database = {
        "engine": "redis",
        "host": server.host,
        "port": server.port,
        "user": "bankaudit",
        "password_file": password(tmp_path).name,
    }
    engagement = write_engagement(tmp_path, {"name": "cache", "database": database})
    done, report = audited(tmp_path, engagement)
    assert done.returncode == 1, done.stderr
    assert report["summary"]["people"] == COUNT
    (found,) = [
        f for f in report["findings"] if f["rule"] == "database-open-to-every-account" and f["entity"] == "KR_CI"
    ]
    assert (found["level"], found["path"]) == ("critical", "db0")
    everything = "".join(
        path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert not [p.ci for p in PEOPLE if p.ci in everything + done.stdout + done.stderr]
    assert "change-me" not in everything + done.stdout + done.stderr
    doctor = auditor(tmp_path, "doctor", engagement)
    assert "ok    cache: read every table — 2 listed" in doctor.stdout
