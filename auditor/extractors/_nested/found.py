"""What was found encoded in one asset and is handed on: members, texts and gaps."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from auditor.errors import ReadError
from auditor.extractors._archive.members import member_asset, within
from auditor.extractors._nested import encoded
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member


class Found:
    """Collects; `taken` hands out."""

    def __init__(self, asset: Asset, budget: Budget) -> None:
        self._asset = asset
        self._budget = budget
        self._limits = budget.limits
        self._out: list[Content] = []
        self._names: dict[str, int] = {}
        self._told: set[str] = set()

    def add(self, contents: Iterable[Content]) -> None:
        """Anything else."""
        self._out.extend(contents)

    def taken(self) -> Iterator[Content]:
        """What has been found since, one at a time: a stream is good until the next is asked for."""
        out, self._out = self._out, []
        yield from out

    def member(self, where: str, kind: str, data: bytes) -> None:
        """Hand on bytes that were encoded at a place (`line 12`) in some way (`base64`)."""
        unpacked = encoded.unpacked(data) if data[:1] == b"x" else b""
        budget = self._budget
        try:
            if unpacked:
                data = unpacked
                budget.expand(len(data))
        except ReadError as error:
            self.gap(GapCode(error.code), error.detail)
            return
        if self._asset.depth >= self._limits.archive_depth:
            detail = f"more than {self._limits.archive_depth} files and encodings inside one another"
            self.gap(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail)
            return
        if budget.full:
            detail = f"more than {self._limits.members} files and encoded values within it"
            self.gap(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
            return
        budget.members += 1
        name = f"{where}, {kind}"
        times = self._names[name] = self._names.get(name, 0) + 1
        if len(self._names) > 100_000:
            self._names.clear()
        asset = member_asset(
            self._asset, within(self._asset, name if times == 1 else f"{name} ({times})"), size=len(data)
        )
        self._out.append(Member(asset=asset, stream=io.BytesIO(data)))

    def gap(self, code: GapCode, detail: str) -> None:
        """Tell of something not decoded, once a reason."""
        if code not in self._told:
            self._told.add(code)
            self._out.append(self._asset.gap(code, detail))
