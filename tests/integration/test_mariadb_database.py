"""MariaDB as a target: a real server, the grants of docs/vendor-access-databases.md, weak accounts, every kind of value."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pymysql
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
from auditor.model.control_words import korean
from auditor.model.engagement import AccessLimits, DatabaseTarget, SshTarget
from auditor.pace import Pace
from auditor.scanners._db_mysql_controls import Controls
from auditor.scanners.database import scanner_of
from testbed.mariadb import MariaDb
from testbed.people import people
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

COUNT = 40
PEOPLE = people(COUNT)
OTHER = "the account sees only what it was granted; whether the server holds other databases is not known"


def text(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


@pytest.fixture(scope="module")
def server(server_folder: Path) -> Iterator[MariaDb]:
    _, certificate, key = certificates(server_folder / "mariadb-tls")
    with MariaDb(folder=server_folder / "mariadb", options=(f"--ssl-cert={certificate}", f"--ssl-key={key}")) as server:
        members = ",".join(f"({p.number}, {text(p.ci)}, {text(p.nickname)})" for p in PEOPLE)
        server.sql(
            f"""
            create database members character set utf8mb4; use members;
            create table users (id int, ci varchar(100), nickname varchar(40)); insert into users values {members};
            create table kinds (a text, b blob, c bit(9), d datetime, e json, f decimal(10, 2), g varchar(20) character set latin1,
              h varchar(20) character set euckr, i point);
            insert into kinds values ('line\\nbreak\\r"q",', x'00ff00ff10', b'100000001', '2024-05-01 09:00:00', '{{"a": 1}}', 1.50,
              x'c8abb1e6b5bf', '홍길동', point(1, 2)), (null, 'text', null, null, null, null, null, null, null);
            create table `odd/``name` (`a b` int); insert into `odd/``name` values (3);
            create view shown as select * from users;
            create table part (open int, closed int); insert into part values (1, 2);
            create database other; create table other.t (a int);
            create user weak identified by 'change-me'; grant select (open) on members.part to weak;
            create user app identified by 'x'; create role readers; grant select on members.users to readers; grant readers to app;
            create user deep identified by 'x'; create role outer_role; grant readers to outer_role; grant outer_role to deep;
            create user wide identified by 'x'; grant select on members.* to wide;
            create user 'open'@'127.0.0.1' identified by ''; {granted("-- mysql")}
            alter user root@localhost identified by 'r'; alter user root@localhost identified by '';
            """  # noqa: S608
        )
        yield server


@pytest.fixture
def target(server: MariaDb, tmp_path: Path) -> DatabaseTarget:
    return DatabaseTarget(
        name="prod-db", engine="mysql", host=server.host, port=server.port, user="bankaudit", password_file=password(tmp_path), timeout=10
    )  # fmt: skip


def test_every_table_is_listed(target: DatabaseTarget) -> None:
    items = scan(target)
    assert list(assets(items)) == ["members.kinds", "members.odd\\x2f`name", "members.part", "members.users", "other.t"]
    assert gaps(items) == {}
    assert control(items, "database.views").value == 1
    assert control(items, "database.tables", "members").value == 4
    assert scan(target) == items
    assert list(assets(scan(replace(target, schemas=("other",))))) == ["other.t"]


def test_rows_come_as_they_are(target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    tables = assets(scanner.scan())
    expected = [{"id": str(p.number), "ci": p.ci, "nickname": p.nickname} for p in PEOPLE]
    assert rows_of(content(scanner, tables["members.users"])) == expected
    found = content(scanner, tables["members.kinds"])
    first, second = rows_of(found)
    assert first | {"b": "", "c": "", "i": ""} == {
        "a": 'line\nbreak\r"q",', "b": "", "c": "", "d": "2024-05-01 09:00:00", "e": '{"a": 1}', "f": "1.50", "g": "홍길동", "h": "홍길동",
        "i": "",
    }, "text stored as latin1 is what its bytes say"  # fmt: skip
    assert second == {"a": "", "b": "text", "c": None, "d": "", "e": "", "f": "", "g": None, "h": "", "i": None}
    assert {item.code for item in found if isinstance(item, Gap)} == {GapCode.UNSUPPORTED_FILE_TYPE}
    assert rows_of(content(scanner, tables["members.odd\\x2f`name"])) == [{"a b": "3"}]
    scanner.close()


def test_a_sample_is_said_to_be_one(target: DatabaseTarget) -> None:
    scanner = scanner_of(replace(target, sample=10))
    tables = assets(scanner.scan())
    found = content(scanner, tables["members.users"])
    assert len(rows_of(found)) == 10
    assert [item.code for item in found if isinstance(item, Gap)] == [GapCode.NOT_SAMPLED]
    assert not [item for item in content(scanner, tables["members.part"]) if isinstance(item, Gap)]
    scanner.close()


def test_a_weak_account_is_incomplete_and_says_so(target: DatabaseTarget) -> None:
    weak = replace(target, user="weak")
    items = scan(weak)
    assert list(assets(items)) == ["members.part"]
    assert gaps(items) == {"members.part": "PERMISSION_DENIED", "other databases": "PERMISSION_DENIED"}
    for name in ("database.readers", "database.superusers", "database.passwordless"):
        found = control(items, name)
        assert found.value is None
        assert found.detail.endswith("incomplete.")
    assert untranslated(items) == []
    scanner = scanner_of(weak)
    assert rows_of(content(scanner, assets(scanner.scan())["members.part"])) == [{"open": "1"}]
    scanner.close()
    assert "members" in gaps(scan(replace(weak, schemas=("members",))))


def test_who_may_read_is_told_through_roles(target: DatabaseTarget) -> None:
    items = scan(target)
    assert control(items, "database.readers", "members.users").detail == "Others: 'app'@'%', 'deep'@'%', 'wide'@'%'."
    assert control(items, "database.readers", "members.part").detail == "Others: 'weak'@'%', 'wide'@'%'."
    assert control(items, "database.readers", "other.t").value == 0
    passwordless = control(items, "database.passwordless").detail
    assert "open@127.0.0.1" in passwordless
    assert "app@" not in passwordless
    assert control(items, "database.account_writes").value is False
    assert control(items, "database.tls").value is True
    assert untranslated(items) == []
    assert control(items, "database.access_log").value is False


def test_who_reads_by_a_pattern_of_databases_is_told(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql("create user pattern identified by 'x'; grant select on `oth%`.* to pattern")
    items = scan(target)
    server.sql("drop user pattern")
    assert control(items, "database.readers", "other.t").detail == "Others: 'pattern'@'%'."


def test_a_role_that_may_write_makes_the_account_too_strong(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql(
        "create role writer; grant insert on other.t to writer; create role above; grant writer to above; grant above to bankaudit"
    )
    seen = control(scan(target), "database.account_writes")
    server.sql("grant above to weak; grant insert on other.t to above")
    weak = control(scan(replace(target, user="weak")), "database.account_writes")
    server.sql("drop role writer; drop role above")
    assert seen.value is True
    assert "INSERT on other.t (role writer)" in seen.detail
    assert weak.value is None, "it may not ask what the role may"


def test_roles_whose_grants_are_not_shown_leave_it_open_whether_the_account_writes(target: DatabaseTarget) -> None:
    def ask(query: str) -> list[tuple[str]]:
        if query != "show grants for current_user()":
            raise ReadError(GapCode.PERMISSION_DENIED, "no")
        return [
            ("GRANT `r`@`%` TO `a`@`%`",),
            ("GRANT SELECT ON *.* TO `a`@`%`",),
            ("GRANT x; drop table y TO `a`@`%`",),
        ]

    value, detail = Controls(target, ask, maria=False)._writes()
    assert value is None
    assert "r@%" in detail
    assert "not understood" in detail


def test_a_log_that_goes_nowhere_is_none(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql("set global general_log = 1; set global log_output = 'NONE'")
    items = scan(target)
    server.sql("set global general_log = 0; set global log_output = 'FILE'")
    found = control(items, "database.access_log")
    assert (found.value, untranslated(items)) == (False, [])
    assert "log_output NONE" in found.detail


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ({"server_audit_logging": "ON"}, True),
        ({"server_audit_logging": "ON", "server_audit_events": "CONNECT"}, False),
        ({"server_audit_logging": "ON", "server_audit_events": "CONNECT,QUERY_DML_NO_SELECT"}, False),
        ({"server_audit_logging": "ON", "server_audit_events": "connect,query"}, True),
        ({"server_audit_logging": "ON", "server_audit_incl_users": "app"}, None),
        ({"audit_log_policy": "ALL"}, True),
        ({"audit_log_policy": "LOGINS"}, False),
        ({"audit_log_policy": "ALL", "audit_log_statement_policy": "ERRORS"}, False),
    ],
)
def test_an_audit_plugin_counts_where_it_logs_reads(
    target: DatabaseTarget, variables: dict[str, str], value: bool | None
) -> None:
    def ask(_: str, parameters: tuple[str, ...]) -> list[tuple[str, str]]:
        return [(name, found) for name, found in variables.items() if name == parameters[0]]

    found, detail = Controls(target, ask, maria=True)._log()
    assert found is value
    assert not re.search("[a-z]{3} [a-z]{3}", korean(detail))


def test_settings_are_seen(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql("set global general_log = 1; grant insert on other.t to bankaudit")
    items = scan(target)
    server.sql("set global general_log = 0; revoke insert on other.t from bankaudit")
    assert control(items, "database.access_log").value is True
    assert control(items, "database.account_writes").detail == "It was granted INSERT on other.t."


def test_with_the_pages_grants_writing_is_refused(server: MariaDb, tmp_path: Path) -> None:
    for statement in (
        "insert into members.users values (1, 'a', 'b')", "update members.users set id = 1", "drop table members.users", "create table members.x (a int)",
        "create database x", "select 1 into outfile '/tmp/x'", "set global general_log = 1", "flush tables",
    ):  # fmt: skip
        connection = pymysql.connect(host=server.host, port=server.port, user="bankaudit", password="change-me")
        with connection, connection.cursor() as cursor, pytest.raises(pymysql.Error) as error:
            cursor.execute(statement)
        assert error.value.args[0] in (1142, 1044, 1045, 1227), statement


def test_our_session_cannot_write_even_if_the_account_may(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql("grant insert on other.t to bankaudit")
    scanner = scanner_of(target)
    list(scanner.scan())
    with pytest.raises(ReadError):
        scanner._session.ask("insert into other.t values (1)")  # type: ignore[attr-defined]
    scanner.close()
    server.sql("revoke insert on other.t from bankaudit")
    assert server.sql("select count(*) from other.t") == "0"


def test_a_table_that_goes_is_slow_or_left_early(server: MariaDb, target: DatabaseTarget) -> None:
    server.sql("create table other.brief (a int)")
    scanner = scanner_of(target)
    brief = assets(scanner.scan())["other.brief"]
    server.sql("drop table other.brief")
    with pytest.raises(ReadError) as error, scanner.open(brief) as stream:
        stream.read()
    assert error.value.code == GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE
    server.sql("use other; create table big as select seq, repeat('x', 1000) as t from seq_1_to_30000")
    big = assets(scanner.scan())["other.big"]
    with scanner.open(big) as stream:
        stream.read(1 << 20)  # a reader that stops early, while rows are under way
    with scanner.open(big) as stream:
        assert sum(len(piece) for piece in iter(lambda: stream.read(1 << 20), b"")) > 30_000_000
    scanner.close()
    scanner = scanner_of(replace(target, statement_timeout=0.01))
    with pytest.raises(ReadError) as error, scanner.open(big) as stream:
        stream.read()
    assert error.value.code == GapCode.TIME_CUT_OFF_REACHED
    scanner.close()
    server.sql("drop table other.big")


def test_every_statement_is_in_the_journal_by_name_alone(target: DatabaseTarget, tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.jsonl") as journal:
        scanner = scanner_of(target, None, journal)
        content(scanner, assets(scanner.scan())["members.users"])
        scanner.close()
    told = (tmp_path / "journal.jsonl").read_text("utf-8")
    requests = json.loads(told.splitlines()[-1])
    assert (
        requests["requests"]["sql select information_schema.columns"] == 3
    )  # the third: is there an older server's column of passwords
    assert requests["requests"]["sql select"] >= 2
    assert requests["bytes"] > 0
    assert "users" not in told.replace("mysql.user", "")


def test_the_hours_hold_for_every_statement(target: DatabaseTarget) -> None:
    began = datetime(2026, 3, 1, 5, 0, tzinfo=UTC)
    asked = itertools.count()
    pace = Pace(AccessLimits(window=(0, 6 * 60)), now=lambda: began + timedelta(hours=next(asked) > 20))
    with pytest.raises(TargetError) as raised:
        list(scanner_of(target, pace).scan())
    assert raised.value.code == GapCode.OUTSIDE_HOURS


def test_a_connection_that_breaks_is_no_end_of_the_table(server: MariaDb, target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    table = assets(scanner.scan())["members.users"]
    server.sql("kill user bankaudit")
    with pytest.raises(ReadError) as error, scanner.open(table) as stream:
        stream.read()
    assert error.value.code == GapCode.UNREACHABLE
    assert len(rows_of(content(scanner, table))) == COUNT, "the next table gets a new connection"
    scanner.close()


def test_logins_that_fail(target: DatabaseTarget, tmp_path: Path) -> None:
    for wrong, code in (
        (replace(target, password_file=password(tmp_path, "wrong")), GapCode.AUTHENTICATION_FAILED),
        (replace(target, port=1), GapCode.UNREACHABLE),
    ):
        with pytest.raises(TargetError) as error:
            scan(wrong)
        assert error.value.code == code
        assert error.value.cure


def test_only_a_certificate_that_we_trust(target: DatabaseTarget, server: MariaDb) -> None:
    authority = server.folder.parent / "mariadb-tls/ca.pem"
    verified = replace(target, tls="verify", ca_file=authority)
    items = scan(verified)
    assert control(items, "database.tls").value is True
    assert "Ours is encrypted (TLS_" in control(items, "database.tls").detail
    assert assets(scan(replace(verified, tls="unverified", ca_file=None))) == assets(items)
    others = (authority.with_name("other.pem"), authority.with_name("none.pem"), None)
    for wrong in (*(replace(verified, ca_file=other) for other in others), replace(verified, host="localhost")):
        with pytest.raises(TargetError) as error:
            scan(wrong)
        assert error.value.code == GapCode.UNREACHABLE
        assert "ca_file" in error.value.cure, "before a password was sent"


def test_through_ssh(server_folder: Path, target: DatabaseTarget) -> None:
    with Sshd(folder=server_folder / "mariadb-ssh", allow_tcp_forwarding=True) as sshd:
        via = SshTarget(
            name="dev-server", host=sshd.host, port=sshd.port, user=sshd.user, host_key=sshd.host_key_fingerprint,
            key_file=sshd.client_key, agent=False, timeout=10,
        )  # fmt: skip
        scanner = scanner_of(replace(target, via=via))
        assert len(rows_of(content(scanner, assets(scanner.scan())["members.users"]))) == COUNT
        scanner.close()


def test_an_audit_and_the_doctor(server: MariaDb, tmp_path: Path) -> None:
    database = {
        "engine": "mariadb",
        "host": server.host,
        "port": server.port,
        "user": "bankaudit",
        "password_file": password(tmp_path).name,
    }
    engagement = write_engagement(tmp_path, {"name": "prod-db", "database": database})
    done, report = audited(tmp_path, engagement)
    assert done.returncode == 1, done.stderr
    assert report["summary"]["people"] == COUNT
    paths = {f["path"] for f in report["findings"] if f["entity"] == "KR_CI"}
    assert paths == {"members.users"}
    everything = "".join(
        path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file()
    )
    assert not [p.ci for p in PEOPLE if p.ci in everything + done.stdout + done.stderr]
    assert "change-me" not in everything + done.stdout + done.stderr
    doctor = auditor(tmp_path, "doctor", engagement)
    assert "ok    prod-db: read every table — 5 listed" in doctor.stdout
    assert doctor.returncode == 0
