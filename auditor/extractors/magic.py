"""What a file is by its first bytes: the formats that are no text."""

from __future__ import annotations

import re
from typing import Final

from auditor.model import rows

ARCHIVE: Final = "archive"
"""In place of a description a mark may have the registry name of the extractor that reads it; this is libarchive's."""

_STRONG: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\x1f\x8b", ARCHIVE),
    (0, b"\xfd7zXZ\x00", ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", ARCHIVE),
    (0, b"\x04\x22\x4d\x18", ARCHIVE),
    (0, b"\x1f\x9d", ARCHIVE),
    (0, b"LZIP\1", ARCHIVE),
    (0, b"PK\x03\x04", ARCHIVE),
    (0, b"PK\x05\x06", ARCHIVE),  # a zip without members
    (0, b"PK\x07\x08PK\x03\x04", ARCHIVE),  # one volume of a split zip
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"Rar!\x1a\x07", ARCHIVE),
    (0, b"MSCF\0\0\0\0", ARCHIVE),
    (0, b"!<arch>\n", ARCHIVE),
    (0, b"\xed\xab\xee\xdb", ARCHIVE),  # rpm
    (257, b"ustar", ARCHIVE),
    (0x8001, b"CD001", ARCHIVE),
    (0, b"%PDF-", "pdf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"GIF87a", "image"),
    (0, b"GIF89a", "image"),
    (0, b"II*\0", "image"),
    (0, b"MM\0*", "image"),
    (0, b"\0\0\1\0", "image"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"HWP Document File", "HWP 3 document"),
    (0, b"\x7fELF", "ELF program"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O program"),
    (0, b"\xce\xfa\xed\xfe", "Mach-O program"),
    (0, b"\xca\xfe\xba\xbe", "Java class or Mach-O program"),
    (0, b"\xca\xfe\xd0\x0d", "Java pack200 file"),
    (0, b"\0asm", "WebAssembly module"),
    (0, b"dex\n03", "Android program"),
    (0, b"SQLite format 3\0", "sqlite"),
    (0, b"7\x7f\x06\x82", "sqlite"),
    (0, b"7\x7f\x06\x83", "sqlite"),
    (0, b"\0\1\0\0Standard ", "Access database"),
    (0, b"Obj\x01", "avro"),
    (0, b"\x6d\xe2\x99\x81", "bson"),  # mongodump --archive
    (0, b"\xfe\x62\x69\x6e", "binary"),
    (0, b"JAVA PROFILE 1.0", "binary"),
    (0, b"\xac\xed\0\x05", "binary"),
    (0, b"\0\0\0\1Bud1", "macOS folder settings (.DS_Store)"),
    (0, rows.MAGIC, "rows"),
    (0, b"PACK\0\0\0", "git"),
    (0, b"# v2 git bundle\n", "git"),
    (0, b"# v3 git bundle\n", "git"),
    (0, b"\xfftOc", "git pack index"),
    (0, b"DIRC\0\0\0", "git index"),
    (0, b"OTTO\0", "font"),
    (0, b"\0\1\0\0\0", "font"),
    (0, b"true\0", "font"),
    (0, b"ttcf\0", "font"),
    (0, b"OggS\0", "Ogg audio or video"),
    (0, b"fLaC\0", "FLAC audio"),
    (0, b"\x1a\x45\xdf\xa3", "Matroska video"),
    (0, b"\xff\xfb", "MP3 audio"),
    (0, b"\xff\xf3", "MP3 audio"),
    (0, b"ITSF\3\0\0\0", "compiled HTML help"),
    (0, b"\x4c\0\0\0\1\x14\x02\0", "Windows shortcut"),
    (0, b"\xd4\xc3\xb2\xa1", "network capture"),
    (0, b"\xa1\xb2\xc3\xd4", "network capture"),
    (0, b"\x0a\x0d\x0d\x0a", "network capture"),
    (0, b"QFI\xfb", "disk image"),
    (0, b"LUKS\xba\xbe", "encrypted disk"),
    (0, b"\x85\x01", "PGP-encrypted file"),
    (0, b"\x85\x02", "PGP-encrypted file"),
    (0, b"\x8c\x0d", "PGP-encrypted file"),
    (0, b"age-encryption.org/", "file encrypted by age"),
    (0, b"-----BEGIN PGP MESSAGE-----", "PGP-encrypted file"),
    (0, b"$ANSIBLE_VAULT;", "file encrypted by Ansible Vault"),
)
# Short printable marks that text may begin with too: only for a head that is binary.
_WEAK: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"\xc7\x71", ARCHIVE),  # cpio, old binary
    (0, b"\x71\xc7", ARCHIVE),
    (0, b"ORC", "orc"),
    (0, b"PAR1", "parquet"),
    (0, b"PARE", "parquet"),
    (0, b"ARROW1", "arrow"),
    (0, b"FEA1", "arrow"),
    (0, b"KDMV", "disk image"),
    (0, b"hsqs", "SquashFS image"),
    (0, b"xar!", ARCHIVE),
    (0, b"8BPS", "Photoshop image"),
    (0, b"PGDMP", "pgdump"),
    (0, b"Salted__", "file encrypted by openssl"),
    (4, b"ftyp", "MP4 video or HEIC image"),
    (0, b"wOFF", "font"),
    (0, b"wOF2", "font"),
    (0, b"conectix", "disk image"),
    (0, b"vhdxfile", "disk image"),
    (0, b"bplist00", "binary property list"),
    (0, b"MZ", "Windows program"),
    (0, b"BM", "image"),
    (8, b"WEBPVP8", "image"),
    (0, b"RIFF", "RIFF file (WebP image, WAV audio, AVI video)"),
    (0, b"FORM", "IFF file"),
    (0, b"ID3", "MP3 audio"),
    (0, b"FWS", "Flash file"),
    (0, b"CWS", "Flash file"),
    (0, b"RCRD", "Windows event log"),
    (0, b"ElfFile\0", "Windows event log"),
    (0, b"regf", "Windows registry"),
    (0, b"\x80", "Python pickle"),
)
SEARCHED: Final = frozenset((
    "Java class or Mach-O program", "Python pickle", "Access database", "binary property list", "Windows event log",
    "Windows registry", "macOS folder settings (.DS_Store)", "Windows shortcut", "network capture", "disk image",
    "HWP 3 document", "IFF file", "git index",
))  # fmt: skip
"""Types without a reader of their own whose printable text the `binary` extractor searches. Programs are not among them: what
looks like an address in one (`chacha20-poly1305@openssh.com`) is none.
"""

_CORE: Final = re.compile(rb"\x7fELF.{12}(?:\x04\0|\0\x04)", re.DOTALL)
_REDIS: Final = re.compile(rb"REDIS00\d\d[\0-\x20\xf5-\xff]|\*\d{1,7}\r\n\$\d{1,9}\r\n")
_ARROW_STREAM: Final = re.compile(rb"\xff\xff\xff\xff..[\0-\x3f]\0\x10\0\0\0", re.DOTALL)
_ZLIB: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BZIP2: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")
_PYC: Final = re.compile(rb"..\r\n", re.DOTALL)
_BSON_FIELD: Final = re.compile(rb"[\x01-\x13\x7f\xff][\x20-\x7e\xa1-\xfe]{1,128}\0")
_CPIO: Final = re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}")
_LHA: Final = re.compile(rb"..-l[hz][0-9sd]-", re.DOTALL)


def identify(head: bytes, name: str, *, binary: bool) -> str | None:
    """ARCHIVE, the description of an unreadable type, or None if no mark fits. `binary` admits the weak marks."""
    if _CORE.match(head):
        return "binary"
    if _REDIS.match(head):
        return "redis"
    for offset, mark, what in _STRONG:
        if head.startswith(mark, offset):
            return what
    if _BZIP2.match(head) or _CPIO.match(head) or _LHA.match(head) or _is_tar(head):
        return ARCHIVE
    if head.startswith(b"\x5d\0\0") and (binary or name.endswith(".lzma")):
        return ARCHIVE
    if not binary:
        return None
    for offset, mark, what in _WEAK:
        if head.startswith(mark, offset):
            return what
    if _ARROW_STREAM.match(head):
        return "arrow"
    if _is_bson(head, name):
        return "bson"
    if _ZLIB.match(head):
        return "git"
    if _PYC.match(head) and name.endswith((".pyc", ".pyo")):
        return "compiled Python"
    return None


def of_zip(head: bytes, name: str) -> str:
    """The registry name for an archive: a zip may be an office document, told by its first members or by its name."""
    if not head.startswith(b"PK\x03\x04"):
        return ARCHIVE
    if name.endswith(_SHEETS) or _SHEET_PARTS.search(head):
        return "spreadsheet"
    return "office" if name.endswith(_DOCUMENTS) or _DOCUMENT_PARTS.search(head) else ARCHIVE


_SHEETS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".ots")
_DOCUMENTS: Final = (
    ".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".ppsx", ".potx", ".odt", ".ott", ".odp", ".odg", ".hwpx",
    ".vsdx", ".show", ".cell",
)  # fmt: skip
_SHEET_PARTS: Final = re.compile(
    rb"PK\x03\x04.{26}(?:xl/|mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet)", re.DOTALL
)
_DOCUMENT_PARTS: Final = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|word/|ppt/|mimetypeapplication/(?:vnd\.oasis|hwp))", re.DOTALL
)


def _is_tar(head: bytes) -> bool:
    """A tar header before POSIX has no mark but its checksum."""
    field = head[148:156].rstrip(b" \0").lstrip(b" ")
    if len(head) < 512 or not head[0] or not re.fullmatch(rb"[0-7]{1,7}", field):
        return False
    return sum(head[:148]) + 8 * 32 + sum(head[156:512]) == int(field, 8)


def _is_bson(head: bytes, name: str) -> bool:
    """A document of BSON has no mark but its length, and a first field with a type and a name."""
    size = int.from_bytes(head[:4], "little")
    if not _BSON_FIELD.match(head, 4) or not 12 <= size <= 64 << 20:
        return False
    return head[size - 1] == 0 if size <= len(head) else name.endswith(".bson") or len(head) >= 65_536
