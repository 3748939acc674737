"""PostgreSQL as a target: a real server, the grants of docs/vendor-access-databases.md, every kind of table, damage and refusal."""

from __future__ import annotations

import io
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
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
from auditor.journal import Conduct
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Member
from auditor.model.engagement import DatabaseTarget, SshTarget
from auditor.scanners._db_postgres_controls import _logged
from auditor.scanners._ssh_forward import Forward
from auditor.scanners.database import scanner_of
from testbed.people import people
from testbed.postgres import ACCOUNT, Postgres
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

COUNT = 60
PEOPLE = people(COUNT)


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def seed(server: Postgres) -> None:
    server.sql("create database members; create database bare")
    members = ",".join(f"({p.number}, {text(p.ci)}, {text(p.nickname)})" for p in PEOPLE)
    archive = zipped("old.csv", "ci,nickname\n" + "".join(f"{p.ci},{p.nickname}\n" for p in PEOPLE[:5])).hex()
    server.sql(
        f"""
        create table members (id int, ci text, nickname varchar(40)); insert into members values {members};
        create table empty (a int);
        create table odd (a text, b text, c text);
        insert into odd values (E'line\\nbreak\\r"quoted",\\\\.', null, ''), ('\\.', '한글 ''따옴표''', E'\\x7f');
        create table "Weird ""name""/x" ("a ""b"", c" int); insert into "Weird ""name""/x" values (7);
        create table files (id int, content bytea);
        insert into files values (1, '\\x{archive}'), (2, 'plain ci in bytea'), (3, '\\x00ff00ff10'), (4, null);
        create table years (y int, who text) partition by range (y);
        create table years_24 partition of years for values from (2024) to (2025);
        insert into years values (2024, 'one');
        create table parent (a text); create table child (b text) inherits (parent);
        insert into parent values ('p'); insert into child values ('c', 'cc');
        create view shown as select * from members;
        create materialized view kept as select id, ci from members where id < 4;
        create extension file_fdw; create server f foreign data wrapper file_fdw;
        create foreign table elsewhere (a text) server f options (filename '/etc/hostname');
        create schema sales; create table sales.orders (a int); insert into sales.orders values (1), (2);
        select lo_from_bytea(4711, 'large object of ci');
        create table secured (a int); alter table secured enable row level security; insert into secured values (1);
        create table columns (open text, closed text); insert into columns values ('o', 'c');
        analyze
        """,  # noqa: S608
        "members",
    )


@pytest.fixture(scope="module")
def server(server_folder: Path) -> Iterator[Postgres]:
    hba = ("host all bankaudit 127.0.0.1/32 scram-sha-256", "host all weak 127.0.0.1/32 scram-sha-256")
    _, certificate, key = certificates(server_folder / "postgres-tls", account=ACCOUNT)
    tls = (f"ssl_cert_file={certificate}", f"ssl_key_file={key}")
    with Postgres(folder=server_folder / "postgres", hba=hba, settings=tls) as server:
        server.set("ssl", "on")
        seed(server)
        server.sql(granted("-- postgresql\n"), "members")
        server.sql(
            """create role weak login password 'change-me'; grant select (open) on columns to weak; grant select on secured, odd to weak;
            create role app login; create role readers; grant readers to app; grant select on members to readers;
            create role col login; grant select (ci) on members to col; grant select on odd to public; create role boss superuser login""",
            "members",
        )
        yield server


@pytest.fixture
def target(server: Postgres, tmp_path: Path) -> DatabaseTarget:
    return DatabaseTarget(
        name="prod-db", engine="postgresql", host=server.host, port=server.port, user="bankaudit", database="members",
        password_file=password(tmp_path), timeout=10,
    )  # fmt: skip


def test_every_table_is_listed_and_what_cannot_be_read_is_a_gap(target: DatabaseTarget) -> None:
    items = scan(target)
    assert list(assets(items)) == [
        'public.Weird "name"\\x2fx', "public.child", "public.columns", "public.empty", "public.files", "public.kept", "public.members",
        "public.odd", "public.parent", "public.secured", "public.years_24", "sales.orders",
    ]  # fmt: skip
    assert gaps(items) == {
        "public.elsewhere": "LEFT_OUT", "public.secured": "PERMISSION_DENIED", "large objects": "PERMISSION_DENIED",
    }  # fmt: skip
    assert control(items, "database.views").detail.endswith("public.shown.")
    assert control(items, "database.tables", "sales").value == 1
    assert "About 2 rows" in control(items, "database.tables", "sales").detail
    assert scan(target) == items


def test_rows_come_as_they_are(target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    tables = assets(scanner.scan())
    expected = [{"id": str(p.number), "ci": p.ci, "nickname": p.nickname} for p in PEOPLE]
    assert rows_of(content(scanner, tables["public.members"])) == expected
    assert rows_of(content(scanner, tables["public.odd"])) == [
        {"a": 'line\nbreak\r"quoted",\\.', "b": "", "c": ""},
        {"a": "\\.", "b": "한글 '따옴표'", "c": "\x7f"},
    ]
    assert rows_of(content(scanner, tables['public.Weird "name"\\x2fx'])) == [{'a "b", c': "7"}]
    assert rows_of(content(scanner, tables["public.empty"])) == []
    assert rows_of(content(scanner, tables["public.parent"])) == [{"a": "p"}], "its children are listed by themselves"
    assert rows_of(content(scanner, tables["public.child"])) == [{"a": "c", "b": "cc"}]
    assert len(rows_of(content(scanner, tables["public.kept"]))) == 3
    scanner.close()


def test_binary_values_are_files_text_or_a_gap(target: DatabaseTarget) -> None:
    scanner = scanner_of(target)
    found = content(scanner, assets(scanner.scan())["public.files"])
    scanner.close()
    (member,) = [item for item in found if isinstance(item, Member)]
    assert member.asset.path == "public.files!/content/1"
    assert member.stream.read(4) == b"PK\x03\x04"
    assert [row["content"] for row in rows_of(found)][1] == "plain ci in bytea"
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert (gap.code, gap.size) == (GapCode.UNSUPPORTED_FILE_TYPE, 5)


def test_a_sample_is_said_to_be_one(target: DatabaseTarget) -> None:
    scanner = scanner_of(replace(target, sample=10))
    tables = assets(scanner.scan())
    found = content(scanner, tables["public.members"])
    assert 1 <= len(rows_of(found)) <= 10
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert gap.code == GapCode.NOT_SAMPLED
    assert "of about 60 rows" in gap.detail
    found = content(scanner, tables["public.odd"])
    assert (len(rows_of(found)), len(found)) == (2, 1), "a table that is not larger is whole"
    scanner.close()
    scanner = scanner_of(replace(target, sample=COUNT))
    assert len(content(scanner, assets(scanner.scan())["public.members"])) == 1
    scanner.close()


def test_a_weak_account_reads_what_it_may_and_the_rest_is_told(target: DatabaseTarget) -> None:
    weak = replace(target, user="weak")
    items = scan(weak)
    assert gaps(items)["public.members"] == "PERMISSION_DENIED"
    assert gaps(items)["public.columns"] == "PERMISSION_DENIED"
    assert gaps(items)["public.secured"] == "PERMISSION_DENIED"
    assert "public.members" not in assets(items)
    assert untranslated(items) == []
    scanner = scanner_of(weak)
    tables = assets(scanner.scan())
    assert rows_of(content(scanner, tables["public.columns"])) == [{"open": "o"}]
    assert rows_of(content(scanner, tables["public.secured"])) == []
    scanner.close()


def test_a_table_that_goes_or_is_locked(server: Postgres, target: DatabaseTarget) -> None:
    server.sql("create table brief (a int)", "members")
    scanner = scanner_of(target)
    brief = assets(scanner.scan())["public.brief"]
    with psycopg.connect(host=server.host, port=server.port, user="postgres", dbname="members") as other:
        other.execute("lock table brief in access exclusive mode")
        with pytest.raises(ReadError) as error, scanner.open(brief) as stream:
            stream.read()
        assert error.value.code == GapCode.TIME_CUT_OFF_REACHED
        other.rollback()
    server.sql("drop table brief", "members")
    with pytest.raises(ReadError) as error, scanner.open(brief) as stream:
        stream.read()
    assert error.value.code == GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE
    assert len(rows_of(content(scanner, assets(scanner.scan())["public.members"]))) == COUNT, "and it goes on"
    scanner.close()


def test_statement_timeout(target: DatabaseTarget, server: Postgres) -> None:
    server.sql(
        "create materialized view big as select g, repeat('x', 1000) as t from generate_series(1, 300000) g", "members"
    )
    try:
        scanner = scanner_of(replace(target, statement_timeout=0.05))
        with pytest.raises(ReadError) as error, scanner.open(assets(scanner.scan())["public.big"]) as stream:
            while stream.read(1 << 20):
                pass
        assert error.value.code == GapCode.TIME_CUT_OFF_REACHED
        scanner.close()
        scanner = scanner_of(target)
        with scanner.open(assets(scanner.scan())["public.big"]) as stream:
            stream.read(10)  # a reader that stops early
        with scanner.open(assets(scanner.scan())["public.odd"]) as stream:
            assert stream.read()
        scanner.close()
    finally:
        server.sql("drop materialized view big", "members")


def test_a_connection_that_breaks_is_no_end_of_the_table(target: DatabaseTarget, server: Postgres) -> None:
    scanner = scanner_of(target)
    table = assets(scanner.scan())["public.members"]
    server.sql("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'bankaudit'")
    with pytest.raises(ReadError) as error, scanner.open(table) as stream:
        stream.read()
    assert error.value.code == GapCode.UNREACHABLE
    assert len(rows_of(content(scanner, table))) == COUNT, "the next table gets a new connection"
    scanner.close()


def test_text_in_no_declared_encoding_is_read_by_the_engagements(server: Postgres, target: DatabaseTarget) -> None:
    server.sql("create database raw encoding 'SQL_ASCII' template template0 locale 'C'")
    server.sql("create table t (a text, b text)", "raw")
    with psycopg.connect(
        host=server.host, port=server.port, user="postgres", dbname="raw", client_encoding="SQL_ASCII"
    ) as c:
        c.execute("insert into t values (convert_from(%s, 'SQL_ASCII'), 'x')", ["홍길동".encode("cp949")])
    server.sql("grant select on t to bankaudit", "raw")
    scanner = scanner_of(replace(target, database="raw"))
    assert rows_of(content(scanner, assets(scanner.scan())["public.t"])) == [{"a": "홍길동", "b": "x"}]
    scanner.close()


def test_who_may_read_is_told_through_roles_and_columns(target: DatabaseTarget) -> None:
    items = scan(target)
    assert control(items, "database.readers", "public.members").value == 2
    assert control(items, "database.readers", "public.members").detail == "Owner: postgres. Others: app, col."
    assert control(items, "database.readers", "public.odd").value == "public"
    assert control(items, "database.readers", "sales.orders").value == 0
    assert control(items, "database.superusers").value == 2
    assert control(items, "database.tls").value is True
    assert untranslated(items) == []
    assert control(items, "database.access_log").value is False
    assert control(items, "database.account_writes").value is False
    assert control(items, "database.passwordless").value is None
    assert "bare" in control(items, "database.others").detail


def test_who_reads_through_a_parent_a_view_or_set_role_is_told(server: Postgres, target: DatabaseTarget) -> None:
    server.sql(
        """create schema way; create table way.log (y int) partition by range (y);
        create table way.log_24 partition of way.log for values from (2024) to (2025);
        create view way.inner_view as select * from way.log_24; create view way.outer_view as select * from way.inner_view;
        create role by_parent login; create role by_view login; create role keeper; create role by_role login noinherit;
        create role no_reader login; grant keeper to by_role; grant usage on schema way to by_parent, by_view, keeper, no_reader;
        grant select on way.log to by_parent; grant select on way.outer_view to by_view; grant select on way.log_24 to keeper;
        create table way.everybodys (a int); create view way.open_view as select * from way.everybodys;
        grant usage on schema way to public; grant select on way.open_view to public""",
        "members",
    )
    items = scan(replace(target, schemas=("way",)))
    server.sql("drop schema way cascade; drop role by_parent, by_view, by_role, keeper, no_reader", "members")
    detail = "Owner: postgres. Others: by_parent, by_role, by_view."
    assert control(items, "database.readers", "way.log_24").detail == detail
    assert control(items, "database.readers", "way.everybodys").value == "public"


@pytest.mark.parametrize(
    ("grant", "told"),
    [
        ("grant pg_execute_server_program to {0}", "pg_execute_server_program"),
        ("grant pg_write_server_files to {0}", "pg_write_server_files"),
        ("alter role {0} createrole", "CREATEROLE"),
        ("grant boss to {0}", "boss (SUPERUSER)"),
        ("create role writing; grant insert on members to writing; alter role {0} noinherit; grant writing to {0}", "public.members"),
    ],
)  # fmt: skip
def test_a_role_that_may_write_makes_the_account_too_strong(
    server: Postgres, target: DatabaseTarget, grant: str, told: str
) -> None:
    server.sql("create role strong login password 'change-me'", "members")
    server.sql(grant.format("strong"), "members")
    found = control(scan(replace(target, user="strong")), "database.account_writes")
    server.sql("drop role strong", "members")
    if "writing" in grant:
        server.sql("drop owned by writing; drop role writing", "members")
    assert found.value is True
    assert told in found.detail


def test_pgaudit_counts_where_it_is_loaded_and_logs_reads() -> None:
    assert _logged("none", "off", "all, -read", "")[0] is False
    assert _logged("none", "off", "write", "")[0] is False
    assert _logged("none", "off", "-misc, all", "")[0] is True
    assert _logged("none", "off", "READ", "")[0] is True


def test_pgaudit_in_a_file_and_not_loaded_logs_nothing(server: Postgres, target: DatabaseTarget) -> None:
    server.sql("alter role bankaudit set pgaudit.log = 'all'", "members")
    found = control(scan(target), "database.access_log")
    server.sql("alter role bankaudit reset pgaudit.log", "members")
    assert found.value is False


def test_settings_are_seen(server: Postgres, target: DatabaseTarget) -> None:
    server.set("log_statement", "all")
    server.set("ssl", "off")
    items = scan(target)
    server.set("log_statement", "none")
    server.set("ssl", "on")
    assert control(items, "database.access_log").value is True
    assert control(items, "database.tls").detail == "The server's setting ssl is off. Ours is not."


def test_an_account_that_could_write_is_told(server: Postgres, target: DatabaseTarget) -> None:
    server.sql("grant update (nickname) on members to weak", "members")
    found = control(scan(replace(target, user="weak")), "database.account_writes")
    assert found.value is True
    assert "public.members" in found.detail
    server.sql("revoke update (nickname) on members from weak", "members")


def test_with_the_pages_grants_writing_is_refused(server: Postgres, target: DatabaseTarget) -> None:
    statements = (
        "insert into members values (1)", "delete from members", "drop table members", "create table x (a int)", "truncate members",
        "create schema x", "copy members to program 'true'", "select pg_reload_conf()",
    )  # fmt: skip
    for statement in statements:
        with psycopg.connect(
            host=server.host, port=server.port, user="bankaudit", dbname="members", password="change-me"
        ) as c:
            with pytest.raises(psycopg.Error):
                c.execute(statement.encode())
            c.rollback()
            c.execute("set transaction read write")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                c.execute(statement.encode())
            c.rollback()


def test_logins_that_fail(server: Postgres, target: DatabaseTarget, tmp_path: Path) -> None:
    cases = (
        (replace(target, password_file=password(tmp_path, "wrong")), GapCode.AUTHENTICATION_FAILED),
        (replace(target, database="none"), GapCode.AUTHENTICATION_FAILED),
        (replace(target, port=1), GapCode.UNREACHABLE),
        (replace(target, password_file=tmp_path / "none"), GapCode.AUTHENTICATION_FAILED),
    )
    for wrong, code in cases:
        with pytest.raises(TargetError) as error:
            scan(wrong)
        assert error.value.code == code, wrong
        assert error.value.detail.endswith(".")
        assert error.value.cure
        assert "wrong" not in f"{error.value.detail} {error.value.cure}"
    (tmp_path / "password").chmod(0o644)
    with pytest.raises(TargetError, match="Other users"):
        scan(replace(target, password_file=tmp_path / "password"))


def test_only_a_certificate_that_we_trust(target: DatabaseTarget, server: Postgres) -> None:
    authority = server.folder.parent / "postgres-tls/ca.pem"
    verified = replace(target, tls="verify", ca_file=authority)
    items = scan(verified)
    assert control(items, "database.tls").value is True
    assert "Ours is encrypted (TLSv1.3" in control(items, "database.tls").detail
    assert assets(scan(replace(verified, tls="unverified", ca_file=None))) == assets(items)
    others = (authority.with_name("other.pem"), authority.with_name("none.pem"), None)
    for wrong in (*(replace(verified, ca_file=other) for other in others), replace(verified, host="localhost")):
        with pytest.raises(TargetError) as error:
            scan(wrong)
        assert error.value.code == GapCode.UNREACHABLE
        assert "ca_file" in error.value.cure, "before a password was sent"


def test_a_pgpass_file_will_do(target: DatabaseTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:{target.port}:*:bankaudit:change-me\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    monkeypatch.setenv("PGOPTIONS", "-c search_path=public")
    assert assets(scan(replace(target, password_file=None)))


def test_our_session_cannot_write_even_if_the_account_may(server: Postgres, target: DatabaseTarget) -> None:
    server.sql("grant insert on empty to weak", "members")
    scanner = scanner_of(replace(target, user="weak"))
    list(scanner.scan())
    with pytest.raises(ReadError, match="25006"):
        scanner._session.ask("insert into public.empty values (1) returning 1")  # type: ignore[attr-defined]
    assert scanner._session.ask("show search_path") == [("pg_catalog",)]  # type: ignore[attr-defined]
    scanner.close()
    server.sql("revoke insert on empty from weak", "members")


@pytest.fixture
def forwarding(server_folder: Path, server: Postgres) -> Iterator[Sshd]:
    page = granted("Match User").replace("5432", str(server.port)).splitlines()
    lines = tuple(line.strip() for line in page[1:] if "ForceCommand" not in line)
    with Sshd(folder=server_folder / "forwarding", allow_tcp_forwarding=True, extra=lines) as sshd:
        yield sshd
    shutil.rmtree(server_folder / "forwarding", ignore_errors=True)


def through(sshd: Sshd) -> SshTarget:
    return SshTarget(
        name="dev-server", host=sshd.host, port=sshd.port, user=sshd.user, host_key=sshd.host_key_fingerprint,
        key_file=sshd.client_key, agent=False, timeout=10,
    )  # fmt: skip


def test_through_ssh(forwarding: Sshd, target: DatabaseTarget) -> None:
    via = replace(target, via=through(forwarding))
    assert scan(via)[3:] == [
        replace(item, detail=re.sub(r"Ours is encrypted.*", "Ours is not: it goes through SSH.", item.detail)) if not isinstance(item, Asset) else item
        for item in scan(target)[3:]
    ]  # fmt: skip
    scanner = scanner_of(via)
    assert len(rows_of(content(scanner, assets(scanner.scan())["public.members"]))) == COUNT
    scanner.close()
    with pytest.raises(TargetError) as error:
        scan(replace(via, port=1))
    assert (error.value.code, "PermitOpen" in error.value.cure) == (GapCode.UNREACHABLE, True)
    with pytest.raises(TargetError) as error:
        scan(replace(via, via=replace(through(forwarding), host_key="SHA256:" + "x" * 43)))
    assert error.value.code == GapCode.HOST_KEY_REFUSED


def test_a_lost_ssh_connection_is_no_end_of_the_table(
    server: Postgres, target: DatabaseTarget, server_folder: Path
) -> None:
    server.sql("create table long as select g, repeat('x', 1000) as t from generate_series(1, 100000) g", "members")
    with Sshd(folder=server_folder / "lost", allow_tcp_forwarding=True) as sshd:
        scanner = scanner_of(replace(target, via=through(sshd)))
        long = assets(scanner.scan())["public.long"]
        with pytest.raises(ReadError) as error, scanner.open(long) as stream:
            assert stream.read(1 << 20)
            sshd.stop()
            while stream.read(1 << 20):
                pass
        assert error.value.code == GapCode.UNREACHABLE
        scanner.close()
    server.sql("drop table long", "members")


def test_the_way_through_ssh_is_ours_alone(forwarding: Sshd, target: DatabaseTarget) -> None:
    with Forward(through(forwarding), target.host, target.port or 0, silence=10, conduct=Conduct("db")) as forward:
        folder = forward.path.parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert forward.path.is_socket()
    assert not folder.exists()


def test_an_audit_and_the_doctor(server: Postgres, forwarding: Sshd, tmp_path: Path) -> None:
    server.sql(granted("-- postgresql, optional"), "members")
    server.sql("grant usage on schema public to public; grant select on members to public", "members")
    file = password(tmp_path)
    database = {
        "engine": "postgresql", "port": server.port, "user": "bankaudit", "database": "members", "password_file": file.name,
        "via": "dev-server",
    }  # fmt: skip
    ssh = {
        "host": forwarding.host, "port": forwarding.port, "user": forwarding.user, "host_key": forwarding.host_key_fingerprint,
        "key_file": str(forwarding.client_key), "agent": False, "paths": [str(server.folder / "nothing")],
    }  # fmt: skip
    engagement = write_engagement(
        tmp_path, {"name": "prod-db", "database": database}, {"name": "dev-server", "ssh": ssh}
    )
    try:
        before = server.sql("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables", "members")
        done, report = audited(tmp_path, engagement)
        after = server.sql("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables", "members")
        assert done.returncode == 1, done.stderr
        assert report["summary"]["people"] == COUNT
        (found,) = [f for f in report["findings"] if f["rule"] == "database-open-to-every-account" and f["entity"] == "KR_CI" and f["path"] == "public.members"]  # fmt: skip
        assert found["level"] == "critical"
        assert f"{COUNT} connecting information (CI) values, {COUNT} in clear" in found["message"]["en"]
        assert {f["path"] for f in report["findings"] if f["entity"] == "KR_CI"} >= {"public.members", "public.kept", "public.files!/content/1!/old.csv"}  # fmt: skip
        (trust,) = [f for f in report["findings"] if f["rule"] == "database-without-password"]
        assert trust["level"] == "critical"
        assert re.fullmatch(r"row \d+, field ci", found["place"])
        assert found["matches"] == COUNT
        everything = "".join(path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "out").rglob("*") if path.is_file())  # fmt: skip
        assert not [p.ci for p in PEOPLE if p.ci in everything + done.stdout + done.stderr]
        assert "change-me" not in everything + done.stdout + done.stderr
        assert before == after
        doctor = auditor(tmp_path, "doctor", engagement)
        assert "ok    prod-db: connect — as bankaudit: PostgreSQL" in doctor.stdout
        assert "ok    prod-db: cannot write" in doctor.stdout
        server.sql("grant insert on members to bankaudit", "members")
        assert "warn  prod-db: cannot write — It may change rows of public.members." in auditor(tmp_path, "doctor", engagement).stdout  # fmt: skip
    finally:
        server.sql("revoke select on members from public; revoke insert on members from bankaudit", "members")
