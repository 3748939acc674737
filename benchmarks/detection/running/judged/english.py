"""English about the three countries' customers in the fresh set: visa mails, tickets, front desks, wards, factories, colleges."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("english visa agency thread", "kr", "eml", """
Subject: RE: RE: Seoul files, week of {#iso}
From: {#mailbox}

%%
Hi, the applicant {name:western} (passport {passport}, born {birth}) needs her invitation letter by Friday.
%%
> Pls use my Korean mobile {phone}, not the old one. Thanks, {name:eastern}
%%
> For the consulate: {name:comma}, resident no. {rrn}, current address {address}
%%
>> The refund goes to {name:western}'s account {account} ({bankname}).
%%
His alien registration number is {frn}; the name on the card reads {name:upper}.
%%
Kind regards,
{name:western}
m. {phone}
e. {email:square}
%% idle
> Please find attached the fee table, version {#version}.
Names must match the machine readable zone.
>> Embassy closed on {#iso}.
The case number is {#order}, not a passport number.
> Who signs for us this week, {#who}?
Fees went up to {#amount} won.
Do not write dates of birth in the subject line.
""", records=20, tongue="en"),
    Kind("english support tickets korea", "kr", "md", """
# Escalations, APAC queue
%%
**{#ticket}** caller {name:western} locked out after SIM swap; new number {phone}, verified by DOB {birth}
%%
**{#ticket}** {email} gets somebody else's receipts (those of {b.name:western}, {b.email})
%%
**{#ticket}** double charge on card {card}, cardholder {name:upper}
%%
**{#ticket}** sign-up refused: RRN {rrn} "already in use". Customer insists, full name {name:eastern}
%%
**{#ticket}** login from {ip} was not me, writes {name:western}. Username is {nick}.
%%
**{#ticket}** replacement handset to {address} for {name}, courier should ring {phone}
%% idle
- reproduce on build {#version}
- assignee {#who}, SLA {#n}h
- phone field accepts letters, see {#commit}
- trace {#uuid}
- name and address lines swapped in the PDF template
- hotline {#tel} was down on {#iso}
- duplicate of {#ticket}
""", records=26, tongue="en"),
    Kind("english recruiter notes", "kr", "txt", """
Screening calls ({#iso})
%%
Spoke w/ {name:western}, cell {phone}. Wants 20% more. Will send CV from {email}.
%%
Dear Hiring Manager, my name is {name:eastern} and I was born on {birth} in Busan.
%%
Reference for {name:western}: former boss {b.name:western}, reach him on {b.phone} after six.
%%
{name:western} accepted!! Relocating, ship the laptop to {address}
%%
Background check needs RRN -> {rrn} ({name:joined}); driving licence {licence}
%%
Sincerely yours,
{name:western}
{phone} / {email}
%% idle
No show at {#time}, rescheduled.
Budget for the role: {#amount}k.
Ask for references by name, never by rumour.
Panel: {#who} plus one engineer.
Salary, notice period, visa, phone etiquette
Requisition {#order} closed.
Only {#n} of them read the job ad.
""", records=22, tongue="en"),
    Kind("english front desk bangkok", "th", "txt", """
NIGHT AUDIT / HANDOVER {#iso}
%%
Rm {#n}12 Khun {name:western} late c/o, mobile {phone}, has dog
%%
Walk-in {name:upper}, Thai ID {tnin}, dob {birth}, paid cash {#amount} THB
%%
Lost+found: black wallet, card {card} in the name of {name:upper}. Mailed {email}.
%%
TM30 redo for owner {name:western} of villa {#n}: wrong ID, should be {tnin}
%%
Refund deposit -> KBank {account}, {name:western}
%%
Send umbrella back to guest ({name:western}): {address}
%% idle
Rm {#n}05 minibar locked
Wake up call {#time}, no name given
Pool closed till {#iso}
Group of {#n}, passports to follow
Taxi desk {#tel}
Confirmation no. {#order}
Duty manager {#who}
""", records=24, tongue="en"),
    Kind("english villa committee minutes", "th", "md", """
# Juristic office, minutes of the co-owners' meeting
%%
- Unit {#n}: {name:western} (tel {phone}) objects to the new parking fee.
- No vote taken.
%%
- Proxy given by {name:western}, ID card no. {tnin}, to {b.name:western}.
%%
- Arrears of {#amount} baht owed by {name:western}; letter returned from {address}
%%
- New treasurer {name:western}, {email}, signs for account {account} held in his own name.
%%
- Neighbour "{nick?}" in the LINE group turned out to be {name:western}, phone {phone}.
%%
- The gardener, {name:western}, born {birth}, asks for social security enrolment under {tnin}.
%% idle
- Quorum reached, {#n} units present.
- Pump repaired on {#iso}.
- Names on letterboxes to be uniform.
- Chair: {#who}
- Emergency phone list to be renewed by the office.
- Address signs for the soi were stolen again.
- Next meeting at {#time}.
""", records=20, tongue="en"),
    Kind("english patient coordinator", "th", "log", """
%%
{#stamp} coord: pt {name:western}, {age}yo, DOB {birth}, allergic to penicillin, spouse {b.name:western} {b.phone}
%%
{#stamp} coord: called {phone}, {name:western} confirms knee surgery
%%
{#stamp} coord: insurer wants scan of ID {tnin} and laser code {laser} for {name:western}
%%
{#stamp} coord: invoice to {email}, patient name must read {name:comma}
%%
{#stamp} coord: ambulance pick-up at {address}, patient {name:western}
%%
{#stamp} coord: deposit by card {card}, payer {name:upper}
%% idle
{#stamp} coord: interpreter {#who} booked
{#stamp} system: sync took {#n}s
{#stamp} coord: ward phone {#tel} engaged
{#stamp} coord: patient ID wristband printer offline
{#stamp} system: job {#uuid} done
{#stamp} coord: estimate {#amount} THB sent to insurer
{#stamp} coord: DOB missing on referral form, returned
""", records=26, tongue="en"),
    Kind("english factory buyers", "cn", "txt", """
Supplier chat export, Guangdong trip
%%
[{#time}] me: met the owner {name:western}, WeChat name {nick}, cell {phone}
%%
[{#time}] agent: pls TT the deposit to IBAN {iban}, beneficiary {name:upper}
%%
[{#time}] agent: samples from {name:western}, pick up address {address}
%%
[{#time}] me: booking his flight: {name:joined}, PRC passport {cnpass}, dob {birth}
%%
[{#time}] agent: her ID for customs is {cnid}, name {name}
%%
[{#time}] agent: bank card {card} is Ms {name:eastern}'s private one, dont use for company
%%
[{#time}] me: fwd the drawings to {email} and call {name:western} on {phone}
%% idle
[{#time}] me: MOQ {#n} cartons
[{#time}] agent: ok ok no problem
[{#time}] me: label says "name, address, batch" but all blank
[{#time}] agent: order {#order} leaves Ningbo {#iso}
[{#time}] me: price {#amount} per pallet??
[{#time}] agent: factory phone {#tel}
[{#time}] me: EAN is {#barcode}
""", records=24, tongue="en"),
    Kind("english admissions office", "cn", "txt", """
Graduate admissions, notes to file
%%
{name:comma} | born {birth} | passport {cnpass} | offer accepted
%%
Mother of {name:western} phoned from {phone}, deposit sent twice.
%%
Certificate bears the name {name} ({name:western}); national ID {cnid}. Dates agree.
%%
Please post the CAS letter to {address}, attn. {name:western}.
%%
"To whom it may concern: I, {name:eastern}, born on {birth}, withdraw my application. {email}"
%%
Refund to parent's card {card} ({name:upper}), see finance.
%%
Interview no-show: {name:western}. Tried {phone}, then {email:word}
%% idle
IELTS threshold raised to 7.
Surname and given name are swapped in {#n} files.
Portal release {#version} drops the phone field.
Dean {#who} signs on {#iso}.
Application fee {#amount}.
Reference {#order} is a payment, not a student.
Birth certificates need a notarised translation.
""", records=22, tongue="en"),
)  # fmt: skip
