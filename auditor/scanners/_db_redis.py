"""Redis by redis-py: keys by SCAN, their values by reading commands alone, handed on as an append-only file holds them.

So a worker reads them as it reads a file of Redis' own. A key that changes or goes while the scan runs is read as it is then.
"""

from __future__ import annotations

import logging
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from auditor.errors import ReadError
from auditor.journal import Conduct
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.text import printable
from auditor.scanners._db_session import Endpoint, missing_driver, refused, unreachable, whole_target
from auditor.scanners._stream import Chunks

for _name in ("redis", "push_response"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what matters arrives as an exception

_KEYS: Final = 500
_TOGETHER: Final = 50
_ITEMS: Final = 200
_PIECE: Final = 256 << 10
_OVERLAP: Final = 1 << 10
_DATABASES: Final = 16
"""How many databases a server has unless it was told otherwise."""


def connect(target: DatabaseTarget, endpoint: Endpoint, password: str | None, conduct: Conduct) -> RedisSession:
    """Log in. TargetError UNREACHABLE or AUTHENTICATION_FAILED, each with its cure."""
    try:
        import redis
    except ImportError:
        raise missing_driver(target) from None
    options: dict[str, Any] = {
        "socket_timeout": target.timeout, "socket_connect_timeout": target.timeout, "retry": None, "driver_info": None,
        "protocol": 2, "maint_notifications_config": redis.maint_notifications.MaintNotificationsConfig(enabled=False),
    }  # fmt: skip
    make: Any = redis.Connection  # without types
    if endpoint.socket:
        make = redis.UnixDomainSocketConnection
        options["path"] = str(endpoint.socket)
    else:
        options |= {"host": endpoint.host, "port": endpoint.port}
        if target.ca_file is not None and not target.ca_file.is_file():
            raise unreachable(target, "The certificate authority's file cannot be read.", "Check ca_file.")
        if target.tls in ("verify", "unverified"):
            make = redis.SSLConnection
            options |= {
                "ssl_cert_reqs": "required" if target.tls == "verify" else "none",
                "ssl_check_hostname": target.tls == "verify",
            }
            options["ssl_ca_certs"] = str(target.ca_file) if target.ca_file else None
    try:
        conduct.ask("redis PING", 2)
        nobody = make(**options)
        try:
            needed = _needs_password(nobody)
        finally:
            nobody.disconnect()
        connection = make(**options, username=target.user if password else None, password=password)
        connection.connect()
        connection.send_command("PING")
        connection.read_response()
    except redis.AuthenticationError:
        raise refused(target, "Account or password do not fit.") from None
    except redis.ResponseError:
        raise refused(target, "It asks for a password, or lets nobody in from here.") from None
    except redis.RedisError as error:
        if _is_about_tls(error):
            raise unreachable(
                target, "The connection could not be encrypted under a certificate that we trust.",
                "Name the certificate authority (ca_file) and the host as its certificate does, or write tls: unverified or off.",
            ) from None  # fmt: skip
        raise unreachable(target, f"The connection failed ({type(error).__name__}).") from None
    except OSError as error:
        raise unreachable(target, f"The connection failed ({type(error).__name__}).") from None
    return RedisSession(target, connection, conduct, password_needed=needed)


def _needs_password(connection: Any) -> bool:
    """Whether a connection that says nothing of itself is refused."""
    import redis

    try:
        connection.connect()
        connection.send_command("PING")
        connection.read_response()
    except (redis.AuthenticationError, redis.exceptions.NoPermissionError):
        return True
    except redis.ResponseError as error:
        return "NOAUTH" in str(error) or "DENIED" in str(error)
    return False


def _is_about_tls(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


class RedisSession:
    """One connection, used as it is: a pool would open more, and forget which database was selected."""

    def __init__(self, target: DatabaseTarget, connection: Any, conduct: Conduct, *, password_needed: bool) -> None:
        self.target = target
        self._connection = connection
        self._conduct = conduct
        self._password_needed = password_needed
        self._number = 0

    def ask(self, *words: str | bytes | int) -> Any:
        """One command's answer, as it comes. ReadError."""
        (answer,) = self._many([words])
        if isinstance(answer, ReadError):
            raise answer
        return answer

    def controls(self) -> Iterator[Control]:
        """See `_db_redis_controls`."""
        from auditor.scanners._db_redis_controls import Controls

        with whole_target():
            yield from Controls(self.target, self.ask, password_needed=self._password_needed).run()

    def listing(self) -> Iterator[Asset | Gap | Control]:
        """Each database that has keys; other nodes of a cluster are a gap."""
        numbers = [int(self.target.database)] if self.target.database else list(range(_DATABASES))
        with whole_target():
            if _mode(self.ask) == "cluster":
                detail = "a node of a cluster: the keys of its other nodes were not read; name each as a target"
                yield Gap(target=self.target.name, path="other nodes", code=GapCode.LEFT_OUT, detail=detail)
                numbers = [0]
            if not self.target.database:
                numbers = self._known(numbers)
            for number in numbers:
                try:
                    self._select(number)
                    keys = int(self.ask("DBSIZE"))
                except ReadError as error:
                    if error.code == GapCode.UNREACHABLE:
                        raise
                    if self.target.database or number == 0 or error.code != GapCode.NOT_FOUND:
                        yield Gap(
                            target=self.target.name, path=f"db{number}", code=GapCode(error.code), detail=error.detail
                        )
                    continue
                if keys:
                    yield Control(target=self.target.name, name="database.tables", value=keys, detail="Keys.", path=f"db{number}")  # fmt: skip
                    yield Asset(target=self.target.name, path=f"db{number}", locator=(number, keys))

    def _known(self, numbers: list[int]) -> list[int]:
        """The databases that have keys, where the server says so; else those it has by default."""
        try:
            said = info(self.ask("INFO", "keyspace"))
        except ReadError as error:
            if error.code == GapCode.UNREACHABLE:
                raise
            return numbers
        return sorted(int(name[2:]) for name in said if name.startswith("db") and name[2:].isdigit())

    def rows(self, asset: Asset) -> Chunks:
        """All keys of a database as commands that would write them."""
        number, keys = asset.locator
        self._select(number)
        unknown: Counter[str] = Counter()
        failed: Counter[str] = Counter()
        denied = read = 0
        cut = False
        sample = self.target.sample
        cursor: Any = 0
        while True:
            cursor, found = self.ask("SCAN", cursor, "COUNT", _KEYS)
            if sample is not None and read + len(found) > sample:
                found, cut = found[: sample - read], True
            read += len(found)
            for at in range(0, len(found), _TOGETHER):
                keys_now = found[at : at + _TOGETHER]
                kinds = [_word(answer) for answer in self._many([("TYPE", key) for key in keys_now])]
                firsts = self._many(
                    [_FIRST.get(kind, _first_of_none)(key) for key, kind in zip(keys_now, kinds, strict=True)]
                )
                for key, kind, first in zip(keys_now, kinds, firsts, strict=True):
                    try:
                        if isinstance(first, ReadError):
                            raise first
                        if kind in _FIRST:
                            yield from self._value(key, kind, first)
                        elif kind != "none":  # gone since it was listed
                            unknown[kind] += 1
                    except ReadError as error:  # of this key alone, unless the connection is gone
                        if error.code == GapCode.UNREACHABLE:
                            raise
                        if error.code == GapCode.PERMISSION_DENIED:
                            denied += 1
                        else:
                            failed[error.detail] += 1
            if not int(cursor) or (sample is not None and read >= sample):
                break
        notes: list[tuple[GapCode, str]] = []
        if denied:
            notes.append((GapCode.PERMISSION_DENIED, f"The account may not read the values of {denied:,} keys."))
        if failed:
            detail = (
                f"{failed.total():,} keys' values were not read, or not to their end: {' '.join(sorted(failed)[:5])}"
            )
            notes.append((GapCode.SERVER_MISBEHAVED, detail))
        if unknown:
            names = ", ".join(sorted(unknown)[:5])
            detail = f"{unknown.total():,} keys hold values of a module's own type, which were not read: {names}."
            notes.append((GapCode.UNSUPPORTED_FILE_TYPE, detail))
        if sample is not None and (int(cursor) or cut):
            notes.append((GapCode.NOT_SAMPLED, f"A sample was read: {read:,} of about {keys:,} keys."))
        if notes:
            raise ReadError(notes[0][0], " ".join(detail for _, detail in notes))

    def close(self) -> None:
        """Hang up."""
        self._connection.disconnect()

    def _select(self, number: int) -> None:
        if number != self._number:
            self.ask("SELECT", number)
            self._number = number

    def _many(self, commands: list[tuple[Any, ...]]) -> list[Any]:
        """Answers to several commands, sent together; a refusal is an answer too (a ReadError). ReadError where the connection fails."""
        import redis

        for name, number in Counter(_named(words) for words in commands).items():
            self._conduct.ask(name, number)
        answers: list[Any] = []
        try:
            self._connection.send_packed_command(self._connection.pack_commands(commands), check_health=False)
            for words in commands:
                try:
                    answers.append(self._connection.read_response())
                except redis.exceptions.NoPermissionError:
                    detail = f"The account may not use {words[0]} there."
                    answers.append(ReadError(GapCode.PERMISSION_DENIED, detail))
                except redis.ResponseError as error:
                    if "DB index is out of range" in str(error):
                        answers.append(ReadError(GapCode.NOT_FOUND, "The server has no such database."))
                        continue
                    detail = f"The server answered {words[0]} with an error."
                    answers.append(ReadError(GapCode.SERVER_MISBEHAVED, detail))
        except (redis.RedisError, OSError):
            raise ReadError(GapCode.UNREACHABLE, "The connection to the database was lost.") from None
        return answers

    def _value(self, key: bytes, kind: str, first: Any) -> Iterator[bytes]:
        """A value of which the first part is here."""
        match kind:
            case "string":
                at = 0
                while first:  # a long value in pieces that overlap, so that nothing is cut
                    yield _command(b"SET", key, first)
                    if len(first) < _PIECE:
                        return
                    at += _PIECE - _OVERLAP
                    first = self.ask("GETRANGE", key, at, at + _PIECE - 1)
            case "list":
                at = 0
                while first:
                    yield _command(b"RPUSH", key, *first)
                    at += _ITEMS
                    first = self.ask("LRANGE", key, at, at + _ITEMS - 1)
            case "stream":
                while first:
                    for _, fields in first:
                        yield _command(b"HSET", key, *fields)
                    first = self.ask("XRANGE", key, b"(" + bytes(first[-1][0]), "+", "COUNT", _ITEMS)
            case _:
                scan, command = _SCANS[kind]
                cursor, found = first
                while True:
                    if found:
                        yield _command(command, key, *found)
                    if not int(cursor):
                        return
                    cursor, found = self.ask(scan, key, cursor, "COUNT", _ITEMS)


_SCANS: Final = {"hash": ("HSCAN", b"HSET"), "set": ("SSCAN", b"SADD"), "zset": ("ZSCAN", b"ZADD")}
_FIRST: Final[dict[str, Callable[[bytes], tuple[Any, ...]]]] = {
    "string": lambda key: ("GETRANGE", key, 0, _PIECE - 1),
    "list": lambda key: ("LRANGE", key, 0, _ITEMS - 1),
    "stream": lambda key: ("XRANGE", key, "-", "+", "COUNT", _ITEMS),
    "hash": lambda key: ("HSCAN", key, 0, "COUNT", _ITEMS),
    "set": lambda key: ("SSCAN", key, 0, "COUNT", _ITEMS),
    "zset": lambda key: ("ZSCAN", key, 0, "COUNT", _ITEMS),
}


def _first_of_none(key: bytes) -> tuple[Any, ...]:
    return "TYPE", key


def _named(words: tuple[Any, ...]) -> str:
    """A command for the journal: no key, no value."""
    return f"redis {words[0]} {words[1]}" if words[0] in ("ACL", "CONFIG") else f"redis {words[0]}"


def _word(answer: Any) -> str:
    if isinstance(answer, ReadError):  # of a key it may not even ask the type of: its value answers the same
        return "string"
    return printable(bytes(answer).decode("utf-8", "replace"))


def _command(*words: bytes) -> bytes:
    return b"".join([b"*%d\r\n" % len(words), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)])


def info(answer: Any) -> dict[str, str]:
    """What `INFO` says."""
    lines = bytes(answer).decode("utf-8", "replace").splitlines() if isinstance(answer, bytes) else []
    return dict(line.split(":", 1) for line in lines if ":" in line)


def _mode(ask: Any) -> str:
    """`standalone`, `cluster` or `sentinel`; "" where the server does not say."""
    try:
        return info(ask("INFO", "server")).get("redis_mode", "")
    except ReadError as error:
        if error.code == GapCode.UNREACHABLE:
            raise
        return ""
