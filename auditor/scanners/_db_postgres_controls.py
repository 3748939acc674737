"""How a PostgreSQL database is guarded: accounts, who may read which table, TLS, passwords, logging. Asked, never tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from auditor.errors import ReadError
from auditor.model.asset import Control
from auditor.model.engagement import DatabaseTarget
from auditor.scanners._db_postgres_listing import Ask
from auditor.scanners._db_session import listed, shown

_ACCOUNT: Final = """
select current_user, r.rolsuper, r.rolbypassrls, current_setting('server_version'),
  (select s.version || ' ' || s.cipher from pg_stat_ssl s where s.pid = pg_backend_pid() and s.ssl)
from pg_roles r where r.rolname = current_user
"""
# What a role may do that we are a member of, we may do after SET ROLE, whether it is inherited or not.
_POWERS: Final = """
select m.rolname, array_to_string(array[case when m.rolsuper then 'SUPERUSER' end, case when m.rolcreaterole then 'CREATEROLE' end,
  case when m.rolcreatedb then 'CREATEDB' end, case when m.rolreplication then 'REPLICATION' end], ', ')
from pg_roles m where pg_has_role(m.oid, 'MEMBER') and (m.rolsuper or m.rolcreaterole or m.rolcreatedb or m.rolreplication or m.rolname in
  ('pg_execute_server_program', 'pg_write_server_files', 'pg_write_all_data', 'pg_signal_backend', 'pg_maintain', 'pg_create_subscription'))
order by 1
"""
_WRITABLE: Final = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
  and exists (select from pg_roles m where pg_has_role(m.oid, 'MEMBER') and has_schema_privilege(m.oid, n.oid, 'USAGE')
    and (has_table_privilege(m.oid, c.oid, 'INSERT') or has_table_privilege(m.oid, c.oid, 'UPDATE')
      or has_table_privilege(m.oid, c.oid, 'DELETE') or has_table_privilege(m.oid, c.oid, 'TRUNCATE')
      or has_any_column_privilege(m.oid, c.oid, 'INSERT') or has_any_column_privilege(m.oid, c.oid, 'UPDATE')))
order by 1, 2 limit 100
"""
_CREATES: Final = """
select distinct 'schema ' || n.nspname from pg_namespace n, pg_roles m
where n.nspname !~ '^pg_' and pg_has_role(m.oid, 'MEMBER') and has_schema_privilege(m.oid, n.oid, 'CREATE')
union select 'database ' || current_database() from pg_roles m
where pg_has_role(m.oid, 'MEMBER') and has_database_privilege(m.oid, current_database(), 'CREATE') order by 1 limit 100
"""
_SUPERUSERS: Final = "select rolname from pg_roles where rolsuper and rolcanlogin order by rolname"
# Rows are read through the table, through what it is a partition or a child of, and through views: the server checks the one that is
# named. A role that may log in reads what was granted to it, to PUBLIC, or to a role that it is a member of (SET ROLE).
_READERS: Final = """
with recursive edges as (
  select i.inhrelid as below, i.inhparent as above from pg_inherits i
  union select d.refobjid, v.oid from pg_depend d join pg_rewrite w on w.oid = d.objid join pg_class v on v.oid = w.ev_class
  where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and w.ev_type = '1' and v.relkind in ('v', 'm')
    and coalesce(array_to_string(v.reloptions, ',') !~* 'security_invoker=(true|on|yes|1)', true)
), tables as (
  select c.oid, n.nspname, c.relname, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
    and (cardinality(%(schemas)s::text[]) = 0 or n.nspname = any(%(schemas)s::text[]))
), ways as (
  select t.oid as base, t.oid as way from tables t union select w.base, e.above from ways w join edges e on e.below = w.way
), granted as materialized (
  select c.oid as way, m.oid as role from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles m
  where c.oid in (select way from ways) and has_schema_privilege(m.oid, n.oid, 'USAGE')
    and (has_table_privilege(m.oid, c.oid, 'SELECT') or has_any_column_privilege(m.oid, c.oid, 'SELECT'))
), members as materialized (
  select r.rolname, m.oid as role from pg_roles r join pg_roles m on pg_has_role(r.oid, m.oid, 'MEMBER')
  where r.rolcanlogin and not r.rolsuper and r.rolname <> current_user
), open as (
  select c.oid as way from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.oid in (select way from ways)
    and exists (select from aclexplode(n.nspacl) x where x.grantee = 0 and x.privilege_type = 'USAGE')
    and (exists (select from aclexplode(c.relacl) x where x.grantee = 0 and x.privilege_type = 'SELECT')
      or exists (select from pg_attribute a, aclexplode(a.attacl) x
        where a.attrelid = c.oid and not a.attisdropped and x.grantee = 0 and x.privilege_type = 'SELECT'))
)
select t.nspname, t.relname, pg_get_userbyid(t.relowner), exists (select from ways w join open o on o.way = w.way where w.base = t.oid),
  array(select distinct m.rolname::text from ways w join granted g on g.way = w.way join members m on m.role = g.role
    where w.base = t.oid order by 1)
from tables t order by t.nspname collate "C", t.relname collate "C"
"""
_TRUST: Final = """
select line_number, type, array_to_string(database, ','), array_to_string(user_name, ','), address
from pg_hba_file_rules where auth_method = 'trust' order by line_number
"""
_SETTINGS: Final = """
select current_setting('ssl'), current_setting('log_statement'), current_setting('log_connections'),
  coalesce((select s.setting from pg_settings s where s.name = 'pgaudit.log'), ''),
  coalesce((select s.setting from pg_settings s where s.name = 'pgaudit.role'), '')
"""
"""pg_settings knows pgaudit's where it is loaded; `current_setting` answers with whatever a file says of a library that is not there."""
_OTHERS: Final = """
select datname from pg_database where datallowconn and not datistemplate and datname not in (current_database(), 'postgres')
  and has_database_privilege(datname, 'CONNECT') order by datname
"""


class Controls:
    """Asks one database about itself."""

    def __init__(self, target: DatabaseTarget, ask: Ask) -> None:
        self._target = target
        self._ask = ask

    def run(self) -> Iterator[Control]:
        """Each control once, in the same order; `database.readers` for each table."""
        account, superuser, bypass, version, encrypted = self._ask(_ACCOUNT)[0]
        also = " It reads past row-level security." if bypass else ""
        yield self._control("database.account", shown(account), f"PostgreSQL {shown(version)}.{also}")
        yield self._control("database.account_writes", *self._writes(superuser))
        supers = [name for (name,) in self._ask(_SUPERUSERS)]
        yield self._control("database.superusers", len(supers), f"They may log in: {listed(supers)}.")
        ssl, statements, connections, audited, audit_role = self._ask(_SETTINGS)[0]
        own = f"Ours is encrypted ({encrypted})." if encrypted else "Ours is not" + self._through()
        yield self._control("database.tls", ssl == "on", f"The server's setting ssl is {ssl}. {own}")
        yield self._control("database.passwordless", *self._trust())
        yield self._control("database.access_log", *_logged(statements, connections, audited, audit_role))
        if others := [name for (name,) in self._ask(_OTHERS)]:
            detail = f"The account may connect to databases of this server that no target names: {listed(others)}."
            yield self._control("database.others", len(others), detail)
        yield from self._readers()

    def _writes(self, superuser: bool) -> tuple[bool, str]:
        if superuser:
            return True, "It is a superuser."
        if powers := [f"{shown(name)} ({what})" if what else shown(name) for name, what in self._ask(_POWERS)]:
            return True, f"It is, or is a member of, roles that may do more than read: {listed(powers)}."
        tables = [shown(*names) for names in self._ask(_WRITABLE)]
        if tables:
            return True, f"It may change rows of {listed(tables)}."
        creates = [name for (name,) in self._ask(_CREATES)]
        if creates:
            return True, f"It may create objects in {listed(creates)}."
        return False, "It was granted nothing but reading."

    def _through(self) -> str:
        return ": it goes through SSH." if self._target.via else "."

    def _trust(self) -> tuple[bool | None, str]:
        try:
            rules = self._ask(_TRUST)
        except ReadError:
            why = "pg_hba_file_rules cannot be read by this account (GRANT SELECT and EXECUTE on it, docs/vendor-access-databases.md)"
            return None, f"{why}."
        if not rules:
            return False, "No line of pg_hba.conf says trust."
        lines = [f"line {line} ({kind} {databases} {users} {address or ''})".replace(" )", ")") for line, kind, databases, users, address in rules]  # fmt: skip
        return True, f"pg_hba.conf lets accounts in without a password (trust): {listed(lines)}."

    def _readers(self) -> Iterator[Control]:
        try:
            found = self._ask(_READERS, {"schemas": list(self._target.schemas)})
        except ReadError as error:
            yield self._control("database.readers", None, f"The grants could not be read. {error.detail}")
            return
        for schema, table, owner, public, accounts in found:
            yield readers(self._target, shown(schema, table), owner, public=public, accounts=accounts)

    def _control(self, name: str, value: bool | str | int | None, detail: str) -> Control:
        return Control(target=self._target.name, name=name, value=value, detail=detail)


def readers(target: DatabaseTarget, path: str, owner: str, *, public: bool, accounts: list[str]) -> Control:
    """Who may read a table: `value` is the number of accounts besides its owner, superusers and ours; "public" for everybody."""
    others = [name for name in accounts if name != owner]
    who = f"Owner: {shown(owner)}. " if owner else ""
    named = f"{who}Others: {listed(others)}." if others else f"{who}Nobody else but administrators."
    value: Any = "public" if public else len(others)
    return Control(target=target.name, name="database.readers", value=value, detail=named, path=path)


def _logged(statements: str, connections: str, audited: str, role: str) -> tuple[bool, str]:
    """Whether reads are logged: by log_statement = all, by pgaudit for reads, or by it for what a role may read."""
    if statements == "all":
        return True, "log_statement is all: every statement is logged."
    reads = False
    for word in (word.strip().lower() for word in audited.split(",")):  # in turn: `all, -read` takes reads out again
        if word.removeprefix("-") in ("all", "read"):
            reads = not word.startswith("-")
    if reads:
        return True, f"pgaudit logs {shown(audited)}."
    if role:
        return True, f"pgaudit logs what the role {shown(role)} was granted."
    return (
        False,
        f"log_statement is {statements}, log_connections is {connections}, pgaudit logs nothing: reads leave no trace.",
    )
