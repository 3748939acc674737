"""`python -m benchmarks.detection`: make corpora, run the tools, print the table; `--failures FILE` writes the classes of error."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks.detection import report, tools
from benchmarks.detection.corpus import write_corpus
from benchmarks.detection.labels import read_labels
from benchmarks.detection.score import Result, score

HEAD = """# Detection failures, seeds {seeds}

Again: `.venv/bin/python -m benchmarks.detection{option} --seeds {seeds} --keep /tmp/detbench --failures FILE`; the files then lie in
`/tmp/detbench/SEED/files`, the labels in `/tmp/detbench/SEED/labels.jsonl` (grep the path). `field` is the name in the file; none: prose,
or a table without a header. A table's rows share one header and one written form, so 24 misses are often one cause. Fix causes, not
names: the next seeds draw others.

"""


def main(argv: list[str] | None = None) -> int:
    """Exit code 0 when every entity meets its target, 1 when one does not, 2 when the first tool could not be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection", description=__doc__)
    parser.add_argument("--seeds", default="1,2,3", help="comma separated (default: %(default)s)")
    parser.add_argument("--tools", default="auditor", help="of auditor, presidio, hawk (default: %(default)s)")
    parser.add_argument(
        "--hawk",
        type=Path,
        help="hawk_scanner's command (default: installed for this run into an environment of its own)",
    )
    parser.add_argument(
        "--hawk-patterns", type=Path, help="fingerprint.yml of hawk-eye's repository, which it would download"
    )
    parser.add_argument("--keep", type=Path, help="write the corpora here and leave them")
    parser.add_argument("--failures", type=Path, help="write the auditor's classes of error here")
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--layouts",
        action="store_true",
        help="only layouts: below seed 100 three sets to learn from, from 100 on a fourth nobody has seen (for the auditor alone)",
    )
    only.add_argument(
        "--running",
        action="store_true",
        help="only running text: below seed 100 a set to learn from, from 100 on another nobody has seen (for the auditor alone)",
    )
    arguments = parser.parse_args(argv)
    wanted = arguments.tools.split(",")
    option = " --layouts" if arguments.layouts else " --running" if arguments.running else ""
    if option and wanted != ["auditor"]:
        parser.error(f"{option.strip()} is for the auditor alone")
    results = {tool: Result() for tool in wanted}
    cpu = dict.fromkeys(wanted, 0.0)
    size = 0
    with tempfile.TemporaryDirectory() as scratch:
        for seed in (int(part) for part in arguments.seeds.split(",")):
            directory = (arguments.keep or Path(scratch)) / str(seed)
            write_corpus(directory, seed, layouts=arguments.layouts, running=arguments.running)
            files = directory / "files"
            size += sum(path.stat().st_size for path in files.rglob("*") if path.is_file())
            labels = list(read_labels(directory / "labels.jsonl"))
            for tool in tuple(wanted):
                try:
                    outcome = run(tool, seed, files, arguments, Path(scratch))
                except tools.ToolError as error:
                    print(f"{tool} could not be run: {error}", file=sys.stderr)
                    if tool == wanted[0]:
                        return 2
                    wanted.remove(tool)  # a peer that is not to be had costs its column, not the run
                    del results[tool]
                    continue
                cpu[tool] += outcome.cpu
                known = (
                    [replace(each, path=each.path.partition("!/")[0]) for each in labels] if tool == "hawk" else labels
                )
                result = score(known, outcome.found, tools.fingerprints())
                result.tell(outcome.possible, tools.fingerprints())
                results[tool].add(result)
    print(
        f"Seeds {arguments.seeds}, {size / 1e6:.1f} MB. "
        + "; ".join(f"{tool}: {cpu[tool]:.0f} CPU s" for tool in wanted)
        + "\n"
    )
    print(report.table(results))
    if option:
        print(f"\n{report.by_kind(results[wanted[0]])}")
    if arguments.failures and "auditor" in results:
        arguments.failures.write_text(
            f"{HEAD.format(seeds=arguments.seeds, option=option)}{report.table({'auditor': results['auditor']})}\n\n{report.failures(results['auditor'])}",
            encoding="utf-8",
        )
    first = results[wanted[0]]
    return int(
        any(
            t.recall < report.TARGETS.get(e, 0.99) or t.precision < report.TARGETS.get(e, 0.99)
            for e, t in first.tallies.items()
        )
    )


def run(tool: str, seed: int, files: Path, arguments: argparse.Namespace, scratch: Path) -> tools.Outcome:
    """One tool over one corpus."""
    match tool:
        case "auditor":
            return tools.auditor(files)
        case "presidio":
            return tools.presidio(seed)
        case "hawk":
            arguments.hawk = arguments.hawk or tools.install_hawk(scratch / "hawk")
            return tools.hawk(arguments.hawk.resolve(), arguments.hawk_patterns, files)
        case _:
            raise tools.ToolError("there is no such tool")


if __name__ == "__main__":
    sys.exit(main())
