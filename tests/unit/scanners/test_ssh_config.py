"""The client configuration says what ssh itself says of it (`ssh -G`)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from auditor.errors import TargetError
from auditor.scanners._ssh_config import expand, lookup

MAIN = """\
# comment
Include first.d/*.conf
Host dev !dev-not
    HostName 10.0.0.1
    Include nested
    Port 2201
Host "quoted" dev-*
    User=quoted-user
    IdentityFile ~/.ssh/one
    IdentityFile "~/.ssh/t wo"
Match originalhost dev user root
    Port 9
Match host 10.0.0.1
    ProxyJump a@b:22,c
Match all
    CertificateFile ~/.ssh/all-cert.pub
Host *
    User everyone
    Port 2299
    IdentityFile ~/.ssh/last
"""
FIRST = "Host first\n  HostName one.example\nHost dev\n  UserKnownHostsFile ~/.ssh/a ~/.ssh/b\n"
NESTED = "User nested\nHost other\n  Port 1\nHost dev\n  HostKeyAlias alias\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / ".ssh"
    (folder / "first.d").mkdir(parents=True)
    (folder / "config").write_text(MAIN)
    (folder / "first.d" / "1.conf").write_text(FIRST)
    (folder / "first.d" / "ignored").write_text("Port 3\n")
    (folder / "nested").write_text(NESTED)
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder / "config"


@pytest.mark.parametrize("host", ["dev", "dev-not", "dev-x", "first", "quoted", "other", "10.0.0.1"])
@pytest.mark.parametrize("user", [None, "root"])
def test_it_agrees_with_openssh(config: Path, tmp_path: Path, host: str, user: str | None) -> None:
    assert shutil.which("ssh")
    # ssh reads relative includes of a -F file below the password file's home, so they are made absolute for it.
    main = tmp_path / "absolute"
    main.write_text(
        MAIN.replace("first.d", f"{config.parent}/first.d").replace("Include nested", f"Include {config.parent}/nested")
    )
    command = ["ssh", "-G", "-F", str(main), *(["-l", user] if user else []), host]
    said: dict[str, list[str]] = {}
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        keyword, _, value = line.partition(" ")
        said.setdefault(keyword, []).append(value)
    found = lookup(config, host, user)
    for keyword in ("hostname", "port", "user", "proxyjump", "hostkeyalias"):
        default = {"hostname": host, "port": "22"}.get(keyword)
        ours = found.get(keyword) or default
        if keyword == "user" and ours is None:
            continue
        assert [ours] == said.get(keyword, [None]), keyword
    assert found.lists.get("identityfile", []) == [v for v in said["identityfile"] if not v.startswith("~/.ssh/id_")]
    assert found.lists.get("certificatefile", []) == said.get("certificatefile", [])


def test_match_exec_is_never_run(tmp_path: Path) -> None:
    file = tmp_path / "config"
    file.write_text(f'Match exec "touch {tmp_path}/ran"\n  User wrong\nMatch all\n  User right\n')
    assert lookup(file, "h", None).get("user") == "right"
    assert not (tmp_path / "ran").exists()


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert lookup(tmp_path / "none", "h", None).values == {}


@pytest.mark.parametrize("text", ["Host", "User 'open", "!!!", "Include config\n"])
def test_a_file_that_cannot_be_understood_is_an_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config"
    file.write_text(text)
    with pytest.raises(TargetError) as error:
        lookup(file, "h", None)
    assert str(file) in error.value.detail


def test_tokens_in_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("WHERE", "/keys")
    assert expand("~/.ssh/%h-%r%%", host="dev", user="u") == Path("/home/me/.ssh/dev-u%")
    assert expand("${WHERE}/%d", host="dev", user="u") == Path("/keys//home/me")
