"""The memory of a bucket's listing is that of the objects listed ahead (docs/buckets.md), whatever the bucket holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from memory import Growth
from stub_s3 import Answer, Request, listing, stub

from auditor.model.asset import Asset
from auditor.scanners.s3 import S3Scanner

PAGE = 1000


def test_a_hundred_thousand_names_take_no_more_than_the_first_half(tmp_path: Path) -> None:
    def pages(request: Request) -> Answer | None:
        if request.key or "list-type" not in request.query:
            return None
        page = int(request.query.get("continuation-token", "0"))
        more = f"<IsTruncated>{'true' if page < 99 else 'false'}</IsTruncated>"
        more += f"<NextContinuationToken>{page + 1}</NextContinuationToken>"
        return listing([(f"{page:05}/{index:0200}", 1) for index in range(PAGE)], more=more)

    with stub(pages, tmp_path) as (target, _):
        scanner = S3Scanner(replace(target, versions="current"))
        items = scanner.scan()
        with Growth() as first:
            count = sum(isinstance(next(items), Asset) for _ in range(50 * PAGE))
        with Growth() as rest:
            count += sum(isinstance(item, Asset) for item in items)
        scanner.close()
    assert count == 100 * PAGE
    assert first.grown < 128 << 20
    assert rest.grown < 16 << 20
