"""What a reader and a bank's own template can rely on in the HTML report."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample_run import GATE_CLEAN, GATE_FOUND, GATE_INCOMPLETE, INCIDENT, VERIFIED

from auditor.errors import InputError
from auditor.model.finding import Change
from auditor.reporters.html import breakable, report
from auditor.reporters.view import LONGEST


class Page(HTMLParser):
    """The text of each element that has an id or a class of interest, headings, and every attribute."""

    VOID = frozenset({"meta", "wbr", "rect", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self._open.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append((tag, ""))

    def handle_endtag(self, tag) -> None:
        if tag not in self.VOID:
            assert self._open.pop() == tag

    def handle_data(self, data) -> None:
        if "style" in self._open or "title" in self._open:
            return
        self.text += data
        for tag in ("h1", "h2", "h3", "h4"):
            if tag in self._open:
                self.headings[-1] = (tag, self.headings[-1][1] + data)


def words(text: str) -> str:
    return " ".join(Page(text).text.split())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Destruction certificate contradicted", "3 April 2025", "17,551 people affected", "Connecting information (CI)",
                "60,850 occurrences in 10 places", "dev-server", "596 days overdue", "Contract ended: 31 March 2025",
                "Destruction due: 5 April 2025", "제12조 제2항", "Oldest data: 2 October 2024", "Newest data: 30 March 2025",
                "5 items", "The audit account may not read it", "1 policy could not be checked", "there may be more",
                "Freeze the accounts", "Close the gaps",
            ],
        ),
        (
            "ko",
            [
                "파기확인서 내용과 다름", "2025년 4월 3일", "17,551명", "영향받은 정보주체", "연계정보(CI)", "60,850건 · 10곳",
                "파기 기한 596일 경과", "계약 종료일: 2025년 3월 31일", "가장 오래된 데이터: 2024년 10월 2일", "5건",
                "점검 계정에 읽기 권한이 없음", "정책 1건 미점검", "삭제 전에 해당 계정과 파일을 증거로 보전하십시오",
            ],
        ),
    ],
)  # fmt: skip
def test_first_screen_says_it_all(language, said) -> None:
    page = report(INCIDENT, language)
    first = words(page[: page.index("<nav")] + "</main></body></html>")
    assert [text for text in said if text not in first] == []
    assert f'<html lang="{language}">' in page


def test_people_are_at_least_so_many_where_records_could_not_be_joined() -> None:
    assert "at least 500 people affected" in words(report(GATE_FOUND, "en"))
    assert "최소 500명" in words(report(GATE_FOUND, "ko"))
    assert "at least" not in words(report(replace(GATE_FOUND, people_certain=True), "en"))


@pytest.mark.parametrize(
    ("run", "title"),
    [
        (GATE_CLEAN, "No personal data found"),
        (GATE_INCOMPLETE, "Incomplete: no conclusion"),
        (GATE_FOUND, "Personal data found"),
        (VERIFIED, "Destruction certificate verified"),
        (replace(VERIFIED, interrupted=True), "Incomplete: no conclusion"),
    ],
)
def test_headline(run, title) -> None:
    page = report(run, "en")
    assert ("h1", title) in Page(page).headings
    complete = "Everything in scope was examined" in words(page)
    assert complete == (not run.gaps and not run.interrupted)


def test_findings_are_told_whole() -> None:
    text = words(report(INCIDENT, "en"))
    for said in (
        "/home/jhkim/backup/wallet_2025.tar.gz!/dump/nft_prod.sql", "version 3HL4kqtJlcpXroDTDmJ", "old version, no longer current",
        "table nft_user, row 1, field ci", "masked: q8…(88 characters)", "19,501 occurrences", "2025-02-27", "596 days", "Unchanged",
        "Maps to: PIPA (Korea) 21", "ISMS-P (Korea) 2.3.4", "No longer found", "Not examined this time",
        "PERMISSION_DENIED", "Outlook mail store.", "734 MB", "could not be determined", "GetBucketEncryption was denied",
        "48,213", "48,209", "99.9%", "readable by every account of the server", "of these 120 encrypted, hashed or masked",
        "SHA-256 of the rules " + INCIDENT.ruleset_digest, INCIDENT.engagement.digest, INCIDENT.key_id, "EL-2025-0403",
        "neither legal advice", "pseudonymous personal data", "bankaudit@dev.labs.example",
    ):  # fmt: skip
        assert said in text, said


def test_one_file_that_fetches_and_runs_nothing() -> None:
    page = report(INCIDENT, "en")
    found = Page(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "base"} & set(found.tags)
    assert not [name for _, name, _ in found.attributes if name.startswith("on") or name in ("style", "src", "srcset")]
    assert all(value.startswith("#") for _, name, value in found.attributes if name == "href")
    assert "url(" not in page
    assert "@import" not in page
    policy = next(value for _, _, value in found.attributes if value.startswith("default-src"))
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert ("meta", "content", "no-referrer") in found.attributes


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("run", [INCIDENT, GATE_CLEAN, GATE_INCOMPLETE, GATE_FOUND, VERIFIED])
def test_headings_go_down_one_step_at_a_time_and_links_lead_somewhere(run, language) -> None:
    page = Page(report(run, language))
    levels = [int(tag[1]) for tag, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for _, name, value in page.attributes if name == "href"} <= set(ids)
    assert page.tags.count("th") == len(
        [value for tag, name, value in page.attributes if tag == "th" and name == "scope"]
    )


def test_long_lists_are_cut_and_say_how_much_is_left() -> None:
    many = 10_000
    observations = tuple(
        replace(INCIDENT.observations[1], path=f"/data/{n:05}.csv", people=many - n) for n in range(many)
    )
    findings = tuple(
        replace(found, verdict=replace(found.verdict, path=seen.path), change=Change.NEW)
        for found, seen in zip((INCIDENT.findings[2],) * many, observations, strict=True)
    )
    gaps = tuple(replace(INCIDENT.gaps[0], path=f"/secret/{n:05}.zip") for n in range(many))
    page = report(replace(INCIDENT, observations=observations, findings=findings, gaps=gaps, gone=findings), "en")
    assert len(page) < 500_000
    assert words(page).count(f"and {many - LONGEST:,} more, see report.json") == 4
    assert "10,000 items" in words(page)


def test_paths_may_wrap_after_each_slash_and_are_escaped() -> None:
    assert breakable("a/<b>/c") == "a/<wbr>&lt;b&gt;/<wbr>c"


def test_a_users_part_replaces_the_built_in_one(tmp_path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "masthead.html").write_text("<p>{{ engagement.vendor.name }} at Our Bank</p>")
    (tmp_path / "strings.en.yaml").write_text("verdict: {contradicted: {title: The certificate is wrong}}")
    (tmp_path / "report.css").write_text("body { color: black }")
    page = report(INCIDENT, "en", tmp_path)
    assert "<p>Example Labs at Our Bank</p>" in page
    assert "<h1>The certificate is wrong</h1>" in page
    digest = base64.b64encode(hashlib.sha256(b"body { color: black }").digest()).decode()
    assert f"sha256-{digest}" in page


def test_a_users_page_extends_the_built_in_one(tmp_path) -> None:
    (tmp_path / "report.html").write_text(
        '{% extends "default/report.html" %}{% block footer %}<p>Internal</p>{% endblock %}'
    )
    page = report(INCIDENT, "en", tmp_path)
    assert "<p>Internal</p>" in page
    assert "17,551" in page


@pytest.mark.parametrize(
    ("template", "line", "cause"),
    [
        ("a\n{% if %}", 2, "TemplateSyntaxError"),
        ("a\nb\n{{ nothing_of_this_name }}", 3, "UndefinedError"),
        ("a\n{{ run.no_such_field }}", 2, "UndefinedError"),
        ("{{ ''.__class__.__mro__ }}", 1, "SecurityError"),
        ("\n{{ run.findings.__class__ }}", 2, "SecurityError"),
        ("{% set x = 1 %}\n{{ 1 / 0 }}", 2, "ZeroDivisionError"),
        ("\n\n{% include 'nowhere.html' %}", 3, "TemplateNotFound"),
        ("{% for n in range(100000000) %}x{% endfor %}", 1, "OverflowError"),
        ("\n{{ t('no.such.key') }}", 2, "KeyError"),
    ],
)
def test_an_error_in_a_users_template_says_file_line_and_cause(tmp_path, template, line, cause) -> None:
    (tmp_path / "parts").mkdir()
    file = tmp_path / "parts" / "first.html"
    file.write_text(template)
    with pytest.raises(InputError) as caught:
        report(INCIDENT, "en", tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(file), line)
    assert cause in problem.cause


def test_other_bad_templates_folders(tmp_path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        report(INCIDENT, "en", tmp_path / "nowhere")
    (tmp_path / "report.css").write_text("a { }\n</style><script>")
    with pytest.raises(InputError, match=r"report\.css:2:1"):
        report(INCIDENT, "en", tmp_path)
    (tmp_path / "report.css").write_bytes("/* 점검 */".encode("cp949"))
    with pytest.raises(InputError, match=r"report\.css: is not UTF-8"):
        report(INCIDENT, "en", tmp_path)


def test_autoescape_holds_in_a_users_template_too(tmp_path) -> None:
    (tmp_path / "report.html").write_text("{{ engagement.vendor.name }}")
    hostile = replace(
        INCIDENT, engagement=replace(INCIDENT.engagement, vendor=replace(INCIDENT.engagement.vendor, name="<b>"))
    )
    assert report(hostile, "en", tmp_path) == "&lt;b&gt;"


def test_equal_runs_give_equal_reports() -> None:
    shuffled = replace(
        INCIDENT, observations=INCIDENT.observations[::-1], findings=INCIDENT.findings[::-1], gaps=INCIDENT.gaps[::-1]
    )
    first = lambda page: page[: page.index("<nav")]  # noqa: E731
    assert first(report(shuffled, "en")) == first(report(INCIDENT, "en"))
