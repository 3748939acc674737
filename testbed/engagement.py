"""The engagement file of the demo: what the bank agreed with the made-up vendor, and where to look."""

from __future__ import annotations

import json
import os
from pathlib import Path

from testbed.s3 import S3Server
from testbed.sshd import Sshd

TEMPLATE = """\
# Written by `make demo`. Everybody in it is made up; both servers ran on this machine and are gone afterwards.
# `auditor audit engagement.yaml --output DIR` is what the demo ran with it.

engagement: nft-platform-2024

# Who entrusted the data, and to whom.
entrusting: {{name: Example Bank, country: KR}}
vendor: {{name: Example Labs}}

# When the data had to be gone: the contract's end plus five days.
contract:
  signed: 2024-09-01
  ends: 2025-03-31
  destroy_within: 5d
  clause: "제12조 2항"
  clauses: {{sub_vendors: "제9조", protection: "제8조"}}

# What was handed over, and from which extract.
data_sent:
  - {{sent: contract.signed + 9d, entities: [KR_CI, NICKNAME], subjects: {subjects}, extract: nft_members_20240910.csv}}

# What the vendor was allowed to hold, where, until when.
agreed_data:
  - entities: [KR_CI, NICKNAME]
    purpose: NFT wallet
    places: [prod-db]
    until: contract.ends
    protection: encrypted

# Where to look, read-only. The vendor gave an SFTP account and an S3 key that may list and get, nothing else.
targets:
  - name: dev-server
    ssh:
      host: {host}
      port: {port}
      user: {user}
      # The server's key, as the vendor told it by phone. Any other key is refused before anything is sent.
      host_key: {host_key}
      key_file: {client_key}
      paths: [{path}]
  - name: bucket
    s3:
      bucket: {bucket}
      # {server}
      endpoint_url: {endpoint_url}
      region: {region}
      credentials_file: {credentials}
      # Also what lies under delete markers and newer versions: a deleted object is not a destroyed one.
      versions: all

# Whom to call.
contacts:
  - {{role: privacy-officer, party: entrusting, name: Privacy desk, email: privacy@bank.example}}

# What the vendor certified. The audit holds it against what it finds; it never takes the number from here.
destruction:
  declared: 2025-04-03
  scope: [dev-server, bucket]

# 32 random bytes. Values are recorded only as keyed fingerprints under this key; keep it, or `auditor lookup` cannot answer.
key_file: {key_file}
"""


def write_key(path: Path) -> Path:
    """A new fingerprint key: 32 random bytes, mode 0600."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(os.urandom(32))
    return path


def write(
    path: Path,
    *,
    ssh: Sshd,
    home: Path,
    s3: S3Server,
    bucket: str,
    credentials: Path,
    key_file: Path,
    subjects: int,
) -> Path:
    """Write the engagement for two running servers; the path. ``subjects``: how many people's data was handed over."""
    text = TEMPLATE.format(
        host=_text(ssh.host),
        port=ssh.port,
        user=_text(ssh.user),
        host_key=_text(ssh.host_key_fingerprint),
        client_key=_text(ssh.client_key),
        path=_text(home),
        bucket=_text(bucket),
        server=s3.name,
        endpoint_url=_text(s3.endpoint_url),
        region=_text(s3.region),
        credentials=_text(credentials.resolve()),
        key_file=_text(key_file.resolve()),
        subjects=subjects,
    )
    path.write_text(text, encoding="utf-8")
    return path


def _text(value: object) -> str:
    """A YAML string: JSON's quoting is valid YAML whatever is in it."""
    return json.dumps(str(value), ensure_ascii=False)
