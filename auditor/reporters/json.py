"""report.json: everything a run knows, in both languages, under a published JSON Schema (draft 2020-12)."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import ValidationError

from auditor.errors import InputError, Problem
from auditor.model.calendar import day_of
from auditor.model.engagement import (
    AzureTarget,
    DatabaseTarget,
    Engagement,
    LocalTarget,
    Party,
    S3Target,
    SshTarget,
    Target,
)
from auditor.model.finding import EntityTally, Finding, Observation, PolicyResult, Run
from auditor.model.recheck import Recheck
from auditor.model.response import Response
from auditor.model.rule import Level
from auditor.model.text import Language, printable
from auditor.reporters import document as d
from auditor.reporters import document_engagement as terms
from auditor.reporters.document_course import course_facts, track_facts
from auditor.reporters.document_parts import LevelName, Words
from auditor.reporters.document_parts import words as _words
from auditor.reporters.facts import EntityTotal, Facts, facts
from auditor.reporters.register import Tallies
from auditor.reporters.safe import printable_run
from auditor.reporters.strings import Strings, load_strings
from auditor.reporters.view import address_of


def report(run: Run, language: Language = "en", templates: Path | None = None) -> str:  # noqa: ARG001
    """The report as JSON text with a line end. It holds both languages and uses no template."""
    value = _report(printable_run(run)).model_dump(mode="json", by_alias=True)
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def read(file: Path) -> d.Report:
    """A finished run as its report.json says. InputError if there is none, it is damaged, or another version wrote it."""
    shown = printable(str(file))
    try:
        return d.Report.model_validate_json(file.read_bytes())
    except OSError as error:
        cure = "name the output folder of an audit, or its report.json"
        raise InputError(Problem(file=shown, cause=f"cannot be read: {error.strerror}", cure=cure)) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        at = ".".join(map(str, first["loc"])) or "the file"
        cause = f"is no report of this version ({d.VERSION}): {printable(at)}: {printable(first['msg'])}"
        raise InputError(Problem(file=shown, cause=cause, cure="audit again with this version")) from None


def schema() -> dict[str, Any]:
    """The JSON Schema of report.json: closed, every field required."""
    made = d.Report.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": d.SCHEMA_ID, **made}


def _report(run: Run) -> d.Report:
    english, korean = load_strings("en"), load_strings("ko")
    tallies = Tallies(run)
    return d.Report(
        schema_=d.SCHEMA_ID,  # type: ignore[call-arg]  # mypy knows the alias alone
        schema_version=d.VERSION,
        tool=d.Tool(name="vendor-auditor", version=run.tool_version),
        run=d.RunFacts(
            id=run.id, profile=run.profile, fail_on=_level(run.fail_on), started=run.started, finished=run.finished,
            interrupted=run.interrupted, complete=run.complete, accepted_gaps=list(run.accepted_gaps), ruleset_digest=run.ruleset_digest, key_id=run.key_id,
        ),
        summary=_summary(facts(run), english, korean),
        register_=_register(run),
        recheck=_recheck(run.recheck),
        engagement=_engagement(run.engagement, day_of(run.started, run.engagement.entrusting)),
        certificate=run.certificate.value,
        findings=[_finding(finding, tallies.of(finding)) for finding in run.findings],
        suppressed=[_finding(finding, tallies.of(finding)) for finding in run.course.suppressed],
        gone=[_finding(finding) for finding in run.gone],
        policies=[_policy(policy) for policy in run.policies],
        data=[_asset(seen, run.engagement.entrusting) for seen in run.observations],
        controls=[
            d.ControlFacts(target=c.target, name=c.name, value=c.value, detail=c.detail, path=c.path) for c in run.controls
        ],
        gaps=[
            d.GapFacts(target=g.target, path=g.path, version=g.version, code=g.code.value, detail=g.detail, size=g.size)
            for g in run.gaps
        ],
        coverage=[
            d.CoverageFacts(target=c.target, assets=c.assets, examined=c.examined, bytes=c.bytes, gaps=c.gaps)
            for c in run.coverage
        ],
        response=d.ResponseFacts.model_validate(run.response or Response()),
        course=course_facts(run.course),
    )  # fmt: skip


def _summary(known: Facts, english: Strings, korean: Strings) -> d.Summary:
    def words(key: str) -> Words:
        return Words(en=english.text(key), ko=korean.text(key))

    def total(e: EntityTotal) -> d.EntitySum:
        return d.EntitySum(
            entity=e.entity, title=Words(en=english.entity(e.entity), ko=korean.entity(e.entity)),
            sensitivity=e.sensitivity, matches=e.matches, protected=e.protected, assets=e.assets, distinct=e.distinct,
        )  # fmt: skip

    return d.Summary(
        verdict=known.verdict.value,
        title=words(f"verdict.{known.verdict}.title"),
        worst=None if known.level is None else _level(known.level),
        complete=known.complete,
        people=known.people,
        people_certain=known.people_certain,
        people_estimate=None if known.people_range is None else d.PeopleEstimate(low=known.people_range[0], high=known.people_range[1]),
        findings=known.findings,
        suppressed=known.suppressed,
        assets=known.assets,
        listed=known.listed,
        examined=known.examined,
        entities=[total(entity) for entity in known.entities],
        possible=[total(entity) for entity in known.possible],
        earliest=known.earliest,
        latest=known.latest,
        contract_ends=known.ends,
        destruction_due=known.due,
        overdue_days=known.overdue,
        gaps=[
            d.GapSum(
                code=g.code.value, what=words(f"gap.{g.code}.what"), do=words(f"gap.{g.code}.do"), count=g.count, bytes=g.bytes
            )
            for g in known.gaps
        ],
        policies_not_checked=known.not_checked,
        unaccounted_targets=list(known.unaccounted),
        actions=[d.Step(rule=a.rule, level=_level(a.level), text=_words(a.text)) for a in known.actions],
    )  # fmt: skip


def _engagement(engagement: Engagement, today: date) -> terms.EngagementFacts:
    contract, certificate = engagement.contract, engagement.destruction
    clauses, residency = contract.clauses, engagement.residency
    return terms.EngagementFacts(
        id=engagement.id,
        file=engagement.file,
        digest=engagement.digest,
        entrusting=_party(engagement.entrusting),
        vendor=_party(engagement.vendor),
        contract=terms.ContractFacts(
            signed=contract.signed, ends=contract.ends, destroy_within_days=contract.destroy_within.days, clause=contract.clause,
            clauses=terms.ClauseFacts(
                purpose=clauses.purpose, protection=clauses.protection, sub_vendors=clauses.sub_vendors,
                residency=clauses.residency, inspection=clauses.inspection,
            ),
        ),
        agreed_data=[
            terms.AgreedFacts(
                entities=list(a.entities), purpose=a.purpose, places=list(a.places), until=a.until, protection=a.protection
            )
            for a in engagement.agreed_data
        ],
        sub_vendors=[
            terms.SubVendorFacts(
                name=v.name, country=v.country, targets=list(v.targets), consented=v.consented, entities=list(v.entities),
                reference=v.reference,
            )
            for v in engagement.sub_vendors
        ],
        data_sent=[
            terms.SentFacts(sent=s.sent, entities=list(s.entities), subjects=s.subjects, extract=s.extract)
            for s in engagement.data_sent
        ],
        residency=None
        if residency is None
        else terms.ResidencyFacts(countries=list(residency.countries), regions=list(residency.regions)),
        contacts=[
            terms.ContactFacts(role=c.role, party=c.party, name=c.name, email=c.email, phone=c.phone)
            for c in engagement.contacts
        ],
        exceptions=[
            terms.ExceptionFacts(
                entities=list(e.entities), basis=e.basis, until=e.until, live=today <= e.until, places=list(e.places),
                paths=list(e.paths), reference=e.reference,
            )
            for e in engagement.exceptions
        ],
        destruction=None
        if certificate is None
        else terms.CertificateFacts(
            declared=certificate.declared, scope=list(certificate.scope), subjects=certificate.subjects,
            reference=certificate.reference,
        ),
        targets=[
            terms.TargetFacts(name=target.name, kind=_kind(target), address=address_of(engagement, target.name)[1], country=engagement.countries.get(target.name, ""))
            for target in engagement.targets
        ],
    )  # fmt: skip


def _register(run: Run) -> d.RegisterFacts | None:
    r = run.register
    if r is None:
        return None
    return d.RegisterFacts(
        name=r.name, key_id=r.key_id, built=r.built, customers=r.customers, matched_customers=r.matched_customers,
        people_compared=r.people_compared, people_matched=r.people_matched, compared=r.compared, matched=r.matched,
        entities=[d.ComparedSum(entity=e.entity, compared=e.compared, matched=e.matched) for e in r.entities],
    )  # fmt: skip


def _recheck(recheck: Recheck) -> d.RecheckFacts:
    return d.RecheckFacts(
        sampled=recheck.sampled,
        differing=recheck.differing,
        rules=list(recheck.rules),
        differences=[
            d.DifferenceFacts(
                target=f.target, path=f.path, version=f.version or None, place=f.place, line=f.line or None, rule=f.rule, kind=f.kind
            )
            for f in recheck.differences
        ],
    )  # fmt: skip


def _finding(finding: Finding, tally: EntityTally | None = None) -> d.FindingFacts:
    v = finding.verdict
    return d.FindingFacts(
        fingerprint=finding.fingerprint, rule=finding.rule, title=_words(finding.title), level=_level(finding.level),
        change=finding.change.value, message=_words(v.message), subject=v.subject, target=v.target, path=v.path,
        version=v.version, entity=v.entity, count=v.count, matches=v.matches, place=v.place, line=v.line, mask=v.mask,
        compared=tally.compared if tally else None, matched=tally.matched if tally else None,
        days=v.days, since=v.since, track=track_facts(finding.track), maps_to=list(finding.maps_to),
    )  # fmt: skip


def _policy(policy: PolicyResult) -> d.PolicyFacts:
    return d.PolicyFacts(
        rule=policy.rule, title=_words(policy.title), description=_words(policy.description),
        remediation=[_words(step) for step in policy.remediation], level=_level(policy.level), status=policy.status.value,
        counts={status.value: count for status, count in policy.counts.items()},
        messages=[_words(message) for message in policy.messages], maps_to=list(policy.maps_to),
    )  # fmt: skip


def _day(moment: datetime | None, party: Party) -> date | None:
    return None if moment is None else day_of(moment, party)


def _asset(seen: Observation, party: Party) -> d.AssetFacts:
    return d.AssetFacts(
        target=seen.target, path=seen.path, version=seen.version, current=seen.current, people=seen.people,
        modified=seen.modified, modified_from=seen.modified_from, mode=seen.mode, size=seen.size,
        rows_from=_day(seen.rows_from, party), rows_to=_day(seen.rows_to, party), together=sorted(sorted(group) for group in seen.together),
        tallies=[
            d.TallyFacts(
                entity=t.entity, sensitivity=t.sensitivity, matches=t.matches, distinct=t.distinct, protected=t.protected,
                compared=t.compared, matched=t.matched, mask=t.mask, place=t.place, line=t.line, score=t.score, why=list(t.why),
            )
            for t in seen.tallies
        ],
    )  # fmt: skip


def _party(party: Any) -> terms.PartyFacts:
    return terms.PartyFacts(name=party.name, country=party.country, contact=party.contact, time_zone=party.time_zone)


def _kind(target: Target) -> Literal["local", "ssh", "s3", "azure", "database"]:
    match target:
        case LocalTarget():
            return "local"
        case SshTarget():
            return "ssh"
        case S3Target():
            return "s3"
        case AzureTarget():
            return "azure"
        case DatabaseTarget():
            return "database"


def _level(level: Level) -> LevelName:
    return cast(LevelName, str(level))
