"""What each key of a rule file means, for editors and error messages. The names are the fields of model/rule.py and model/guidance.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from auditor.model.engagement import Budgets
from auditor.model.guidance import (
    Checklist,
    ChecklistItem,
    Clock,
    Framework,
    Playbook,
    PlaybookAction,
    PlaybookExample,
    Requirement,
)
from auditor.model.rule import (
    ColumnRule,
    LevelStep,
    LookAlikes,
    Pattern,
    PolicyRule,
    Profile,
    Question,
    RecognizerRule,
    Sample,
    ScorecardRule,
    Terms,
)
from auditor.model.text import Bilingual


class Key(NamedTuple):
    """A description (a phrase in small letters) and examples as YAML writes them."""

    description: str
    examples: tuple[Any, ...] = ()


_TITLE: Final = Key("the name people read", ({"en": "Connecting information (CI)", "ko": "연계정보(CI)"},))

KEYS: Final[Mapping[type[Any], Mapping[str, Key]]] = {
    Bilingual: {
        "en": Key("the text in English"),
        "ko": Key("the text in Korean"),
    },
    RecognizerRule: {
        "id": Key("identifies the rule; a rule of the same id in a later folder replaces it", ("kr-ci",)),
        "entity": Key("what is found; rules that share an entity find it together", ("KR_CI",)),
        "title": _TITLE,
        "sensitivity": Key("the class of data; unique_identifier is what PIPA 24 names, linking_identifier CI and DI"),
        "patterns": Key("the shapes of a value"),
        "same_names_as": Key("the id of a rule whose field names are also this one's", ("kr-phone",)),
        "field_names": Key(
            "field names that say so, as words: match snake, camel and kebab case", (["nick name", "닉네임"],)
        ),
        "weak_field_names": Key(
            "field names that say so only together with a value that looks like it", (["name", "pid"],)
        ),
        "field_suffixes": Key(
            "words that may follow the names, beyond the usual ones such as val and no", (["dt", "ymd"],)
        ),
        "field_value": Key("what a value of such a field must match whole, where no pattern describes it"),
        "not_field_values": Key("expressions for values that are labels, types or placeholders, in any case"),
        "context": Key("words nearby that speak for a hit", (["연계정보", "본인확인"],)),
        "not_context": Key("words nearby that speak against a hit"),
        "validator": Key("a function of auditor.detectors.validators", ("luhn",)),
        "strict": Key("true: what the validator doubts is rejected; false: it needs a field name or context"),
        "look_alikes": Key("what has the shape and is not it"),
        "column": Key("when a column without a telling name is it after all"),
        "protected": Key("shapes of encrypted, hashed or masked values in a named field"),
        "candidates": Key(
            "whether unnamed hits are kept: confirmed by the same value elsewhere, else told as possible"
        ),
        "needs_company": Key("in code and documents an unnamed hit counts only near other personal data"),
        "beside": Key(
            "in a line, an unnamed hit that nothing else speaks for counts beside one of these entities", (["PERSON"],)
        ),
        "normal_form": Key("how every way of writing a value gets one fingerprint (docs/fingerprints.md)"),
        "mask": Key("how a value is shown"),
        "joins": Key("whether equal values mean one person: strong, usually (weak), or none"),
        "threshold": Key("from which score on a hit counts; below it is a candidate"),
        "recognizer": Key(
            "a Presidio recogniser of your own that finds the entity: an EntityRecognizer subclass you have installed",
            ("bank_recognizers.members:MemberNumberRecognizer",),
        ),
        "sources": Key("where the facts come from", (["https://www.law.go.kr"],)),
    },
    Pattern: {
        "name": Key("names the shape in explanations", ("base64, 88 characters",)),
        "regex": Key(
            "syntax that RE2 and Python share: no look-around, no \\d \\s \\w \\b", ("01[016789]-?[0-9]{7,8}",)
        ),
        "score": Key("0 to 1: how sure a hit is by itself", (0.4,)),
        "boundary": Key("a character class that may not touch the value on either side", ("[A-Za-z0-9+/=]",)),
        "needs": Key("what must speak for a hit besides its shape"),
        "protection": Key("whether such a value is in clear, or the encrypted, hashed or masked form of one"),
        "gate": Key("a cheaper expression for the fast path that loses no hit"),
    },
    LookAlikes: {
        "prefixes": Key("text right in front of the value", (["sha512-"],)),
        "fields": Key("field names that exclude, also as part of a longer name", (["integrity", "checksum"],)),
        "credential_fields": Key("field names that make it a CREDENTIAL", (["token", "secret"],)),
        "hashed_fields": Key("field names that make it a salt or the hash of a password", (["salt", "password hash"],)),
        "files": Key("globs of file names in which an unnamed hit is not it", (["*.lock"],)),
        "excluded_files": Key("globs of file names in which not even a named hit is it", (["package-lock.json"],)),
        "values": Key("expressions for placeholder values, matched whole, in any case", (["0{13}"],)),
    },
    ColumnRule: {
        "share": Key("least part of the cells that must have the shape and be valid", (0.95,)),
        "distinct": Key("least part of those that must differ", (0.9,)),
        "only_one": Key("no second column may have the shape"),
        "siblings": Key("one of these entities must stand in another column", (["NICKNAME", "KR_DI"],)),
        "least_rows": Key("fewer rows say nothing", (5,)),
    },
    PolicyRule: {
        "id": Key("identifies the rule; a rule of the same id in a later folder replaces it", ("public-bucket",)),
        "title": _TITLE,
        "level": Key("how grave a finding is"),
        "check": Key("the check that judges (auditor/checks/)", ("retention",)),
        "description": Key("what is wrong and why it matters", ({"en": "…", "ko": "…"},)),
        "remediation": Key("what to do, step by step", ([{"en": "…", "ko": "…"}],)),
        "entities": Key("only these entities; left out: all", (["KR_CI"],)),
        "sensitivities": Key("only these classes of data; left out: all", (["credential"],)),
        "params": Key("the check's own settings; see its module", ({"clear_only": True},)),
        "steps": Key("higher levels from a number of people on", ([{"people": 100, "level": "high"}],)),
        "maps_to": Key("requirements of rules/frameworks/ that deal with the matter", (["kr-pipa-21"],)),
        "remediate_within": Key(
            "days from the first sight of a finding to its due day; left out: the profile's", ("14d",)
        ),
    },
    LevelStep: {
        "people": Key("from this many people (or values, where nobody can be counted) on", (100,)),
        "level": Key("the level is this"),
    },
    Profile: {
        "id": Key("the profile's name on the command line", ("scheduled",)),
        "title": _TITLE,
        "fail_on": Key("from this level on, a finding makes the exit code 1"),
        "policies": Key("ids of the policies that run, in the report's order", (["public-bucket"],)),
        "limits": Key("what one file may cost, where neither engagement nor --limit says so", ({"archive_depth": 8},)),
        "sample": Key("only a keyed sample is read; such a run is never called clean", ({"per_folder": 20},)),
        "time_budget": Key("when it is up, no further file is begun; the rest is a gap", ("30m",)),
        "remediate_within": Key("days from the first sight of a finding to its due day, by level", ({"high": "14d"},)),
        "scorecard": Key("the questionnaire that the report answers", ("due-diligence",)),
    },
    Sample: {
        "per_folder": Key("most files of one ending in one folder", (20,)),
        "per_extension": Key("most files of one ending in a target", (500,)),
        "per_target": Key("most files of a target", (5000,)),
        "bytes_per_target": Key("most bytes of a target, as listed", ("20GB",)),
    },
    Terms: {
        **{
            level: Key(f"for findings of level {level}", ("14d",))
            for level in ("critical", "high", "medium", "low", "note")
        },
    },
    Budgets: {
        "archive_depth": Key("archives inside one another", (16,)),
        "members": Key("members of all archives in one file", (1_000_000,)),
        "expanded_bytes": Key("bytes that come out of archives in one file", ("64GiB",)),
        "seconds_per_asset": Key("processor time for one file, besides a second for each MiB of it", (300,)),
        "spool_bytes": Key("the largest file that must be read backwards", ("4GiB",)),
        "worker_memory": Key("memory of each worker process", ("512MiB",)),
        "people_bytes": Key(
            "disk for counting people exactly, 16 bytes for each place an identifier stands in; beyond it they are estimated",
            ("8GiB",),
        ),
    },
    ScorecardRule: {
        "id": Key("identifies the questionnaire; one of the same id in a later folder replaces it", ("due-diligence",)),
        "title": _TITLE,
        "lead": Key("what it is, in a sentence", ({"en": "…", "ko": "…"},)),
        "questions": Key("the questions, in order"),
    },
    Question: {
        "area": Key("the heading it stands under", ({"en": "Retention", "ko": "보유"},)),
        "question": Key("the question", ({"en": "…", "ko": "…"},)),
        "ask": Key("what to ask the vendor where the evidence does not answer", ({"en": "…", "ko": "…"},)),
        "policies": Key("the policies whose results answer it; left out: only the vendor can", (["public-bucket"],)),
    },
    Framework: {
        "id": Key("identifies the framework; one of the same id in a later folder replaces it", ("kr-pipa",)),
        "title": _TITLE,
        "requirements": Key("its articles or controls, in order"),
    },
    Requirement: {
        "id": Key("what the `maps_to` of policies cites", ("kr-pipa-21",)),
        "ref": Key("where it stands in the text", ({"en": "Article 21", "ko": "제21조"},)),
        "title": Key("what it is about, in a few words"),
        "summary": Key("what it asks for, in own words"),
        "verified": Key("false: from a secondary source or from memory; the report says so"),
    },
    Checklist: {
        "id": Key("identifies the form; one of the same id in a later folder replaces it", ("kr-bank-outsourcing",)),
        "title": _TITLE,
        "items": Key("its rows, in order"),
    },
    ChecklistItem: {
        "id": Key("identifies the row", ("destruction-copies",)),
        "area": Key("the section it belongs to"),
        "item": Key("what is inspected"),
        "method": Key("how"),
        "basis": Key("requirements of rules/frameworks/", (["kr-pipa-21"],)),
        "who": Key("who must look at what the tool cannot see, and where"),
        "policies": Key("policies whose results fill the row", (["retained-after-contract"],)),
        "facts": Key("what else the run knows that is evidence here"),
        "whole": Key("true: the policies see all of it, so that their passing fills the result"),
    },
    Playbook: {
        "id": Key(
            "identifies the playbook; one of the same id in a later folder replaces it", ("identity-verification",)
        ),
        "title": _TITLE,
        "description": Key("what it is for"),
        "examples": Key("the playbook's own tests: auditor rules test"),
        "actions": Key("what to do, keyed to the exposed fields"),
        "clocks": Key("duties to notify, and their times"),
    },
    PlaybookAction: {
        "id": Key("identifies the action in examples", ("stop-id-card-questions",)),
        "text": Key("what to do"),
        "by": Key("whose task it is"),
        "urgency": Key("how soon: now, within a day, three days, a week"),
        "any_of": Key("one of these entities must be exposed", (["TH_TNIN", "TH_LASER_CODE"],)),
        "all_of": Key("every one of these must be", (["KR_CI"],)),
        "with_any_of": Key("and one of these besides", (["CRYPTO"],)),
        "instead": Key("what takes the place of what is stopped"),
        "basis": Key("requirements of rules/frameworks/", (["th-sec-letter-55m"],)),
    },
    Clock: {
        "id": Key("identifies the duty in examples", ("kr-authority",)),
        "to": Key("who is notified"),
        "text": Key("when the duty arises, in own words"),
        "basis": Key("requirements of rules/frameworks/", (["kr-pipa-34"],)),
        "hours": Key("hours from awareness; left out: as term says", (72,)),
        "term": Key("without hours: at once, or to be confirmed where the facts do not name the time"),
        "country": Key("whose time zone and authority: ISO 3166"),
        "countries": Key("concerns companies of these countries; left out: any", (["KR"],)),
        "entities": Key("or people whose identifiers of these kinds were found", (["TH_TNIN"],)),
        "people": Key("due from this many people on", (1000,)),
        "any_of": Key("or where one of these entities is exposed", (["KR_RRN"],)),
        "asks": Key(
            "what only a person can answer; while it is open, nothing is called free of the duty. Without people and any_of it asks whether the duty concerns anybody here at all"
        ),
        "verified": Key("false: from a secondary source or from memory; the report says so"),
    },
    PlaybookExample: {
        "exposed": Key("the exposed entities", (["KR_CI", "NICKNAME"],)),
        "people": Key("how many people"),
        "countries": Key("of the two companies", (["KR", "TH"],)),
        "actions": Key("exactly the actions of this playbook that follow"),
        "clocks": Key("exactly its clocks that are due"),
    },
}
