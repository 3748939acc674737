"""What a gate accepts because it is known: fingerprints and counts in a file that can be committed.

The file holds no path, no value and no name: rule, entity, a hash and a number a line, sorted. What is new or has more distinct
values than before is a finding; what has fewer is still accepted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from auditor.errors import InputError, Problem
from auditor.model.course import BaselineUse, Suppression
from auditor.model.finding import Finding
from auditor.model.noun import noun
from auditor.model.text import printable

FORMAT: Final = 1
_FINGERPRINT: Final = re.compile("[0-9a-f]{32}")
_WRITE: Final = "write it anew: auditor gate … --write-baseline FILE"


@noun
class Baseline:
    """The number of distinct values that each known finding may have, by fingerprint."""

    name: str
    digest: str
    known: Mapping[str, int]


def text(findings: Iterable[Finding]) -> str:
    """The file's text: one line a finding, the same for the same findings in any order."""
    lines = sorted(
        json.dumps(
            {"rule": f.rule, "entity": f.verdict.entity, "fingerprint": f.fingerprint, "distinct": f.verdict.count},
            ensure_ascii=False,
        )
        for f in findings
    )
    body = ",\n".join(f"  {line}" for line in lines)
    return (
        f'{{"baseline": {FORMAT}, "findings": [\n{body}\n]}}\n'
        if lines
        else f'{{"baseline": {FORMAT}, "findings": []}}\n'
    )


def read(path: Path) -> Baseline:
    """The baseline of a file. InputError if it cannot be read, is none, or was changed into something that is none."""
    file = printable(str(path))
    try:
        data = path.read_bytes()
        tree = json.loads(data)
    except OSError as error:
        raise InputError(Problem(file=file, cause=f"cannot be read: {error.strerror}", cure=_WRITE)) from None
    except UnicodeDecodeError:
        raise InputError(Problem(file=file, cause="is not UTF-8", cure=_WRITE)) from None
    except json.JSONDecodeError as error:
        raise InputError(
            Problem(file=file, line=error.lineno, column=error.colno, cause=f"is not JSON: {error.msg}", cure=_WRITE)
        ) from None
    except RecursionError:
        raise InputError(Problem(file=file, cause="is nested too deeply", cure=_WRITE)) from None
    entries = tree.get("findings") if isinstance(tree, dict) else None
    if not isinstance(entries, list) or "baseline" not in tree:
        raise InputError(Problem(file=file, cause="is no baseline", cure=_WRITE))
    if tree["baseline"] != FORMAT or isinstance(tree["baseline"], bool):
        cause = f"is a baseline of another format ({printable(str(tree['baseline']))[:20]}; this one reads {FORMAT})"
        raise InputError(Problem(file=file, cause=cause, cure=_WRITE))
    known: dict[str, int] = {}
    lines = _lines(data)
    problems = []
    for number, entry in enumerate(entries):
        if not _is_entry(entry):
            cause = f"entry {number + 1} is no finding: rule, entity, fingerprint (32 hexadecimal digits) and distinct are needed"
            line = lines[number] if len(lines) == len(entries) else 0
            problems.append(Problem(file=file, line=line, column=1 if line else 0, cause=cause, cure=_WRITE))
        else:
            known[entry["fingerprint"]] = max(entry["distinct"], known.get(entry["fingerprint"], 0))
    if problems:
        raise InputError(*problems)
    return Baseline(name=printable(path.name), digest=hashlib.sha256(data).hexdigest(), known=known)


def _lines(data: bytes) -> list[int]:
    """The lines (from 1) that begin an entry as `text` writes it."""
    return [number for number, line in enumerate(data.split(b"\n"), 1) if line.startswith(b"  {")]


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict):
        return False
    fingerprint, distinct = entry.get("fingerprint"), entry.get("distinct")
    return (
        isinstance(fingerprint, str)
        and bool(_FINGERPRINT.fullmatch(fingerprint))
        and isinstance(distinct, int)
        and not isinstance(distinct, bool)
        and distinct >= 0
    )


def apply(
    findings: Iterable[Finding], baseline: Baseline | None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], BaselineUse | None]:
    """The findings that are new or grew, those the baseline accepts, and its use. The order of findings stays."""
    if baseline is None:
        return tuple(findings), (), None
    still: list[Finding] = []
    accepted: list[Finding] = []
    met = grown = 0
    for finding in findings:
        known = baseline.known.get(finding.fingerprint)
        if known is None:
            still.append(finding)
            continue
        met += 1
        if finding.verdict.count > known:
            grown += 1
            still.append(replace(finding, track=replace(finding.track, known=known)))
        else:
            suppression = Suppression(kind="baseline", by=baseline.name)
            accepted.append(replace(finding, track=replace(finding.track, suppression=suppression)))
    use = BaselineUse(
        name=baseline.name, digest=baseline.digest, entries=len(baseline.known), accepted=len(accepted),
        unmet=len(baseline.known) - met, grown=grown,
    )  # fmt: skip
    return tuple(still), tuple(accepted), use
