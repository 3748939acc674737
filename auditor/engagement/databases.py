"""A database target: what no single field of it can tell, and as written → as used."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, cast

from auditor.engagement.places import DatabaseFile
from auditor.errors import Problem
from auditor.model.engagement import DatabaseTarget, Engine, SshTarget
from auditor.model.text import printable
from auditor.yamlfile import Document, Location
from auditor.yamlschema import did_you_mean

PORTS: Final = {"postgresql": 5432, "mysql": 3306, "redis": 6379}
_SERVER_ONLY: Final = (
    "host",
    "port",
    "user",
    "password_file",
    "database",
    "schemas",
    "sample",
    "tls",
    "ca_file",
    "via",
)


def in_databases(document: Document) -> Iterator[Problem]:
    """What is wrong between the fields of each database target."""
    targets = document.get("targets")
    targets = targets if isinstance(targets, list) else []
    servers = {t.get("name") for t in targets if isinstance(t, dict) and t.get("ssh") is not None}
    for index, target in enumerate(targets):
        written = target.get("database") if isinstance(target, dict) else None
        if isinstance(written, dict) and isinstance(written.get("engine"), str):
            yield from _problems(document, ("targets", index, "database"), written, servers)


def _problems(document: Document, at: Location, written: dict[str, Any], servers: set[Any]) -> Iterator[Problem]:
    engine = written["engine"].lower()
    via = written.get("via")
    if engine.startswith("sqlite"):
        if written.get("file") is None:
            yield document.problem(at, "the SQLite file is not named", "add file: PATH")
        for key in _SERVER_ONLY:
            if written.get(key) is not None:
                cure = "delete it; a file on a server is found by its ssh target"
                yield document.problem(
                    (*at, key), f"{key} says nothing about a file of this machine", cure, at_key=True
                )
        return
    if written.get("file") is not None:
        yield document.problem(
            (*at, "file"), "only SQLite is a file", "delete it, or write engine: sqlite", at_key=True
        )
    if written.get("host") is None and via is None:
        yield document.problem(at, "the server is not named", "add host: …, or via: the name of an ssh target")
    if engine.startswith("postgres"):
        for key in ("user", "database"):
            if written.get(key) is None:
                yield document.problem(at, f"PostgreSQL needs a {key}", f"add {key}: …")
    elif engine in ("mysql", "mariadb"):
        if written.get("user") is None:
            yield document.problem(at, "the account is not named", "add user: …")
        if written.get("database") is not None:
            cure = "write schemas: [NAME]; left out, all are read"
            yield document.problem((*at, "database"), "MySQL's databases are its schemas", cure, at_key=True)
    elif engine == "redis":
        if written.get("database") is not None and not str(written["database"]).isdigit():
            yield document.problem((*at, "database"), "Redis numbers its databases", 'write a number, such as "0"')
        if written.get("schemas") is not None:
            yield document.problem((*at, "schemas"), "Redis has no schemas", "delete it", at_key=True)
    if isinstance(via, str) and via not in servers:
        cure = did_you_mean(via, servers, "ssh targets of this file")
        yield document.problem((*at, "via"), f'"{printable(via)}" is no ssh target', cure)
    if via is not None and written.get("tls") in ("verify", "unverified"):
        yield document.problem((*at, "tls"), "SSH encrypts the connection already", "delete it", at_key=True)


def database_target(
    name: str, written: DatabaseFile, path: Callable[[str | None], Path | None], via: SshTarget | None
) -> DatabaseTarget:
    """The target of a checked description; `path` resolves names of files."""
    host = (written.host or "127.0.0.1").strip("[]")
    tls = written.tls or (None if via or is_this_machine(host) else "verify")
    return DatabaseTarget(
        name=name, engine=cast(Engine, written.engine), host="" if written.file else host,
        port=None if written.file else written.port or PORTS[written.engine], user=written.user,
        password_file=path(written.password_file), ca_file=path(written.ca_file), tls=tls if not written.file else None,
        database=written.database or "", schemas=written.schemas, file=path(written.file), sample=written.sample, via=via,
        timeout=written.timeout, statement_timeout=written.statement_timeout.total_seconds(),
    )  # fmt: skip


def is_this_machine(host: str) -> bool:
    """Whether a host is the loopback interface, which nobody else listens to."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
