"""Layouts nobody had seen when the rules were written: SOAP, captures, API tools, queues, logs."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial
from random import Random
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier, json_object, json_text, token
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import json_twice, pairs, plain_json
from benchmarks.detection.tables import Sheet, Writer

API = ("camel", "snake")


def _form(page: Page, table: Sheet, row: tuple[Cell, ...], outer: Callable[[str], str] = str) -> str:
    return outer("&").join(
        f"{quote_plus(n)}={page.put(c, n, lambda t: outer(quote_plus(t)))}" for n, c in pairs(table, row, token)
    )


def _inner_json(page: Page, table: Sheet, row: tuple[Cell, ...]) -> str:
    """An object inside a JSON string."""
    return (
        "{" + ",".join(f'\\"{n}\\":\\"{page.put(c, n, json_twice)}\\"' for n, c in pairs(table, row, identifier)) + "}"
    )


def soap(page: Page, table: Sheet, chance: Random) -> str:
    """A SOAP envelope for each customer, every element with its namespace's prefix."""
    lines = []
    prefix = chance.choice(("ns2", "mbr", "tns", "v1"))
    for row in table.rows:
        lines += [f"{moment(chance):%Y-%m-%d %H:%M:%S} INFO  o.a.c.s.MemberPort.REQ_OUT - Payload: <?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                  f'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:{prefix}="http://ws.vendor.co.kr/member/v1">', "  <soapenv:Header/>", "  <soapenv:Body>", f"    <{prefix}:RegisterMemberRequest>"]  # fmt: skip
        lines += [
            f"      <{prefix}:{n}>{page.put(c, n, xml_escape)}</{prefix}:{n}>" for n, c in pairs(table, row, token)
        ]
        lines += [f"    </{prefix}:RegisterMemberRequest>", "  </soapenv:Body>", "</soapenv:Envelope>", ""]
    return "\n".join(lines)


def har(page: Page, table: Sheet, chance: Random) -> str:
    """A browser's capture: a form's parameters as name and value, and its body once more."""
    entries = []
    for row in table.rows:
        given = pairs(table, row, token)
        params = ",\n".join(f'              {{\n                "name": "{n}",\n                "value": "{page.put(c, n, quote)}"\n              }}' for n, c in given)  # fmt: skip
        body = _form(page, table, row)
        entries.append(
            f'      {{\n        "startedDateTime": "{moment(chance):%Y-%m-%dT%H:%M:%S}.000Z",\n        "request": {{\n          "method": "POST",\n          "url": "https://www.vendor.example/member/join",\n'
            f'          "postData": {{\n            "mimeType": "application/x-www-form-urlencoded",\n            "text": "{body}",\n            "params": [\n{params}\n            ]\n          }}\n        }},\n        "response": {{"status": 302}},\n        "time": {chance.random() * 100}\n      }}'
        )
    return '{\n  "log": {\n    "version": "1.2",\n    "creator": {"name": "WebInspector", "version": "537.36"},\n    "entries": [\n' + ",\n".join(entries) + "\n    ]\n  }\n}\n"  # fmt: skip


def postman(page: Page, table: Sheet, chance: Random) -> str:
    """A collection: parameters as key and value, or a JSON body inside a string."""
    raw = chance.random() < 0.5
    items = []
    for number, row in enumerate(table.rows, 1):
        if raw:
            inner = ",\\r\\n    ".join(
                f'\\"{n}\\": \\"{page.put(c, n, json_twice)}\\"' for n, c in pairs(table, row, identifier)
            )
            body = f'"mode": "raw",\n\t\t\t\t\t"raw": "{{\\r\\n    {inner}\\r\\n}}"'
        else:
            params = ",\n".join(
                f'\t\t\t\t\t\t{{\n\t\t\t\t\t\t\t"key": "{n}",\n\t\t\t\t\t\t\t"value": "{page.put(c, n, plain_json)}",\n\t\t\t\t\t\t\t"type": "text"\n\t\t\t\t\t\t}}'
                for n, c in pairs(table, row, identifier)
            )
            body = f'"mode": "formdata",\n\t\t\t\t\t"formdata": [\n{params}\n\t\t\t\t\t]'
        items.append(f'\t\t{{\n\t\t\t"name": "join {number}",\n\t\t\t"request": {{\n\t\t\t\t"method": "POST",\n\t\t\t\t"body": {{\n\t\t\t\t\t{body}\n\t\t\t\t}},\n\t\t\t\t"url": "{{{{host}}}}/api/v1/members"\n\t\t\t}}\n\t\t}}')  # fmt: skip
    return '{\n\t"info": {\n\t\t"name": "member api",\n\t\t"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"\n\t},\n\t"item": [\n' + ",\n".join(items) + "\n\t]\n}\n"  # fmt: skip


def curl(page: Page, table: Sheet, chance: Random, *, way: str) -> str:
    """Commands in a shell script: -d with JSON, --data-urlencode, or -F."""
    lines = ["#!/bin/sh", "HOST=https://stg.vendor.example", ""]
    for row in table.rows:
        given = pairs(table, row, token)
        if way == "json":
            lines.append(
                f"curl -s -X POST \"$HOST/api/members\" -H 'Content-Type: application/json' -d '{json_object(page, tuple(n for n, _ in given), row, plain_json)}'"
            )
        elif way == "urlencode":
            lines.append(
                'curl -s -G "$HOST/api/members/search"'
                + "".join(f' \\\n  --data-urlencode "{n}={page.put(c, n)}"' for n, c in given)
            )
        elif way == "-F":
            lines.append('curl "$HOST/api/members"' + "".join(f" \\\n  -F '{n}={page.put(c, n)}'" for n, c in given))
        else:
            lines.append('curl "$HOST/api/members" -d "' + _form(page, table, row) + '"')
    return "\n".join([*lines, ""])


def multipart(page: Page, table: Sheet, chance: Random) -> str:
    """multipart/form-data as a proxy logged it: the name in a header, an empty line, the value."""
    lines = []
    for row in table.rows:
        boundary = "----WebKitFormBoundary" + "".join(chance.choices("ABCDEFabcdef0123456789", k=16))
        lines += ["POST /member/join HTTP/1.1", "Host: www.vendor.example", f"Content-Type: multipart/form-data; boundary={boundary}", ""]  # fmt: skip
        for n, c in pairs(table, row, token):
            lines += [f"--{boundary}", f'Content-Disposition: form-data; name="{n}"', "", page.put(c, n)]
        lines += [f"--{boundary}--", ""]
    return "\r\n".join(lines)


def http_dump(page: Page, table: Sheet, chance: Random) -> str:
    """Raw requests, tcpdump -A or Burp: headers, an empty line, a form's body."""
    lines = []
    for row in table.rows:
        body = _form(page, table, row)
        lines += ["POST /api/member/verify HTTP/1.1", "Host: www.vendor.example", f"User-Agent: Dalvik/2.1.0 (Linux; U; Android 1{chance.randint(0, 4)})",
                  "Content-Type: application/x-www-form-urlencoded; charset=UTF-8", f"Content-Length: {len(body)}", "", body, "", "HTTP/1.1 200 OK", "Content-Length: 2", "", "OK", ""]  # fmt: skip
    return "\r\n".join(lines)


def kafka_console(page: Page, table: Sheet, chance: Random) -> str:
    """kafka-console-consumer with keys and times, Debezium's envelope or the plain object."""
    debezium = chance.random() < 0.5
    write = json_text(chance)
    lines = []
    for number, row in enumerate(table.rows, 1):
        body = json_object(page, table.fields, row, write)
        if debezium:
            body = f'{{"before":null,"after":{body},"source":{{"connector":"mysql","db":"member","table":"tb_member"}},"op":"c","ts_ms":{int(moment(chance).timestamp() * 1000)}}}'
        lines.append(
            f"CreateTime:{int(moment(chance).timestamp() * 1000)}\tPartition:{number % 3}\tmember-{number}\t{body}"
        )
    return "\n".join([*lines, f"Processed a total of {len(lines)} messages", ""])


def _sd(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("]", "\\]")


def syslog_structured(page: Page, table: Sheet, chance: Random) -> str:
    """RFC 5424 with structured data."""
    return "".join(
        f"<134>1 {moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(1000):03}+09:00 was0{chance.randint(1, 4)} member {chance.randint(100, 9999)} JOIN [member@32473 "
        + " ".join(f'{n}="{page.put(c, n, _sd)}"' for n, c in pairs(table, row, token))
        + "] member joined\n"
        for row in table.rows
    )


def gelf(page: Page, table: Sheet, chance: Random) -> str:
    """GELF: additional fields begin with an underscore."""
    write = json_text(chance)
    lines = []
    for row in table.rows:
        extra = ",".join(f'"_{n}":"{page.put(c, "_" + n, write)}"' for n, c in pairs(table, row, identifier))
        lines.append(
            f'{{"version":"1.1","host":"was0{chance.randint(1, 4)}","short_message":"member joined","timestamp":{moment(chance).timestamp()},"level":6,{extra}}}'
        )
    return "\n".join([*lines, ""])


def graphql(page: Page, table: Sheet, chance: Random) -> str:
    """GraphQL: a connection's edges as answered, or literals written into a mutation."""
    if chance.random() < 0.5:
        write = json_text(chance)
        edges = ",".join(
            f'{{"cursor":"{base64.b64encode(chance.randbytes(9)).decode()}","node":{{"__typename":"Member",{json_object(page, table.fields, row, write)[1:]}}}'
            for row in table.rows
        )
        return f'{{"data":{{"members":{{"edges":[{edges}],"pageInfo":{{"hasNextPage":true}}}}}}}}\n'
    return "\n".join(
        f"mutation Join{number} {{\n  createMember(input: {{"
        + ", ".join(f'{n}: "{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier))
        + "}) { id }\n}\n"
        for number, row in enumerate(table.rows, 1)
    )


def sentry(page: Page, table: Sheet, chance: Random) -> str:
    """A Sentry event: a frame's variables as Python's repr inside JSON, and the request's form as pairs."""
    events = []
    for row in table.rows:
        given = pairs(table, row, identifier)
        frame = ", ".join(f'"{n}": "\'{page.put(c, n, plain_json)}\'"' for n, c in given)
        data = ", ".join(f'["{n}", "{page.put(c, n, plain_json)}"]' for n, c in given)
        events.append(
            f'{{"event_id": "{chance.randbytes(16).hex()}", "platform": "python", "exception": {{"values": [{{"type": "IntegrityError", "value": "could not save member", "stacktrace": {{"frames": '
            f'[{{"function": "join", "module": "app.member.views", "lineno": {chance.randint(10, 400)}, "vars": {{{frame}}}}}]}}}}]}}, "request": {{"method": "POST", "url": "https://www.vendor.example/join", "data": [{data}]}}}}'
        )
    return "\n".join([*events, ""])


def sentry_frames(page: Page, table: Sheet, chance: Random) -> str:
    """The frames' variables alone: a quoted string inside a JSON string."""
    events = []
    for row in table.rows:
        frame = ",\n".join(
            f'              "{n}": "\'{page.put(c, n, plain_json)}\'"' for n, c in pairs(table, row, identifier)
        )
        events.append(f'        {{\n          "function": "join",\n          "in_app": true,\n          "vars": {{\n{frame}\n          }}\n        }}')  # fmt: skip
    return '{\n  "platform": "python",\n  "stacktrace": {\n    "frames": [\n' + ",\n".join(events) + "\n    ]\n  }\n}\n"


def slack_export(page: Page, table: Sheet, chance: Random) -> str:
    """A channel's day: a bot's attachments with title and value."""
    write = json_text(chance)
    messages = []
    for row in table.rows:
        fields = ",\n".join(f'                    {{\n                        "title": "{write(n)}",\n                        "value": "{page.put(c, n, write)}",\n                        "short": true\n                    }}' for n, c in pairs(table, row))  # fmt: skip
        messages.append(f'    {{\n        "subtype": "bot_message",\n        "text": "",\n        "ts": "{int(moment(chance).timestamp())}.{chance.randrange(10**6):06}",\n        "attachments": [\n            {{\n                "color": "36a64f",\n                "fields": [\n{fields}\n                ]\n            }}\n        ]\n    }}')  # fmt: skip
    return "[\n" + ",\n".join(messages) + "\n]\n"


def iso8583(page: Page, table: Sheet, chance: Random) -> str:
    """JPOS's log of a message: fields by number."""
    lines = []
    for row in table.rows:
        lines += [f'<log realm="channel/10.1.1.{chance.randint(2, 250)}:7000" at="{moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(1000):03}">', "  <receive>", '    <isomsg direction="incoming">', '      <field id="0" value="0200"/>']  # fmt: skip
        lines += [
            f'      <field id="{at}" value="{page.put(c, "", attribute_text)}"/>'
            for at, (_, c) in enumerate(pairs(table, row), 60)
        ]
        lines += ["    </isomsg>", "  </receive>", "</log>"]
    return "\n".join([*lines, ""])


def otlp(page: Page, table: Sheet, chance: Random) -> str:
    """OpenTelemetry's JSON: attributes as key and typed value."""
    lines = []
    for row in table.rows:
        given = ",".join(f'{{"key":"member.{n}","value":{{"stringValue":"{page.put(c, n, plain_json)}"}}}}' for n, c in pairs(table, row, token))  # fmt: skip
        lines.append(f'{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{chance.randbytes(16).hex()}","spanId":"{chance.randbytes(8).hex()}","name":"POST /join","attributes":[{given}]}}]}}]}}]}}')  # fmt: skip
    return "\n".join([*lines, ""])


def wiremock(page: Page, table: Sheet, chance: Random) -> str:
    """A stub: the expected body as JSON inside a string."""
    stubs = [
        f'    {{\n      "request": {{\n        "method": "POST",\n        "urlPath": "/api/v1/verify",\n        "bodyPatterns": [{{"equalToJson": "{_inner_json(page, table, row)}"}}]\n      }},\n      "response": {{"status": 200}}\n    }}'
        for row in table.rows
    ]
    return '{\n  "mappings": [\n' + ",\n".join(stubs) + "\n  ]\n}\n"


def jmeter_plan(page: Page, table: Sheet, chance: Random) -> str:
    """JMeter's .jmx: every argument an element, its value before its name."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">', "  <hashTree>"]  # fmt: skip
    for row in table.rows:
        lines += ['    <HTTPSamplerProxy guiclass="HttpTestSampleGui" testclass="HTTPSamplerProxy" testname="join">', '      <elementProp name="HTTPsampler.Arguments" elementType="Arguments">', '        <collectionProp name="Arguments.arguments">']  # fmt: skip
        for n, c in pairs(table, row, token):
            lines += [f'          <elementProp name="{n}" elementType="HTTPArgument">', '            <boolProp name="HTTPArgument.always_encode">true</boolProp>',
                      f'            <stringProp name="Argument.value">{page.put(c, n, xml_escape)}</stringProp>', '            <stringProp name="Argument.metadata">=</stringProp>', f'            <stringProp name="Argument.name">{n}</stringProp>', "          </elementProp>"]  # fmt: skip
        lines += ["        </collectionProp>", "      </elementProp>", "    </HTTPSamplerProxy>"]
    return "\n".join([*lines, "  </hashTree>", "</jmeterTestPlan>", ""])


def jmeter_results(page: Page, table: Sheet, chance: Random) -> str:
    """JMeter's .jtl as XML: the query string in an element, its & escaped."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testResults version="1.2">']
    for row in table.rows:
        lines += [f'<httpSample t="{chance.randint(5, 900)}" ts="{int(moment(chance).timestamp() * 1000)}" s="true" lb="join" rc="200" rm="OK">', f'  <queryString class="java.lang.String">{_form(page, table, row, xml_escape)}</queryString>', "</httpSample>"]  # fmt: skip
    return "\n".join([*lines, "</testResults>", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "soap": (soap, "log", ("camel", "pascal")), "har": (har, "har", API), "postman": (postman, "json", API),
    **{f"curl {way}": (partial(curl, way=way), "sh", API) for way in ("json", "urlencode", "-F", "-d")}, "multipart log": (multipart, "log", API),
    "http dump": (http_dump, "txt", API), "kafka console": (kafka_console, "txt", API), "syslog structured": (syslog_structured, "log", API), "gelf": (gelf, "log", API),
    "graphql": (graphql, "txt", ("camel",)), "sentry event": (sentry, "json", API), "sentry frames": (sentry_frames, "json", ("snake",)),
    "slack export": (slack_export, "json", ("space", "local", "snake")), "iso8583 log": (iso8583, "xml", ("snake",)), "otlp json": (otlp, "json", API),
    "wiremock": (wiremock, "json", API), "jmeter plan": (jmeter_plan, "jmx", API), "jmeter results": (jmeter_results, "jtl", API),
}  # fmt: skip
