"""Lists ahead of the reading, so that progress can say how much is left — up to a bound, so that memory stays flat."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, Position
from auditor.progress import Progress

AHEAD: Final = 50_000
"""Items listed before the first is read: about 30 MB. A longer listing goes on while reading, without time left."""


def ahead(
    items: Iterator[Asset | Gap | Control | Position], progress: Progress
) -> Iterator[Asset | Gap | Control | Position]:
    """The same items in the same order. A listing that fails gives what it had listed first, then its TargetError."""
    queue: deque[Asset | Gap | Control | Position] = deque()
    files = size = 0
    failure: TargetError | None = None

    def pull() -> bool:
        nonlocal files, size, failure
        try:
            item = next(items, None)
        except TargetError as error:
            failure, item = error, None
        if item is None:
            progress.expect(files, size, complete=True)
            return False
        queue.append(item)
        if isinstance(item, Asset):
            files += 1
            size += item.size or 0
            if files % 1000 == 0:
                progress.expect(files, size, complete=False)
        return True

    more = True
    while more and len(queue) < AHEAD:
        more = pull()
    while queue:
        yield queue.popleft()
        more = more and pull()
    if failure is not None:
        raise failure
