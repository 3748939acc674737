"""Redis by redis-py: keys by SCAN, their values by reading commands alone, handed on as an append-only file holds them.

So a worker reads them as it reads a file of Redis' own. A key that changes or goes while the scan runs is read as it is then.
"""

from __future__ import annotations

import logging
import ssl
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.model.text import printable
from auditor.scanners._db_session import LONGEST_VALUE, Endpoint, missing_driver, refused, unreachable
from auditor.scanners._stream import Chunks

if TYPE_CHECKING:
    import redis

for _name in ("redis", "push_response"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what matters arrives as an exception

_KEYS: Final = 500
_ITEMS: Final = 1_000
_PIECE: Final = 4 << 20
_OVERLAP: Final = 1 << 10
_DATABASES: Final = 16
"""How many databases a server has unless it was told otherwise."""


def connect(target: DatabaseTarget, endpoint: Endpoint, password: str | None) -> RedisSession:
    """Log in. TargetError UNREACHABLE or AUTHENTICATION_FAILED, each with its cure."""
    try:
        import redis
    except ImportError:
        raise missing_driver(target) from None
    options: dict[str, Any] = {
        "socket_timeout": target.timeout, "socket_connect_timeout": target.timeout, "single_connection_client": True,
        "retry_on_timeout": False, "retry": None, "lib_name": None, "lib_version": None, "protocol": 2,
    }  # fmt: skip
    if endpoint.socket:
        options["unix_socket_path"] = str(endpoint.socket)
    else:
        options |= {"host": endpoint.host, "port": endpoint.port}
        if target.tls in ("verify", "unverified"):
            options |= {"ssl": True, "ssl_cert_reqs": "required" if target.tls == "verify" else "none",
                        "ssl_check_hostname": target.tls == "verify", "ssl_ca_certs": str(target.ca_file) if target.ca_file else None}  # fmt: skip
    try:
        nobody = redis.Redis(**options)
        try:
            needed = _needs_password(nobody)
        finally:
            nobody.close()
        client = redis.Redis(**options, username=target.user if password else None, password=password)
        client.ping()
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
    return RedisSession(target, client, password_needed=needed)


def _needs_password(client: redis.Redis) -> bool:
    """Whether a connection that says nothing of itself is refused."""
    import redis

    try:
        client.ping()
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
    """One connection."""

    def __init__(self, target: DatabaseTarget, client: redis.Redis, *, password_needed: bool) -> None:
        self.target = target
        self._client = client
        self._password_needed = password_needed
        self._number = 0

    def ask(self, *words: str | bytes | int) -> Any:
        """One command's answer. ReadError."""
        import redis

        try:
            return self._client.execute_command(*words)
        except redis.exceptions.NoPermissionError:
            raise ReadError(GapCode.PERMISSION_DENIED, f"The account may not use {words[0]!s}.") from None
        except redis.ResponseError:
            raise ReadError(GapCode.SERVER_MISBEHAVED, f"The server answered {words[0]!s} with an error.") from None
        except (redis.RedisError, OSError):
            raise ReadError(GapCode.UNREACHABLE, "The connection to the database was lost.") from None

    def controls(self) -> Iterator[Control]:
        """See `_db_redis_controls`."""
        from auditor.scanners._db_redis_controls import Controls

        try:
            yield from Controls(self.target, self.ask, password_needed=self._password_needed).run()
        except ReadError as error:
            raise TargetError(error.code, error.detail, "Run the audit again when the server answers.") from None

    def listing(self) -> Iterator[Asset | Gap | Control]:
        """Each database that has keys; other nodes of a cluster are a gap."""
        numbers = [int(self.target.database)] if self.target.database else list(range(_DATABASES))
        try:
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
                    if number == 0 or error.code == GapCode.PERMISSION_DENIED:
                        yield Gap(
                            target=self.target.name, path=f"db{number}", code=GapCode(error.code), detail=error.detail
                        )
                    continue
                if keys:
                    yield Control(target=self.target.name, name="database.tables", value=keys, detail="Keys.", path=f"db{number}")  # fmt: skip
                    yield Asset(target=self.target.name, path=f"db{number}", locator=(number, keys))
        except ReadError as error:
            raise TargetError(error.code, error.detail, "Run the audit again when the server answers.") from None

    def _known(self, numbers: list[int]) -> list[int]:
        """The databases that have keys, where the server says so; else those it has by default."""
        try:
            found: Any = self.ask("INFO", "keyspace")
        except ReadError as error:
            if error.code == GapCode.UNREACHABLE:
                raise
            return numbers
        names = found if isinstance(found, dict) else {}
        return sorted(int(name[2:]) for name in names if str(name).startswith("db") and str(name)[2:].isdigit())

    def rows(self, asset: Asset) -> Chunks:
        """All keys of a database as commands that would write them."""
        number, keys = asset.locator
        self._select(number)
        unknown: Counter[str] = Counter()
        denied = read = 0
        sample = self.target.sample
        cursor: Any = 0
        while True:
            cursor, found = self.ask("SCAN", cursor, "COUNT", _KEYS)
            if sample is not None:
                found = found[: max(0, sample - read)]
            for key, kind in zip(found, self._many([("TYPE", key) for key in found]), strict=True):
                read += 1
                try:
                    yield from self._value(key, _word(kind), unknown)
                except ReadError as error:
                    if error.code != GapCode.PERMISSION_DENIED:
                        raise
                    denied += 1
            if not int(cursor) or (sample is not None and read >= sample):
                break
        if denied:
            raise ReadError(GapCode.PERMISSION_DENIED, f"The account may not read the values of {denied:,} keys.")
        if unknown:
            kinds = ", ".join(printable(kind) for kind in sorted(unknown)[:5])
            detail = f"{unknown.total():,} keys hold values of a module's own type, which were not read: {kinds}."
            raise ReadError(GapCode.UNSUPPORTED_FILE_TYPE, detail)
        if sample is not None and int(cursor):
            raise ReadError(GapCode.SAMPLED, f"A sample was read: {read:,} of about {keys:,} keys.")

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _select(self, number: int) -> None:
        if number != self._number:
            self.ask("SELECT", number)
            self._number = number

    def _many(self, commands: list[tuple[Any, ...]]) -> list[Any]:
        """Answers to several commands, sent together; ReadErrors among them are answers too."""
        import redis

        pipe = self._client.pipeline(transaction=False)
        for words in commands:
            pipe.execute_command(*words)
        try:
            return pipe.execute(raise_on_error=False)
        except (redis.RedisError, OSError):
            raise ReadError(GapCode.UNREACHABLE, "The connection to the database was lost.") from None

    def _value(self, key: bytes, kind: str, unknown: Counter[str]) -> Iterator[bytes]:
        match kind:
            case "string":
                yield from self._string(key)
            case "hash":
                yield from self._scanned("HSCAN", b"HSET", key)
            case "set":
                yield from self._scanned("SSCAN", b"SADD", key)
            case "zset":
                yield from self._scanned("ZSCAN", b"ZADD", key)
            case "list":
                at = 0
                while found := self.ask("LRANGE", key, at, at + _ITEMS - 1):
                    yield _command(b"RPUSH", key, *found)
                    at += _ITEMS
            case "stream":
                start = b"-"
                while found := self.ask("XRANGE", key, start, b"+", "COUNT", _ITEMS):
                    for _, fields in found:
                        yield _command(b"HSET", key, *_flat(fields))
                    start = b"(" + bytes(found[-1][0])
            case "none":  # gone since it was listed
                pass
            case _:
                unknown[kind] += 1

    def _string(self, key: bytes) -> Iterator[bytes]:
        """A long value in pieces that overlap, so that nothing is cut."""
        at = 0
        while piece := self.ask("GETRANGE", key, at, at + _PIECE - 1):
            yield _command(b"SET", key, piece)
            if len(piece) < _PIECE:
                return
            at += _PIECE - _OVERLAP
            if at > 16 * LONGEST_VALUE:
                raise ReadError(GapCode.FILE_EXCEEDS_SIZE_LIMIT, "A value is longer than Redis allows.")

    def _scanned(self, scan: str, command: bytes, key: bytes) -> Iterator[bytes]:
        cursor: Any = 0
        while True:
            cursor, found = self.ask(scan, key, cursor, "COUNT", _ITEMS)
            if found:
                yield _command(command, key, *_flat(found))
            if not int(cursor):
                return


def _flat(found: Any) -> list[bytes]:
    """Fields and values, members, or members and scores, one behind another."""
    if isinstance(found, dict):
        return [_bytes(word) for pair in found.items() for word in pair]
    return [_bytes(word) for item in found for word in (item if isinstance(item, tuple | list) else (item,))]


def _bytes(word: Any) -> bytes:
    return word if isinstance(word, bytes) else str(word).encode()


def _word(answer: Any) -> str:
    if isinstance(answer, Exception):
        return "none" if "NOPERM" not in str(answer) else "unreadable"
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


def _command(*words: bytes) -> bytes:
    return b"".join([b"*%d\r\n" % len(words), *(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)])


def _mode(ask: Any) -> str:
    """`standalone`, `cluster` or `sentinel`; "" where the server does not say."""
    try:
        found = ask("INFO", "server")
    except ReadError as error:
        if error.code == GapCode.UNREACHABLE:
            raise
        return ""
    return str(found.get("redis_mode", "")) if isinstance(found, dict) else ""
