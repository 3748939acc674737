"""Running text to learn from: English about customers in the three countries."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("english support mail", "kr", "txt", """
Support mailbox, archived {#iso}
%%
Hi team,
The customer's name is {name:western} and her phone number is {phone}. She was charged {#amount} won twice.
Please reply to {email}.

%%
> Name: {name:upper}
> Date of birth: {birth}
> Passport No. {passport}
> Issue: cannot pass the identity check

%%
Mr. {name:eastern} (DOB {birth}, mobile {phone}) asks for a refund to account number {account}.
Order {#order}.

%% idle
Name field is required, says the form, even when it is filled.
The fix goes out in version {#version}.
Phone verification is down since {#stamp}.
Thanks, the platform team
Ticket {#ticket} was merged.
File name: address_export.csv
""", records=16, tongue="en"),
    Kind("english kyc memo", "th", "md", """
# KYC review notes, {#iso}
%%
- **Full name:** {name:western}
- **Thai ID:** {tnin}
- **DOB:** {birth}
- **Outcome:** pass

%%
- Applicant {name:western}, national ID {tnin}, phone {phone}; document expired {#iso}
%%
- Name in Thai: {name}; e-mail: {email}; residential address: {address}
%% idle
- Address proof older than {#n} months is rejected
- Name matching threshold raised in {#version}
- Reviewed by team Bangkok-2
- Phone number format check, see {#ticket}
""", records=24, tongue="en"),
    Kind("english incident review", "cn", "md", """
# Incident {#ticket}
%%
* Affected customer: {name:eastern} (mobile {phone}, resident ID {cnid})
%%
* Customer name "{name}", email "{email}", card number {card} charged twice
%%
* Date of birth {birth} was stored for {name:western}; correct it by {#iso}
%% idle
* Root cause: null name in the request
* Timeline: {#stamp} alert, {#time} rollback
* Service name: quick-pay, build {#commit}
* Email templates lacked the name placeholder
* Action: add a phone format test ({#ticket})
""", records=28, tongue="en"),
    Kind("english handover", "kr", "txt", """
Handover, week of {#iso}
%%
1) {name:comma} - tel. {phone} - waiting for a call back
%%
2) Customer: {name:joined}; address: {address}; email: {email}
%%
3) Bank account {account} ({bank}), account holder {name}
%%
4) Nickname {nick} complained about the ban; IP address {ip}
%% idle
- Deploy {#version} on {#iso} at {#time}
- The birth date picker is broken on Android
- Host name batch-{#n}, project name Dawn
- Invoice {#order}, {#amount} won
- Call centre: {#tel}
""", records=24, tongue="en"),
)  # fmt: skip
