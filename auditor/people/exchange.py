"""A file with all that one worker collected: a line of JSON that says what follows, then the columns as they are in memory."""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from auditor.errors import InputError, Problem
from auditor.people.records import Facts
from auditor.people.tables import Run, Stored, fences_of

FORMAT: Final = "auditor people 1"
Also: TypeAlias = "tuple[array[int], array[int]]"


def write(path: Path, facts: Facts, strength: Mapping[str, bool], assets: Iterable[int], also: Also) -> None:
    """A new file, readable by nobody else. FileExistsError if there is one."""
    for table in facts.tables:
        table.seal()
    head: dict[str, Any] = {
        "format": FORMAT,
        "bytes": sys.byteorder,
        "strength": dict(strength),
        "assets": sorted(assets),
        "also": [list(column) for column in also],
        "tables": [
            [[run.rows, *(column if isinstance(column, int) else None for column in run.columns)] for run in table.runs]
            for table in facts.tables
        ],
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(json.dumps(head).encode() + b"\n")
        for table in facts.tables:
            for run in table.runs:
                for column, held in zip(run.read(0, run.rows), run.columns, strict=True):
                    if not isinstance(held, int):
                        file.write(column.data)


def read(path: Path, facts: Facts) -> tuple[dict[str, bool], set[int], Also]:
    """Into facts that are still empty: the columns stay in the file, which is kept open and may be deleted."""
    file = facts.space.open(path)
    size = path.stat().st_size
    with path.open("rb") as lines:
        line = lines.readline()
    try:
        head = json.loads(line)
        if head["format"] != FORMAT or head["bytes"] != sys.byteorder:
            raise ValueError(head["format"])
        at = len(line)
        for table, runs in zip(facts.tables, head["tables"], strict=True):
            for rows, *columns in runs:
                held: list[int | Stored] = []
                for column in columns:
                    held.append(column if isinstance(column, int) else Stored(file, at))
                    at += 0 if isinstance(column, int) else 8 * rows
                if at > size:
                    raise ValueError("cut off")
                run = Run(rows, [*held], None)
                if table.ordered:
                    run.fences = fences_of(run.read(0, rows)[0])
                table.take(run)
        if at != size:
            raise ValueError("too long")
        also = array("Q", head["also"][0]), array("Q", head["also"][1])
        return dict(head["strength"]), set(head["assets"]), also
    except (ValueError, KeyError, TypeError, IndexError):
        raise InputError(
            Problem(
                file=str(path),
                cause="not a whole file of people that this version of the auditor wrote on such a machine",
                cure="let the worker that wrote it do its part again",
            )
        ) from None
