"""Lists of maps in YAML come as rows; everything else of a YAML file stays text on its own lines."""

from __future__ import annotations

import base64
import random

import pytest
import yaml
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors.identify import choose

PEOPLE = [(f"고래{n}", f"010-1234-{n:04}") for n in range(40)]
FIXTURE = "# 010-9999-0000\nusers:\n" + "".join(
    f"- nickname: {nick}\n  phone: '{phone}'  # note {n}\n" for n, (nick, phone) in enumerate(PEOPLE)
)


def test_a_fixture_is_a_table_with_lines_and_its_comments_stay() -> None:
    assert choose(FIXTURE.encode(), "users.yml") == "yaml"
    contents = list(walk("users.yml", FIXTURE.encode()))
    assert rows(contents, "users") == [{"nickname": nick, "phone": phone} for nick, phone in PEOPLE]
    assert list(tables(contents)[0].lines or ())[:2] == [3, 5]
    seen = everything(contents)
    assert all(seen.count(phone) == 1 for _, phone in PEOPLE)
    assert "010-9999-0000" in seen
    assert "# note 39" in seen
    assert gaps(contents) == []


@pytest.mark.parametrize("flow", [True, False])
def test_what_pyyaml_writes(flow: bool) -> None:
    people = [{"nickname": nick, "contact": {"phone": phone, "tags": ["a", "b"]}} for nick, phone in PEOPLE]
    data = yaml.safe_dump({"db": {"users": people}}, allow_unicode=True, default_flow_style=flow, width=100)
    found = [row for row in rows(list(walk("a.yaml", data.encode())), "db.users") if "nickname" in row]
    assert [(row["nickname"], row["contact.phone"]) for row in found] == PEOPLE


def test_several_documents_and_a_list_on_top() -> None:
    one = yaml.safe_dump([{"nickname": nick, "phone": phone} for nick, phone in PEOPLE], allow_unicode=True)
    contents = list(walk("a.yaml", f"---\n{one}---\nname: x\nphone: 010-8888-8888\n---\n{one}".encode()))
    assert len(rows(contents)) == 80
    assert "phone: 010-8888-8888" in everything(contents)


def test_settings_and_scripts_stay_text() -> None:
    data = "name: ci\njobs:\n  build:\n    steps:\n    - name: a\n      run: |\n        one\n        two\n    - name: b\n      run: |\n        x\n        y\n"
    contents = list(walk("a.yml", data.encode()))
    assert not tables(contents)
    assert "".join(text.text for text in texts(contents)) == data


def test_binary_is_decoded() -> None:
    body = base64.encodebytes(
        "nickname=푸른고래 phone=010-1234-5678 and a longer text to fold it over lines".encode()
    ).decode()
    block = "".join(f"    {line}\n" for line in body.split("\n") if line)
    contents = list(walk("a.yaml", f"- id: 1\n  data: !!binary |\n{block}- id: 2\n  data: x\n".encode()))
    assert "010-1234-5678" in everything(contents)


def test_folded_values_and_block_scalars_are_seen() -> None:
    data = "a: >\n  010-1111-2222\n  and more\nb: |\n  010-3333-4444\nlist:\n- n: >-\n    010-5555-6666\n  m: x\n- n: y\n  m: z\n"
    seen = everything(walk("a.yaml", data.encode()))
    assert all(seen.count(phone) == 1 for phone in ("010-1111-2222", "010-3333-4444", "010-5555-6666"))


def test_aliases_are_never_expanded() -> None:
    lines = ["a0: &a0 [x, y]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    data = "\n".join(lines) + "\nusers:\n- {p: 010-1234-5678, q: *a9}\n- {p: 010-1234-5679, q: *a9}\n"
    contents = list(walk("bomb.yaml", data.encode()))
    assert [row["p"] for row in rows(contents, "users")] == ["010-1234-5678", "010-1234-5679"]


def test_what_is_no_yaml_is_text_without_a_gap() -> None:
    data = FIXTURE + "broken: [\n  : : {{ template }}\n- phone: 010-7777-7777\n\tx"
    contents = list(walk("a.yaml", data.encode()))
    seen = everything(contents)
    assert gaps(contents) == []
    assert all(seen.count(phone) == 1 for _, phone in PEOPLE)
    assert "010-7777-7777" in seen


def test_cut_and_flipped_anywhere_nothing_is_lost() -> None:
    chance = random.Random(1)
    data = FIXTURE.encode()
    for turn in range(220):
        damaged = bytearray(data[: chance.randrange(50, len(data))] if turn % 2 else data)
        for _ in range(chance.choice((0, 1, 4))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(7)
        contents = list(walk("a.yaml", bytes(damaged)))
        seen = everything(contents)
        text = bytes(damaged).decode("utf-8", "replace")
        assert not [phone for _, phone in PEOPLE if phone in text and phone not in seen] or gaps(contents), turn
