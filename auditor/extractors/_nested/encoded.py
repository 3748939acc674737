"""What encoded characters stand for: base64, hexadecimal digits and escapes, told from what only looks like them.

Pure functions. Text that was encoded decodes to text again, anything else (hashes, keys, identifiers, fonts) to noise: UTF-8 without
control characters hardly comes about by chance. The gate asks for that of the first bytes, so that noise is not even decoded.
"""

from __future__ import annotations

import binascii
import html
import re
import zlib
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from auditor.extractors._encodings.choice import legacy_encoding, normal_name
from auditor.extractors.decoding import looks_binary, utf16_of

SHORTEST: Final = 12
"""Characters of the shortest run of base64 that is looked at."""
_UNMARKED: Final = 16
_SURE: Final = 40
CI_BYTES: Final = 64
_BRIEF: Final = 40
"""Bytes below which noise reads as some language now and then: a wallet's 25 in one of 1,000. Then its characters must be usual ones,
and the encoding one of the engagement's, if that has any."""
_RARE_NAMES: Final = {"cp949": 5, "gb18030": 4, "big5hkscs": 4}
"""Bits a character by which a short text in an encoding that is expected may be less usual: names have rare characters, noise costs more."""
_MOST_UNPACKED: Final = 4 << 20

# Six bits are a character; by the bits that ASCII and UTF-8 fix, the four characters of three bytes that are text are told.
# A: an ASCII character, L: the first byte of another one, C: a further byte of it.
_A1, _L1, _C1 = "[I-Za-f]", "[w-z0-9]", "[g-v]"
_A2, _C2, _L2 = "[C-HS-Xi-nyz0-3]", "[I-LYZabo-r4-7]", "[MNOPc-fs-v89+/_-]"
_A3, _C3, _L3 = "[ABEFIJMNQRUVYZcdghklopstwx014589]", "[CGKOSWaeimquy26+-]", "[DHLPTXbfjnrvz37/_]"
_ANY: Final = "[A-Za-z0-9+/_-]"
_FIRST: Final = f"(?:{_A1}(?:{_A2}(?:{_A3}|{_L3})|{_L2}{_C3})|{_L1}{_C2}(?:{_C3}|{_A3}|{_L3})){_ANY}"
_NEXT: Final = (
    f"(?:{_A1}(?:{_A2}(?:{_A3}|{_L3})|{_L2}{_C3})|{_L1}{_C2}(?:{_C3}|{_A3}|{_L3})"
    f"|{_C1}(?:{_C2}(?:{_C3}|{_A3}|{_L3})|{_A2}(?:{_A3}|{_L3})|{_L2}{_C3})){_ANY}"
)
MARKS: Final = (
    r"H4sI|eJ[wxyz0-9]|eN[opqr]|eA[EF]|KLUv_?/?[QYS]|/Td6WFo|Qlpo|UEsDB|N3q8r|UmFyIRo|JVBERi|iVBORw0KGgo|/9j/[24]|R0lGOD|"
    r"SUkqA|TU0AK|0M8R4KGx|e1xydGY|U1FMaXRl"
)
"""The first bytes of gzip, zlib, zstd, xz, bzip2, zip, 7z, rar, PDF, PNG, JPEG, GIF, TIFF, OLE, RTF and SQLite in base64."""

_HIGH: Final = "[CDGHKLOPSTWXabefijmnqruvyz2367+/_-]"
_BASE64: Final = f"(?:^|[^A-Za-z0-9]|\\\\[nrt])(?:(?:{_FIRST}{_NEXT}{_NEXT})|{MARKS})|base64,"
_WIDE: Final = f"(?:^|[^A-Za-z0-9]){_ANY}[AQgw][AB]{_ANY}A[C-H][AEIMQUYcgkosw048]A"
"""Two groups of UTF-16, little end first, that is ASCII: what PowerShell is told to run."""
_KOREAN: Final = (
    f"(?:^|[^A-Za-z0-9])[s-y][K-Pa-fq-v6-9+/_-]{_HIGH}{_ANY}[o-z0-9+/_-][LMbcrs78]{_HIGH}[A-Za-z0-9+/_%\\\\-]{{5}}"
)
"""Three syllables of CP949, in a run of SHORTEST."""
_HEX: Final = (
    r"(?:^|[^0-9A-Za-z]|[xX])(?:(?:[2-7][0-9A-Fa-f]){8}|(?:[Ee][0-9A-Fa-f][89ABab][0-9A-Fa-f][89ABab][0-9A-Fa-f]){2}"
    r"|1[fF]8[bB]08|89504[eE]47|25504446|504[bB]0304|[fF]{2}[dD]8[fF]{2}|78(?:01|5[eE]|9[cC]|[dD][aA]))"
)
_BYTES: Final = r"(?:\\x[0-9A-Fa-f]{2}){3}"
_PERCENT: Final = (
    r"%(?:25)+[0-9A-Fa-f]{2}|%7[Bb](?:%[02][0-9A-Fa-f])*%2[27]|%5[Bb](?:%[02][0-9A-Fa-f])*%(?:2[27]|7[Bb])|%0[AaDd]|%3[Cc][A-Za-z]"
    r"|base64%2[Cc]|%26(?:quot|amp|apos|%23[0-9xX]+)%3[Bb]|(?:%26|%3[Ff])[A-Za-z_][A-Za-z0-9_.-]{0,40}%3[Dd]"
)
"""Encoded twice, or once around something that has fields itself: JSON, markup, lines, a query string."""
_REFERENCES: Final = r"&(?:amp;)*(?:quot;|#3[49];|amp;#)|(?:&#[xX]?[0-9A-Fa-f]{2,6};){2}"
_QUOTES: Final = r'\\\\+"'
_PRINTED: Final = r"(?:=[0-9A-F]{2}){3}"
DUMP: Final = r"^[ \t]*(?:0x)?[0-9A-Fa-f]{6,16}:? {1,4}[0-9A-Fa-f]{2}[0-9A-Fa-f ][0-9A-Fa-f ]"
CELLS: Final = "|".join((_BASE64, _WIDE, _KOREAN, _HEX, _BYTES, _PERCENT, _REFERENCES, _QUOTES, _PRINTED))
"""RE2: what a line or cell has that holds something encoded; few others do."""
GATE: Final = f"{CELLS}|{DUMP}"

RUN: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z0-9_-]|\+|(?:\\{0,3}/))(?:[A-Za-z0-9+_-]|\\{0,3}/|%2[BFbf]){10,}+(?:\\{1,3}[rn](?:[A-Za-z0-9+]|\\{0,3}/){4,}+)*+"
    r"(?:=|%3[Dd]|\\{1,3}u003[dD]){0,2}"
)
_ESCAPED: Final = re.compile(r"\\{1,3}[rn]|\\")
_PADDING: Final = re.compile(r"(?:=|%3[Dd]|u003[dD])+$")
_WHOLE: Final = re.compile(r"[A-Za-z0-9+/_-]+")
_HEXADECIMAL: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){10,}")
_DIGITS: Final = re.compile(rb"[0-9A-Fa-f ]{10,}")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_USUAL: Final = re.compile(
    "[\t\r\n\x20-\x7e\u00a0-\u00ff\u0e00-\u0e7f\u2010-\u203b\u2190-\u21ff\u2460-\u24ff\u2500-\u27bf\u3000-\u318e\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff01-\uffe6\U0001f300-\U0001faff\u200d\ufe0f\ufeff]"
)
_WORDS: Final = re.compile(r"[A-Za-z0-9\s]")
_TELLING: Final = re.compile(r"[0-9@{:=,. ]")
_STRUCTURE: Final = re.compile(r"[\s,:;|=\"'{}<>&]")
_MARKED: Final = re.compile(rb"[\s,:;|=\"'{}<>&]")
_MAGIC: Final = re.compile(
    rb"\x1f\x8b\x08[\0-\x1f]|\x28\xb5\x2f\xfd|\xfd7zXZ\0|BZh[1-9]1AY&SY|PK\x03\x04|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|%PDF-\d"
    rb"|\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xdb\xe0-\xef]|GIF8[79]a|II\*\0|MM\0\*|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|SQLite format 3\0|\{\\rtf"
)


def base64_of(run: str) -> bytes | None:
    """The bytes of a run of base64 in either alphabet, padded or not, JSON-escaped or not; None if it is none."""
    bare = _PADDING.sub("", _ESCAPED.sub("", run) if "\\" in run else run)
    if "%" in bare:
        bare = unquote(bare)
    if not _WHOLE.fullmatch(bare) or len(bare) % 4 == 1:
        return None
    if "-" in bare or "_" in bare:
        if "+" in bare or "/" in bare:
            return None
        bare = bare.replace("-", "+").replace("_", "/")
    try:
        return binascii.a2b_base64(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None


def decoded(run: str, encodings: tuple[str, ...]) -> tuple[str, bytes] | None:
    """("base64" or "hex", bytes) of a run that stands for text or a known format; None for all others.

    64 bytes are a CI's: they are text only where they have a text's punctuation.
    """
    if len(run) > 400 and not promising(_ESCAPED.sub("", run[:400]), encodings):
        return None
    if _HEXADECIMAL.fullmatch(run):
        data = bytes.fromhex(run)
        if run.isdigit() and not _DIGITS.fullmatch(data):
            return None  # a long number
        return ("hex", data) if worthy(data, encodings) else None
    marked = run.endswith(("=", "3D", "3d"))
    if len(run) < (SHORTEST if marked else _UNMARKED):
        return None
    found = base64_of(run)
    if found is None or not worthy(found, encodings):
        return None
    if len(found) == CI_BYTES and not re.search(rb"[\s{}\",:;=]", found):
        return None
    return "base64", found


def has_a_cis_size(run: str) -> bool:
    """Whether a run is base64 of as many bytes as a CI has."""
    data = base64_of(run)
    return data is not None and len(data) == CI_BYTES


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, which noise hardly ever is."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_of_utf8(run: str) -> bool:
    """Whether a run is base64 or hexadecimal digits of UTF-8."""
    data = bytes.fromhex(run) if _HEXADECIMAL.fullmatch(run) else base64_of(run)
    return data is not None and is_utf8(data)


def promising(start: str, encodings: tuple[str, ...]) -> bool:
    """Whether the first characters of a very long run promise text or a known format."""
    head = bytes.fromhex(start[:240]) if _HEXADECIMAL.fullmatch(start[:240]) else base64_of(start[:240])
    if head is None:
        return False
    return (
        known(head)
        or _zlib_like(head)
        or any(text_of(head[: len(head) - cut], encodings) is not None for cut in range(4))
    )


def worthy(data: bytes, encodings: tuple[str, ...]) -> bool:
    """Whether decoded bytes are worth a look: text, or a format with a reader."""
    return known(data) or text_of(data, encodings) is not None or bool(unpacked(data))


def known(data: bytes) -> bool:
    """Whether bytes begin like a format that has a reader."""
    return len(data) >= 20 and _MAGIC.match(data) is not None


def _zlib_like(data: bytes) -> bool:
    return data[:1] == b"x" and data[1:2] in b"\x01\x5e\x9c\xda" and len(data) > 8


def unpacked(data: bytes) -> bytes:
    """What a zlib or gzip stream of at most 4 MiB holds; b"" if it is none, or a larger one."""
    if not _zlib_like(data) and data[:3] != b"\x1f\x8b\x08":
        return b""
    unpacker = zlib.decompressobj(wbits=47)
    try:
        whole = unpacker.decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else whole


def text_of(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """Bytes as text; None where they are none, or too few to tell from noise."""
    if len(data) < 6:
        return None
    if b"\0" in data[:64] and (wide := utf16_of(data)) and len(data) % 2 == 0:
        return data.decode(wide, "replace")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _legacy(data, encodings)
    if _CONTROL.search(text):
        return None
    if text.isascii():
        if len(text) < _SURE and (len(_WORDS.findall(text)) * 10 < len(text) * 7 or not _TELLING.search(text)):
            return None
        return text
    return text if len(_USUAL.findall(text)) * 100 >= len(text) * 98 else None


def _legacy(data: bytes, encodings: tuple[str, ...]) -> str | None:
    if len(data) < 24 or looks_binary(data) or b"\0" in data or len(_MARKED.findall(data)) * 25 < len(data):
        return None  # before the language is asked for, which takes longest
    from auditor.extractors._encodings.plausibility import usual

    name = legacy_encoding(data, encodings)
    expected = name in map(normal_name, encodings)
    brief = len(data) < _BRIEF
    if brief and encodings and not expected:
        return None
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    beyond = [letter for letter in text if letter > "\x7f"]
    if _CONTROL.search(text) or len(beyond) * 10 > len(text) * 9 or len(_STRUCTURE.findall(text)) * 25 < len(text):
        return None
    if brief and not usual(text, name, _RARE_NAMES.get(name, 0) if expected else 0):
        return None
    return text if all(_EASTERN.match(letter) for letter in beyond) else None


_EASTERN: Final = re.compile("[\u0e00-\u0e7f\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uffe6]")

_DIRTY: Final = re.compile("|".join((_BYTES, _PERCENT, _REFERENCES, r'(?<!\\)\\{2,}+"', _PRINTED)))
_QUOTED_BYTES: Final = re.compile(r"(?:\\x[0-9A-Fa-f]{2})+")
_PERCENT_TOKEN: Final = re.compile(r'[^\s"\'<>%]*%[0-9A-Fa-f]{2}[^\s"\'<>]*')
_MORE_PERCENT: Final = re.compile(r"%25(?=[0-9A-Fa-f]{2})")
_PERCENT_SIGN: Final = re.compile(_PERCENT)
_QUOTE_ESCAPE: Final = re.compile(r'(?<!\\)\\{2,}+(?=")')
_REFERENCE: Final = re.compile(r"&(?:amp;)*(?:quot;|#[0-9]{2,7};|#[xX][0-9A-Fa-f]{2,6};|apos;)")
_PRINTED_RUN: Final = re.compile(r"=[0-9A-F]{2}(?:[ -<>-~]{0,40}?=[0-9A-F]{2})*")


def unescaped(line: str) -> str:
    """A line without one layer of escapes that hide values: multiple or structural URL encoding, `\\x..`, quoted-printable,
    `&quot;`, and the backslashes of JSON in JSON in JSON. A single URL-encoded value stays: the detectors read it themselves.
    """
    if not _DIRTY.search(line):
        return line
    if "%" in line and _PERCENT_SIGN.search(line):
        line = _PERCENT_TOKEN.sub(_token, line)
    if "\\x" in line:
        line = _QUOTED_BYTES.sub(_bytes, line)
    if '\\\\"' in line:
        line = _QUOTE_ESCAPE.sub("\\\\", line)
    if "&" in line:
        line = _REFERENCE.sub(lambda m: _one_line(html.unescape(html.unescape(m[0])), m[0]), line)
    if "=" in line and re.search(_PRINTED, line):
        line = _PRINTED_RUN.sub(_printed, line)
    return line


def _token(found: re.Match[str]) -> str:
    token = found[0]
    for _ in range(8):
        if not _MORE_PERCENT.search(token):
            break
        token = _MORE_PERCENT.sub("%", token)
    if not _PERCENT_SIGN.search(token):
        return token
    text = _text(unquote_to_bytes(token.replace("+", " ")))
    return token if text is None else _one_line(text, token)


def _bytes(found: re.Match[str]) -> str:
    text = _text(bytes.fromhex(found[0].replace("\\x", "")))
    return found[0] if text is None else _one_line(text, found[0])


def _printed(found: re.Match[str]) -> str:
    text = _text(binascii.a2b_qp(found[0].encode()))
    return found[0] if text is None or text.isascii() else _one_line(text, found[0])


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _one_line(text: str, else_: str) -> str:
    """Decoded text in the line it stands in; what was there if it is none."""
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return else_ if _CONTROL.search(text) else text


_DUMP_LINE: Final = re.compile(
    r"[ \t]*(?:0x)?(?P<at>[0-9A-Fa-f]{6,16}|[0-7]{7}):? {1,4}(?P<hex>(?:[0-9A-Fa-f]{2,8} {1,2}){0,16}[0-9A-Fa-f]{2,8}) *(?: {2}.*|[|>].*|)"
)


def dump_of(lines: list[str]) -> bytes | None:
    """The bytes of a listing by `xxd`, `hexdump -C`, `od -t x1` or, in swapped pairs, `od -x`; None if it is none."""
    data = bytearray()
    words: list[bytes] = []
    swapped = False
    for line in lines:
        found = _DUMP_LINE.fullmatch(line.rstrip())
        if found is None:
            return None
        words = [bytes.fromhex(word) for word in found["hex"].split() if len(word) % 2 == 0]
        swapped = swapped or (":" not in line.lstrip()[:18] and bool(words) and len(words[0]) == 2)
        data += b"".join(words)
    if not swapped:
        return bytes(data)
    return b"".join(bytes((data[at + 1], data[at])) for at in range(0, len(data) - 1, 2))


def is_dump_line(line: str) -> bool:
    """Whether a line may be one of a listing of bytes."""
    return _DUMP_LINE.fullmatch(line.rstrip()) is not None


def runs(line: str) -> Iterator[re.Match[str]]:
    """The runs of a line that may be base64 or hexadecimal digits."""
    return RUN.finditer(line)
