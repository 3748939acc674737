"""Containers of Azure Blob Storage in an engagement: what is read of them, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.engagement.loader import load
from auditor.errors import InputError
from auditor.model.engagement import AzureTarget

HEAD = """\
engagement: e
entrusting: {name: Example Bank}
vendor: {name: Example Labs}
contract: {ends: 2025-03-31}
targets:
  - name: blobs
    azure: """


def loaded(folder: Path, target: str) -> AzureTarget:
    file = folder / "e.yaml"
    file.write_text(f"{HEAD}{target}\n", "utf-8")
    [found] = load(file).targets
    assert isinstance(found, AzureTarget)
    return found


def test_what_is_written_is_what_is_used(tmp_path: Path) -> None:
    assert loaded(tmp_path, "{account: vendorassets, container: $web}") == AzureTarget(
        name="blobs", account="vendorassets", container="$web"
    )
    text = "{account: vendorassets, container: a-1, prefixes: [x/], credentials_file: t.sas, ca_file: ca.pem, versions: current, endpoint_url: 'https://b.example/', timeout: 5s}"
    assert loaded(tmp_path, text) == AzureTarget(
        name="blobs", account="vendorassets", container="a-1", prefixes=("x/",), credentials_file=tmp_path / "t.sas",
        ca_file=tmp_path / "ca.pem", versions="current", endpoint_url="https://b.example", timeout=5.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "cause", "cure"),
    [
        ("{account: vendorassets.blob.core.windows.net, container: abc}", "is an address", "endpoint_url"),
        ("{account: Vendor, container: abc}", "cannot be a storage account", "small letters"),
        ("{account: vendor, container: a--b}", "cannot be a container's name", "container's name alone"),
        ("{account: vendor, container: abc, sas_token: sv=1}", "sas_token", "credentials_file"),
        ("{account: vendor, bucket: abc}", "bucket", 'did you mean "container"?'),
        ("{account: vendor}", "container", "container"),
    ],
)
def test_mistakes_are_told_with_line_and_cure(tmp_path: Path, target: str, cause: str, cure: str) -> None:
    with pytest.raises(InputError) as error:
        loaded(tmp_path, target)
    assert any(cause in problem.cause and cure in problem.cure and problem.line == 7 for problem in error.value.problems), error.value  # fmt: skip
