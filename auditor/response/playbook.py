"""From the set of exposed fields to what to do, and from awareness to each deadline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from auditor.model.calendar import zone_of
from auditor.model.finding import Finding, Observation, Run
from auditor.model.guidance import Clock, Playbook, PlaybookAction
from auditor.model.names import Names
from auditor.model.response import Deadline, Due, Exposure, Plan, Section, Task
from auditor.model.text import Bilingual


def exposure_of(run: Run) -> Exposure:
    """Everything that was seen where the run has findings: what a person is told of a place leaves nothing of it out.

    A finding about one file exposes all that stands in that file, one about a target all that was found there. What the bank
    accepts (waivers, a baseline) is counted, and adds to what others expose; alone it begins no response. Nor do values that only
    may be an identifier: somebody decides first.
    """
    undecided = _held(run.possible) - _held(run.observations)
    counting = [finding for finding in run.findings if _of_data(finding, undecided)]
    accepted = [finding for finding in run.course.suppressed if _of_data(finding, undecided)]
    places = [*counting, *accepted] if counting else []
    assets = {finding.verdict.subject for finding in places}
    targets = {finding.verdict.target for finding in places if not finding.verdict.entity}
    tallies = [
        tally
        for seen in run.observations
        if seen.identity in assets or seen.target in targets or "" in targets
        for tally in seen.tallies
    ]
    named = {finding.verdict.entity for finding in places} - {""}
    engagement = run.engagement
    countries = (
        engagement.entrusting.country, engagement.vendor.country, *(company.country for company in engagement.sub_vendors),
        *engagement.countries.values(),
    )  # fmt: skip
    return Exposure(
        entities=tuple(sorted(named.union(tally.entity for tally in tallies))),
        personal=any(tally.sensitivity != "credential" for tally in tallies),
        people=run.people,
        at_least=run.more_people,
        countries=tuple(dict.fromkeys(country for country in countries if country)),
        accepted=len(run.course.suppressed),
    )


def _held(observations: Iterable[Observation]) -> frozenset[tuple[str, str]]:
    """The assets, by identity, and the entities in them."""
    return frozenset((seen.identity, tally.entity) for seen in observations for tally in seen.tallies)


def _of_data(finding: Finding, undecided: frozenset[tuple[str, str]]) -> bool:
    """Whether a finding speaks of data that was found, not of a setting alone, nor of what is still to be decided."""
    verdict = finding.verdict
    return (
        bool(verdict.entity or verdict.count or verdict.matches) and (verdict.subject, verdict.entity) not in undecided
    )


def plan(playbooks: Iterable[Playbook], exposure: Exposure, aware: datetime, names: Names) -> Plan | None:
    """What to do and by when, counted from `aware` (aware); None where nothing is exposed.

    No duty to notify runs where only credentials are: there is nobody to tell.
    """
    if not exposure.entities:
        return None
    playbooks = tuple(playbooks)
    sections = [
        Section(id=book.id, title=book.title, description=book.description, tasks=tasks)
        for book in playbooks
        if (tasks := tuple(_tasks(book, frozenset(exposure.entities))))
    ]
    clocks = [clock for book in playbooks for clock in book.clocks] if exposure.personal else []
    deadlines = [deadline(clock, exposure, aware, names) for clock in clocks]
    order = tuple(Due)
    deadlines.sort(key=lambda d: (order.index(d.state), d.hours or 0, d.id))
    return Plan(aware=aware, sections=tuple(sections), deadlines=tuple(deadlines))


def _tasks(book: Playbook, exposed: frozenset[str]) -> Iterator[Task]:
    for action in book.actions:
        because = called_for(action, exposed)
        if because is not None:
            yield Task(
                id=action.id, text=action.text, by=action.by, urgency=action.urgency, because=because,
                instead=action.instead, basis=action.basis,
            )  # fmt: skip


def called_for(action: PlaybookAction, exposed: frozenset[str]) -> tuple[str, ...] | None:
    """The exposed entities that call for an action, in order of name; None: it does not apply."""
    if not exposed.issuperset(action.all_of):
        return None
    because = set(action.all_of)
    for group in (action.any_of, action.with_any_of):
        if group:
            if exposed.isdisjoint(group):
                return None
            because |= exposed.intersection(group)
    return tuple(sorted(because))


def deadline(clock: Clock, exposure: Exposure, aware: datetime, names: Names) -> Deadline:
    """One duty. What cannot be ruled out is `DECIDE`, never `BELOW`: more people than were counted, an open question."""
    entities = sorted(set(clock.entities) & set(exposure.entities))
    countries = [country for country in clock.countries if country in exposure.countries]
    reasons: list[Bilingual] = []
    if clock.countries and not countries and not entities:
        # What a duty without a threshold asks is whether it concerns these people at all.
        state = Due.DECIDE if clock.asks and clock.people is None and not clock.any_of else Due.ELSEWHERE
        reasons.append(
            Bilingual(
                en="No company or place named in the engagement is of that country, and no identifier of its people was found.",
                ko="점검 설정의 당사자와 보관 위치가 해당 국가에 속하지 않으며, 해당 국가 국민의 식별정보도 발견되지 않았습니다.",
            )
        )
    else:
        reasons += _met(clock, exposure, names)
        if reasons or (clock.people is None and not clock.any_of):
            state = Due.DUE
        elif exposure.at_least or clock.asks:
            state = Due.DECIDE
        else:
            state = Due.BELOW
        if clock.people and exposure.people < clock.people:
            reasons.append(_fewer(clock.people, exposure))
    runs = state in (Due.DUE, Due.DECIDE)
    until = aware + timedelta(hours=clock.hours) if clock.hours and runs else None
    return Deadline(
        id=clock.id, to=clock.to, text=clock.text, basis=clock.basis, state=state, hours=clock.hours, term=clock.term,
        until=until.astimezone(zone_of(clock.country)) if until else None, reasons=tuple(reasons), asks=clock.asks,
        verified=clock.verified,
    )  # fmt: skip


def _met(clock: Clock, exposure: Exposure, names: Names) -> Iterator[Bilingual]:
    if clock.people is not None and exposure.people >= clock.people:
        least, least_ko = ("at least ", "최소 ") if exposure.at_least else ("", "")
        yield Bilingual(
            en=f"{least}{exposure.people:,} people; the threshold is {clock.people:,}.".capitalize(),
            ko=f"대상자 {least_ko}{exposure.people:,}명(기준 {clock.people:,}명)",
        )
    for entity in clock.any_of:
        if entity in exposure.entities:
            name = names.of(entity)
            yield Bilingual(en=f"The data includes {name.en}.", ko=f"{name.ko} 포함")


def _fewer(threshold: int, exposure: Exposure) -> Bilingual:
    more = exposure.at_least
    return Bilingual(
        en=f"{exposure.people:,} people were counted, fewer than {threshold:,}"
        + (", but there may be more: not everything was examined or could be told apart." if more else "."),
        ko=f"집계된 대상자는 {exposure.people:,}명으로 기준({threshold:,}명) 미만"
        + ("이나, 미점검 항목이 있거나 동일인 여부를 확정할 수 없어 더 많을 수 있음" if more else ""),
    )
