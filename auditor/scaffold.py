"""`auditor rules new`: a rule to begin with. It passes `auditor rules check` but for what only its author can say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from auditor import registry
from auditor.errors import InputError, Problem
from auditor.model.text import printable
from auditor.resources import rules_dir

KINDS: Final = {"recognizer": "recognizers/own", "policy": "policies"}
"""What can be made, and where in a folder of rules it belongs."""

_RECOGNIZER: Final = """\
# yaml-language-server: $schema={schema}/recognizer.schema.json
# What one kind of personal data looks like. Fill in what is empty, then:
#   auditor rules check --rules {rules}     auditor rules test {id} --rules {rules}
id: {id}
entity: {entity}
title:
  en:                        # what people call it: Member number
  ko:                        # the same in Korean: 회원번호
# unique_identifier (resident number, passport), linking_identifier (CI, DI), financial, credential, contact or profile
sensitivity: profile
patterns:
  - name: plain
    # Syntax that RE2 and Python share: no look-around, no \\d \\s \\w \\b. Such as: 'M-?[0-9]{{8}}'
    regex:
    # How sure a hit is by itself, 0 to 1; below 0.5 it needs a field name or context word.
    score: 0.4
    # What may not touch the value on either side.
    boundary: '[A-Za-z0-9]'
    # nothing, context (a field name or context word must be near) or field (a field name alone)
    needs: context
# Names of fields and columns that say so, as words: member no matches MEMBER_NO and memberNo.
field_names: []
# Words near a value that speak for it.
context: []
# How every way of writing a value becomes one: text, digits, alphanumeric, exact … (docs/fingerprints.md)
normal_form: alphanumeric
# How a value is shown: full hides all of it.
mask: full
# Whether equal values are one person: strong, weak or none.
joins: none
sources: []
examples:                    # synthetic values only
  match:
    - text:                  # a line in which it must be found
  not_match:
    - text:                  # a line with a look-alike, in which it must not
"""

_POLICY: Final = """\
# yaml-language-server: $schema={schema}/policy.schema.json
# What may be kept, where, how long or how protected. Fill in what is empty, name it in a profile, then:
#   auditor rules check --rules {rules}     auditor rules test {id} --rules {rules}
id: {id}
title:
  en:                        # Personal data in presentations
  ko:                        # 발표 자료에 포함된 개인정보
level: medium                # critical, high, medium, low or note
# steps: [{{people: 1000, level: high}}]
# Who judges: {checks}
# `content` finds data where none may be: anywhere, or in folders and files by name.
check: content
params: {{folders: ["*.pptx"]}}
# Which data: classes, or entities such as [KR_CI, KR_RRN]; left out: all.
sensitivities: [unique_identifier, linking_identifier, financial]
description:
  en:                        # what is wrong, and why it matters
  ko:
remediation:
  - en:                      # what to do, step by step
    ko:
maps_to: []                  # provisions it serves, such as kr-pipa-29
# What is judged here is made up of these keys: auditor/checks/examples.py names all.
examples:
  fail:
    - {{entities: {{KR_CI: 1}}, path: home/kim/plan.pptx}}
  pass:
    - {{entities: {{KR_CI: 1}}, path: home/kim/plan.csv}}
    - {{entities: {{NICKNAME: 1}}, path: home/kim/plan.pptx}}
"""


def new(kind: str, id: str, folder: Path) -> Path:
    """Write the beginnings of a rule into a folder of rules; its path. InputError for a wrong kind or id, or a file in the way."""
    if kind not in KINDS:
        cure = "auditor rules new recognizer ID --rules DIR, or: auditor rules new policy ID --rules DIR"
        raise InputError(Problem(file="rules new", cause=f'"{printable(kind)}" is no kind of rule', cure=cure))
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id):
        cure = "use small letters, digits and single dashes, such as bank-member-no"
        raise InputError(Problem(file="rules new", cause=f'"{printable(id)}" cannot be an id', cure=cure))
    path = folder / KINDS[kind] / f"{id}.yaml"
    text = (_RECOGNIZER if kind == "recognizer" else _POLICY).format(
        schema=rules_dir() / "schema", id=id, entity=id.replace("-", "_").upper(), rules=printable(str(folder)),
        checks=", ".join(registry.names("checks")),
    )  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        cure = "choose another id, or edit that file"
        raise InputError(Problem(file=printable(str(path)), cause="is there already", cure=cure)) from None
    except OSError as error:
        cause = f"cannot be written: {error.strerror}"
        raise InputError(Problem(file=printable(str(path)), cause=cause, cure="name another --rules")) from None
    return path
