"""Keys, tokens and passwords, what stands in their place in samples and code, and the 64 bytes of a CI that look like them."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from auditor.detectors import encodings
from auditor.detectors.validators.validity import Validity, varied

_PLACEHOLDER: Final = re.compile(
    r"""
      example | placeholder | change[-_. ]?(?:me|it|this|th[ai]t|in) | (?:^|[^a-z])(?:your|my)[-_. ] | ^(?:your|my)[_-]
    | yourpass | yoursecret | yourtoken | yourkey | mypass | mysecret | dummy | sample | redact | replace[-_. ]?(?:me|with|this) | todo | fixme
    | insert[-_. ] | x{4,} | \*{3} | •{2} | \.{3} | … | <[^<>]*> | \$[({]  | \{\{ | \}\} | %\( | ^__[a-z_]+__$ | 1234567890 | not[-_. ]?(?:set|a[-_. ]|real|so)
    | \\f[IBRP(] | \\\*[(\[] | \\- | ^(?:password|passwd|pass|secret|test|foo|bar|user|admin)[0-9]{0,3}$
    | none\b | undefined | lorem | foo[-_.]?bar | secret[-_.]?(?:here|name|arn|ref|value|goes) | (?:fill|put)[-_. ](?:in|me|your) | fake | mock | generate
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What a value that stands for another one has somewhere."""
_PLAIN_WORDS: Final = frozenset(
    (
        "password passwd passwort passphrase pass passcode pwd pw passw secret secrets token tokens key keys apikey root admin administrator test "
        "tests tester testing user users username guest postgres postgresql mysql mariadb oracle redis mongo mongodb rabbitmq minio minioadmin elastic "
        "grafana keycloak sa system default string str text char varchar bool boolean true false yes no on off none null nil undefined required "
        "optional hidden enabled disabled enable disable plain plaintext basic bearer digest md5 sha1 sha256 sha512 bcrypt scrypt argon2 pbkdf2 hmac "
        "abc abcd abcdef abc123 qwerty foo bar baz demo hello world value"
    ).split()
)
"""Values that are a field's label, a type, a setting, or the password that everybody ships."""
_OF_SAMPLES: Final = re.compile(
    r"(?i)p[a@4][s5$]{1,2}[-_]?w(?:[o0]?r)?d|passphrase|secret|s3cr[e3]t|test|admin|qwer|asdf|abcd?123|letmein|welcome|hunter2|demo|user|sekret|"
    r"token|hello|world|^pass[0-9]|^pw|^change|wrong|invalid|correct|default|secure|another|blah|spam"
)
"""Words of which made-up passwords in tests and manuals are made."""
_SHORT_OF_SAMPLES: Final = re.compile(r"(?i)[o0]ld|new|dev|foo|bar|baz")
_CODE: Final = re.compile(
    r"""
      ^[A-Za-z_$][A-Za-z0-9_$.]*\(                                                             # a call
    | ^\$[A-Za-z_][A-Za-z0-9_]*$ | ^%[A-Za-z_]+%?$ | ^@[A-Za-z]+(?:[./][A-Za-z_./-]*)?$ | ^&[a-z_]+;?$ | ^![A-Z][A-Za-z]+$
    | ^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$                                                          # a constant
    | ^:[a-z_]+$
    | \[[^\]]{2,}\][+*?{] | \[[0-9]+-?[0-9]*\] | ^[A-Za-z]:\\ | [:,]$ | ^[A-Za-z_ ]+=+$ | ^(?:[~.]{0,2}/)?(?:(?:[a-z0-9_.@-]{0,40}|[A-Z][a-z_.-]{2,40}|[A-Za-z0-9]{1,3})/)+(?:[a-z0-9_.@-]*|[A-Z][a-z_.-]{2,40})$  # a file
    | ^[a-z][a-z0-9+.-]{1,15}://|^arn:|^(?:file|env|ssm|vault|ref|secretref|classpath|resolve|data):
    | ^[\[{(].*[\])}]$ | ^/[^/]*[\\\[(*?|^][^/]*/[a-z]{0,4}$ | ^\^.*\$$ | \\[dwsxu] | =>|\(\)|\[\]|&&|\|\||==|\+\s*["']|["']\s*\+ | ^%[sdrv]$ | ^\{[A-Za-z0-9_.]*\}$ | ^\#(?:[A-Za-z-]+|[0-9a-fA-F]{3,8})$
    | ^(?i:sha|md|aes|des|3des|rsa|hs|rs|es|ps|utf|base|oauth|pbkdf|argon|http|tls|ssl|ssh|ipv|x|v|h|ed|ecdsa|iso|ascii|win|latin|rfc|ntlm|saml|k8s|s)[-_]?v?[0-9]+(?:[-_./][A-Za-z0-9]+)*$
    """,
    re.VERBOSE,
)
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HUMPS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_CONSONANTS: Final = re.compile(r"(?i)[bcdfghjklmnpqrstvwxz]{5}")
_HASH: Final = re.compile(
    r"\*?[0-9a-fA-F]{40}|(?:0x)?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{48}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})"
    r"|[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{86}==|\$.*\$.*"
)
"""A password's hash: found as such by its own shapes."""
_DATE: Final = re.compile(r"[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}.*")
_CLASSES: Final = tuple(re.compile(expression) for expression in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]"))
_SCHEME_OF_STORES: Final = re.compile(r"(?:postgres|mysql|mariadb|mongodb|redis|amqp|oracle|mssql|sqlserver|jdbc)")


def ci(text: str) -> Validity:
    """64 bytes in base64, however it is escaped, that are neither a filler nor a text of 64 letters, such as a SHA-256 in hexadecimal."""
    body = encodings.sixty_four_bytes(text)
    return (
        Validity.VALID if body is not None and varied(text, 20) and not encodings.says_text(body) else Validity.INVALID
    )


def base64_varied(text: str) -> Validity:
    """Base64 that is more than a filler."""
    return Validity.VALID if varied(text, 12) else Validity.INVALID


def secret(text: str) -> Validity:
    """A key or token of a known form that is no placeholder: varied characters, no word of an example."""
    if re.search(r"(?i)example|x{4,}|your|dummy|sample|placeholder|<|\*{3}|changeme|redacted|\$\{|1234567890", text):
        return Validity.INVALID
    return Validity.VALID if varied(text, 6) else Validity.INVALID


def database_url(text: str) -> Validity:
    """A URL whose password is a value and no variable or placeholder. Of web addresses only what is sure: manuals are full of them."""
    written = text.split("://", 1)[-1].rsplit("@", 1)[0].partition(":")[2]
    if re.search(r"[${}<>*]", written):
        return Validity.INVALID
    validity = password(unquote(written))
    if _SCHEME_OF_STORES.match(text):
        return Validity.VALID if validity else Validity.INVALID
    return validity if validity is Validity.VALID else Validity.INVALID


def credential(text: str) -> Validity:
    """A key, token, hash or URL with a password that is no placeholder."""
    if text.startswith("-----"):
        return Validity.VALID
    return database_url(text) if "://" in text else secret(text)


def password(text: str) -> Validity:
    """The value of a field that holds a password: VALID where nothing but a password looks so, DOUBTFUL where a label,
    type or made-up one may (`member1234`), INVALID for placeholders, variables, words and code.
    """
    value = text.strip()
    if not 4 <= len(value) <= 128 or not value.isascii() or not value.isprintable() or " " in value:
        return Validity.INVALID
    if _HASH.fullmatch(value) or _UUID.fullmatch(value) or _stands_for_another(value):
        return Validity.INVALID
    classes = sum(bool(expression.search(value)) for expression in _CLASSES)
    if classes == 1 or value.isalpha():
        return _of_one_kind(value)
    if not any(c.isalnum() for c in value) or len(set(value)) < 4 or _DATE.fullmatch(value):
        return Validity.INVALID
    sure = len(value) >= 8 and len(set(value)) >= 6 and classes >= 3 and not _of_samples(value)
    return Validity.VALID if sure and not _identifier(value) else Validity.DOUBTFUL


def typed_password(text: str) -> Validity:
    """A password where nothing but one can stand (`mysql -p…`): whatever is no placeholder and no variable."""
    return Validity.VALID if password(text) else Validity.INVALID


def token(text: str) -> Validity:
    """The value of a field that holds a key, token or secret: made by a machine, so that it is long and has no words."""
    value = text.strip()
    if not 10 <= len(value) <= 4096 or not value.isascii() or " " in value or _stands_for_another(value):
        return Validity.INVALID
    classes = sum(bool(expression.search(value)) for expression in _CLASSES[:3])
    if classes < 2 or len(set(value)) < 8 or _identifier(value) or _UUID.fullmatch(value):
        return Validity.INVALID
    digits = sum(c.isdigit() for c in value)
    return Validity.VALID if len(value) >= 16 and digits >= 2 and not _of_samples(value) else Validity.DOUBTFUL


def assigned_secret(text: str) -> Validity:
    """A text in source code under a password's, key's or token's name: VALID only where no label, test or sample looks so."""
    return max(password(text), token(text))


def _of_samples(value: str) -> bool:
    """Whether a word of samples is in it; short ones stand in long random texts by chance."""
    return _OF_SAMPLES.search(value) is not None or (len(value) <= 20 and _SHORT_OF_SAMPLES.search(value) is not None)


def _stands_for_another(value: str) -> bool:
    """Whether it is a placeholder, a variable, code, or a word that labels the field."""
    return (
        value.lower().strip("()[]{},;:") in _PLAIN_WORDS
        or _PLACEHOLDER.search(value) is not None
        or _CODE.search(value) is not None
        or _path(value)
    )


def _path(value: str) -> bool:
    """Words joined as code, names and settings join them: `process.env.DB_PASS`, `db-password`, `vault:secret/db`."""
    parts = [part for piece in re.split(r"\.|:|/|->|\?", value) for part in re.split(r"[-_$]", piece) if part]
    if len(parts) < 2 or not all(part.isalnum() for part in parts):
        return False
    return all(
        part.isalpha() and (part.islower() or part.isupper() or part.istitle() or _identifier(part)) for part in parts
    )


def _of_one_kind(value: str) -> Validity:
    """Letters alone or digits alone. A word is a label; letters that no language has in a row may be typed Hangul."""
    if value.isdigit():
        return Validity.DOUBTFUL if len(value) >= 6 and len(set(value)) > 3 else Validity.INVALID
    if not value.isalpha() or _identifier(value):
        return Validity.INVALID
    return Validity.DOUBTFUL if len(value) >= 7 and (_CONSONANTS.search(value) or _mixed(value)) else Validity.INVALID


def _mixed(value: str) -> bool:
    """Capitals and small letters in a disorder that no name has: `kJdhFgTqWz`."""
    return not (value.islower() or value.isupper() or value.istitle())


def _identifier(value: str) -> bool:
    """Whether it is words put together as names in code are, digits at a word's end: `userPassword2`, `oauth2_client_id`."""
    parts = re.split(r"[-_.:/]", value.strip("_-.:/"))
    if not all(part.isalnum() for part in parts):
        return False
    pieces = [piece for part in parts for piece in _HUMPS.findall(part)]
    words = [piece for piece in pieces if not piece.isdigit()]
    letters = sum(map(len, words))
    spoken = all(not _CONSONANTS.search(word) for word in words)
    return (
        bool(words)
        and spoken
        and len(pieces) - len(words) <= 1
        and letters >= 3.7 * len(words)
        and letters >= 0.6 * len(value)
    )
