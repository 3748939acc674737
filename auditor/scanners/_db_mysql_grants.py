"""`SHOW GRANTS` of MySQL and MariaDB, understood."""

from __future__ import annotations

import re
from typing import Any, Final

_GRANT: Final = re.compile(
    r"GRANT (.+?) ON (?:TABLE |FUNCTION |PROCEDURE |PACKAGE |PACKAGE BODY )?(\S+) TO ", re.DOTALL
)
_COLUMNS: Final = re.compile(r"\s*\([^)]*\)")
_READING: Final = frozenset(
    {"SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES", "SHOW_ROUTINE", "PROCESS", "REPLICATION CLIENT", "BINLOG MONITOR",
     "SLAVE MONITOR", "REPLICA MONITOR", "PROXY", "SENSITIVE_VARIABLES_OBSERVER"}
)  # fmt: skip
"""All other privileges may change something, or hand on the power to (FILE, SUPER, EXECUTE, CREATE …)."""


class Grants:
    """What an account was granted."""

    def __init__(self, lines: list[tuple[Any, ...]]) -> None:
        self._grants: list[tuple[frozenset[str], str, bool]] = []
        for line, *_ in lines:
            if found := _GRANT.match(str(line)):
                words = _COLUMNS.sub("", found[1]).upper().split(",")
                option = "WITH GRANT OPTION" in str(line).upper()
                self._grants.append((frozenset(word.strip() for word in words), found[2].replace("`", ""), option))

    def reads(self, schema: str | None = None) -> bool:
        """Whether every table of a schema may be read; None: of the whole server."""
        places = {"*.*"} if schema is None else {"*.*", f"{schema}.*", f"{schema.replace('_', chr(92) + '_')}.*"}
        return any(place in places and words & {"SELECT", "ALL PRIVILEGES"} for words, place, _ in self._grants)

    def strong(self) -> list[str]:
        """Privileges beyond reading, each with where it holds."""
        return [
            f"{word} on {place}"
            for words, place, option in self._grants
            for word in sorted((words - _READING) | ({"GRANT OPTION"} if option else set()))
        ]
