"""Detection beside ripgrep and plain Presidio on the same bytes, in CPU seconds, in one run: `make bench`.

ripgrep searches for the patterns of the gates, one thread: it tells which lines may hold something, and nothing more. Plain
Presidio is `AnalyzerEngine` with its own Korean and general pattern recognisers, no model, one call a line: what one would
write in an afternoon. Only the ratios count, as machines differ.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from testbed.people import people

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

PRESIDIO_LINES = 1_500
BLOCK_LINES = 20_000
PEOPLE = 17_551


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Some text, and the name of the file that it stands for."""

    name: str
    file: str
    text: str


def source_code() -> Corpus:
    """Python's own library, as installed: source code that nobody here wrote. Without its tests."""
    files = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    return Corpus(name="source code", file="lib.py", text="\n".join(path.read_text("utf-8", "replace") for path in files)[:6_000_000])  # fmt: skip


def negative_log(chance: random.Random, lines: int = 40_000) -> Corpus:
    """Log lines without personal data: times, levels, numbers, identifiers."""
    words = ["GET", "POST", "cache", "miss", "hit", "retry", "user", "session", "order", "shipped", "worker", "queue", "took", "ms", "ok", "error", "timeout"]  # fmt: skip
    text = "\n".join(
        f"2026-06-15T03:{chance.randrange(60):02}:{chance.randrange(60):02}.{chance.randrange(1000):03}Z INFO "
        f"[worker-{chance.randrange(64)}] {' '.join(chance.choices(words, k=9))} id={chance.randrange(10**9):x} n={chance.randrange(10**6)}"
        for _ in range(lines)
    )
    return Corpus(name="negative log", file="app.log", text=text)


def lock_file(chance: random.Random, packages: int = 12_000) -> Corpus:
    """A package-lock.json: SHA-512 values in base64, each of which has a CI's shape."""
    import base64

    text = "\n".join(
        f'    "node_modules/pack-{number}": {{\n      "version": "{chance.randrange(20)}.{chance.randrange(40)}.{chance.randrange(9)}",\n'
        f'      "resolved": "https://registry.npmjs.org/pack-{number}/-/pack-{number}-1.0.0.tgz",\n'
        f'      "integrity": "sha512-{base64.b64encode(chance.randbytes(64)).decode()}",\n      "license": "MIT"\n    }},'
        for number in range(packages)
    )
    return Corpus(name="lock file", file="package-lock.json", text=text)


def dense_log(chance: random.Random, lines: int = 8_000) -> Corpus:
    """A log with a phone number or a CI in every line."""
    written = []
    for person in people(lines, 5):
        what = chance.choice([f"ci={person.ci}", f"휴대폰 010-{chance.randrange(2000, 9999)}-{chance.randrange(1000, 9999)}"])  # fmt: skip
        written.append(f"2026-06-15T03:00:00Z INFO member joined {what} result=ok")
    return Corpus(name="dense log", file="app.log", text="\n".join(written))


def service_log(chance: random.Random, lines: int = 4_000) -> Corpus:
    """A service's log of eight statements: names, phones, mail addresses, birth dates, nicknames, addresses of clients, CIs."""
    written = []
    for person in people(lines, 5):
        number = chance.randrange
        time = f"2026-06-15 {number(24):02}:{number(60):02}:{number(60):02}.{number(1000):03}"
        moment = f"{time.replace(' ', 'T')}Z"
        client = f"{number(1, 223)}.{number(256)}.{number(256)}.{number(1, 255)}"
        mobile = person.dashed_mobile or "010-2222-3333"
        request = (
            f"{number(16**8):08x}-{number(16**4):04x}-4{number(16**3):03x}-a{number(16**3):03x}-{number(16**12):012x}"
        )
        written.append(chance.choice([
            f"{time}  INFO {number(999, 99999)} --- [nio-8080-exec-{number(1, 40)}] c.e.m.MemberService : member joined memberId={number(10**6)} name={person.name} phone={mobile} email={person.email or 'a@b-madeup.kr'}",
            f'{{"time":"{moment}","level":"info","msg":"verified","ci":"{person.ci}","reqId":"{request}"}}',
            f'{client} - - [15/Jun/2026:{number(24):02}:{number(60):02}:{number(60):02} +0900] "GET /api/members/{number(10**6)} HTTP/1.1" 200 {number(99999)} "-" "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"',
            f"{moment} INFO member joined 휴대폰 {mobile} result=ok",
            f"{time} [worker-{number(9)}] DEBUG sms.sender - send to {mobile} template=T{number(99):02} elapsed={number(999)}ms",
            f"{moment} WARN login failed nickname={person.nickname} ip={client} attempts={number(9)}",
            f"{time} INFO order created orderId={number(10**9)} amount={number(10**6)} buyer='{person.name}' mobile='{mobile}' birth={person.birth}",
            f"{moment} INFO member joined ci={person.ci} result=ok",
        ]))  # fmt: skip
    return Corpus(name="service log", file="app.log", text="\n".join(written))


def cpu(work: Callable[[], int]) -> tuple[float, int]:
    """CPU seconds of this process, and how many values were found."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def in_text(detector: Detector, corpus: Corpus) -> int:
    """How many values the auditor finds, in blocks of lines as the extractors give them."""
    from auditor.model.asset import Asset
    from auditor.model.content import Text

    asset = Asset(target="bench", path=corpus.file)
    detection = detector.asset(asset)
    lines = corpus.text.split("\n")
    found = 0
    for first in range(0, len(lines), BLOCK_LINES):
        block = "\n".join(lines[first : first + BLOCK_LINES])
        found += sum(1 for _ in detection.text(Text(asset=asset, text=block, first_line=first + 1)))
    return found + sum(1 for _ in detection.finish())


def members() -> dict[str, list[str | None]]:
    """A member table of seven columns."""
    rows = people(PEOPLE)
    return {
        "회원번호": [str(100_000 + p.number) for p in rows], "닉네임": [p.nickname for p in rows], "ci": [p.ci for p in rows],
        "휴대폰": [p.dashed_mobile for p in rows], "email": [p.email for p in rows], "생년월일": [str(p.birth or "") for p in rows],
        "지갑주소": [p.wallet for p in rows],
    }  # fmt: skip


def in_table(detector: Detector, table: dict[str, list[str | None]]) -> int:
    """How many values the auditor finds in a table, in batches as the extractors give them."""
    import pyarrow as pa

    from auditor.model.asset import Asset
    from auditor.model.content import Table

    asset = Asset(target="bench", path="members.csv")
    detection = detector.asset(asset)
    found = 0
    for first in range(0, PEOPLE, 5_000):
        arrays = tuple(pa.array(cells[first : first + 5_000], pa.string()) for cells in table.values())
        batch = Table(asset=asset, columns=tuple(table), arrays=arrays, first_row=first + 1)
        found += sum(1 for _ in detection.table(batch))
    return found + sum(1 for _ in detection.finish())


def ripgrep(gates: Sequence[str], text: str) -> float | None:
    """CPU seconds of ripgrep over the text, a run for each gate as they are separate here too; None where it is not installed."""
    command = shutil.which("rg")
    if command is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text").write_text(text, "utf-8", "replace")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        for number, gate in enumerate(gates):
            (Path(folder) / f"gate{number}").write_text(gate, "utf-8")
            limits = ["--dfa-size-limit", "1G", "--regex-size-limit", "1G"]
            done = subprocess.run([command, "--no-config", "--text", "--threads", "1", "--count", *limits, "--file", f"{folder}/gate{number}", f"{folder}/text"], capture_output=True, check=False)  # fmt: skip
            if done.returncode > 1:
                raise RuntimeError(done.stderr.decode())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def presidio() -> Any:
    """Plain Presidio's engine."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.predefined_recognizers import (  # fmt: skip
        CreditCardRecognizer,
        EmailRecognizer,
        KrRrnRecognizer,
        PhoneRecognizer,
    )

    from auditor.detectors.presidio import LANGUAGE, FieldNlpEngine

    recognizers = [
        EmailRecognizer(supported_language=LANGUAGE), CreditCardRecognizer(supported_language=LANGUAGE),
        KrRrnRecognizer(supported_language=LANGUAGE), PhoneRecognizer(supported_language=LANGUAGE, supported_regions=("KR",)),
    ]  # fmt: skip
    registry = RecognizerRegistry(recognizers=recognizers, supported_languages=[LANGUAGE])
    return AnalyzerEngine(registry=registry, nlp_engine=FieldNlpEngine(), supported_languages=[LANGUAGE])


def rows() -> Iterator[str]:
    """The table's lines."""
    from auditor.detectors.detector import Detector
    from auditor.detectors.presidio import LANGUAGE
    from auditor.rulecommands import load

    detector = Detector(load(), b"benchmark key, 16 bytes or more")
    plain = presidio()
    chance = random.Random(1)
    in_text(detector, dense_log(chance, 50))  # imports and first calls are start-up, not throughput
    plain.analyze("warm up 010-1234-5678", language=LANGUAGE)

    def theirs(lines: list[str]) -> int:
        return sum(len(plain.analyze(line, language=LANGUAGE)) for line in lines)

    yield f"{'corpus':<16}{'MB':>6}{'auditor':>10}{'ripgrep':>10}{'ratio':>8}{'Presidio':>10}{'ratio':>8}   values found"
    for corpus in (source_code(), negative_log(chance), lock_file(chance), dense_log(chance), service_log(chance)):
        size = len(corpus.text.encode()) / 1e6
        seconds, found = cpu(lambda corpus=corpus: in_text(detector, corpus))  # type: ignore[misc]
        own = size / seconds
        searched = ripgrep(detector.gates.patterns, corpus.text)
        grep = f"{size / searched:>10.1f}{own * searched / size:>8.2f}" if searched else f"{'–':>10}{'–':>8}"
        lines = corpus.text.split("\n")[:PRESIDIO_LINES]
        other, _ = cpu(lambda lines=lines: theirs(lines))  # type: ignore[misc]
        speed = sum(len(line.encode()) + 1 for line in lines) / 1e6 / other
        yield f"{corpus.name:<16}{size:>6.2f}{own:>10.2f}{grep}{speed:>10.3f}{own / speed:>7.0f}×   {found:,}"
    table = members()
    size = sum(len(cell.encode()) + 1 for cells in table.values() for cell in cells if cell) / 1e6
    seconds, found = cpu(lambda: in_table(detector, table))
    lines = [" ".join(cell or "" for cell in row) for row in zip(*table.values(), strict=True)][:PRESIDIO_LINES]
    other, _ = cpu(lambda: theirs(lines))
    speed = sum(len(line.encode()) + 1 for line in lines) / 1e6 / other
    own = size / seconds
    yield f"{'table':<16}{size:>6.2f}{own:>10.2f}{'–':>10}{'–':>8}{speed:>10.3f}{own / speed:>7.0f}×   {found:,} ({PEOPLE / seconds:,.0f} rows a second)"


def main() -> int:
    """Print a table; exit code 0."""
    grep = shutil.which("rg")
    tool = subprocess.run([grep, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0] if grep else "no ripgrep: apt-get install ripgrep"  # fmt: skip
    print(
        f"MB a CPU second, one thread. presidio-analyzer {version('presidio-analyzer')}, google-re2 {version('google-re2')}, "
        f"{tool}, Python {sys.version.split()[0]}\n"
    )
    for row in rows():
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
