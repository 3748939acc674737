"""How many distinct people: identifiers that stand in one record belong to one person.

What counts as one person
-------------------------

A *record* is a table row, a JSON object, a line. *Strong* identifiers (CI, DI, RRN, FRN) name one person. *Weak* ones (phone,
e-mail) usually do, but a switchboard's number must not fold a thousand people into one. So:

1. Strong identifiers of one record are one person's, everywhere.
2. Weak identifiers of a record without a strong one are one person's, everywhere.
3. A weak identifier beside a strong one says who owns it. Standing alone elsewhere, it counts as its owner; with several owners
   it counts nobody twice: in an asset where none of its owners is, all such identifiers together are one person more.
4. A record with two values of one entity is a list: each value counts, and it joins nobody.

An example: in `customers.csv` the rows (CI a, RRN r, phone p), (CI b, phone q), (CI c, phone q), in `app.log` the lines
(RRN r), (phone p), (phone q), (e-mail x). The table holds 3 people: a = r, b and c. The log holds 3: r and p are the first of them;
q is b's or c's, who are not met there, so one more; and x, whom nobody is known for. All in all there are 4, and the
number is a lower bound (`certain` is False), as x may be one of the others. The order of records changes nothing.

How it is kept
--------------

An identifier is a *key*: the first 8 bytes, big-endian, of its fingerprint, which is keyed and differs by entity. That two of n
identifiers share a key has at most the probability n²/2⁶⁵: 3·10⁻⁴ for 110 million, 3·10⁻⁸ for a million. Such a pair would count as one
identifier; apart from that, counts are exact. Every record becomes rows of numbers in five tables (`records.Facts`):

=============  ===============  =======================================================================================
strong         key, asset       the record's first strong identifier, first by the entity's name: it stands for the record
strong_same    key, key         each other strong identifier, and that first one
weak           key, asset       the first weak one of a record without a strong one
weak_same      key, key         each other weak one of such a record, and that first one
links          key, key         each weak one beside a strong one, and the first strong one
=============  ===============  =======================================================================================

A record that is a list puts each key into `strong` or `weak`. A weak identifier beside a strong one needs no row of its own: its owner
is in the same asset, so it adds nobody there. All of these are sets, so merging two workers' is putting their rows together.

Tables are cut into sorted runs, which go to a nameless temporary file beyond the memory allowed (`tables`). Counting reads them one range of
keys after the other: pairs of the same become roots (`components`), links are searched only for weak identifiers that also stand
without a strong one (`owners`), and distinct (root, asset) are counted (`tally`). Beyond a bound on identifiers all of this is
replaced by sketches, and the count by an estimate (`estimate`). numpy is imported with the first record.
"""

from auditor.people.people import BYTES_EACH, Column, Identifier, People

__all__ = ["BYTES_EACH", "Column", "Identifier", "People"]
