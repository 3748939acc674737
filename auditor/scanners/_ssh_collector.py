r"""What a server's own settings say, by one fixed script that only looks. Each part is cut off at MOST_OF_A_FILE.

The script goes to the standard input of a shell. What it prints is `\001name`, then the part; facts that the account may not
see are not there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_commands import COLLECT
from auditor.scanners._ssh_shell import Shell

SCRIPT: Final = r"""
say() { printf '\n\001%s\n' "$1"; }
first() { head -c 65536 "$1" 2>/dev/null; }
say from
echo "$SSH_CONNECTION"
conf() (
  [ -r "$1" ] || { say "closed $1"; exit; }
  say "config $1"; first "$1"
  [ "$2" -lt 9 ] || exit
  set -f
  for i in $(sed -n 's/^[[:space:]]*[Ii][Nn][Cc][Ll][Uu][Dd][Ee][[:space:]=][[:space:]=]*//p' "$1" | tr -d '"'); do
    case $i in /*) ;; *) i=/etc/ssh/$i ;; esac
    say "include $i"
    d=${i%/*}
    case $d in *[*?[]*) say "closed $i"; continue ;; esac
    if [ -d "$d" ]; then [ -r "$d" ] && [ -x "$d" ]; else [ -x "${d%/*}/" ]; fi || { say "closed $i"; continue; }
    set +f
    for j in $i; do if [ -e "$j" ] || [ -L "$j" ]; then conf "$j" $(($2 + 1)); fi; done
    set -f
  done
)
p=$$; f=/etc/ssh/sshd_config
while [ "${p:-0}" -gt 1 ]; do
  a=$(ps -o args= -p "$p" 2>/dev/null) || break
  case $a in *sshd*' -f '*) f=${a#* -f }; f=${f%% *}; break ;; esac
  p=$(ps -o ppid= -p "$p" 2>/dev/null | tr -d ' ')
done
conf "$f" 0
say disks
lsblk -Pno MAJ:MIN,KNAME,PKNAME,TYPE 2>/dev/null
say mounts
first /proc/self/mountinfo
say time
[ -e /run/systemd/timesync/synchronized ] && echo timesyncd
ps -eo comm= 2>/dev/null | grep -xE 'chronyd|ntpd|ntpsec|openntpd'
say logrotate
for l in /etc/logrotate.conf /etc/logrotate.d/rsyslog /etc/logrotate.d/syslog /etc/logrotate.d/wtmp; do [ -r "$l" ] && { first "$l"; echo; }; done
for d in /etc/cron.d /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /var/spool/cron /var/spool/cron/crontabs /etc/systemd/system; do
  [ -d "$d" ] && { [ ! -r "$d" ] || [ ! -x "$d" ]; } && say "hidden $d"
done
job() { if [ -r "$1" ]; then say "cron $1"; first "$1"; else say "hidden $1"; fi; }
for c in /etc/crontab /etc/anacrontab /etc/cron.d/* /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/* /var/spool/cron/* /var/spool/cron/crontabs/*; do
  [ -f "$c" ] && job "$c"
done
for t in /etc/systemd/system/*.timer; do
  for u in "${t%.timer}.service" $(sed -n 's|^Unit=|/etc/systemd/system/|p' "$t" 2>/dev/null); do [ -f "$u" ] && job "$u"; done
done
say "cron own"
crontab -l 2>/dev/null
say homes
for h in /home/* /root; do [ -d "$h" ] && ls -ldn "$h" 2>/dev/null | cut -c1-10; done
say histories
find /root /home -maxdepth 2 -name '.*history' -type f -size +0 2>/dev/null | while IFS= read -r h; do ls -ln "$h" 2>/dev/null | cut -c1-10; done
for h in /home/* /root; do
  [ -x "$h" ] && [ ! -r "$h" ] && for n in bash zsh mysql psql python; do [ -s "$h/.${n}_history" ] && ls -ln "$h/.${n}_history" 2>/dev/null | cut -c1-10; done
done
say clock
date +%s
say end
"""
MOST_OF_A_FILE: Final = 65536
_MOST: Final = 4 << 20


@dataclass(slots=True, kw_only=True)
class Facts:
    """Parts by name; `config` and `cron` files by path. `includes` are the patterns whose files are in `config`, `closed` files and
    patterns of sshd's configuration that could not be read, `hidden` places of scheduled jobs. `heard`: seconds since 1970
    by this machine's clock, when the last part was here.
    """

    parts: dict[str, str] = field(default_factory=dict)
    config: dict[str, str] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    includes: set[str] = field(default_factory=set)
    cron: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    heard: float | None = None


def collect(shell: Shell) -> Facts:
    """Run the script. SftpDownError where the shell is of no more use or did not get to its end; TargetError."""
    shell.run(COLLECT, SCRIPT.encode())
    said, _, _ = shell.take_rest(_MOST)
    heard = time.time()
    facts = read(said.decode("utf-8", "replace"))
    facts.heard = heard
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
            case "include":
                facts.includes.add(path)
            case "hidden":
                facts.hidden.append(path)
            case "cron":
                facts.cron[path] = body
            case _:
                facts.parts[kind] = body
    return facts
