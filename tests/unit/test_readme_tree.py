"""Any room is found from the README: its tree names every module and folder of the package."""

from __future__ import annotations

import re
from pathlib import Path

REPO = Path(__file__).parents[2]


def test_the_tree_names_every_module_and_no_other() -> None:
    tree = re.search(r"^auditor/ .*?^rules/ ", (REPO / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert tree is not None
    named = set(re.findall(r"\b[a-z]+\.py\b", tree[0])) | set(re.findall(r"^  ([a-z]+/) ", tree[0], re.MULTILINE))
    there = {
        path.name + "/" * path.is_dir()
        for path in (REPO / "auditor").iterdir()
        if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py"
    }
    assert named == there - {"__init__.py", "__main__.py"}
