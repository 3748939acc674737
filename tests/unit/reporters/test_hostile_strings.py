"""Whatever a vendor calls a file: no output acts on a terminal, a log or a browser, and every output stays well formed."""

from __future__ import annotations

import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile_strings import CHUNKS, PAYLOADS, hostile_run
from jsonschema import Draft202012Validator

from auditor.model.text import Language, printable
from auditor.reporters import html, sarif
from auditor.reporters import json as json_report
from auditor.reporters.summary import summary

SARIF = Draft202012Validator(json.loads((Path(__file__).parents[2] / "data" / "sarif-2.1.0.json").read_text("utf-8")))
URI = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%/?#\[\]-]+")


class Shape(HTMLParser):
    """The page's elements and their attributes' names, in order; `<wbr>` depends on the text and is left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "wbr":
            self.shape.append((tag, *(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "data", "style")]

    def handle_endtag(self, tag: str) -> None:
        self.shape.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def assert_no_raw_control(text: str) -> None:
    bad = {c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}
    assert not bad, [f"U+{ord(c):04X}" for c in bad]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("payloads", CHUNKS)
def test_html_keeps_its_elements_whatever_the_strings_are(payloads: tuple[str, ...], language: Language) -> None:
    page = html.report(hostile_run(payloads), language)
    order = sorted(map(printable, payloads))
    harmless = [f"x{order.index(printable(payload)):02}" for payload in payloads]  # they sort as the payloads do
    plain = Shape(html.report(hostile_run(harmless), language))
    found = Shape(page)
    assert found.shape == plain.shape
    assert found.links == plain.links
    assert all(link.startswith("#") for link in found.links)
    assert_no_raw_control(page)
    shown = "".join(found.text)
    assert [payload for payload in payloads if shown.count(printable(payload)) < 6] == []


@pytest.mark.parametrize("payloads", CHUNKS)
def test_json_and_sarif_stay_valid_and_say_the_names(payloads: tuple[str, ...]) -> None:
    run = hostile_run(payloads)
    text = json_report.report(run)
    assert_no_raw_control(text)
    value = json.loads(text)
    Draft202012Validator(json_report.schema()).validate(value)
    assert [asset["path"] for asset in value["data"]] == [printable(payload) for payload in payloads]
    text = sarif.report(run, "en")
    assert_no_raw_control(text)
    log = json.loads(text)
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    assert [result["properties"]["path"] for result in results[: len(payloads)]] == [printable(p) for p in payloads]
    for result in results:
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert URI.fullmatch(artifact["uri"])
        assert ":" not in artifact["uri"].split("/")[0]
        assert not artifact["uri"].startswith("//")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("payload", PAYLOADS, ids=[f"{n:02}" for n in range(len(PAYLOADS))])
def test_summary_is_a_few_plain_lines(payload: str, language: Language) -> None:
    text = summary(hostile_run([payload]), language)
    assert_no_raw_control(text)
    assert text.count("\n") <= 25
