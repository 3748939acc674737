"""The first screen's facts as plain text for a terminal: at most 25 lines, no colour codes, one printable line a fact."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from auditor.model.finding import Run
from auditor.model.text import Language, printable
from auditor.reporters.course import sentences as course_sentences
from auditor.reporters.facts import Facts, Verdict, facts
from auditor.reporters.recheck import sentence
from auditor.reporters.register import sentences
from auditor.reporters.safe import printable_run
from auditor.reporters.strings import Strings, load_strings, zoned

WIDTH: Final = 100
_ITEMS: Final = 3


def summary(run: Run, language: Language) -> str:
    """Verdict, people, fields, places, dates, gaps, steps. Ends with a line end."""
    run = printable_run(run)
    strings = load_strings(
        language, country=run.engagement.entrusting.country, time_zone=run.engagement.entrusting.time_zone
    )
    known = facts(run)
    lines = list(_lines(run, known, strings))
    return "\n".join(_cut(printable(" ".join(line.split("\n"))).rstrip()) for line in lines) + "\n"


def _lines(run: Run, known: Facts, strings: Strings) -> Iterator[str]:
    t = strings.text
    yield t(f"verdict.{known.verdict}.title").upper()
    people = t("unit.people", n=known.people)
    if known.people_range is not None:
        low, high = known.people_range
        people = f"{t('word.about')} {people} ({t('first.people_between', low=low, high=high)})"
    elif not known.people_certain:
        people = f"{t('word.at_least')} {people}"
    if known.people:
        also = "" if known.complete else f" ({t('first.people_examined')})"
        yield f"  {people}{also} · {t('unit.findings', n=known.findings)}"
    elif known.findings:
        yield f"  {t('unit.findings', n=known.findings)}"
    if ours := sentences(run, strings):
        yield f"  {' '.join(ours)}"
    certificate = run.engagement.destruction
    if certificate and certificate.subjects is not None:
        yield f"  {t('verdict.certificate_says', n=certificate.subjects)}"
    if said := course_sentences(run, strings):
        yield f"  {' '.join(said)}"
    if not known.complete and known.verdict not in (Verdict.INCOMPLETE, Verdict.SAMPLED):
        yield f"  {t('verdict.also_incomplete')}"
    for total in known.possible:
        yield "  " + t(
            "first.possible_line", name=strings.entity(total.entity), matches=t("unit.matches", n=total.matches),
            assets=t("unit.places", n=total.assets),
        )  # fmt: skip
    if not known.targets:
        for where in known.possible_targets[:_ITEMS]:
            yield f"  {where.target}: {t('unit.assets', n=where.assets)}; {t('first.most', path=where.most.path)}"
    if known.entities:
        yield f"{t('first.fields')}:"
        for total in known.entities[:_ITEMS]:
            matches, places = t("unit.matches", n=total.matches), t("unit.places", n=total.assets)
            yield f"  {strings.entity(total.entity)}: {t('first.entity_line', matches=matches, assets=places)}"
        if len(known.entities) > _ITEMS:
            also = ", ".join(strings.entity(total.entity) for total in known.entities[_ITEMS : 4 * _ITEMS])
            yield f"  {t('first.also_entities', names=also)}"
            if len(known.entities) > 4 * _ITEMS:
                yield f"  {t('first.more_entities', n=len(known.entities) - 4 * _ITEMS)}"
        yield f"{t('first.where')}:"
        for where in known.targets[:_ITEMS]:
            yield f"  {where.target}: {t('unit.assets', n=where.assets)}; {t('first.most', path=where.most.path)}"
        if len(known.targets) > _ITEMS:
            yield f"  {t('first.more_targets', n=len(known.targets) - _ITEMS)}"
        yield from _dates(known, strings)
    yield t("first.examined", examined=known.examined, assets=known.listed)
    yield f"{t('first.unexamined')}: " + "; ".join(_unexamined(known, strings))
    yield sentence(run, strings)
    if known.actions or not known.complete:
        yield f"{t('first.actions')}:"
        for action in known.actions[:_ITEMS]:
            yield f"  - {action.text.get(strings.language)}"
        if len(known.actions) > _ITEMS:
            yield f"  {t('first.actions_elsewhere', n=len(known.actions) - _ITEMS)}"
        if not known.complete:
            yield f"  - {t('first.actions_gaps')}"
    yield from _clock(run, strings)


def _clock(run: Run, strings: Strings) -> Iterator[str]:
    """The first notification deadline that may be running."""
    plan = run.response.plan if run.response else None
    if plan is None:
        return
    from auditor.model.response import Due

    running = [clock for clock in plan.deadlines if clock.state is Due.DUE and clock.until is not None]
    if running and running[0].until is not None:
        to = ", ".join(clock.to.get(strings.language) for clock in running)
        yield strings.text("deadline.first", to=to, until=zoned(running[0].until), hours=running[0].hours)


def _dates(known: Facts, strings: Strings) -> Iterator[str]:
    said = []
    if known.overdue:
        said.append(strings.text("first.overdue", n=known.overdue))
    if known.ends:
        said.append(strings.text("first.due", date=known.due))
    if known.earliest and known.latest:
        said += [
            strings.text("first.oldest", date=strings.date(known.earliest)),
            strings.text("first.newest", date=strings.date(known.latest)),
        ]
    if said:
        yield f"{strings.text('first.since')}: " + "; ".join(said)


def _unexamined(known: Facts, strings: Strings) -> Iterator[str]:
    if known.complete:
        yield strings.text("first.accepted" if known.gap_count else "first.all_examined")
    if known.interrupted:
        yield strings.text("first.interrupted")
    for gap in known.gaps[:_ITEMS]:
        yield f"{strings.text('unit.gaps', n=gap.count)}, {strings.text(f'gap.{gap.code}.what')}"
    if len(known.gaps) > _ITEMS:
        yield strings.text("first.more_gaps", n=len(known.gaps) - _ITEMS)
    for target in known.unaccounted[:_ITEMS]:
        yield strings.text("first.unaccounted", target=target)
    if known.not_checked:
        yield strings.text("first.not_checked", n=known.not_checked)


def _cut(line: str) -> str:
    """At most 100 terminal columns would break a path nobody can then find: only absurdly long lines are cut."""
    width = 0
    for index, character in enumerate(line):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > 4 * WIDTH:
            return line[:index] + "…"
    return line
