"""The register file's frame: header, index, trailer, the keys derived for it, and its seal (docs/register.md).

The seal is one HMAC over every byte before it. SQLite and plain files keep quiet about most flipped bits
(facts/faults.md 4); a register with one wrong byte is refused, as it would call a leaked customer a stranger.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO, Final

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from auditor.model.noun import noun

MAGIC: Final = b"AUDREG\r\n"
"""A transfer in text mode would change the line end, and be noticed."""

VERSION: Final = 2
HEADER: Final = struct.Struct("<8sII8s32s8x")  # magic, version, 0, key id, salt: 64 bytes
TRAILER: Final = struct.Struct("<QQ32s")  # where the index starts, its length, the seal: 48 bytes
SEAL_BYTES: Final = 32
KEPT: Final = 12
"""Bytes kept of a fingerprint. A thousand million strange values against 165 million records (55 million customers, three
values each) meet one by chance with a probability of 10⁹ · 1.65·10⁸ / 2⁹⁶ ≈ 2·10⁻¹²."""

RECORD_BYTES: Final = 16
MANY: Final = 0xFFFFFFFF
"""Stands for the customer of a value that more than MOST_SHARING of them share."""

MOST_SHARING: Final = 100
"""More customers than this share no identifier: 010-0000-0000 is a placeholder, a common name is nobody's own. Such a value
counts as met in the register and points to no customer."""

MOST_CUSTOMERS: Final = MANY
BLOCK: Final = 1 << 16
"""Customers whose references are encrypted together, in slots of one width."""

LONGEST_REFERENCE: Final = 64
_CHUNK: Final = 1 << 22


@noun
class Section:
    """The records of one entity, sorted by fingerprint.

    `identifies`: a value of it names a customer (else it only resembles one: a nickname, a birth date). `values` are
    distinct, `shared` of them stand for MANY. `offset` is in bytes from the file's start.
    """

    entity: str
    identifies: bool
    offset: int
    records: int
    values: int
    shared: int


@noun
class Index:
    """What a register holds. `blocks` has (offset, slot width) of each block of references; None: row numbers are meant."""

    created: datetime
    tool: str
    customers: int
    sections: tuple[Section, ...]
    blocks: tuple[tuple[int, int], ...] | None

    def to_json(self) -> bytes:
        """The index as it stands in the file."""
        sections = [asdict(section) for section in self.sections]
        value = {
            "created": self.created.isoformat(), "tool": self.tool, "customers": self.customers, "sections": sections,
            "references": None if self.blocks is None else {"block": BLOCK, "blocks": self.blocks},
        }  # fmt: skip
        return json.dumps(value).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Index:
        """Reverse of `to_json`. ValueError, KeyError or TypeError if it is not one."""
        value: Mapping[str, Any] = json.loads(data)
        references = value["references"]
        return cls(
            created=datetime.fromisoformat(value["created"]),
            tool=str(value["tool"]),
            customers=int(value["customers"]),
            sections=tuple(Section(**section) for section in value["sections"]),
            blocks=None if references is None else tuple((int(at), int(width)) for at, width in references["blocks"]),
        )


def header(key_id: str, salt: bytes) -> bytes:
    """The file's first 64 bytes. `key_id` is `auditor.fingerprint.key_id`'s 16 hexadecimal digits, `salt` 32 bytes."""
    return HEADER.pack(MAGIC, VERSION, 0, bytes.fromhex(key_id), salt)


def derived(key: bytes, salt: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose in one file: HKDF-SHA-256 (RFC 5869) of the key file's key under the file's salt."""
    return HKDF(SHA256(), length=32, salt=salt, info=f"auditor register {VERSION} {purpose}".encode()).derive(key)


def keystream(key: bytes, salt: bytes, block: int) -> CipherContext:
    """AES-256-CTR for one block of references; the block's number is the counter's upper half, so no stream is used twice."""
    counter = block.to_bytes(8) + bytes(8)
    return Cipher(AES(derived(key, salt, "references")), CTR(counter)).encryptor()  # CTR decrypts by encrypting


class SealedWriter:
    """Writes a file from its first byte to its last, sealing as it goes."""

    def __init__(self, file: BinaryIO, key: bytes, salt: bytes) -> None:
        self._file = file
        self._seal = hmac.new(derived(key, salt, "seal"), digestmod=hashlib.sha256)
        self.offset = 0

    def write(self, data: bytes | memoryview) -> None:
        """The next bytes."""
        self._file.write(data)
        self._seal.update(data)
        self.offset += len(data)

    def copy(self, source: BinaryIO) -> None:
        """All of another file from its start."""
        source.seek(0)
        while chunk := source.read(_CHUNK):
            self.write(chunk)

    def align(self) -> int:
        """Fill up to a multiple of eight bytes, as the arrays that follow need; where that is."""
        self.write(bytes(-self.offset % 8))
        return self.offset

    def finish(self, index: Index) -> None:
        """Index and trailer, with the seal as the very last bytes."""
        start, data = self.align(), index.to_json()
        self.write(data)
        self.write(TRAILER.pack(start, len(data), b"")[:-SEAL_BYTES])
        self._file.write(self._seal.digest())
        self._file.flush()


def seal_holds(file: BinaryIO, size: int, key: bytes, salt: bytes) -> bool:
    """Whether a file of `size` bytes is what `SealedWriter` wrote. Reads all of it: about a second a gigabyte."""
    seal = hmac.new(derived(key, salt, "seal"), digestmod=hashlib.sha256)
    file.seek(0)
    left = size - SEAL_BYTES
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        seal.update(chunk)
        left -= len(chunk)
    return left == 0 and hmac.compare_digest(seal.digest(), file.read(SEAL_BYTES + 1))
