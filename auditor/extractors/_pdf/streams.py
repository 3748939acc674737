"""A PDF's streams as they stand in the file, before a parser expands them: bombs are disarmed, damage is told, XMP is kept.

pdfium expands a page's streams whole, up to 1 GiB each, and says nothing of those it cannot expand.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from auditor.extractors.limits import Budget

_LARGEST: Final = 64 << 20
"""Bytes to which one stream that is no picture may expand."""
_BLOCK: Final = 1 << 20
_REACH: Final = 4096
_PIECE: Final = 64 << 10
_DEFLATE_RATIO: Final = 1032
_LZW: Final = 512 << 10
_XMP_MOST: Final = 1 << 20
_STREAM: Final = re.compile(rb">>[\s\0]{0,40}stream(?:\r\n|\n|\r)")
_FILTER: Final = re.compile(rb"/(?:Filter|F)\s*(?:\[([^\]]{0,400})\]|/(\w+))")
_EXPANDING: Final = re.compile(rb"/?(?:FlateDecode|LZWDecode|RunLengthDecode|Fl|LZW|RL)\b")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image\b")
_METADATA: Final = re.compile(rb"/Type\s*/Metadata\b")
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")
_NUMBER: Final = re.compile(rb"(\d{1,8}) \d{1,5} \Z")
_FORM: Final = re.compile(rb"/Subtype\s*/Form\b|/PatternType\b|/BBox\b")
_SHOWS: Final = re.compile(rb"[)>\]]\s*(?:Tj|TJ|'|\")")
_KNOWN: Final = frozenset(
    b"FlateDecode LZWDecode DCTDecode ASCII85Decode ASCIIHexDecode RunLengthDecode CCITTFaxDecode JBIG2Decode JPXDecode Crypt "
    b"Fl LZW DCT A85 AHx RL CCF".split()
)
_END: Final = re.compile(rb"endstream|endobj")


@dataclass(kw_only=True)
class Streams:
    """What was found. `disarmed` and `damaged` count streams, `texts` those that show text and are no form's, `pages` the pages
    that stand in the file uncompressed; `ends` says that the file has its end mark.
    """

    disarmed: int = 0
    texts: int = 0
    pages: set[bytes] = field(default_factory=set, repr=False)
    damaged: int = 0
    ends: bool = False
    xmp: list[bytes] = field(default_factory=list, repr=False)


def examine(file: IO[bytes], budget: Budget) -> Streams:
    """Look at every stream of a file that may be written to; what would expand too far is overwritten there. Leaves it at 0."""
    found = Streams()
    encrypted = False
    count = 0
    ends = [0]
    for at, dictionary in _streams(file, budget, found, ends):
        count += 1
        encrypted = encrypted or b"/Encrypt" in dictionary
        _one(file, at, dictionary, found)
    size = file.seek(0, 2)
    file.seek(max(0, size - 4096))
    tail = file.read()
    found.ends = b"%%EOF" in tail
    found.damaged += max(0, ends[0] - count)
    if encrypted or b"/Encrypt" in tail or _holds(file, b"/Encrypt"):
        found.damaged = found.texts = 0  # an encrypted stream cannot be told from a damaged one
    file.seek(0)
    return found


def _streams(file: IO[bytes], budget: Budget, found: Streams, ends: list[int]) -> Iterator[tuple[int, bytes]]:
    """(place of a stream's first byte, what stands before it)."""
    base = 0
    kept = b""
    file.seek(0)
    while data := file.read(_BLOCK):
        budget.check()
        place = base + len(data)
        block = kept + data
        start = base - len(kept)
        done = 0
        ends[0] += block.count(b"endstream", max(0, len(kept) - len(b"endstream") + 1))
        for page in _PAGE.finditer(block):
            own = block.rfind(b"obj", 0, page.start())
            number = _NUMBER.search(block[max(0, own - 20) : own])
            if number is not None:
                found.pages.add(number[1])
        for match in _STREAM.finditer(block):
            # The mark's last line end may be the block's end: then it comes again, whole.
            if match.end() == len(block) and len(data) == _BLOCK:
                break
            before = block[max(0, match.start() - 2000) : match.start() + 2]
            yield start + match.end(), before.rpartition(b" obj")[2]
            done = match.end()
        kept = block[max(done, len(block) - _REACH) :]
        base = place
        file.seek(place)


def _one(file: IO[bytes], at: int, dictionary: bytes, found: Streams) -> None:
    names = b" ".join(name for match in _FILTER.findall(dictionary) for name in match if name)
    filters = names.replace(b"/", b" ").split()
    expanding = len(_EXPANDING.findall(names))
    metadata = _METADATA.search(dictionary) is not None
    shows = _FORM.search(dictionary) is None and not metadata
    if not filters:
        file.seek(at)
        data = _END.split(file.read(_XMP_MOST), maxsplit=1)[0]
        if metadata:
            found.xmp.append(data)
        elif shows and _SHOWS.search(data):
            found.texts += 1
        elif data[:1] == b"\x78" and int.from_bytes(data[:2], "big") % 31 == 0:
            found.damaged += 1  # compressed, and no longer said to be
        return
    if not _KNOWN.issuperset(filters):
        found.damaged += 1
        return
    if expanding > 1:
        _disarm(file, at, found)
    elif filters[0] in (b"FlateDecode", b"Fl"):
        if metadata or not _PICTURE.search(dictionary):
            _inflated(file, at, found, keep=metadata, shows=shows)
    elif expanding and not _PICTURE.search(dictionary) and _longer(file, at, _LARGEST // _DEFLATE_RATIO, _LZW):
        _disarm(file, at, found)


def _inflated(file: IO[bytes], at: int, found: Streams, *, keep: bool, shows: bool) -> None:
    """Expand a stream without keeping it."""
    file.seek(at)
    inflater = zlib.decompressobj()
    size = 0
    kept = bytearray()
    waiting = b""
    while not inflater.eof:
        waiting = waiting or file.read(_PIECE)
        if not waiting:
            found.damaged += 1
            return
        try:
            out = inflater.decompress(waiting, _BLOCK)
        except zlib.error:
            found.damaged += 1
            break
        waiting = inflater.unconsumed_tail
        if shows and _SHOWS.search(out):
            found.texts += 1
            shows = False
        size += len(out)
        if keep and len(kept) < _XMP_MOST:
            kept += out
        if size > _LARGEST:
            _disarm(file, at, found)
            return
    if kept:
        found.xmp.append(bytes(kept))


def _longer(file: IO[bytes], at: int, *sizes: int) -> bool:
    """Whether a stream has more bytes than any of these."""
    file.seek(at)
    most = max(sizes)
    return _END.search(file.read(most)) is None


def _disarm(file: IO[bytes], at: int, found: Streams) -> None:
    """Make a stream unreadable: nothing expands it then."""
    file.seek(at)
    file.write(b"\0" * 64)
    found.disarmed += 1


def _holds(file: IO[bytes], mark: bytes) -> bool:
    file.seek(0)
    rest = b""
    while data := file.read(_BLOCK):
        if mark in rest + data:
            return True
        rest = data[-len(mark) :]
    return False
