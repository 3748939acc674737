"""More running text to learn from: English about customers in the three countries."""

from __future__ import annotations

from benchmarks.detection.running.parts import Kind

KINDS = (
    Kind("english branch slips", "kr", "txt", """
Foreign customer desk, {#iso}
%%
NAME {name} / ARC {frn} / MOB {phone}
%%
Cust: {name} ({name:bare}); b. {birth}; lives at {address}
%%
Remitter {name}, beneficiary {b.name}, beneficiary a/c {b.account} ({b.bankname})
%%
Ppt {passport}, {name}, exp. {#iso}
%%
Called back Mrs. {name} on {phone}; no answer.
%% idle
Name as in passport, please
Slip no. {#order}
Desk closed {#time}
Dear valued customer, your number is {#n}
Hana Tower, 3rd floor
b/f {#amount}
""", records=24, tongue="en-kr"),
    Kind("english slack export", "kr", "txt", """
%%
jay  {#time}
user {name} (<mailto:{email}|{email}>) can't log in
%%
mina  {#time}
cust phone is {phone}, dob {birth}, name {name:bare}
%%
jay  {#time}
acct holder: {name}, acct: {account}
%%
mina  {#time}
nick "{nick}" from ip {ip} got banned
%%
jay  {#time}
rrn {rrn} fails the checksum
%% idle
mina  {#time}: on it
jay  {#time}: rename the `name` column in {#ticket}
mina  {#time}: req id {#uuid}
jay  {#time}: project Minji kicks off {#iso}
mina  {#time}: +1
jay  {#time}: owner: payments squad
""", records=24, tongue="en-kr", tolerated=("PERSON", "NICKNAME")),
    Kind("english test cases", "kr", "feature", """
Feature: Account opening
%%
  Scenario: returning customer
    Given a customer named "{name}" born on "{birth}"
    And the mobile number "{phone}"
    When the customer signs in
    Then the home page shows
%%
    Given the account "{account}" held by "{name:bare}"
%%
    Examples:
      | full_name | email | card_number |
      | {name} | {email} | {card} |
      | {b.name} | {b.email} | {b.card} |
%%
    And the registered address is "{address}"
%% idle
    Then the error "Name is required" shows
    Given today is "{#iso}"
    And the order "{#order}" exists
    When the name is empty
  # see {#ticket}
    And the app version is "{#version}"
""", records=20, tongue="en-kr"),
    Kind("english hotel and clinic", "kr", "txt", """
%%
Guest name: {name}, arr. {#iso}, tel {phone}, card {card}
%%
Patient: {name} / DOB {birth} / guardian {b.name} / phone {b.phone}
%%
Passenger {name}, passport {passport}, contact {email}
%%
Emergency contact - {name} (spouse) - {phone}
%% idle
Room: Jeju Suite, {#n} nights
Confirmation {#order}
Front desk ext. {#n}
Allergies: none known
Name badge at the reception
Rate {#amount} KRW
""", records=22, tongue="en-kr"),
    Kind("english thai tickets", "th", "txt", """
Ticket dump {#iso}
%%
{#ticket} requester={name} phone={phone} citizen_id={tnin}
%%
{#ticket} K. {name} says her account no. {account} is locked
%%
{#ticket} Khun {name}, born {birth}, address {address}
%%
{#ticket} Signed: {name}, mobile {phone}, {email}
%%
{#ticket} Thai name {name:bare}, English name {name}
%% idle
{#ticket} requester=system phone=null
{#ticket} Duplicate, closed {#iso}
{#ticket} Citizen ID scanner offline for {#n} min
{#ticket} Assigned to Team Somchai Street
{#ticket} order {#order} shipped
{#ticket} Dear customer template updated
""", records=28, tongue="en-th"),
    Kind("english thai hr and rent", "th", "md", """
# Bangkok office, people matters
%%
- Candidate **{name}**, DOB {birth}, cell {phone}
%%
- Tenant {name} (ID no. {tnin}) pays into SCB {account}
%%
- Payee: {name}; bank a/c: {account}; e-mail: {email}
%%
- Driver pick-up for {name} at {address}, call {phone}
%%
- Card ending replaced: {card}, name on card {name}
%% idle
- Candidate feedback due {#iso}
- Office name: Chatuchak Hub
- Rent {#amount} THB per month
- ID no. is checked at the gate
- HR hotline {#tel}
- Policy {#version} signed off
""", records=24, tongue="en-th"),
    Kind("english chinese dispute", "cn", "txt", """
Dispute desk notes
%%
Claimant {name} ({name:bare}), resident ID {cnid}
%%
Merchant refund to card no. {card}, cardholder {name}
%%
Ship replacement to {address}, attn. {name}, tel. {phone}
%%
Wire to IBAN {iban}, beneficiary {name}
%%
Ms {name}, d.o.b. {birth}, PRC passport {cnpass}, wechat id same as mobile {phone}
%% idle
Claim ref {#order}
Cardholder letter template v{#version}
Attn. Dispute Department
Case closed {#iso}
Beneficiary name mismatch rule relaxed
Amount in CNY {#amount}
""", records=26, tongue="en-cn"),
    Kind("english doc comments", "cn", "md", """
# Comments exported from "Onboarding draft"
%%
> [{#iso}] Why is "{name}, {phone}" still in the example?
%%
> [{#iso}] Replace the real ID {cnid} and the mailbox {email} with dummies
%%
> [{#iso}] applicant = {name}; birthday = {birth}; city = Hangzhou
%%
> [{#iso}] The user nicknamed "{nick}" asked to be removed; phone {phone}
%%
> [{#iso}] Chinese name: {name:bare}. Latin name: {name}.
%% idle
> [{#iso}] Typo in the title
> [{#iso}] Name order: family name first
> [{#iso}] Resolved in {#version}
> [{#iso}] Codename "Xiaoyu" is fine for the project
> [{#iso}] trace {#uuid}
> [{#iso}] who owns the phone field?
""", records=26, tongue="en-cn"),
    Kind("english stack traces", "kr", "log", """
%%
{#stamp} ERROR UserNotFound: User{name='{name}', email='{email}', phone='{phone}'}
%%
{#stamp} WARN  KYC mismatch: full name {name}, date of birth {birth}
%%
{#stamp} ERROR Payment declined for card {card} cardholder={name}
%%
{#stamp} INFO  customer {name} changed address to "{address}"
%%
{#stamp} INFO  login ok email={email} ip={ip} device_id={device}
%% idle
{#stamp} ERROR name must not be null
{#stamp} INFO  request_id={#uuid} done
{#stamp} DEBUG thread-{#n} pool=Jiwoo-pool
{#stamp} INFO  order={#order} amount={#amount}
    at com.saebyeok.Kyc.check(Kyc.java:{#n})
{#stamp} WARN  phone verification slow {#n}ms
""", records=28, tongue="en-kr"),
)  # fmt: skip
