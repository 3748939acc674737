"""Rules as used: what `rules/` says, checked. A rule is data; the check a policy names is code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal

from auditor.model.engagement import Budgets
from auditor.model.noun import noun
from auditor.model.text import Bilingual

if TYPE_CHECKING:
    from auditor.model.guidance import Checklist, Framework, Playbook


class Level(IntEnum):
    """How grave a finding is. SARIF: critical and high are `error`, medium is `warning`, low and note are `note`."""

    NOTE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @classmethod
    def parse(cls, name: str) -> Level:
        """The level of that name; KeyError if there is none."""
        return cls[name.upper()]

    def __str__(self) -> str:
        return self.name.lower()


Sensitivity = Literal["unique_identifier", "linking_identifier", "financial", "credential", "contact", "profile"]
"""unique_identifier: PIPA 24 (RRN, passport, licence, FRN); linking_identifier: CI, DI; the rest by use."""

Protection = Literal["clear", "encrypted", "hashed", "masked"]
"""How a value is stored. Encrypted data is still personal data; a salted hash alone is no finding (docs/decisions/002)."""

NormalForm = Literal[
    "text", "digits", "digits13", "base64", "phone", "email", "date", "alphanumeric", "wallet", "exact"
]
"""How one value gets one fingerprint however it was written; docs/fingerprints.md defines each."""

MaskStyle = Literal["full", "base64", "digits", "phone", "email", "name", "date"]


@noun
class Pattern:
    """One shape of an entity's value.

    `regex` uses the syntax RE2 and Python share (no look-around, no `\\d \\s \\w \\b`); a group named `value` narrows
    the hit to itself. It sees folded text: full-width and Thai digits, every dash and every space are ASCII already.
    `boundary` is a character class that may not touch the value on either side. `needs` says what must speak for a
    hit besides the shape: nothing, a field name or context word (`context`), or a field name alone (`field`).
    `gate` optionally replaces the regex on the fast path by a cheaper one that loses nothing. `protection` says what
    such a value is: in clear, or the encrypted, hashed or masked form of one.
    """

    name: str
    regex: str
    score: float
    boundary: str = ""
    needs: Literal["nothing", "context", "field"] = "nothing"
    gate: str | None = None
    protection: Protection = "clear"


@noun
class LookAlikes:
    """What has an entity's shape and is not it (the decision order of facts/identifiers.md).

    `prefixes`: text right in front. `fields`: field names that exclude, also as a part of a longer name.
    `credential_fields`: field names that make it a CREDENTIAL; `hashed_fields`: those that make it a salt or a password's
    hash. `files`: globs of file names in which an unnamed hit is
    not it. `excluded_files`: globs of file names in which not even a named one is. `values`: regular expressions of
    placeholder values, matched whole, in any case.
    """

    prefixes: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    credential_fields: tuple[str, ...] = ()
    hashed_fields: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    excluded_files: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@noun
class ColumnRule:
    """When a column without a telling name is the entity after all: judged by the column's own statistics.

    `share` is the least part of non-empty cells that must have the shape and pass the validator, `distinct` the
    least part of those that must differ. `only_one`: no second column of that shape. `siblings`: one of these
    entities must stand in another column.
    """

    share: float = 0.95
    distinct: float = 0.0
    only_one: bool = False
    siblings: tuple[str, ...] = ()
    least_rows: int = 5


@noun
class RecognizerRule:
    """What one kind of personal data looks like: one file of `rules/recognizers/`. Several may share an entity.

    `field_names` are written as words (`nick name`, `닉네임`) and match headers in snake, camel and kebab case, with the
    usual prefixes (`usr`, `mbr`, `고객`) and suffixes. `weak_field_names` (`name`, `pid`) say so only together with a
    value that looks like it. `same_names_as` is the id of a rule whose `field_names`
    are this one's too: the phone numbers of another country have the same names. `field_suffixes` are words that may follow this rule's names beyond the usual ones (`birth` + `dt`).
    `field_value` is the regular expression a value of such a field must match whole, where
    no pattern describes it; `not_field_values` are those of values that are labels, types or placeholders (in any case).
    `context` words speak for a hit near them, `not_context` words against it.
    `validator` names a function of `auditor.detectors.validators`; `strict` rejects what it finds doubtful, else
    a doubtful value needs a field name or context. `protected` are the shapes of encrypted, hashed or masked values in a named
    field. `candidates` keeps unnamed hits as candidates. `needs_company`: in source code and documents, which hold such values
    themselves (authors' addresses), an unnamed hit counts only near other personal data. `beside`: in a line an unnamed hit that nothing
    else speaks for counts beside one of these entities. `joins` says whether equal values mean one person
    (`strong`), usually one person (`weak`), or nothing (`none`). `recognizer` names a user's own Presidio recogniser class,
    `package.module:ClassName`, which finds the entity besides or instead of patterns and field names.
    """

    id: str
    entity: str
    title: Bilingual
    sensitivity: Sensitivity
    patterns: tuple[Pattern, ...] = ()
    same_names_as: str | None = None
    field_names: tuple[str, ...] = ()
    weak_field_names: tuple[str, ...] = ()
    field_suffixes: tuple[str, ...] = ()
    field_value: str | None = None
    not_field_values: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    not_context: tuple[str, ...] = ()
    validator: str | None = None
    strict: bool = True
    look_alikes: LookAlikes = LookAlikes()
    column: ColumnRule | None = None
    protected: tuple[Pattern, ...] = ()
    candidates: bool = False
    needs_company: bool = False
    beside: tuple[str, ...] = ()
    normal_form: NormalForm = "text"
    mask: MaskStyle = "full"
    joins: Literal["strong", "weak", "none"] = "none"
    threshold: float = 0.5
    recognizer: str | None = None
    matches: tuple[Mapping[str, Any], ...] = ()
    not_matches: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[str, ...] = ()
    file: str = ""


@noun
class PresidioSource:
    """A part of Presidio that a user brought: a recogniser in Presidio's own YAML, a class, or an NLP engine's configuration.

    `rule` is the id of the rule under which its matches are kept ("" for an NLP engine). `definition` is what its file says,
    `{"class": "package.module:ClassName", "entity": …}` for a class. `line` and `column` count from 1.
    """

    kind: Literal["yaml", "class", "nlp"]
    rule: str = ""
    definition: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    column: int = 0


@noun
class LevelStep:
    """From `people` distinct people (or matches, where nobody can be counted) on, the level is `level`."""

    people: int
    level: Level


@noun
class PolicyRule:
    """What may be kept, where, how long, how protected: one file of `rules/policies/`.

    `check` is a short name of the registry; `params` are that check's own. `entities` limits the rule to some entities,
    `sensitivities` to some classes (empty: all). `needs` names what must exist for the rule to apply. `remediate_within`, such
    as `14d`, is the time from the first sight of a finding to its due day; None: what the profile says for its level.
    """

    id: str
    title: Bilingual
    level: Level
    check: str
    description: Bilingual
    remediation: tuple[Bilingual, ...]
    entities: tuple[str, ...] = ()
    sensitivities: tuple[Sensitivity, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[LevelStep, ...] = ()
    maps_to: tuple[str, ...] = ()
    remediate_within: str | None = None
    fail_examples: tuple[Mapping[str, Any], ...] = ()
    pass_examples: tuple[Mapping[str, Any], ...] = ()
    file: str = ""


@noun
class Sample:
    """How much of each target is read, chosen by a keyed hash so that a vendor cannot foresee it; None: no bound.

    `per_folder` files of one ending in one folder, `per_extension` files of one ending and `per_target` files in a target,
    `bytes_per_target` bytes as listed.
    """

    per_folder: int | None = None
    per_extension: int | None = None
    per_target: int | None = None
    bytes_per_target: int | None = None


@noun
class Terms:
    """Days from the first sight of a finding to its due day, by level: `14d`, `2w`; None: no term."""

    critical: str | None = None
    high: str | None = None
    medium: str | None = None
    low: str | None = None
    note: str | None = None

    def of(self, level: Level) -> str | None:
        """The term of a level."""
        return {
            Level.CRITICAL: self.critical,
            Level.HIGH: self.high,
            Level.MEDIUM: self.medium,
            Level.LOW: self.low,
            Level.NOTE: self.note,
        }[level]


@noun
class Profile:
    """Which policies run and from which level on a finding makes the exit code 1: one file of `rules/profiles/`.

    `limits` are budgets of one file where an engagement and --limit give none. `sample` and `time_budget` (`30m`) bound what is
    read at all. `scorecard` is the id of the questionnaire that the report answers.
    """

    id: str
    title: Bilingual
    fail_on: Level
    policies: tuple[str, ...]
    limits: Budgets = field(default_factory=Budgets)
    sample: Sample | None = None
    time_budget: str | None = None
    remediate_within: Terms = field(default_factory=Terms)
    scorecard: str | None = None
    file: str = ""


@noun
class Question:
    """One question of a scorecard, answered by the results of some `policies`; without any, only the vendor can answer it."""

    area: Bilingual
    question: Bilingual
    ask: Bilingual
    policies: tuple[str, ...] = ()


@noun
class ScorecardRule:
    """A questionnaire that a report fills in as far as the evidence goes: one file of `rules/scorecards/`."""

    id: str
    title: Bilingual
    lead: Bilingual
    questions: tuple[Question, ...]
    file: str = ""


@noun
class Ruleset:
    """All rules of one run. `digest` is the SHA-256 of every file's bytes in name order, hexadecimal.

    `presidio` are the recognisers and NLP engines that a user brought; each finds for one of `recognizers`.
    """

    recognizers: tuple[RecognizerRule, ...]
    policies: tuple[PolicyRule, ...]
    profiles: tuple[Profile, ...]
    digest: str
    presidio: tuple[PresidioSource, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    scorecards: tuple[ScorecardRule, ...] = ()

    def recognizer(self, entity: str) -> RecognizerRule:
        """The rule of an entity; KeyError if no rule finds it."""
        for rule in self.recognizers:
            if rule.entity == entity:
                return rule
        raise KeyError(entity)

    def profile(self, id: str) -> Profile:
        """The profile of that id; KeyError if there is none."""
        for profile in self.profiles:
            if profile.id == id:
                return profile
        raise KeyError(id)

    def scorecard_of(self, profile: Profile) -> ScorecardRule | None:
        """The questionnaire a profile names; None if it names none."""
        return next((card for card in self.scorecards if card.id == profile.scorecard), None)

    def policies_of(self, profile: Profile) -> tuple[PolicyRule, ...]:
        """The policies a profile names, in its order."""
        by_id = {policy.id: policy for policy in self.policies}
        return tuple(by_id[id] for id in profile.policies)
