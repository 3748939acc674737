"""How a Redis server is guarded. Accounts are known where `ACL LIST` may be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from auditor.errors import ReadError
from auditor.model.asset import Control, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.text import printable
from auditor.scanners._db_redis import info
from auditor.scanners._db_session import listed

_MAY_NOT: Final = "The account may not use {} (docs/vendor-access-databases.md)."
_HARMLESS: Final = frozenset(
    {"ping", "auth", "hello", "quit", "reset", "select", "echo", "time", "acl|whoami", "info", "@connection", "dbsize"}
)
_READING: Final = _HARMLESS | {
    "@read", "scan", "type", "get", "getrange", "strlen", "mget", "exists", "ttl", "pttl", "hscan", "hget", "hgetall", "hlen", "sscan", "zscan",
    "lrange", "llen", "xrange", "xlen", "acl|list", "acl|getuser", "config|get", "client|getname", "client|id", "client|info", "command",
    "command|count", "memory|usage", "object|encoding", "acl|dryrun", "readonly", "asking",
}  # fmt: skip


class Controls:
    """Asks one server about itself."""

    def __init__(self, target: DatabaseTarget, ask: Callable[..., Any], *, password_needed: bool) -> None:
        self._target = target
        self._ask = ask
        self._password_needed = password_needed

    def run(self) -> Iterator[Control]:
        """Each control once, in the same order."""
        account = self._maybe("ACL", "WHOAMI")
        version = info(self._maybe("INFO", "server")).get("redis_version", "")
        name = printable(_text(account)) if account is not None else self._target.user or "default"
        yield self._control("database.account", name, f"Redis {printable(version)}".rstrip() + ".")
        users = self._users()
        yield self._control("database.account_writes", *self._writes(name, users))
        if users is None:
            yield self._control("database.superusers", None, _MAY_NOT.format("ACL LIST"))
        else:
            strong = sorted(user.name for user in users if user.on and user.everything)
            yield self._control("database.superusers", len(strong), f"They may use every command: {listed(strong)}.")
        yield self._control("database.tls", *self._tls())
        yield self._control("database.passwordless", *self._passwords(users))
        yield self._control("database.access_log", False, "Redis keeps no log of who read what.")
        yield self._readers(name, users)

    def _users(self) -> list[User] | None:
        lines = self._maybe("ACL", "LIST")
        return [User(_text(line)) for line in lines] if isinstance(lines, list) else None

    def _writes(self, name: str, users: list[User] | None) -> tuple[bool | None, str]:
        own = next((user for user in users or () if user.name == name), None)
        if own is None:
            found = self._maybe("ACL", "DRYRUN", name, "SET", "vendor-auditor", "x")
            if found is None:
                return None, _MAY_NOT.format("ACL LIST or ACL DRYRUN")
            allowed = _text(found) == "OK"
            return allowed, "ACL DRYRUN says that it may SET." if allowed else "ACL DRYRUN says that it may not SET."
        if beyond := own.beyond_reading():
            return True, f"Its rules allow {listed(beyond)}."
        return False, "Its rules allow nothing but reading."

    def _passwords(self, users: list[User] | None) -> tuple[bool | None, str]:
        if not self._password_needed:
            return True, "A connection that names no account and no password is let in."
        if users is None:
            return None, "A password is asked for; whether every account has one could not be seen. " + _MAY_NOT.format("ACL LIST")  # fmt: skip
        open_ones = sorted(user.name for user in users if user.on and user.nopass)
        if open_ones:
            return True, f"These accounts have no password (nopass): {listed(open_ones)}."
        return False, "Every account that is on has a password."

    def _tls(self) -> tuple[bool | None, str]:
        if self._target.tls in ("verify", "unverified"):
            return True, "Our connection is encrypted."
        own = "Ours goes through SSH." if self._target.via else "Ours is not encrypted."
        found = self._maybe("CONFIG", "GET", "tls-port")
        if not isinstance(found, list) or len(found) < 2:
            return None, f"{_MAY_NOT.format('CONFIG GET tls-port')} {own}"
        port = _text(found[1])
        return port not in ("", "0"), f"The server's tls-port is {printable(port)}. {own}"

    def _readers(self, own: str, users: list[User] | None) -> Control:
        if users is None:
            return self._control("database.readers", None, _MAY_NOT.format("ACL LIST"))
        who = sorted(user.name for user in users if user.reads() and user.name != own)
        public = any(user.name == "default" and user.nopass and user.reads() for user in users)
        value: Any = "public" if public else len(who)
        detail = f"They may read: {listed(who)}." if who else "No other account may read."
        return self._control("database.readers", value, detail)

    def _maybe(self, *words: str) -> Any:
        """An answer, or None where the account may not ask or the server does not know the question."""
        try:
            return self._ask(*words)
        except ReadError as error:
            if error.code == GapCode.UNREACHABLE:
                raise
            return None

    def _control(self, name: str, value: bool | str | int | None, detail: str) -> Control:
        return Control(target=self._target.name, name=name, value=value, detail=detail)


class User:
    """One line of `ACL LIST`: `user app on #… ~cache:* &* -@all +get`."""

    def __init__(self, line: str) -> None:
        _, name, *rules = line.split(" ")
        self.name = name
        self.on = "on" in rules
        self.nopass = "nopass" in rules
        self._keys = any(rule.startswith(("~", "%", "(~", "(%")) or rule == "allkeys" for rule in rules)
        self._allowed: list[str] = []
        for rule in (rule.strip("()") for rule in rules):
            if rule in ("+@all", "allcommands"):
                self._allowed = ["@all"]
            elif rule in ("-@all", "nocommands"):
                self._allowed = []
            elif rule.startswith("+"):
                self._allowed.append(rule[1:].lower())
        self.everything = "@all" in self._allowed

    def reads(self) -> bool:
        """Whether it may log in and get at a key's value, as far as its rules tell."""
        return self.on and self._keys and any(rule not in _HARMLESS for rule in self._allowed)

    def beyond_reading(self) -> list[str]:
        """Commands and categories it may use that are not known to only read."""
        return [f"+{rule}" for rule in self._allowed if rule not in _READING]


def _text(answer: Any) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
