"""Engagement files: what they become, and every mistake told at once with line, column, cause and cure."""

from __future__ import annotations

import hashlib
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.engagement.loader import load
from auditor.errors import InputError, Problem
from auditor.model.engagement import AgreedData, Destruction, Engagement, LocalTarget, S3Target, SshTarget

ENTITIES = frozenset({"KR_CI", "NICKNAME", "EMAIL_ADDRESS"})
KEY = "SHA256:" + "aB3+/" * 8 + "xyz"
HEAD = """\
engagement: nft-platform-2024
entrusting: {name: Example Bank, country: KR}
vendor: {name: Example Labs}
contract: {signed: 2024-09-01, ends: 2025-03-31, destroy_within: 5d, clause: "제12조 2항"}
"""
TARGETS = """\
targets:
  - {name: dev-server, ssh: {host: dev.example}}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "engagement.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str, entities: frozenset[str] | None = ENTITIES) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        load(write(folder, text), entities)
    return caught.value.problems


def the_mistake(folder: Path, text: str) -> Problem:
    (problem,) = mistakes(folder, text)
    assert problem.line > 0
    assert problem.column > 0
    assert problem.cure
    return problem


def whole(folder: Path) -> Engagement:
    return load(
        write(
            folder,
            HEAD
            + f"""\
agreed_data:
  - {{entities: [KR_CI, NICKNAME], purpose: NFT wallet, places: [prod-db], until: contract.ends, protection: encrypted}}
  - {{entities: [EMAIL_ADDRESS]}}
targets:
  - name: dev-server
    ssh:
      host: dev.example
      port: 2222
      user: bankaudit
      host_key: "{KEY}"
      known_hosts: hosts
      key_file: ~/.ssh/id
      certificate_file: keys/../cert.pub
      password_file: /etc/password
      agent: false
      config_file: ssh_config
      jump: {{host: "[2001:db8::1]", user: gate, key_file: gate_key, jump: {{host: outer}}}}
      paths: [/home, srv/자료]
      exclude: ["*/.cache"]
      timeout: 90s
  - name: bucket
    s3: {{bucket: nft-assets, prefixes: [a/], endpoint_url: "http://127.0.0.1:9000/", region: r, profile: p, versions: current,
         credentials_file: aws, ca_file: ca.pem, timeout: 5}}
  - name: handover
    local: {{paths: [./delivered, /srv/in]}}
destruction: {{declared: 2025-04-03, scope: [dev-server, bucket], subjects: 17551, reference: "파기확인서 2025-11"}}
key_file: engagement.key
register: {{file: ~/register.bin}}
languages: [ko]
""",
        ),
        ENTITIES,
    )


def test_everything_written_arrives(tmp_path: Path) -> None:
    engagement = whole(tmp_path)
    assert engagement.id == "nft-platform-2024"
    assert (engagement.entrusting.name, engagement.vendor.country) == ("Example Bank", "KR")
    assert (engagement.contract.signed, engagement.contract.ends) == (date(2024, 9, 1), date(2025, 3, 31))
    assert (engagement.contract.destroy_within, engagement.contract.clause) == (timedelta(days=5), "제12조 2항")
    assert engagement.agreed_data == (
        AgreedData(
            entities=("KR_CI", "NICKNAME"),
            purpose="NFT wallet",
            places=("prod-db",),
            until=date(2025, 3, 31),
            protection="encrypted",
        ),
        AgreedData(entities=("EMAIL_ADDRESS",)),
    )
    server, bucket, handover = engagement.targets
    assert server == SshTarget(
        name="dev-server",
        host="dev.example",
        port=2222,
        user="bankaudit",
        host_key=KEY,
        known_hosts=tmp_path / "hosts",
        key_file=Path.home() / ".ssh/id",
        certificate_file=tmp_path / "cert.pub",
        password_file=Path("/etc/password"),
        agent=False,
        config_file=tmp_path / "ssh_config",
        jump=SshTarget(
            name="dev-server (jump)",
            host="2001:db8::1",
            user="gate",
            key_file=tmp_path / "gate_key",
            jump=SshTarget(name="dev-server (jump) (jump)", host="outer"),
        ),
        paths=("/home", "srv/자료"),
        exclude=("*/.cache",),
        timeout=90.0,
    )
    assert bucket == S3Target(
        name="bucket",
        bucket="nft-assets",
        prefixes=("a/",),
        endpoint_url="http://127.0.0.1:9000",
        region="r",
        profile="p",
        credentials_file=tmp_path / "aws",
        ca_file=tmp_path / "ca.pem",
        versions="current",
        timeout=5.0,
    )
    assert handover == LocalTarget(name="handover", paths=(tmp_path / "delivered", Path("/srv/in")))
    assert engagement.destruction == Destruction(
        declared=date(2025, 4, 3), scope=("dev-server", "bucket"), subjects=17551, reference="파기확인서 2025-11"
    )
    assert engagement.key_file == tmp_path / "engagement.key"
    assert engagement.register_file == Path.home() / "register.bin"
    assert engagement.languages == ("ko",)
    assert engagement.file == str(tmp_path / "engagement.yaml")
    assert engagement.digest == hashlib.sha256((tmp_path / "engagement.yaml").read_bytes()).hexdigest()


def test_what_is_left_out_has_the_models_defaults(tmp_path: Path) -> None:
    engagement = load(write(tmp_path, HEAD.replace(", destroy_within: 5d", "") + TARGETS))
    assert engagement.targets == (SshTarget(name="dev-server", host="dev.example"),)
    assert engagement.contract.destroy_within == timedelta(days=5)
    assert engagement.agreed_data == ()
    assert engagement.destruction is None
    assert engagement.key_file is None
    assert engagement.register_file is None
    assert engagement.languages == ("en", "ko")


def test_a_key_without_a_value_counts_as_left_out(tmp_path: Path) -> None:
    text = (
        HEAD + "targets:\n  - name: d\n    ssh:\n      host: h\n      port:\n      agent:\n      jump:\ndestruction:\n"
    )
    assert load(write(tmp_path, text)).targets == (SshTarget(name="d", host="h"),)


def test_a_certificate_without_scope_covers_every_target(tmp_path: Path) -> None:
    text = HEAD + TARGETS + "  - {name: in, local: {paths: [in]}}\ndestruction: {declared: 2025-04-03}\n"
    destruction = load(write(tmp_path, text)).destruction
    assert destruction is not None
    assert destruction.scope == ("dev-server", "in")


def test_paths_follow_the_files_folder_not_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "audits").mkdir()
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "audits", HEAD + "targets: [{name: in, local: {paths: [../in]}}]\nkey_file: k\n")
    monkeypatch.chdir(tmp_path / "elsewhere")
    engagement = load(Path("../audits/engagement.yaml"))
    assert engagement.key_file == tmp_path / "audits/k"
    assert engagement.targets == (LocalTarget(name="in", paths=(tmp_path / "in",)),)


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ("2025-06-30", date(2025, 6, 30)),
        ("contract.ends", date(2025, 3, 31)),
        ("contract.ends + 5d", date(2025, 4, 5)),
        ("contract.ends+2w", date(2025, 4, 14)),
        ("contract.ends - 1d", date(2025, 3, 30)),
        ("contract.ends + contract.destroy_within", date(2025, 4, 5)),
        ("contract.signed + 90d", date(2024, 11, 30)),
    ],
)
def test_until_may_be_relative(tmp_path: Path, until: str, day: date) -> None:
    text = f"{HEAD}{TARGETS}agreed_data: [{{entities: [KR_CI], until: {until}}}]\n"
    assert load(write(tmp_path, text)).agreed_data[0].until == day


def test_every_mistake_is_told_at_once_in_the_files_order(tmp_path: Path) -> None:
    problems = mistakes(
        tmp_path,
        """\
engagement: nft-platform-2024
entrusting: {nmae: Example Bank}
vendor: {name: Example Labs, country: NORWAY}
contract: {signed: 2024-09-01, ends: 2025-02-31}
agreed_data:
  - {entities: [KR_CL], until: contract.end}
targets:
  - name: dev-server
    ssh: {host: dev.example, port: "22", password: hunter2}
  - name: dev-server
    s3: {bucket: nft-assets}
    local: {paths: [./x]}
destruction: {declared: 2023-01-01, scope: [dev-sever]}
""",
    )
    told = [(problem.line, problem.column, problem.cause, problem.cure) for problem in problems]
    assert [(line, column) for line, column, _, _ in told] == [
        (2, 14),
        (3, 39),
        (4, 38),
        (6, 17),
        (6, 32),
        (9, 36),
        (9, 42),
        (10, 11),
        (12, 5),
        (13, 25),
        (13, 45),
    ]
    causes = [cause for _, _, cause, _ in told]
    cures = [cure for _, _, _, cure in told]
    assert causes[0] == 'unknown key "nmae"'
    assert cures[0] == 'did you mean "name"?'
    assert "not a day of the calendar" in causes[2]
    assert cures[3] == 'did you mean "KR_CI"?'
    assert "password_file" in cures[6]
    assert "line 8" in causes[7]
    assert "s3 and local at once" in causes[8]
    assert cures[10] == 'did you mean "dev-server"?'
    assert all(cures)
    assert "hunter2" not in str(InputError(*problems))
    assert {problem.file for problem in problems} == {str(tmp_path / "engagement.yaml")}


def test_yaml_mistakes_and_others_are_told_together(tmp_path: Path) -> None:
    problems = mistakes(tmp_path, HEAD + TARGETS + "languages: &l [en, xx]\nlanguages: [ko]\n")
    assert [problem.line for problem in problems] == [7, 7, 8]


def test_an_alias_is_one_mistake_not_two(tmp_path: Path) -> None:
    text = HEAD.replace("{name: Example Labs}", "*v") + TARGETS
    problem = the_mistake(tmp_path, text)
    assert "alias" in problem.cause


@pytest.mark.parametrize(
    ("good", "bad", "cause", "cure"),
    [
        ("engagement: nft-platform-2024\n", "", 'key "engagement" is missing', "such as: nft-platform-2024"),
        ("engagement: nft-platform-2024", "engagement:", '"engagement" has no value', "such as"),
        ("nft-platform-2024", "a b", "cannot be a name", "dashes"),
        ("nft-platform-2024", "../x", "cannot be a name", "dashes"),
        ("nft-platform-2024", "2024", "a number stands where text", "quotes"),
        ("country: KR", "country: kr", "not a country code", "two capital letters"),
        ("ends: 2025-03-31", "ends: 31.3.2025", "is not a date", "YYYY-MM-DD"),
        ("ends: 2025-03-31", "ends: 20250331", "is not a date", "YYYY-MM-DD"),
        ("ends: 2025-03-31", "ends: 2024-08-31", "ends (2024-08-31) before it is signed", "both dates"),
        ("ends: 2025-03-31, ", "", 'key "ends" is missing', "2025-03-31"),
        ("5d", "5", "is not a duration", "5d"),
        ("5d", "1 month", "is not a duration", "write days"),
        ("5d", "-5d", "is not a duration", "5d"),
        ("{name: Example Labs}", "Example Labs", "text stands where a mapping", "key: value"),
        ("{name: Example Labs}", "[a]", "a list stands where a mapping", "key: value"),
        ("{name: Example Labs}", '{name: ""}', "is empty", "write the text"),
        ("{name: Example Labs}", '{name: "a\\e[31m"}', "control or invisible", "type the text again"),
        ("{host: dev.example}", "{}", 'key "host" is missing', "dev.example"),
        ("host: dev.example", "host: root:pw@dev", "a host alone", "as user"),
        ("host: dev.example", "host: -oProxyCommand", "not a host", "host name"),
        ("host: dev.example", "host: d, port: 0", "greater than or equal to 1", "port: 22 if nothing says otherwise"),
        ("host: dev.example", "host: d, port: 22.5", "a number stands where a whole number", "digits"),
        ("host: dev.example", "host: d, agent: no", "text stands where true or false", "true or false"),
        ("host: dev.example", "host: d, user: a b", "not a user name", "alone"),
        ("host: dev.example", "host: d, host_key: SHA256:abc", "not a host key fingerprint", "ssh-keygen -lf"),
        ("host: dev.example", f'host: d, host_key: "{KEY}="', "ends with =", "leave out the ="),
        ("host: dev.example", "host: d, host_key: ssh-ed25519 AAAA", "this is a host key", "ssh-keygen -lf"),
        ("host: dev.example", 'host: d, host_key: "MD5:ab:cd"', "MD5", "SHA256"),
        ("host: dev.example", "host: d, paths: /home", "text stands where a list", "[one, two]"),
        ("host: dev.example", "host: d, paths: []", "nothing is listed", "/home"),
        ("host: dev.example", 'host: d, paths: [/a, ""]', "paths, entry 2: is empty", "such as /home"),
        ("host: dev.example", "host: d, timeout: 2h", "out of range", "1h"),
        ("host: dev.example", "host: d, timeout: soon", "is not a duration", "5d"),
        ("host: dev.example", "host: d, jump: {user: x}", 'key "host" is missing', "dev.example"),
        ("host: dev.example", "host: d, jump: {host: x, paths: [a]}", 'unknown key "paths"', "keys known here"),
        ("host: dev.example", "host: d, key_file: ~nobody-here/k", "home folder that does not exist", "whole path"),
        ("ssh: {host: dev.example}", "s3: {bucket: s3://b/p}", "is an address", "name alone"),
        (
            "ssh: {host: dev.example}",
            's3: {bucket: bk, endpoint_url: "https://k:s@h"}',
            "credentials",
            "credentials_file",
        ),
        ("ssh: {host: dev.example}", "s3: {bucket: bk, endpoint_url: h:9000}", "not an endpoint", "https://HOST"),
        ("ssh: {host: dev.example}", "s3: {bucket: bk, secret_key: x}", 'unknown key "secret_key"', "credentials_file"),
        ("ssh: {host: dev.example}", "s3: {bucket: bk, versions: al}", "not one of the words", 'did you mean "all"?'),
        ("ssh: {host: dev.example}", "shs: {host: h}", "unknown key", 'did you mean "ssh"?'),
        ("name: dev-server, ", "", 'key "name" is missing', "dev-server"),
        (TARGETS, "targets: []\n", "nothing is listed", "targets"),
    ],
)
def test_each_mistake_has_cause_and_cure(tmp_path: Path, good: str, bad: str, cause: str, cure: str) -> None:
    text = HEAD + TARGETS
    assert good in text
    problems = mistakes(tmp_path, text.replace(good, bad, 1))
    assert cause in problems[0].cause
    assert cure in problems[0].cure
    assert problems[0].line > 0
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ("agreed_data: [{entities: [KR_XX]}]", 'no rule finds "KR_XX"'),
        ("agreed_data: [{entities: []}]", "nothing is listed"),
        ("agreed_data: [{entities: [KR_CI], until: 2025-13-01}]", "not a day of the calendar"),
        ("agreed_data: [{entities: [KR_CI], until: contract.ends * 2}]", "says no day"),
        ("agreed_data: [{entities: [KR_CI], protection: hashed}]", "not one of the words"),
        ("destruction: {declared: 2024-08-31}", "declared (2024-08-31) before the contract is signed"),
        ("destruction: {declared: 2025-04-03, subjects: -1}", "greater than or equal to 0"),
        ("destruction: {declared: 2025-04-03, scope: [prod]}", "which is no target"),
        ("languages: []", "nothing is listed"),
        ("languages: [en, jp]", "not one of the words"),
        ("languages: [en, en]", "listed twice"),
        ("aggreed_data: []", 'unknown key "aggreed_data"'),
    ],
)
def test_optional_parts_are_checked_too(tmp_path: Path, more: str, cause: str) -> None:
    (problem,) = mistakes(tmp_path, f"{HEAD}{TARGETS}{more}\n")
    assert cause in problem.cause
    assert problem.line == 7
    assert problem.cure


def test_entities_are_not_checked_without_a_ruleset(tmp_path: Path) -> None:
    text = f"{HEAD}{TARGETS}agreed_data: [{{entities: [KR_XX]}}]\n"
    assert load(write(tmp_path, text), None).agreed_data[0].entities == ("KR_XX",)


def test_until_relative_to_a_signing_day_that_is_not_given(tmp_path: Path) -> None:
    text = HEAD.replace("signed: 2024-09-01, ", "") + TARGETS
    problem = the_mistake(tmp_path, text + "agreed_data: [{entities: [KR_CI], until: contract.signed + 1d}]\n")
    assert "contract.signed, which is not given" in problem.cause


def test_a_missing_target_kind_is_told(tmp_path: Path) -> None:
    problem = the_mistake(tmp_path, HEAD + "targets: [{name: x}]\n")
    assert "does not say what it is" in problem.cause


@pytest.mark.parametrize("text", ["just text\n", "- a\n- b\n", "12\n"])
def test_a_file_that_is_no_mapping_is_one_clear_problem(tmp_path: Path, text: str) -> None:
    problem = the_mistake(tmp_path, text)
    assert "stands where a mapping is expected" in problem.cause


def test_korean_names_are_welcome(tmp_path: Path) -> None:
    text = HEAD.replace("nft-platform-2024", "NFT-플랫폼-2024") + TARGETS.replace("dev-server", "개발서버")
    engagement = load(write(tmp_path, text))
    assert (engagement.id, engagement.targets[0].name) == ("NFT-플랫폼-2024", "개발서버")


def test_a_file_name_in_cp949_bytes_is_shown_as_escapes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("점검.yaml".encode("cp949"))
    path.write_text(HEAD + TARGETS, encoding="utf-8")
    assert load(path).file.isprintable()


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("register: register.bin", "text stands where a mapping is expected"),
        ("register: {path: register.bin}", 'unknown key "path"'),
        ("register: {}", 'the key "file" is missing'),
    ],
)
def test_a_register_names_its_file(tmp_path: Path, written: str, cause: str) -> None:
    said = [problem for problem in mistakes(tmp_path, HEAD + TARGETS + written + "\n") if cause in problem.cause]
    assert said
    assert said[0].line == 7
