"""What a field's name says: which entity its values are, that they are a credential, or that they are something else.

Rule files write names as words (`nick name`); headers come as `mbr_nick_nm`, `usrNickNm`, `NICK-NAME`, `고객 닉네임(선택)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from auditor.detectors.fieldwords import (
    CANONICAL,
    GENERIC,
    LISTED,
    NOT_PREFIXES,
    OF_FILES,
    PERSON_PREFIXES,
    PREFIXES,
    SPECIFIC,
    SUFFIXES,
)
from auditor.detectors.folding import fold
from auditor.detectors.spelling import Spelling
from auditor.model.noun import noun
from auditor.model.rule import RecognizerRule

_CAMEL: Final = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[^\x00-\x7f])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[^\x00-\x7f])"
)
_BREAK: Final = re.compile(r"[^A-Za-z0-9\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff가-힣]+")
_BRACKETS: Final = re.compile(r"[(（]([^()（）]{0,60})[)）]")
_HAN: Final = re.compile("[\u4e00-\u9fff]{2,}")
_HANGUL: Final = re.compile("[가-힣]{2,}")
_THAI: Final = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44]")
_THAI_HEAD: Final = 6
"""Letters and marks that a Thai name has at least to be the head of a longer one."""
_DOT: Final = re.compile(r"\.(?![\s\u0e01-\u0e7f])")
"""What divides a path; the full stops of Thai abbreviations do not (`ว.ด.ป. เกิด`)."""
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_$@.\-\[\]]*")
HIDDEN: Final = "…"
"""Stands for the part of a name that is not told."""
_NOT_PREFIXES: Final = tuple(NOT_PREFIXES)
_ASKED: Final = re.compile(
    r"(?:[을를은는이가]|[\s_])[\s_]*(?:(?:다시|정확히|모두|꼭|한글로|숫자로|숫자만)[\s_]+)?"
    r"(?:입력|기재|기입|작성|적어|적으|써|쓰|알려|남겨|선택)(?:해|하여|어|여)?[\s_]*[주하]?(?:시기)?[\s_]*(?:세요|십시오|시오|바랍니다|바람|요망)[.!?*\s_]*$"
    "|^(?:กรุณา|โปรด)(?:กรอก|ระบุ|ใส่|แจ้ง|ป้อน)"
)
"""What makes a name a form's question: `성함을 입력해 주세요`, `กรุณากรอกชื่อ`."""
_TYPED: Final = re.compile(
    r"(?i)(?:string|str|int(?:eger)?|long|double|float|num(?:ber)?|bool(?:ean)?|timestamp|date|text|bytes)_?val(?:ue)?"
)
"""The last part of a path where a value's name is its type: `birthYmd.stringValue`."""
_SEGMENT: Final = re.compile(r"\[[0-9]*\]")


def words(name: str) -> tuple[str, ...]:
    """A name's words in lower case, each as the one that stands for all its short forms: `mbrNickNm` → member, nick, name."""
    parts = (part.lower() for piece in _BREAK.split(fold(name)) if piece for part in _CAMEL.split(piece) if part)
    return tuple(CANONICAL.get(part, part) for part in parts)


def joined(name: str) -> str:
    """A name's words in lower case, without anything between them."""
    return "".join(words(name))


@noun
class FieldClass:
    """What one field name says. `strong` and `weak` hold rule ids; `excluded` those whose look-alikes it names;
    `credential` those for whose shape it means a credential, `hashed` of these a salt or a hash.

    `told` is the name as it may be told: of words in running text only those that a rule knows, as in `…주민번호` for
    `김은하 주민번호`. What stands before a label may be anybody's name.
    """

    name: str
    told: str = ""
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    credential: frozenset[str] = frozenset()
    hashed: frozenset[str] = frozenset()


class FieldIndex:
    """Every rule's field names, asked by header."""

    def __init__(self, rules: Sequence[RecognizerRule]) -> None:
        self._strong = _by_name((rule.id, rule.field_names) for rule in rules)
        self._weak = _by_name((rule.id, rule.weak_field_names) for rule in rules)
        self._excluded = _by_name((rule.id, rule.look_alikes.fields) for rule in rules)
        self._hashed = _by_name((rule.id, rule.look_alikes.hashed_fields) for rule in rules)
        self._credential = _by_name(
            (rule.id, (*rule.look_alikes.credential_fields, *rule.look_alikes.hashed_fields)) for rule in rules
        )
        self._suffixes = {
            rule.id: SUFFIXES | {word.lower() for word in rule.field_suffixes} for rule in rules if rule.field_suffixes
        }
        self._shaped = frozenset(rule.id for rule in rules if rule.patterns)
        self._checked = self._shaped | {rule.id for rule in rules if rule.validator is not None}
        self._undecided = frozenset(rule.id for rule in rules if rule.candidates)
        """Rules whose shape alone is told: every name that says something else counts."""
        self._secrets = frozenset(rule.id for rule in rules if rule.entity == "CREDENTIAL")
        self._hashes = frozenset(rule.id for rule in rules if rule.entity == "CREDENTIAL" and rule.protected)
        self._indexes = (self._strong, self._weak, self._excluded, self._credential)
        names = [name for rule in rules for name in (*rule.field_names, *rule.weak_field_names)]
        parts = {part for name in names for part in (joined(name), *words(name))}
        self._spelling = Spelling(parts | PREFIXES | SUFFIXES | NOT_PREFIXES | CANONICAL.keys(), names)
        self.classify = lru_cache(maxsize=20_000)(self._classify)
        self.header = lru_cache(maxsize=20_000)(self._header)

    def mentioned(self, name: str) -> frozenset[str]:
        """The rules one of whose field names stands anywhere in a name, such as a file's: `ci_list_2024`."""
        parts = words(name)
        ends = [end for end in range(1, len(parts) + 1) if all(w in OF_FILES or w.isdigit() for w in parts[end:])]
        runs = ((start, end, "".join(parts[start:end])) for end in ends for start in range(max(0, end - 4), end))
        # `ci.txt`, `gitlab-ci` is continuous integration; `ci_list_2024` is a list of what it names.
        found = {run for _, end, run in runs if len(run) > 2 or any(part in LISTED for part in parts[end:])}
        return frozenset(rule for run in found for rule in self._strong.get(run, ()))

    def _classify(self, name: str) -> FieldClass:
        """What a header, key or dotted path says."""
        outer, inner = _bracketed(_ASKED.sub("", name[:300]) or name)
        read = self._read(name, outer)
        if not read.strong and inner:
            read = max(read, self._read(name, inner), key=lambda read: (bool(read.strong), bool(read.weak)))
        return read

    def _header(self, name: str) -> FieldClass:
        """What a column's name says; unlike a key in text, which no gate would know, it may be shortened."""
        named = self.classify(name)
        if named.strong or named.excluded or not name.isascii():
            return named
        path, dot, own = name.rpartition(".")
        meant = "_".join(self._spelling.meant(word) for word in words(own))
        again = self.classify(f"{path}{dot}{meant}")
        return replace(again, name=name) if again.strong or again.weak else named

    def _read(self, name: str, text: str) -> FieldClass:
        segments = [segment for segment in _DOT.split(_SEGMENT.sub("", text)) if segment.strip()]
        while len(segments) > 1 and (segments[-1].lower().lstrip("#@$") in GENERIC or _TYPED.fullmatch(segments[-1])):
            segments.pop()
        if not segments or "::" in segments[-1]:  # `AWS::SecretsManager::Secret` names a type, no field
            return FieldClass(name=name, told=name)
        own = self._spelling.known(words(segments[-1]))
        parent = self._spelling.known(words(segments[-2])) if len(segments) > 1 else ()
        runs = set(_runs(own))
        excluded = {rule for run in runs for rule in self._excluded.get(run, ())}
        credential = {rule for run in runs for rule in self._credential.get(run, ())}
        hashed = {rule for run in runs for rule in self._hashed.get(run, ())}
        for tail in _native_tails(own):
            excluded |= self._excluded.get(tail, frozenset()) & self._undecided
            credential |= self._credential.get(tail, frozenset()) & self._undecided
            hashed |= self._hashed.get(tail, frozenset()) & self._undecided
        strong, weak = self._whole(own, parent)
        told = name if len(segments) == 1 or _IDENTIFIER.fullmatch(name) else f"{HIDDEN}.{segments[-1].strip()}"
        if not strong:
            if not weak and not _IDENTIFIER.fullmatch(name):
                told = HIDDEN + self._known(own, runs)
            strong, weaker = self._ending(own)
            strong -= excluded | credential
            weak |= weaker
        weak -= strong
        excluded -= strong
        if strong & self._secrets:
            credential |= self._undecided
        if strong & self._hashes:
            hashed |= self._undecided
        return FieldClass(
            name=name,
            told=told,
            strong=frozenset(strong),
            weak=frozenset(weak - excluded),
            excluded=frozenset(excluded),
            credential=frozenset(credential - strong - excluded),
            hashed=frozenset(hashed),
        )

    def _known(self, own: tuple[str, ...], runs: set[str]) -> str:
        """The longest part of a name that a rule knows; "" if there is none."""
        parts = (part for part in (*_tails(own), *runs) if any(part in index for index in self._indexes))
        return max(parts, key=lambda part: (len(part), part), default="")

    def _whole(self, own: tuple[str, ...], parent: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """The rules that a name says strongly and weakly where every word of it is known."""
        strong: set[str] = set()
        weak: set[str] = set()
        for candidate in dict.fromkeys((*_cores(own), *_cores((*parent, *own), least=len(own)))):
            strong |= self._strong.get(candidate, frozenset())
            weak |= self._weak.get(candidate, frozenset())
        for rule, suffixes in self._suffixes.items():
            if any(rule in self._strong.get(core, ()) for core in _suffixed_cores(own, suffixes)):
                strong.add(rule)
        if any(word in PERSON_PREFIXES for word in (*own[:-1], *parent)):
            strong |= weak
        return strong, weak

    def _ending(self, own: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """The same of a name that begins or ends with words nobody knows: `winner_name`, `legal_birthdate`, `passport_book_no`."""
        tails = list(_tails(own))
        strong = set(next((rules for tail in tails if (rules := self._named_by_tail(tail))), frozenset()))
        for rule, suffixes in self._suffixes.items():
            if any(rule in self._strong.get(core, ()) for tail in tails for core in _without_suffix(tail, suffixes)):
                strong.add(rule)
        weak = {rule for tail in tails for rule in self._weak.get(tail, ())}
        if any(_whose(own, tail) for tail in tails if tail in self._weak):
            strong |= weak
        if not any(word in NOT_PREFIXES for word in own[:-1]):
            anywhere = {rule for run in _runs(own) if len(run) >= SPECIFIC for rule in self._strong.get(run, ())}
            weak |= anywhere & self._shaped
        return strong, weak

    def _named_by_tail(self, tail: str) -> frozenset[str]:
        """The rules that a name's last words name, whatever stands before them.

        Short Latin words do so only where values are held against a shape or a validator: `ios_idfa`, `wr_ip`, `pat_dob`.
        """
        rules = self._strong.get(tail, frozenset())
        if not tail.isascii() or len(tail) >= SPECIFIC:
            return rules
        return frozenset(rule for rule in rules if rule in self._checked or len(tail) == SPECIFIC - 1)


def qualified(named: FieldClass, classes: list[FieldClass], rule: str) -> bool:
    """Whether the same field read with more words is something else: `주소` of `본사 주소`."""
    return any(rule in c.excluded and len(c.name) > len(named.name) and c.name.endswith(named.name) for c in classes)


@lru_cache(maxsize=4096)
def shown(name: str) -> str:
    """A field name as it may be shown: the vendor wrote it, so it is short and made safe."""
    from auditor.model.text import printable

    return printable(name[-60:])


def _by_name(
    entries: Iterator[tuple[str, tuple[str, ...]]] | Sequence[tuple[str, tuple[str, ...]]],
) -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for rule, names in entries:
        for name in names:
            for form in {
                joined(name),
                "".join(name.lower().split()),
            }:  # `telno` is one word, which no word of it shortens
                index.setdefault(form, set()).add(rule)
    return {name: frozenset(rules) for name, rules in index.items()}


def _bracketed(name: str) -> tuple[str, str]:
    """A name without its parentheses, and what stands in them: `별명(닉네임)` → 별명, 닉네임. A JSON path has none."""
    inner = " ".join(_BRACKETS.findall(name))
    outer = _BRACKETS.sub(" ", name) if inner else name
    return (outer, inner) if words(outer) else (inner, "")


def _cores(parts: tuple[str, ...], least: int = 1, suffixes: frozenset[str] = SUFFIXES) -> Iterator[str]:
    """What may be the name proper: without any number of prefixes in front and suffixes behind; a plural's singular too."""
    total = len(parts)
    for start in range(total):
        if start and parts[start - 1] not in PREFIXES and not parts[start - 1].isdigit():
            break
        if total - start < least:
            break
        for end in range(total, start, -1):
            if end < total and parts[end] not in suffixes and not parts[end].isdigit():
                break
            core = "".join(parts[start:end])
            yield core
            if len(core) > SPECIFIC and core.endswith("s"):
                yield core[:-1]
            yield from _unprefixed(core)


def _tails(parts: tuple[str, ...]) -> Iterator[str]:
    """The ends of a name that are names of their own whatever stands before them, the longest first.

    A compound's last words say what it is, in English, Korean and Chinese alike. Thai puts them first.
    """
    total = len(parts)
    while total > 1 and (parts[total - 1] in SUFFIXES or parts[total - 1].isdigit()):
        total -= 1
    for end in range(len(parts), total - 1, -1):
        for start in range(1, end):
            if any(part in NOT_PREFIXES for part in parts[:start]):
                break
            tail = "".join(parts[start:end])
            if len(tail) > 1:
                yield tail
                if len(tail) > SPECIFIC and tail.endswith("s"):
                    yield tail[:-1]
    core = "".join(parts[:total])
    if core.isascii() or core.startswith(_NOT_PREFIXES):
        return
    for start in range(1, len(core) - 1):
        if _HAN.fullmatch(core, start) or _HANGUL.fullmatch(core, start):
            yield core[start:]
    if _THAI.match(core):
        for end in range(len(core) - 1, _THAI_HEAD - 1, -1):
            yield core[:end]


def _native_tails(parts: tuple[str, ...]) -> Iterator[str]:
    """The ends of a compound in Hangul or Chinese, with what says only that it is a value left out too: `위변조해시`, `전자서명값`."""
    whole = "".join(parts)
    for core in dict.fromkeys((whole, whole.removesuffix("값").removesuffix("值"))):
        for start in range(len(core) - 1):
            if _HAN.fullmatch(core, start) or _HANGUL.fullmatch(core, start):
                yield core[start:]


def _suffixed_cores(parts: tuple[str, ...], suffixes: frozenset[str]) -> Iterator[str]:
    """The cores of a name under a rule's own suffixes."""
    for core in _cores(parts, suffixes=suffixes):
        yield core
        yield from _without_suffix(core, suffixes)


def _without_suffix(core: str, suffixes: frozenset[str]) -> Iterator[str]:
    """`birthdate`, `bthdy` written as one word: without its suffix."""
    for size in range(2, min(len(core) - 2, 9)):
        if core[-size:] in suffixes:
            yield core[:-size]


def _whose(parts: tuple[str, ...], tail: str) -> bool:
    """Whether right before the end of a name stands whose it is: `shop_owner_nm` is an owner's name, `shop_nm` a shop's."""
    return len(parts) > 1 and parts[-1] == tail and parts[-2] in PERSON_PREFIXES


def _unprefixed(core: str) -> Iterator[str]:
    """`mbrnicknm` written as one word: without a prefix of at least three letters, or two of another script."""
    for size in range(2, min(len(core) - 1, 10)):
        if core[:size] in PERSON_PREFIXES and (size > 2 or not core[:size].isascii()):
            yield core[size:]


def _runs(parts: tuple[str, ...]) -> Iterator[str]:
    """Every run of consecutive words, joined, and a plural's singular: a look-alike's name may stand anywhere in a longer one."""
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + 4) + 1):
            run = "".join(parts[start:end])
            yield run
            if len(run) > SPECIFIC and run.endswith("s"):
                yield run[:-1]
