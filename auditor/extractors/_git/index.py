"""The index that lies beside a pack (gitformat-pack(5), "pack-*.idx files"). It is only asked where a pack is damaged."""

from __future__ import annotations

import struct


def index_offsets(data: bytes, width: int) -> list[int]:
    """Where a pack's index (version 1 or 2) says that its objects begin; what cannot be read is left out."""
    if data[:8] == b"\xfftOc\0\0\0\x02" and len(data) >= 1032:
        count = struct.unpack_from(">L", data, 1028)[0]
        at = 1032 + count * (width + 4)
        small = data[at : at + 4 * count]
        large = data[at + 4 * count :]
        found = []
        for (offset,) in struct.iter_unpack(">L", small[: len(small) & ~3]):
            if offset & 0x80000000:
                place = (offset & 0x7FFFFFFF) * 8
                if place + 8 > len(large):
                    continue
                offset = struct.unpack_from(">Q", large, place)[0]
            found.append(offset)
        return found
    if len(data) >= 1024:
        entries = data[1024 : 1024 + struct.unpack_from(">L", data, 1020)[0] * (4 + width)]
        whole = len(entries) - len(entries) % (4 + width)
        return [item[0] for item in struct.iter_unpack(f">L{width}s", entries[:whole])]
    return []
