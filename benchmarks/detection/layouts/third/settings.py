"""The third set of layouts: manifests, settings, interfaces' descriptions, markup of screens."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

import base64
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import doubled, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer

API = ("camel", "snake")
PEOPLE = ("local", "space")
SPEC = {"kr": ("회원가입 요청", ("항목", "타입", "필수", "예시"), "문자"), "th": ("คำขอสมัครสมาชิก", ("ฟิลด์", "ชนิด", "จำเป็น", "ตัวอย่าง"), "ข้อความ"), "cn": ("注册请求", ("字段", "类型", "必填", "示例"), "字符串")}  # fmt: skip


def kubernetes_secret(page: Page, table: Sheet, chance: Random) -> str:
    """Secrets, one a customer: a name, and its value in base64."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += ["---", "apiVersion: v1", "kind: Secret", "metadata:", f"  name: test-member-{number}", "  namespace: stg", "type: Opaque", "data:"]  # fmt: skip
        lines += [f"  {n}: {page.put(c, n, lambda t: base64.b64encode(t.encode()).decode())}" for n, c in pairs(table, row, identifier)]  # fmt: skip
    return "\n".join([*lines, ""])


def kubernetes_env(page: Page, table: Sheet, chance: Random) -> str:
    """Jobs, one a customer: - name: and below it value:."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += ["---", "apiVersion: batch/v1", "kind: Job", "metadata:", f"  name: join-{number}", "spec:", "  template:", "    spec:", "      containers:", "        - name: join", "          image: registry.vendor.example/e2e:1.4", "          env:"]  # fmt: skip
        for n, c in pairs(table, row, identifier):
            lines += [f"            - name: {n}", f'              value: "{page.put(c, n, plain_json)}"']
        lines.append("      restartPolicy: Never")
    return "\n".join([*lines, ""])


def nginx_map(page: Page, table: Sheet, chance: Random) -> str:
    """nginx's map: a variable's name, and in its block a value for each customer."""
    lines = ["# stub of the member API for load tests"]
    for at, field in enumerate(table.fields):
        n = identifier(field)
        lines += [f"map $arg_member_no ${n} {{", '    default "";']
        lines += [f'    {number} "{page.put(row[at], n, plain_json)}";' for number, row in enumerate(table.rows, 1001)]
        lines += ["}", ""]
    lines += ["server {", "    listen 8089;", "    location /member {", *(f"        add_header X-Stub-{at} ${identifier(f)};" for at, f in enumerate(table.fields)), "        return 204;", "    }", "}"]  # fmt: skip
    return "\n".join([*lines, ""])


def terraform_variables(page: Page, table: Sheet, chance: Random) -> str:
    """Variables of Terraform: the name is a block's label, the value its default."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        for n, c in pairs(table, row, identifier):
            lines += [f'variable "{n}_{number}" {{', "  type        = string", f'  description = "test member {number}"', f'  default     = "{page.put(c, n, plain_json)}"', "}", ""]  # fmt: skip
    return "\n".join(lines)


def openapi_examples(page: Page, table: Sheet, chance: Random) -> str:
    """OpenAPI: a property, and below its type and length an example."""
    lines = ["openapi: 3.0.3", "info:", "  title: member", "  version: 1.0.0", "paths: {}", "components:", "  schemas:"]
    sizes = [chance.choice((20, 100, 200)) for _ in table.fields]
    for number, row in enumerate(table.rows, 1):
        lines += [f"    Member{number}:", "      type: object", "      properties:"]
        for size, (n, c) in zip(sizes, pairs(table, row, identifier), strict=True):
            lines += [f"        {n}:", "          type: string", f"          maxLength: {size}", "          nullable: true", f"          example: '{page.put(c, n, doubled)}'"]  # fmt: skip
    return "\n".join([*lines, ""])


def swagger_annotations(page: Page, table: Sheet, chance: Random) -> str:
    """A DTO with springdoc's or springfox's annotations: the example stands above the field it is of."""
    form = chance.choice(('    @Schema(description = "{}", example = "{}")', '    @ApiModelProperty(value = "{}", required = true, example = "{}")'))  # fmt: skip
    lines = ["package kr.co.vendor.member.dto;", ""]
    for number, row in enumerate(table.rows, 1):
        lines += ["@Getter", f"class JoinReq{number} {{"]
        for n, c in pairs(table, row, identifier):
            lines += [form.format(n, page.put(c, n, plain_json)), f"    private String {n};", ""]
        lines[-1] = "}"
    return "\n".join([*lines, ""])


def api_specification(page: Page, table: Sheet, chance: Random) -> str:
    """An interface's description in Markdown: a field a row, its example in the last column."""
    title, heads, kind = SPEC[table.country]
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"## {number}. {title}", "", "| " + " | ".join(heads) + " |", "|" + "|".join("---" for _ in heads) + "|"]  # fmt: skip
        lines += [f"| {n} | {kind}({chance.choice((20, 100, 200))}) | {chance.choice('YN')} | {page.put(c, n)} |" for n, c in pairs(table, row)]  # fmt: skip
        lines.append("")
    return "\n".join(lines)


def put_parameter(page: Page, table: Sheet, chance: Random) -> str:
    """A script that fills a parameter store: the name ends a path, the value is another option."""
    aws = chance.random() < 0.5
    lines = ["#!/usr/bin/env bash", "set -eu", ""]
    for number, row in enumerate(table.rows, 1):
        for n, c in pairs(table, row, identifier):
            text = page.put(c, n, lambda t: t.replace("'", "'\\''"))
            lines.append(f"aws ssm put-parameter --name /stg/member/{number}/{n} --type String --overwrite --value '{text}'" if aws else f"consul kv put stg/member/{number}/{n} '{text}'")  # fmt: skip
    return "\n".join([*lines, ""])


def arff(page: Page, table: Sheet, chance: Random) -> str:
    """Weka's file: @ATTRIBUTE a line, then rows behind @DATA, strings in single quotes."""
    lines = ["% exported for churn model", "@RELATION members", "", *(f"@ATTRIBUTE {identifier(f)} STRING" for f in table.fields), "", "@DATA"]  # fmt: skip
    lines += [",".join(f"'{page.put(c, n, single)}'" for n, c in pairs(table, row, identifier)) for row in table.rows]
    return "\n".join([*lines, ""])


def ado_recordset(page: Page, table: Sheet, chance: Random) -> str:
    """A recordset that classic ASP saved: columns c0, c1 … whose real names only the schema tells."""
    codes = [f"c{at}" for at in range(len(table.fields))]
    lines = ["<xml xmlns:s='uuid:BDC6E3F0-6DA3-11d1-A2A3-00AA00C14882'", "\txmlns:dt='uuid:C2F41010-65B3-11d1-A29F-00AA00C14882'", "\txmlns:rs='urn:schemas-microsoft-com:rowset'", "\txmlns:z='#RowsetSchema'>", "<s:Schema id='RowsetSchema'>", "\t<s:ElementType name='row' content='eltOnly'>"]  # fmt: skip
    for number, (code, field) in enumerate(zip(codes, table.fields, strict=True), 1):
        lines += [f"\t\t<s:AttributeType name='{code}' rs:name='{xml_escape(field)}' rs:number='{number}' rs:nullable='true' rs:writeunknown='true'>", f"\t\t\t<s:datatype dt:type='string' dt:maxLength='{chance.choice((50, 255))}'/>", "\t\t</s:AttributeType>"]  # fmt: skip
    lines += ["\t\t<s:extends type='rs:rowbase'/>", "\t</s:ElementType>", "</s:Schema>", "<rs:data>"]
    for row in table.rows:
        given = " ".join(f"{code}='{page.put(c, n, lambda t: xml_escape(t, {chr(39): '&#x27;'}))}'" for code, (n, c) in zip(codes, pairs(table, row), strict=True))  # fmt: skip
        lines.append(f"\t<z:row {given}/>")
    return "\r\n".join([*lines, "</rs:data>", "</xml>", ""])


def jsx(page: Page, table: Sheet, chance: Random) -> str:
    """A story of a form in React: label and value are two properties of one element."""
    before, behind = chance.choice((("label", "defaultValue"), ("placeholder", "value"), ("title", "content")))
    lines = ["import { JoinForm, TextField } from '../components';", "", "export default { title: 'Member/JoinForm' };", ""]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines += [f"export const Case{number} = () => (", "  <JoinForm>"]
        lines += [f'    <TextField {before}="{attribute_text(n)}" size="small" {behind}="{page.put(c, n, attribute_text)}" fullWidth />' for n, c in pairs(table, row)]  # fmt: skip
        lines += ["  </JoinForm>", ");", ""]
    return "\n".join(lines)


def data_labels(page: Page, table: Sheet, chance: Random) -> str:
    """A table for small screens: every cell says in data-label what it is, and there is no header."""
    lines = ["<!doctype html>", f'<html><head><meta charset="utf-8"><title>{moment(chance):%Y-%m-%d}</title></head><body>', '<table class="rwd-table"><tbody>']  # fmt: skip
    for row in table.rows:
        lines += ["<tr>", *(f'  <td data-label="{attribute_text(n)}">{page.put(c, n, xml_escape)}</td>' for n, c in pairs(table, row)), "</tr>"]  # fmt: skip
    return "\n".join([*lines, "</tbody></table>", "</body></html>", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "kubernetes secret": (kubernetes_secret, "yaml", API), "kubernetes env": (kubernetes_env, "yaml", ("upper", "snake")), "nginx map": (nginx_map, "conf", ("snake",)),
    "terraform variables": (terraform_variables, "tf", ("snake",)), "openapi examples": (openapi_examples, "yaml", API), "swagger annotations": (swagger_annotations, "java", ("camel",)),
    "api specification": (api_specification, "md", (*PEOPLE, "camel")), "put parameter": (put_parameter, "sh", API), "arff": (arff, "arff", ("snake",)),
    "ado recordset": (ado_recordset, "xml", PEOPLE), "jsx properties": (jsx, "tsx", PEOPLE), "html data-label": (data_labels, "html", PEOPLE),
}  # fmt: skip
