"""Tables for people: the counts by entity, and the classes of error, worst first. No clear value is printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.detection.labels import Label
from benchmarks.detection.score import Found, Result, describe

SHAPED = ("KR_CI", "KR_DI", "KR_RRN", "KR_FRN", "TH_TNIN", "CN_RESIDENT_ID", "CREDIT_CARD", "IBAN_CODE", "CRYPTO", "EMAIL_ADDRESS", "PHONE_NUMBER", "KR_PASSPORT", "KR_DRIVER_LICENSE",
          "KR_BRN", "CN_PASSPORT", "TH_LASER_CODE", "KR_VEHICLE_PLATE", "DEVICE_ID", "IP_ADDRESS", "CREDENTIAL")  # fmt: skip
NAMED = ("NICKNAME", "PERSON", "DATE_OF_BIRTH", "ADDRESS", "BANK_ACCOUNT")
TARGETS = dict.fromkeys(SHAPED, 0.99) | dict.fromkeys(NAMED, 0.97)


def percent(share: float) -> str:
    """`99.1`, cut and not rounded up: 99.96 is not 100.0; a dash for nothing to count."""
    return "–" if share != share else f"{int(share * 1000) / 10:.1f}"


def table(results: Mapping[str, Result]) -> str:
    """Markdown: a row an entity, recall / precision a tool, the planted number, and a mark where the first tool misses the target."""
    tools = list(results)
    lines = [
        "| entity | planted | target | " + " | ".join(f"{t}: recall | precision" for t in tools) + " |",
        "|---|--:|--:|" + "--:|--:|" * len(tools),
    ]
    entities = [*SHAPED, *NAMED, *sorted(set(results[tools[0]].tallies) - set(SHAPED) - set(NAMED))]
    for entity in entities:
        own = results[tools[0]].tally(entity)
        if not own.planted and not own.false_alarms:
            continue
        cells = []
        for tool in tools:
            tally = results[tool].tally(entity)
            silent = not tally.found and not tally.false_alarms
            cells += ["–", "–"] if silent and tool != tools[0] else [percent(tally.recall), percent(tally.precision)]
        target = TARGETS.get(entity, 0.99)
        met = (not own.planted or own.recall >= target) and not own.precision < target
        lines.append(
            f"| {entity}{'' if met else ' ✗'} | {own.planted:,} | {target * 100:.0f} | " + " | ".join(cells) + " |"
        )
    return "\n".join(lines)


def _told(result: Result) -> list[str]:
    """What became of the values that were not found, where some are told as possible."""
    lines = []
    for entity, told in sorted(result.possible.items()):
        missed = sum(label.entity == entity and not label.protected for label in result.misses)
        planted = sum(number for label, number in result.planted.items() if label[0] == entity)
        lines.append(
            f"Of {planted:,} {entity} {missed:,} in clear were not found; {told:,} of these are told as possible."
        )
    return lines


def by_kind(result: Result) -> str:
    """Markdown: a line for all and a row a kind of file, worst first; kinds of which nothing was missed are only counted."""
    planted, missed = Counter[str](), Counter(label.kind for label in result.misses)
    for (_, kind, _, _), number in result.planted.items():
        planted[kind] += number
    ranked = sorted(missed, key=lambda kind: (missed[kind] / planted[kind], kind), reverse=True)
    lines = [f"| {kind} | {planted[kind]:,} | {percent(1 - missed[kind] / planted[kind])} |" for kind in ranked]
    total, found = sum(planted.values()), sum(planted.values()) - len(result.misses)
    return "\n".join(
        [
            f"{len(planted)} kinds of file, {total:,} values planted, {percent(found / total)} % found, "
            f"{len(result.false_alarms):,} false alarms; of {len(planted) - len(ranked)} kinds everything was found.",
            *_told(result),
            "",
            "| kind | planted | recall |",
            "|---|--:|--:|",
            *lines,
        ]
    )


def failures(result: Result, *, most: int = 60) -> str:
    """Markdown: misses and false alarms by class, the largest first, each with one place where it can be seen."""
    by_class: dict[tuple[str, str, str, str], list[Label]] = defaultdict(list)
    for label in result.misses:
        by_class[describe(label)].append(label)
    lines = [f"## Misses: {len(result.misses):,} values in {len(by_class)} classes", ""]
    for title, pick in (
        ("entity and kind of file", (0, 1)),
        ("entity and written form", (0, 3)),
        ("entity and field", (0, 2)),
    ):
        lines += [f"### By {title}", "", "| missed | of | what |", "|--:|--:|---|"]
        missed, planted = _fold({k: len(v) for k, v in by_class.items()}, pick), _fold(result.planted, pick)
        ranked = sorted(missed.items(), key=lambda item: -item[1])
        lines += [
            f"| {n} | {planted[what]} | {' · '.join(part or '(none)' for part in what)} |"
            for what, n in ranked[: most // 2]
        ] + [""]
    lines += [
        "### Each class",
        "",
        "| missed | of | entity | kind | field | form | for example in |",
        "|--:|--:|---|---|---|---|---|",
    ]
    for what, labels in sorted(by_class.items(), key=lambda item: -len(item[1]))[:most]:
        lines.append(
            f"| {len(labels)} | {result.planted[what]} | "
            + " | ".join(_cell(part) for part in what)
            + f" | {_cell(labels[0].path)} |"
        )
    lines += [
        "",
        f"## False alarms: {len(result.false_alarms):,} values",
        "",
        "| number | entity | kind | really | place, mask | for example in |",
        "|--:|---|---|---|---|---|",
    ]
    alarms: dict[tuple[str, str, str], list[Found]] = defaultdict(list)
    for found, kind, really in result.false_alarms:
        alarms[found.entity, kind, really].append(found)
    for (entity, kind, really), finds in sorted(alarms.items(), key=lambda item: -len(item[1]))[:most]:
        first = finds[0]
        lines.append(
            f"| {len(finds)} | {entity} | {_cell(kind)} | {_cell(really)} | {_cell(first.place)}, `{_cell(first.mask)}` | {_cell(first.path)} |"
        )
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _fold(counts: Mapping[tuple[str, str, str, str], int], pick: Sequence[int]) -> Counter[tuple[str, ...]]:
    folded: Counter[tuple[str, ...]] = Counter()
    for what, number in counts.items():
        folded[tuple(what[i] for i in pick)] += number
    return folded
