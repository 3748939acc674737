"""Pictures taken apart: size, and what they hold besides the picture (EXIF, XMP, IPTC, comments). No picture is decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

_MOST: Final = 4 << 20
"""Bytes of one block that are looked at: what is longer is no text."""
_CHUNKS: Final = 100_000
_STARTS_OF_FRAME: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_EXIF: Final = b"Exif\0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE: Final = b"http://ns.adobe.com/xmp/extension/\0"


@dataclass(kw_only=True)
class Picture:
    """What was found. `texts` are (where, bytes); `exif` are TIFF structures; `whole` says that its end was seen."""

    kind: str
    width: int = 0
    height: int = 0
    whole: bool = True
    texts: list[tuple[str, bytes]] = field(default_factory=list, repr=False)
    exif: list[bytes] = field(default_factory=list, repr=False)
    trailing: int | None = None


def look(file: IO[bytes]) -> Picture | None:
    """The parts of a picture; None if it is of no kind known here. A damaged one gives what could be read, not `whole`."""
    head = file.read(16)
    file.seek(0)
    reader = next((reader for mark, reader in _READERS if head.startswith(mark)), None)
    if reader is None and head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        reader = _webp
    if reader is None:
        return None
    picture = Picture(kind="")
    try:
        reader(file, picture)
    except (struct.error, ValueError, EOFError):
        picture.whole = False
    return picture


def _exactly(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _png(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "PNG"
    file.seek(8)
    for _ in range(_CHUNKS):
        size, kind = struct.unpack(">I4s", _exactly(file, 8))
        if kind in (b"IHDR", b"tEXt", b"zTXt", b"iTXt", b"eXIf") and size <= _MOST:
            data = _exactly(file, size)
            if zlib.crc32(kind + data) != struct.unpack(">I", _exactly(file, 4))[0]:
                picture.whole = False
            if kind == b"IHDR":
                picture.width, picture.height = struct.unpack(">II", data[:8])
            elif kind == b"eXIf":
                picture.exif.append(data)
            else:
                picture.texts.append(("PNG text", _png_text(kind, data)))
        else:
            file.seek(size + 3, 1)
            _exactly(file, 1)
        if kind == b"IEND":
            picture.trailing = file.tell()
            return
    picture.whole = False


def _png_text(kind: bytes, data: bytes) -> bytes:
    keyword, _, rest = data.partition(b"\0")
    if kind == b"tEXt":
        return keyword + b": " + rest.decode("latin-1").encode() if _is_latin(rest) else keyword + b": " + rest
    if kind == b"zTXt":
        return keyword + b": " + inflate(rest[1:])
    compressed, rest = rest[:1] == b"\1", rest[2:]
    _language, _, rest = rest.partition(b"\0")
    translated, _, text = rest.partition(b"\0")
    return b"%s %s: %s" % (keyword, translated, inflate(text) if compressed else text)


def _is_latin(data: bytes) -> bool:
    """Whether it is Latin-1, as PNG wants it; programs put UTF-8 there."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return not any(0x80 <= byte < 0xA0 for byte in data)
    return False


def inflate(data: bytes) -> bytes:
    """Up to 4 MiB of what a zlib stream holds."""
    try:
        return zlib.decompressobj().decompress(data, _MOST)
    except zlib.error as error:
        raise ValueError from error


def _jpeg(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "JPEG"
    file.seek(2)
    more: list[bytes] = []
    for _ in range(_CHUNKS):
        mark = _exactly(file, 2)
        while mark[0] == 0xFF and mark[1] == 0xFF:
            mark = mark[1:] + _exactly(file, 1)
        if mark[0] != 0xFF:
            raise ValueError
        code = mark[1]
        if code == 0xDA:  # the picture itself; whether it ends is told by its last bytes
            file.seek(0, 2)
            end = file.tell()
            file.seek(max(0, end - (64 << 10)))
            picture.whole = b"\xff\xd9" in file.read()
            break
        if code in (0xD8, 0xD9, 0x01) or 0xD0 <= code <= 0xD7:
            continue
        data = _exactly(file, struct.unpack(">H", _exactly(file, 2))[0] - 2)
        if code in _STARTS_OF_FRAME:
            picture.height, picture.width = struct.unpack(">HH", data[1:5])
        elif code == 0xE1 and data.startswith(_EXIF):
            picture.exif.append(data[len(_EXIF) :])
        elif code == 0xE1 and data.startswith(_XMP):
            picture.texts.append(("XMP", data[len(_XMP) :]))
        elif code == 0xE1 and data.startswith(_XMP_MORE):
            more.append(data[len(_XMP_MORE) + 40 :])
        elif code == 0xED:
            picture.texts += photoshop(data.removeprefix(b"Photoshop 3.0\0"))
        elif code == 0xFE:
            picture.texts.append(("comment", data))
    if more:
        picture.texts.append(("XMP", b"".join(more)[:_MOST]))


def photoshop(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The IPTC captions and names among Photoshop's resources."""
    at = 0
    while data[at : at + 4] == b"8BIM":
        (number,) = struct.unpack_from(">H", data, at + 4)
        name = data[at + 6] + 1
        at += 6 + name + name % 2
        (size,) = struct.unpack_from(">I", data, at)
        at += 4
        if number == 0x0404:
            yield "IPTC", b"\n".join(iptc(data[at : at + size]))
        at += size + size % 2


def iptc(data: bytes) -> Iterator[bytes]:
    """The values of IPTC's records."""
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        (size,) = struct.unpack_from(">H", data, at + 3)
        if data[at + 1] == 2 and data[at + 2]:
            yield data[at + 5 : at + 5 + size]
        at += 5 + size


def _gif(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "GIF"
    file.seek(6)
    picture.width, picture.height, flags = struct.unpack("<HHBxx", _exactly(file, 7))
    if flags & 0x80:
        _exactly(file, 3 << ((flags & 7) + 1))
    for _ in range(_CHUNKS):
        kind = _exactly(file, 1)
        if kind == b";":
            picture.trailing = file.tell()
            return
        if kind == b"!":
            label = _exactly(file, 1)
            data = _blocks(file)
            if label == b"\xfe":
                picture.texts.append(("comment", data))
            elif data.startswith((b"XMP DataXMP", b"xmp dataxmp")):
                picture.texts.append(("XMP", data[11:]))
            elif label == b"\x01":
                picture.texts.append(("text", data[12:]))
        elif kind == b",":
            flags = _exactly(file, 9)[8]
            if flags & 0x80:
                _exactly(file, 3 << ((flags & 7) + 1))
            _exactly(file, 1)
            _blocks(file)
        else:
            raise ValueError
    picture.whole = False


def _blocks(file: IO[bytes]) -> bytes:
    parts = []
    kept = 0
    while size := _exactly(file, 1)[0]:
        data = _exactly(file, size)
        if kept < _MOST:
            parts.append(data)
            kept += size
    return b"".join(parts)


def _bmp(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "BMP"
    head = _exactly(file, 26)
    (size,) = struct.unpack_from("<I", head, 2)
    width, height = struct.unpack_from("<HH", head, 18) if head[14] == 12 else struct.unpack_from("<ii", head, 18)
    picture.width, picture.height = abs(width), abs(height)
    file.seek(0, 2)
    picture.whole = file.tell() >= size


def _tiff(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "TIFF"
    file.seek(0)
    data = file.read(64 << 20)  # its directories may stand anywhere
    picture.exif.append(data)


def _webp(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "WebP"
    (total,) = struct.unpack("<4xI4x", _exactly(file, 12))
    while file.tell() < total + 8:
        kind, size = struct.unpack("<4sI", _exactly(file, 8))
        if kind == b"VP8X":
            data = _exactly(file, size)
            picture.width, picture.height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (4, 7))
        elif kind == b"VP8L" and not picture.width:
            data = _exactly(file, size)
            bits = int.from_bytes(data[1:5], "little")
            picture.width, picture.height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        elif kind == b"VP8 " and not picture.width:
            data = _exactly(file, size)
            picture.width, picture.height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 6))
        elif kind == b"EXIF" and size <= _MOST:
            picture.exif.append(_exactly(file, size).removeprefix(_EXIF))
        elif kind == b"XMP " and size <= _MOST:
            picture.texts.append(("XMP", _exactly(file, size)))
        else:
            file.seek(size - 1, 1)
            _exactly(file, 1 if size else 0)
        if size % 2:
            file.read(1)


def _icon(file: IO[bytes], picture: Picture) -> None:
    picture.kind = "icon"
    (count,) = struct.unpack("<4xH", _exactly(file, 6))
    for _ in range(count):
        width, height = struct.unpack("<BB14x", _exactly(file, 16))
        picture.width, picture.height = max(picture.width, width or 256), max(picture.height, height or 256)


_READERS: Final = (
    (b"\x89PNG\r\n\x1a\n", _png), (b"\xff\xd8\xff", _jpeg), (b"GIF8", _gif), (b"BM", _bmp), (b"II*\0", _tiff), (b"MM\0*", _tiff),
    (b"\0\0\1\0", _icon),
)  # fmt: skip
