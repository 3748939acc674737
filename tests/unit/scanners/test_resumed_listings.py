"""Positions of a listing, for each way of listing S3 and for Azure; and an audit whose hours end, and that goes on the next night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from stub_s3 import Answer, Request, error, listing, stub
from test_azure_answers import Query, blob, serving
from test_azure_answers import listing as azure_listing

from auditor.errors import TargetError
from auditor.model.asset import Gap, GapCode, Position
from auditor.model.engagement import Contract, Engagement, Party, Target
from auditor.model.finding import Run
from auditor.model.scanner import Resumable
from auditor.pace import Pace
from auditor.pipeline import Job, audit
from auditor.progress import Progress
from auditor.resources import rules_dir
from auditor.ruleset.loader import load
from auditor.scanners import _s3_listing, scanner_of
from auditor.store.sqlite import Store
from auditor.workers.trail import NAME

PAGE = 10
KEYS = [f"k{index:03}" for index in range(35)]
RULES = load((rules_dir(),))


def first_way(request: Request) -> Answer | None:
    if request.key:
        return Answer(body=b"a line")
    if (
        not request.query
        or request.query.keys() & {"list-type", "versions", "uploads"}
        or "max-keys" not in request.query
    ):
        return error(501, "NotImplemented")
    return page([key for key in KEYS if key > request.query.get("marker", "")])


def second_way(request: Request) -> Answer | None:
    if request.key:
        return Answer(body=b"a line")
    if "list-type" not in request.query:
        return error(501, "NotImplemented")
    after = request.query.get("continuation-token") or request.query.get("start-after", "")
    return page([key for key in KEYS if key > after], "NextContinuationToken")


def page(left: list[str], next: str = "NextMarker") -> Answer:
    some = left[:PAGE]
    more = f"<IsTruncated>{str(len(left) > PAGE).lower()}</IsTruncated><{next}>{some[-1]}</{next}>"
    return listing([(key, 6) for key in some], more=more)


def azure(path: str, query: Query) -> Answer | None:
    if query.get("comp") == "list" and "sig" in query:
        left = [key for key in KEYS if key > query.get("marker", "")]
        some = left[:PAGE]
        return azure_listing(*(blob(key, size=6) for key in some), after=some[-1] if len(left) > PAGE else "")  # type: ignore[return-value]
    return Answer(status=206, body=b"a line", headers={"Content-Range": "bytes 0-5/6"}) if "sig" in query else None  # type: ignore[return-value]


@pytest.fixture
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(_s3_listing, "PAGE", PAGE)
    if request.param == "azure":
        with serving(azure, tmp_path) as target:  # type: ignore[arg-type]
            yield target
    else:
        with stub({"first": first_way, "second": second_way}[request.param], tmp_path) as (target, _):
            yield target


def run(folder: Path, target: Target, *, resume: bool = False) -> Run:
    engagement = Engagement(
        id="t", entrusting=Party(name="B"), vendor=Party(name="V"), contract=Contract(ends=date(2025, 3, 31)), targets=(target,), digest="d"
    )  # fmt: skip
    profile = RULES.profile("scheduled")
    job = Job(
        engagement=engagement, ruleset=RULES, profile=profile, fail_on=profile.fail_on, key=b"k" * 32, key_kept=True, workers=1,
        only=frozenset({target.name}), trail=folder / NAME, resume=resume,
    )  # fmt: skip
    folder.mkdir(exist_ok=True)
    with Store(folder / "s.sqlite") as store:
        return audit(job, store, Progress())


def hours_end_after(monkeypatch: pytest.MonkeyPatch, requests: int) -> Callable[[], None]:
    asked = 0

    def ask(self: Pace, count: int = 1) -> None:
        nonlocal asked
        asked += count
        if asked > requests:
            raise TargetError(GapCode.OUTSIDE_HOURS, "It is outside the hours.", "Again.")

    monkeypatch.setattr(Pace, "ask", ask)
    return monkeypatch.undo


@pytest.mark.parametrize("target", ["first", "second", "azure"], indirect=True)
def test_a_listing_goes_on_behind_each_of_its_positions(target: Target) -> None:
    scanner = scanner_of(target)
    assert isinstance(scanner, Resumable)
    items = list(scanner.listing(None))
    assert [item for item in items if not isinstance(item, Position)] == list(scanner.scan())
    positions = [(place, item) for place, item in enumerate(items) if isinstance(item, Position)]
    assert len(positions) == len(KEYS) // PAGE
    for place, position in positions:
        assert list(scanner.listing(position.token)) == items[place + 1 :]
    scanner.close()


@pytest.mark.parametrize("target", ["second"], indirect=True)
def test_the_next_night_goes_on_with_the_page_it_was_at(
    target: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(tmp_path / "whole", target)
    assert whole.resumable is False
    with monkeypatch.context() as night:
        hours_end_after(night, 48)  # what the settings take, three pages, and some objects
        first = run(tmp_path / "out", target)
    assert {gap.code for gap in first.gaps} >= {GapCode.OUTSIDE_HOURS}
    assert first.resumable
    second = run(tmp_path / "out", target, resume=True)
    told = [replace_time(run) for run in (whole, second)]
    assert told[0] == told[1]
    assert second.coverage[0].assets == len(KEYS)
    assert second.started == first.started
    assert second.resumable is False


def replace_time(run: Run) -> tuple[object, ...]:
    gaps = sorted((gap for gap in run.gaps), key=lambda gap: (gap.path, gap.code, gap.detail))
    assert all(isinstance(gap, Gap) for gap in gaps)
    return run.coverage, run.controls, gaps, run.people, [finding.fingerprint for finding in run.findings]
