"""`python -m auditor` is the `auditor` command."""

import gc

from auditor.cli import main


def run() -> int:
    """The command, in a process of its own; its exit code."""
    try:
        return main()
    finally:
        gc.freeze()  # at its end Python would look for garbage among all that a start imported: a tenth of a start


if __name__ == "__main__":
    raise SystemExit(run())
