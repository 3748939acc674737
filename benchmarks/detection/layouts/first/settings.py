"""Layouts nobody had seen when the rules were written: settings, directories, contacts."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import base64
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, token, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import pairs, plain_json
from benchmarks.detection.tables import Sheet, Writer

VCARD = {"PERSON": "FN:{}", "NICKNAME": "NICKNAME:{}", "PHONE_NUMBER": "TEL;TYPE=CELL:{}", "EMAIL_ADDRESS": "EMAIL;TYPE=INTERNET:{}", "DATE_OF_BIRTH": "BDAY:{}", "ADDRESS": "ADR;TYPE=HOME:;;{};;;;"}  # fmt: skip
API = ("camel", "snake")


def _properties_text(text: str) -> str:
    units = [text.encode("utf-16-be")[i : i + 2] for i in range(0, len(text.encode("utf-16-be")), 2)]
    inner = "".join(chr(u[1]) if u[0] == 0 and u[1] < 127 else f"\\u{u.hex().upper()}" for u in units)
    return (
        inner.replace("\\u", "\0")
        .replace("\\", "\\\\")
        .replace("\0", "\\u")
        .replace(":", "\\:")
        .replace("=", "\\=")
        .replace("#", "\\#")
        .replace("!", "\\!")
    )


def registry(page: Page, table: Sheet, chance: Random) -> str:
    """Windows' .reg: a key for each user."""
    lines = ["Windows Registry Editor Version 5.00", ""]
    for number, row in enumerate(table.rows, 1):
        lines.append(f"[HKEY_CURRENT_USER\\Software\\Vendor\\MemberTool\\Recent\\{number}]")
        lines += [f'"{n}"="{page.put(c, n, lambda t: t.replace(chr(92), chr(92) * 2))}"' for n, c in pairs(table, row)]
        lines.append("")
    return "\r\n".join(lines)


def ldif(page: Page, table: Sheet, chance: Random) -> str:
    """Ldapsearch's answer: base64 behind :: where it is not ASCII, lines folded at 76 or not."""
    fold = chance.random() < 0.5
    lines = ["version: 1", ""]
    for number, row in enumerate(table.rows, 1):
        lines += [f"dn: uid=user{number:05},ou=people,dc=vendor,dc=local", "objectClass: vendorMember"]
        for n, c in pairs(table, row, identifier):
            value = page.put(c, n)
            line = f"{n}: {value}" if value.isascii() else f"{n}:: {base64.b64encode(value.encode()).decode()}"
            cuts = [line[:76], *(" " + line[i : i + 75] for i in range(76, len(line), 75))]
            lines += cuts if fold else [line]
        lines.append("")
    return "\n".join(lines)


def _vcard_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")


def vcard(page: Page, table: Sheet, chance: Random) -> str:
    """A phone's contacts: vCard's own properties, X-… for what it has none."""
    lines = []
    for row in table.rows:
        lines += ["BEGIN:VCARD", "VERSION:3.0"]
        for n, c in pairs(table, row, token):
            own = VCARD.get(c.entity)
            name = own.partition(":")[0] if own else f"X-{upper_name(n).replace('_', '-')}"
            lines.append((own or name + ":{}").format(page.put(c, name, _vcard_text)))
        lines.append("END:VCARD")
    return "\r\n".join([*lines, ""])


def _folded(line: str) -> str:
    out, rest, most = [], line.encode(), 75
    while len(rest) > most:
        cut = most
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        out.append(rest[:cut].decode())
        rest, most = rest[cut:], 74
    return "\r\n ".join([*out, rest.decode()])


def icalendar(page: Page, table: Sheet, chance: Random) -> str:
    r"""Appointments whose descriptions hold a form, its lines joined by \n and folded at 75 bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vendor//Booking//KO"]
    for row in table.rows:
        text = "\\n".join(f"{_vcard_text(n)}: {page.put(c, n, _vcard_text)}" for n, c in pairs(table, row))
        lines += ["BEGIN:VEVENT", f"UID:{chance.randbytes(8).hex()}@vendor.example", f"DTSTART:{moment(chance):%Y%m%dT%H%M%SZ}", "SUMMARY:visit", _folded("DESCRIPTION:" + text), "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def mecard(page: Page, table: Sheet, chance: Random) -> str:
    """What QR codes hold, a line each: MECARD with its own fields, the rest left out."""
    own = {"PERSON": "N", "NICKNAME": "NICKNAME", "PHONE_NUMBER": "TEL", "EMAIL_ADDRESS": "EMAIL", "DATE_OF_BIRTH": "BDAY", "ADDRESS": "ADR"}  # fmt: skip
    lines = []
    for row in table.rows:
        given = [(own[c.entity], c) for c in row if c.entity in own]
        if given:
            lines.append(
                "MECARD:"
                + "".join(f"{n}:{page.put(c, n, lambda t: t.replace(',', chr(92) + ','))};" for n, c in given)
                + ";"
            )
    return "\n".join([*lines, ""])


def ini(page: Page, table: Sheet, chance: Random) -> str:
    """A section for each user."""
    equal = chance.choice(("=", " = "))
    lines = ["; test users"]
    for number, row in enumerate(table.rows, 1):
        lines += [f"[user_{number:03}]", *(f"{n}{equal}{page.put(c, n)}" for n, c in pairs(table, row, token)), ""]
    return "\r\n".join(lines)


def toml(page: Page, table: Sheet, chance: Random) -> str:
    """An array of tables, or inline tables."""
    inline = chance.random() < 0.4
    lines = ["members = ["] if inline else []
    for row in table.rows:
        given = [f'{n} = "{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)]
        lines += ["  { " + ", ".join(given) + " },"] if inline else ["[[members]]", *given, ""]
    return "\n".join([*lines, *(["]"] if inline else []), ""])


def hcl(page: Page, table: Sheet, chance: Random) -> str:
    """Terraform's variables: aligned equals signs."""
    left = max(len(identifier(f)) for f in table.fields)
    lines = ["test_members = ["]
    for row in table.rows:
        lines += [
            "  {",
            *(f'    {n:<{left}} = "{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)),
            "  },",
        ]
    return "\n".join([*lines, "]", ""])


def java_properties(page: Page, table: Sheet, chance: Random) -> str:
    """Properties.store(): letters as \\uXXXX, colons and equals signs behind a backslash."""
    lines = ["#test members", f"#{moment(chance):%a %b %d %H:%M:%S} KST 2025"]
    for number, row in enumerate(table.rows, 1):
        lines += [
            f"member.{number}.{_properties_text(n)}={page.put(c, n, _properties_text)}"
            for n, c in pairs(table, row, identifier)
        ]
    return "\n".join([*lines, ""])


def plist(page: Page, table: Sheet, chance: Random) -> str:
    """Apple's property list: a key, then a string."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">', '<plist version="1.0">', "<array>"]  # fmt: skip
    for row in table.rows:
        lines.append("\t<dict>")
        for n, c in pairs(table, row):
            lines += [f"\t\t<key>{xml_escape(n)}</key>", f"\t\t<string>{page.put(c, n, xml_escape)}</string>"]
        lines.append("\t</dict>")
    return "\n".join([*lines, "</array>", "</plist>", ""])


def shared_preferences(page: Page, table: Sheet, chance: Random) -> str:
    """Android's preferences, one file after another: the name in an attribute, the value between tags."""
    lines = []
    for row in table.rows:
        lines += ["<?xml version='1.0' encoding='utf-8' standalone='yes' ?>", "<map>"]
        lines += [
            f'    <string name="{n}">{page.put(c, n, xml_escape)}</string>' for n, c in pairs(table, row, identifier)
        ]
        lines.append("</map>")
    return "\n".join([*lines, ""])


def _octal(text: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in "\"'\\" else f"\\{chr(b)}" if b < 127 else f"\\{b:03o}" for b in text.encode())  # fmt: skip


def protobuf_text(page: Page, table: Sheet, chance: Random) -> str:
    """Protoc --decode: a block a message, letters as octal bytes."""
    lines = []
    for row in table.rows:
        lines += ["members {", *(f'  {n}: "{page.put(c, n, _octal)}"' for n, c in pairs(table, row, identifier)), "}"]
    return "\n".join([*lines, ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "windows registry": (registry, "reg", ("pascal", "camel")), "ldif": (ldif, "ldif", ("camel",)), "vcard": (vcard, "vcf", ("snake",)),
    "icalendar": (icalendar, "ics", ("local", "space")), "mecard": (mecard, "txt", ("snake",)), "ini": (ini, "ini", (*API, "local")),
    "toml": (toml, "toml", ("snake", "camel")), "terraform": (hcl, "tfvars", ("snake",)), "java properties": (java_properties, "properties", API),
    "plist": (plist, "plist", (*API, "local")), "shared preferences": (shared_preferences, "xml", API), "protobuf text": (protobuf_text, "txtpb", ("snake",)),
}  # fmt: skip
