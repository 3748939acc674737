"""Where the project's own rules and report templates lie: beside the package in a checkout, inside it in a wheel.

Their YAML is also shipped compiled: as JSON Lines, generated (`make schema`), since a gate in a pipeline would else spend more
time on YAML than on a delivery. The first line of such a file names two SHA-256 digests: that of the sources it was made from,
and that of the lines after it. Where either differs the file is passed over: the sources alone are the truth.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

_PACKAGE: Final = Path(__file__).resolve().parent


def rules_dir() -> Path:
    """The folder with `recognizers/`, `policies/`, `profiles/`, `frameworks/`, `checklists/`, `playbooks/` and `schema/`."""
    return _find("rules", "rules")


def templates_dir() -> Path:
    """The folder with the report templates."""
    return _find("templates", "reports/templates")


def _find(installed: str, checkout: str) -> Path:
    data = _PACKAGE / "_data" / installed  # pyproject.toml, force-include
    return data if data.is_dir() else _PACKAGE.parent / checkout


def read_compiled(file: Path, sources: str) -> list[Any] | None:
    """What the lines of a compiled file hold; None if it was not made from sources of that digest, or is damaged."""
    try:
        header, _, body = file.read_bytes().partition(b"\n")
        if json.loads(header) != _header(sources, body):
            return None
        values: list[Any] = json.loads(
            b"[" + b",".join(body.splitlines()) + b"]"
        )  # by itself, a short line takes five times as long
        return values
    except (OSError, ValueError, RecursionError):
        return None


def compile_text(sources: str, lines: Iterable[Any]) -> str:
    """What a compiled file must hold, one line a value."""
    body = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    return json.dumps(_header(sources, body.encode())) + "\n" + body


def _header(sources: str, body: bytes) -> dict[str, str]:
    return {"sources": sources, "lines": hashlib.sha256(body).hexdigest()}
