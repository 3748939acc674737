"""Every command that is ever run on a vendor's server. Each is fixed: what it is about goes to its standard input.

None writes: no redirection into a file, no here-document (a shell may keep one in a temporary file), no option that runs
anything. docs/vendor-access.md lists them for the vendor, and a test holds that page to this file.
"""

from __future__ import annotations

from typing import Final

SHELL: Final = "nice /bin/sh -s"
"""The one command SSH is asked for: a login's start-up files cost up to half a second each time. `nice`: behind whoever else
wants the processor."""
TAR: Final = (
    "tar --create --file=- --format=gnu --blocking-factor=128 --numeric-owner --hard-dereference --absolute-names "
    "--quoting-style=escape --no-recursion --null --verbatim-files-from --files-from=-"
)
"""The files named on standard input (each ended by a zero byte), their size and time in front of each."""
FOLDERS: Final = """xargs -0 sh -c 'exec find "$@" -maxdepth 1 -ignore_readdir_race \\( -name . -printf "/%H\\0" \\) -o -printf "%s %m %T@ %U %u %y/%f\\0"' sh"""
"""The entries of the folders named on standard input, each folder as `PATH/.`: its name, then its entries."""
FIND: Final = "find -files0-from - -mindepth 1 -maxdepth 1 -printf '%s %m %T@ %U %u %y/%f\\0'"
"""With sudo alone: the entries of one folder that the account itself may not list."""
WRITABLE: Final = """xargs -0 -n 1 sh -c 'test -w "$1" && echo yes || echo no' sh"""
"""For `auditor doctor`: which of the folders named on standard input the account could write into. `test` only looks."""
ACLS: Final = "xargs -0 getfacl --recursive --physical --skip-base --absolute-names --numeric --"
"""Which files below the folders named on standard input have an access list beyond their mode."""
COLLECT: Final = "/bin/sh -s"
"""For the script of `_ssh_collector`, on standard input."""
TAR_VERSION: Final = "tar --version"
"""Whether commands may be run at all, and whether tar is GNU's."""


def as_root(command: str, *, sudo: bool) -> str:
    """The command as it is run: `sudo -n` never asks for a password."""
    return f"sudo -n {command}" if sudo else command
