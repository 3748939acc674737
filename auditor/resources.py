"""Where the project's own rules and report templates lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def rules_dir() -> Path:
    """The folder with `recognizers/`, `policies/`, `profiles/` and `schema/`."""
    return _find("rules", "rules")


def templates_dir() -> Path:
    """The folder with the report templates."""
    return _find("templates", "reports/templates")


def _find(installed: str, checkout: str) -> Path:
    data = _PACKAGE / "_data" / installed  # pyproject.toml, force-include
    return data if data.is_dir() else _PACKAGE.parent / checkout
