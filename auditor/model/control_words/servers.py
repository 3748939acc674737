"""What `scanners/_ssh_*.py` say of servers reached by SSH."""

from __future__ import annotations

from typing import Final

SENTENCES: Final = (
    (r"None that is known to be broken is offered\.", "취약한 것으로 알려진 알고리즘을 제공하지 않음."),
    (r"The server offers them to every client\.", "서버가 모든 클라이언트에 제공함."),
    (r"What the server offers was not understood\.", "서버가 제공하는 알고리즘을 해석할 수 없음."),
    (r"The server did not say how this account may log in\.", "서버가 점검 계정의 로그인 방법을 알려주지 않음."),
    (r"Offered to this account from here: (.*)\.$", r"점검 계정에 제공된 로그인 방법: \1."),
    (r"The server's settings could not be looked at: (.*)\.$", r"서버 설정을 확인할 수 없음: \1."),
    (r"They copy to other machines: (.*)\.$", r"다른 시스템으로 복사하는 작업: \1."),
    (r"Not every scheduled job could be read(.*)\.$", r"일부 예약 작업을 읽을 수 없음\1."),
    (
        r"No job that could be read copies to another machine\.",
        "확인한 예약 작업 중 다른 시스템으로 복사하는 작업이 없음.",
    ),
    (r"Of (\d+) home directories others may list (\d+)\.", r"홈 디렉터리 \1개 중 다른 계정이 조회할 수 있는 것: \2개."),
    (
        r"Of (\d+) shell histories that could be seen others may read (\d+)\.",
        r"확인된 셸 이력 \1개 중 다른 계정이 읽을 수 있는 것: \2개.",
    ),
    (r"As sshd's configuration says for (\S+) from (\S+)\.", r"sshd 설정 기준(계정 \1, 접속지 \2)."),
    (r"it is set otherwise for other accounts or addresses \(Match\)", "다른 계정 또는 주소에는 다르게 설정됨(Match)"),
    (r"a Match block sets it by group, host name or command", "Match 블록이 그룹·호스트명·명령에 따라 설정함"),
    (r"this version of sshd does not have it", "이 sshd 버전에는 해당 설정이 없음"),
    (
        r"a part of sshd's configuration may not be read by this account: ",
        "점검 계정에 sshd 설정 일부의 조회 권한이 없음: ",
    ),
    (r"a part of sshd's configuration was not found: ", "sshd 설정 일부를 찾을 수 없음: "),
    (
        r"a file of sshd's configuration is too large to be looked at whole",
        "sshd 설정 파일이 커서 전체를 확인하지 못함",
    ),
    (
        r"the server does not say from which address it sees us \(SSH_CONNECTION\)",
        "서버가 점검 접속지 주소를 알려주지 않음(SSH_CONNECTION)",
    ),
    (r"sshd's configuration was read, but ", "sshd 설정은 읽었으나, "),
    (r"this machine has no sshd to work it out with", "점검 시스템에 이를 해석할 sshd가 없음"),
    (r"this machine's sshd could not be run \((\w+)\)", r"점검 시스템의 sshd를 실행할 수 없음(\1)"),
    (r"this machine's sshd does not understand it", "점검 시스템의 sshd가 해석하지 못함"),
    (r"sshd's configuration may not be read by this account", "점검 계정에 sshd 설정 조회 권한이 없음"),
    (r"Not determined: (.*)\.$", r"확인할 수 없음: \1."),
    (
        r"logrotate goes by the size of logs, so that their days are not known\.",
        "logrotate가 크기 기준이므로 보관 일수를 알 수 없음.",
    ),
    (
        r"logrotate keeps system logs for (\d+) days at least on this server\.",
        r"logrotate가 이 서버의 시스템 로그를 최소 \1일간 보관함.",
    ),
    (r"lsblk shows no disks to this account\.", "점검 계정에서 lsblk로 디스크를 확인할 수 없음."),
    (
        r"(\S+) lies on no encrypted volume; what lies below the system cannot be seen from it\.",
        r"\1은(는) 암호화된 볼륨에 있지 않음(가상화 하부의 암호화 여부는 확인할 수 없음).",
    ),
    (r"All volumes of the paths are encrypted \(dm-crypt\)\.", "점검 경로의 모든 볼륨이 암호화됨(dm-crypt)."),
    (r"On what kind of volume the paths lie cannot be seen\.", "점검 경로가 있는 볼륨의 종류를 확인할 수 없음."),
    (r"On what kind of volume (.*) lies cannot be seen\.", r"\1이(가) 있는 볼륨의 종류를 확인할 수 없음."),
    (r"logrotate's settings could not be read\.", "logrotate 설정을 읽을 수 없음."),
    (r"The server did not say what time it is\.", "서버 시각을 확인할 수 없음."),
    (r"no service that could be seen", "확인된 동기화 서비스 없음"),
    (r"(\d+) s from this machine's clock; kept by (.*)\.$", r"점검 시스템 시각과 \1초 차이, 동기화 서비스: \2."),
    (r"Access lists could not be looked at to their end\.", "ACL을 끝까지 확인할 수 없음."),
    (
        r"Access lists could not be looked at: the server has no getfacl\.",
        "ACL을 확인할 수 없음: 서버에 getfacl이 없음.",
    ),
    (r"Access lists (?:could not be|were not) looked at: (.*)\.$", r"ACL을 확인하지 못함: \1."),
    (
        r"(\d+) lists were found, and not everything below the paths could be looked at\.",
        r"ACL \1개 확인, 점검 경로 아래 일부는 확인할 수 없음.",
    ),
    (r"(\d+) lists were found; only the first (\d+) are named\.", r"ACL \1개 중 처음 \2개만 표시함."),
    (
        r"Files and folders whose access list lets in more than their mode says\.",
        "권한 비트보다 넓게 허용하는 ACL이 있는 파일·폴더 수.",
    ),
    (r"Its access list lets them read it\.", "ACL에 따라 해당 계정이 읽을 수 있음."),
    (
        r"Paths that match this pattern were not examined, as the engagement says\.",
        "점검 설정에 따라 이 패턴과 일치하는 경로는 점검하지 않음.",
    ),
    (r"Files were read in bulk by tar\.", "tar로 일괄 읽음."),
    (r"Files were read over SFTP: (.*)\.$", r"SFTP로 읽음: \1."),
    (
        r"the whole server is audited, and looking at each file's would load it; name folders in paths",
        "서버 전체가 점검 대상이어서 파일마다 확인하면 부하가 큼(paths에 폴더를 지정)",
    ),
    (
        r"Not examined below /: the kernel makes it up in memory\.",
        "/ 아래에서 점검하지 않음: 커널이 메모리에 만드는 폴더임.",
    ),
    (r"Not examined: the system's packages keep it\.", "점검하지 않음: 시스템 패키지의 폴더임."),
    (r"Name it in paths to examine it\.", "점검하려면 paths에 지정."),
    (
        r"Name it in paths, or set default_excludes: false, to examine it\.",
        "점검하려면 paths에 지정하거나 default_excludes: false로 설정.",
    ),
    (r"the account may not run commands", "점검 계정에 명령 실행 권한이 없음"),
    (r"the engagement leaves commands off", "점검 설정에서 명령 실행을 쓰지 않음"),
    (r"""sudo refuses the account b?('[^']*'|"[^"]*")""", r"sudo가 점검 계정의 \1 실행을 거부함"),
    (r"the server's tar is not GNU's", "서버의 tar가 GNU tar가 아님"),
    (r"the server's tar is older than ([\d.]+)", r"서버의 tar가 \1보다 오래됨"),
    (r"the server's tar does not run", "서버의 tar가 실행되지 않음"),
    (
        r"the server's shell did not answer, or the connection was lost",
        "서버의 셸이 응답하지 않거나 접속이 끊김",
    ),
    (r"the connection was lost", "접속이 끊김"),
    (r"The key of (\S+): the engagement pins it\.", r"\1의 호스트 키: 점검 설정에 지정됨."),
    (r"The key of (\S+): known_hosts holds it\.", r"\1의 호스트 키: known_hosts에 등록됨."),
)
