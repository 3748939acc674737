"""Reading a bucket beside other clients of the same real server, in one run: `make bench-s3`.

Reading alone, without listing and controls. One object of 1 GiB: the scanner beside boto3's own stream and curl. Objects of 4 KiB: the scanner from two threads, as an audit with two
workers reads them, beside boto3 one by one. Wall seconds, as the server takes its part of the same cores; only the ratios count.
With obstore installed (`pip install obstore`), it is measured as well: the fastest client of ../shared/facts/sources.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from auditor.model.asset import Asset
from auditor.model.engagement import S3Target
from auditor.scanners.s3 import S3Scanner
from testbed.s3 import S3Server, short_folder

BUCKET = "bench"
PART = 1 << 20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--objects", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print("| what | client | wall s (best) | of the fastest |")
    print("|---|---|--:|--:|")
    with S3Server(folder=short_folder()) as server, tempfile.TemporaryDirectory() as folder:
        client = server.client()
        client.create_bucket(Bucket=BUCKET)
        _upload(client, arguments.megabytes)
        for number in range(arguments.objects):
            client.put_object(Bucket=BUCKET, Key=f"small/{number:06}", Body=os.urandom(4096))
        target = S3Target(
            name="bench", bucket=BUCKET, endpoint_url=server.endpoint_url, region=server.region,
            credentials_file=server.auditor.write(Path(folder) / "credentials"), versions="current",
        )  # fmt: skip
        scanner = S3Scanner(target)
        large, *others = (item for item in scanner.scan() if isinstance(item, Asset))
        size = arguments.megabytes << 20
        big: dict[str, Callable[[], int]] = {
            "auditor": lambda: _scanner(scanner, [large], 1),
            "boto3 stream": lambda: _boto(server, ["large"]),
            "curl": lambda: _curl(client),
        }
        keys = [f"small/{number:06}" for number in range(arguments.objects)]
        small: dict[str, Callable[[], int]] = {
            "auditor, 2 threads": lambda: _scanner(scanner, others, 2),
            "boto3 one by one": lambda: _boto(server, keys),
        }
        if importlib.util.find_spec("obstore"):
            big["obstore"] = lambda: _obstore(server, ["large"])
            small["obstore one by one"] = lambda: _obstore(server, keys)
        _table(f"1 object of {arguments.megabytes} MiB", big, size, arguments.rounds)
        _table(f"{arguments.objects} objects of 4 KiB", small, 4096 * arguments.objects, arguments.rounds)
        scanner.close()


def _table(what: str, clients: dict[str, Callable[[], int]], size: int, rounds: int) -> None:
    best = dict.fromkeys(clients, float("inf"))
    for _ in range(rounds):  # in turns: what else the machine does hits all of them
        for name, read in clients.items():
            start = time.perf_counter()
            assert read() == size, name
            best[name] = min(best[name], time.perf_counter() - start)
    fastest = min(best.values())
    for name, seconds in best.items():
        print(f"| {what} | {name} | {seconds:.2f} | {fastest / seconds:.2f} |", flush=True)


def _upload(client: Any, megabytes: int) -> None:
    block = os.urandom(16 << 20)
    upload = client.create_multipart_upload(Bucket=BUCKET, Key="large")["UploadId"]
    where = {"Bucket": BUCKET, "Key": "large", "UploadId": upload}
    parts = []
    for number in range(1, megabytes // 16 + 1):
        answer = client.upload_part(**where, PartNumber=number, Body=block)
        parts.append({"PartNumber": number, "ETag": answer["ETag"]})
    client.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})


def _scanner(scanner: S3Scanner, assets: list[Asset], threads: int) -> int:
    def read(asset: Asset) -> int:
        with scanner.open(asset) as stream:
            return sum(len(chunk) for chunk in iter(lambda: stream.read(PART), b""))

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(read, assets))


def _boto(server: S3Server, keys: list[str]) -> int:
    client = server.client(server.auditor)
    total = 0
    for key in keys:
        body = client.get_object(Bucket=BUCKET, Key=key)["Body"]
        total += sum(len(chunk) for chunk in iter(lambda body=body: body.read(PART), b""))
    return total


def _curl(client: Any) -> int:
    url = client.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "large"})
    with subprocess.Popen(["curl", "-sS", "--noproxy", "*", url], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        return sum(len(chunk) for chunk in iter(lambda: process.stdout.read(PART), b""))  # type: ignore[union-attr]


def _obstore(server: S3Server, keys: list[str]) -> int:
    from obstore.store import S3Store  # type: ignore[import-not-found]

    store = S3Store(
        BUCKET, endpoint=server.endpoint_url, region=server.region, access_key_id=server.auditor.access_key,
        secret_access_key=server.auditor.secret_key, virtual_hosted_style_request=False, client_options={"allow_http": True},
    )  # fmt: skip
    return sum(len(chunk) for key in keys for chunk in store.get(key).stream(min_chunk_size=PART))


if __name__ == "__main__":
    main()
