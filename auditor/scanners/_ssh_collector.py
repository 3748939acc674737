r"""What a server's own settings say, by one fixed script that only looks. Each part is cut off at 64 KiB.

The script goes to the standard input of a shell. What it prints is `\001name`, then the part; facts that the account may not
see are not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_commands import COLLECT
from auditor.scanners._ssh_shell import Shell

SCRIPT: Final = r"""
say() { printf '\n\001%s\n' "$1"; }
first() { head -c 65536 "$1" 2>/dev/null; }
say clock
date +%s
say sshd
p=$$; f=/etc/ssh/sshd_config
while [ "${p:-0}" -gt 1 ]; do
  a=$(ps -o args= -p "$p" 2>/dev/null) || break
  case $a in *sshd*' -f '*) f=${a#* -f }; f=${f%% *}; break ;; esac
  p=$(ps -o ppid= -p "$p" 2>/dev/null | tr -d ' ')
done
if [ -r "$f" ]; then
  say "config $f"; first "$f"
  for i in $(sed -n 's/^[[:space:]]*[Ii]nclude[[:space:]=]*//p' "$f"); do
    case $i in /*) ;; *) i=/etc/ssh/$i ;; esac
    for j in $i; do
      if [ -r "$j" ]; then say "config $j"; first "$j"; elif [ -e "$j" ]; then say "closed $j"; fi
    done
  done
fi
say disks
lsblk -rno TYPE,MOUNTPOINT 2>/dev/null
say time
[ -e /run/systemd/timesync/synchronized ] && echo timesyncd
ps -eo comm= 2>/dev/null | grep -xE 'chronyd|ntpd|ntpsec|openntpd'
say logrotate
for l in /etc/logrotate.conf /etc/logrotate.d/rsyslog /etc/logrotate.d/syslog /etc/logrotate.d/wtmp; do [ -r "$l" ] && { first "$l"; echo; }; done
for c in /etc/crontab /etc/cron.d/* /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /var/spool/cron/* /var/spool/cron/crontabs/*; do
  [ -f "$c" ] && [ -r "$c" ] && { say "cron $c"; first "$c"; }
done
say "cron own"
crontab -l 2>/dev/null
say homes
for h in /home/* /root; do [ -d "$h" ] && ls -ldn "$h" 2>/dev/null | cut -c1-10; done
say histories
find /root /home -maxdepth 2 -name '.*history' -type f -size +0 2>/dev/null | while IFS= read -r h; do ls -ln "$h" 2>/dev/null | cut -c1-10; done
say end
"""
_MOST: Final = 4 << 20


@dataclass(slots=True, kw_only=True)
class Facts:
    """Parts by name; `config` and `cron` files by path, `closed` are configuration files that could not be read."""

    parts: dict[str, str] = field(default_factory=dict)
    config: dict[str, str] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    cron: dict[str, str] = field(default_factory=dict)


def collect(shell: Shell) -> Facts:
    """Run the script. SftpDownError where the shell is of no more use or did not get to its end; TargetError."""
    shell.run(COLLECT, SCRIPT.encode())
    said, _, _ = shell.take_rest(_MOST)
    facts = read(said.decode("utf-8", "replace"))
    if "end" not in facts.parts:
        raise SftpDownError(Down.GARBLED)
    return facts


def read(said: str) -> Facts:
    """The parts of what the script printed."""
    facts = Facts()
    for part in said.split("\n\x01")[1:]:
        head, _, body = part.partition("\n")
        kind, _, path = head.partition(" ")
        match kind:
            case "config":
                facts.config[path] = body
            case "closed":
                facts.closed.append(path)
            case "cron":
                facts.cron[path] = body
            case _:
                facts.parts[kind] = body
    return facts
