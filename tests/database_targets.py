"""What the tests of database targets share: items of a scan, the blocks of docs/vendor-access-databases.md, an audit by command."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from scanning import Item

from auditor.errors import ReadError
from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, Control, Gap
from auditor.model.content import Content, Source, Table
from auditor.model.control_words import korean
from auditor.model.scanner import Scanner
from auditor.streams import peek
from testbed.certificates import certificate

REPO = Path(__file__).parents[1]


def granted(start: str) -> str:
    """The block of the page that begins so."""
    page = (REPO / "docs/vendor-access-databases.md").read_text("utf-8")
    (block,) = [block for block in re.findall(r"```(?:sql)?\n(.*?)```", page, re.DOTALL) if block.startswith(start)]
    return block


def assets(items: Iterable[Item]) -> dict[str, Asset]:
    return {item.path: item for item in items if isinstance(item, Asset)}


def gaps(items: Iterable[Item]) -> dict[str, str]:
    return {item.path: str(item.code) for item in items if isinstance(item, Gap)}


def control(items: Iterable[Item], name: str, path: str = "") -> Control:
    (found,) = [c for c in items if isinstance(c, Control) and c.name == name and c.path == path]
    return found


def untranslated(items: Iterable[Item]) -> list[str]:
    """Details of controls that a policy quotes and that stay English in Korean."""
    quoted = {f"database.{name}" for name in ("readers", "superusers", "passwordless", "tls", "access_log")}
    details = [korean(item.detail) for item in items if isinstance(item, Control) and item.name in quoted]
    return [
        detail for detail in details if re.search(r"\b(?:the|is|are|may|has|have|not|no|logs)\b", detail, re.IGNORECASE)
    ]


def content(scanner: Scanner, asset: Asset, encodings: tuple[str, ...] = ("cp949",)) -> list[Content]:
    """What a worker makes of a table; a failure of the stream comes last, as a gap."""
    found: list[Content] = []
    try:
        with scanner.open(asset) as stream:
            head, whole = peek(stream)
            source = Source(asset=asset, head=head, stream=whole, encodings=encodings)
            for item in extract(source, Budget(Limits())):
                found.append(item)
    except ReadError as error:
        found.append(asset.gap(error.code, error.detail, part=True))
    return found


def rows_of(items: Iterable[Content]) -> list[dict[str, str | None]]:
    """Tables' rows as dictionaries."""
    return [
        {name: array[row].as_py() for name, array in zip(table.columns, table.arrays, strict=True)}
        for table in items
        if isinstance(table, Table)
        for row in range(len(table.arrays[0]))
    ]


def write_engagement(folder: Path, *targets: dict[str, Any], name: str = "engagement") -> Path:
    """An engagement of these targets, whose contract ended long ago."""
    document = {
        "engagement": "databases", "entrusting": {"name": "Example Bank"}, "vendor": {"name": "Example Labs"},
        "contract": {"ends": "2025-03-31"}, "targets": list(targets), "key_file": "engagement.key",
    }  # fmt: skip
    (folder / "engagement.key").write_bytes(b"k" * 32)
    (folder / "engagement.key").chmod(0o600)
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")
    return file


def auditor(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, words)], capture_output=True, text=True, cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPO)}, check=False,
    )  # fmt: skip


def audited(folder: Path, file: Path) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """An audit's exit and output, and its report."""
    done = auditor(folder, "audit", file, "--output", "out", "--matches", "m.jsonl", "--quiet")
    return done, json.loads((folder / "out/report.json").read_text("utf-8"))


def certificates(folder: Path, *, account: str | None = None) -> tuple[Path, Path, Path]:
    """An authority, and a certificate and key for 127.0.0.1 that the account may read; the files."""
    folder.mkdir()
    certificate(folder, "other", None)
    certificate(folder, "server", certificate(folder, "ca", None))
    if account is not None and os.geteuid() == 0:
        shutil.chown(folder / "server-key.pem", account)
    return folder / "ca.pem", folder / "server.pem", folder / "server-key.pem"


def password(folder: Path, word: str = "change-me") -> Path:
    file = folder / "password"
    file.write_text(f"{word}\n")
    file.chmod(0o600)
    return file
