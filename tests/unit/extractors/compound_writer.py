"""Writes OLE compound files (MS-CFB, version 3): Debian has no program that writes HWP 5 or Outlook's msg."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams, by their paths with `/`. Streams are padded over the 4096 bytes of a mini stream's limit
    in the file, not in their size, by being given sectors of their own: readers follow the size in the directory.
    """
    tree: dict[str, object] = {}
    for path, data in streams.items():
        *folders, name = path.split("/")
        node = tree
        for folder in folders:
            node = node.setdefault(folder, {})  # type: ignore[assignment]
        node[name] = data
    entries: list[list[object]] = [["Root Entry", 5, _FREE, b""]]

    def add(parent: int, node: dict[str, object]) -> None:
        numbers = []
        for name, value in node.items():
            entries.append(
                [name, 1 if isinstance(value, dict) else 2, _FREE, b"" if isinstance(value, dict) else value]
            )
            numbers.append(len(entries) - 1)
        ordered = sorted(numbers, key=lambda number: (len(str(entries[number][0])), str(entries[number][0]).upper()))
        for at, number in enumerate(ordered):  # a list to the right is a tree as well
            entries[number].append(ordered[at + 1] if at + 1 < len(ordered) else _FREE)
        entries[parent][2] = ordered[0] if ordered else _FREE
        for number, value in zip(numbers, node.values(), strict=True):
            if isinstance(value, dict):
                add(number, value)

    add(0, tree)
    entries[0].append(_FREE)
    mini, mini_fat = bytearray(), []
    sectors: list[bytes] = []
    fat: list[int] = []

    def place(data: bytes) -> int:
        start = len(sectors)
        count = -(-len(data) // 512)
        for at in range(count):
            sectors.append(data[at * 512 : at * 512 + 512].ljust(512, b"\0"))
            fat.append(start + at + 1 if at + 1 < count else _END)
        return start if count else _END

    starts: dict[int, int] = {}
    for number, (_, kind, _, data, _) in enumerate(entries):
        assert isinstance(data, bytes)
        if kind != 2:
            continue
        if len(data) >= 4096:
            starts[number] = place(data)
        else:
            starts[number] = len(mini) // 64 if data else _END
            count = -(-len(data) // 64)
            mini_fat += [len(mini) // 64 + at + 1 if at + 1 < count else _END for at in range(count)]
            mini += data.ljust(count * 64, b"\0")
    mini_start = place(bytes(mini))
    table = b"".join(struct.pack("<I", number) for number in mini_fat)
    mini_fat_start = place(table.ljust(-(-len(table) // 512) * 512, b"\xff"))
    directory = bytearray()
    for number, (name, kind, child, data, right) in enumerate(entries):
        assert isinstance(data, bytes)
        wide = str(name).encode("utf-16-le")
        size = len(mini) if number == 0 else len(data)
        start = mini_start if number == 0 else starts.get(number, 0)
        directory += wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, kind, 1, _FREE, right, child)
        directory += bytes(16 + 4 + 16) + struct.pack("<IQ", start & 0xFFFFFFFF, size)
    directory_start = place(bytes(directory).ljust(-(-len(directory) // 512) * 512, b"\0"))
    fat_sectors = -(-(len(fat) + 1) // 127)
    fat_start = len(fat)
    fat += [_FAT] * fat_sectors
    assert fat_sectors <= 109
    packed = b"".join(struct.pack("<I", number) for number in fat).ljust(fat_sectors * 512, b"\xff")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIII",
        0,
        fat_sectors,
        directory_start,
        0,
        4096,
        mini_fat_start if mini_fat else _END,
        -(-len(table) // 512),
        _END,
        0,
    )
    header += b"".join(struct.pack("<I", fat_start + at if at < fat_sectors else _FREE) for at in range(109))
    return header + b"".join(sectors) + packed
