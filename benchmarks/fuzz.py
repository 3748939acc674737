"""Damaged files of every format, read as an audit reads them: `make fuzz` (FUZZ_SECONDS=60, SEED=1).

    python -m benchmarks.fuzz --seconds 300 --seed 7          # all formats in turn, for so long altogether
    python -m benchmarks.fuzz --mutations 1000 --only pdf,ole # so many of each of these
    python -m benchmarks.fuzz --seed 7 --replay pdf:512       # one of them again

The samples of tests/contract/samples.py are flipped, cut, spliced with one another, given absurd lengths, and put into archives; each goes
through the audit's own worker processes. What must hold of each: no extractor raises, no worker dies or takes longer than its time, and
every canary that stands in the damaged bytes is found, or there is a gap. Each file that breaks this is kept in `fuzz-output/` with
a name that says which it was and what went wrong; the exit code is then 1.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import re
import sys
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any, BinaryIO, Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/contract"))

from samples import CANARIES, PACKED, SAMPLES  # noqa: E402 - found by the line above

from auditor.extractors.identify import choose  # noqa: E402
from auditor.extractors.limits import Limits  # noqa: E402
from auditor.fingerprint import fingerprint  # noqa: E402
from auditor.ledger import Block, Event, Missed, Values  # noqa: E402
from auditor.model.asset import Asset, Gap, GapCode  # noqa: E402
from auditor.model.rule import Pattern, RecognizerRule, Ruleset  # noqa: E402
from auditor.model.text import Bilingual  # noqa: E402
from auditor.workers.feed import Order  # noqa: E402
from auditor.workers.pool import Pool  # noqa: E402
from auditor.workers.source import Source  # noqa: E402
from auditor.workers.worker import Setup  # noqa: E402

KEY: Final = bytes(32)
ENTITY: Final = "CANARY"
SECONDS: Final = 20.0
"""Processor time that a damaged file of some kilobytes may take."""
CHECKED: Final = frozenset({"archive/zip", "archive/tgz", "archive/bz2", "archive/xz", "office", "spreadsheet", "git"})
"""Compressed with a checksum: all canaries are found, or there is a gap."""
_LENGTHS: Final = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80", b"\x01\0\0\0", b"\xff\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One damaged file. `kinds` are the samples it was made of, `inner` its bytes before they were put into an archive."""

    label: str
    name: str
    data: bytes
    inner: bytes
    kinds: tuple[str, ...]
    spliced: bool

    def expected(self) -> list[str]:
        """The canaries that must be found where there is no gap."""
        if self.kinds[0] in CHECKED and not self.spliced and choose(self.inner[:65_536], self.name) != "text":
            return CANARIES
        if any(kind in PACKED for kind in self.kinds):
            return []
        text = self.inner.decode("utf-16-le" if "text/utf-16" in self.kinds else "latin-1", "replace")
        if (
            "rtf" in self.kinds
        ):  # behind a letter or a backslash it is a control word; two-byte characters may swallow what follows
            text = (
                " ".join(re.findall(r"(?<![A-Za-z0-9\\\x80-\xff])CANARY\d{4}X", text))
                if text.startswith("{\\rtf1\\")
                else ""
            )
        return [canary for canary in CANARIES if canary in text]


def mutants(kind: str, seed: int) -> Iterator[Mutant]:
    """Damaged files of one kind without end, the same ones for the same seed."""
    for number in count():
        yield mutant(kind, seed, number)


def mutant(kind: str, seed: int, number: int) -> Mutant:
    """One of them."""
    chance = random.Random(f"{seed}/{kind}/{number}")
    name, whole = SAMPLES[kind]
    kinds: tuple[str, ...] = (kind,)
    spliced = chance.random() < 0.1
    if spliced:
        other = chance.choice(sorted(SAMPLES))
        kinds = (kind, other)
        tail = SAMPLES[other][1]
        data = bytearray(whole[: chance.randrange(1, len(whole))] + tail[chance.randrange(len(tail)) :])
    else:
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            _damage(data, chance)
    inner = bytes(data)
    name, outer = _wrapped(name, inner, chance)
    return Mutant(
        label=f"{kind.replace('/', '-')}:{number}", name=name, data=outer, inner=inner, kinds=kinds, spliced=spliced
    )


def _damage(data: bytearray, chance: random.Random) -> None:
    """One kind of damage, in place."""
    if not data:
        return
    at = chance.randrange(len(data))
    size = chance.choice((1, 4, 16, 200, 4096))
    match chance.randrange(7):
        case 0 | 1:
            for _ in range(chance.choice((1, 1, 4, 40))):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 2:
            del data[at:]
        case 3:
            del data[at : at + size]
        case 4:
            data[at:at] = data[chance.randrange(len(data)) :][:size]
        case 5:
            length = chance.choice(_LENGTHS)
            data[at : at + len(length)] = length
        case _:
            data[at : at + size] = chance.choice((bytes(size), chance.randbytes(size), b"[" * size, b"<a>" * size))


def _wrapped(name: str, data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """Sometimes within an archive, which is whole."""
    out = io.BytesIO()
    match chance.randrange(12):
        case 0:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, data)
            return "outer.zip", out.getvalue()
        case 1:
            with tarfile.open(fileobj=out, mode="w") as tar:
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
            return "outer.tar", out.getvalue()
        case 2:
            return f"{name}.gz", gzip.compress(data, mtime=0)
    return name, data


class Memory:
    """A scanner of files that are held in memory."""

    parallel = True

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def open(self, asset: Asset) -> AbstractContextManager[BinaryIO]:
        """The file's bytes."""
        return io.BytesIO(self.held[asset.path])

    def scan(self) -> Iterator[Any]:
        """Nothing: files are submitted one by one."""
        return iter(())

    probe = scan

    def close(self) -> None:
        """Nothing is open."""


@dataclass(slots=True)
class Result:
    """What a worker said of one file."""

    seen: set[bytes] = field(default_factory=set)
    gaps: list[Gap] = field(default_factory=list)


class Listener:
    """One worker's events, by the number of the file they are of."""

    def __init__(self, results: dict[int, Result]) -> None:
        self._results = results
        self._at = -1

    def asset_begins(self, index: int) -> None:
        """The events of this file come now."""
        self._at = index

    def apply(self, event: Event) -> None:
        """Note what was found and what was not read."""
        result = self._results[self._at]
        match event:
            case Values(_, matches):
                result.seen.update(int.from_bytes(match.fingerprint[:8]) for match, _ in matches)
            case Block(_, keys, _):
                result.seen.update(keys.tolist())
            case Missed(gap):
                result.gaps.append(gap)

    def asset_ends(self) -> None:
        """Nothing is open."""


class Fuzzer:
    """Submits mutants to a pool and judges what comes back."""

    def __init__(self, workers: int, keep: Path) -> None:
        self._keep = keep
        self._scanner = Memory()
        self._source = Source(self._scanner, KEY)
        self._results: dict[int, Result] = {}
        self._numbers: dict[str, int] = {}
        self._submitted = 0
        self.counts: Counter[str] = Counter()
        self.findings: list[str] = []
        self._prints = {canary: fingerprint(KEY, ENTITY, canary) for canary in CANARIES}
        self._pool = Pool(
            _setup, workers, lambda: Listener(self._results), gap=self._gap, begins=lambda _: None, read=lambda _: None
        )

    def __enter__(self) -> Fuzzer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def submit(self, mutant: Mutant) -> None:
        """Have one read; it is judged when the worker is done."""
        index = self._submitted
        self._submitted += 1
        path = f"/fuzz/{index}/{mutant.name}"
        self._scanner.held[path] = mutant.data
        self._results[index] = Result()
        self._numbers[path] = index
        began = time.monotonic()

        def done(_gaps: int) -> None:
            del self._scanner.held[path]
            del self._numbers[path]
            self._judge(mutant, self._results.pop(index), time.monotonic() - began)

        self._pool.submit(Order(index, self._source, Asset(target="fuzz", path=path, size=len(mutant.data))), done)

    def finish(self) -> None:
        """Wait for all."""
        self._pool.finish()

    def _gap(self, gap: Gap) -> None:
        self._results[self._numbers[gap.path]].gaps.append(gap)

    def _judge(self, mutant: Mutant, result: Result, seconds: float) -> None:
        self.counts[mutant.kinds[0]] += 1
        why = self._fault(mutant, result, seconds)
        if why:
            self._keep.mkdir(exist_ok=True)
            name = re.sub(r"[^\w.-]+", "_", f"{mutant.label}-{why[:60]}-{mutant.name}")
            (self._keep / name).write_bytes(mutant.data)
            self.findings.append(f"{mutant.label} {'+'.join(mutant.kinds)} as {mutant.name}: {why}")
            print(self.findings[-1], flush=True)

    def _fault(self, mutant: Mutant, result: Result, seconds: float) -> str:
        for gap in result.gaps:
            if gap.code in (GapCode.WORKER_CRASHED, GapCode.TIME_CUT_OFF_REACHED):
                return f"{gap.code} {gap.detail}"
            if gap.code == GapCode.UNABLE_TO_PARSE_FILE and "extractor failed" in gap.detail:
                return f"raised: {gap.detail}"
        if seconds > 3 * SECONDS:
            return f"slow: {seconds:.0f} s"
        missing = [canary for canary in mutant.expected() if self._prints[canary] not in result.seen]
        if missing and not result.gaps:
            return f"lost {len(missing)} without a gap, the first {missing[0]}"
        return ""


def _setup(folder: str) -> Setup:
    title = Bilingual(en="Canary", ko="카나리아")
    rule = RecognizerRule(
        id="canary", entity=ENTITY, title=title, sensitivity="profile",
        patterns=(Pattern(name="canary", regex="CANARY[0-9]{4}X", score=0.9),),
    )  # fmt: skip
    return Setup(
        ruleset=Ruleset(recognizers=(rule,), policies=(), profiles=(), digest=""), key=KEY, folder=folder,
        limits=Limits(seconds_per_asset=SECONDS), encodings=("cp949",),
        readable=(*filter(None, sys.path), sys.prefix, sys.base_prefix),
    )  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Fuzz; 1 if anything did not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long altogether (default: 60)")
    parser.add_argument("--mutations", type=int, help="so many of each format instead")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other files (default: 1)")
    parser.add_argument("--only", help="formats, such as pdf,archive/zip (default: all)")
    parser.add_argument("--replay", metavar="FORMAT:NUMBER", help="only this one")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default: 2)")
    parser.add_argument("--keep", type=Path, default=ROOT / "fuzz-output", help="where files that break it go")
    options = parser.parse_args(arguments)
    kinds = options.only.split(",") if options.only else sorted(SAMPLES)
    with Fuzzer(options.workers, options.keep) as fuzzer:
        if options.replay:
            kind, _, number = options.replay.partition(":")
            known = {each.replace("/", "-"): each for each in SAMPLES}
            fuzzer.submit(mutant(known.get(kind, kind), options.seed, int(number)))
        elif options.mutations:
            for kind in kinds:
                for number in range(options.mutations):
                    fuzzer.submit(mutant(kind, options.seed, number))
        else:
            until = time.monotonic() + options.seconds
            sources = [mutants(kind, options.seed) for kind in kinds]
            for each in cycle(sources):
                if time.monotonic() > until:
                    break
                fuzzer.submit(next(each))
        fuzzer.finish()
    least, most = min(fuzzer.counts.values(), default=0), max(fuzzer.counts.values(), default=0)
    print(
        f"seed {options.seed}: {fuzzer.counts.total():,} damaged files of {len(fuzzer.counts)} formats "
        f"({least:,} to {most:,} of each), {len(fuzzer.findings)} broke the contract"
    )
    if fuzzer.findings:
        print(
            f"kept in {options.keep}; one again: python -m benchmarks.fuzz --seed {options.seed} --replay FORMAT:NUMBER"
        )
    return 1 if fuzzer.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
