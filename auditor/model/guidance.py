"""What the law, a checklist and a playbook say, as rules: `rules/frameworks/`, `rules/checklists/`, `rules/playbooks/`."""

from __future__ import annotations

from typing import Literal

from auditor.model.noun import noun
from auditor.model.text import Bilingual


@noun
class Requirement:
    """One article or control. `verified` False: taken from a secondary source or from memory, so hold it against the text."""

    id: str
    ref: Bilingual
    title: Bilingual
    summary: Bilingual
    verified: bool = True


@noun
class Framework:
    """A regulation or standard that policies map to: one file of `rules/frameworks/`."""

    id: str
    title: Bilingual
    requirements: tuple[Requirement, ...]
    file: str = ""


Area = Literal[
    "contract", "organisation", "technical", "administrative", "destruction", "physical", "self-audit", "copies", "sub-vendors"
]  # fmt: skip
"""The sections of the inspection a Korean bank makes of a vendor."""

SeenFact = Literal[
    "contract", "agreed-data", "certificate", "coverage", "not-examined", "people", "data", "repositories", "archives",
    "old-versions", "logs", "public-access", "encryption", "data-sent", "exceptions", "sub-vendors", "residency",
]  # fmt: skip
"""What a run knows that is evidence for a row by itself; auditor/response/seen.py says how each is told."""


@noun
class ChecklistItem:
    """One row of the inspection. `who` must look where the tool cannot. `whole` True: the row's policies see all of it, so that
    their passing fills the result; otherwise only what fails is filled in, and a person decides the rest.
    """

    id: str
    area: Area
    item: Bilingual
    method: Bilingual
    basis: tuple[str, ...]
    who: Bilingual
    policies: tuple[str, ...] = ()
    facts: tuple[SeenFact, ...] = ()
    whole: bool = False


@noun
class Checklist:
    """An inspection form: one file of `rules/checklists/`."""

    id: str
    title: Bilingual
    items: tuple[ChecklistItem, ...]
    file: str = ""


Urgency = Literal["now", "day", "three-days", "week"]


@noun
class PlaybookAction:
    """What to do once certain fields are exposed: one of `any_of`, every one of `all_of`, and one of each list in `with_any_of`.

    `instead` says what takes the place of what is stopped.
    """

    id: str
    text: Bilingual
    by: Literal["bank", "vendor"] = "bank"
    urgency: Urgency = "day"
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    with_any_of: tuple[str, ...] = ()
    instead: tuple[Bilingual, ...] = ()
    basis: tuple[str, ...] = ()


Term = Literal["at-once", "to-be-confirmed"]
"""When a duty without hours is due: at once, or at a time that the facts do not name, which a person must look up."""


@noun
class Clock:
    """One duty to notify, and its time from awareness.

    It concerns companies of `countries` (empty: anybody) and people whose `entities` were found. It is due where `people` or more
    are affected or one of `any_of` is exposed; with neither, always. `asks` are what no tool can answer: while one is open,
    nothing below the threshold is called free; those of a duty without a threshold ask whether it concerns these people at all.
    `hours` None: `term` says when. `country` gives the time zone.
    """

    id: str
    to: Bilingual
    text: Bilingual
    basis: tuple[str, ...]
    hours: int | None = None
    term: Term = "at-once"
    country: str = "KR"
    countries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    people: int | None = None
    any_of: tuple[str, ...] = ()
    asks: tuple[Bilingual, ...] = ()
    verified: bool = True


@noun
class PlaybookExample:
    """Exposed fields and exactly the actions and due clocks of this playbook that follow."""

    exposed: tuple[str, ...]
    people: int = 1
    countries: tuple[str, ...] = ("KR",)
    actions: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()


@noun
class Playbook:
    """What to do once a set of fields is exposed: one file of `rules/playbooks/`."""

    id: str
    title: Bilingual
    description: Bilingual
    examples: tuple[PlaybookExample, ...]
    actions: tuple[PlaybookAction, ...] = ()
    clocks: tuple[Clock, ...] = ()
    file: str = ""
