"""The third set of layouts: what systems send each other, and what they refuse."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

from random import Random
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier, json_text, token, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import padded, pairs, plain_json, width
from benchmarks.detection.tables import Sheet, Writer

API = ("camel", "snake")
PEOPLE = ("local", "space")
RECORD, UNIT = "\x1e", "\x1f"
TELEGRAM = {"kr": ("항목명", "값"), "th": ("ฟิลด์", "ค่า"), "cn": ("字段", "值")}


def nexacro_ssv(page: Page, table: Sheet, chance: Random) -> str:
    """Nexacro's and XPLATFORM's SSV: records behind RS, values behind US, names with types in the first record."""
    records = ["SSV:utf-8", f"ErrorCode:int{UNIT}0", f"ErrorMsg:string{UNIT}SUCCESS", "Dataset:ds_member"]
    records.append(UNIT.join(["_RowType_", *(f"{identifier(f)}:STRING({chance.choice((100, 256))})" for f in table.fields)]))  # fmt: skip
    records += [UNIT.join(["N", *(page.put(c, n) for n, c in pairs(table, row, identifier))]) for row in table.rows]
    return RECORD.join([*records, "", ""])


def nexacro_xml(page: Page, table: Sheet, chance: Random) -> str:
    """The same platform's XML: columns declared, then Col elements by id."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<Root xmlns="http://www.nexacroplatform.com/platform/dataset">', "\t<Parameters>", '\t\t<Parameter id="ErrorCode" type="int">0</Parameter>', "\t</Parameters>", '\t<Dataset id="ds_member">', "\t\t<ColumnInfo>"]  # fmt: skip
    lines += [f'\t\t\t<Column id="{identifier(f)}" type="STRING" size="256"/>' for f in table.fields]
    lines += ["\t\t</ColumnInfo>", "\t\t<Rows>"]
    for row in table.rows:
        lines += ["\t\t\t<Row>", *(f'\t\t\t\t<Col id="{n}">{page.put(c, n, xml_escape)}</Col>' for n, c in pairs(table, row, identifier)), "\t\t\t</Row>"]  # fmt: skip
    return "\n".join([*lines, "\t\t</Rows>", "\t</Dataset>", "</Root>", ""])


def websquare(page: Page, table: Sheet, chance: Random) -> str:
    """A page of WebSquare: columns with an id and a name, rows in CDATA under the ids."""
    lines = ['<w2:dataCollection baseNode="map" xmlns:w2="http://www.inswave.com/websquare">', '  <w2:dataList baseNode="list" repeatNode="map" id="dlt_member" saveRemovedData="true">', "    <w2:columnInfo>"]  # fmt: skip
    lines += [f'      <w2:column id="col{at}" name="{attribute_text(f)}" dataType="text"></w2:column>' for at, f in enumerate(table.fields, 1)]  # fmt: skip
    lines += ["    </w2:columnInfo>", '    <w2:data use="true">']
    for row in table.rows:
        lines += ["      <w2:row>", *(f"        <col{at}><![CDATA[{page.put(c, n)}]]></col{at}>" for at, (n, c) in enumerate(pairs(table, row), 1)), "      </w2:row>"]  # fmt: skip
    return "\n".join([*lines, "    </w2:data>", "  </w2:dataList>", "</w2:dataCollection>", ""])


def iso20022(page: Page, table: Sheet, chance: Random) -> str:
    """A payment of ISO 20022: everything of the debtor as other identification, its scheme's name behind it."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.12">', "  <CstmrCdtTrfInitn>"]  # fmt: skip
    for row in table.rows:
        lines += ["    <PmtInf>", f"      <PmtInfId>PMT{chance.randint(10**9, 10**10)}</PmtInfId>", "      <Dbtr>", "        <Id>", "          <PrvtId>"]  # fmt: skip
        for n, c in pairs(table, row):
            lines += ["            <Othr>", f"              <Id>{page.put(c, n, xml_escape)}</Id>", "              <SchmeNm>", f"                <Prtry>{xml_escape(n)}</Prtry>", "              </SchmeNm>", "            </Othr>"]  # fmt: skip
        lines += ["          </PrvtId>", "        </Id>", "      </Dbtr>", "    </PmtInf>"]
    return "\n".join([*lines, "  </CstmrCdtTrfInitn>", "</Document>", ""])


def curl_verbose(page: Page, table: Sheet, chance: Random) -> str:
    """curl -v: a gateway's headers behind >, what is not ASCII percent-encoded; a name that is not is no header."""
    lines = []
    for row in table.rows:
        lines += ["*   Trying 10.20.3.14:443...", "* Connected to stg.vendor.example (10.20.3.14) port 443 (#0)", "> GET /api/v1/mypage HTTP/1.1", "> Host: stg.vendor.example", "> User-Agent: curl/7.81.0", "> Accept: */*"]  # fmt: skip
        for n, c in pairs(table, row, lambda f: "X-" + upper_name(f).title().replace("_", "-")):
            lines += (
                [f"> {n}: {page.put(c, n, lambda t: t if t.isascii() else quote(t, safe=''))}"] if n.isascii() else []
            )
        lines += ["> ", "* Mark bundle as not supporting multiuse", "< HTTP/1.1 200 ", "< Content-Length: 2", "< ", "* Connection #0 to host stg.vendor.example left intact", "OK"]  # fmt: skip
    return "\n".join([*lines, ""])


HL7 = str.maketrans({"|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\", "\\": "\\E\\"})


def hl7_obx(page: Page, table: Sheet, chance: Random) -> str:
    """An interface engine's log of HL7 v2: observations with a code, its name, and two bars on the value."""
    lines = []
    for number, row in enumerate(table.rows, 1001):
        lines += [f"MSH|^~\\&|CRM|VENDOR|EAI|BANK|{moment(chance):%Y%m%d%H%M%S}||ORU^R01|MSG{number}|P|2.5|||||||UNICODE UTF-8", f"PID|1||{number}"]  # fmt: skip
        lines += [f"OBX|{at}|ST|M{at:02}^{n.translate(HL7)}^L||{page.put(c, n, lambda t: t.translate(HL7))}||||||F" for at, (n, c) in enumerate(pairs(table, row), 1)]  # fmt: skip
        lines.append("")
    return "\n".join(lines)


def xstream_map(page: Page, table: Sheet, chance: Random) -> str:
    """XStream of a list of maps: an entry is two strings."""
    lines = ["<list>"]
    for row in table.rows:
        lines.append("  <linked-hash-map>")
        for n, c in pairs(table, row):
            lines += ["    <entry>", f"      <string>{xml_escape(n)}</string>", f"      <string>{page.put(c, n, xml_escape)}</string>", "    </entry>"]  # fmt: skip
        lines.append("  </linked-hash-map>")
    return "\n".join([*lines, "</list>", ""])


def spring_rejected(page: Page, table: Sheet, chance: Random) -> str:
    """Spring's binding errors: on field '…': rejected value […]."""
    reason = {"kr": "크기가 1에서 5 사이여야 합니다", "th": "ขนาดต้องอยู่ระหว่าง 1 ถึง 5", "cn": "个数必须在1和5之间"}[
        table.country
    ]
    lines = []
    for row in table.rows:
        errors = " ".join(
            f"[Field error in object 'memberReq' on field '{n}': rejected value [{page.put(c, n)}]; codes [Size.memberReq.{n},Size.{n},Size.java.lang.String,Size]; arguments [org.springframework.context.support.DefaultMessageSourceResolvable: codes [memberReq.{n},{n}]; arguments []; default message [{n}],5,1]; default message [{reason}]]"
            for n, c in pairs(table, row, identifier)
        )
        lines.append(f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03}  WARN 1 --- [nio-8080-exec-{chance.randint(1, 9)}] .w.s.m.s.DefaultHandlerExceptionResolver : Resolved [org.springframework.web.bind.MethodArgumentNotValidException: Validation failed for argument [0] in public void kr.co.vendor.member.JoinController.join(kr.co.vendor.member.MemberReq) with {len(row)} errors: {errors}]")  # fmt: skip
    return "\n".join([*lines, ""])


def pydantic_errors(page: Page, table: Sheet, chance: Random) -> str:
    """FastAPI's answer 422: where in loc, what was sent in input."""
    write = json_text(chance)
    lines = []
    for row in table.rows:
        errors = ",".join(f'{{"type":"string_too_long","loc":["body","{n}"],"msg":"String should have at most 5 characters","input":"{page.put(c, n, write)}","ctx":{{"max_length":5}}}}' for n, c in pairs(table, row, identifier))  # fmt: skip
        lines.append(f'{{"detail":[{errors}]}}')
    return "\n".join([*lines, ""])


def json_patch(page: Page, table: Sheet, chance: Random) -> str:
    """RFC 6902 in a gateway's log: the name in a path, the value beside it."""
    lines = []
    for number, row in enumerate(table.rows, 1001):
        given = ",".join(f'{{"op":"replace","path":"/{n}","value":"{page.put(c, n, plain_json)}"}}' for n, c in pairs(table, row, identifier))  # fmt: skip
        lines.append(f"{moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(1000):03}Z PATCH /api/v1/members/{number} 204 [{given}]")  # fmt: skip
    return "\n".join([*lines, ""])


def nice_plain(page: Page, table: Sheet, chance: Random) -> str:
    """NICE's identity check, decrypted: length:name, length:value, and nothing between."""
    lines = []
    for row in table.rows:
        given = "".join(f"{len(n)}:{n}{len(c.text.encode())}:{page.put(c, n)}" for n, c in pairs(table, row, upper_name))  # fmt: skip
        sequence = f"G{chance.randint(10**11, 10**12 - 1)}_{chance.randint(10**10, 10**11 - 1)}"
        lines.append(f"{moment(chance):%Y-%m-%d %H:%M:%S},{chance.randrange(1000):03} DEBUG [checkplus_success.jsp] sPlainData : 7:REQ_SEQ{len(sequence)}:{sequence}9:AUTH_TYPE1:M{given}")  # fmt: skip
    return "\n".join([*lines, ""])


def kcp_units(page: Page, table: Sheet, chance: Random) -> str:
    """A payment gateway's answer as KCP's module gives it: name=value, behind each a US."""
    lines = []
    for row in table.rows:
        given = "".join(f"{n}={page.put(c, n)}{UNIT}" for n, c in pairs(table, row, identifier))
        lines.append(f"[{moment(chance):%H:%M:%S}.{chance.randrange(1000):03}] [{chance.randint(1000, 30000)}] RECV res_cd=0000{UNIT}res_msg=OK{UNIT}{given}")  # fmt: skip
    return "\n".join([*lines, ""])


def telegram(page: Page, table: Sheet, chance: Random) -> str:
    """A bank's log of a telegram taken apart: number, name, type, length, and the value in brackets, filled with blanks."""
    name, value = TELEGRAM[table.country]
    left = max(20, *(width(f) for f in table.fields))
    sizes = [next(s for s in (10, 20, 50, 100, 200, 300) if s >= max(width(row[at].text) for row in table.rows)) for at in range(len(table.fields))]  # fmt: skip
    lines = []
    for row in table.rows:
        lines += [f"[{moment(chance):%Y/%m/%d %H:%M:%S}] SEND [MBR0{chance.randint(100, 999)}0200] LEN=[{sum(sizes):05}]", f"  NO {padded(name, left)} TYPE  LEN {value}"]  # fmt: skip
        lines += [f" {at:>3} {padded(n, left)} AN   {sizes[at - 1]:>4} [{padded(page.put(c, n), sizes[at - 1])}]" for at, (n, c) in enumerate(pairs(table, row), 1)]  # fmt: skip
        lines.append("-" * 78)
    return "\n".join([*lines, ""])


def tshark(page: Page, table: Sheet, chance: Random) -> str:
    """tshark -V of a form: an item's name and value, then both in lines of their own."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"Frame {number * 7}: {chance.randint(400, 1400)} bytes on wire, captured on interface eth0", "Hypertext Transfer Protocol", "    POST /member/join HTTP/1.1\\r\\n", "HTML Form URL Encoded: application/x-www-form-urlencoded"]  # fmt: skip
        for n, c in pairs(table, row, token):
            text = page.put(c, n)
            lines += [f'    Form item: "{n}" = "{text}"', f"        Key: {n}", f"        Value: {text}"]
        lines.append("")
    return "\n".join(lines)


def actuator_env(page: Page, table: Sheet, chance: Random) -> str:
    """Spring Boot's /actuator/env: of every property a value and where it came from."""
    members = []
    for number, row in enumerate(table.rows):
        for at, (n, c) in enumerate(pairs(table, row, identifier)):
            members.append(f'        "test.members[{number}].{n}": {{\n          "value": "{page.put(c, n, plain_json)}",\n          "origin": "class path resource [application-local.yml] - {12 + number * len(row) + at}:{len(n) + 9}"\n        }}')  # fmt: skip
    joined = ",\n".join(members)
    return f'{{\n  "activeProfiles": ["local"],\n  "propertySources": [\n    {{\n      "name": "Config resource \'class path resource [application-local.yml]\' via location \'optional:classpath:/\'",\n      "properties": {{\n{joined}\n      }}\n    }}\n  ]\n}}\n'


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "nexacro ssv": (nexacro_ssv, "txt", ("camel", "upper")), "nexacro dataset": (nexacro_xml, "xml", ("camel", "upper")), "websquare": (websquare, "xml", PEOPLE),
    "iso 20022 other": (iso20022, "xml", (*PEOPLE, "upper")), "curl verbose headers": (curl_verbose, "txt", ("snake",)), "hl7 obx": (hl7_obx, "log", PEOPLE),
    "xstream map": (xstream_map, "xml", (*API, "local")), "spring rejected value": (spring_rejected, "log", ("camel",)), "pydantic errors": (pydantic_errors, "ndjson", ("snake",)),
    "json patch": (json_patch, "log", API), "nice plain data": (nice_plain, "log", ("upper",)), "kcp units": (kcp_units, "log", ("snake",)),
    "telegram": (telegram, "log", ("local", "upper")), "tshark form": (tshark, "txt", API), "actuator env": (actuator_env, "json", API),
}  # fmt: skip
