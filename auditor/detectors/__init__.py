"""Finding personal data in tables and text: one rule file, two paths.

`detector` is what the pipeline calls. `recognizer` compiles a rule; `presidio` wraps the same compiled rule as a Presidio
recogniser (the reference, and the place where a user's own recognisers join); `gate` and `table` are the fast path.
"""
