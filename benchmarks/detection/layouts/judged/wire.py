"""The judging set of layouts: requests, answers and messages between systems, as logs and tools keep them."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

import base64
import csv
import io
from random import Random
from urllib.parse import quote_plus
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment, uuid
from benchmarks.detection.documents import identifier, json_text, token
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged.parts import CODE, PEOPLE, gaps, message, ordinary, stamp
from benchmarks.detection.layouts.parts import TITLES, padded, pairs, plain_json, width
from benchmarks.detection.tables import Sheet, Writer

API = ("camel", "snake", "upper")


def java_map(page: Page, table: Sheet, chance: Random) -> str:
    """A HashMap's toString in a Spring application's log: {name=value, …}, a list of them, or arrays as a servlet has them."""
    table = gaps(table, chance, "null")
    arrays = chance.random() < 0.4
    lines = []
    rows = list(table.rows)
    while rows:
        head = f"{stamp(chance)} DEBUG [http-nio-8080-exec-{chance.randint(1, 10)}] (MemberController.java:{chance.randint(20, 400)}) - "
        size = chance.randint(1, 3)
        group, rows = rows[:size], rows[size:]
        maps = ["{" + ", ".join(f"{n}=[{page.put(c, n)}]" if arrays else f"{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)) + (", menuId=[M0101]}" if arrays else ", RNUM=1, DEL_DT=null}") for row in group]  # fmt: skip
        lines += [f"{head}paramMap : {one}" for one in maps] if arrays else [f"{head}resultList : [{', '.join(maps)}]"]
        lines += ordinary(chance, head)
    return "\n".join([*lines, ""])


def interceptor(page: Page, table: Sheet, chance: Random) -> str:
    """A logging interceptor of one's own: a ruled block a request, every parameter in a line."""
    table = gaps(table, chance, "")
    rule = chance.choice(("=" * 60, "-" * 60, "#" * 50))
    form = chance.choice(("    {} : {}", "  - {} = {}", "PARAM [{}] = [{}]", "  {} ==> {}"))
    lines = []
    for row in table.rows:
        head = f"{stamp(chance)} [INFO ] [LoggerInterceptor:{chance.randint(20, 90)}] "
        given = [form.format(n, page.put(c, n)) for n, c in pairs(table, row, identifier)]
        given.insert(chance.randint(0, len(given)), form.format("menuNo", chance.randint(100, 999)))
        lines += [head + t for t in (rule, "Request URI : /member/joinProc.do", "Method      : POST", "------ Parameters ------", *given, rule)]  # fmt: skip
        lines += ordinary(chance, head)
    return "\n".join([*lines, ""])


def xml_line(page: Page, table: Sheet, chance: Random) -> str:
    """An EAI's log: a whole message of XML on one line, values in CDATA, empty elements between."""
    table = gaps(table, chance, "")
    lines = []
    for number, row in enumerate(table.rows, 1):
        given = "".join(f"<{n}><![CDATA[{page.put(c, n)}]]></{n}>" for n, c in pairs(table, row, token))
        body = f'<?xml version="1.0" encoding="UTF-8"?><message><header><if_id>IF_MBR_{chance.randint(100, 999)}</if_id><tx_id>{moment(chance):%Y%m%d%H%M%S}{number:06}</tx_id><resp_cd/></header><body>{given}<rmk><![CDATA[]]></rmk></body></message>'
        lines += [f"{stamp(chance)}|EAI01|{chance.choice(('SEND', 'RECV'))}|{len(body.encode()):08}|{body}", *ordinary(chance, f"{stamp(chance)}|EAI01|INFO|")]  # fmt: skip
    return "\n".join([*lines, ""])


def xml_in_soap(page: Page, table: Sheet, chance: Random) -> str:
    """A .asmx service that answers a string: XML escaped within XML, lines as they were."""
    table = gaps(table, chance, "")
    lines = []
    for row in table.rows:
        lines += ['<?xml version="1.0" encoding="utf-8"?>', '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><GetMemberResponse xmlns="http://tempuri.org/"><GetMemberResult>&lt;NewDataSet&gt;', "  &lt;Table&gt;", "    &lt;RSLT_CD&gt;0000&lt;/RSLT_CD&gt;"]  # fmt: skip
        lines += [f"    &lt;{n}&gt;{page.put(c, n, lambda t: xml_escape(xml_escape(t)))}&lt;/{n}&gt;" for n, c in pairs(table, row, token)]  # fmt: skip
        lines += ["  &lt;/Table&gt;", "&lt;/NewDataSet&gt;</GetMemberResult></GetMemberResponse></soap:Body></soap:Envelope>", ""]  # fmt: skip
    return "\r\n".join(lines)


def burp(page: Page, table: Sheet, chance: Random) -> str:
    """Items saved from Burp: the whole request in base64 within CDATA."""
    lines = ['<?xml version="1.0"?>', '<items burpVersion="2023.10.2" exportTime="Mon Mar 31 09:00:00 KST 2025">']
    for row in table.rows:
        form = "&".join(f"{quote_plus(n)}={page.put(c, n, quote_plus)}" for n, c in pairs(table, row, token))
        request = f"POST /member/join.do HTTP/1.1\r\nHost: www.vendor.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}"
        lines += ["  <item>", f"    <time>{moment(chance):%a %b %d %H:%M:%S} KST 2025</time>", "    <url><![CDATA[https://www.vendor.example/member/join.do]]></url>", '    <host ip="10.20.3.14">www.vendor.example</host>', "    <port>443</port>", "    <method><![CDATA[POST]]></method>", f'    <request base64="true"><![CDATA[{base64.b64encode(request.encode()).decode()}]]></request>', "    <status>200</status>", f"    <responselength>{chance.randint(200, 9000)}</responselength>", "    <mimetype>JSON</mimetype>", "  </item>"]  # fmt: skip
    return "\n".join([*lines, "</items>", ""])


def http_client(page: Page, table: Sheet, chance: Random) -> str:
    """A .http file of IntelliJ or VS Code: JSON below the headers, or a form a parameter a line."""
    lines = ["@host = https://stg.vendor.example", "@contentType = application/json", ""]
    for number, row in enumerate(table.rows, 1):
        given = pairs(table, row, identifier)
        if chance.random() < 0.5:
            body = ["Content-Type: application/json", "", "{", ",\n".join(f'  "{n}": "{page.put(c, n, plain_json)}"' for n, c in given), "}"]  # fmt: skip
        else:
            body = ["Content-Type: application/x-www-form-urlencoded", "", " &\n".join(f"{n} = {page.put(c, n)}" for n, c in given)]  # fmt: skip
        lines += [f"### join {number}", "POST {{host}}/api/v1/members", f"X-Request-Id: {uuid(chance)}", *body, ""]
        lines += ["###", f"GET {{{{host}}}}/api/v1/goods?page={chance.randint(1, 40)}&size=20", "Accept: application/json", ""] if chance.random() < 0.4 else []  # fmt: skip
    return "\n".join(lines)


def loadrunner(page: Page, table: Sheet, chance: Random) -> str:
    """LoadRunner's recorded action: "Name=…", "Value=…", ENDITEM."""

    def write(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"')

    lines = ["Action()", "{", '\tweb_set_max_html_param_len("1024");', ""]
    for number, row in enumerate(table.rows, 1):
        lines += [f'\tlr_start_transaction("join_{number:02}");', f'\tweb_submit_data("joinProc.do_{number}",', '\t\t"Action=https://stg.vendor.example/member/joinProc.do",', '\t\t"Method=POST",', '\t\t"RecContentType=text/html",', '\t\t"Mode=HTML",', "\t\tITEMDATA,"]  # fmt: skip
        lines += [
            f'\t\t"Name={n}", "Value={page.put(c, n, write)}", ENDITEM,' for n, c in pairs(table, row, identifier)
        ]
        lines += ["\t\tLAST);", f"\tlr_think_time({chance.randint(3, 40)});", f'\tlr_end_transaction("join_{number:02}", LR_AUTO);', ""]  # fmt: skip
    return "\r\n".join([*lines, "\treturn 0;", "}", ""])


def nested_form(page: Page, table: Sheet, chance: Random) -> str:
    """Bodies of forms with brackets or indexes: member[user_nm]=…, members[0].userNm=…, percent-encoded or as a log shows them."""
    table = gaps(table, chance, "")
    plain = chance.random() < 0.5
    form = chance.choice(("member[{n}]", "members[{i}].{n}", "data[Member][{n}]"))
    lines = []
    for number, row in enumerate(table.rows):
        given = "&".join((form if plain else quote_plus(form, safe="{}")).format(n=n, i=number % 5) + "=" + (page.put(c, n) if plain else page.put(c, n, quote_plus)) for n, c in pairs(table, row, identifier))  # fmt: skip
        lines += [f"[{stamp(chance)}] POST /members 302 body: utf8=%E2%9C%93&{given}&commit=Save", *ordinary(chance, f"[{stamp(chance)}] ")]  # fmt: skip
    return "\n".join([*lines, ""])


def alimtalk(page: Page, table: Sheet, chance: Random) -> str:
    """Requests to a sender of notices by template: variables as #{name}, JSON a line behind the time."""
    table = gaps(table, chance, "")
    write = json_text(chance)
    lines = []
    for row in table.rows:
        variables = ",".join(f'"#{{{write(n)}}}":"{page.put(c, n, write)}"' for n, c in pairs(table, row))
        lines += [f'{stamp(chance)} INFO  [notice-sender] REQ {{"templateCode":"TPL_{chance.randint(100, 999)}","plusFriendId":"@vendor","requestDate":"{moment(chance):%Y%m%d%H%M%S}","recipientList":[{{"templateParameter":{{{variables}}},"resendParameter":{{"isResend":true,"resendType":"SMS"}}}}]}}', f'{stamp(chance)} INFO  [notice-sender] RES {{"header":{{"isSuccessful":true,"resultCode":0}},"message":{{"requestId":"{moment(chance):%Y%m%d%H%M%S}{chance.randbytes(5).hex()}"}}}}', *ordinary(chance, f"{stamp(chance)} INFO  [notice-sender] ")]  # fmt: skip
    return "\n".join([*lines, ""])


def webhook_text(page: Page, table: Sheet, chance: Random) -> str:
    """Robots that tell a channel of a customer: one string of JSON, its lines joined by \\n."""
    head, form = chance.choice((('{{"channel":"#join","username":"vendor-bot","text":"*{t}*\\n', "{n}: {v}\\n"), ('{{"msgtype":"markdown","markdown":{{"title":"{t}","text":"#### {t}\\n', "> **{n}**：{v}\\n\\n"), ('{{"chat_id":-100{i},"parse_mode":"HTML","text":"<b>{t}</b>\\n', "{n} : {v}\\n")))  # fmt: skip
    tail = '"}}' if "markdown" in head else '"}'
    lines = []
    for row in table.rows:
        body = "".join(form.format(n=plain_json(n), v=page.put(c, n, plain_json)) for n, c in pairs(table, row))
        lines += [f"{stamp(chance)} webhook.send {head.format(t=TITLES[table.country][0], i=chance.randint(10**9, 10**10))}{body}\\nhttps://admin.vendor.example/members/{chance.randint(1000, 9999)}{tail}", *ordinary(chance, f"{stamp(chance)} webhook.skip ")]  # fmt: skip
    return "\n".join([*lines, ""])


def flex_message(page: Page, table: Sheet, chance: Random) -> str:
    """LINE's flex messages: a row is a box of two texts, a label and then a value."""
    bubbles = []
    for number, row in enumerate(table.rows, 1):
        boxes = ",\n".join(f'        {{"type": "box", "layout": "baseline", "spacing": "sm", "contents": [\n          {{"type": "text", "text": "{plain_json(n)}", "color": "#aaaaaa", "size": "sm", "flex": 1}},\n          {{"type": "text", "text": "{page.put(c, n, plain_json)}", "wrap": true, "color": "#666666", "size": "sm", "flex": 5}}\n        ]}}' for n, c in pairs(table, row))  # fmt: skip
        bubbles.append(f'  {{"type": "bubble", "header": {{"type": "box", "layout": "vertical", "contents": [{{"type": "text", "text": "{TITLES[table.country][0]} {number}", "weight": "bold"}}]}},\n    "body": {{"type": "box", "layout": "vertical", "contents": [\n{boxes}\n      ]}}}}')  # fmt: skip
    return '{"type": "flex", "altText": "member", "contents": {"type": "carousel", "contents": [\n' + ",\n".join(bubbles) + "\n]}}\n"  # fmt: skip


def ocr_answer(page: Page, table: Sheet, chance: Random) -> str:
    """An OCR service's answer by template, as Clova gives it: a field's name, a polygon, then inferText."""
    images = []
    for row in table.rows:
        fields = []
        for at, (n, c) in enumerate(pairs(table, row)):
            top = 120.0 + 64 * at
            corners = ", ".join(f'{{"x": {x}, "y": {y}}}' for x, y in ((80.0, top), (640.0, top), (640.0, top + 42), (80.0, top + 42)))  # fmt: skip
            fields.append(f'        {{\n          "name": "{plain_json(n)}",\n          "valueType": "ALL",\n          "boundingPoly": {{"vertices": [{corners}]}},\n          "inferText": "{page.put(c, n, plain_json)}",\n          "inferConfidence": {chance.random():.4f}\n        }}')  # fmt: skip
        joined = ",\n".join(fields)
        images.append(f'    {{\n      "uid": "{chance.randbytes(16).hex()}",\n      "name": "apply_form",\n      "inferResult": "SUCCESS",\n      "matchedTemplate": {{"id": {chance.randint(1000, 9999)}, "name": "apply"}},\n      "fields": [\n{joined}\n      ]\n    }}')  # fmt: skip
    return f'{{\n  "version": "V2",\n  "requestId": "{uuid(chance)}",\n  "timestamp": {int(moment(chance).timestamp() * 1000)},\n  "images": [\n' + ",\n".join(images) + "\n  ]\n}\n"  # fmt: skip


def rabbitmq(page: Page, table: Sheet, chance: Random) -> str:
    """rabbitmqadmin get: a table of messages, each with its payload of JSON in one cell."""
    payloads = ["{" + ",".join(f'"{n}":"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)) + "}" for row in table.rows]  # fmt: skip
    names = ["routing_key", "exchange", "message_count", "payload", "payload_bytes", "payload_encoding", "redelivered"]
    texts = [["member.join", "member", str(len(payloads) - at), p, str(len(p.encode())), "string", chance.choice(("True", "False"))] for at, p in enumerate(payloads, 1)]  # fmt: skip
    widths = [max(width(row[i]) for row in (names, *texts)) for i in range(len(names))]
    bar = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    rows = ["| " + " | ".join(map(padded, row, widths)) + " |" for row in (names, *texts)]
    return "\n".join(["$ rabbitmqadmin get queue=member.join count=24 ackmode=ack_requeue_true", bar, rows[0], bar, *rows[1:], bar, ""])  # fmt: skip


def kibana_csv(page: Page, table: Sheet, chance: Random) -> str:
    """Kibana's CSV of a search: names with dots, a column of times, dashes where a document has no such field."""
    table = gaps(table, chance, "-")
    form = chance.choice(("member.{}", "payload.{}", "json.body.{}"))
    out = io.StringIO()
    writer = csv.writer(out)
    names = [form.format(token(f)) for f in table.fields]
    writer.writerow(["@timestamp", "log.level", "_id", *names, "service.name", "http.response.status_code"])
    for row in table.rows:
        when = f"{moment(chance):%b %d, %Y @ %H:%M:%S}.{chance.randrange(1000):03}"
        texts = [page.put(c, n) for n, c in zip(names, row, strict=True)]
        writer.writerow([when, "INFO", chance.randbytes(10).hex(), *texts, "member-api", "200"])
        if chance.random() < 0.5:
            writer.writerow([when, "WARN", chance.randbytes(10).hex(), *("-" for _ in names), "goods-api", "404"])
    return out.getvalue()


def kibana_discover(page: Page, table: Sheet, chance: Random) -> str:
    """Cells copied from Kibana's Discover: a time, a tab, then name: value by name, blanks between."""
    lines = ["Time\t_source"]
    for row in table.rows:
        given = [(token(n), page.put(c, token(n))) for n, c in pairs(table, row)]
        given += [("@version", "1"), ("level", "INFO"), ("logger_name", "kr.co.vendor.member.JoinService"), ("message", message(chance))]  # fmt: skip
        when = f"{moment(chance):%b %d, %Y @ %H:%M:%S}.{chance.randrange(1000):03}"
        lines.append(f"{when}\t" + " ".join(f"{n}: {t}" for n, t in sorted(given)) + f" _id: {chance.randbytes(10).hex()} _index: member-2025.03.31 _score: -")  # fmt: skip
    return "\n".join([*lines, ""])


def cloudwatch(page: Page, table: Sheet, chance: Random) -> str:
    """aws logs filter-log-events: what Node printed of an object, in a string with \\n."""
    events = []

    def event(text: str) -> str:
        return f'        {{\n            "logStreamName": "2025/03/31/[$LATEST]{chance.randbytes(16).hex()}",\n            "timestamp": {int(moment(chance).timestamp() * 1000)},\n            "message": "{text}",\n            "eventId": "{chance.randint(10**55, 10**56 - 1)}"\n        }}'  # fmt: skip

    for row in table.rows:
        request = uuid(chance)
        inner = ",\\n".join(f"  {n}: '{page.put(c, n, plain_json)}'" for n, c in pairs(table, row, identifier))
        events += [event(f"START RequestId: {request} Version: $LATEST\\n"), event(f"{moment(chance):%Y-%m-%dT%H:%M:%S}.120Z\\t{request}\\tINFO\\tjoin {{\\n{inner}\\n}}\\n")]  # fmt: skip
        events += [event(f"REPORT RequestId: {request}\\tDuration: {chance.random() * 900:.2f} ms\\tBilled Duration: 120 ms\\tMemory Size: 512 MB\\t\\n")] if chance.random() < 0.5 else []  # fmt: skip
    return '{\n    "events": [\n' + ",\n".join(events) + '\n    ],\n    "searchedLogStreams": []\n}\n'


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "java map log": (java_map, "log", API), "interceptor parameters": (interceptor, "log", API), "xml line": (xml_line, "log", API), "xml in soap": (xml_in_soap, "log", ("upper", "pascal")),
    "burp items": (burp, "xml", CODE), "http client file": (http_client, "http", CODE), "loadrunner": (loadrunner, "c", CODE), "nested form": (nested_form, "log", CODE),
    "alimtalk": (alimtalk, "log", PEOPLE), "webhook text": (webhook_text, "log", PEOPLE), "flex message": (flex_message, "json", PEOPLE), "ocr answer": (ocr_answer, "json", PEOPLE),
    "rabbitmqadmin get": (rabbitmq, "txt", CODE), "kibana csv": (kibana_csv, "csv", CODE), "kibana discover": (kibana_discover, "txt", CODE), "cloudwatch events": (cloudwatch, "json", CODE),
}  # fmt: skip
