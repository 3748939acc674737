"""numpy is kept from instructions that are slow on one generation of processors, and from nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.processor import FEATURES, spare_numpy

ONE = "processor\t: {number}\nvendor_id\t: {vendor}\ncpu family\t: {family}\nmodel\t\t: 17\nflags\t\t: fpu sse2 {flags}\n\n"


def cpuinfo(folder: Path, vendor: str, family: int, flags: str) -> Path:
    path = folder / "cpuinfo"
    path.write_text("".join(ONE.format(number=n, vendor=vendor, family=family, flags=flags) for n in range(64)))
    return path


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FEATURES, "")  # so that it is put back, whatever a test does
    monkeypatch.delenv(FEATURES)


@pytest.mark.parametrize(
    ("vendor", "family", "flags", "spared"),
    [
        ("AuthenticAMD", 25, "avx2 avx512f avx512_vbmi2", True),  # Zen 4
        ("AuthenticAMD", 25, "avx2", False),  # Zen 3
        ("AuthenticAMD", 26, "avx2 avx512f", False),  # Zen 5
        ("GenuineIntel", 6, "avx2 avx512f", False),
    ],
)
def test_avx512_is_left_alone_where_it_is_slow(
    tmp_path: Path, vendor: str, family: int, flags: str, spared: bool
) -> None:
    spare_numpy(cpuinfo(tmp_path, vendor, family, flags))
    assert ("X86_V4" in os.environ.get(FEATURES, "").split()) is spared


def test_what_the_user_chose_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FEATURES, "AVX512_SPR")
    spare_numpy(cpuinfo(tmp_path, "AuthenticAMD", 25, "avx512f"))
    assert os.environ[FEATURES] == "AVX512_SPR"


def test_a_system_that_does_not_tell_is_left_as_it_is(tmp_path: Path) -> None:
    spare_numpy(tmp_path / "missing")
    assert FEATURES not in os.environ


def test_numpy_sorts_rightly_and_says_nothing_of_it(tmp_path: Path) -> None:
    """Names that this numpy does not know must neither stop it nor be told to the user."""
    spare_numpy(cpuinfo(tmp_path, "AuthenticAMD", 25, "avx512f"))
    code = "import numpy as np; keys = np.arange(9999, 0, -1, dtype=np.uint64); keys.sort(); print(keys[0], keys[-1])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1 9999\n", "")
