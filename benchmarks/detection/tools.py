"""Runs a tool over a corpus and gives its finds: this project, plain Presidio, hawk-scanner.

Presidio reads no files: it is given each text decoded with the right encoding, archives opened, a line at a time (a
whole document costs it quadratic time). hawk-scanner is run as its users run it, on the folder.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.detection.corpus import corpus
from benchmarks.detection.labels import Leftover
from benchmarks.detection.score import Fingerprint, Found

KEY = b"detection benchmark, not a secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Finds, and the CPU seconds they took. `possible`: (path, entity, fingerprint) of values told as such (docs/decisions/017)."""

    found: tuple[Found, ...]
    cpu: float
    possible: frozenset[tuple[str, str, str]] = frozenset()


class ToolError(Exception):
    """The tool could not be run; the message says why."""


@cache
def fingerprints() -> Fingerprint:
    """`auditor fingerprint` as a function, for every tool alike: the normal form is what makes two writings one value."""
    from auditor.fingerprint import fingerprint, normalize
    from auditor.rulecommands import load

    forms = {rule.entity: rule.normal_form for rule in load().recognizers}

    @cache
    def compute(entity: str, value: str) -> str:
        return fingerprint(KEY, entity, normalize(forms.get(entity, "text"), value)).hex()

    return compute


def auditor(files: Path) -> Outcome:
    """`auditor gate` in its own process, through `--matches` and, for what it tells as possible, its store."""
    with tempfile.TemporaryDirectory() as scratch:
        key, matches = Path(scratch, "key"), Path(scratch, "matches.jsonl")
        key.write_bytes(KEY)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [
            sys.executable,
            "-m",
            "auditor",
            "gate",
            ".",
            "--matches",
            str(matches),
            "--key-file",
            str(key),
            "--output",
            str(Path(scratch, "output")),
            "--quiet",
        ]
        done = subprocess.run(command, cwd=files, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1, 3) or not matches.exists():
            raise ToolError(done.stderr.strip() or f"auditor gate ended with {done.returncode}")
        if done.returncode == 3:
            print("note: the auditor reports gaps in the corpus", file=sys.stderr)
        with matches.open(encoding="utf-8") as lines:
            found = tuple(_match(json.loads(line), files) for line in lines)
        with closing(sqlite3.connect(Path(scratch, "output", "audit.sqlite"))) as store:
            query = (
                "SELECT a.path, m.entity, m.fingerprint FROM match m JOIN asset a ON a.id = m.asset WHERE m.candidate"
            )
            possible = frozenset(
                (_path(path, files), entity, print.hex()) for path, entity, print in store.execute(query)
            )
    return Outcome(
        found=found, cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, possible=possible
    )


def _path(path: str, files: Path) -> str:
    return path.removeprefix(f"{files.resolve()}/").removeprefix("./")


def _match(match: dict[str, str | float | bool], files: Path) -> Found:
    return Found(
        path=_path(str(match["path"]), files), entity=str(match["entity"]), fingerprint=str(match["fingerprint"]), place=str(match["location"]), mask=str(match["mask"]),
        protected=match.get("protection", "clear") != "clear" or bool(match.get("protected")),
    )  # fmt: skip


#: what Presidio finds besides: names of ours, or nothing
PRESIDIO_NAMES = {"DATE_TIME": "", "URL": "", "MAC_ADDRESS": ""}


def presidio(seed: int) -> Outcome:
    """presidio-analyzer, every Korean, Thai and general pattern recogniser enabled, no language model."""
    import time

    import tldextract
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer import predefined_recognizers as ready

    names = ("KrRrnRecognizer", "KrFrnRecognizer", "KrPassportRecognizer", "KrDriverLicenseRecognizer", "KrBrnRecognizer", "ThTninRecognizer", "EmailRecognizer",
             "CreditCardRecognizer", "IbanRecognizer", "CryptoRecognizer", "IpRecognizer")  # fmt: skip
    recognizers = [getattr(ready, name)(supported_language="ko") for name in names]
    recognizers.append(ready.PhoneRecognizer(supported_language="ko", supported_regions=("KR", "TH", "CN")))
    engine = AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=recognizers, supported_languages=["ko"]),
        nlp_engine=_no_model(),
        supported_languages=["ko"],
    )
    vars(tldextract)["extract"] = tldextract.TLDExtract(
        suffix_list_urls=()
    )  # its e-mail recogniser would ask the network
    fingerprint = fingerprints()
    found = []
    began = time.process_time()
    for path, text in texts(corpus(seed)):
        for number, line in enumerate(text.splitlines(), 1):
            for hit in engine.analyze(line, language="ko", score_threshold=0.3):
                entity = PRESIDIO_NAMES.get(hit.entity_type, hit.entity_type)
                if entity:
                    found.append(
                        Found(
                            path=path,
                            entity=entity,
                            fingerprint=fingerprint(entity, line[hit.start : hit.end]),
                            place=f"line {number}",
                        )
                    )
    return Outcome(found=tuple(found), cpu=time.process_time() - began)


def _no_model() -> Any:
    """spaCy's place without spaCy: tokens for the context words, split at white space; no named entities."""
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    def process_text(self: Any, text: str, language: str) -> Any:
        tokens: Any = text.split()
        places = [m.start() for m in re.finditer(r"\S+", text)]
        return NlpArtifacts(
            entities=[], tokens=tokens, tokens_indices=places, lemmas=tokens, nlp_engine=self, language=language
        )

    methods: dict[str, Any] = {
        "load": lambda _: None, "is_loaded": lambda _: True, "process_text": process_text, "is_stopword": lambda *_: False, "is_punct": lambda *_: False,
        "process_batch": lambda self, texts, language, **_: ((text, process_text(self, text, language)) for text in texts),
        "get_supported_entities": lambda _: [], "get_supported_languages": lambda _: ["ko"],
    }  # fmt: skip
    return type("WhiteSpace", (NlpEngine,), methods)()


HAWK_NAMES = {"Email": "EMAIL_ADDRESS", "Phone Number": "PHONE_NUMBER", "AWS Access Key ID": "CREDENTIAL", "AWS Access Key ID Value": "CREDENTIAL", "Basic Auth Credentials": "CREDENTIAL",
              "Aadhar": "IN_AADHAAR", "PAN Number": "IN_PAN"}  # fmt: skip


def install_hawk(folder: Path) -> Path:
    """hawk-scanner's command in a virtual environment of its own: its 60 packages stay out of ours. ToolError if it cannot be."""
    for call in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin/pip"), "install", "--quiet", "hawk-scanner"],
    ):
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ToolError(f"hawk-scanner cannot be installed: {done.stderr.strip()[-200:]}")
    return folder / "bin/hawk_scanner"


def hawk(command: Path, patterns: Path | None, files: Path) -> Outcome:
    """hawk-scanner with the patterns its users get; it downloads them at run time, so offline they must be given.

    It names an archive's members by the archive alone, so compare with labels that do the same.
    """
    fingerprint = fingerprints()
    with tempfile.TemporaryDirectory() as scratch:
        out, connection = Path(scratch, "out.json"), Path(scratch, "connection.yml")
        connection.write_text(
            f"notify: {{redacted: false}}\nsources: {{fs: {{corpus: {{path: {json.dumps(str(files.resolve()))}}}}}}}\n"
        )
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        given = ["--fingerprint", str(patterns.resolve())] if patterns else []
        call = [
            str(command),
            "fs",
            "--connection",
            str(connection),
            *given,
            "--json",
            str(out),
            "--shutup",
            "--quiet",
            "--no-write",
        ]
        done = subprocess.run(call, cwd=scratch, capture_output=True, text=True, check=False, timeout=1800)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if not out.exists():
            raise ToolError(
                f"it wrote no result, {'' if patterns else 'and needs the network or --hawk-patterns: '}{(done.stderr or done.stdout).strip()[-200:]}"
            )
        profile = json.loads(out.read_text())
    found = []
    for hit in profile.get("fs", []):
        entity = HAWK_NAMES.get(hit["pattern_name"], hit["pattern_name"].upper().replace(" ", "_"))
        path = str(hit["file_path"]).removeprefix(f"{files.resolve()}/")
        found += [
            Found(path=path, entity=entity, fingerprint=fingerprint(entity, value), place=hit["pattern_name"])
            for value in hit["matches"]
            if isinstance(value, str)
        ]
    return Outcome(found=tuple(found), cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def texts(files: Iterable[Leftover]) -> Iterator[tuple[str, str]]:
    """Every text of a corpus by its path, decoded, archives opened."""
    for file in files:
        if file.encoding:
            yield file.path, file.data.decode(file.encoding)
        else:
            yield from _members(file)


def _members(file: Leftover) -> Iterator[tuple[str, str]]:
    """An archive's texts. The right encoding is known from the labels' kind: `csv (cp949)`."""
    encodings = {
        label.path: label.kind.rpartition("(")[2].rstrip(")") if label.kind.endswith(")") else "utf-8"
        for label in file.labels
    }
    for path, data in unpack(file.path, file.data):
        yield path, data.decode(encodings.get(path, "utf-8"))


def unpack(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Members of zip, tar.gz and gz, however deep; anything else as it is."""
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from unpack(f"{path}!/{name}", archive.read(name))
    elif path.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for info in tar:
                stream = tar.extractfile(info)
                assert stream is not None
                yield from unpack(f"{path}!/{info.name}", stream.read())
    elif path.endswith(".gz"):
        import gzip

        yield f"{path}!/{path.rsplit('/', 1)[-1].removesuffix('.gz')}", gzip.decompress(data)
    else:
        yield path, data
