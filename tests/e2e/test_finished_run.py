"""`auditor certificate`, `checklist` and `respond` on one finished audit of a made-up vendor's folders."""

from __future__ import annotations

import html
import json
import re
import stat
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest
from finished import CONTRADICTED, COUNT, DECLARED, VERIFIED, Finished, make

from auditor.cli import main
from testbed.people import people

pytestmark = pytest.mark.e2e
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def report(run: Finished) -> dict:
    return json.loads((run.output / "report.json").read_text("utf-8"))


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


def cells(file: Path, sheet: int = 1) -> list[list[str]]:
    """The texts of a sheet, by LibreOffice's rules: whatever is no shared string would be a number or a formula."""
    with zipfile.ZipFile(file) as archive:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")  # noqa: S314 - our own file
        ]
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314
    assert not list(root.iter(f"{SHEET}f"))  # no formula anywhere
    rows = []
    for row in root.iter(f"{SHEET}row"):
        found = [(cell, cell.find(f"{SHEET}v")) for cell in row.iter(f"{SHEET}c")]
        assert all(value is None or cell.get("t") == "s" for cell, value in found)
        rows.append([strings[int(value.text or 0)] if value is not None else "" for _, value in found])
    return rows


@pytest.fixture(scope="module")
def papers(finished: Finished, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    assert main(["certificate", str(finished.output), "--output", str(folder)]) == 1
    assert main(["checklist", str(finished.output), "--output", str(folder / "c.xlsx")]) == 0
    assert main(["respond", str(finished.output / "report.json"), "--output", str(folder), "--aware-at", "2026-11-20T09:30"]) == 1  # fmt: skip
    return folder


def test_the_terminal_names_the_first_deadline(finished: Finished) -> None:
    started = datetime.fromisoformat(report(finished)["run"]["started"]).astimezone(timezone(timedelta(hours=9)))
    assert f"PIPC or KISA (Korea), The people concerned (Korea), by {started + timedelta(days=3):%Y-%m-%d %H:%M}" in finished.said  # fmt: skip


def test_the_report_says_it_all(finished: Finished) -> None:
    told = report(finished)
    assert told["certificate"] == "contradicted"
    scope = {item["target"]: item for item in told["response"]["scope"]}
    assert {name: item["status"] for name, item in scope.items()} == {
        CONTRADICTED: "contradicted", VERIFIED: "verified", DECLARED: "declared",
    }  # fmt: skip
    assert (scope[CONTRADICTED]["assets"], scope[DECLARED]["gaps"]) == (2, 1)
    assert told["response"]["exposure"]["people"] == COUNT
    rows = {row["id"]: row["result"] for f in told["response"]["frameworks"] for row in f["requirements"]}
    assert (rows["kr-pipa-21"], rows["gdpr-33"]) == ("findings", "not-covered")
    clocks = {clock["id"]: clock for clock in told["response"]["plan"]["deadlines"]}
    assert clocks["kr-authority"]["state"] == "due"  # 1,200 people
    assert datetime.fromisoformat(clocks["kr-authority"]["until"]) - datetime.fromisoformat(told["run"]["started"]) == timedelta(hours=72)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Destruction certificate, item by item", "Response playbook", "Notification deadlines", "PIPA Art. 21 Destruction",
                "Not covered by this tool", "unverified", "Inspection checklist", "To be looked at by", "a finding is not a violation"]),
        ("ko", ["파기확인서 항목별 검증", "사고 대응 지침", "통지·신고 기한", "개인정보 보호법 제21조 개인정보의 파기", "도구 점검 범위 밖",
                "원문 미대조", "미흡", "담당자 확인 필요"]),
    ],
)  # fmt: skip
def test_the_html_report_shows_matrix_checklist_and_playbook(
    finished: Finished, language: str, said: list[str]
) -> None:
    text = words((finished.output / f"report.{language}.html").read_text("utf-8"))
    assert [part for part in said if part not in text] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["CONTRADICTED", "EL-2025-0403", "3 April 2025", "제12조 제2항", "1,200 people", "Approval chain", "Method",
                "Data kept because a law requires it", "laptop : The tool cannot read this kind of file", "Not reached by this audit at all",
                "name, signature, date", "1 September 2024 – 31 March 2025", "Connecting information (CI)"]),
        ("ko", ["파기확인 검증서", "점검 결과와 상이", "파기 책임자", "결재 경로", "파기 방법", "점검하지 못한 범위", "이동식 매체와 출력물",
                "위탁사 검증자 — 성명, 서명, 일자", "검증 완료", "제출됨(미검증)"]),
    ],
)  # fmt: skip
def test_the_statement_has_its_fields(finished: Finished, papers: Path, language: str, said: list[str]) -> None:
    page = (papers / f"certificate.{language}.html").read_text("utf-8")
    text = words(page)
    assert [part for part in said if part not in text] == []
    assert "회원_CI_최종.csv" in text
    assert "receipts.csv" not in text  # a law lets it be kept, and says so here:
    assert "전자상거래법 시행령 제6조" in text
    assert "2030-03-31" in text
    assert report(finished)["engagement"]["digest"] in text
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_the_checklist_opens_and_is_filled(finished: Finished, papers: Path) -> None:
    with zipfile.ZipFile(papers / "c.xlsx") as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
    assert names == ["점검표", "Checklist"]
    told = report(finished)["response"]["checklists"][0]["rows"]
    rows = cells(papers / "c.xlsx")
    header = next(index for index, row in enumerate(rows) if row[:2] == ["번호", "점검 영역"])
    body = rows[header + 1 : header + 1 + len(told)]
    assert [row[0] for row in body] == [str(number) for number in range(1, len(told) + 1)]
    korean = {"poor": "미흡", "": "", "good": "양호", "partly": "부분", "n/a": "해당 없음(N/A)"}
    assert [row[6] for row in body] == [korean[row["mark"]] for row in told]
    assert sum(row[6] == "미흡" for row in body) == 5
    sent = next(row for row in body if "출처" in row[2])
    assert "2024-09-10 제공: 연계정보(CI), 닉네임, 전화번호, 1,200명" in sent[5]
    assert all(row[9] for row in body if row[6])  # the profile's terms give a day
    assert all(row[11] for row in body if not row[6])  # what is blank says who must look
    assert all(row[8] for row in body if row[6] == "미흡")


def test_the_playbook_counts_from_when_the_bank_became_aware(papers: Path) -> None:
    korean = words((papers / "response.ko.html").read_text("utf-8"))
    assert "2026-11-23 09:30 (UTC+09:00)" in korean
    assert "초안" in korean
    for said in (
        "본인확인기관",
        "최근 거래 내역이나 거래한 채널",
        "로그인은 기기 1대로 제한",
        "전화번호, 입금·수령 계좌",
    ):
        assert said in korean
    assert "신분증에 적힌 정보" not in korean  # none of that was exposed


@pytest.mark.parametrize(("language", "draft", "said"), [
    ("en", "DRAFT", ["Connecting information (CI)", "Beware of calls", "Example Labs", "[phone, e-mail, hours]", "privacy@bank.example"]),
    ("ko", "초안", ["연계정보(CI)", "은행을 사칭한 전화", "Example Labs", "[전화번호, 이메일, 운영 시간]"]),
])  # fmt: skip
def test_drafts_are_filled_and_marked(papers: Path, language: str, draft: str, said: list[str]) -> None:
    message = (papers / f"customer-message.{language}.txt").read_text("utf-8")
    assert draft in message.splitlines()[0]
    assert [part for part in said if part not in message] == []
    assert "&" not in message  # plain text, not HTML
    authority = words((papers / f"regulator-report.{language}.html").read_text("utf-8"))
    assert draft in authority
    assert "1,200" in authority
    assert "2026-11-23 09:30 (UTC+09:00)" in authority


def test_no_paper_holds_a_clear_value(papers: Path) -> None:
    crowd = people(COUNT)
    texts = [path.read_text("utf-8") for path in papers.iterdir() if path.suffix != ".xlsx"]
    texts += ["\n".join("\n".join(row) for row in cells(papers / "c.xlsx", sheet)) for sheet in (1, 2)]
    assert len(texts) == 10
    for text in texts:
        assert not any(person.ci in text or (person.mobile and person.dashed_mobile in text) for person in crowd)


def test_what_a_person_filled_in_is_not_overwritten(
    finished: Finished, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in papers.iterdir()}
    for command in (["certificate"], ["respond"]):
        assert main([*command, str(finished.output), "--output", str(papers)]) == 2
    assert main(["checklist", str(finished.output), "--output", str(papers / "c.xlsx")]) == 2
    assert "exists already" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in papers.iterdir()} == before


def test_a_folder_that_is_missing_is_made_for_its_owner_alone(
    finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "incident-7"
    assert main(["respond", str(finished.output), "--output", str(folder), "--language", "ko"]) == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    said = capsys.readouterr().out
    assert "기산 중, 기한 " in said
    assert "시간 남음" in said
    assert "running" not in said
    assert main(["checklist", str(finished.output), "--output", str(tmp_path / "forms/c.xlsx")]) == 0
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["certificate", str(finished.output), "--output", str(tmp_path / "file")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_the_terminal_speaks_korean_too_and_calls_data_by_name(
    finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--output", str(tmp_path / "ko"), "--language", "ko")
    assert main(["certificate", str(finished.output), *words]) == 1
    said = capsys.readouterr().out
    assert "dev-server: 점검 결과와 상이 - " in said
    assert "파기확인서 검증 결과: 점검 결과와 상이" in said
    assert "연계정보(CI)" in said
    assert main(["checklist", str(finished.output), "--output", str(tmp_path / "c.xlsx"), "--language", "ko"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"항목 \d+건\(.*미흡 \d+건.*빈칸 \d+건\)", said), said
    report = json.loads((finished.output / "report.json").read_text("utf-8"))
    sentences = json.dumps(
        [report["findings"], report["policies"], report["response"]["checklists"]], ensure_ascii=False
    )
    assert "connecting information (CI) value" in sentences
    messages = [finding["message"] for finding in report["findings"]]
    assert [m for m in messages if re.search(r"\b(KR_[A-Z]+|PHONE_NUMBER|NICKNAME)\b", m["en"] + m["ko"])] == []
    assert {finding["entity"] for finding in report["findings"]} >= {"KR_CI"}


def test_the_report_to_the_authority_counts_values_not_occurrences(papers: Path) -> None:
    """Of the 1,200 CIs 40 stand in a second file: 1,240 occurrences, and at least 1,200 values."""
    english = words((papers / "regulator-report.en.html").read_text("utf-8"))
    assert "at least 1,200 distinct values" in english
    assert "1,240" not in english


def test_a_term_without_its_first_day_leaves_a_blank_for_it(tmp_path: Path) -> None:
    def unsigned(folder: Path) -> None:
        file = folder / "engagement.yaml"
        file.write_text(file.read_text("utf-8").replace("signed: 2024-09-01, ", ""), encoding="utf-8")

    run = make(tmp_path, unsigned)
    main(["certificate", str(run.output)])
    term = words((run.output / "certificate.en.html").read_text("utf-8")).split("Term of the contract")[1]
    assert re.match(r"\W*until 31 March 2025.{0,60}day of signature", term), term[:120]


@pytest.mark.parametrize("command", ["certificate", "checklist", "respond"])
@pytest.mark.parametrize(
    ("content", "cause"),
    [(None, "cannot be read"), ("{}", "no report of this version"), ("{", "no report of this version")],
)
def test_what_is_no_run_is_refused(command: str, content: str | None, cause: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    if content is not None:
        (tmp_path / "report.json").write_text(content, encoding="utf-8")
    assert main([command, str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert cause in said
    assert "→" in said
    assert str(tmp_path / "report.json") in said


def test_the_gates_report_answers_to_no_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("nothing\n", encoding="utf-8")
    main(["gate", str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--quiet", "--workers", "1"])
    assert main(["checklist", str(tmp_path / "out")]) == 2
    assert "without an engagement" in capsys.readouterr().err


def test_a_clean_certificate_is_verified_and_leaves_nothing_to_respond_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    def emptied(folder: Path) -> None:
        for path in (folder / "home").rglob("*.csv"):
            path.write_text("id,title\n1,first\n", encoding="utf-8")
        (folder / "laptop/mail.pst").unlink()

    run = make(tmp_path, emptied)
    assert main(["certificate", str(run.output)]) == 0
    assert "VERIFIED" in words((run.output / "certificate.en.html").read_text("utf-8"))
    assert main(["respond", str(run.output)]) == 0
    assert "nothing to respond to" in capsys.readouterr().out
    assert not list(run.output.glob("response.*"))


def test_a_banks_own_template_runs_in_the_sandbox(finished: Finished, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    own = tmp_path / "own"
    own.mkdir()
    (own / "statement.html").write_text('{% extends "default/statement.html" %}{% block exceptions %}<p>OURS</p>{% endblock %}', encoding="utf-8")  # fmt: skip
    assert main(["certificate", str(finished.output), "--output", str(tmp_path), "--templates", str(own)]) == 1
    assert "OURS" in (tmp_path / "certificate.en.html").read_text("utf-8")
    (own / "statement.html").write_text("{{ report.__class__.__mro__ }}\n", encoding="utf-8")
    assert main(["certificate", str(finished.output), "--output", str(own), "--templates", str(own)]) == 2
    assert "statement.html:1" in capsys.readouterr().err
