"""The HTML report in headless Chromium: no script of a vendor's runs, the policy admits the style, and it fits the screens.

Needs Debian's `chromium` (or `google-chrome`, or what CHROMIUM names): without it these tests fail, as nothing else
shows what a browser does with a report.
"""

from __future__ import annotations

import html
import http.server
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from auditor.model.text import LANGUAGES, printable
from auditor.reporters.html import report

pytestmark = pytest.mark.e2e

UNIT = Path(__file__).parents[1] / "unit" / "reporters"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--enable-logging=stderr", "--log-level=0",
)  # fmt: skip
REFUSED = re.compile(r"violates the following Content Security Policy|Refused to ")


@pytest.fixture(scope="module")
def samples(request: pytest.FixtureRequest) -> Iterator[tuple[object, object]]:
    """The unit tests' runs: their folder is on the path while these tests last."""
    sys.path.insert(0, str(UNIT))
    try:
        yield importlib.import_module("sample_run"), importlib.import_module("hostile_strings")
    finally:
        sys.path.remove(str(UNIT))


@pytest.fixture(scope="session")
def chromium() -> str:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM to its path")
    return found


@pytest.fixture
def dump(chromium: str) -> Callable[[str], tuple[str, str]]:
    """Load an address; the page as the browser holds it after a second of its time, and the browser's log."""

    def load(address: str) -> tuple[str, str]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            done = subprocess.run(
                [chromium, *FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=1000", "--dump-dom", address],
                capture_output=True, timeout=120, check=True,
            )  # fmt: skip
        return done.stdout.decode(), done.stderr.decode(errors="replace")

    return load


def title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.S)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_vendor_string_runs_or_is_fetched(samples, dump, tmp_path, language) -> None:
    hostile = samples[1]
    for number, payloads in enumerate(hostile.CHUNKS):
        page = report(hostile.hostile_run(payloads), language)
        file = tmp_path / f"{number}.html"
        file.write_text(page, "utf-8")
        loaded, log = dump(file.as_uri())
        assert "pwned" not in title(loaded).replace(hostile.MARK, "")
        assert title(loaded) == title(page).replace("&#34;", '"').replace("&#39;", "'")
        tags = set(re.findall(r"<([a-z][a-z0-9]*)", loaded))
        assert not tags & {"script", "img", "iframe", "object", "form", "base", "link", "video", "plaintext", "input"}
        assert not REFUSED.search(log), "a clean report asks for nothing its own policy refuses"
        shown = [html.escape(printable(payload).split("/")[0], quote=False) for payload in payloads]
        assert [text for text in shown if text not in loaded] == []


def test_the_policy_stops_a_script_that_got_in_all_the_same(samples, dump, tmp_path) -> None:
    """Without the policy the planted script runs (the test can tell); with it, it does not, nor a foreign style."""
    page = report(samples[0].INCIDENT, "en")
    planted = page.replace("</main>", "<script>document.title='pwned'</script><style>h1{display:none}</style></main>")
    bare = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", planted)
    for name, text in {"planted": planted, "bare": bare}.items():
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
    loaded, log = dump((tmp_path / "planted.html").as_uri())
    assert title(loaded) == title(page)
    assert len(REFUSED.findall(log)) >= 2
    loaded, _ = dump((tmp_path / "bare.html").as_uri())
    assert title(loaded) == "pwned"


MEASURE = """<!DOCTYPE html><meta charset="utf-8"><title>measuring</title><body style="margin:0"><script>
const frame = document.createElement("iframe");
frame.style = "border:0;width:WIDTHpx;height:HEIGHTpx";
frame.onload = () => {
  const page = frame.contentDocument, bottom = name => page.querySelector(name).getBoundingClientRect().bottom;
  document.title = JSON.stringify({
    wide: page.documentElement.scrollWidth,
    people: bottom(".people"), cards: bottom(".cards"), where: bottom(".card:nth-child(2)"),
    styled: frame.contentWindow.getComputedStyle(page.querySelector(".verdict")).borderLeftWidth,
  });
};
frame.src = "report.html";
document.body.append(frame);
</script>"""


@pytest.fixture
def measure(dump, tmp_path) -> Iterator[Callable[[str, int, int], dict[str, float]]]:
    """Load a report in a frame of a size, and read where things are. Served on loopback: frames of files are closed."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def read(page: str, width: int, height: int) -> dict[str, float]:
        (tmp_path / "report.html").write_text(page, "utf-8")
        outer = MEASURE.replace("WIDTH", str(width)).replace("HEIGHT", str(height))
        (tmp_path / "measure.html").write_text(outer, "utf-8")
        for _ in range(3):  # on a busy machine the browser's second may be over before the frame is there
            loaded, _ = dump(f"http://127.0.0.1:{server.server_address[1]}/measure.html")
            if title(loaded) != "measuring":
                break
        return json.loads(title(loaded))

    yield read
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_screen_fits_and_nothing_scrolls_sideways(samples, measure, language) -> None:
    page = report(samples[0].INCIDENT, language)
    desktop = measure(page, 1280, 800)
    assert desktop["styled"] == "6px", "the policy's hash admits the style sheet"
    assert desktop["cards"] <= 800, "verdict, people, data, places, dates, gaps and steps are above the fold"
    phone = measure(page, 390, 844)
    assert phone["wide"] <= 390
    assert phone["people"] <= 844 / 2
    assert phone["where"] <= 844
    assert measure(page, 360, 740)["wide"] <= 360


@pytest.mark.parametrize("width", [360, 1280])
def test_hostile_names_do_not_make_it_scroll_sideways(samples, measure, width) -> None:
    hostile = samples[1]
    for payloads in hostile.CHUNKS:
        assert measure(report(hostile.hostile_run(payloads), "en"), width, 800)["wide"] <= width
