"""The commented engagement file that `auditor init` writes. examples/engagement.yaml is the same text."""

from __future__ import annotations

import json
import re
from typing import Final

from auditor.resources import rules_dir

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")

_TEXT: Final = """\
# yaml-language-server: $schema={schema}
#
# One contract with one vendor: what was agreed, and where to look. Everything is read, nothing is ever written there.
# Check it:  auditor doctor ENGAGEMENT.yaml     Run it:  auditor audit ENGAGEMENT.yaml
# Paths are relative to this file's folder. A line that starts with # is a comment.

# Identifies this audit; findings keep it from run to run, so do not change it later.
engagement: nft-platform-2024

# The entrusting company (위탁자) and the vendor (수탁자). country: ISO 3166, such as KR, TH, CN; deadlines end at midnight in
# the entrusting company's country (elsewhere than in Asia name its time_zone too: Europe/Berlin).
entrusting: {{name: Example Bank, country: KR}}
vendor: {{name: Example Labs, country: KR}}

# The contract (위수탁 계약): until when data may be kept (보유 기간), and the clause (조항) that says so.
# A day, here and below, is a date or is counted from another one: contract.signed, contract.ends, contract.destroy_by
# (the end plus destroy_within) or destruction.declared, plus or minus days, weeks, months or years: 5d, 2w, 3mo, 5y.
contract:
  signed: 2024-09-01
  ends: 2025-03-31            # or: contract.signed + 7mo
  destroy_within: 5d          # 5 days after the end, everything must be destroyed (파기)
  clause: "제12조 2항"
  # The other clauses, quoted where a finding is about them:
  # clauses: {{purpose: "제3조", protection: "제8조", sub_vendors: "제9조", residency: "제10조", inspection: "제11조"}}

# Personal data the vendor may hold (위탁 개인정보). `auditor rules list` names the entities; KR_CI is 연계정보(CI).
# places: names of the targets below; what lies elsewhere was not agreed. protection: any or encrypted (암호화).
agreed_data:
  - entities: [KR_CI, NICKNAME]
    purpose: NFT wallet
    places: [dev-server]
    until: contract.ends
    protection: encrypted

# What was handed over (제공 이력): when, how many people, from which extract. It is the record of source and time that the
# Network Act decree asks for of CI, and more people than were ever sent are a finding.
# data_sent:
#   - {{sent: 2024-09-10, entities: [KR_CI, NICKNAME], subjects: 17551, extract: nft_members_20240910.csv}}

# Companies the vendor passes work on to (재수탁자), and the targets they hold. Without consented, personal data there is a
# finding.
# sub_vendors:
#   - {{name: Example Hosting, targets: [bucket], consented: contract.signed + 14d, reference: "재위탁 동의서 2024-3"}}

# Where the data may be stored (국외 이전 제한). A target says where it stands with country: KR; a bucket on AWS with its region.
# residency: {{countries: [KR], regions: [ap-northeast-2]}}

# What the law wants kept longer than the contract (법정 보존, 분리 보관). Shown as an exception until its last day; a finding after.
# exceptions:
#   - entities: [PERSON, BANK_ACCOUNT]
#     basis: "전자상거래법 시행령 제6조"
#     places: [dev-server]
#     paths: [/srv/legal]       # folders or globs; left out: everywhere
#     until: contract.ends + 5y

# Whom to call (연락처). role: privacy-officer, contract, security, incident or audit.
# contacts:
#   - {{role: privacy-officer, party: entrusting, name: Privacy desk, email: privacy@bank.example}}
#   - {{role: incident, party: vendor, name: Example Labs CISO, phone: "+82 2 0000 0000"}}

# What to audit (점검 대상): any number of servers (ssh), buckets (s3, azure), databases (database) and folders of
# this machine (local).
targets:
  - name: dev-server
    # country: KR               # where it stands, as the vendor declares it
    ssh:
      host: dev.vendor.example
      user: bankaudit           # a read-only account (읽기 전용 계정)
      paths: [/home, /srv]
      # The server's host key (호스트 키). Ask the vendor for it, compare it with
      #   ssh-keyscan dev.vendor.example | ssh-keygen -lf -
      # and pin it here; without it the host must be in ~/.ssh/known_hosts. An unknown host is never trusted.
      # host_key: "SHA256:…"
      # key_file: ~/.ssh/audit_ed25519      # else the SSH agent and ~/.ssh/config are used
      # password_file: dev-server.password  # a file of its own, mode 600
      # exclude: ["*/.cache"]               # what is left out is named in the report
      # sudo: true                          # read what is closed to the account by sudo -n (docs/vendor-access.md)
      # jump: {{host: gate.vendor.example, user: bankaudit}}

  - name: bucket
    s3:
      bucket: nft-assets
      versions: all             # old versions (이전 버전) and deleted objects too
      # endpoint_url: https://s3.vendor.example   # for a service other than AWS
      # region: ap-northeast-2
      # credentials_file: aws-credentials         # else boto3's own search: environment, ~/.aws, instance role
      # profile: audit

  # A container (컨테이너) of Azure Blob Storage. docs/buckets.md; docs/vendor-access.md: what to grant.
  # - name: blobs
  #   azure:
  #     account: vendorassets
  #     container: nft-assets
  #     credentials_file: container.sas         # the SAS token, in a file of its own, mode 600

  # A database (데이터베이스): postgresql, mysql, mariadb, redis, or an sqlite file. docs/vendor-access-databases.md: what to grant.
  # - name: prod-db
  #   database:
  #     engine: postgresql
  #     host: db.vendor.example
  #     database: members
  #     user: bankaudit
  #     password_file: db-password          # a file of its own, mode 600
  #     # via: dev-server                   # through that server's SSH connection
  #     # sample: 100000                    # at most so many rows of each table (표본 점검)

  # - name: handover
  #   local: {{paths: [./delivered]}}

# Once the vendor has sent a destruction certificate (파기확인서), say what it declares; the audit holds it against
# what is found.
# destruction:
#   declared: 2025-04-03
#   scope: [dev-server, bucket]
#   subjects: 17551
#   reference: "파기확인서 2025-11"

# Values are stored only as keyed fingerprints. `auditor init` made the key; keep it apart from the reports.
# Another one:  (umask 077; head -c 32 /dev/urandom > engagement.key)
key_file: {key_file}

# Pictures and scanned pages by OCR (1-2 s each), passwords for encrypted files, and what one file may cost (docs/coverage.md):
# ocr: true
# password_file: passwords.txt
# budgets: {{archive_depth: 16, expanded_bytes: 64GiB, seconds_per_asset: 300}}

# How hard the vendor's machines may be worked (부하 제한); the window is in the vendor's time (docs/vendor-access.md):
# limits: {{bandwidth: 20MB/s, requests_per_second: 50, connections: 4, window: "22:00-06:00"}}

# Which of the data found is ours? The bank's own customers (고객 대장), as keyed fingerprints; docs/register.md.
# Make it:  auditor register build customers.csv --map ci=연계정보 --key-file {key_file} --output register.bin
# register: {{file: register.bin}}

# Findings that the bank accepts for a while (예외 승인), each with owner, reason and last day; docs/course.md.
# waivers: waivers.yaml

# Languages of the report (보고서 언어), in order.
languages: [en, ko]
"""


def template(*, key_file: str = "engagement.key", schema: str | None = None) -> str:
    """The file's text. `schema`: where editors find engagement.schema.json (default: this installation's own)."""
    if schema is None:
        schema = str(rules_dir() / "schema" / "engagement.schema.json")
    return _TEXT.format(schema=schema, key_file=key_file if _PLAIN.fullmatch(key_file) else json.dumps(key_file))
