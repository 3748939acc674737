"""No English sentence of ours is left in a Korean report: what the scanners say of controls."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

import auditor.scanners
from auditor.model.control_words import korean

SCANNERS = Path(auditor.scanners.__file__).parent
WHOLE = ("*_controls.py", "_s3_settings.py", "_ssh_acls.py", "_ssh_disks.py", "_ssh_logs.py")
"""Modules whose every sentence is a control's."""
SAYING = {"Control", "_control", "_once", "control", "unknown", "why_unknown"}
"""What takes a control's detail elsewhere, or, as a function, returns one."""
FILLINGS = ("7", "objects", "reading")
"""What stands for a value that the source does not tell."""
SENTENCE = re.compile(r"[A-Z0-9].*\.", re.DOTALL)
Forms = dict[str, list[ast.expr]]


@pytest.mark.parametrize(
    "detail",
    [
        "The endpoint is http.",
        "The service says that the bucket's policy is not public.",
        "The access control list grants everyone: READ.",
        "Requests without credentials were refused, but: This account may not ask (s3:GetBucketAcl).",
        "The bucket has no default encryption. One object that was looked at is not encrypted by the service.",
        "A lifecycle rule deletes all old versions after 30 day(s).",
        "New objects are locked for 30 day(s) in GOVERNANCE mode, which privileged accounts may lift.",
        "Not determined: it is set otherwise for other accounts or addresses (Match).",
        "Without credentials: listing the container and reading a blob's headers succeeded.",
        "This token may not ask (AuthorizationFailure). It takes an account SAS with read on the service (srt=sco).",
        "The container has an immutability policy. For how many days: "
        "Only the account's management (Azure Resource Manager) tells it, which the audit does not reach.",
        "As sshd's configuration says for root from 127.0.0.1.",
        "Of 3 home directories others may list 2.",
        "12 s from this machine's clock; kept by no service that could be seen.",
        "/srv lies on no encrypted volume; what lies below the system cannot be seen from it.",
        "Others: app_ro. Nobody else but administrators.",
        "Without credentials: listing the bucket and reading an object's headers succeeded.",
        "The access control list grants everyone with any account: READ.",
        "The container's public access level is blob: reading what one knows the name of. Requests without credentials were refused.",
        "It was granted INSERT, UPDATE.",
        "On what kind of volume the paths lie cannot be seen.",
        "Not determined: sshd's configuration was read, but this machine's sshd could not be run (OSError).",
        "Not determined: a part of sshd's configuration may not be read by this account: /etc/ssh/x.conf.",
        "Files were read over SFTP: sudo refuses the account 'tar'.",
        "Access lists could not be looked at: the account may not run commands.",
    ],
)
def test_a_control_s_detail_is_said_in_korean(detail: str) -> None:
    assert not re.search(r"[a-z]{3} [a-z]{2}", korean(detail)), korean(detail)


@pytest.mark.parametrize("module", sorted(SCANNERS.glob("*.py")), ids=lambda module: module.stem)
def test_every_sentence_a_scanner_may_say_of_a_control_has_its_korean(module: Path) -> None:
    missing = [
        said[0] for said in details(module) if all(re.search("[a-z]{3} [a-z]{2}", translated(form)) for form in said)
    ]
    assert missing == []


def test_the_sentences_are_found() -> None:
    said = {forms[0] for module in SCANNERS.glob("*.py") for forms in details(module)}
    assert {
        "Requests without credentials were refused.", "The service does not say whether there are incomplete uploads.", "Its rules allow 7.",
        "About 7 rows by the server's own statistics.", "The key of 7: known_hosts holds it.", "This token may not ask (7).",
    } <= said  # fmt: skip
    assert len(said) > 150


def translated(form: str) -> str:
    return korean(form).replace("(soft delete)", "")


def details(module: Path) -> list[tuple[str, ...]]:
    tree = ast.parse(module.read_text("utf-8"))
    known = assigned(tree)
    return [detail for node in saying(module, tree) for detail in sentences(node, known)]


def assigned(tree: ast.AST) -> Forms:
    """What each name of a module may stand for, wherever it is assigned."""
    found: Forms = defaultdict(list)
    for node in ast.walk(tree):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                found[name].append(value)
    return found


def saying(module: Path, tree: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module in which sentences are controls'."""
    if any(module.match(pattern) for pattern in WHOLE):
        yield tree
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in SAYING:
            yield node
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if not isinstance(block, list):
                continue
            for statement in block:  # a name is what it was assigned in the same block, or in an `if` of it
                for call in (
                    part for part in ast.walk(statement) if isinstance(part, ast.Call) and called(part) in SAYING
                ):
                    yield from call.args
                    yield from (keyword.value for keyword in call.keywords)
                    names = {part.id for part in ast.walk(call) if isinstance(part, ast.Name)}
                    yield from (value for other in block for value in values(other, names))


def values(statement: ast.stmt, names: set[str]) -> Iterator[ast.expr]:
    match statement:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AugAssign(target=ast.Name(id=name), value=value)
        ):
            if name in names:
                yield value
        case ast.If(body=body, orelse=orelse):
            yield from (value for each in (*body, *orelse) for value in values(each, names))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def sentences(node: ast.AST, known: Forms) -> Iterator[tuple[str, ...]]:
    """Each sentence below a node, filled in in several ways; neither what is raised nor what documents."""
    match node:
        case ast.Constant() | ast.JoinedStr() | ast.BinOp():
            for filled in zip(*(forms(node, known, filling) for filling in FILLINGS), strict=True):
                if SENTENCE.fullmatch(filled[0].strip()):
                    yield tuple(form.strip() for form in filled)
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            pass
        case _:
            for child in ast.iter_child_nodes(node):
                yield from sentences(child, known)


def forms(node: ast.AST, known: Forms, filling: str, depth: int = 0) -> list[str]:
    """What an expression may say."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return forms(body, known, filling, depth) + forms(orelse, known, filling, depth)
        case ast.JoinedStr(values=parts):
            return ["".join(said) for said in product(*(forms(part, known, filling, depth) for part in parts))]
        case ast.FormattedValue(value=value):
            return forms(value, known, filling, depth)
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            return ["".join(said) for said in product(*(forms(part, known, filling, depth) for part in (left, right)))]
        case ast.Name(id=name) if name in known and depth < 3:
            return [form for value in known[name] for form in forms(value, known, filling, depth + 1)]
        case ast.Call(func=ast.Name()):  # listed(), len(), min()
            return ["7"]
    return [filling]


def test_what_is_not_known_stays_as_it_is() -> None:
    assert korean("A sentence of a scanner to come.") == "A sentence of a scanner to come."
