from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor import listing
from auditor.errors import TargetError
from auditor.listing import ahead
from auditor.model.asset import Asset, Control, Gap
from auditor.progress import Progress


def assets(number: int, *, fail: bool = False) -> Iterator[Asset | Gap | Control]:
    for n in range(number):
        yield Asset(target="t", path=str(n), size=2)
    if fail:
        raise TargetError("UNREACHABLE", "the connection was lost")


class Expected(Progress):
    said: tuple[int, int, bool] = (0, 0, False)

    def expect(self, files: int, bytes: int, complete: bool) -> None:
        self.said = (files, bytes, complete)


@pytest.mark.parametrize("number", [0, 1, 9, 10, 11, 25])
def test_the_same_items_in_the_same_order(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(listing, "AHEAD", 10)
    progress = Expected()
    assert [item.path for item in ahead(assets(number), progress)] == [str(n) for n in range(number)]
    assert progress.said == (number, 2 * number, True)


def test_no_more_is_listed_ahead_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "AHEAD", 10)
    listed = []

    def counting() -> Iterator[Asset | Gap | Control]:
        for item in assets(100):
            listed.append(item)
            yield item

    items = ahead(counting(), Progress())
    next(items)
    assert len(listed) <= 11


def test_what_was_listed_before_a_failure_is_examined_first() -> None:
    seen = []
    with pytest.raises(TargetError):
        for item in ahead(assets(3, fail=True), Progress()):
            seen.append(item)
    assert len(seen) == 3
