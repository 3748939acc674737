"""What the contract says of one kind of data at one place: until which day it may be held, which exception covers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.model.engagement import AgreedData, Contract, Engagement, Retained
from auditor.model.globs import covers
from auditor.model.noun import noun


@noun
class Allowance:
    """Until which day (itself included) data may be held. `agreed` says whether it was agreed at all.

    `exception` is the one with the latest end that covers it, live or not.
    """

    until: date
    agreed: bool
    exception: Retained | None = None

    def excepted(self, day: date) -> bool:
        """Whether on that day only the exception allows it."""
        return self.exception is not None and self.until < day <= self.exception.until

    def last(self) -> date:
        """The last day on which it may be held."""
        return max(self.until, self.exception.until) if self.exception else self.until


def agreed(engagement: Engagement, entity: str, target: str) -> Iterator[AgreedData]:
    """The agreed data that covers an entity at a target."""
    for item in engagement.agreed_data:
        if entity in item.entities and (not item.places or target in item.places):
            yield item


def destroy_by(engagement: Engagement) -> date | None:
    """The last day the contract gives for destruction; None without an end."""
    contract = engagement.contract
    return contract.ends + contract.destroy_within if contract.ends else None


def allowance(engagement: Engagement, entity: str, target: str, path: str) -> Allowance | None:
    """Until when an entity may be held at a place; None without a contract's end.

    Data agreed until the contract's end or less gets the days for destruction on top; a later day is meant as it stands.
    """
    ends, deadline = engagement.contract.ends, destroy_by(engagement)
    if ends is None or deadline is None:
        return None
    days = [item.until or ends for item in agreed(engagement, entity, target)]
    until = _with_time_to_destroy(engagement.contract, ends, max(days)) if days else deadline
    return Allowance(until=until, agreed=bool(days), exception=exception(engagement, entity, target, path))


def first_deadline(engagement: Engagement) -> date | None:
    """The first day after which some agreed data may no longer be held; without any, the contract's own. None without an end."""
    contract = engagement.contract
    if contract.ends is None:
        return None
    days = [item.until or contract.ends for item in engagement.agreed_data] or [contract.ends]
    return _with_time_to_destroy(contract, contract.ends, min(days))


def _with_time_to_destroy(contract: Contract, ends: date, until: date) -> date:
    return max(ends + contract.destroy_within, until) if until >= ends else until + contract.destroy_within


def exception(engagement: Engagement, entity: str, target: str, path: str) -> Retained | None:
    """The exception with the latest end that covers an entity at a place; of equal ones the first."""
    covering = [
        item
        for item in engagement.exceptions
        if entity in item.entities
        and (not item.places or target in item.places)
        and (not item.paths or any(covers(glob, path) for glob in item.paths))
    ]
    return max(covering, key=lambda item: item.until, default=None)
