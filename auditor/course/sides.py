"""Reads the two runs of `auditor diff`: from a store, or from report.json."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from auditor.course.difference import Side
from auditor.errors import InputError, Problem
from auditor.judge import read_finding
from auditor.model.asset import Gap, GapCode
from auditor.model.course import Suppression, Track
from auditor.model.finding import Change, Finding, Status, Verdict
from auditor.model.rule import Level
from auditor.model.text import Bilingual, printable
from auditor.store.records import StoredRun
from auditor.store.sqlite import Store

_REPORT: Final = "urn:vendor-auditor:schema:report:"


def stored(store: Store, run: StoredRun, label: str) -> Side:
    """A run of a store. Findings that it only carried on are none of its own."""
    if run.finished is None:
        cause = f"run {run.id} was never finished, so nobody knows what it would have found"
        raise InputError(Problem(file=label, cause=cause, cure="name a finished run"))
    findings = tuple(read_finding(found.content) for found in store.history.findings(run.id))
    gaps = tuple(store.gaps(run.id))
    return Side(
        label=label, engagement=run.engagement, profile=run.profile, ruleset=run.ruleset_digest, started=run.started,
        complete=_complete(gaps, interrupted=run.interrupted), gaps=gaps,
        findings=tuple(finding for finding in findings if finding.change is not Change.NOT_EXAMINED),
        open=frozenset(finding.fingerprint for finding in findings if finding.change is Change.NOT_EXAMINED),
    )  # fmt: skip


def reported(path: Path, label: str) -> Side:
    """The run of a report.json, of an earlier version too. InputError for what is none."""
    file = printable(str(path))
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(Problem(file=file, cause=f"cannot be read: {error.strerror}")) from None
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise InputError(
            Problem(file=file, line=line, column=1 if line else 0, cause="is not JSON", cure=_CURE)
        ) from None
    if not isinstance(data, dict) or not str(data.get("$schema", "")).startswith(_REPORT):
        raise InputError(Problem(file=file, cause="is no report.json of this tool", cure=_CURE))
    try:
        return _side(data, label)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        cause = f"is damaged: {printable(type(error).__name__)} {printable(str(error))[:80]}"
        raise InputError(Problem(file=file, cause=cause, cure="take the report that the audit wrote")) from None


_CURE: Final = "name an output folder, its audit.sqlite, FOLDER@NUMBER, or a report.json"


def _complete(gaps: tuple[Gap, ...], *, interrupted: bool) -> bool:
    """Whether a run examined everything, as a store and a report both know it: a gap that was accepted is still one."""
    return not gaps and not interrupted


def _side(data: dict[str, Any], label: str) -> Side:
    run, bank = data["run"], data["engagement"]["entrusting"]
    gaps = tuple(
        Gap(target=gap["target"], path=gap["path"], version=gap["version"], code=GapCode(gap["code"])) for gap in data["gaps"]
    )  # fmt: skip
    return Side(
        label=label, engagement=str(data["engagement"]["id"]), profile=str(run["profile"]), ruleset=str(run["ruleset_digest"]),
        started=datetime.fromisoformat(run["started"]),
        complete=_complete(gaps, interrupted=bool(run["interrupted"])), gaps=gaps,
        country=str(bank["country"]), time_zone=str(bank.get("time_zone", "")),
        findings=tuple(_finding(entry) for entry in (*data["findings"], *data.get("suppressed", ()))),
        rules=frozenset(
            policy["rule"] for policy in data["policies"]
            if policy["status"] not in (Status.ERROR, Status.NOT_CHECKED, Status.NOT_APPLICABLE)
        ),
        open=frozenset(entry["fingerprint"] for entry in data["gone"] if entry["change"] == Change.NOT_EXAMINED),
        closed=frozenset(entry["fingerprint"] for entry in data["gone"] if entry["change"] == Change.GONE),
        reached=frozenset(entry["target"] for entry in data["coverage"] if entry["assets"]),
    )  # fmt: skip


def _finding(entry: dict[str, Any]) -> Finding:
    suppression = (entry.get("track") or {}).get("suppression")
    return Finding(
        fingerprint=str(entry["fingerprint"]),
        rule=str(entry["rule"]),
        title=_text(entry["title"]),
        level=Level.parse(entry["level"]),
        change=Change(entry["change"]),
        maps_to=tuple(map(str, entry["maps_to"])),
        track=Track(
            suppression=Suppression(kind=suppression["kind"], by=str(suppression["by"])) if suppression else None
        ),
        verdict=Verdict(
            status=Status.FAIL,
            message=_text(entry["message"]),
            subject=str(entry["subject"]),
            target=str(entry["target"]),
            path=str(entry["path"]),
            version=entry["version"],
            entity=str(entry["entity"]),
            count=int(entry["count"]),
            matches=int(entry["matches"]),
            days=entry["days"],
            since=date.fromisoformat(entry["since"]) if entry["since"] else None,
        ),
    )


def _text(words: dict[str, str]) -> Bilingual:
    return Bilingual(en=str(words["en"]), ko=str(words["ko"]))
