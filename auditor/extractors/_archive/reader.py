"""libarchive, read from a stream that only goes forward. Nothing is ever written by a member's name.

The library is found by libarchive-c; its functions are bound here again, because libarchive-c's own bindings log messages
with a vendor's file names in them and cannot tell a warning from a failure.
"""

from __future__ import annotations

import ctypes
import locale
from collections.abc import Iterator
from contextlib import suppress
from ctypes import POINTER, byref, c_char_p, c_int, c_int64, c_size_t, c_ssize_t, c_void_p
from functools import cache
from typing import IO, Any, Final

from auditor.errors import ReadError
from auditor.extractors._archive import gunzip
from auditor.extractors._archive.gunzip import Gunzip
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.extractors.spool import spool as spooled
from auditor.model.asset import GapCode
from auditor.model.noun import noun
from auditor.model.text import printable

OK: Final = 0
EOF: Final = 1
RETRY: Final = -10
WARN: Final = -20
FAILED: Final = -25
FATAL: Final = -30
_BLOCK: Final = 256 << 10
_TAIL: Final = 128 << 10
_SKIPPED: Final = "Skipped"

# Left out on purpose: mtree reads the auditor's own files by name, grzip, lrzip and lzop start programs.
_FORMATS: Final = (
    "tar",
    "zip",
    "7zip",
    "rar",
    "rar5",
    "cab",
    "cpio",
    "ar",
    "iso9660",
    "lha",
    "xar",
    "warc",
    "empty",
    "raw",
)
_FILTERS: Final = ("gzip", "bzip2", "compress", "lzma", "xz", "lzip", "zstd", "lz4", "rpm")
# SFTP and S3 streams cannot seek: formats whose directory stands at the end are spooled first.
_BACKWARD: Final = (b"7z\xbc\xaf\x27\x1c",)
_READ: Final = ctypes.CFUNCTYPE(c_ssize_t, c_void_p, c_void_p, POINTER(c_void_p))
_SEEK: Final = ctypes.CFUNCTYPE(c_int64, c_void_p, c_void_p, c_int64, c_int)
_OPEN: Final = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)
_FUNCTIONS: Final[dict[str, tuple[Any, ...]]] = {
    "read_new": (c_void_p,),
    "read_free": (c_int, c_void_p),
    "read_open": (c_int, c_void_p, c_void_p, _OPEN, _READ, _OPEN),
    "read_set_seek_callback": (c_int, c_void_p, _SEEK),
    "read_set_options": (c_int, c_void_p, c_char_p),
    "read_add_passphrase": (c_int, c_void_p, c_char_p),
    "read_next_header2": (c_int, c_void_p, c_void_p),
    "read_data_block": (c_int, c_void_p, POINTER(c_void_p), POINTER(c_size_t), POINTER(c_int64)),
    "error_string": (c_char_p, c_void_p),
    "format": (c_int, c_void_p),
    "filter_count": (c_int, c_void_p),
    "read_header_position": (c_int64, c_void_p),
    "filter_bytes": (c_int64, c_void_p, c_int),
    "entry_new": (c_void_p,),
    "entry_free": (None, c_void_p),
    "entry_pathname": (c_char_p, c_void_p),
    "entry_pathname_utf8": (c_char_p, c_void_p),
    "entry_hardlink": (c_char_p, c_void_p),
    "entry_filetype": (c_int, c_void_p),
    "entry_size": (c_int64, c_void_p),
    "entry_size_is_set": (c_int, c_void_p),
    "entry_mtime": (c_int64, c_void_p),
    "entry_mtime_is_set": (c_int, c_void_p),
    "entry_is_data_encrypted": (c_int, c_void_p),
    "entry_is_metadata_encrypted": (c_int, c_void_p),
}
FORMAT_ZIP: Final = 0x50000
FORMAT_TAR: Final = 0x30000
FORMAT_CPIO: Final = 0x10000
FORMAT_RAW: Final = 0x90000
FORMAT_EMPTY: Final = 0x60000
_FORMAT_MASK: Final = 0xFF0000


class LibraryMissingError(Exception):
    """libarchive is not installed, or too old."""


@cache
def library() -> dict[str, Any]:
    """libarchive's functions by their names without `archive_`. LibraryMissingError if it cannot be loaded."""
    _use_utf8()
    try:
        from libarchive import ffi

        handle = ffi.libarchive
        functions = {
            name: ctypes.CFUNCTYPE(result, *arguments)((f"archive_{name}", handle))
            for name, (result, *arguments) in _FUNCTIONS.items()
        }
        for kind, names in (("format", _FORMATS), ("filter", _FILTERS)):
            for name in names:
                with suppress(AttributeError):  # an older library lacks some: those files come as unreadable
                    function = ctypes.CFUNCTYPE(c_int, c_void_p)((f"archive_read_support_{kind}_{name}", handle))
                    functions[f"support_{kind}_{name}"] = function
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise LibraryMissingError(type(error).__name__) from None
    return functions


def _use_utf8() -> None:
    """libarchive converts names into the C locale's character set: under `LC_ALL=C` Korean names would come out empty.

    Only LC_CTYPE, and only for C libraries: Python decides on its own encodings when it starts.
    """
    if hasattr(locale, "nl_langinfo") and locale.nl_langinfo(locale.CODESET).upper() not in ("UTF-8", "UTF8"):
        for name in ("C.UTF-8", "en_US.UTF-8", "UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return


@noun
class Entry:
    """What an archive says of one member. `kind` holds the POSIX type bits, 0 if the format has none."""

    name: bytes
    kind: int
    hard_link: bool
    size: int | None
    modified: int | None
    encrypted: bool
    warning: str


class ArchiveReader:
    """One archive being read. Use as a context manager; `entries` goes over it once."""

    def __init__(self, stream: Readable, head: bytes, budget: Budget, passwords: tuple[str, ...] = ()) -> None:
        self._library = library()
        self._gunzip = Gunzip(stream) if head.startswith(gunzip.MAGIC) else None
        self._stream: Readable | IO[bytes] = self._gunzip or stream
        self._budget = budget
        self._passwords = passwords
        self._spool: IO[bytes] | None = None
        self._backward = head.startswith(_BACKWARD)
        self._block = b""
        self._archive: int | None = None
        self._entry: int | None = None
        self.damaged = ""  # why members may have been left out
        self.consumed = 0
        self.last = 0  # where, decompressed, the last member ends that was met, but for its header's size
        self.end = 0  # how many bytes, decompressed, the members took with their headers
        self._last = b""
        self._format = 0
        self._held = memoryview(b"")
        self._at = self._hole = 0

    def __enter__(self) -> ArchiveReader:
        """Open it. ReadError if it cannot be."""
        if self._backward:
            self._spool_up()
        self._archive = self._library["read_new"]()
        self._entry = self._library["entry_new"]()
        for name, function in self._library.items():
            if name.startswith("support_"):
                function(self._archive)
        self._library["read_set_options"](self._archive, b"tar:read_concatenated_archives=1")
        for password in self._passwords:
            if password:  # libarchive tries them in turn
                self._library["read_add_passphrase"](self._archive, password.encode())
        self._callbacks = (_OPEN(lambda *_: OK), _READ(self._read), _OPEN(lambda *_: OK))
        if self._spool is not None:
            self._seek_callback = _SEEK(self._seek)
            self._library["read_set_seek_callback"](self._archive, self._seek_callback)
        if self._library["read_open"](self._archive, None, *self._callbacks) < WARN:
            error = self.error()
            self.__exit__()
            raise error
        return self

    def __exit__(self, *_: object) -> None:
        if self._entry is not None:
            self._library["entry_free"](self._entry)
            self._entry = None
        if self._archive is not None:
            self._library["read_free"](self._archive)
            self._archive = None
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def entries(self) -> Iterator[Entry]:
        """Each member in the archive's order. ReadError where it cannot be read on."""
        while True:
            status = self._library["read_next_header2"](self._archive, self._entry)
            if status == EOF:
                self.end = int(self._library["filter_bytes"](self._archive, 0))
                return
            if status == RETRY:  # a damaged header: libarchive looks for the next one
                self.damaged = self.damaged or self.message() or "a damaged header"
                self._budget.check()
                continue
            if status < WARN:
                raise self.error()
            self._held, self._at, self._hole = memoryview(b""), 0, 0
            warning = self.message() if status == WARN else ""
            if warning.startswith(_SKIPPED):  # cpio: bytes between two members that are neither
                self.damaged = self.damaged or warning
            yield self._described(warning)

    def _described(self, warning: str) -> Entry:
        call, entry = self._library, self._entry
        name = call["entry_pathname"](entry)
        if name is None:
            name = call["entry_pathname_utf8"](entry) or b""
        size = call["entry_size"](entry) if call["entry_size_is_set"](entry) else None
        if self.format == FORMAT_CPIO:
            self.last = int(call["read_header_position"](self._archive)) + len(name) + (size or 0)
        return Entry(
            name=name,
            kind=call["entry_filetype"](entry) & 0o170000,
            hard_link=call["entry_hardlink"](entry) is not None,
            size=size,
            modified=call["entry_mtime"](entry) if call["entry_mtime_is_set"](entry) else None,
            encrypted=bool(call["entry_is_data_encrypted"](entry) or call["entry_is_metadata_encrypted"](entry)),
            warning=warning,
        )

    @property
    def tail(self) -> bytes:
        """The last 128 KiB that were taken from the stream."""
        return self._last[-_TAIL:]

    @property
    def format(self) -> int:
        """FORMAT_ZIP, FORMAT_RAW or another, once an entry was read."""
        if not self._format:
            self._format = int(self._library["format"](self._archive)) & _FORMAT_MASK
        return self._format

    @property
    def compressed(self) -> bool:
        """Whether the whole stream was compressed."""
        return self._gunzip is not None or bool(self._library["filter_count"](self._archive) > 1)

    @property
    def unpacking(self) -> str:
        """What is wrong with the compression around the archive; "" if nothing is. Ask after `drain`."""
        return self._gunzip.damaged if self._gunzip is not None else ""

    def read(self, size: int) -> bytes:
        """Up to `size` bytes of the current member, maybe fewer. ReadError if they are damaged or encrypted.

        By blocks: libarchive's own reading into a buffer drops what it has put there when the next block fails.
        """
        if not self._held:
            pointer, count, offset = c_void_p(), c_size_t(), c_int64()
            status = self._library["read_data_block"](self._archive, byref(pointer), byref(count), byref(offset))
            if status == EOF:
                return b""
            if status < OK:  # WARN too: libarchive says so of a damaged end that it could still deliver
                raise self.error()
            hole = offset.value - self._at  # of a sparse file
            if hole > 0:
                filled = min(hole, size, _BLOCK)
                self._at += filled
                self._hole = hole - filled
                self._held = memoryview(ctypes.string_at(pointer, count.value))
                return bytes(filled)
            self._held = memoryview(ctypes.string_at(pointer, count.value))
        if self._hole:
            filled = min(self._hole, size, _BLOCK)
            self._at += filled
            self._hole -= filled
            return bytes(filled)
        data, self._held = bytes(self._held[:size]), self._held[size:]
        self._at += len(data)
        return data

    def skip(self) -> None:
        """Go over the rest of the current member at the budget's cost. ReadError as in `read`, or when it is used up."""
        pointer, size, offset = c_void_p(), c_size_t(), c_int64()
        while True:
            status = self._library["read_data_block"](self._archive, byref(pointer), byref(size), byref(offset))
            if status == EOF:
                return
            if status < OK:
                raise self.error()
            self._budget.expand(size.value)
            self._budget.check()

    def message(self) -> str:
        """libarchive's own words on what went wrong."""
        text = self._library["error_string"](self._archive)
        return printable(text.decode("utf-8", "backslashreplace"))[:200] if text else ""

    def error(self) -> ReadError:
        """What went wrong, as a ReadError with its code."""
        message = self.message() or "the archive ends too early or is damaged"
        low = message.lower()
        if "encrypt" in low or "passphrase" in low:
            return ReadError(GapCode.PASSWORD_PROTECTED, f"encrypted: {message}")
        if "too many filters" in low:
            return ReadError(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, message)
        if "unsupported" in low or "not supported" in low or "unrecognized" in low:
            return ReadError(GapCode.UNSUPPORTED_FILE_TYPE, message)
        return ReadError(GapCode.MALFORMED_FILE, message)

    def drain(self) -> None:
        """Read the stream to its end, so that `consumed` and `tail` (its last 128 KiB) are those of the whole file."""
        if self._spool is None:
            while self._take():
                pass

    def _take(self) -> bytes:
        data = self._stream.read(_BLOCK)
        self.consumed += len(data)
        if len(data) >= _TAIL:
            self._last = data
        elif data:
            self._last = self._last[-_TAIL:] + data
        return data

    def _read(self, _archive: Any, _context: Any, pointer: Any) -> int:
        """libarchive asks for bytes. Nothing may be raised through C."""
        self._block = self._take()
        pointer[0] = ctypes.cast(c_char_p(self._block), c_void_p)
        return len(self._block)

    def _seek(self, _archive: Any, _context: Any, offset: int, whence: int) -> int:
        assert self._spool is not None
        try:
            return self._spool.seek(offset, whence)
        except (OSError, ValueError):
            return FATAL

    def _spool_up(self) -> None:
        """Copy the stream where it can be read backwards."""
        spool = spooled(self._stream, self._budget.limits)
        self._spool = spool
        self._stream = spool
