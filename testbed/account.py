"""An account that this machine does not have: sshd runs in a mount namespace of its own, as root, with other files in /etc."""

from __future__ import annotations

from pathlib import Path

#: What vendors are asked for (docs/vendor-access.md).
NAME = "bankaudit"


def namespace(place: Path, *, sudoers: str = "root ALL=(ALL) ALL\n") -> list[str]:
    """A command's front: what follows it finds an account NAME with a shell, and these sudo rules alone. `place` takes the files."""
    (place / "passwd").write_text(Path("/etc/passwd").read_text() + f"{NAME}:x:54321:54321::/nonexistent:/bin/sh\n")
    (place / "shadow").write_text(Path("/etc/shadow").read_text() + f"{NAME}:*:19000:0:99999:7:::\n")
    (place / "shadow").chmod(0o600)
    (place / "sudoers").write_text(sudoers)
    (place / "sudoers").chmod(0o440)
    binds = [f"mount --bind {place}/{name} /etc/{name}" for name in ("passwd", "shadow", "sudoers")]
    return ["unshare", "--mount", "sh", "-c", " && ".join([*binds, 'exec "$@"']), "sh"]
