"""`auditor explain`: each place gets the reason that the real detection had, and no value is ever shown."""

from __future__ import annotations

import base64
import json
import random
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from auditor.commands._explained import as_json, as_text
from auditor.errors import InputError
from auditor.explain import Target, explain
from auditor.model.rule import Ruleset
from auditor.rulecommands import load

RNG = random.Random(20261)


@lru_cache(maxsize=1)
def rules() -> Ruleset:
    return load()


def ci() -> str:
    return base64.b64encode(RNG.randbytes(64)).decode()


def phone() -> str:
    return f"010-{RNG.randrange(2000, 9999)}-{RNG.randrange(1000, 9999)}"


def ask(place: str | Path) -> dict[str, Any]:
    explanation = explain(rules(), Target.parse(str(place)))
    assert as_text(explanation)
    answer: dict[str, Any] = json.loads(as_json(explanation))
    return answer


def considered(place: str | Path, entity: str) -> list[dict[str, Any]]:
    return [one for spot in ask(place)["places"] for one in spot["considered"] if one["entity"] == entity]


def one(place: str | Path, entity: str) -> dict[str, Any]:
    found = considered(place, entity)
    assert len(found) == 1, found
    return found[0]


def test_a_lock_files_integrity_is_rejected_for_what_stands_before_it(tmp_path: Path) -> None:
    path = tmp_path / "package-lock.json"
    path.write_text('{\n "packages": {\n  "node_modules/a": {\n   "integrity": "sha512-' + ci() + '"\n  }\n }\n}\n')
    said = one(f"{path}:4", "KR_CI")
    assert (said["outcome"], said["reason"]) == ("rejected", "a look-alike's mark right in front of it")
    assert said["names"] == [{"name": "packages.node_modules/a.integrity", "says": "excluded"}]
    assert "KR_CI" in ask(path)["files"][0]["only_named"]


def test_a_salt_is_a_credential(tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_text("id,salt\n" + "".join(f"{number},{ci()}\n" for number in range(30)))
    said = one(f"{path}:5", "CREDENTIAL")
    assert (said["outcome"], said["rule"]) == ("taken", "kr-ci")
    assert "field name salt" in said["reason"]
    assert said["names"] == [{"name": "salt", "says": "credential"}]
    columns = {column["name"]: column for column in ask(path)["files"][0]["tables"][0]["columns"]}
    assert columns["salt"]["class"] == {"strong": ["CREDENTIAL"], "credential": ["KR_CI"]}


def test_a_column_without_a_header_is_taken_by_its_statistics(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("".join(f"{phone()},{ci()}\n" for _ in range(30)))
    said = one(f"{path}:7", "KR_CI")
    assert said["outcome"] == "taken"
    assert "column 100 % valid" in said["reason"]
    (spot,) = ask(f"{path}:7")["places"]
    (share,) = [s for s in spot["columns"][1]["shapes"] if s["entity"] == "KR_CI"]
    assert (share["valid"], share["distinct"], share["decided"]) == (30, 30, "accepted")


def test_two_columns_of_the_shape_are_told_from_a_ci(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("".join(f"{phone()},{ci()},{ci()}\n" for _ in range(30)))
    found = considered(f"{path}:7", "KR_CI")
    assert [said["outcome"] for said in found] == ["rejected", "rejected"]
    assert all("another column of the table has the same shape" in said["reason"] for said in found)


@pytest.mark.parametrize("line", ["주민번호: 900101-*******", '"rrn": "900101-*******"', "jumin=900101xxxxxxx"])
def test_a_masked_number_is_rejected_as_masked(tmp_path: Path, line: str) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"start\n{line}\n")
    said = one(f"{path}:2", "KR_RRN")
    assert (said["outcome"], said["reason"]) == ("rejected", "parts of the value are hidden (masked)")


@pytest.mark.parametrize("line", ["주민번호: 900101-1******", '"rrn": "900101-1******"', "jumin=9001011xxxxxx"])
def test_a_number_with_its_last_digits_masked_is_told_as_that(tmp_path: Path, line: str) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"start\n{line}\n")
    said = one(f"{path}:2", "KR_RRN")
    assert said["outcome"] == "taken"
    assert "last digits masked" in said["reason"]


def test_a_word_without_a_value_is_told(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("주민번호 900101-1****** 확인\n")
    (spot,) = ask(f"{path}:1")["places"]
    assert {"entity": "KR_RRN", "word": "주민번호", "masked": True} in spot["announced"]


def test_a_bare_shape_is_a_candidate(tmp_path: Path) -> None:
    path = tmp_path / "blob.log"
    path.write_text("first\nblob " + ci() + "\n")
    said = one(f"{path}:2", "KR_CI")
    assert said["outcome"] == "candidate"
    assert "nothing speaks for it but its shape" in said["reason"]
    assert (said["start"], said["end"]) == (6, 93)
    assert said["gate"]


def test_a_number_that_cannot_be_is_rejected_by_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text("주민번호 900231-1234567 확인\n")
    said = one(f"{path}:1", "KR_RRN")
    assert (said["outcome"], said["checksum"], said["validator"]) == ("rejected", "does not hold", "kr_rrn")


def test_a_value_inside_something_longer(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"x{phone()}\n")
    assert all(said["outcome"] == "rejected" for said in considered(f"{path}:1", "PHONE_NUMBER"))


def test_an_archives_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.writestr("in/a.csv", f"닉네임,연계정보\n달빛여우,{ci()}\n")
        archive.writestr("b.txt", "nothing\n")
    assert one(f"{tmp_path}/backup.zip!/in/a.csv:2", "KR_CI")["outcome"] == "taken"
    whole = ask(tmp_path / "backup.zip")
    assert [file["path"].rpartition("!/")[2] for file in whole["files"][1:]] == ["in/a.csv", "b.txt"]
    assert whole["files"][1]["counts"]["KR_CI"] == {"taken": 1, "candidate": 0, "rejected": 0}
    with pytest.raises(InputError, match="in/a.csv"):
        ask(f"{tmp_path}/backup.zip!/nothing.csv")
    with pytest.raises(InputError, match="has no lines"):
        ask(f"{tmp_path}/backup.zip:3")


def test_a_json_row_of_many_lines_shows_what_stands_in_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    users = [{"ci": ci(), "nickname": "달빛여우"} for _ in range(3)]
    path.write_text(json.dumps({"users": users, "adminPhone": phone()}, indent=1, ensure_ascii=False))
    lines = path.read_text().split("\n")
    third = next(number for number, text in enumerate(lines, 1) if users[2]["ci"] in text)
    (spot,) = ask(f"{path}:{third}")["places"]
    assert (spot["table"], spot["row"]) == ("users", 3)
    assert [said["entity"] for said in spot["considered"]] == ["KR_CI"]
    last = next(number for number, text in enumerate(lines, 1) if "adminPhone" in text)
    taken = [said for said in considered(f"{path}:{last}", "PHONE_NUMBER") if said["outcome"] == "taken"]
    assert [said["field"] for said in taken] == ["adminPhone"]


def test_a_row_of_a_dump(tmp_path: Path) -> None:
    path = tmp_path / "dump.sql"
    rows = [f"('별{number}하늘','{ci()}')" for number in range(4)]
    statements = ["".join(("INSERT INTO `member` VALUES ", row, ";")) for row in rows]
    path.write_text("\n".join(["CREATE TABLE `member` (`nick_nm` varchar(20), `ci` varchar(88));", *statements]))
    (spot,) = ask(f"{path}:3")["places"]
    assert (spot["table"], spot["row"]) == ("member", 2)
    assert {(said["entity"], said["outcome"]) for said in spot["considered"]} >= {("KR_CI", "taken"), ("NICKNAME", "taken")}  # fmt: skip


def test_a_header_line_shows_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(f"연계정보,등급\n{ci()},A\n{ci()},B\n")
    answer = ask(f"{path}:1")
    assert answer["places"] == []
    text = as_text(explain(rules(), Target.parse(f"{path}:1")))
    assert "it is the header" in text
    assert "strong: KR_CI" in text


def test_a_very_long_line(tmp_path: Path) -> None:
    path = tmp_path / "bundle.js"
    path.write_text("var a=1;" * 5_000 + f'var ci="{ci()}";' + "var b=2;" * 5_000 + "\n")
    found = considered(f"{path}:1", "KR_CI")
    assert [said["outcome"] for said in found] == ["taken"]
    assert found[0]["start"] == 8 * 5_000 + 9


def test_a_summary_counts_every_outcome(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"ci={ci()}\nblob {ci()}\n주민번호 900231-1234567\n주민번호: 900101-*******\n")
    (file,) = ask(path)["files"]
    assert (file["extractor"], file["encoding"]) == ("text", "utf-8")
    assert file["counts"]["KR_CI"] == {"taken": 1, "candidate": 1, "rejected": 0}
    assert file["counts"]["KR_RRN"] == {"taken": 0, "candidate": 0, "rejected": 2}
    assert {rejection["reason"] for rejection in file["rejections"] if rejection["entity"] == "KR_RRN"} == {
        "its checksum or date cannot be", "parts of the value are hidden (masked)",
    }  # fmt: skip


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "font.woff2"
    path.write_bytes(b"wOF2\0\1\0\0" + bytes(range(256)) * 8)
    (file,) = ask(path)["files"]
    assert file["extractor"] is None
    assert [gap["code"] for gap in file["gaps"]] == ["UNSUPPORTED_FILE_TYPE"]


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("none.csv", "there is no such file"),
        ("none.csv:3", "there is no such file"),
        (".", "is a folder"),
        ("a.txt:0", "lines count from 1"),
        ("a.txt:9", "has only 2 lines"),
        ("a.txt!/b.csv", "there is no such member"),
    ],
)
def test_a_place_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("one\ntwo\n")
    with pytest.raises(InputError, match=said):
        ask(place)


def test_a_file_whose_name_looks_like_a_place(tmp_path: Path) -> None:
    (tmp_path / "log:7").write_text(f"ci={ci()}\n")
    assert ask(tmp_path / "log:7")["line"] is None
    assert one(f"{tmp_path}/log:7:1", "KR_CI")["outcome"] == "taken"


def test_names_that_may_be_data_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(f"제갈카나: {phone()} 입니다\n")
    (said,) = [s for s in considered(f"{path}:1", "PHONE_NUMBER") if s["outcome"] == "taken"]
    assert [name["name"] for name in said["names"]] == ["…"]
    other = tmp_path / "map.json"
    other.write_text(json.dumps({"김은하": {"phone": phone()}, "a@mailbox.kr": {"phone": phone()}}, ensure_ascii=False))
    shown = as_text(explain(rules(), Target.parse(str(other))))
    assert "김은하" not in shown
    assert "mailbox" not in shown


def test_the_register_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_text(f"ci={ci()}\n")
    answer = explain(
        rules(), Target.parse(f"{path}:1"), in_register=lambda entity, _: "yes" if entity == "KR_CI" else ""
    )
    assert [o.register for spot in answer.spots for o in spot.outcomes if o.result == "taken"] == ["yes"]
    assert "one of the bank's customers" in as_text(answer)


def test_a_value_in_several_columns(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("seq,hp1,hp2,hp3\n1,010,9234,5678\n2,010,9234,5679\n")
    assert "taken" in [said["outcome"] for said in considered(f"{path}:2", "PHONE_NUMBER")]
