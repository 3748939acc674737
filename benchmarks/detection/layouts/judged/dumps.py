"""The judging set of layouts: how languages, frameworks and debuggers print an object."""

from __future__ import annotations

from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, token
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged.parts import CODE, gaps, message, ordinary, stamp
from benchmarks.detection.layouts.parts import pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer


def intellij(page: Page, table: Sheet, chance: Random) -> str:
    """Variables copied from IntelliJ's debugger: {Class@id} for objects, = "…" for strings, a blank a level."""
    table = gaps(table, chance, "")
    lines = []
    for row in table.rows:
        lines += [f"member = {{MemberVO@{chance.randint(8000, 19000)}}} "]
        for n, c in pairs(table, row, identifier):
            lines.append(f' {n} = "{page.put(c, n, plain_json)}"')
            lines += [f"  value = {{byte[{len(c.text)}]@{chance.randint(8000, 19000)}}} ", "  coder = 1", "  hash = 0"] if chance.random() < 0.1 else []  # fmt: skip
        lines += [f" mbrNo = {chance.randint(1000, 9999)}", " delDt = null", f" regDtm = {{Timestamp@{chance.randint(8000, 19000)}}} \"{moment(chance):%Y-%m-%d %H:%M:%S}.0\"", ""]  # fmt: skip
    return "\n".join(lines)


def visual_studio(page: Page, table: Sheet, chance: Random) -> str:
    """Visual Studio's watch window copied: marks, tabs, a name, its value, its type."""
    lines = []
    for number, row in enumerate(table.rows):
        lines.append(f"-\t\t[{number}]\t{{Vendor.Member.MemberDto}}\tVendor.Member.MemberDto")
        lines += [f'\t\t{n}\t"{page.put(c, n, plain_json)}"\tstring' for n, c in pairs(table, row, identifier)]
        lines += [f"\t\tMemberNo\t{chance.randint(1000, 9999)}\tint", "\t\tDeletedAt\tnull\tSystem.DateTime?"]
    return "\r\n".join([*lines, ""])


def laravel_dump(page: Page, table: Sheet, chance: Random) -> str:
    """Laravel's dd() copied from a page: arrows, => between, no commas, protected properties behind #."""
    model = chance.random() < 0.5
    lines = []
    for row in table.rows:
        given = [f'"{n}" => "{page.put(c, n)}"' for n, c in pairs(table, row, identifier)]
        if model:
            lines += [f"App\\Models\\Member {{#{chance.randint(300, 3000)} ▼", '  #connection: "mysql"', f'  #table: "{table.name}"', '  #primaryKey: "pk"', f"  #attributes: array:{len(row) + 2} [▼", f'    "pk" => {chance.randint(1, 999)}', *("    " + t for t in given), '    "deleted_at" => null', "  ]", "  #changes: []", "  +timestamps: true", "}", ""]  # fmt: skip
        else:
            lines += [f"array:{len(row) + 1} [▼ // app/Http/Controllers/MemberController.php:{chance.randint(20, 200)}", f'  "_method" => "{chance.choice(("PUT", "PATCH"))}"', *("  " + t for t in given), "]", ""]  # fmt: skip
    return "\n".join(lines)


def commons_string(page: Page, table: Sheet, chance: Random) -> str:
    """Commons Lang's ToStringBuilder, as egovFrame's objects print: Class@hash[…], on one line or a field a line, <null> between."""
    table = gaps(table, chance, "<null>")
    many = chance.random() < 0.5
    lines = []
    for row in table.rows:
        head = f"{stamp(chance)} DEBUG [k.c.v.member.web.MemberController] "
        given = [f"{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)]
        given += ["searchCondition=", "searchKeyword=<null>", f"pageIndex={chance.randint(1, 9)}", "pageUnit=10"]
        name = f"kr.co.vendor.member.service.MemberVO@{chance.randbytes(4).hex()}"
        lines += [f"{head}{name}[", *("  " + t for t in given), "]"] if many else [f"{head}{name}[{','.join(given)}]"]
        lines += ordinary(chance, head)
    return "\n".join([*lines, ""])


def ordered_dicts(page: Page, table: Sheet, chance: Random) -> str:
    """Rows of Python's csv and of database drivers in a log: OrderedDict([('name', '…'), …]), or a RealDictRow."""
    form = chance.choice(("OrderedDict([{}])", "RealDictRow([{}])"))
    lines = []
    for row in table.rows:
        given = [f"('{n}', '{page.put(c, n, single)}')" for n, c in pairs(table, row, token)]
        given += ["('job_id', 'J01')", "('del_dt', None)"]
        head = f"{moment(chance):%Y-%m-%d %H:%M:%S},{chance.randrange(1000):03} - etl.load - "
        lines += [f"{head}DEBUG - row: {form.format(', '.join(given))}", *ordinary(chance, head + "INFO - ")]
    return "\n".join([*lines, ""])


def query_dict(page: Page, table: Sheet, chance: Random) -> str:
    """Django's request.POST in a log: <QueryDict: {'name': ['…'], …}>."""
    lines = []
    for row in table.rows:
        given = ", ".join(f"'{n}': ['{page.put(c, n, single)}']" for n, c in pairs(table, row, token))
        head = f"[{moment(chance):%d/%b/%Y %H:%M:%S}] "
        lines += [f"{head}DEBUG [member.views:{chance.randint(20, 300)}] request.POST=<QueryDict: {{{given}, 'agree': ['on', 'on']}}>", f'{head}"POST /member/join/ HTTP/1.1" 302 0', *ordinary(chance, head + "INFO ")]  # fmt: skip
    return "\n".join([*lines, ""])


def println(page: Page, table: Sheet, chance: Random) -> str:
    """What developers print while looking for a fault: name ===> value in a server's output, signs around it."""
    table = gaps(table, chance, "null")
    form = chance.choice(("##### {} =====> {}", "{} ==> {}", ">>>>>>>>>> {} : {}", "[DEBUG] {} ::: {}", "*** {} = [{}]", "----- {} --> {}"))  # fmt: skip
    lines = [f"{moment(chance):%d-%b-%Y %H:%M:%S}.210 INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [21034] milliseconds"]  # fmt: skip
    for row in table.rows:
        for n, c in pairs(table, row, identifier):
            lines.append(form.format(n, page.put(c, n)))
            lines += [message(chance)] if chance.random() < 0.15 else []
        lines += [form.format("result", 1), form.format("pageIndex", chance.randint(1, 9)), *ordinary(chance)]
    return "\n".join([*lines, ""])


def pandas_row(page: Page, table: Sheet, chance: Random) -> str:
    """One row of a data frame printed: names on the left, values on the right, the row's number below."""
    table = gaps(table, chance, "NaN")
    lines = [">>> pd.set_option('display.max_colwidth', None)"]
    for number, row in enumerate(table.rows):
        given = [(n, page.put(c, n)) for n, c in pairs(table, row, token)]
        given.append(("__cnt", str(chance.randint(1, 99))))
        left, right = max(len(n) for n, _ in given), max(len(t) for _, t in given)
        lines += [f">>> df.iloc[{number}]", *(f"{n:<{left}}    {t:>{right}}" for n, t in given), f"Name: {number}, dtype: object"]  # fmt: skip
    return "\n".join([*lines, ">>> len(df)", "24", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "intellij variables": (intellij, "txt", ("camel",)), "visual studio watch": (visual_studio, "txt", ("pascal",)), "laravel dump": (laravel_dump, "txt", ("snake",)),
    "commons tostring": (commons_string, "log", ("camel",)), "ordered dicts": (ordered_dicts, "log", ("snake", "upper", "local")), "querydict": (query_dict, "log", CODE),
    "println": (println, "out", CODE), "pandas row": (pandas_row, "txt", ("snake", "local")),
}  # fmt: skip
