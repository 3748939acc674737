"""How a MySQL or MariaDB server is guarded. A weak account sees its own grants only: then *who may read* is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from auditor.errors import ReadError
from auditor.model.asset import Control, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.text import printable
from auditor.scanners._db_mysql_grants import Grants, like
from auditor.scanners._db_mysql_listing import Ask
from auditor.scanners._db_postgres_controls import readers
from auditor.scanners._db_session import listed, shown

_INCOMPLETE: Final = (
    "The account sees its own grants only (let it SELECT on mysql.*, docs/vendor-access-databases.md): incomplete."
)
_GRANTS: Final = """
select grantee, '', '' from information_schema.user_privileges where privilege_type = 'SELECT'
union all select grantee, table_schema, '' from information_schema.schema_privileges where privilege_type = 'SELECT'
union all select grantee, table_schema, table_name from information_schema.table_privileges where privilege_type = 'SELECT'
union all select grantee, table_schema, table_name from information_schema.column_privileges where privilege_type = 'SELECT'
"""
_TABLES: Final = """
select table_schema, table_name from information_schema.tables where table_type not like '%%VIEW%%'
and table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')
order by cast(table_schema as binary), cast(table_name as binary)
"""
_SUPERUSERS: Final = (
    "select distinct grantee from information_schema.user_privileges where privilege_type in ('SUPER', 'CREATE USER')"
)
_PASSWORDS: Final = "select user, host, plugin, authentication_string from mysql.user"
_OLD_PASSWORDS: Final = (
    "select user, host, plugin, coalesce(nullif(authentication_string, ''), password) from mysql.user"
)
"""Up to MySQL 5.6 and MariaDB 10.3, whose own passwords stand in another column; later MariaDBs show them in both."""
_HAS_OLD: Final = "select 1 from information_schema.columns where table_schema = 'mysql' and table_name = 'user' and column_name = 'Password'"
_NEED_ONE: Final = frozenset({"mysql_native_password", "caching_sha2_password", "sha256_password", "ed25519", "mysql_old_password", ""})  # fmt: skip
_ADMINISTRATORS: Final = ("'root'@", "'mariadb.sys'@", "'mysql.")


class Controls:
    """Asks one server about itself."""

    def __init__(self, target: DatabaseTarget, ask: Ask, *, maria: bool) -> None:
        self._target = target
        self._ask = ask
        self._maria = maria

    def run(self) -> Iterator[Control]:
        """Each control once, in the same order; `database.readers` for each table where it is known."""
        account, version = self._ask("select current_user(), version()")[0]
        self._own = "'" + str(account).replace("@", "'@'") + "'"
        name = "" if self._maria else "MySQL "
        yield self._control("database.account", shown(account), f"{name}{shown(version)}.")
        yield self._control("database.account_writes", *self._writes())
        complete = self._allowed("select 1 from mysql.user limit 0")
        if complete:
            supers = [str(name) for (name,) in self._ask(_SUPERUSERS)]
            yield self._control("database.superusers", len(supers), f"They may do anything: {listed(supers)}.")
        else:
            yield self._control("database.superusers", None, _INCOMPLETE)
        yield self._control("database.tls", *self._tls())
        yield self._control("database.passwordless", *(self._passwords() if complete else (None, _INCOMPLETE)))
        yield self._control("database.access_log", *self._log())
        if complete:
            yield from self._readers()
        else:
            yield self._control("database.readers", None, _INCOMPLETE)

    def _writes(self) -> tuple[bool | None, str]:
        """By its grants and those of its roles, active or not: it may SET ROLE."""
        todo, seen, unknown, strong = ["current_user()"], set[str](), list[str](), list[str]()
        while todo:
            who = todo.pop()
            if who in seen:
                continue
            seen.add(who)
            try:
                if not who:
                    raise ReadError(GapCode.UNABLE_TO_PARSE_FILE, "A grant that is not understood.")
                grants = Grants(self._ask(f"show grants for {who}"))
            except ReadError as error:
                if error.code == GapCode.UNREACHABLE:
                    raise
                unknown.append(who.replace("`", "") or "a grant that is not understood")
            else:
                through = "" if who == "current_user()" else f" (role {who.replace('`', '')})"
                strong += [f"{what}{through}" for what in grants.strong()]
                todo += grants.roles()
        if strong:
            return True, f"It was granted {listed(strong)}."
        if unknown:
            return None, f"Roles were granted to it whose own grants it may not see: {listed(sorted(unknown))}."
        return False, "It was granted nothing but reading."

    def _tls(self) -> tuple[bool | None, str]:
        cipher = self._variable("Ssl_cipher", status=True)
        required = self._variable("require_secure_transport").upper() == "ON"
        available = self._variable("have_ssl").upper()
        own = f"Ours is encrypted ({shown(cipher)})." if cipher else "Ours is not" + (": it goes through SSH." if self._target.via else ".")  # fmt: skip
        if required:
            return True, f"The server accepts encrypted connections only. {own}"
        if cipher or available == "YES":
            return True, f"The server can encrypt connections and does not ask for it. {own}"
        if available in ("DISABLED", "NO"):
            return False, f"The server encrypts no connection (have_ssl is {available}). {own}"
        return None, f"The server does not say whether it can encrypt. {own}"

    def _passwords(self) -> tuple[bool | None, str]:
        try:
            found = self._ask(_OLD_PASSWORDS if self._ask(_HAS_OLD) else _PASSWORDS)
            roles = self._roles()  # MariaDB 5.5 knows none, and not the question
        except ReadError as error:
            return None, f"The accounts could not be read. {error.detail}"
        open_ones = [
            f"{user}@{host}"
            for user, host, plugin, secret in found
            if not secret and (plugin or "") in _NEED_ONE and host and f"'{user}'@''" not in roles and not self._locked(user, host)
        ]  # fmt: skip
        if open_ones:
            return True, f"These accounts have no password: {listed(open_ones)}."
        return False, "Every account has a password or another proof of identity."

    def _locked(self, user: str, host: str) -> bool:
        query = (
            "select count(*) from mysql.global_priv where user = %s and host = %s and json_value(priv, '$.account_locked') = 1"
            if self._maria
            else "select count(*) from mysql.user where user = %s and host = %s and account_locked = 'Y'"
        )
        try:
            return bool(int(self._ask(query, (user, host))[0][0]))
        except ReadError:
            return False

    def _roles(self) -> frozenset[str]:
        if not self._maria:
            return frozenset()
        return frozenset(f"'{user}'@''" for (user,) in self._ask("select user from mysql.user where is_role = 'Y'"))

    def _members(self) -> dict[str, set[str]]:
        """Grantee → the accounts and roles that have it as a role."""
        query = (
            "select concat('''', role, '''@'''''), concat('''', user, '''@''', host, '''') from mysql.roles_mapping"
            if self._maria
            else "select concat('''', from_user, '''@''', from_host, ''''), concat('''', to_user, '''@''', to_host, '''') from mysql.role_edges"
        )
        members: dict[str, set[str]] = defaultdict(set)
        try:
            found = self._ask(query)
        except ReadError as error:
            if self._maria or error.code != GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE:
                raise
            return members  # before MySQL 8 there were no roles
        for role, member in found:
            members[_plain(role)].add(_plain(member))
        return members

    def _readers(self) -> Iterator[Control]:
        try:
            granted: dict[tuple[str, str], set[str]] = defaultdict(set)
            for grantee, schema, table in self._ask(_GRANTS):
                granted[schema, table].add(_plain(grantee))
            members, tables = self._members(), self._ask(_TABLES)
        except ReadError as error:
            yield self._control("database.readers", None, f"The grants could not be read. {error.detail}")
            return
        wide: dict[str, set[str]] = {}
        for schema, table in tables:
            if self._target.schemas and schema not in self._target.schemas:
                continue
            who: set[str] = set()
            if schema not in wide:
                patterns = [where for where, what in granted if where and not what and like(where).fullmatch(schema)]
                wide[schema] = {name for where in ("", *patterns) for name in granted[where, ""]}
            todo = wide[schema] | granted.get((schema, table), set())
            while todo:
                name = todo.pop()
                if name not in who:
                    who.add(name)
                    todo |= members.get(name, set())
            public = any(name.startswith(("''@", "'PUBLIC'@", "PUBLIC")) for name in who)
            accounts = sorted(
                name for name in who
                if name not in members and name != _plain(self._own) and not name.startswith(_ADMINISTRATORS) and not name.endswith("@''")
            )  # fmt: skip
            yield readers(self._target, shown(schema, table), "", public=public, accounts=accounts)

    def _log(self) -> tuple[bool | None, str]:
        general = self._variable("general_log")
        goes = {word.strip() for word in self._variable("log_output").upper().split(",")}
        if general.upper() in ("ON", "1") and "NONE" not in goes:  # NONE wins over what stands beside it
            return True, "general_log is on: every statement is logged."
        if self._variable("server_audit_logging").upper() in ("ON", "1"):  # MariaDB's plugin
            events = {word.strip() for word in self._variable("server_audit_events").upper().split(",")} - {""}
            if events and not events & {"QUERY", "QUERY_DML", "TABLE"}:
                return False, f"An audit plugin logs {', '.join(sorted(events))} alone: reads leave no trace."
            if self._variable("server_audit_incl_users") or self._variable("server_audit_excl_users"):
                return None, "An audit plugin logs the statements of some accounts only."
            return True, "An audit plugin logs statements."
        if (policy := self._variable("audit_log_policy").upper()) in ("ALL", "QUERIES"):  # MySQL's and Percona's
            if (kept := self._variable("audit_log_statement_policy").upper()) in ("ERRORS", "NONE"):
                return False, f"An audit plugin logs {kept} alone: reads leave no trace."
            if any(self._variable(f"audit_log_{which}_accounts") for which in ("include", "exclude")):
                return None, "An audit plugin logs the statements of some accounts only."
            return True, "An audit plugin logs statements."
        if policy:
            return False, f"An audit plugin logs {policy} alone: reads leave no trace."
        state = "on, log_output NONE" if general.upper() in ("ON", "1") else general or "off"
        return False, f"general_log is {state} and no audit plugin logs: reads leave no trace."

    def _variable(self, name: str, *, status: bool = False) -> str:
        found = self._ask(f"show {'session status' if status else 'global variables'} like %s", (name,))
        return printable(str(found[0][1])) if found else ""

    def _allowed(self, query: str) -> bool:
        try:
            self._ask(query)
        except ReadError:
            return False
        return True

    def _control(self, name: str, value: bool | str | int | None, detail: str) -> Control:
        return Control(target=self._target.name, name=name, value=value, detail=detail)


def _plain(grantee: str) -> str:
    """`'app'@'%'` in one spelling: MariaDB writes a role with or without its empty host."""
    return grantee if "@" in grantee else f"{grantee}@''"
