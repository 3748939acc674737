"""PDF pages that are pictures: told, and rendered for OCR as a PNG file."""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

_LITTLE_TEXT: Final = 200
_COVERED: Final = 0.25
_DRAWN: Final = 200
_OBJECTS: Final = 20_000
_PIXELS_PER_POINT: Final = 200 / 72
_MOST_PIXELS: Final = 40_000_000


def is_picture(page: Any, text: str) -> bool:
    """Whether a page with so little text shows a picture on a quarter of it, or letters that are only drawn."""
    import pypdfium2.raw as c

    if sum(not character.isspace() for character in text) > _LITTLE_TEXT:
        return False
    area = page.get_width() * page.get_height() or 1.0
    covered = 0.0
    drawn = 0
    for number, item in enumerate(page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_PATH), max_depth=4)):
        if number > _OBJECTS:
            break
        if item.type == c.FPDF_PAGEOBJ_PATH:
            drawn += 1
            continue
        left, bottom, right, top = item.get_bounds()
        covered += abs(right - left) * abs(top - bottom)
    return covered > _COVERED * area or (drawn > _DRAWN and not text.strip())


def rendered(page: Any) -> bytes | None:
    """A page in grey at 200 dots an inch (fewer where it is very large) as a PNG file; None where that takes too much memory."""
    width, height = page.get_size()
    scale = _PIXELS_PER_POINT
    if width * height * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (width * height)) ** 0.5
    if scale < 1 or not _small(page):
        return None
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        bitmap.close()


def _small(page: Any) -> bool:
    """Whether the pictures on a page are no larger than what may be held."""
    import pypdfium2.raw as c

    pixels = 0
    for item in page.get_objects(filter=(c.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        width, height = item.get_px_size()
        pixels += width * height
    return pixels <= 2 * _MOST_PIXELS


def _png(grey: bytes, width: int, height: int, stride: int) -> bytes:
    """A grey picture as a PNG file."""
    deflater = zlib.compressobj(1)
    rows = [deflater.compress(b"\0" + grey[at : at + width]) for at in range(0, height * stride, stride)]
    data = b"".join((*rows, deflater.flush()))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b"")))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
