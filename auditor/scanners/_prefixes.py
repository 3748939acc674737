"""What of a bucket is in scope."""

from __future__ import annotations

from collections.abc import Iterable


def in_scope(prefixes: Iterable[str]) -> tuple[str, ...]:
    """The prefixes in the keys' order and no key twice; "" is all of the bucket."""
    found: list[str] = []
    for prefix in sorted(set(prefixes) or {""}, key=lambda text: text.encode("utf-8", "surrogateescape")):
        if not found or not prefix.startswith(found[-1]):
            found.append(prefix)
    return tuple(found)
