"""What a column's statistics say, and why they did not make it an entity: for `auditor explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.detectors.columns import Column
from auditor.detectors.shown import classes_of, shown_name
from auditor.model.noun import noun

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector


@noun
class ShapeShare:
    """How one rule's shape fills a column, in rows: with the shape, valid; and how many distinct valid values."""

    rule: str
    entity: str
    shaped: int
    valid: int
    distinct: int
    decided: str


@noun
class ColumnFacts:
    """What detection knows of a column. `classes` is what its name says: strong, weak, excluded, credential → entities."""

    name: str
    header: bool
    filled: int
    classes: dict[str, tuple[str, ...]]
    shares: tuple[ShapeShare, ...]


def facts_of(detector: Detector, column: Column) -> ColumnFacts:
    """A column's facts as they may be shown."""
    shares = [
        ShapeShare(
            rule=rule, entity=detector.by_id[rule].rule.entity, shaped=tally.shaped, valid=tally.valid,
            distinct=tally.distinct, decided=column.decided.get(rule, ""),
        )
        for rule, tally in column.tallies.items()
        if tally.shaped
    ]  # fmt: skip
    shares.sort(key=lambda share: (-share.valid, -share.shaped, share.rule))
    return ColumnFacts(
        name=shown_name(detector, column.name), header=column.header is not None, filled=column.filled,
        classes=classes_of(detector, column.name) if column.header is not None else {}, shares=tuple(shares),
    )  # fmt: skip


def column_says(
    detector: Detector, rule: str, column: Column, others: Sequence[Column], present: frozenset[str]
) -> str:
    """Why a column did not make its open values the entity; "" where its statistics had no say."""
    spec = detector.by_id[rule].rule.column
    entity = detector.by_id[rule].rule.entity
    shares = {share.rule: share for share in facts_of(detector, column).shares}
    mine = shares.get(rule)
    accepted = [other for other, outcome in column.decided.items() if outcome == "accepted" and other != rule]
    if accepted:
        return f"the column as a whole was taken for {detector.by_id[accepted[0]].rule.entity}"
    if mine is not None and column.filled and mine.shaped >= 20 and mine.valid * 10 < mine.shaped * 3:
        return (
            f"{_percent(mine.valid, mine.shaped)} of the column's values of that shape are valid, as often as by chance"
        )
    if spec is None or mine is None or not column.filled:
        return ""
    if mine.valid < spec.share * column.filled:
        return f"{_percent(mine.valid, column.filled)} of the column's {column.filled:,} values are valid; {spec.share:.0%} must be"
    if mine.distinct < spec.distinct * mine.valid:
        return f"only {_percent(mine.distinct, mine.valid)} of the column's values differ; {spec.distinct:.0%} must"
    if spec.only_one and any(other.share(rule) >= 0.5 for other in others if other is not column):
        return "another column of the table has the same shape, as salts and hashes have"
    if spec.siblings and not (present - {entity}) & set(spec.siblings):
        return "no other column holds what would stand beside it, such as " + ", ".join(spec.siblings[:4])
    if column.filled < spec.least_rows:
        return f"{column.filled:,} rows are too few to tell by the column; {spec.least_rows} are the least"
    return ""


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole} %" if whole else "0 %"
