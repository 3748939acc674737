"""A stream copied to where it can be read backwards: memory, then a temporary file without a name."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Final, cast

from auditor.errors import ReadError
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source

_BLOCK: Final = 256 << 10
_MEMORY: Final = 8 << 20


def spooled(
    source: Source, limits: Limits, read: Callable[[IO[bytes]], Iterator[Content]], *, named: bool = False
) -> Iterator[Content]:
    """What `read` makes of the whole source as a seekable file; a gap where it cannot be one (`spool`)."""
    try:
        file = spool(source.stream, limits, named=named)
    except ReadError as error:
        yield source.asset.gap(GapCode(error.code), error.detail)
        return
    with file:
        yield from read(file)


def spool(stream: Readable, limits: Limits, *, named: bool = False) -> IO[bytes]:
    """The whole stream as a seekable file at its start; close it. ReadError when it is larger than `limits.spool_bytes`.

    `named`: for libraries that open by name; the file is on disk from the start and gone when it is closed.
    """
    file: IO[bytes]
    if named:
        file = cast(IO[bytes], tempfile.NamedTemporaryFile())  # noqa: SIM115 - the caller closes it
    else:
        file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_MEMORY))  # noqa: SIM115 - the caller closes it
    size = 0
    while data := stream.read(_BLOCK):
        size += len(data)
        if size > limits.spool_bytes:
            file.close()
            detail = f"must be read backwards and has more than {limits.spool_bytes} bytes"
            raise ReadError(GapCode.FILE_EXCEEDS_SIZE_LIMIT, detail)
        file.write(data)
    file.seek(0)
    return file
