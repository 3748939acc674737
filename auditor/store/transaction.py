"""One transaction: all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def whole(db: sqlite3.Connection) -> Iterator[None]:
    """What is written within is kept together, or not at all: Ctrl-C too leaves no transaction open. Not for use within itself."""
    db.execute("BEGIN")
    try:
        yield
    except BaseException:
        # Ctrl-C too; it goes on to whoever asked, as it came
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
