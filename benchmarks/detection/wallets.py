"""Synthetic wallet addresses with right checksums: EIP-55, bech32, base58check. Random bytes, nobody's key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random

_B58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_B32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_MASK = (1 << 64) - 1
_ROTATIONS = ((0, 36, 3, 41, 18), (1, 44, 10, 45, 2), (62, 6, 43, 15, 61), (28, 55, 25, 21, 56), (27, 20, 39, 8, 14))


def _round_constants() -> Iterator[int]:
    state = 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if state & 1:
                constant |= 1 << ((1 << j) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        yield constant


def _rotate(value: int, by: int) -> int:
    return ((value << by) | (value >> (64 - by))) & _MASK if by else value


def keccak_256(data: bytes) -> bytes:
    """Ethereum's hash (the padding differs from hashlib's sha3_256). At most 135 bytes."""
    block = bytearray(data + bytes(136 - len(data)))
    block[len(data)] ^= 0x01
    block[135] ^= 0x80
    a = [[0] * 5 for _ in range(5)]
    for i in range(17):
        a[i % 5][i // 5] = int.from_bytes(block[8 * i : 8 * i + 8], "little")
    for constant in _round_constants():
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ _rotate(c[(x + 1) % 5], 1) for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                b[y][(2 * x + 3 * y) % 5] = _rotate(a[x][y] ^ d[x], _ROTATIONS[x][y])
        a = [[b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y] & _MASK) for y in range(5)] for x in range(5)]
        a[0][0] ^= constant
    return b"".join(a[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def eip55(address: str) -> str:
    """Forty hexadecimal digits in the case that is their checksum, with 0x."""
    digest = keccak_256(address.lower().encode()).hex()
    return "0x" + "".join(c.upper() if int(h, 16) >= 8 else c for c, h in zip(address.lower(), digest, strict=False))


def ethereum(chance: Random, *, mixed: bool) -> str:
    """0x and forty digits, lower case or EIP-55."""
    digits = chance.randbytes(20).hex()
    return eip55(digits) if mixed else "0x" + digits


def base58check(chance: Random, version: int) -> str:
    """A Bitcoin address that starts with 1 (version 0) or 3 (version 5)."""
    payload = bytes([version]) + chance.randbytes(20)
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, text = int.from_bytes(payload, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        text = _B58[rest] + text
    return "1" * (len(payload) - len(payload.lstrip(b"\0"))) + text


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if (top >> i) & 1 else 0
    return check


def bech32(chance: Random) -> str:
    """A bc1q… address (20 bytes, witness version 0)."""
    number = int.from_bytes(chance.randbytes(20), "big")
    data = [0] + [(number >> (5 * i)) & 31 for i in reversed(range(32))]
    prefix = [3, 3, 0, 2, 3]  # "bc", expanded
    check = _polymod(prefix + data + [0] * 6) ^ 1
    data += [(check >> 5 * (5 - i)) & 31 for i in range(6)]
    return "bc1" + "".join(_B32[d] for d in data)
