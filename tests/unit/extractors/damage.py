"""Cuts and flips a sample, and checks that nothing is lost without a gap."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from typing import Final

from extracting import everything, gaps, walk

LONG: Final = os.environ.get("HYPOTHESIS_PROFILE") == "long"
"""`make test-all` damages each sample as often as a test says, `make test` a quarter as often."""


def mutations(data: bytes, count: int, seed: int | str, *, first: int = 1) -> Iterator[tuple[bytes, bool]]:
    """`count` damaged copies, and whether each was cut off: half are (`first` bytes stay at least), half have some bits flipped."""
    chance = random.Random(seed)
    for number in range(count if LONG else -(-count // 4)):
        if number % 2:
            yield data[: chance.randrange(first, len(data))], True
        else:
            damaged = bytearray(data)
            for _ in range(chance.choice((1, 1, 4, 40))):
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
            yield bytes(damaged), False


def check_damage(name: str, data: bytes, canaries: list[str], count: int, *, compressed: bool) -> None:
    """Every damaged copy gives all canaries or a gap, and raises nothing; nor does any reader fail. Where nothing is compressed,
    a canary counts only if it still stands in the damaged bytes, apart from other letters (it may have become part of a command).
    """
    lost = []
    for number, (damaged, _) in enumerate(mutations(data, count, name)):
        contents = list(walk(name, damaged))
        seen = everything(contents)
        found = gaps(contents)
        assert not [gap for gap in found if "extractor failed" in gap.detail], found
        missing = [canary for canary in canaries if canary not in seen]
        if not compressed:
            missing = [c for c in missing if _stands(c.encode(), damaged) or _stands(c.encode("utf-16-le"), damaged)]
        if missing and not found:
            lost.append((number, len(missing), missing[0], len(damaged)))
    assert not lost, f"{name}: without a gap in {len(lost)} of {count}: {lost[:3]}"


def _stands(canary: bytes, damaged: bytes) -> bool:
    return re.search(rb"(?<![A-Za-z])" + re.escape(canary), damaged) is not None
