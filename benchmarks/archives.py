"""How fast members come out of archives beside libarchive alone: `python -m benchmarks.archives`.

Prints for each kind the megabytes a second of processor time of both, and the ratio, which is to be at least 0.70. Members are
read to their end and thrown away; nothing is extracted from them and nothing detected. The best of ROUNDS counts.
"""

from __future__ import annotations

import io
import random
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from typing import Final

ROUNDS: Final = 5
LEAST: Final = 0.70
_BLOCK: Final = 256 << 10


def _files(count: int, size: int) -> dict[str, bytes]:
    chance = random.Random(1)
    words = [chance.randbytes(6).hex() for _ in range(2000)]
    text = " ".join(chance.choices(words, k=size // 6)).encode()
    return {f"folder/file{number}.csv": text[number : number + size] for number in range(count)}


def _tar(files: dict[str, bytes], mode: str) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def _zip(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def by_libarchive(data: bytes) -> int:
    """The bytes of all members, by libarchive-c as its own documentation reads them."""
    import libarchive

    total = 0
    with libarchive.stream_reader(io.BytesIO(data), block_size=_BLOCK) as archive:
        for entry in archive:
            for block in entry.get_blocks(_BLOCK):
                total += len(block)
    return total


def by_us(data: bytes) -> int:
    """The bytes of all members, as the extractor hands them out."""
    from auditor.extractors.archive import ArchiveExtractor
    from auditor.extractors.limits import Budget, Limits
    from auditor.model.asset import Asset
    from auditor.model.content import Member, Source

    total = 0
    source = Source(asset=Asset(target="t", path="x"), head=data[:65_536], stream=io.BytesIO(data))
    for item in ArchiveExtractor(Budget(Limits())).extract(source):
        if isinstance(item, Member):
            while block := item.stream.read(_BLOCK):
                total += len(block)
    return total


def _best(function: Callable[[bytes], int], data: bytes) -> tuple[float, int]:
    best, size = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.process_time()
        size = function(data)
        best = min(best, time.process_time() - began)
    return best, size


def main() -> int:
    """1 if one kind is slower than it should be."""
    large, small = _files(16, 4 << 20), _files(3000, 4096)
    samples = {
        "tar, 16 x 4 MiB": _tar(large, "w"),
        "tar.gz, 16 x 4 MiB": _tar(large, "w:gz"),
        "tar.xz, 16 x 4 MiB": _tar(dict(list(large.items())[:4]), "w:xz"),
        "zip, 16 x 4 MiB": _zip(large),
        "tar.gz, 3000 x 4 KiB": _tar(small, "w:gz"),
        "zip, 3000 x 4 KiB": _zip(small),
    }
    slow = 0
    for name, data in samples.items():
        theirs, size = _best(by_libarchive, data)
        ours, ours_size = _best(by_us, data)
        assert size == ours_size
        ratio = theirs / ours
        slow += ratio < LEAST
        sys.stdout.write(
            f"{name:24} libarchive {size / theirs / 1e6:7.0f} MB/s  ours {size / ours / 1e6:7.0f} MB/s  ratio {ratio:.2f}\n"
        )
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
