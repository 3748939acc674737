"""Where to look, as an engagement file writes it: servers, buckets, databases, files of this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field

from auditor.engagement.fields import Country, Line, Name, one_line, schema
from auditor.yamltypes import Duration, Switch, Whole, Written, mistake, parse_duration, quote


def _timeout(value: Any) -> float:
    seconds = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    if seconds is None:
        seconds = parse_duration(value).total_seconds()
    if not 1 <= seconds <= 3600:
        raise mistake(f"{quote(value)} is out of range", "write between 1s and 1h")
    return seconds


def _file(value: str) -> str:
    try:
        Path(one_line(value)).expanduser()
    except RuntimeError:
        raise mistake(f"{quote(value)} names a home folder that does not exist", "write the whole path") from None
    return value


def _host(value: str) -> str:
    if "@" in value:  # not quoted: a password may stand in front
        raise mistake("a host alone is expected", "write what stands before the @ as user")
    if not re.fullmatch(r"[A-Za-z0-9_.:%-]+|\[[0-9A-Fa-f:%.]+\]", value) or value.startswith("-"):
        raise mistake(f"{quote(value)} is not a host", "write a host name, an IP address or a Host of ~/.ssh/config")
    return value


def _host_key(value: str) -> str:
    if re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", value):
        return value
    show = "as ssh-keygen -lf prints it (ssh-keyscan HOST | ssh-keygen -lf -), and have the vendor confirm it"
    if re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}=", value):
        raise mistake("the host key fingerprint ends with =", f"leave out the =: {show}")
    if re.match(r"ssh-|ecdsa-|sk-", value):
        raise mistake("this is a host key; its fingerprint is expected", f'write "SHA256:…" {show}')
    if value.lower().startswith("md5:") or re.fullmatch(r"([0-9a-f]{2}:){15}[0-9a-f]{2}", value):
        raise mistake("an MD5 fingerprint does not pin a host", f'write "SHA256:…" {show}')
    cause = f"{quote(value)} is not a host key fingerprint (SHA256: and 43 base64 characters)"
    raise mistake(cause, f'write "SHA256:…" {show}')


def _user(value: str) -> str:
    if not re.fullmatch(r"[^\s:/\\\x00-\x1f]{1,256}", value):
        raise mistake("is not a user name", "write the account's name alone")
    return value


def _bucket(value: str) -> str:
    if value.startswith("s3://"):
        raise mistake(f"{quote(value)} is an address", "write the bucket's name alone, and what follows it as prefix")
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{1,254}", value):
        raise mistake(f"{quote(value)} cannot be a bucket's name", "write the bucket's name alone")
    return value


def _account(value: str) -> str:
    if "." in value or "/" in value:
        raise mistake(
            f"{quote(value)} is an address", "write the account's name alone; another service's address is endpoint_url"
        )
    if not re.fullmatch(r"[a-z0-9]{3,24}", value):
        raise mistake(f"{quote(value)} cannot be a storage account", "write 3 to 24 small letters and digits")
    return value


def _container(value: str) -> str:
    if not re.fullmatch(r"\$(?:root|web|logs)|(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise mistake(f"{quote(value)} cannot be a container's name", "write the container's name alone")
    return value


def _role(value: str) -> str:
    if not re.fullmatch(r"arn:[a-z-]+:iam::\d*:role/[\w+=,.@/-]{1,512}", value):
        raise mistake(
            f"{quote(value)} is no role", "write arn:aws:iam::ACCOUNT:role/NAME, as the vendor's console shows it"
        )
    return value


def _endpoint(value: str) -> str:
    if "@" in value:
        raise mistake("credentials do not belong into an address", "name a file with them: credentials_file")
    if not re.fullmatch(r"https?://[^\s/?#]+/?", value):
        raise mistake(f"{quote(value)} is not an endpoint", "write https://HOST or https://HOST:PORT")
    return value.rstrip("/")


def _remote_path(value: str) -> str:
    if not value or "\0" in value:
        raise mistake("is empty", 'write a folder of the server, such as /home, or "." for the account\'s own')
    return value


File = Annotated[str, AfterValidator(_file)]
Timeout = Annotated[float, *schema(_timeout, type=["string", "number"])]


_NO_PASSWORDS: Final = (
    "passwords do not belong into this file: write one into a file of its own (mode 600) and name it: password_file"
)


class SshHopFile(Written):
    """How to reach a server by SSH. What is left out comes from ~/.ssh/config, as with ssh itself."""

    cures: ClassVar = {
        "password": _NO_PASSWORDS,
        "passphrase": _NO_PASSWORDS,
        "username": 'did you mean "user"?',
        "hostname": 'did you mean "host"?',
        "identity_file": 'did you mean "key_file"?',
        "proxy_jump": 'did you mean "jump"?',
    }

    host: Annotated[str, AfterValidator(_host)] = Field(
        description="host name, IP address, or a Host of ~/.ssh/config", examples=["dev.example"]
    )
    port: Whole | None = Field(None, ge=1, le=65535, description="22 if nothing says otherwise", examples=[22])
    user: Annotated[str, AfterValidator(_user)] | None = Field(
        None, description="the read-only account", examples=["bankaudit"]
    )
    host_key: Annotated[str, AfterValidator(_host_key)] | None = Field(
        None,
        description="the only host key accepted; left out: known_hosts must hold the host",
        examples=["SHA256:" + "x" * 43],
    )
    known_hosts: File | None = Field(None, description="default ~/.ssh/known_hosts", examples=["known_hosts"])
    key_file: File | None = Field(None, description="private key", examples=["~/.ssh/audit_ed25519"])
    certificate_file: File | None = Field(None, description="OpenSSH user certificate", examples=["audit-cert.pub"])
    password_file: File | None = Field(None, description="file with the password (mode 600)", examples=["password"])
    agent: Switch = Field(True, description="whether the SSH agent's keys are tried")
    config_file: File | None = Field(None, description="default ~/.ssh/config", examples=["ssh_config"])
    timeout: Timeout = Field(30.0, description="longest wait for one answer", examples=["30s"])
    jump: SshHopFile | None = Field(
        None,
        description="the server in between, with a host key of its own",
        examples=[{"host": "gate.example", "user": "bankaudit"}],
    )


class SshFile(SshHopFile):
    """A server read over SFTP, and the folders to read."""

    paths: tuple[Annotated[str, AfterValidator(_remote_path)], ...] = Field(
        (".",), min_length=1, description="folders and files on the server", examples=[["/home", "/srv"]]
    )
    exclude: tuple[Line, ...] = Field(
        (), description="globs of paths left out; the report names them", examples=[["*/.cache"]]
    )
    default_excludes: Switch = Field(
        True, description="leave out the kernel's folders and caches of packages; the report names them"
    )
    shell: Switch = Field(
        True, description="read in bulk by one fixed command where the account may run any, else SFTP"
    )
    sudo: Switch = Field(False, description="run the fixed commands as sudo -n (docs/vendor-access.md)")


class S3File(Written):
    """A bucket on S3 or a compatible service."""

    cures: ClassVar = {
        **dict.fromkeys(
            (
                "access_key",
                "secret_key",
                "access_key_id",
                "secret_access_key",
                "aws_access_key_id",
                "aws_secret_access_key",
            ),
            "keys do not belong into this file: write them into an AWS credentials file and name it: credentials_file",
        ),
        "endpoint": 'did you mean "endpoint_url"?',
        "prefix": 'write a list: prefixes: ["exports/"]',
        "request_payer": "write requester_pays: true",
    }

    bucket: Annotated[str, AfterValidator(_bucket)] = Field(description="the bucket's name", examples=["nft-assets"])
    prefixes: tuple[Line, ...] = Field(
        (), description="only keys that start with one of these; left out: all", examples=[["exports/", "backup/"]]
    )
    endpoint_url: Annotated[str, AfterValidator(_endpoint)] | None = Field(
        None, description="a compatible service's address; left out: AWS", examples=["https://s3.vendor.example"]
    )
    region: Line | None = Field(None, description="the bucket's region", examples=["ap-northeast-2"])
    profile: Line | None = Field(None, description="profile of the credentials file", examples=["audit"])
    credentials_file: File | None = Field(
        None, description="AWS credentials file; left out: boto3's own search", examples=["aws-credentials"]
    )
    role_arn: Annotated[str, AfterValidator(_role)] | None = Field(
        None, description="role to take in the vendor's account", examples=["arn:aws:iam::123456789012:role/bank-audit"]
    )
    external_id: Line | None = Field(
        None, description="what the vendor's trust policy asks for with the role", examples=["bank-audit-2025"]
    )
    requester_pays: Switch = Field(False, description="the bucket has its reader pay: pay for listing and reading")
    ca_file: File | None = Field(None, description="certificate authority of the endpoint (PEM)", examples=["ca.pem"])
    versions: Literal["all", "current"] = Field(
        "all", description="all: old versions and what stands behind delete markers too"
    )
    timeout: Timeout = Field(30.0, description="longest wait for one answer", examples=["30s"])


class AzureFile(Written):
    """A container of Azure Blob Storage."""

    cures: ClassVar = {
        **dict.fromkeys(
            ("sas", "sas_token", "account_key", "key", "connection_string"),
            "credentials do not belong into this file: write the SAS token into a file of its own (mode 600) and name it: credentials_file",
        ),
        "bucket": 'did you mean "container"?',
        "endpoint": 'did you mean "endpoint_url"?',
        "prefix": 'write a list: prefixes: ["exports/"]',
    }

    account: Annotated[str, AfterValidator(_account)] = Field(
        description="the storage account's name", examples=["vendorassets"]
    )
    container: Annotated[str, AfterValidator(_container)] = Field(
        description="the container's name", examples=["nft-assets"]
    )
    prefixes: tuple[Line, ...] = Field(
        (), description="only blobs whose names start with one of these; left out: all", examples=[["exports/"]]
    )
    credentials_file: File | None = Field(
        None,
        description="file (mode 600) with a SAS token or the account's key; left out: the variable AZURE_STORAGE_SAS_TOKEN or AZURE_STORAGE_KEY",
        examples=["container.sas"],
    )
    endpoint_url: Annotated[str, AfterValidator(_endpoint)] | None = Field(
        None, description="a compatible service's address; left out: Azure", examples=["https://blob.vendor.example"]
    )
    ca_file: File | None = Field(None, description="certificate authority of the endpoint (PEM)", examples=["ca.pem"])
    versions: Literal["all", "current"] = Field(
        "all", description="all: versions, snapshots and what is deleted and kept, too"
    )
    timeout: Timeout = Field(30.0, description="longest wait for one answer", examples=["30s"])


class LocalFile(Written):
    """Files and folders of this machine."""

    paths: tuple[File, ...] = Field(
        min_length=1, description="relative to this file's folder", examples=[["./delivered"]]
    )


def _engine(value: Any) -> str:
    known = {"postgres": "postgresql", "mariadb": "mysql", "sqlite3": "sqlite"}
    text = known.get(str(value).lower(), str(value).lower())
    if text.startswith("mongo"):
        cure = "have the vendor run mongodump, and audit its files as an ssh, s3 or local target"
        raise mistake("there is no client for MongoDB: none could be tested against a server", cure)
    if text not in ("postgresql", "mysql", "redis", "sqlite"):
        raise mistake(f"{quote(value)} is no engine known here", "write postgresql, mysql, mariadb, redis or sqlite")
    return text


class DatabaseFile(Written):
    """A database, read through one connection that cannot write: PostgreSQL, MySQL, MariaDB, Redis, or an SQLite file."""

    cures: ClassVar = {
        **dict.fromkeys(("password", "passwd", "url", "dsn", "uri"), _NO_PASSWORDS),
        "username": 'did you mean "user"?',
        "hostname": 'did you mean "host"?',
        "dbname": 'did you mean "database"?',
        "path": 'did you mean "file"?',
    }

    engine: Annotated[
        str,
        *schema(
            _engine, type="string", enum=["postgresql", "postgres", "mysql", "mariadb", "redis", "sqlite", "sqlite3"]
        ),
    ] = Field(description="which database server, or sqlite for a file", examples=["postgresql", "mariadb"])
    host: Annotated[str, AfterValidator(_host)] | None = Field(
        None, description="host name or IP address; with via as seen from that server (default 127.0.0.1)",
        examples=["db.vendor.example"],
    )  # fmt: skip
    port: Whole | None = Field(None, ge=1, le=65535, description="5432, 3306 or 6379 if left out", examples=[5432])
    user: Annotated[str, AfterValidator(_user)] | None = Field(
        None, description="the read-only account (docs/vendor-access-databases.md)", examples=["bankaudit"]
    )
    password_file: File | None = Field(
        None,
        description="file with the password (mode 600); left out: ~/.pgpass for PostgreSQL",
        examples=["db-password"],
    )
    database: Line | None = Field(
        None, description="PostgreSQL: the database; Redis: its number (left out: all)", examples=["members"]
    )
    schemas: tuple[Line, ...] = Field(
        (), description="only these schemas (MySQL: databases); left out: all", examples=[["public"]]
    )
    sample: Whole | None = Field(
        None, ge=1, description="at most so many rows of each table; a table cut short is a gap", examples=[100000]
    )
    tls: Literal["verify", "unverified", "off"] | None = Field(
        None, description="left out: verify, except on this machine and through via", examples=["verify"]
    )
    ca_file: File | None = Field(None, description="certificate authority of the server (PEM)", examples=["db-ca.pem"])
    via: Name | None = Field(
        None, description="the ssh target through whose connection it is reached", examples=["dev-server"]
    )
    file: File | None = Field(None, description="the SQLite file", examples=["delivered/app.sqlite3"])
    timeout: Timeout = Field(30.0, description="longest wait for one answer", examples=["30s"])
    statement_timeout: Duration = Field(
        "1h", description="longest time for one table", examples=["1h"], validate_default=True
    )


class TargetFile(Written):
    """A place to audit: a name and exactly one of ssh, s3, azure, local, database."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [kind]} for kind in ("ssh", "s3", "azure", "local", "database")]}
    )

    name: Name = Field(description="what the report calls it", examples=["dev-server"])
    country: Country | None = Field(
        None, description="where it stands, as the vendor declares it; a bucket's region tells it too", examples=["KR"]
    )
    ssh: SshFile | None = Field(None, description="a server read over SFTP")
    s3: S3File | None = Field(None, description="a bucket")
    azure: AzureFile | None = Field(None, description="a container of Azure Blob Storage")
    local: LocalFile | None = Field(None, description="files and folders of this machine")
    database: DatabaseFile | None = Field(None, description="a database server, or an SQLite file")
