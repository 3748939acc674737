"""Encodings that carry their own check: base64 of a fixed length, EIP-55, bech32, base58check. Pure functions."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final
from urllib.parse import unquote

_NO_TEXT: Final = re.compile(r"[^A-Za-f]")
"""What the first of four characters is only if the first of three bytes is no ASCII."""
_SIXTY_FOUR: Final = re.compile(r"[A-Za-z0-9+/]{85}[AQgw](?:==)?")


def sixty_four_bytes(text: str) -> str | None:
    """64 bytes in base64, escaped (`%2B`, `\\/`), URL-safe or unpadded, as the 86 characters that say them; None if it is not canonical.

    88 characters, the 86th one of `A Q g w` (facts/identifiers.md).
    """
    if not _SIXTY_FOUR.fullmatch(text):
        if "%" in text:
            text = unquote(text)
        text = (
            text.replace("\\u003d", "=").replace("\\u003D", "=").replace("\\", "").replace("-", "+").replace("_", "/")
        )
        if not _SIXTY_FOUR.fullmatch(text):
            return None
    return text[:86]


def says_text(body: str) -> bool:
    """Whether base64 without its padding stands for plain ASCII: of random bytes one in two is none."""
    return not _NO_TEXT.search(body[::4]) and base64.b64decode(body + "=" * (-len(body) % 4)).isascii()


_ROUND_CONSTANTS: Final = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip
_ROTATIONS: Final = (1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44)
_LANES: Final = (10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1)
_MASK: Final = (1 << 64) - 1


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it (padding 0x01, before FIPS 202 changed it)."""
    padded = bytearray(data + b"\x01" + b"\0" * (-(len(data) + 1) % 136))
    padded[-1] |= 0x80
    state = [0] * 25
    for start in range(0, len(padded), 136):
        for lane in range(17):
            state[lane] ^= int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
        for constant in _ROUND_CONSTANTS:
            parity = [state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20] for x in range(5)]
            for x in range(5):
                following = parity[(x + 1) % 5]
                mixed = parity[x - 1] ^ ((following << 1 | following >> 63) & _MASK)
                for y in range(0, 25, 5):
                    state[x + y] ^= mixed
            moving = state[1]
            for rotation, lane in zip(_ROTATIONS, _LANES, strict=True):
                state[lane], moving = (moving << rotation | moving >> (64 - rotation)) & _MASK, state[lane]
            for y in range(0, 25, 5):
                row = state[y : y + 5]
                for x in range(5):
                    state[y + x] = row[x] ^ (~row[(x + 1) % 5] & _MASK & row[(x + 2) % 5])
            state[0] ^= constant
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def eip55(body: str) -> str:
    """The 40 hexadecimal digits of an Ethereum address in checksum case (EIP-55)."""
    lower = body.lower()
    digest = keccak256(lower.encode()).hex()
    return "".join(c.upper() if int(nibble, 16) >= 8 else c for c, nibble in zip(lower, digest, strict=False))


_BASE58: Final = {c: i for i, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}


def base58check_ok(text: str) -> bool:
    """Whether a base58 text of 25 bytes ends in the first four bytes of its double SHA-256."""
    number = 0
    for character in text:
        if character not in _BASE58:
            return False
        number = number * 58 + _BASE58[character]
    if number >> 200:
        return False
    raw = number.to_bytes(25, "big")
    return hashlib.sha256(hashlib.sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


_BECH32: Final = {c: i for i, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}


def bech32_ok(text: str) -> bool:
    """Whether a segwit address holds its checksum (BIP 173 or BIP 350)."""
    if text not in (text.lower(), text.upper()):
        return False
    prefix, separator, data = text.lower().rpartition("1")
    if not separator or len(data) < 6 or any(c not in _BECH32 for c in data):
        return False
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + [_BECH32[c] for c in data]
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> bit & 1:
                check ^= generator
    return check in (1, 0x2BC830A3)
