"""`SHOW GRANTS` of MySQL and MariaDB, understood."""

from __future__ import annotations

import re
from typing import Any, Final

_GRANT: Final = re.compile(
    r"GRANT (.+?) ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE |PACKAGE BODY )?(\S+) TO ", re.DOTALL
)
_ROLES: Final = re.compile(r"GRANT (.+?) TO ", re.DOTALL)
_ROLE: Final = re.compile(r"(?:`(?:[^`]|``)+`|[\w.-]+)(?:@(?:`(?:[^`]|``)*`|[\w.%-]+))?")
_COLUMNS: Final = re.compile(r"\s*\([^)]*\)")
_WORD: Final = re.compile(r"[^,(]+(?:\([^)]*\))?")
_READING: Final = frozenset(
    {"SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES", "SHOW_ROUTINE", "PROCESS", "REPLICATION CLIENT", "BINLOG MONITOR",
     "SLAVE MONITOR", "REPLICA MONITOR", "PROXY", "SENSITIVE_VARIABLES_OBSERVER"}
)  # fmt: skip
"""All other privileges may change something, or hand on the power to (FILE, SUPER, EXECUTE, CREATE …)."""


class Grants:
    """What an account was granted."""

    def __init__(self, lines: list[tuple[Any, ...]]) -> None:
        self._grants: list[tuple[frozenset[str], str, bool]] = []
        self._roles: list[str] = []
        for line, *_ in lines:
            if found := _GRANT.match(str(line)):
                words = _WORD.findall(found[1].upper())
                option = "WITH GRANT OPTION" in str(line).upper()
                self._grants.append((frozenset(word.strip() for word in words), found[2].replace("`", ""), option))
            else:
                told = _ROLES.match(str(line))
                names = [name.strip() for name in told[1].split(",")] if told else [""]
                self._roles += [name if _ROLE.fullmatch(name) else "" for name in names]

    def roles(self) -> list[str]:
        """Roles that were granted, quoted as the server writes them; "" for a line that is not understood."""
        return self._roles

    def reads(self, schema: str = "", table: str = "") -> bool:
        """Whether all of a table may be read; without its name, every table of the schema; without that, of the server."""
        for words, place, _ in self._grants:
            if words & {"SELECT", "ALL PRIVILEGES"}:
                where, _, what = place.partition(".")
                if place == "*.*" or (schema and what == "*" and like(where).fullmatch(schema)):
                    return True
                if table and place == f"{schema}.{table}":
                    return True
        return False

    def strong(self) -> list[str]:
        """Privileges beyond reading, each with where it holds."""
        return [
            f"{word} on {place}"
            for words, place, option in self._grants
            for word in sorted(
                ({_COLUMNS.sub("", word) for word in words} - _READING) | ({"GRANT OPTION"} if option else set())
            )
        ]


def like(pattern: str) -> re.Pattern[str]:
    """A grant's pattern of databases: `_` and `%` stand for characters unless a backslash stands before."""
    parts = re.findall(r"\\.|[^\\]", pattern)
    known = {"_": ".", "%": ".*"}
    return re.compile("".join(known.get(part) or re.escape(part.removeprefix("\\")) for part in parts), re.DOTALL)
