"""moto's S3 server on loopback: a mock that stands in where Ceph cannot be installed.

Needs ``moto[server]`` and boto3 in this interpreter. moto's own permission check is switched on after the two users
exist, so the auditor's account is read-only here as well.
"""

from __future__ import annotations

import http.client
import importlib.util
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from testbed.process import Children, Server, ServerError

REGION = "us-east-1"


def available() -> bool:
    """Whether moto's server is installed in this interpreter."""
    return importlib.util.find_spec("moto") is not None and importlib.util.find_spec("flask") is not None


@dataclass(kw_only=True, eq=False)
class Moto(Server):
    """One moto server, all state in its memory. ``start()`` raises ServerError with the end of the log."""

    children: Children = field(default_factory=lambda: Children(grace=0.5))

    @property
    def endpoint_url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """The server's log: a line a request."""
        return self.folder / "moto.log"

    def start(self) -> Self:
        """Start the server and wait until it listens."""
        if not available():
            raise ServerError("moto is not installed: pip install 'moto[server]'")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.begin(self._once)
        return self

    def _once(self) -> None:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.children.start("moto", command, log=self.log)
        self.wait_for("moto", f"Running on {self.endpoint_url}")

    def create_user(self, uid: str, *, read_only: bool = False) -> tuple[str, str]:
        """Make an IAM user who may do anything in S3, or only Get and List; its access key and secret."""
        actions = ["s3:Get*", "s3:List*"] if read_only else ["s3:*"]
        statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        iam = self._iam()
        iam.create_user(UserName=uid)
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_user_policy(UserName=uid, PolicyName="testbed", PolicyDocument=document)
        key = iam.create_access_key(UserName=uid)["AccessKey"]
        return str(key["AccessKeyId"]), str(key["SecretAccessKey"])

    def enforce(self) -> None:
        """From now on check every request's signature and the user's policy."""
        # http.client rather than urllib: no proxy from the environment, no form content type (moto would eat the body).
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/moto-api/reset-auth", body=b"0", headers={"Content-Type": "text/plain"})
            answer = connection.getresponse()
            if answer.status != 200:
                raise ServerError(f"moto did not switch its permission check on: {answer.status}")
        finally:
            connection.close()

    def _iam(self) -> Any:
        import boto3
        from botocore.config import Config

        return boto3.client(
            "iam",
            endpoint_url=self.endpoint_url,
            region_name=REGION,
            aws_access_key_id="first",
            aws_secret_access_key="first",  # noqa: S106 - moto takes anything until enforce()
            config=Config(proxies={}),
        )
