"""Running text to judge by: English. Not to be read by who teaches the product."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("english forwarded mail", "kr", "txt", """
---------- Forwarded message ---------
From: {#mailbox}
Subject: Fwd: urgent cases
%%
1. The account holder, {name:western}, born on {birth}, called from {phone} and was cut off twice.

%%
2. Please wire the refund to {bank} {account} in the name of {name:upper}.

%%
3. Surname and given names as in the passport ({passport}): {name:comma}
   Contact e-mail: {email:word}
%% idle
Regards, Release team
The "given names" box is too short, fixed in {#version}.
Refund of {#amount} won was approved on {#iso}.
Account opening guide attached (guide_{#n}.pdf).
Call the hotline {#tel} otherwise.
""", records=22, tongue="en"),
    Kind("english chat transcript", "th", "txt", """
Live chat transcript {#iso}
%%
Visitor: my full name is {name:western}, phone {phone}
Agent: thank you, checking now
%%
Visitor: I was born on {birth} and my citizen ID is {tnin}
%%
Visitor: please post it to {address}
%%
Visitor: email me: {email}
%% idle
Agent: may I have your name and date of birth?
Agent: your parcel {#order} is on the way
Agent: the app will be updated to {#version}
Visitor: ok thanks
Agent: name changes take {#n} days
""", records=30, tongue="en", tolerated=("PERSON", "NICKNAME")),
    Kind("english pull request", "cn", "md", """
# Fix identity lookup ({#ticket})
%%
Reported by customer {name:eastern} <{email}>; the lookup of `{cnid}` returned nothing.
%%
- sample row: customer = {name}, cell phone = {phone}, birthday = {birth}
%%
- before: passport `{cnpass}` rejected; holder: {name:upper}
%%
- IBAN {iban} belongs to {name:western}, shipping address {address}
%% idle
- rename `name` to `legal_name`
- bump to {#version}, see {#commit}
- the birthday picker is out of scope
- reviewers: identity squad
- request id {#uuid}
""", records=30, tongue="en"),
    Kind("english on-call notes", "kr", "md", """
# On-call, {#iso}
%%
* {#time} paged: user "{nick}" (real name {name}, cell {phone}) locked out
%%
* {#time} card no. {card} of cardholder {name:joined} declined
%%
* {#time} resident registration number {rrn} failed the checksum; owner {name}
%%
* {#time} blocked {ip}; customer: {name:eastern}, home address: {address}
%% idle
* {#time} disk full on batch-{#n}
* {#time} card service restarted
* {#time} rolled back to {#version}
* {#time} user name cache flushed
* {#time} vendor called, invoice {#order}
""", records=28, tongue="en"),
)  # fmt: skip
