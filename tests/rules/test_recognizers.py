"""Each recogniser's own examples are its tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from detecting import of_example, rules


def _examples(kind: str) -> Iterator[Any]:
    for rule in rules().recognizers:
        for number, example in enumerate(getattr(rule, kind)):
            yield pytest.param(rule.entity, example, id=f"{rule.id}-{number}")


@pytest.mark.parametrize(("entity", "example"), [*_examples("matches")])
def test_finds_its_examples(entity: str, example: dict[str, Any]) -> None:
    found = [match for match in of_example(example) if match.entity == entity and not match.candidate]
    assert found
    if example.get("count"):
        assert len(found) == example["count"]


@pytest.mark.parametrize(("entity", "example"), [*_examples("not_matches")])
def test_leaves_its_counterexamples(entity: str, example: dict[str, Any]) -> None:
    assert [match.why for match in of_example(example) if match.entity == entity and not match.candidate] == []
