"""What numpy must not do on some processors.

AMD's fourth generation of Zen has AVX-512, and takes some hundred cycles for the one instruction of it that numpy's sort lives on
(compressing into memory). Without AVX-512 a million keys are sorted there in 10 ms instead of 60, and an audit of a long table needs
an eighth less processor time: `benchmarks/README.md`, "Long tables".
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FEATURES: Final = "NPY_DISABLE_CPU_FEATURES"
"""The variable by which numpy, when it is imported, is told what to leave alone (numpy's "CPU/SIMD optimizations")."""
_AVX512: Final = "X86_V4 AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL AVX512_SPR"
"""By the names that numpy has used since 1.26; it passes over those that its version does not know."""
_ZEN_3_AND_4: Final = "25"


def spare_numpy(cpuinfo: Path = Path("/proc/cpuinfo")) -> None:
    """Keep numpy from AVX-512 where that is slower, in this process and those it starts; a choice of the user's stands.

    To be called before numpy is imported. Does nothing where the processor cannot be told (other systems than Linux).
    """
    if FEATURES not in os.environ and _is_zen_4(cpuinfo):
        os.environ[FEATURES] = _AVX512


def _is_zen_4(cpuinfo: Path) -> bool:
    try:
        with cpuinfo.open(encoding="utf-8", errors="replace") as file:
            first = file.read(4096).partition("\n\n")[0]  # all processors of a machine are alike
    except OSError:
        return False
    facts = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first.split("\n"))}
    amd = facts.get("vendor_id") == "AuthenticAMD" and facts.get("cpu family") == _ZEN_3_AND_4
    return amd and "avx512f" in facts.get("flags", "").split()  # Zen 3 has none
