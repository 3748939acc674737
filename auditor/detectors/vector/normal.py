"""Normal forms of whole columns: for one layout, which bytes of a cell stay and what is put in front.

Each is decided once for a layout, by what its sets of bytes allow; a layout whose cells differ in it is Unsupported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from auditor.detectors.vector.cells import Bytes
from auditor.detectors.vector.checks import birth_groups
from auditor.detectors.vector.layouts import DIGITS, LOWER, SPACES, UPPER, Layout, Unsupported, layouts, members
from auditor.detectors.vector.view import Shape, View, number
from auditor.model.rule import NormalForm

Maker = Callable[[View], Bytes]
"""Cells of a layout → their normal forms, (row, position)."""

_BASE64: Final = UPPER | LOWER | DIGITS | 1 << ord("+") | 1 << ord("/")
_NATIONAL: Final = (
    ("01[016789][0-9]{7,8}", "+82", 1),
    ("10[0-9]{8}", "+82", 0),
    ("1[3-9][0-9]{9}", "+86", 0),
    ("0[689][0-9]{8}", "+66", 1),
    ("0[2-7][0-9]{7,9}", "+82", 1),
)
"""How `fingerprint.normalize` reads a phone number's digits, in its order: expression, what is put in front, digits left out.

Each use of it is held against `normalize` itself before a form is used (shaped.py)."""


def maker(form: NormalForm, shape: Shape) -> Maker:
    """How a layout's cells are normalised. Unsupported where this depends on more than the layout."""
    if any(bits & SPACES for bits in (shape.layout[0], shape.layout[-1])):
        raise Unsupported
    match form:
        case "digits":
            return _picked(_sure(shape))
        case "digits13":
            positions = _sure(shape)
            return _picked(positions, b"0" * (13 - len(positions)) if len(positions) >= 10 else b"")
        case "phone":
            return _phone(shape)
        case "date":
            return _date(shape)
        case "alphanumeric":
            return _alphanumeric(shape)
        case "base64":
            return _base64(shape)
        case "wallet":
            return _wallet(shape)
        case "exact":
            return _as_it_stands
        case "text":
            if any(bits & SPACES for bits in shape.layout):
                raise Unsupported
            return _as_it_stands
        case _:
            raise Unsupported


def _as_it_stands(view: View) -> Bytes:
    return np.ascontiguousarray(view.matrix)


def _sure(shape: Shape) -> list[int]:
    if shape.mixed:
        raise Unsupported
    return shape.digits


def _picked(positions: list[int], front: bytes = b"") -> Maker:
    first = np.frombuffer(front, np.uint8)

    def made(view: View) -> Bytes:
        if not front and len(positions) == view.width:
            return _as_it_stands(view)
        body = np.ascontiguousarray(view.columns(0, view.width)[positions].T)
        if not front:
            return body
        return np.concatenate((np.broadcast_to(first, (view.size, len(front))), body), axis=1)

    return made


def _always(sets: Layout, regex: str) -> bool:
    """Whether every text of some sets matches an expression; Unsupported if only some do."""
    found = layouts(regex, len(sets), sets)
    if found and sets not in found:
        raise Unsupported
    return bool(found)


def _phone(shape: Shape) -> Maker:
    positions = _sure(shape)
    sets = tuple(shape.layout[position] for position in positions)
    begin = next(index for index, bits in enumerate(shape.layout) if bits & ~(SPACES | 1 << ord("(")))
    if any(bits >> byte & 1 for bits in shape.layout for byte in b"%") or (shape.layout[begin] & SPACES):
        raise Unsupported
    if shape.layout[begin] == 1 << ord("+"):
        return _international(positions, sets)
    if shape.layout[begin] & 1 << ord("+"):
        raise Unsupported
    if _always(tuple(shape.layout[begin : begin + 2]), "00"):
        return _international(positions[2:], sets[2:])
    if _always(sets, "8210[0-9]*"):
        return _international(positions, sets)
    for regex, front, left_out in _NATIONAL:
        if _always(sets, regex):
            return _picked(positions[left_out:], front.encode())
    return _picked(positions)


def _international(positions: list[int], sets: Layout) -> Maker:
    if not any(_always(sets, f"{country}[0-9]*") for country in ("82", "66", "86")):
        raise Unsupported
    kept = 2
    while kept < len(sets) and _always(sets[kept : kept + 1], "0"):
        kept += 1
    return _picked(positions[:2] + positions[kept:], b"+")


def _date(shape: Shape) -> Maker:
    if [len(group) for group in shape.groups] == [6]:
        return _picked(_sure(shape))
    groups = birth_groups(shape)
    if groups is None or shape.mixed:
        raise Unsupported
    parts = groups

    def made(view: View) -> Bytes:
        columns = view.columns(0, view.width)
        out = np.full((8, view.size), ord("0"), np.uint8)
        for stop, positions in zip((4, 6, 8), parts, strict=True):
            out[stop - len(positions) : stop] = columns[positions[0] : positions[-1] + 1]
        buddhist = np.flatnonzero((out[0] == ord("2")) & ((out[1] == ord("4")) | (out[1] == ord("5"))))
        if len(buddhist):
            year = number(out[:4, buddhist] - np.uint8(48)) - np.uint16(543)
            for position, by in enumerate((1000, 100, 10, 1)):
                out[position, buddhist] = year // np.uint16(by) % np.uint16(10) + np.uint16(48)
        return np.ascontiguousarray(out.T)

    return made


def _alphanumeric(shape: Shape) -> Maker:
    letters = UPPER | LOWER | DIGITS
    kept = [position for position, bits in enumerate(shape.layout) if not bits & ~letters]
    if any(bits & letters and bits & ~letters for bits in shape.layout):
        raise Unsupported
    picked = _picked(kept)
    if not any(bits & LOWER for bits in shape.layout):
        return picked

    def made(view: View) -> Bytes:
        out = picked(view)
        return out - np.uint8(32) * (out - np.uint8(97) < 26)

    return made


def _base64(shape: Shape) -> Maker:
    padding = sum(bits == 1 << ord("=") for bits in shape.layout[-2:])
    body = shape.layout[: len(shape.layout) - padding]
    if len(shape.layout) % 4 or any(bits & ~_BASE64 for bits in body):
        raise Unsupported
    return _as_it_stands


def _wallet(shape: Shape) -> Maker:
    lowered = tuple(bits | (bits & UPPER) << 32 for bits in shape.layout)
    if not _starts_low(lowered):
        return _as_it_stands

    def made(view: View) -> Bytes:
        upper = view.matrix - np.uint8(65) < 26
        return view.matrix + np.uint8(32) * upper if upper.any() else _as_it_stands(view)

    return made


def _starts_low(lowered: Layout) -> bool:
    """Whether an address is written in either case: hexadecimal and bech32 are."""
    starts = [
        prefix for prefix in (b"0x", b"bc1", b"tb1") if all(s >> b & 1 for s, b in zip(lowered, prefix, strict=False))
    ]
    if starts and any(members(bits & ~UPPER) != bytes([byte]) for bits, byte in zip(lowered, starts[0], strict=False)):
        raise Unsupported
    return bool(starts)
