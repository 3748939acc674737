"""The whole corpus for a seed: `python -m benchmarks.detection.corpus DIR --seed 1`. Files under DIR/files, labels in DIR/labels.jsonl."""

from __future__ import annotations

import argparse
import gzip
import io
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.detection import decoys, documents, prose, secrets, tables
from benchmarks.detection import layouts as sets
from benchmarks.detection import running as texts
from benchmarks.detection.fresh import JUDGING
from benchmarks.detection.headers import STYLES
from benchmarks.detection.labels import Label, Leftover, Page, leftover, write_labels
from benchmarks.detection.people import Writing

ENCODINGS = {
    "kr": ("cp949", "utf-16", "utf-8-sig"),
    "th": ("tis-620", "utf-16", "utf-8-sig"),
    "cn": ("gb18030", "utf-16", "utf-8-sig"),
}
LEGACY = ("cp949", "tis-620")
COUNTRIES = ("kr", "kr", "th", "cn")  # Korea counts double


def corpus(seed: int, *, rows: int = 24, layouts: bool = False, running: bool = False) -> Iterator[Leftover]:
    """All files, in an order that does not depend on anything but the seed. From `fresh.JUDGING` on, with fresh names.

    `layouts`: only layouts, of the sets to learn from, or from `fresh.JUDGING` on of the judging one (`layouts/`); their names are not fresh.
    `running`: only running text, of the set to learn from, or from `fresh.JUDGING` on of the other (`running/`).
    """
    judging = seed >= JUDGING
    if running:
        chance = Random(f"detection benchmark running {seed}")
        for number, country in enumerate(COUNTRIES):
            yield from texts.leftovers(chance, country, number=number, judging=judging)
        return
    if layouts:
        chance = Random(f"detection benchmark layouts {seed}")
        for number, country in enumerate(COUNTRIES):
            yield from sets.leftovers(chance, country, rows=rows, number=number, judging=judging)
        return
    chance = Random(f"detection benchmark {seed}")
    files: list[Leftover] = []
    for number, country in enumerate(COUNTRIES * 2):
        for kind, write_table in tables.WRITERS.items():
            encoding = chance.choice(("utf-8", "utf-8", *ENCODINGS[country]))
            files.append(
                _table(chance, country, kind, write_table, tables.SUFFIXES[kind], encoding, rows, number, judging)
            )
        for kind, (write_document, suffix) in documents.WRITERS.items():
            files.append(_table(chance, country, kind, write_document, suffix, "utf-8", rows, number, judging))
        files.append(
            _table(chance, country, "headerless", tables.headerless, "dat", "utf-8", rows * 2, number, judging)
        )
        for kind, (write_prose, suffix) in (prose.JUDGING_WRITERS if judging else prose.WRITERS).items():
            page = Page(kind)
            writing = Writing(chance, country, unicode=True, judging=judging)
            files.append(
                leftover(f"{country}/talk/{kind}_{number}.{suffix}", write_prose(page, chance, country, writing), page)
            )
    files += decoys.decoys(chance)
    files += secrets.secrets(chance)
    yield from _packed(files, chance)


def _table(
    chance: Random,
    country: str,
    kind: str,
    write: tables.Writer,
    suffix: str,
    encoding: str,
    rows: int,
    number: int,
    judging: bool,
) -> Leftover:
    page = Page(kind if encoding == "utf-8" else f"{kind} ({encoding})")
    sparse = kind in documents.SPARSE
    nameless = kind == "headerless" or sparse
    while True:
        style = chance.choice(documents.STYLES.get(kind, STYLES))
        made = tables.sheet(
            chance, country, rows=rows, unicode=encoding not in LEGACY, style=style, nameless=nameless, judging=judging
        )
        page.labels.clear()
        text = write(page, tables.without_names(made, cells=sparse) if nameless else made, chance)
        try:
            return leftover(
                f"{country}/{kind.replace(' ', '_').replace('=', '-')}_{number}.{suffix}", text, page, encoding
            )
        except UnicodeEncodeError:  # tis-620 has no Hangul shop names: draw another table
            continue


def _packed(files: list[Leftover], chance: Random) -> Iterator[Leftover]:
    """Most files as they are; some in archives, some in archives of archives."""
    chosen = set(chance.sample(range(len(files)), len(files) // 8))
    loose = [file for i, file in enumerate(files) if i not in chosen]
    packed = [files[i] for i in sorted(chosen)]
    yield from loose
    third = max(1, len(packed) // 3)
    yield _archive("backup/www_20250331.zip", packed[:third], zipped=True)
    yield _archive("backup/home_dev.tar.gz", packed[third : 2 * third], zipped=False)
    inner = _archive("old/inner.zip", packed[2 * third :], zipped=True)
    yield _archive("backup/final_최종.tar.gz", [inner], zipped=False)
    single = loose[0]
    yield Leftover(path=f"{single.path}.gz", data=gzip.compress(single.data, mtime=0), encoding=None,
                   labels=single.moved(f"{single.path}.gz!/{single.path.rsplit('/', 1)[-1]}").labels)  # fmt: skip


def _archive(path: str, members: list[Leftover], *, zipped: bool) -> Leftover:
    out = io.BytesIO()
    if zipped:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in members:
                archive.writestr(
                    zipfile.ZipInfo(member.path, (2025, 3, 31, 9, 0, 0)), member.data, zipfile.ZIP_DEFLATED
                )
    else:
        with tarfile.open(fileobj=out, mode="w") as tar:
            for member in members:
                info = tarfile.TarInfo(member.path)
                info.size, info.mtime = len(member.data), 1743379200
                tar.addfile(info, io.BytesIO(member.data))
    data = out.getvalue() if zipped else gzip.compress(out.getvalue(), mtime=0)
    labels = tuple(replace(label, path=f"{path}!/{label.path}") for member in members for label in member.labels)
    return Leftover(path=path, data=data, encoding=None, labels=labels)


def main(argv: list[str] | None = None) -> int:
    """Write one corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection.corpus", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--layouts", action="store_true", help="only layouts: the sets to learn from, from seed 100 on the other"
    )
    only.add_argument(
        "--running", action="store_true", help="only running text: the set to learn from, from seed 100 on the other"
    )
    arguments = parser.parse_args(argv)
    files, labels = write_corpus(
        arguments.directory, arguments.seed, layouts=arguments.layouts, running=arguments.running
    )
    print(f"{files} files, {labels} labels in {arguments.directory}")
    return 0


def write_corpus(directory: Path, seed: int, *, layouts: bool = False, running: bool = False) -> tuple[int, int]:
    """Write files and labels; how many of each."""
    labels: list[Label] = []
    count = 0
    shutil.rmtree(directory / "files", ignore_errors=True)  # an older generation's files would count as false alarms
    for file in corpus(seed, layouts=layouts, running=running):
        path = directory / "files" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        labels += file.labels
        count += 1
    write_labels(directory / "labels.jsonl", labels)
    return count, sum(1 for label in labels if label.entity != "" and label.required)


if __name__ == "__main__":
    sys.exit(main())
