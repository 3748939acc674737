"""The contract's terms in an engagement file: days counted from other days, sub-vendors, handovers, places, exceptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engagement.days import later
from auditor.engagement.loader import load
from auditor.engagement.template import template
from auditor.errors import InputError, Problem
from auditor.model.engagement import Clauses, Contact, DataSent, Engagement, Residency, Retained, SubVendor

ENTITIES = frozenset({"KR_CI", "NICKNAME", "PERSON", "BANK_ACCOUNT"})
HEAD = """\
engagement: nft
entrusting: {name: Example Bank, country: KR}
vendor: {name: Example Labs}
contract: {signed: 2024-09-01, ends: 2025-03-31, destroy_within: 5d}
targets:
  - {name: dev, country: US, ssh: {host: dev.example}}
  - {name: bucket, s3: {bucket: nft-assets}}
"""


def read(folder: Path, text: str) -> Engagement:
    path = folder / "e.yaml"
    path.write_text(text, encoding="utf-8")
    return load(path, ENTITIES)


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(folder, text)
    return caught.value.problems


def test_everything_written_arrives(tmp_path: Path) -> None:
    engagement = read(
        tmp_path,
        HEAD.replace("destroy_within: 5d", 'destroy_within: 5d, clauses: {sub_vendors: "제9조", residency: "제10조"}')
        + """\
data_sent:
  - {sent: contract.signed + 9d, entities: [KR_CI], subjects: 17551, extract: a.csv}
  - {sent: 2024-12-01, entities: [NICKNAME]}
sub_vendors:
  - {name: Hosting, country: KR, targets: [bucket], consented: contract.signed + 2w, entities: [NICKNAME], reference: "동의 3"}
residency: {countries: [KR, JP], regions: [ap-northeast-2]}
contacts: [{role: incident, party: vendor, name: CISO, email: a@b.example, phone: "02"}]
exceptions:
  - {entities: [PERSON], basis: "법 제6조", until: contract.ends + 5y, places: [dev], paths: [/srv/legal], reference: "대장 7"}
destruction: {declared: contract.destroy_by}
""",
    )
    assert engagement.contract.clauses == Clauses(sub_vendors="제9조", residency="제10조")
    assert engagement.data_sent == (
        DataSent(sent=date(2024, 9, 10), entities=("KR_CI",), subjects=17551, extract="a.csv"),
        DataSent(sent=date(2024, 12, 1), entities=("NICKNAME",)),
    )
    assert engagement.sub_vendors == (
        SubVendor(
            name="Hosting", country="KR", targets=("bucket",), consented=date(2024, 9, 15), entities=("NICKNAME",),
            reference="동의 3",
        ),
    )  # fmt: skip
    assert engagement.residency == Residency(countries=("KR", "JP"), regions=("ap-northeast-2",))
    assert engagement.contacts == (
        Contact(role="incident", party="vendor", name="CISO", email="a@b.example", phone="02"),
    )
    assert engagement.exceptions == (
        Retained(
            entities=("PERSON",), basis="법 제6조", until=date(2030, 3, 31), places=("dev",), paths=("/srv/legal",),
            reference="대장 7",
        ),
    )  # fmt: skip
    assert engagement.countries == {"dev": "US"}
    assert engagement.destruction is not None
    assert engagement.destruction.declared == date(2025, 4, 5)


@pytest.mark.parametrize(
    ("ends", "declared", "day"),
    [
        ("2025-03-31", "contract.ends", date(2025, 3, 31)),
        ("contract.signed + 1y", "contract.ends - 1d", date(2025, 8, 31)),
        ("contract.signed+6mo", "contract.ends + contract.destroy_within", date(2025, 3, 6)),
        ("2024-11-30", "contract.ends + 3 mo", date(2025, 2, 28)),
        ("2025-03-31", "contract.destroy_by + 2w", date(2025, 4, 19)),
    ],
)
def test_days_may_be_counted_from_other_days(tmp_path: Path, ends: str, declared: str, day: date) -> None:
    text = HEAD.replace("ends: 2025-03-31", f"ends: {ends}") + f"destruction: {{declared: {declared}}}\n"
    destruction = read(tmp_path, text).destruction
    assert destruction is not None
    assert destruction.declared == day


@pytest.mark.parametrize(
    ("old", "new", "line", "cause", "cure"),
    [
        (
            "ends: 2025-03-31",
            "ends: contract.ends + 1d",
            4,
            "counted from itself: contract.ends → contract.ends",
            "date",
        ),
        ("ends: 2025-03-31", "ends: destruction.declared", 4, "contract.ends → destruction.declared", "as a date"),
        (
            "ends: 2025-03-31",
            "ends: contract.end + 1d",
            4,
            "there is no contract.end",
            "contract.signed, contract.ends",
        ),
        ("ends: 2025-03-31", "ends: contract.signed + 1", 4, "says no day", "d, w, mo or y"),
        ("ends: 2025-03-31", "ends: contract.signed + 9999y", 4, "outside the calendar", "fewer days"),
        ("ends: 2025-03-31", "ends: contract.signed + 999999w", 4, "outside the calendar", "fewer days"),
        ("signed: 2024-09-01", "signed: contract.ends + 1d", 4, "before it is signed", "both dates"),
        ("signed: 2024-09-01, ", "", 9, "contract.signed, which is not given", "add signed"),
        ("dev, country: US", "dev, country: usa", 6, "not a country code", "two capital letters"),
        ("country: KR", "country: US", 2, "which time zone's days count", "time_zone"),
        ("country: KR", "country: US, time_zone: EST5EDT4", 2, "no time zone this machine knows", "Europe/Berlin"),
        ("country: KR", "country: US, time_zone: ../etc/passwd", 2, "no time zone this machine knows", "Asia/Seoul"),
        ("targets: [bucket]", "targets: [bukcet]", 10, 'the sub-vendor names "bukcet", which is no target', '"bucket"'),
        ("targets: [bucket]", "targets: []", 10, "nothing is listed", "bucket"),
        ("consented: contract.signed", "consent: contract.signed", 10, 'unknown key "consent"', '"consented"'),
        ("basis: law 6, ", "", 11, 'key "basis" is missing', "제6조"),
        ("basis: law 6", 'basis: ""', 11, "is empty", "write the text"),
        ("until: contract.ends + 5y", "until: 5y", 11, "is not a date", "contract.ends + 5d"),
        ("until: contract.ends + 5y", "until: 2025-02-29", 11, "not a day of the calendar", "month"),
        ("entities: [PERSON]", "entities: [PERSONS]", 11, 'no rule finds "PERSONS"', '"PERSON"'),
        ("entities: [KR_CI], subjects", "entities: [KR_IC], subjects", 9, 'no rule finds "KR_IC"', '"KR_CI"'),
        ("places: [dev]", "places: [elsewhere]", 11, 'the exception names "elsewhere"', "dev"),
        ("role: incident", "role: boss", 12, "not one of the words", "incident"),
        ("countries: [KR]", "countries: [Korea]", 8, "not a country code", "two capital letters"),
    ],
)
def test_each_mistake_has_its_line_cause_and_cure(
    tmp_path: Path, old: str, new: str, line: int, cause: str, cure: str
) -> None:
    text = HEAD + (
        "residency: {countries: [KR]}\n"
        "data_sent: [{sent: contract.signed + 9d, entities: [KR_CI], subjects: 3}]\n"
        "sub_vendors: [{name: Hosting, targets: [bucket], consented: contract.signed}]\n"
        "exceptions: [{entities: [PERSON], basis: law 6, until: contract.ends + 5y, places: [dev]}]\n"
        "contacts: [{role: incident, party: vendor}]\n"
        "destruction: {declared: contract.ends + 3d}\n"
    )
    assert old in text
    told = problems(tmp_path, text.replace(old, new, 1))
    first = next(problem for problem in told if cause in problem.cause)
    assert first.line == line
    assert first.column > 0
    assert cure in first.cure


def test_a_wrong_day_is_told_once_and_not_again_where_others_count_from_it(tmp_path: Path) -> None:
    text = HEAD.replace("2025-03-31", "2025-02-30") + "destruction: {declared: contract.ends + 3d}\n"
    (problem,) = problems(tmp_path, text)
    assert "not a day of the calendar" in problem.cause


def test_one_target_has_one_holder(tmp_path: Path) -> None:
    text = HEAD + "sub_vendors:\n  - {name: A, targets: [bucket]}\n  - {name: B, targets: [dev, bucket]}\n"
    (problem,) = problems(tmp_path, text)
    assert "two sub-vendors hold" in problem.cause
    assert problem.line == 10


def test_a_country_with_several_calendars_needs_one_of_them(tmp_path: Path) -> None:
    text = HEAD.replace("country: KR", "country: US, time_zone: America/New_York")
    assert read(tmp_path, text).entrusting.time_zone == "America/New_York"


def test_what_the_template_says_of_the_contract_loads_once_it_is_no_comment(tmp_path: Path) -> None:
    text = template()
    for suggestion in (
        "# clauses: ", "# data_sent:", "#   - {sent: ", "# sub_vendors:", "#   - {name: Example Hosting", "# residency: ",
        "# exceptions:", "#   - entities: [PERSON", "#     basis: ", "#     places: ", "#     paths: ", "#     until: ",
        "# contacts:", "#   - {role: privacy", "#   - {role: incident", "# country: ",
    ):  # fmt: skip
        assert suggestion in text, suggestion
        text = text.replace(suggestion, suggestion.removeprefix("# "))
    engagement = read(tmp_path, text)
    assert engagement.contract.clauses.inspection == "제11조"
    assert [sent.subjects for sent in engagement.data_sent] == [17551]
    assert [company.targets for company in engagement.sub_vendors] == [("bucket",)]
    assert engagement.residency is not None
    assert engagement.exceptions[0].paths == ("/srv/legal",)
    assert engagement.exceptions[0].until == date(2030, 3, 31)
    assert len(engagement.contacts) == 2
    assert engagement.countries == {"dev-server": "KR"}


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.integers(0, 600))
def test_months_end_on_the_same_day_or_on_the_months_last(day: date, months: int) -> None:
    after = later(day, f"{months}mo")
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == day.day or (after.day < day.day and (after.toordinal() + 1 == _first_of_next(after)))


@given(DAYS, st.integers(0, 50))
def test_years_are_twelve_months_and_keep_order(day: date, years: int) -> None:
    assert later(day, f"{years}y") == later(day, f"{12 * years}mo")
    assert later(day, f"{years}y") >= later(day, f"{365 * years}d")
    assert later(day, f"{years} y", back=True) <= day


@given(DAYS, st.integers(0, 5000))
def test_days_and_weeks_go_back_the_way_they_came(day: date, number: int) -> None:
    assert later(later(day, f"{number}d"), f"{number}d", back=True) == day
    assert later(day, f"{number}w") == later(day, f"{7 * number}d")


def test_a_leap_day_a_year_on() -> None:
    assert later(date(2024, 2, 29), "1y") == date(2025, 2, 28)
    assert later(date(2024, 2, 29), "4y") == date(2028, 2, 29)
    assert later(date(2023, 3, 1), "1y") == date(2024, 3, 1)
    assert later(date(2024, 3, 31), "1mo", back=True) == date(2024, 2, 29)


def _first_of_next(day: date) -> int:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal()


@pytest.mark.parametrize("term", ["12h", "36h", "90m", "5 days"])
def test_a_term_for_destruction_is_whole_days(tmp_path: Path, term: str) -> None:
    [problem] = problems(tmp_path, HEAD.replace("destroy_within: 5d", f"destroy_within: {term}"))
    assert problem.line == 4
    assert term in problem.cause
    assert "d" in problem.cure
