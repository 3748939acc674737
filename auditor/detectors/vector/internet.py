"""E-mail addresses and IPv4 addresses over whole columns."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.detectors.recognizer import Recognizer
from auditor.detectors.validators import VALIDATORS, Validity
from auditor.detectors.validators.contact import RESOLVERS
from auditor.detectors.vector.cells import Bytes, Cells, Mask, in_ranges, matches
from auditor.detectors.vector.line import Line, pieces
from auditor.model.rule import Pattern

_LOCAL: Final = ((45, 46), (48, 57), (64, 90), (95, 95), (97, 122))
"""Letters, digits, `.`, `-`, `_` and the `@`."""
_ALNUM: Final = ((48, 57), (65, 90), (97, 122))
_DOMAIN: Final = 24
"""Bytes of the longest domain told here."""
_MOST_DOMAINS: Final = 4096
_PROBES: Final = ("qz7kx", "x7.q-z_k")
_UNKNOWN: Final = 255


class Email:
    """Addresses of domains that the rule accepts, each domain asked once."""

    def __init__(self, recognizer: Recognizer, pattern: Pattern) -> None:
        self._recognizer = recognizer
        self._pattern = pattern
        self._nobodys = "|".join(f"(?:{regex})" for regex in recognizer.rule.look_alikes.values)
        self._domains = lru_cache(maxsize=100_000)(self._accepted)
        matches(pa.array([""]), self._nobodys, ignore_case=True)

    def _accepted(self, domain: bytes) -> bool:
        valid = (self._pattern, Validity.VALID)
        return all(self._recognizer.canonical(f"{probe}@{domain.decode('latin-1')}") == valid for probe in _PROBES)

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are addresses, in lower case)."""
        cells = Cells(array)
        mask = np.zeros(cells.size, np.bool_)
        rows = np.flatnonzero((cells.widths >= 6) & (cells.widths <= 80))
        if not len(rows):
            return mask, array
        own = cells if len(rows) == cells.size else Cells(array.take(pa.array(rows)))
        for first, last in pieces(own):
            mask[rows[first:last]] = self._addresses(Line(own, first, last))
        if not mask.any():
            return mask, array
        if self._nobodys:
            mask &= ~matches(array, self._nobodys, ignore_case=True)
        return mask, pc.ascii_lower(array)

    def _addresses(self, line: Line) -> Mask:
        data = line.data
        bad = np.logical_not(in_ranges(data, _LOCAL))
        dot = data == ord(".")
        bad[1:] |= dot[1:] & dot[:-1]
        if bad.any():
            line.spoil(np.flatnonzero(bad))
        ats, before, count = line.places(ord("@"))
        good: Mask = (count == 1) & ~line.bad
        if not good.any():
            return good
        at = np.where(good, ats[np.minimum(before, len(ats) - 1)], line.starts + 1)
        length = line.ends - at - 1
        good &= (at > line.starts) & (at - line.starts <= 60) & (length <= _DOMAIN) & (length >= 4)
        good &= in_ranges(data[line.starts], _ALNUM) & in_ranges(data[np.maximum(at - 1, 0)], _ALNUM)
        parts = np.empty((len(at), _DOMAIN // 8), "<u8")
        for index in range(parts.shape[1]):
            kept = np.clip(length - 8 * index, 0, 8)
            parts[:, index] = line.at(np.minimum(at + 1 + 8 * index, len(data))) & _LOW_BYTES[kept]
        domains = pa.FixedSizeBinaryArray.from_buffers(pa.binary(_DOMAIN), len(at), [None, pa.py_buffer(parts)])
        encoded = domains.dictionary_encode()
        told = np.zeros(len(encoded.dictionary), np.bool_)
        for index, domain in enumerate(encoded.dictionary[:_MOST_DOMAINS].to_pylist()):
            told[index] = self._domains(domain.rstrip(b"\0"))
        good &= told[encoded.indices.to_numpy()]
        return good


_LOW_BYTES: Final = np.array([(1 << 8 * count) - 1 for count in range(9)], "<u8")


class IPv4:
    """Public IPv4 addresses, each network asked once. ValueError where the pattern takes other addresses than usual."""

    def __init__(self, recognizer: Recognizer, pattern: Pattern) -> None:
        valid = (pattern, Validity.VALID)
        chance = random.Random(4)  # noqa: S311 - made-up addresses, no secrets
        samples = [
            ".".join(str(chance.choice((chance.randint(11, 99), chance.randint(100, 223)))) for _ in range(4))
            for _ in range(64)
        ]
        public = [sample for sample in samples if VALIDATORS["public_ip"](sample) is Validity.VALID]
        if recognizer.rule.look_alikes.values or any(recognizer.canonical(sample) != valid for sample in public):
            raise ValueError(f"{recognizer.rule.id}: not the usual form of IPv4 addresses")
        self._wide = np.full(65_536, _UNKNOWN, np.uint8)
        self._narrow = {first: np.full(65_536, _UNKNOWN, np.uint8) for first in _DIVIDED}

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are public addresses, the array)."""
        cells = Cells(array)
        mask = np.zeros(cells.size, np.bool_)
        for width in cells.present():
            if 7 <= width <= 15:
                for rows, matrix in cells.blocks(width):
                    mask[rows] = self._public(np.ascontiguousarray(matrix.T))
        return mask, array

    def _public(self, columns: Bytes) -> Mask:
        size = columns.shape[1]
        octets = np.zeros((4, size), np.uint16)
        current, digits, index = np.zeros(size, np.uint16), np.zeros(size, np.uint8), np.zeros(size, np.uint8)
        good = np.ones(size, np.bool_)
        for column in columns:
            value = column - np.uint8(48)
            dot = column == ord(".")
            digit = value < 10
            good &= (dot & (digits > 0)) | (digit & (digits < 3) & ~((current == 0) & (digits > 0)))
            for number in range(3):
                ends = dot & (index == number)
                octets[number][ends] = current[ends]
            index += dot
            current = np.where(dot, np.uint16(0), current * np.uint16(10) + value)
            digits = np.where(dot, np.uint8(0), digits + np.uint8(1))
        octets[3] = current
        good &= (index == 3) & (digits > 0) & (octets <= 255).all(axis=0) & (octets[3] > 0)
        for resolver in RESOLVERS:
            last = np.flatnonzero(octets[3] == int(resolver.rpartition(".")[2]))
            same = (octets[:, last] == np.array([[int(part)] for part in resolver.split(".")], np.uint16)).all(axis=0)
            good[last[same]] = False
        answer = np.zeros(size, np.bool_)
        rows = np.flatnonzero(good & ~np.isin(octets[0], _DIVIDED))
        answer[rows] = _asked(self._wide, octets[0, rows] * np.uint16(256) + octets[1, rows], "{}.{}.77.77")
        for first, table in self._narrow.items():
            rows = np.flatnonzero(good & (octets[0] == first))
            answer[rows] = _asked(table, octets[1, rows] * np.uint16(256) + octets[2, rows], f"{first}.{{}}.{{}}.77")
        return answer


_DIVIDED: Final = (192, 198, 203)
"""First bytes of the networks of the IANA special-purpose registry that are smaller than /16."""


def _asked(table: Bytes, networks: NDArray[np.uint16], host: str) -> Mask:
    """What the scalar validator says of a host of each network."""
    for new in np.unique(networks[table.take(networks) == _UNKNOWN]).tolist():
        table[new] = VALIDATORS["public_ip"](host.format(new // 256, new % 256))
    answer: Mask = table.take(networks) == Validity.VALID
    return answer
