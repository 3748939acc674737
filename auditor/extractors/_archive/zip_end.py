"""What the end of a zip says of members that reading it forward did not meet."""

from __future__ import annotations

import struct
from typing import Final

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_ENTRY: Final = b"PK\x01\x02"
_ENTRY_SIZE: Final = 46


def unread_of_zip(tail: bytes, size: int, met: int, read: dict[bytes, int]) -> str:
    """One sentence on what was not read, "" if all was. `tail` is the file's end, `size` its length in bytes,
    `met` the number of members that were read, `read` how many bytes each name's members gave that were read to their end.

    PKWARE APPNOTE 6.3.10, section 4.3.16. Reading forward goes from member to member and ends at the central directory,
    so it meets what the directory hides, but not a second archive that was appended; and it believes the sizes before a member, which may be others than those in the directory (4.4.8).
    """
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return "the zip has no end record: it was cut off"
    entries, directory, offset, comment = struct.unpack_from("<HLLH", tail, at + 10)
    trailing = len(tail) - at - _END_SIZE - comment
    if trailing > 0:
        return f"{trailing} bytes after the zip's end were not read"
    position = size - len(tail) + at
    if 0xFFFFFFFF not in (directory, offset) and directory + offset < position:
        gap = position - directory - offset
        if tail[at - 20 : at - 16] != b"PK\x06\x07" and gap > 0:
            return f"the zip's directory does not cover {gap} bytes before its end: another archive may stand before it"
    if entries != 0xFFFF and entries > met:
        return f"the zip's directory names {entries} members, {met} were read"
    if short := _shorter(tail, max(0, at - directory), at, read):
        return f"{short} members have more bytes in the zip's directory than where they stand: the rest was not read"
    return ""


def _shorter(tail: bytes, start: int, end: int, read: dict[bytes, int]) -> int:
    """How many names have more bytes in that part of the central directory which the tail holds."""
    declared: dict[bytes, int] = {}
    at = tail.find(_ENTRY, start, end)
    while 0 <= at <= end - _ENTRY_SIZE:
        size, name, extra, comment = struct.unpack_from("<LHHH", tail, at + 24)
        key = tail[at + _ENTRY_SIZE : at + _ENTRY_SIZE + name]
        if size != 0xFFFFFFFF:
            declared[key] = declared.get(key, 0) + size
        after = at + _ENTRY_SIZE + name + extra + comment
        at = after if tail.startswith(_ENTRY, after) else tail.find(_ENTRY, at + 4, end)
    return sum(size > read[name] for name, size in declared.items() if name in read)


def zip_comment(tail: bytes) -> bytes:
    """What somebody wrote about the whole archive, behind its directory's end; b"" if nothing."""
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 22 > len(tail):
        return b""
    return tail[at + 22 : at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little")]
