"""Reads an engagement file and says every mistake in it at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from auditor.engagement.across import WITH_ENTITIES, dates, entries, terms, words
from auditor.engagement.databases import database_target, in_databases
from auditor.engagement.days import Days
from auditor.engagement.places import AzureFile, DatabaseFile, LocalFile, S3File, SshFile, SshHopFile, TargetFile
from auditor.engagement.schema import (
    BudgetsFile,
    DestructionFile,
    EngagementFile,
    ExecutorFile,
    LimitsFile,
    PartyFile,
    parse_window,
)
from auditor.engagement.terms import ClausesFile
from auditor.errors import InputError, Problem
from auditor.model.engagement import (
    AccessLimits,
    AgreedData,
    AzureTarget,
    Budgets,
    Clauses,
    Contact,
    Contract,
    DataSent,
    Destruction,
    Engagement,
    Executor,
    LocalTarget,
    Party,
    Residency,
    Retained,
    S3Target,
    SshTarget,
    SubVendor,
    Target,
)
from auditor.model.text import printable
from auditor.yamlfile import Document, Location, read
from auditor.yamlschema import did_you_mean, in_order, nearest, validate
from auditor.yamltypes import parse_size

KINDS: Final = ("ssh", "s3", "azure", "local", "database")


def load(path: Path, entities: frozenset[str] | None = None) -> Engagement:
    """The engagement of a file. InputError with every problem, each with line, column, cause and cure.

    Paths in it are relative to its folder; `~` is the home folder. Whether key files exist, `auditor doctor` says.
    With `entities`, an entity that none of them is, is a problem.
    """
    document = read(path)
    written, problems = validate(EngagementFile, document)
    problems += _across(document, entities)
    if written is None or problems:
        raise InputError(*in_order(problems))
    return _Converter(path, Days(document.get)).engagement(written, document)


# ── What no single field can tell. On the tree, so that it is said even where a field is wrong. ─────────────────────


def _across(document: Document, entities: frozenset[str] | None) -> Iterator[Problem]:
    yield from _targets(document)
    yield from in_databases(document)
    yield from dates(document)
    yield from terms(document)
    if entities is not None:
        for at, entity in chain.from_iterable(words(document, key, each="entities") for key in WITH_ENTITIES):
            if entity not in entities:
                cure = did_you_mean(entity, entities, "entities known here")
                yield document.problem(at, f'no rule finds "{printable(entity)}"', cure)
    languages = [language for _, language in words(document, "languages")]
    for at, language in words(document, "languages"):
        if language in languages[: int(at[-1])]:
            yield document.problem(at, f'"{printable(language)}" is listed twice', "delete one of the two")


def _targets(document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, target in enumerate(entries(document.get("targets"))):
        if not isinstance(target, dict):
            continue
        at: Location = ("targets", index)
        name = target.get("name")
        if isinstance(name, str) and name in seen:
            first = document.values["targets", seen[name]][0]
            cause = f'a second target named "{printable(name)}" (the first stands in line {first})'
            yield document.problem((*at, "name"), cause, "give each target a name of its own")
        elif isinstance(name, str):
            seen[name] = index
        kinds = [kind for kind in KINDS if target.get(kind) is not None]
        misspelt = any(nearest(key, KINDS) for key in target if key not in KINDS)
        if not kinds and not misspelt and document.refused.isdisjoint({(*at, kind) for kind in KINDS}):
            cure = "add one of ssh: {host: …}, s3: {bucket: …}, azure: {account: …, container: …}, local: {paths: […]}, database: {engine: …}"
            yield document.problem(at, "the target does not say what it is", cure)
        elif len(kinds) > 1:
            cause = f"the target is {' and '.join(kinds)} at once"
            yield document.problem((*at, kinds[1]), cause, "make a target of each", at_key=True)
    named = [("the scope", found) for found in words(document, "destruction", "scope")]
    named += [("the sub-vendor", found) for found in words(document, "sub_vendors", each="targets")]
    named += [("the exception", found) for found in words(document, "exceptions", each="places")]
    for who, (at, word) in named:
        if word not in seen:
            cure = did_you_mean(word, seen, "targets of this file")
            yield document.problem(at, f'{who} names "{printable(word)}", which is no target', cure)


# ── As written → as used ────────────────────────────────────────────────────────────────────────────────────────────


class _Converter:
    def __init__(self, path: Path, days: Days) -> None:
        self.file = path
        self.folder = path.parent
        self.days = days

    def day(self, written: str | None) -> date | None:
        return None if written is None else self.days.day(written)

    def engagement(self, written: EngagementFile, document: Document) -> Engagement:
        contract = Contract(
            signed=self.day(written.contract.signed),
            ends=self.day(written.contract.ends),
            destroy_within=written.contract.destroy_within,
            clause=written.contract.clause,
            clauses=_clauses(written.contract.clauses),
        )
        targets = tuple(self.target(target, written.targets) for target in written.targets)
        return Engagement(
            id=written.engagement,
            entrusting=_party(written.entrusting),
            vendor=_party(written.vendor),
            contract=contract,
            targets=targets,
            agreed_data=tuple(
                AgreedData(
                    entities=agreed.entities,
                    purpose=agreed.purpose,
                    places=agreed.places,
                    until=self.day(agreed.until),
                    protection=agreed.protection,
                )
                for agreed in written.agreed_data
            ),
            sub_vendors=tuple(
                SubVendor(
                    name=each.name, targets=each.targets, country=each.country or "", consented=self.day(each.consented),
                    entities=each.entities, reference=each.reference,
                )
                for each in written.sub_vendors
            ),
            data_sent=tuple(
                DataSent(
                    sent=self.days.day(each.sent), entities=each.entities, subjects=each.subjects, extract=each.extract
                )
                for each in written.data_sent
            ),
            residency=Residency(countries=written.residency.countries, regions=written.residency.regions)
            if written.residency
            else None,
            contacts=tuple(
                Contact(role=each.role, party=each.party, name=each.name, email=each.email, phone=each.phone)
                for each in written.contacts
            ),
            exceptions=tuple(
                Retained(
                    entities=each.entities, basis=each.basis, until=self.days.day(each.until), places=each.places,
                    paths=each.paths, reference=each.reference,
                )
                for each in written.exceptions
            ),
            countries={each.name: each.country for each in written.targets if each.country},
            destruction=self.destruction(written.destruction, targets),
            key_file=self.path(written.key_file),
            register_file=self.path(written.register_.file if written.register_ else None),
            executor=self.executor(written.executor),
            budgets=_budgets(written.budgets),
            limits=_limits(written.limits),
            ocr=written.ocr,
            password_file=self.path(written.password_file),
            waivers_file=self.path(written.waivers),
            languages=written.languages,
            file=printable(str(self.file)),
            digest=document.digest,
        )  # fmt: skip

    def destruction(self, written: DestructionFile | None, targets: tuple[Target, ...]) -> Destruction | None:
        if written is None:
            return None
        return Destruction(
            declared=self.days.day(written.declared),
            scope=written.scope or tuple(target.name for target in targets),
            subjects=written.subjects,
            reference=written.reference,
        )

    def target(self, written: TargetFile, among: tuple[TargetFile, ...]) -> Target:
        match written:
            case TargetFile(ssh=SshFile() as ssh):
                return self.ssh(written.name, ssh)
            case TargetFile(s3=S3File() as s3):
                return S3Target(
                    name=written.name,
                    bucket=s3.bucket,
                    prefixes=s3.prefixes,
                    endpoint_url=s3.endpoint_url,
                    region=s3.region,
                    profile=s3.profile,
                    credentials_file=self.path(s3.credentials_file),
                    role_arn=s3.role_arn,
                    external_id=s3.external_id,
                    requester_pays=s3.requester_pays,
                    ca_file=self.path(s3.ca_file),
                    versions=s3.versions,
                    timeout=s3.timeout,
                )
            case TargetFile(azure=AzureFile() as azure):
                return AzureTarget(
                    name=written.name, account=azure.account, container=azure.container, prefixes=azure.prefixes,
                    endpoint_url=azure.endpoint_url, credentials_file=self.path(azure.credentials_file),
                    ca_file=self.path(azure.ca_file), versions=azure.versions, timeout=azure.timeout,
                )  # fmt: skip
            case TargetFile(database=DatabaseFile() as database):
                servers = {target.name: target.ssh for target in among if target.ssh}
                via = servers[database.via] if database.via else None
                through = self.ssh(database.via, via) if via and database.via else None
                return database_target(written.name, database, self.path, through)
            case TargetFile(local=LocalFile() as local):
                return LocalTarget(name=written.name, paths=tuple(self.absolute(path) for path in local.paths))
            case _:
                raise AssertionError("a target of no kind is refused before")

    def ssh(self, name: str, written: SshHopFile) -> SshTarget:
        return SshTarget(
            name=name,
            host=written.host.strip("[]"),
            port=written.port,
            user=written.user,
            host_key=written.host_key,
            known_hosts=self.path(written.known_hosts),
            key_file=self.path(written.key_file),
            certificate_file=self.path(written.certificate_file),
            password_file=self.path(written.password_file),
            agent=written.agent,
            config_file=self.path(written.config_file),
            jump=self.ssh(f"{name} (jump)", written.jump) if written.jump else None,
            paths=written.paths if isinstance(written, SshFile) else (".",),
            exclude=written.exclude if isinstance(written, SshFile) else (),
            default_excludes=written.default_excludes if isinstance(written, SshFile) else True,
            shell=written.shell if isinstance(written, SshFile) else True,
            sudo=written.sudo if isinstance(written, SshFile) else False,
            timeout=written.timeout,
        )

    def executor(self, written: ExecutorFile | None) -> Executor | None:
        if written is None:
            return None
        return Executor(
            address=written.address,
            ca_file=self.path(written.ca_file),
            cert_file=self.path(written.cert_file),
            key_file=self.path(written.key_file),
        )

    def path(self, written: str | None) -> Path | None:
        return None if written is None else self.absolute(written)

    def absolute(self, written: str) -> Path:
        # not resolved: a link stays the name that the user wrote
        return Path(os.path.abspath(self.folder / Path(written).expanduser()))  # noqa: PTH100


def _party(written: PartyFile) -> Party:
    return Party(name=written.name, country=written.country, contact=written.contact, time_zone=written.time_zone or "")


def _clauses(written: ClausesFile | None) -> Clauses:
    given = {} if written is None else written.model_dump(exclude_none=True)
    return Clauses(**given)


def _budgets(written: BudgetsFile | None) -> Budgets:
    if written is None:
        return Budgets()
    return Budgets(
        archive_depth=written.archive_depth,
        members=written.members,
        expanded_bytes=parse_size(written.expanded_bytes or ""),
        seconds_per_asset=written.seconds_per_asset,
        spool_bytes=parse_size(written.spool_bytes or ""),
        worker_memory=parse_size(written.worker_memory or ""),
        people_bytes=parse_size(written.people_bytes or ""),
    )


def _limits(written: LimitsFile | None) -> AccessLimits:
    if written is None:
        return AccessLimits()
    return AccessLimits(
        bandwidth=parse_size((written.bandwidth or "").removesuffix("/s")),
        requests_per_second=written.requests_per_second,
        connections=written.connections,
        window=parse_window(written.window or ""),
    )
