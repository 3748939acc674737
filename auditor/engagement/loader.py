"""Reads an engagement file and says every mistake in it at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from auditor.engagement.schema import (
    UNTIL,
    BudgetsFile,
    DestructionFile,
    EngagementFile,
    ExecutorFile,
    LimitsFile,
    LocalFile,
    PartyFile,
    S3File,
    SshFile,
    SshHopFile,
    TargetFile,
    parse_size,
    parse_window,
)
from auditor.errors import InputError, Problem
from auditor.model.engagement import (
    AccessLimits,
    AgreedData,
    Budgets,
    Contract,
    Destruction,
    Engagement,
    Executor,
    LocalTarget,
    Party,
    S3Target,
    SshTarget,
    Target,
)
from auditor.model.text import printable
from auditor.yamlfile import Document, Location, read
from auditor.yamlschema import did_you_mean, in_order, nearest, validate
from auditor.yamltypes import parse_day, parse_duration

KINDS: Final = ("ssh", "s3", "local")


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
    return _Converter(path).engagement(written, document)


# ── What no single field can tell. On the tree, so that it is said even where a field is wrong. ─────────────────────


def _across(document: Document, entities: frozenset[str] | None) -> Iterator[Problem]:
    yield from _targets(document)
    yield from _dates(document)
    if entities is not None:
        for at, entity in _words(document, "agreed_data", each="entities"):
            if entity not in entities:
                cure = did_you_mean(entity, entities, "entities known here")
                yield document.problem(at, f'no rule finds "{printable(entity)}"', cure)
    languages = [language for _, language in _words(document, "languages")]
    for at, language in _words(document, "languages"):
        if language in languages[: int(at[-1])]:
            yield document.problem(at, f'"{printable(language)}" is listed twice', "delete one of the two")


def _targets(document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, target in enumerate(_list(document.get("targets"))):
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
            cure = "add one of ssh: {host: …}, s3: {bucket: …}, local: {paths: […]}"
            yield document.problem(at, "the target does not say what it is", cure)
        elif len(kinds) > 1:
            cause = f"the target is {' and '.join(kinds)} at once"
            yield document.problem((*at, kinds[1]), cause, "make a target of each", at_key=True)
    for at, word in _words(document, "destruction", "scope"):
        if word not in seen:
            cure = did_you_mean(word, seen, "targets of this file")
            yield document.problem(at, f'the scope names "{printable(word)}", which is no target', cure)


def _dates(document: Document) -> Iterator[Problem]:
    signed, ends, declared = (
        _day(document.get(*at)) for at in (("contract", "signed"), ("contract", "ends"), ("destruction", "declared"))
    )
    if signed and ends and ends < signed:
        cause = f"the contract ends ({ends}) before it is signed ({signed})"
        yield document.problem(("contract", "ends"), cause, "check both dates")
    if signed and declared and declared < signed:
        cause = f"destruction is declared ({declared}) before the contract is signed ({signed})"
        yield document.problem(("destruction", "declared"), cause, "check both dates")
    for index, agreed in enumerate(_list(document.get("agreed_data"))):
        until = agreed.get("until") if isinstance(agreed, dict) else None
        if isinstance(until, str) and until.startswith("contract.signed") and not document.get("contract", "signed"):
            cause = f"{printable(until)} needs contract.signed, which is not given"
            yield document.problem(
                ("agreed_data", index, "until"), cause, "add signed to the contract, or write a date"
            )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(document: Document, *at: str, each: str = "") -> Iterator[tuple[Location, str]]:
    """Every text of a list; with `each`, of that list in every entry of the list."""
    for index, entry in enumerate(_list(document.get(*at))):
        if isinstance(entry, str) and not each:
            yield (*at, index), entry
        elif each and isinstance(entry, dict):
            for inner, word in enumerate(_list(entry.get(each))):
                if isinstance(word, str):
                    yield (*at, index, each, inner), word


def _day(value: Any) -> date | None:
    try:
        return parse_day(value)
    except ValueError:
        return None


# ── As written → as used ────────────────────────────────────────────────────────────────────────────────────────────


class _Converter:
    def __init__(self, path: Path) -> None:
        self.file = path
        self.folder = path.parent

    def engagement(self, written: EngagementFile, document: Document) -> Engagement:
        contract = Contract(
            signed=written.contract.signed,
            ends=written.contract.ends,
            destroy_within=written.contract.destroy_within,
            clause=written.contract.clause,
        )
        targets = tuple(self.target(target) for target in written.targets)
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
                    until=resolve(agreed.until, contract) if agreed.until else None,
                    protection=agreed.protection,
                )
                for agreed in written.agreed_data
            ),
            destruction=_destruction(written.destruction, targets),
            key_file=self.path(written.key_file),
            register_file=self.path(written.register_.file if written.register_ else None),
            executor=self.executor(written.executor),
            budgets=_budgets(written.budgets),
            limits=_limits(written.limits),
            ocr=written.ocr,
            password_file=self.path(written.password_file),
            languages=written.languages,
            file=printable(str(self.file)),
            digest=document.digest,
        )

    def target(self, written: TargetFile) -> Target:
        match written:
            case TargetFile(ssh=SshFile() as ssh):
                return self.ssh(written.name, ssh)
            case TargetFile(s3=S3File() as s3):
                return S3Target(
                    name=written.name,
                    bucket=s3.bucket,
                    prefix=s3.prefix,
                    endpoint_url=s3.endpoint_url,
                    region=s3.region,
                    profile=s3.profile,
                    credentials_file=self.path(s3.credentials_file),
                    ca_file=self.path(s3.ca_file),
                    versions=s3.versions,
                    timeout=s3.timeout,
                )
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
    return Party(name=written.name, country=written.country, contact=written.contact)


def _destruction(written: DestructionFile | None, targets: tuple[Target, ...]) -> Destruction | None:
    if written is None:
        return None
    return Destruction(
        declared=written.declared,
        scope=written.scope or tuple(target.name for target in targets),
        subjects=written.subjects,
        reference=written.reference,
    )


def resolve(until: str, contract: Contract) -> date | None:
    """`contract.ends + 5d` → that day. None where the contract does not give the date."""
    found = UNTIL.fullmatch(until)
    if not found:
        return parse_day(until)
    start: date | None = getattr(contract, found[1])
    if start is None or found[3] is None:
        return start
    step: timedelta = contract.destroy_within if "." in found[3] else parse_duration(found[3])
    return start + step if found[2] == "+" else start - step


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
