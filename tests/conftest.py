"""Fixtures every test may use; the real servers come from testbed/."""

from __future__ import annotations

import os
import signal
import threading

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from testbed.packages import AZURITE, BROWSERS, find

pytest_plugins = ["testbed.fixtures", "finished"]

# Commands and workers are started by the hundred; without this each would compile the whole package again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start inherits it: tests of Ctrl-C send one.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A deadline would make a busy machine fail a right program. `make test` gives one answer for one tree; new examples are
# the business of `make test-all`.
settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=30
)
settings.register_profile("long", settings.get_profile("default"), max_examples=2000, derandomize=False)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
settings.load_profile(PROFILE)

# Hypothesis also draws the constants it reads in the local modules imported so far. Which these are depends on the tests
# that ran before in the same worker, and with them the examples: not one answer for one tree, `derandomize` or not.
if PROFILE == "default" and hasattr(providers, "_get_local_constants") and hasattr(providers, "Constants"):
    NO_CONSTANTS = providers.Constants()
    providers._get_local_constants = lambda: NO_CONSTANTS

# Ubuntu has Chromium only as a snap, macOS not at all: there the one browser test is left out, and the header says so.
# Debian (and CI) installs it with `make test`, so that it does run.
NO_BROWSER = not any(find(name) for name in BROWSERS)
collect_ignore = ["e2e/test_report_browser.py"] if NO_BROWSER else []

# Accounts, chroots and sudo's rules of a vendor's server take root to set up, in a mount namespace of their own (Debian, CI).
NO_ROOT = os.geteuid() != 0 or any(find(name) is None for name in ("unshare", "strace", "sudo"))
if NO_ROOT:
    collect_ignore.append("integration/test_vendor_access.py")

# Azurite is an npm package: where there is no npm, or no way to its registry, Azure's tests are left out.
NO_AZURITE = not AZURITE.exists()
if NO_AZURITE:
    collect_ignore.append("integration/test_azure_scanner.py")


def pytest_report_header() -> list[str]:
    left_out = {
        "integration/test_vendor_access.py, which takes root, unshare, strace and sudo": NO_ROOT,
        "e2e/test_report_browser.py, there is no Chromium on this machine": NO_BROWSER,
        "integration/test_azure_scanner.py, there is no Azurite on this machine (python -m testbed.packages --tests)": NO_AZURITE,
    }
    return [f"LEFT OUT: {what}" for what, left in left_out.items() if left]
