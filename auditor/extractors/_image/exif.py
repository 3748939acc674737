"""The text in a TIFF structure, which is also what EXIF is: who made a picture, where, and what somebody wrote about it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_NAMES: Final = {
    0x010D: "DocumentName", 0x010E: "ImageDescription", 0x010F: "Make", 0x0110: "Model", 0x011D: "PageName", 0x0131: "Software",
    0x0132: "DateTime", 0x013B: "Artist", 0x013C: "HostComputer", 0x02BC: "XMP", 0x8298: "Copyright", 0x83BB: "IPTC",
    0x8649: "Photoshop", 0x9003: "DateTimeOriginal", 0x9286: "UserComment", 0x9C9B: "XPTitle", 0x9C9C: "XPComment",
    0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject", 0xA420: "ImageUniqueID", 0xA430: "CameraOwnerName",
    0xA431: "BodySerialNumber", 0xA435: "LensSerialNumber",
}  # fmt: skip
_DIRECTORIES: Final = frozenset({0x8769, 0x8825, 0xA005, 0x014A})
_GPS: Final = 0x8825
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
_MOST: Final = 1 << 20
_ENTRIES: Final = 20_000
_UNICODE: Final = b"UNICODE\0"


class Exif:
    """The tags of one structure. `damaged` says that some of it pointed nowhere."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._order = ">" if data[:2] == b"MM" else "<"
        self.damaged = False
        self.width = self.height = 0
        self._left = _ENTRIES
        self._seen: set[int] = set()

    def texts(self) -> Iterator[tuple[str, bytes | str]]:
        """(tag's name, value) of every text; XMP, IPTC and Photoshop blocks under these names; positions as degrees."""
        if len(self._data) < 8:
            self.damaged = True
            return
        yield from self._directories(self._number("I", 4), gps=False)

    def _directories(self, start: int, *, gps: bool) -> Iterator[tuple[str, bytes | str]]:
        waiting = [(start, gps)]
        while waiting:
            at, gps = waiting.pop()
            if not at or at in self._seen:
                continue
            self._seen.add(at)
            try:
                count = self._number("H", at)
                self._number("B", at + 2 + 12 * count - 1)
            except struct.error:
                self.damaged = True
                continue
            for entry in range(at + 2, at + 2 + 12 * count, 12):
                self._left -= 1
                if self._left < 0:
                    self.damaged = True
                    return
                tag, kind, size = self._number("H", entry), self._number("H", entry + 2), self._number("I", entry + 4)
                length = _SIZES.get(kind, 0) * size
                place = entry + 8 if length <= 4 else self._number("I", entry + 8)
                if tag in _DIRECTORIES and kind in (4, 13):
                    for index in range(min(size, 100)):
                        target = place + 4 * index
                        if target + 4 <= len(self._data):
                            waiting.append((self._number("I", target), tag == _GPS))
                    continue
                if tag in (0x0100, 0x0101) and kind in (3, 4) and not gps and place + 4 <= len(self._data):
                    value = self._number("H" if kind == 3 else "I", place)
                    self.width, self.height = (
                        (max(self.width, value), self.height)
                        if tag == 0x0100
                        else (self.width, max(self.height, value))
                    )
                    continue
                if not gps and tag not in _NAMES and kind != 2:
                    continue
                value_bytes = self._data[place : place + min(length, _MOST)]
                if len(value_bytes) < min(length, _MOST):
                    self.damaged = True
                if gps:
                    yield from self._position(tag, kind, value_bytes)
                elif length > 1:
                    yield _NAMES.get(tag, f"tag {tag}"), self._text(tag, value_bytes)
            if at + 6 + 12 * count <= len(self._data):
                waiting.append((self._number("I", at + 2 + 12 * count), gps))

    def _text(self, tag: int, value: bytes) -> bytes | str:
        if 0x9C9B <= tag <= 0x9C9F:
            return value.decode("utf-16-le", "replace").rstrip("\0")
        if tag == 0x9286:
            if value.startswith(_UNICODE):
                return value[8:].decode("utf-16-be" if self._order == ">" else "utf-16-le", "replace").rstrip("\0")
            return value[8:].strip(b"\0 ")
        return value.rstrip(b"\0")

    def _position(self, tag: int, kind: int, value: bytes) -> Iterator[tuple[str, str]]:
        """Latitude and longitude in degrees."""
        if tag not in (2, 4) or kind != 5 or len(value) != 24:
            return
        parts = struct.unpack(f"{self._order}6I", value)
        degrees = sum(parts[at] / (parts[at + 1] or 1) / 60 ** (at // 2) for at in (0, 2, 4))
        yield "GPSLatitude" if tag == 2 else "GPSLongitude", f"{degrees:.6f}"

    def _number(self, kind: str, at: int) -> int:
        return int(struct.unpack_from(self._order + kind, self._data, at)[0])
