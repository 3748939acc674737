"""Sixty strings as a hostile vendor would name files, headers and versions, and a run that carries them everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sample_run import INCIDENT

from auditor.model.finding import Run
from auditor.model.text import Bilingual

MARK = "document.title='pwned'"
PAYLOADS: tuple[str, ...] = (
    f"<script>{MARK}</script>",
    f"<ScRiPt>{MARK}//",
    f"</script><script>{MARK}</script>",
    f"</style><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"</code></td></table><script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"<img src=x onerror=\"{MARK}\">.csv",
    f"<svg onload={MARK}>",
    f"<svg><script>{MARK}</script></svg>",
    f"<body onload={MARK}>",
    f"<iframe src=\"javascript:parent.{MARK}\"></iframe>",
    f"<iframe srcdoc=\"<script>parent.{MARK}</script>\">",
    f"<a href=\"javascript:{MARK}\">x</a>",
    f"<details open ontoggle={MARK}>",
    f"<input autofocus onfocus={MARK}>",
    f"<video><source onerror={MARK}></video>",
    f"<math><mi//xlink:href=\"data:x,<script>{MARK}</script>\">",
    f"<meta http-equiv=refresh content=\"0;url=javascript:{MARK}\">",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{background:url(https://evil.example/x)}</style>",
    "<form action=https://evil.example/><input name=q>",
    "<object data=https://evil.example/x></object>",
    "<plaintext>",
    "<!--",
    "--><b>out</b>",
    "<![CDATA[",
    "]]><b>out</b>",
    f"\" onmouseover=\"{MARK}\" x=\"",
    f"' onmouseover='{MARK}' x='",
    f"` onmouseover=`{MARK}`",
    f"javascript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    "{{7*7}}",
    "{% for x in range(99999) %}{{x}}{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# comment",
    "{n}{declared}{value.__class__}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "%s%n%x%(x)s",
    "&lt;script&gt;&amp;&#x3c;b&#x3e;",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x1b[31mred\x1b[0m\x1b[2J",
    "\x9b31mred",
    "\x1b]0;title\x07",
    "two\nlines\r\nthree\rfour",
    "a\tb\x0bc\x0cd\x00e\x08f\x7f",
    "invoice\u202efdp.exe",
    "\u2066\u2067isolate\u2069\u200f",
    "zero\u200bwidth\u200d\ufeff\u00adhyphen",
    "line\u2028para\u2029end",
    "lone\ud800surrogate\udcb0\udca1",
    "\ue000private\U000f0000\uffff",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd",
    "../../../../etc/passwd",
    "C:\\Users\\x\\..\\a!/b!/../c",
    "가" * 85,
    "x" * 255,
    "//evil.example/share?a=b#c%00%zz",
)  # fmt: skip
assert len(PAYLOADS) >= 60
CHUNKS = (PAYLOADS[:20], PAYLOADS[20:40], PAYLOADS[40:])
"""A list in a report shows 50 rows: so few that every payload is seen."""


def hostile_run(payloads: Sequence[str]) -> Run:
    """The incident with a finding, an asset, a gap and a control of each payload, and payloads wherever else a vendor has a say."""
    both = [Bilingual(en=payload, ko=payload) for payload in payloads]
    last = payloads[-1]
    findings = tuple(
        replace(
            found,
            verdict=replace(
                found.verdict, path=payload, version=payload, message=both[n], subject=payload, mask=payload,
                place=f"table {payload}, row 1, field {payload}",
            ),
        )
        for n, (payload, found) in enumerate(zip(payloads, INCIDENT.findings * 2, strict=False))
    )  # fmt: skip
    observations = tuple(
        replace(
            seen, path=payload, version=payload, identity=payload,
            tallies=tuple(
                replace(tally, mask=payload, place=payload, why=(payload, f"field name {payload}")) for tally in seen.tallies
            ),
        )
        for payload, seen in zip(payloads, INCIDENT.observations * 7, strict=False)
    )  # fmt: skip
    return replace(
        INCIDENT,
        engagement=replace(
            INCIDENT.engagement, id=last, vendor=replace(INCIDENT.engagement.vendor, name=last, contact=last),
            contract=replace(INCIDENT.engagement.contract, clause=last),
        ),
        findings=findings,
        gone=findings[:2],
        observations=observations,
        controls=tuple(replace(INCIDENT.controls[0], value=payload, detail=payload, path=payload) for payload in payloads),
        gaps=tuple(
            replace(gap, path=payload, detail=payload, version=payload)
            for payload, gap in zip(payloads, INCIDENT.gaps * 13, strict=False)
        ),
        policies=tuple(replace(policy, messages=tuple(both[:5])) for policy in INCIDENT.policies),
    )  # fmt: skip
