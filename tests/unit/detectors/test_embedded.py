"""What holds for all readers of tables in text: nothing is lost, nothing told twice, no name shown, no text that hangs them."""

from __future__ import annotations

import base64
import hashlib
import time
from collections import Counter
from dataclasses import replace

import pytest
from detecting import detector, each, in_text

from auditor.detectors.embedded.seen import Seen
from auditor.detectors.pairs import pairs
from auditor.model.asset import Asset
from auditor.model.content import Text

RRN = "850312-1524451"
CI, SALT = (base64.b64encode(hashlib.sha512(word).digest()).decode() for word in (b"somebody", b"salt"))


@pytest.mark.parametrize(
    "text",
    [
        f"| phone | home |\n| rrn | {RRN} |\n| name | 김은하 |\n",
        f"level   phone   message\nINFO    x       rrn={RRN}\nWARN    y       nothing\n",
        f'<form><input name="tel" value="010-9234-5678" data-old="{RRN}"></form>\n',
        f"Contact Person: 김은하 {RRN}\nTotal Amount: 3\n",
        f"select * from m where phone = ? and x = ?\n{{'rrn': '{RRN}', 'day': '1'}}\n",  # noqa: S608 - a log's line
    ],
)
def test_what_a_line_tells_is_found_whatever_a_table_takes_it_for(text: str) -> None:
    assert "KR_RRN" in {match.entity for match in in_text(text)}


def test_a_value_is_told_once() -> None:
    text = f"| nickname | rrn |\n|---|---|\n| blue_panda998 | {RRN} |\n| red_panda12 | 900101-1234568 |\n"
    assert Counter(match.entity for match in in_text(text)) == {"NICKNAME": 2, "KR_RRN": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Home Phone: 010-9234-5678\nKim Minsoo: 010-9234-5679\n",
        "<dl><dt>Home Phone</dt><dd>010-9234-5678</dd><dt>Kim Minsoo</dt><dd>010-9234-5679</dd></dl>\n",
    ],
)
def test_a_name_that_no_rule_knows_is_not_shown(text: str) -> None:
    matches = in_text(text)
    assert matches
    assert not any("Minsoo" in f"{match.place} {match.why}" for match in matches)


HOSTILE = (
    "phone 010-9234-5678 x' as y \"%s\"z", "BEGIN:V\n%s", "name  phone  city\n%s  ,", "select a from t where name = ?\n%s", 'select a from t where name = ?\n"%s', "|===\n|name |phone\n|a\n%s",
)  # fmt: skip
PIECES = ("''", "a", "${a}  ", "bind", '\\"', "b\n")


@pytest.mark.parametrize(("frame", "piece"), list(zip(HOSTILE, PIECES, strict=True)))
def test_a_longer_text_costs_as_much_more(frame: str, piece: str) -> None:
    def cost(pieces: int) -> float:
        text = frame % (piece * pieces)
        began = time.process_time()
        for line in text.split("\n"):
            pairs(line[:8192])
        in_text(text)
        return time.process_time() - began

    cost(100)
    least = min(cost(1_000) for _ in range(3))
    assert cost(8_000) < 40 * max(least, 0.01)  # eight times as long; quadratic would be 64 times


def test_a_table_silences_nothing_in_another_part() -> None:
    asset = Asset(target="t", path="a.pdf")
    detection = detector().asset(asset)
    table = f"| nickname | salt |\n|---|---|\n| blue_panda998 | {SALT} |\n"
    some = [*detection.text(Text(asset=asset, text=table, part="page 1"))]
    some += detection.text(Text(asset=asset, text=f"\n\nci={CI}\n", part="page 2"))
    assert "KR_CI" in {match.entity for match in each([*some, *detection.finish()])}


def test_what_a_table_rules_out_is_ruled_out_in_its_own_rows_alone() -> None:
    table = f"| nickname | salt |\n|---|---|\n| blue_panda998 | {SALT} |\n\n| phone | memo |\n|---|---|\n| 010-9234-5678 | ci={CI} |\n"
    assert "KR_CI" in {match.entity for match in in_text(table)}


def test_a_mere_candidate_of_a_table_silences_no_line() -> None:
    seen = Seen(detector())
    match = next(match for match in in_text(f"rrn={RRN}\n") if match.entity == "KR_RRN")
    text = Text(asset=Asset(target="t", path="a.txt"), text="x\n")
    seen.begin([], text, replace(text, text=" \n"))
    list(seen.keep([replace(match, candidate=True)]))
    assert list(seen.others([match])) == [match]
    list(seen.keep([match]))
    assert not list(seen.others([match]))
