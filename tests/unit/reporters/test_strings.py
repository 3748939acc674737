"""The catalogues have the same keys, the templates use them all, and numbers, dates and places read as each language does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import get_args

import pytest
import yaml

from auditor.errors import InputError
from auditor.model.asset import GapCode
from auditor.model.finding import CertificateStatus, Change, Status
from auditor.model.guidance import Area, Term, Urgency
from auditor.model.match import Place
from auditor.model.response import Due, Mapping, Mark
from auditor.model.rule import Level
from auditor.reporters.facts import Verdict
from auditor.reporters.spreadsheet import COLUMNS
from auditor.reporters.strings import _built_in, load_strings
from auditor.resources import rules_dir, templates_dir

EN, KO = load_strings("en", country="KR"), load_strings("ko", country="KR")
FIELD = re.compile(r"\{([a-z_]+)\}")


def fields(text) -> set[str]:
    return set(FIELD.findall(text if isinstance(text, str) else text["other"])) - {"n"}


def test_same_keys_and_same_fields() -> None:
    assert set(EN.texts) == set(KO.texts)
    assert {key: fields(text) for key, text in EN.texts.items()} == {
        key: fields(text) for key, text in KO.texts.items()
    }
    assert all(text or (key.startswith("first.") and key.endswith("_suffix")) for key, text in EN.texts.items())
    assert all(KO.texts.values())


def test_korean_is_korean() -> None:
    same = {key for key in KO.texts if KO.texts[key] == EN.texts[key]}
    assert {key for key in same if not key.startswith("framework.")} == set()


def test_every_value_of_the_model_has_words() -> None:
    wanted = {f"gap.{code}.{part}" for code in GapCode for part in ("what", "do")}
    wanted |= {f"level.{level}" for level in Level} | {f"status.{status}" for status in Status}
    wanted |= {f"change.{change}" for change in Change} | {f"certificate.{status}" for status in CertificateStatus}
    wanted |= {f"area.{area}" for area in get_args(Area)} | {f"urgency.{urgency}" for urgency in get_args(Urgency)}
    wanted |= {f"mark.{mark}" for mark in Mark if mark} | {f"clock.{state}" for state in Due}
    wanted |= {f"mapping.{result}" for result in Mapping}
    wanted |= {f"statement.{part}.{status}" for part in ("status", "meaning") for status in CertificateStatus}
    wanted |= {f"verdict.{verdict}.{part}" for verdict in Verdict for part in ("title", "text")}
    assert wanted <= set(EN.texts)
    assert {key for key in EN.texts if key.startswith("gap.")} == {key for key in wanted if key.startswith("gap.")}


def test_every_entity_control_and_provision_of_the_rules_has_words() -> None:
    entities = {yaml.safe_load(file.read_text("utf-8"))["entity"] for file in rules_dir().glob("recognizers/**/*.yaml")}
    assert len(entities) > 10
    assert {entity for entity in entities if f"entity.{entity}" not in EN} == set()
    policies = [yaml.safe_load(file.read_text("utf-8")) for file in rules_dir().glob("policies/**/*.yaml")]
    provisions = {provision for policy in policies for provision in policy.get("maps_to", ())}
    assert len(provisions) > 10
    assert {provision for provision in provisions if KO.framework(provision) == provision} == set()
    controls = {policy.get("params", {}).get("control", "bucket.encryption") for policy in policies}
    assert {control for control in controls if f"control.{control}" not in EN} == set()


def test_every_word_is_used() -> None:
    """A key nobody asks for is a text that was forgotten on the way into the page."""
    files = [
        *templates_dir().rglob("*.html"),
        *templates_dir().parents[1].glob("auditor/reporters/*.py"),
        *templates_dir().parents[1].glob("auditor/commands/*.py"),
    ]
    source = "\n".join(file.read_text("utf-8") for file in files)
    open_ended = (
        "gap.",
        "entity.",
        "control.",
        "framework.",
        "verdict.",
        "sensitivity.",
        "level.",
        "status.",
        "change.",
    )
    open_ended += (
        "certificate.",
        "modified_from.",
        "target_kind.",
        "protection.",
        "place.",
        "why.",
        "clause.",
        "contact.",
    )
    open_ended += ("area.", "mark.", "clock.", "mapping.", "urgency.", "statement.status.", "statement.meaning.")
    source += "".join(f'"deadline.{term}"' for term in get_args(Term))
    source += "".join(f'"respond.{unit}_{way}"' for unit in ("hours", "minutes") for way in ("left", "passed"))
    open_ended += ("draft.by_", "diff.", "remediation.", "waiver.", "answer.", "sampling.")
    source += "".join(f'"checklist.{column}"' for column, _ in COLUMNS)
    source += "".join(
        f'"statement.{who}"' for who in ("drafted", "reviewed", "approved")
    )  # the boxes of the approval chain
    unused = {
        key
        for key in EN.texts
        if not key.startswith(open_ended) and f'"{key}"' not in source and f"'{key}'" not in source
    }
    assert unused == set()


def test_numbers_dates_sizes() -> None:
    moment = datetime(2025, 3, 31, 16, 0, tzinfo=UTC)  # already April in Korea
    assert EN.show(17551) == KO.show(17551) == "17,551"
    assert EN.date(moment) == "1 April 2025"
    assert KO.date(moment) == "2025년 4월 1일"
    assert KO.day(date(2025, 4, 1)) == "2025-04-01"
    assert KO.day(moment.replace(tzinfo=None)) == "2025-03-31", "what has no offset is a day already"
    assert EN.time(moment) == "2025-04-01 01:00 (UTC+09:00)"
    assert [EN.size(n) for n in (0, 999, 1000, 1_234_567, 61_250_331_004)] == [
        "0 B",
        "999 B",
        "1.0 kB",
        "1.2 MB",
        "61.3 GB",
    ]
    assert EN.text("unit.people", n=1) == "1 person"
    assert EN.text("unit.people", n=17551) == "17,551 people"
    assert KO.text("unit.people", n=17551) == "17,551명"


def test_places_masks_and_reasons_are_translated() -> None:
    place = Place(table="user, row 7", row=2, line=3, column="nick, name")
    assert EN.place(str(place)) == "table user, row 7, row 2, line 3, field nick, name"
    assert (
        KO.place(str(Place(table="users", row=2, line=3, column="닉네임")))
        == "테이블 users, 2행, 3번째 줄, 필드 닉네임"
    )
    assert KO.place("somewhere else") == "somewhere else"
    assert KO.place("") == ""
    assert KO.mask("q8…(88 characters)") == "q8…(88자)"
    assert KO.why("field name ci") == "필드명 ci"
    assert KO.why("ci_base64") == "ci_base64"


def test_unknown_names_stay_as_they_are() -> None:
    assert KO.entity("EMPLOYEE_ID") == "EMPLOYEE_ID"
    assert KO.control("db.tls") == "db.tls"
    assert EN.framework("bank-policy-7") == "bank-policy-7"
    assert EN.framework("nist-800-88") == "NIST SP 800-88"
    assert EN.framework("iso27001-a-8.33") == "ISO/IEC 27001:2022 A 8.33"
    assert KO.framework("kr-pipa-21") == "개인정보 보호법 21"
    assert EN.framework("kr-network-decree-13-2") == "Network Act Enforcement Decree (Korea) 13-2"


def test_changed_texts_count_though_they_were_compiled(tmp_path, monkeypatch) -> None:
    for suffix in ("yaml", "jsonl"):
        name = f"strings.en.{suffix}"
        (tmp_path / name).write_bytes((templates_dir() / name).read_bytes())
    monkeypatch.setattr("auditor.reporters.strings.templates_dir", lambda: tmp_path)
    compiled = load_strings("en")
    (tmp_path / "strings.en.jsonl").unlink()
    _built_in.cache_clear()
    assert load_strings("en") == compiled == load_strings("en", tmp_path)
    (tmp_path / "strings.en.jsonl").write_bytes((templates_dir() / "strings.en.jsonl").read_bytes())
    with (tmp_path / "strings.en.yaml").open("a") as file:
        file.write("\nnew: Word\n")
    _built_in.cache_clear()
    assert load_strings("en").text("new") == "Word"


@pytest.mark.parametrize(
    ("content", "line", "cause"),
    [
        ("first:\n  people: [1]\n", 0, "first.people"),
        ("a: b: c\n", 1, "mapping values"),
        ("- x\n", 1, "mapping of texts"),
    ],
)
def test_a_users_bad_catalogue_is_named(tmp_path, content, line, cause) -> None:
    (tmp_path / "strings.en.yaml").write_text(content)
    with pytest.raises(InputError) as caught:
        load_strings("en", tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "strings.en.yaml")
    assert problem.line == line
    assert cause in problem.cause
