"""Which cells of a column may hold something encoded: few do, and only those are looked at one by one.

Arrow's arrays are looked through as bytes first: most columns have no run of characters long enough to be an encoding, and then no
expression is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.extractors._nested import encoded
from auditor.extractors._nested.gate import Gate

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_FEW: Final = 200
"""Cells up to which one by one is faster: Arrow compiles an expression anew for every array."""
_LONG_CELL: Final = 100
_WHOLE_CELL: Final = r"^\s*(?:data:[^,]*,)?[A-Za-z0-9+/_=\s-]+$"
_CELL_GATE: Final = Gate(encoded.CELLS)
_WHOLE_CELL_GATE: Final = Gate(_WHOLE_CELL, lines=False)
_WORD: Final = 4
_NOT_ASCII: Final = 0x80808080
_ESCAPES: Final = (b"%", b"&", b"=", b"\\")
"""One of these is in whatever is encoded without a run of eleven characters (`encoded.RUN`)."""


def candidates(array: pa.StringArray) -> list[int]:
    """The rows whose cells may hold something encoded, in order."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    sizes = pc.binary_length(array)
    longest = pc.max(sizes).as_py()
    if longest is None or longest < encoded.SHORTEST:
        return []
    if len(array) <= _FEW:
        cells = ((row, value.encode()) for row, value in enumerate(array.to_pylist()) if value)
        return [row for row, cell in cells if len(cell) >= encoded.SHORTEST and _may_hold(cell)]
    rows = _with_runs(array)
    if (
        longest >= _LONG_CELL
    ):  # base64 of a text in a legacy encoding does not begin like one, and may be in short lines
        long = np.flatnonzero(sizes.fill_null(0).to_numpy(zero_copy_only=False) >= _LONG_CELL)
        rows = np.union1d(_touched(array, rows, _CELL_GATE), _whole(array, long))
    else:
        rows = _touched(array, rows, _CELL_GATE)
    found: list[int] = _but_noise(array.take(pa.array(rows)), rows).tolist()
    return found


def _with_runs(array: pa.StringArray) -> npt.NDArray[np.intp]:
    """The rows whose cells may have a run of so many ASCII characters, or an escape.

    A run has two neighbouring words of 4 bytes that are ASCII, wherever it begins: with words, the whole takes a fraction of an expression.
    """
    import numpy as np

    _, places, content = array.buffers()
    offsets = np.frombuffer(places, np.int32, len(array) + 1, 4 * array.offset)
    first, last = int(offsets[0]) // _WORD, int(offsets[-1]) // _WORD
    raw = content[int(offsets[0]) : int(offsets[-1])].to_pybytes()
    if any(escape in raw for escape in _ESCAPES):
        return np.arange(len(array))
    ascii = np.frombuffer(content, "<u4", last)[first:] & _NOT_ASCII == 0
    ends = offsets[1:] - first * _WORD
    split = np.zeros(len(ascii) + 1, np.bool_)  # words in which a cell ends
    split[ends[ends % _WORD > 0] // _WORD] = True
    whole = ascii & ~split[:-1]
    both = whole[:-1] & whole[1:]
    borders = ends[ends % _WORD == 0] // _WORD - 1
    both[borders[(borders >= 0) & (borders < len(both))]] = False
    begins = np.flatnonzero(both) * _WORD
    if len(begins) * 8 > len(array):
        return np.arange(len(array))
    return np.unique(np.searchsorted(ends, begins, side="right"))


def _touched(array: pa.StringArray, rows: npt.NDArray[np.intp], gate: Gate) -> npt.NDArray[np.intp]:
    """Those of the rows that the gate touches. Joined to one text: Arrow would compile the expression for each array."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(rows):
        return rows
    cells = array if len(rows) == len(array) else array.take(pa.array(rows))
    sizes = pc.binary_length(cells).fill_null(0).to_numpy(zero_copy_only=False)
    whole = pa.ListArray.from_arrays(pa.array([0, len(cells)], pa.int32()), cells.fill_null(""))
    text = pc.binary_join(whole, "\n")[0].as_buffer().to_pybytes()
    begins = np.fromiter((start for start, _ in gate.lines(text)), np.int64)
    return rows[np.unique(np.searchsorted(np.cumsum(sizes + 1), begins, side="right"))]


def _whole(array: pa.StringArray, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Those of the rows whose cells are nothing but base64 and white space."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = array if len(rows) == len(array) else array.take(pa.array(rows))
    told: npt.NDArray[np.bool_] = pc.match_substring_regex(cells, _WHOLE_CELL).to_numpy(zero_copy_only=False)
    return rows[told]


def _but_noise(cells: pa.StringArray, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The rows without those whose cells are surely keys, hashes, identifiers."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from auditor.extractors._nested import noise

    sizes = pc.binary_length(cells).to_numpy(zero_copy_only=False)
    keep = np.ones(len(rows), np.bool_)
    for size, count in zip(*np.unique(sizes, return_counts=True), strict=True):
        if count >= noise.FEWEST and noise.SHORTEST <= size <= noise.LONGEST:
            own = np.flatnonzero(sizes == size)
            keep[own] = ~noise.surely_noise(cells.take(pa.array(own)))
    return rows[keep]


def _may_hold(cell: bytes) -> bool:
    return _CELL_GATE.touches(cell) or (len(cell) >= _LONG_CELL and _WHOLE_CELL_GATE.touches(cell))
