"""What a stopped audit left stays until the reports of one that read everything are written."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run_here, text

from auditor.commands import _outcome
from auditor.workers.trail import NAME
from testbed.people import people

pytestmark = pytest.mark.e2e

ENGAGEMENT = """\
engagement: trail
entrusting: {{name: A Bank, country: KR}}
vendor: {{name: B Soft, country: KR}}
contract: {{signed: 2024-09-01, ends: 2025-04-01}}
key_file: {folder}/key
targets:
  - {{name: copy, local: {{paths: [{folder}/copy]}}}}
"""


def test_the_trail_goes_with_the_reports_and_not_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy/a.csv").write_text("ci\n" + "\n".join(person.ci for person in people(5)), "utf-8")
    (tmp_path / "key").write_bytes(b"only for tests, " * 2)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "e.yaml").write_text(ENGAGEMENT.format(folder=tmp_path), "utf-8")
    words = ("audit", tmp_path / "e.yaml", "--output", tmp_path / "out", "--quiet")
    trail = tmp_path / "out" / NAME

    with monkeypatch.context() as patched:
        patched.setattr(_outcome, "write_reports", lambda *_: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):  # killed, or out of disk, after the last byte was read
            run_here(*words)
    assert trail.exists()

    anew = text(run_here(*words))
    assert "an earlier audit was stopped before its end" in anew.stderr
    assert "5 people" in anew.stdout
    assert "--resume" not in anew.stdout
    assert not trail.exists()
