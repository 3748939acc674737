"""The judging set of layouts: logs of mobile applications, browsers' tools and stores, pages with data in their markup."""

from __future__ import annotations

import json
from random import Random

from benchmarks.detection import numbers
from benchmarks.detection.columns import moment, uuid
from benchmarks.detection.documents import attribute_text, identifier
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged.parts import CODE, gaps, names_of, ordinary
from benchmarks.detection.layouts.parts import TITLES, json_twice, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer


def _logcat(chance: Random, tag: str, level: str = "D") -> str:
    process = chance.randint(3000, 30000)
    return f"{moment(chance):%m-%d %H:%M:%S}.{chance.randrange(1000):03} {process:>5} {process + chance.randint(1, 90):>5} {level} {tag}: "


def pretty_logger(page: Page, table: Sheet, chance: Random) -> str:
    """Android's PrettyLogger in logcat: a box, and in it JSON a member a line."""
    table = gaps(table, chance, "")
    lines = ["--------- beginning of main"]
    for row in table.rows:
        head = _logcat(chance, "PRETTY_LOGGER")
        given = [f'    "{n}": "{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)]
        body = ["{", '  "resultCode": "0000",', f'  "traceId": "{uuid(chance)}",', '  "data": {', *(",\n".join(given).split("\n")), "  }", "}"]  # fmt: skip
        lines += [head + t for t in ("┌" + "─" * 56, f"│ Thread: OkHttp https://api.vendor.example/... ({chance.randint(1, 40)})", "├" + "┄" * 56, *("│ " + t for t in body), "└" + "─" * 56)]  # fmt: skip
        lines += ordinary(chance, _logcat(chance, "VendorApp", "I"))
    return "\n".join([*lines, ""])


def bundle(page: Page, table: Sheet, chance: Random) -> str:
    """Analytics in logcat: Bundle[{name=value, …}] behind an event's name."""
    table = gaps(table, chance, "null")
    lines = []
    for row in table.rows:
        given = [f"{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)]
        given.insert(0, f"ga_event_origin(_o)=app, ga_screen_id(_si)={chance.randint(10**17, 10**18)}")
        lines += [f"{_logcat(chance, 'FA', 'V')}Logging event (FE): {chance.choice(('join_complete', 'profile_update'))}, Bundle[{{{', '.join(given)}}}]", *ordinary(chance, _logcat(chance, "FA", "V"))]  # fmt: skip
    return "\n".join([*lines, ""])


def dart_map(page: Page, table: Sheet, chance: Random) -> str:
    """print() of a map in Flutter: {name: value, …} without quotes, null among them."""
    table = gaps(table, chance, "null")
    lines = []
    for number, row in enumerate(table.rows, 1):
        given = [f"{n}: {page.put(c, n)}" for n, c in pairs(table, row, identifier)]
        given.insert(chance.randint(1, len(given)), chance.choice(("pushToken: null", "agree: true", f"level: {number % 5}")))  # fmt: skip
        head = f"I/flutter ({chance.randint(10000, 30000):>5}): "
        lines += [f"{head}{chance.choice(('member', 'res.data', '[JoinBloc] state'))} => {{{', '.join(given)}}}", *ordinary(chance, head)]  # fmt: skip
    return "\n".join([*lines, ""])


def swift_print(page: Page, table: Sheet, chance: Random) -> str:
    """print() of a struct in Swift: Member(name: "…", other: Optional("…")), nil among them."""
    maybe = [chance.random() < 0.5 for _ in table.fields]
    lines = []
    for row in table.rows:
        given = [f'{n}: Optional("{page.put(c, n, plain_json)}")' if optional else f'{n}: "{page.put(c, n, plain_json)}"' for optional, (n, c) in zip(maybe, pairs(table, row, identifier), strict=True)]  # fmt: skip
        head = f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(10**6):06}+0900 Vendor[{chance.randint(300, 9000)}:{chance.randint(10000, 99999)}] "
        lines += [f"{head}[JoinViewModel] member = Member(pk: {chance.randint(1, 9999)}, {', '.join(given)}, marketing: nil)", *ordinary(chance, head)]  # fmt: skip
    return "\n".join([*lines, ""])


def redux_persist(page: Page, table: Sheet, chance: Random) -> str:
    """A browser's local storage as JSON, an object a user: redux-persist keeps JSON in a string, and in it once more."""
    lines = []
    for row in table.rows:
        inner = ",".join(f'"{n}":"{page.put(c, n, lambda t: json_twice(plain_json(t)))}"' for n, c in pairs(table, row, identifier)).replace('"', "\x00")  # fmt: skip
        shown = inner.replace("\x00", '\\\\\\"')
        lines.append(f'{{"_ga":"GA1.1.{chance.randint(10**8, 10**9)}.{chance.randint(10**9, 2 * 10**9)}","i18nextLng":"ko","persist:root":"{{\\"auth\\":\\"{{\\\\\\"status\\\\\\":\\\\\\"ok\\\\\\",\\\\\\"user\\\\\\":{{{shown}}}}}\\",\\"_persist\\":\\"{{\\\\\\"version\\\\\\":{chance.randint(1, 9)},\\\\\\"rehydrated\\\\\\":true}}\\"}}"}}')  # fmt: skip
    return "\n".join([*lines, ""])


def devtools_form(page: Page, table: Sheet, chance: Random) -> str:
    """Copied from the network pane: headers of a request, then Form Data or Payload, name: value a line."""
    table = gaps(table, chance, "")
    lines = []
    for row in table.rows:
        head = chance.choice((["Form Data", "view source", "view URL-encoded"], ["Form Data", "view parsed"], ["Request Payload", "view source"]))  # fmt: skip
        lines += ["Request URL: https://admin.vendor.example/member/updateProc.ajax", "Request Method: POST", "Status Code: 200 OK", "Remote Address: 10.20.3.14:443", "Referrer Policy: strict-origin-when-cross-origin", *head]  # fmt: skip
        if head[-1] == "view parsed":
            lines.append("&".join(f"{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)))
        else:
            lines += [f"{n}: {page.put(c, n)}" for n, c in pairs(table, row, identifier)]
        lines += [f"menuId: M{chance.randint(1000, 9999)}", "delYn: ", ""]
    return "\n".join(lines)


def console_object(page: Page, table: Sheet, chance: Random) -> str:
    """An object unfolded in Chrome's console and copied: a preview, then its members in order of the alphabet."""
    lines = []
    for number, row in enumerate(table.rows):
        given = sorted(pairs(table, row, identifier), key=lambda p: p[0])
        lines.append(f"join.js:{chance.randint(20, 400)} {chance.choice(('member', 'resp'))} {{resultCode: '0000', rowNo: {number}, …}}")  # fmt: skip
        shown = [f'{n}: "{page.put(c, n, plain_json)}"' for n, c in given]
        lines += [*shown, 'resultCode: "0000"', f"rowNo: {number}", "[[Prototype]]: Object"]
        lines += [f"vendor.min.js:2 [Violation] 'setTimeout' handler took {chance.randint(50, 300)}ms"] if chance.random() < 0.4 else []  # fmt: skip
    return "\n".join([*lines, ""])


def html_data(page: Page, table: Sheet, chance: Random) -> str:
    """A list of an admin's page whose buttons carry the record in data-… attributes; the cells show numbers and masks."""
    table = gaps(table, chance, "")
    lines = ["<!DOCTYPE html>", f'<html lang="ko"><head><meta charset="utf-8"><title>{TITLES[table.country][0]}</title></head><body>', '<table class="tbl_list"><tbody>']  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        given = " ".join(f'data-{n.replace("_", "-")}="{page.put(c, n, attribute_text)}"' for n, c in pairs(table, row, identifier))  # fmt: skip
        lines += ["<tr>", f"  <td>{number}</td>", f"  <td>010-****-{numbers.digits(chance, 4)}</td>", f"  <td>{moment(chance):%Y-%m-%d}</td>", f'  <td><button type="button" class="btn btn-sm js-edit" data-toggle="modal" data-target="#editModal" data-row="{chance.randint(1000, 9999)}" {given}>Edit</button></td>', "</tr>"]  # fmt: skip
    return "\n".join([*lines, "</tbody></table>", "</body></html>", ""])


def onclick(page: Page, table: Sheet, chance: Random) -> str:
    """A list whose links call a function with the record; what its arguments are says the function above."""
    names = names_of(table)
    lines = ["<%@ page contentType=\"text/html; charset=UTF-8\" %>", "<script>", f"function fn_select(rowKey, {names}) {{", *(f"    opener.document.frm.{identifier(f)}.value = {identifier(f)};" for f in table.fields), "    self.close();", "}", "</script>", '<ul class="search_result">']  # fmt: skip
    for number, row in enumerate(table.rows, 1001):
        given = ", ".join(f"'{page.put(c, n, lambda t: attribute_text(single(t)))}'" for n, c in pairs(table, row, identifier))  # fmt: skip
        lines += [f'  <li><a href="#none" onclick="fn_select(\'{number}\', {given}); return false;">{number}</a> <span class="dt">{moment(chance):%Y.%m.%d}</span></li>']  # fmt: skip
    return "\n".join([*lines, "</ul>", ""])


def initial_state(page: Page, table: Sheet, chance: Random) -> str:
    """A page rendered on the server: the state as JSON in a script, < as \\u003c, among it what the page is."""
    write = chance.choice((plain_json, lambda t: json.dumps(t)[1:-1]))
    head = chance.choice(('<script id="__NEXT_DATA__" type="application/json">', "<script>window.__INITIAL_STATE__=", "<script>window.__NUXT__="))  # fmt: skip
    members = ",".join(f'{{"key":{number},"href":"\\u003ca href=\\"/members/{number}\\"\\u003e",' + ",".join(f'"{n}":"{page.put(c, n, write)}"' for n, c in pairs(table, row, identifier)) + f',"orders":[{{"no":"{moment(chance):%Y%m%d}-{numbers.digits(chance, 7)}","amt":{chance.randint(1, 99)}000}}]}}' for number, row in enumerate(table.rows, 1001))  # fmt: skip
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"/><link rel="preload" href="/_next/static/css/{chance.randbytes(8).hex()}.css" as="style"/></head><body><div id="__next"></div>{head}{{"props":{{"pageProps":{{"list":[{members}],"total":{len(table.rows)}}}}},"page":"/admin/members","query":{{"page":"1"}},"buildId":"{chance.randbytes(10).hex()}"}}</script></body></html>\n'


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "pretty logger": (pretty_logger, "log", CODE), "analytics bundle": (bundle, "log", CODE), "dart map": (dart_map, "log", CODE),
    "swift print": (swift_print, "log", ("camel",)), "redux persist": (redux_persist, "jsonl", CODE), "devtools form": (devtools_form, "txt", CODE), "console object": (console_object, "txt", ("camel",)),
    "html data attributes": (html_data, "html", ("snake",)), "onclick arguments": (onclick, "jsp", ("camel", "snake")), "initial state": (initial_state, "html", CODE),
}  # fmt: skip
