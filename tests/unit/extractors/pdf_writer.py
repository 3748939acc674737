"""A small writer of PDF files: pages of ASCII lines, objects and streams as a test wants them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


class PdfWriter:
    """Objects by number; 1 is the catalogue, 2 the pages, 3 the font."""

    def __init__(self, *, compress: bool = False) -> None:
        self._compress = compress
        self._objects: dict[int, bytes] = {}
        self._pages: list[int] = []
        self.catalogue = b""
        self.trailer = b""
        self.objects_used = 3

    def add(self, body: bytes) -> int:
        self.objects_used += 1
        self._objects[self.objects_used] = body
        return self.objects_used

    def stream(self, data: bytes, dictionary: bytes = b"", *, compress: bool | None = None) -> int:
        if self._compress if compress is None else compress:
            data, dictionary = zlib.compress(data, 9), dictionary + b" /Filter /FlateDecode"
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(data), data))

    def page(
        self, lines: Sequence[str | tuple[float, float, str]] = (), *, more: bytes = b"", contents: int = 0
    ) -> None:
        shown = []
        for number, line in enumerate(lines):
            x, y, text = line if isinstance(line, tuple) else (50, 780 - 14 * number, line)
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            shown.append(f"BT /F1 10 Tf {x} {y} Td ({escaped}) Tj ET\n")
        contents = contents or self.stream("".join(shown).encode("latin-1"))
        self._pages.append(
            self.add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                b" /Resources << /Font << /F1 3 0 R >> >> %s >>" % (contents, more)
            )
        )

    def file(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        objects = {
            1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalogue,
            2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(self._pages)),
            3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            **self._objects,
        }
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number in sorted(objects):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            len(objects) + 1,
            self.trailer,
            start,
        )
        return bytes(out)


def pages_of(lines: Sequence[str], *, a_page: int = 50, compress: bool = False) -> bytes:
    writer = PdfWriter(compress=compress)
    for start in range(0, len(lines), a_page):
        writer.page(lines[start : start + a_page])
    return writer.file()
