"""Pictures: what is written about them always, what is written in them through OCR where that is switched on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._image import format as image_format
from auditor.extractors._image import ocr
from auditor.extractors._image.exif import Exif
from auditor.extractors.decoding import Decoder
from auditor.extractors.limits import Budget
from auditor.extractors.spool import spooled
from auditor.extractors.windows import Windows
from auditor.model.asset import MEMBER_SEPARATOR, GapCode
from auditor.model.content import Content, Member, Source, Text

_SMALL: Final = 32
_ICON: Final = 64
_PIXELS: Final = 64_000_000
_LARGEST: Final = 100 << 20
_BLOCKS: Final = ("XMP", "IPTC", "Photoshop")
_TRAILING: Final = 32


class ImageExtractor:
    """EXIF, XMP, IPTC and comments as `Text`; with `limits.ocr` the picture's text too (`part` "picture"), else a gap for it.

    A picture that can hold no readable text, an icon or a line, is no gap.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s, maybe a `Member` of bytes that were hung on behind the picture, and gaps."""
        return spooled(source, self._limits, partial(self._file, source))

    def _file(self, source: Source, file: IO[bytes]) -> Iterator[Content]:
        picture = image_format.look(file)
        if picture is None:
            yield source.asset.gap(GapCode.UNABLE_TO_PARSE_FILE, "begins like a picture and is none")
            return
        lines = list(self._lines(source, picture))
        for part in dict.fromkeys(part for part, _ in lines):
            text = "".join(line for of, line in lines if of == part)
            yield from self._texts(source, text, part)
        yield from self._trailing(source, file, picture)
        if not picture.whole:
            yield source.asset.gap(GapCode.MALFORMED_FILE, f"{picture.kind} image: damaged, or cut off")
        yield from self._picture(source, file, picture)

    def _lines(self, source: Source, picture: image_format.Picture) -> Iterator[tuple[str, str]]:
        """(part, line)."""
        for where, value in picture.texts:
            yield where, _decoded(source, value) + "\n"
        for data in picture.exif:
            exif = Exif(data)
            for name, found in exif.texts():
                if name == "Photoshop" and isinstance(found, bytes):
                    for where, block in image_format.photoshop(found):
                        yield where, _decoded(source, block) + "\n"
                elif name == "IPTC" and isinstance(found, bytes):
                    yield name, _decoded(source, b"\n".join(image_format.iptc(found))) + "\n"
                else:
                    text = found if isinstance(found, str) else _decoded(source, found)
                    yield name if name in _BLOCKS else "EXIF", f"{text}\n" if name in _BLOCKS else f"{name}: {text}\n"
            picture.width, picture.height = max(picture.width, exif.width), max(picture.height, exif.height)
            picture.whole = picture.whole and not (exif.damaged and picture.kind == "TIFF")

    def _texts(self, source: Source, text: str, part: str) -> Iterator[Text]:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
        for piece in Windows(source.asset, self._limits).feed(text):
            yield replace(piece, part=part)

    def _trailing(self, source: Source, file: IO[bytes], picture: image_format.Picture) -> Iterator[Content]:
        """What was hung on behind the end of a picture: nothing shows it, and it may be anything."""
        asset = source.asset
        if picture.trailing is None or asset.depth >= self._limits.archive_depth or self._budget.full:
            return
        file.seek(picture.trailing)
        head = file.read(4096)
        if len(head.strip(b"\0 \r\n")) < _TRAILING:
            return
        file.seek(picture.trailing)
        self._budget.members += 1
        member = replace(asset, path=f"{asset.path}{MEMBER_SEPARATOR}data behind the picture", locator=None, size=None)
        yield Member(asset=member, stream=cast(BinaryIO, _Rest(file)))

    def _picture(self, source: Source, file: IO[bytes], picture: image_format.Picture) -> Iterator[Content]:
        width, height = picture.width, picture.height
        if width and height and (min(width, height) < _SMALL or max(width, height) <= _ICON):
            return
        size = f"{picture.kind} image"
        if not self._limits.ocr:
            detail = f"{size}: what is written about it was searched, the picture was not; OCR is off"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail)
            return
        length = file.seek(0, io.SEEK_END)
        if width * height > _PIXELS or length > _LARGEST:
            yield source.asset.gap(GapCode.FILE_EXCEEDS_SIZE_LIMIT, f"{size}: too large for OCR")
            return
        if picture.kind == "icon":
            return
        file.seek(0)
        try:
            self._budget.check()
            text = ocr.read(file.read(), ocr.languages(source.encodings))
        except ocr.OcrError as error:
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, f"{size}: the picture was not read, {error}")
            return
        except ReadError as error:
            yield source.asset.gap(GapCode(error.code), error.detail)
            return
        yield from self._texts(source, text, "picture")


class _Rest:
    """The rest of a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        return self._file.read(size)


def _decoded(source: Source, value: bytes) -> str:
    """Text that says nothing of its encoding, or what XMP says of it."""
    inner = Source(asset=source.asset, head=value[: 64 << 10], stream=io.BytesIO(value), encodings=source.encodings)
    return "".join(Decoder(inner).pieces())
