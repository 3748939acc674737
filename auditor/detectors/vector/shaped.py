"""Forms of values with a fixed number of characters: digits and letters at fixed places, as the rule's own expression says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from auditor.detectors.fields import FieldClass
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.validators import Validity
from auditor.detectors.vector.cells import WIDEST, Bytes, Cells, Mask, Rows, Writer, matches, pick
from auditor.detectors.vector.checks import CHECKS, Check
from auditor.detectors.vector.layouts import DIGITS, Layout, Unsupported, examples, layouts, members
from auditor.detectors.vector.normal import Maker, maker
from auditor.detectors.vector.view import Besides, Shape, View, alike
from auditor.fingerprint import normalize
from auditor.model.noun import noun
from auditor.model.rule import Pattern

_SAMPLES: Final = 8
_VARIANTS: Final = 40
_MOST_PLACINGS: Final = 6
"""Placings of separators tried in the cells of one width of a block; cells with others go the scalar way."""


@noun
class _Plan:
    """One layout of the form, and the shapes of what such a cell must not be besides."""

    shape: Shape
    normal: Maker
    others: tuple[Besides, ...]


class Shaped:
    """One expression of a rule over arrays of cells: a pattern's, or (pattern None) that of a named field's values.

    ValueError where the rule's validator is not vectorised. What layouts cannot say is left to the scalar path.
    """

    def __init__(self, recognizer: Recognizer, pattern: Pattern | None, validity: Validity) -> None:
        rule = recognizer.rule
        if rule.validator not in CHECKS:
            raise ValueError(f"{rule.id}: no vectorised form of {rule.validator}")
        self._recognizer = recognizer
        self._pattern = pattern
        self._validity = validity
        self._check: Check = CHECKS[rule.validator]
        self._regex = pattern.regex if pattern is not None else rule.field_value or "(?!)"
        before: list[str] = []
        for shape in recognizer.shapes:
            if shape.pattern is pattern:
                break
            if not shape.grouped:
                before.append(shape.pattern.regex)
        self._before = before if pattern is not None else []
        self._nobodys = (*rule.look_alikes.values, *(rule.not_field_values if pattern is None else ()))
        self._late: list[str] = []
        self._plans = lru_cache(maxsize=512)(self._made)

    def usable(self) -> bool:
        """Whether some cell that the expression describes has a layout that the rule itself agrees with."""
        for sample in {text for text in examples(self._regex, 12) if text.isascii() and len(text) <= WIDEST}:
            plans = self._plans(len(sample), None)
            if plans is None:
                plans = self._plans(len(sample), placing(np.frombuffer(sample.encode(), np.uint8)))
            if plans:
                return True
        return False

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are that form, their normal forms)."""
        cells = Cells(array)
        mask = np.zeros(cells.size, np.bool_)
        writer = Writer(cells.size)
        for width in cells.present():
            for rows, matrix in cells.blocks(width):
                view = View(matrix)
                plans = self._plans(width, None)
                if plans is None:
                    self._by_placing(rows, view, mask, writer)
                else:
                    self._settle(rows, view, plans, mask, writer)
        if self._late and mask.any():
            mask &= ~self._late_ones(array)
        return mask, writer.array()

    def _late_ones(self, array: pa.StringArray) -> Mask:
        """Which cells are nobody's by the expressions that no layouts can say."""
        if not self._late:
            return np.zeros(len(array), np.bool_)
        return matches(array, "|".join(f"(?:{regex})" for regex in self._late), ignore_case=True)

    def _settle(self, rows: Rows, view: View, plans: Sequence[_Plan], mask: Mask, writer: Writer) -> None:
        met = np.zeros(view.size, np.bool_)
        for plan in plans:
            fits = plan.shape.fits(view) & ~met
            some = np.flatnonzero(fits)
            if not len(some):
                continue
            whole = len(some) == view.size
            part = view if whole else View(view.matrix[some])
            good = self._sure(plan, part)
            if whole:  # nobody else writes here: what is written outside the mask is free
                writer.add(rows, plan.normal(part))
                mask[rows] = good
                return
            own = pick(rows, some)
            writer.add(own, plan.normal(part))
            mask[own] = good
            met |= fits
            if met.all():
                return

    def _sure(self, plan: _Plan, view: View) -> Mask:
        """Which cells, all of the plan's layouts, are of the form's validity and nothing else."""
        good: Mask = self._check(view, plan.shape) == self._validity
        for other in plan.others:
            good[other.of(view)] = False
        return good

    def _by_placing(self, rows: Rows, view: View, mask: Mask, writer: Writer) -> None:
        """Too many layouts for a width: those with the separators where some of the cells have them."""
        todo = np.arange(view.size)
        for _ in range(_MOST_PLACINGS):
            matrix = view.matrix[todo]
            one = matrix[0]
            if (one >= 128).any():
                alike = (matrix == one).all(axis=1)
            else:
                within = placing(one)
                alike = Shape(within).fits(View(matrix))
                plans = self._plans(view.width, within)
                if plans:
                    self._settle(pick(rows, todo[alike]), View(matrix[alike]), plans, mask, writer)
            todo = todo[~alike]
            if not len(todo):
                return

    def _made(self, width: int, within: Layout | None) -> tuple[_Plan, ...] | None:
        """The plans of a width, each held against the rule itself; None where there are too many."""
        try:
            own = layouts(self._regex, width, within)
        except Unsupported:
            return None
        plans: list[_Plan] = []
        for family in alike(own):
            whole = self._plan(family)
            plans += [whole] if whole is not None else filter(None, (self._plan((layout,)) for layout in family))
        return tuple(sorted(plans, key=lambda plan: -sum(bits == DIGITS for bits in plan.shape.layout)))

    def _plan(self, family: tuple[Layout, ...]) -> _Plan | None:
        shape = Shape(*family)
        try:
            normal = maker(self._recognizer.rule.normal_form, shape)
            others = [other for regex in self._before for other in layouts(regex, len(shape.layout), shape.layout)]
        except Unsupported:
            return None
        for regex in self._nobodys:
            try:
                others += layouts(regex, len(shape.layout), shape.layout, ignore_case=True)
            except Unsupported:
                self._late = list(dict.fromkeys((*self._late, regex)))
        plan = _Plan(shape=shape, normal=normal, others=tuple(Besides(shape.layout, other) for other in others))
        return plan if self._agrees(plan) else None

    def _agrees(self, plan: _Plan) -> bool:
        """Whether the rule itself says of generated cells what the plan says; False too where none of them is sure."""
        samples = _samples(plan.shape.layout)
        matrix = np.frombuffer("".join(samples).encode(), np.uint8).reshape(len(samples), -1)
        fit = plan.shape.fits(View(matrix))
        good = fit & ~self._late_ones(pa.array(samples))
        good[fit] &= self._sure(plan, View(np.ascontiguousarray(matrix[fit])))
        sure = np.flatnonzero(good)[:: max(1, int(good.sum()) // 16)]
        if not len(sure):
            return False
        made = plan.normal(View(np.ascontiguousarray(matrix[sure])))
        form = self._recognizer.rule.normal_form
        return all(
            self._scalar(samples[row]) and normalize(form, samples[row]).encode() == bytes(normal)
            for row, normal in zip(sure.tolist(), made, strict=True)
        )

    def _scalar(self, cell: str) -> bool:
        recognizer = self._recognizer
        if self._pattern is not None:
            return recognizer.canonical(cell) == (self._pattern, self._validity)
        hit = recognizer.named_value(cell, FieldClass(name="", strong=frozenset({recognizer.rule.id})))
        return hit is not None and hit.validity is self._validity and hit.protection == "clear"


def shaped(recognizer: Recognizer, pattern: Pattern | None, validity: Validity) -> Shaped:
    """The form of an expression. ValueError where no layout of it agrees with the rule."""
    form = Shaped(recognizer, pattern, validity)
    if not form.usable():
        raise ValueError(f"{recognizer.rule.id}: an expression without layouts")
    return form


def placing(cell: Bytes) -> Layout:
    """A cell's separators where they stand, and digits elsewhere."""
    return tuple(1 << int(byte) if byte - 48 > 9 or byte < 48 else DIGITS for byte in cell.tolist())


def _samples(layout: Layout) -> list[str]:
    """Texts of a layout; many that differ in two digits only, so that some have the right check digit."""
    chance = random.Random(len(layout))  # noqa: S311 - made-up cells, no secrets
    sets = [members(bits) for bits in layout]
    found = []
    low = [bytes(byte for byte in choices if not 65 <= byte <= 90) or choices for choices in sets]
    for index in range(_SAMPLES):
        sets = low if index == _SAMPLES // 2 else sets
        base = [chance.choice(choices) for choices in sets]
        _make_a_day(base, layout, chance)
        varied = [position for position, choices in enumerate(sets) if len(choices) > 1][-2:]
        for _ in range(_VARIANTS):
            for position in varied:
                base[position] = chance.choice(sets[position])
            found.append(bytes(base).decode())
    return found


def _make_a_day(base: list[int], layout: Layout, chance: random.Random) -> None:
    """Most identifiers hold a date: YYMMDD or a whole year somewhere, or the sample would never be valid."""
    year, month, day = f"{chance.randint(30, 99)}", f"{chance.randint(1, 12):02d}", f"{chance.randint(10, 28)}"
    short, long = year + month + day, "19" + year + month + day
    groups = Shape(layout).groups
    if len(groups) == 3 and sorted(map(len, groups))[2] == 4 and max(map(len, groups[:2])) <= 4 and len(groups[1]) <= 2:
        text = "".join({1: "7", 2: month, 4: "19" + year}.get(len(group), "") for group in groups)
    else:
        count = sum(map(len, groups))
        text = {6: short, 13: short + chance.choice("1256"), 8: long, 14: long, 17: "110101" + long}.get(count, "")
    for position, digit in zip((position for group in groups for position in group), text.encode(), strict=False):
        if layout[position] >> digit & 1:
            base[position] = digit
