"""Ctrl-C does not cut a step in two: what was taken in is written down, and the store is left as it was before or after."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.interrupt import held_back
from auditor.store.transaction import whole


def press() -> None:
    """What the terminal does."""
    os.kill(os.getpid(), signal.SIGINT)


def test_a_step_is_done_whole_before_the_interrupt_comes() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), held_back():
        steps.append(1)
        press()
        steps.append(2)
    assert steps == [1, 2]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_of_the_step_is_not_hidden_and_the_handler_comes_back() -> None:
    with pytest.raises(ValueError, match="the step's"), held_back():
        raise ValueError("the step's")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_somebody_elses_handler_is_left_alone() -> None:
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        with held_back():
            press()
            assert pressed == [signal.SIGINT]
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_in_a_transaction_leaves_none_open(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    db.execute("CREATE TABLE t (x)")

    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        press()
        yield (2,)

    with pytest.raises(KeyboardInterrupt), whole(db):
        db.executemany("INSERT INTO t VALUES (?)", rows())
    with whole(db):
        db.execute("INSERT INTO t VALUES (3)")
    assert db.execute("SELECT x FROM t").fetchall() == [(3,)]
    db.close()
