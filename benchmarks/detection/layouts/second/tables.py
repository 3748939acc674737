"""The second set of layouts: tables that clients, statistics programs and wikis draw."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, token
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import grid, padded, pairs, width
from benchmarks.detection.tables import Sheet, Writer

PEOPLE = ("local", "space", "snake")


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text


def _middle(text: str, columns: int) -> str:
    before = (columns - width(text)) // 2
    return padded(" " * before + text, columns)


def _groups(widths: list[int], most: int, between: int) -> list[list[int]]:
    """Columns side by side as far as they fit into so many characters."""
    groups: list[list[int]] = [[]]
    for at, columns in enumerate(widths):
        if groups[-1] and sum(widths[i] + between for i in groups[-1]) + columns + between > most:
            groups.append([])
        groups[-1].append(at)
    return groups


def duckdb(page: Page, table: Sheet, chance: Random) -> str:
    """DuckDB's shell: names and, below them, types in the middle of a box; from ten rows on it counts them."""
    names, texts, widths = grid(page, table, identifier)
    widths = [max(w, len("varchar")) for w in widths]
    lines = ["D .maxwidth 10000", f"D SELECT * FROM {table.name};", "┌" + "┬".join("─" * (w + 2) for w in widths) + "┐"]
    lines += ["│" + "│".join(_middle(t, w + 2) for t, w in zip(row, widths, strict=True)) + "│" for row in (names, ["varchar"] * len(names))]  # fmt: skip
    lines.append("├" + "┼".join("─" * (w + 2) for w in widths) + "┤")
    lines += ["│ " + " │ ".join(map(padded, row, widths)) + " │" for row in texts]
    if len(texts) < 10:
        return "\n".join([*lines, "└" + "┴".join("─" * (w + 2) for w in widths) + "┘", "D ", ""])
    inner = sum(widths) + 3 * len(widths) - 1
    rows, count = f" {len(texts)} rows", f"{len(names)} columns "
    lines += ["├" + "┴".join("─" * (w + 2) for w in widths) + "┤", "│" + rows + " " * (inner - len(rows) - len(count)) + count + "│"]  # fmt: skip
    return "\n".join([*lines, "└" + "─" * inner + "┘", "D ", ""])


def cqlsh(page: Page, table: Sheet, chance: Random) -> str:
    """Cassandra's shell: names on the left of their column, values on the right."""
    names, texts, widths = grid(page, table, identifier)
    lines = [f"cqlsh:member> SELECT * FROM {table.name};", "", " " + " | ".join(map(padded, names, widths)), "-" + "-+-".join("-" * w for w in widths) + "-"]  # fmt: skip
    lines += [" " + " | ".join(map(_right, row, widths)) for row in texts]
    return "\n".join([*lines, "", f"({len(texts)} rows)", "cqlsh:member> ", ""])


def clickhouse(page: Page, table: Sheet, chance: Random) -> str:
    """clickhouse-client's PrettyCompact: names within the upper border; since 2024 rows are numbered."""
    names, texts, widths = grid(page, table, identifier)
    numbered = chance.random() < 0.5
    left = len(str(len(texts))) + 2 if numbered else 0
    top = "┬".join("─" + n + "─" * (w - width(n)) + "─" for n, w in zip(names, widths, strict=True))
    lines = [f"SELECT *\nFROM {table.name}\n\nQuery id: {chance.randbytes(4).hex()}-0d4b-4d63-9f0e-{chance.randbytes(6).hex()}\n", " " * left + "┌" + top + "┐"]  # fmt: skip
    lines += [(f"{at}. ".rjust(left) if numbered else "") + "│ " + " │ ".join(map(padded, row, widths)) + " │" for at, row in enumerate(texts, 1)]  # fmt: skip
    lines.append(" " * left + "└" + "┴".join("─" * (w + 2) for w in widths) + "┘")
    return "\n".join([*lines, "", f"{len(texts)} rows in set. Elapsed: 0.00{chance.randint(1, 9)} sec. ", ""])


def r_frame(page: Page, table: Sheet, chance: Random) -> str:
    """R prints a data frame: everything on the right, and columns that do not fit into 80 characters below."""
    names, texts, widths = grid(page, table, identifier)
    left = len(str(len(texts)))
    lines = ["> members"]
    for group in _groups(widths, 80 - left, 1):
        lines.append(" " * left + "".join(" " + _right(names[i], widths[i]) for i in group))
        lines += [
            str(at).ljust(left) + "".join(" " + _right(row[i], widths[i]) for i in group)
            for at, row in enumerate(texts, 1)
        ]
    return "\n".join([*lines, "> ", ""])


def stata_list(page: Page, table: Sheet, chance: Random) -> str:
    """Stata's list: a frame, numbers before it, a line after every five; as many variables as fit into a line."""
    names, texts, widths = grid(page, table, identifier)
    lines = [". set linesize 120"]
    for group in _groups(widths, 108, 3):
        inner = sum(widths[i] for i in group) + 3 * (len(group) - 1) + 2
        bar = "-" * inner
        lines += ["", f". list {' '.join(names[i] for i in group)}, abbreviate(32)", "", f"     +{bar}+"]
        lines.append("     | " + "   ".join(_right(names[i], widths[i]) for i in group) + " |")
        for at, row in enumerate(texts, 1):
            lines += [f"     |{bar}|"] if at % 5 == 1 else []
            lines.append(f"{at:>3}. | " + "   ".join(_right(row[i], widths[i]) for i in group) + " |")
        lines.append(f"     +{bar}+")
    return "\n".join([*lines, "", ". log close", ""])


def rst_headers(page: Page, table: Sheet, chance: Random) -> str:
    """A grid of reStructuredText whose names take a line a word, beside remarks of two lines."""
    heads = [f.split() for f in table.fields]
    texts = [[page.put(c, n) for n, c in pairs(table, row)] for row in table.rows]
    widths = [max(width(row[at]) for row in texts) for at in range(len(heads))]
    depth = max(map(len, heads))
    remark = {"kr": ["전화로", "확인함"], "th": ["โทรแล้ว", "ไม่รับสาย"], "cn": ["已电话", "核实"]}[table.country]
    heads.append([{"kr": "비고", "th": "หมายเหตุ", "cn": "备注"}[table.country]])
    columns = [max(w, *map(width, head)) for head, w in zip(heads, [*widths, max(map(width, remark))], strict=True)]
    bar = "+" + "+".join("-" * (w + 2) for w in columns) + "+"

    def line(row: list[str]) -> str:
        return "| " + " | ".join(map(padded, row, columns)) + " |"

    lines = [bar, *(line([head[at] if at < len(head) else "" for head in heads]) for at in range(depth)), bar.replace("-", "=")]  # fmt: skip
    for row in texts:
        told = chance.random() < 0.4
        lines.append(line([*row, remark[0] if told else ""]))
        lines += [line([*([""] * len(row)), remark[1]])] if told else []
        lines.append(bar)
    return "\n".join(["Test members", "============", "", *lines, ""])


def textile(page: Page, table: Sheet, chance: Random) -> str:
    """A table in Redmine: |_. before every name."""
    names, texts, _ = grid(page, table)
    blank = chance.choice(("", " "))
    lines = ["|" + "|".join(f"_.{blank}{n}{blank}" for n in names) + "|"]
    lines += ["|" + "|".join(f"{blank}{t}{blank}" for t in row) + "|" for row in texts]
    return "\n".join(["h3. test accounts", "", *lines, ""])


def dokuwiki(page: Page, table: Sheet, chance: Random) -> str:
    """DokuWiki: ^ around names, | around values, two blanks where a cell is written in the middle."""
    names, texts, _ = grid(page, table)
    lines = ["^ " + " ^ ".join(names) + " ^", *("| " + " | ".join(row) + " |" for row in texts)]
    return "\n".join(["====== Test accounts ======", "", *lines, ""])


TEX = str.maketrans({"\\": "\\textbackslash{}", "_": "\\_", "&": "\\&", "%": "\\%", "#": "\\#", "$": "\\$", "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"})  # fmt: skip


def latex(page: Page, table: Sheet, chance: Random) -> str:
    r"""A tabular: & between, \\ behind, \_ for an underscore."""
    names, texts, _ = grid(page, table, lambda f: f.translate(TEX), lambda t: t.translate(TEX))
    rule = chance.random() < 0.5
    top, middle, bottom = ("\\toprule", "\\midrule", "\\bottomrule") if rule else ("\\hline",) * 3
    joint = "|" if not rule else ""
    lines = ["\\begin{table}[ht]", "\\centering", "\\begin{tabular}{" + joint + joint.join("l" * len(names)) + joint + "}", top]  # fmt: skip
    lines += [" & ".join(f"\\textbf{{{n}}}" if rule else n for n in names) + " \\\\", middle]
    lines += [" & ".join(row) + " \\\\" + ("" if rule else " \\hline") for row in texts]
    return "\n".join([*lines[:-1], lines[-1].removesuffix(" \\hline"), bottom, "\\end{tabular}", "\\end{table}", ""])


def journal_table(page: Page, table: Sheet, chance: Random) -> str:
    """A PrettyTable that a batch printed, values in the middle, with the journal's time, host and program before every line."""
    names, texts, widths = grid(page, table, token)
    bar = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    rows = ["|" + "|".join(_middle(t, w + 2) for t, w in zip(row, widths, strict=True)) + "|" for row in (names, *texts)]  # fmt: skip
    head = f"{moment(chance):%b %d %H:%M:%S} batch0{chance.randint(1, 4)} member-report[{chance.randint(300, 30000)}]: "
    return "\n".join([head + line for line in ("Starting export", bar, rows[0], bar, *rows[1:], bar, "Done")] + [""])


def quoted_mail(page: Page, table: Sheet, chance: Random) -> str:
    """Cells pasted into a mail, and the mail answered: > before every line, tabs between."""
    page.put(Cell(text="ops@vendor.example", entity="EMAIL_ADDRESS", form="header", required=False))
    when = moment(chance)
    head, answer = {
        "kr": (f"{when.year}년 {when.month}월 {when.day}일 오후 2:11, <ops@vendor.example>님이 작성:", "확인했습니다. 감사합니다."),
        "th": (f"เมื่อ {when:%d/%m/%Y} เวลา 14:11 <ops@vendor.example> เขียนว่า:", "ได้รับแล้ว ขอบคุณค่ะ"),
        "cn": (f"在 {when:%Y-%m-%d} 14:11，ops@vendor.example 写道：", "收到，谢谢。"),
    }[table.country]  # fmt: skip
    lines = ["\t".join(table.fields), *("\t".join(page.put(c, n) for n, c in pairs(table, row)) for row in table.rows)]
    return "\n".join([answer, "", head, ">", *(f"> {line}" for line in lines), ">", ""])


def commented_columns(page: Page, table: Sheet, chance: Random) -> str:
    """Test accounts in a script's comments, in columns: two blanks or more between, # before every line."""
    names, texts, widths = grid(page, table, token)
    lines = ["#!/bin/bash", "# nightly smoke test", "#", "# test accounts:"]
    lines += ["#   " + "  ".join(map(padded, row, widths)).rstrip() for row in (names, *texts)]
    return "\n".join([*lines, "#", "set -euo pipefail", "./gradlew smokeTest", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "duckdb box": (duckdb, "txt", ("snake", "camel", "local")), "cqlsh": (cqlsh, "txt", ("snake",)), "clickhouse compact": (clickhouse, "txt", ("snake", "camel")),
    "r data frame": (r_frame, "txt", ("snake", "camel", "local")), "stata list": (stata_list, "log", ("snake",)), "rst lines of names": (rst_headers, "rst", ("space", "local")),
    "textile table": (textile, "textile", PEOPLE), "dokuwiki table": (dokuwiki, "txt", PEOPLE),
    "latex tabular": (latex, "tex", PEOPLE), "journal of prettytable": (journal_table, "log", ("snake", "camel", "local")), "quoted mail": (quoted_mail, "txt", ("local", "snake")),
    "commented columns": (commented_columns, "sh", ("snake", "upper")),
}  # fmt: skip
