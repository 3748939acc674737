"""SARIF 2.1.0 (OASIS, 2020): findings as results, gaps as tool notifications, for code-scanning platforms.

The messages are in one language, `run.language` says which. An archive member is located by its outermost file, because
that is what a platform can point at; the chain of members stands in `logicalLocations`. A run that is not complete has
`executionSuccessful: false`, so that no platform takes an empty list of results for a clean one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from auditor.model.asset import MEMBER_SEPARATOR, Gap, GapCode
from auditor.model.engagement import AzureTarget, DatabaseTarget, Engagement, LocalTarget, S3Target, SshTarget
from auditor.model.finding import Change, Finding, PolicyResult, Run, Status
from auditor.model.rule import Level
from auditor.model.text import Language
from auditor.reporters.facts import facts
from auditor.reporters.register import Tallies
from auditor.reporters.safe import printable_run
from auditor.reporters.sarif_course import suppressions, track_properties
from auditor.reporters.strings import Strings, load_strings

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_NOTIFICATIONS: Final = 1000

_LEVELS: Final = {
    Level.CRITICAL: "error",
    Level.HIGH: "error",
    Level.MEDIUM: "warning",
    Level.LOW: "note",
    Level.NOTE: "note",
}
# GitHub's bands: over 9.0 critical, 7.0–8.9 high, 4.0–6.9 medium, 0.1–3.9 low.
_SEVERITY: Final = {Level.CRITICAL: "9.5", Level.HIGH: "8.0", Level.MEDIUM: "5.5", Level.LOW: "2.0", Level.NOTE: "0.1"}
_BASELINE: Final = {
    Change.NEW: "new",
    Change.UNCHANGED: "unchanged",
    Change.UPDATED: "updated",
    Change.GONE: "absent",
    Change.NOT_EXAMINED: "unchanged",
}
_BASE_ID: Final = re.compile(r"[^A-Za-z0-9._-]")


def report(run: Run, language: Language, templates: Path | None = None) -> str:  # noqa: ARG001
    """The SARIF log as JSON text with a line end; it uses no template."""
    run = printable_run(run)
    strings = load_strings(
        language, country=run.engagement.entrusting.country, time_zone=run.engagement.entrusting.time_zone
    )
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run, strings)]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _run(run: Run, strings: Strings) -> dict[str, Any]:
    rules = _rules(run)
    index = {rule: number for number, rule in enumerate(rules)}
    codes = sorted({gap.code for gap in run.gaps})
    tallies = Tallies(run)
    return {
        "tool": {
            "driver": {
                "name": "vendor-auditor",
                "version": run.tool_version,
                "rules": [_rule(id, policy, finding, strings) for id, (policy, finding) in rules.items()],
                "notifications": [_descriptor(code, strings) for code in codes],
                "properties": {"rulesetSha256": run.ruleset_digest, "profile": run.profile},
            }
        },
        "language": "ko-KR" if strings.language == "ko" else "en-US",
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"vendor-auditor/{quote(run.engagement.id, safe='')}/{run.id}"},
        "originalUriBaseIds": _bases(run.engagement),
        "invocations": [_invocation(run, strings)],
        "results": [
            _result(finding, index, run.engagement, strings, tallies)
            for finding in (*run.findings, *run.course.suppressed, *run.gone)
        ],
        "properties": {
            "certificate": run.certificate.value,
            "complete": facts(run).complete,
            "people": run.people,
            "peopleCertain": run.people_certain,
            "keyId": run.key_id,
            "sampled": run.sampled,
            "suppressed": len(run.course.suppressed),
        },
    }


def _rules(run: Run) -> dict[str, tuple[PolicyResult | None, Finding | None]]:
    """Every policy of the run, and rules that only old findings name."""
    rules: dict[str, tuple[PolicyResult | None, Finding | None]] = {p.rule: (p, None) for p in run.policies}
    for finding in (*run.findings, *run.course.suppressed, *run.gone):
        rules.setdefault(finding.rule, (None, finding))
    return rules


def _rule(id: str, policy: PolicyResult | None, finding: Finding | None, strings: Strings) -> dict[str, Any]:
    known = policy or finding
    assert known is not None
    title = known.title.get(strings.language)
    rule: dict[str, Any] = {
        "id": id,
        "shortDescription": {"text": title},
        "defaultConfiguration": {"level": _LEVELS[known.level]},
        "properties": {
            "security-severity": _SEVERITY[known.level],
            "tags": ["security", "privacy", *known.maps_to],
        },
    }
    if policy is not None:
        steps = [step.get(strings.language) for step in policy.remediation]
        rule["fullDescription"] = {"text": policy.description.get(strings.language) or title}
        if steps:
            rule["help"] = {"text": "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))}
    return rule


def _result(
    finding: Finding, index: dict[str, int], engagement: Engagement, strings: Strings, tallies: Tallies
) -> dict[str, Any]:
    verdict, tally = finding.verdict, tallies.of(finding)
    unknown = finding.change is Change.NOT_EXAMINED  # still open, but not seen this time
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "kind": "open" if unknown else "fail",
        "level": "none" if unknown else _LEVELS[finding.level],
        "message": {"text": verdict.message.get(strings.language) or finding.title.get(strings.language)},
        "partialFingerprints": {"auditorFinding/v1": finding.fingerprint},
        "baselineState": _state(finding),
        "suppressions": suppressions(finding.track),
        "properties": {
            "security-severity": _SEVERITY[finding.level],
            "level": str(finding.level),
            "change": finding.change.value,
            "target": verdict.target,
            "path": verdict.path,
            "version": verdict.version,
            "entity": verdict.entity,
            "count": verdict.count,
            "matches": verdict.matches,
            "mask": verdict.mask,
            "place": verdict.place,
            "line": verdict.line,
            "days": verdict.days,
            "since": verdict.since.isoformat() if verdict.since else None,
            **track_properties(finding.track),
        },
    }
    if tally is not None and tally.compared is not None:
        result["properties"] |= {"compared": tally.compared, "inRegister": tally.matched}
    if verdict.target:
        result["locations"] = [_location(engagement, verdict.target, verdict.path, verdict.line)]
    return result


def _state(finding: Finding) -> str:
    """Against the baseline where one knows the finding, else against the run before."""
    suppression = finding.track.suppression
    if finding.track.known is not None:
        return "updated"
    return "unchanged" if suppression and suppression.kind == "baseline" else _BASELINE[finding.change]


def _location(engagement: Engagement, target: str, path: str, line: int | None = None) -> dict[str, Any]:
    """Where it is. `line` counts within the innermost member, so it is a region only of a file that is no archive."""
    file, *members = path.split(MEMBER_SEPARATOR)
    logical = [{"name": target, "fullyQualifiedName": target, "kind": "resource"}]
    for number, member in enumerate(members, start=1):
        whole = MEMBER_SEPARATOR.join([file, *members[:number]])
        logical.append({"name": member, "fullyQualifiedName": f"{target}:{whole}", "kind": "member"})
    location: dict[str, Any] = {"logicalLocations": logical}
    if file:
        physical: dict[str, Any] = {"artifactLocation": _artifact(engagement, target, file)}
        if line is not None and line > 0 and not members:
            physical["region"] = {"startLine": line}
        location["physicalLocation"] = physical
    return location


def _artifact(engagement: Engagement, target: str, file: str) -> dict[str, str]:
    """A percent-encoded path under its target's base; a local file's absolute path stands for itself."""
    local = any(known.name == target and isinstance(known, LocalTarget) for known in engagement.targets)
    if local and file.startswith("/"):
        return {"uri": f"file://{quote(file)}"}
    # RFC 3986: in a relative reference the first part may hold no colon, and `//` would start a host name.
    return {"uri": quote(file.lstrip("/"), safe="/") or "/", "uriBaseId": _base_id(target)}


def _base_id(target: str) -> str:
    return _BASE_ID.sub("_", target).upper() or "TARGET"


def _bases(engagement: Engagement) -> dict[str, Any]:
    bases: dict[str, Any] = {}
    for target in engagement.targets:
        base: dict[str, Any] = {"description": {"text": target.name}}
        match target:
            case SshTarget():
                port = f":{target.port}" if target.port else ""
                base["uri"] = f"sftp://{quote(target.host, safe='[]:.')}{port}/"
            case S3Target():
                base["uri"] = f"s3://{quote(target.bucket)}/"
            case AzureTarget():
                base["uri"] = f"az://{quote(target.container)}/"
            case DatabaseTarget(file=None):
                port = f":{target.port}" if target.port else ""
                base["uri"] = (
                    f"{target.engine}://{quote(target.host, safe='[]:.')}{port}/{quote(f'{target.database}/'.lstrip('/'))}"
                )
            case DatabaseTarget() | LocalTarget():  # wherever the reader has the delivered files
                pass
        bases[_base_id(target.name)] = base
    return bases


def _invocation(run: Run, strings: Strings) -> dict[str, Any]:
    return {
        "executionSuccessful": facts(run).complete,
        "startTimeUtc": _utc(run, "started"),
        "endTimeUtc": _utc(run, "finished"),
        "toolExecutionNotifications": list(_notifications(run, strings)),
    }


def _utc(run: Run, name: str) -> str:
    moment = run.started if name == "started" else run.finished
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _notifications(run: Run, strings: Strings) -> Iterator[dict[str, Any]]:
    """Each gap, up to a number; then how many more of each code; then what else keeps the run from being complete."""
    for gap in run.gaps[:MOST_NOTIFICATIONS]:
        yield _notification(
            strings.text(
                "sarif.not_examined", place=f"{gap.target} {gap.path}".strip(), what=strings.text(f"gap.{gap.code}.what"),
                code=gap.code.value, detail=gap.detail,
            ).strip(),
            code=gap.code, location=_location(run.engagement, gap.target, gap.path), properties=_gap_facts(gap),
        )  # fmt: skip
    for code, count in sorted(Counter(gap.code for gap in run.gaps[MOST_NOTIFICATIONS:]).items()):
        yield _notification(strings.text("sarif.more_gaps", n=count), code=code, properties={"count": count})
    known = facts(run)
    if run.interrupted:
        yield _notification(strings.text("sarif.interrupted"))
    for target in known.unaccounted:
        yield _notification(strings.text("sarif.unaccounted", target=target))
    for policy in run.policies:
        if policy.status in (Status.ERROR, Status.NOT_CHECKED):
            why = "; ".join(message.get(strings.language) for message in policy.messages)
            yield _notification(strings.text("sarif.not_checked", rule=policy.rule, why=why).strip())


def _notification(
    text: str,
    *,
    code: GapCode | None = None,
    location: dict[str, Any] | None = None,
    properties: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Level error, as the specification asks for what makes the results incomplete (3.58.6)."""
    notification: dict[str, Any] = {"level": "error", "message": {"text": text}}
    if code is not None:
        notification["descriptor"] = {"id": code.value}
    if location is not None:
        notification["locations"] = [location]
    if properties is not None:
        notification["properties"] = properties
    return notification


def _gap_facts(gap: Gap) -> dict[str, Any]:
    return {"target": gap.target, "path": gap.path, "version": gap.version, "size": gap.size}


def _descriptor(code: GapCode, strings: Strings) -> dict[str, Any]:
    return {
        "id": code.value,
        "shortDescription": {"text": strings.text(f"gap.{code}.what")},
        "help": {"text": strings.text(f"gap.{code}.do")},
        "defaultConfiguration": {"level": "error"},
    }
