"""Reading a container of Azurite: ``python -m benchmarks.azure``.

Processor seconds of the audit's side alone, as Azurite (a node program) takes most of the same cores: listing, small blobs, one large one. Beside
them Microsoft's own library, which the scanner is built on.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from auditor.model.asset import Asset
from auditor.model.engagement import AzureTarget
from auditor.scanners._azure_scanner import AzureScanner
from testbed.azurite import Azurite, written
from testbed.s3 import short_folder


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--blobs", type=int, default=2000)
    arguments = parser.parse_args()
    with Azurite(folder=short_folder("az-")) as server, tempfile.TemporaryDirectory() as folder:
        container = server.client().create_container("bench")
        size = arguments.megabytes << 20
        container.upload_blob("large", os.urandom(size))
        names = [f"small/{number:06}" for number in range(arguments.blobs)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda name: container.upload_blob(name, b"x" * 4096), names))
        scanner = AzureScanner(
            AzureTarget(
                name="b", account=server.account, container="bench", endpoint_url=server.endpoint_url,
                credentials_file=written(Path(folder) / "sas", server.sas()),
            )
        )  # fmt: skip
        listed = [item for item in scanner.scan() if isinstance(item, Asset)]

        def read(asset: Asset) -> int:
            with scanner.open(asset) as stream:
                return sum(len(part) for part in iter(lambda: stream.read(1 << 20), b""))

        large, small = listed[0], listed[1:]
        print("| what | | CPU s | each |")
        print("|---|---|--:|--:|")
        show("list", "auditor", len(listed), lambda: sum(isinstance(item, Asset) for item in scanner.scan()))
        show("list", "azure-storage-blob", len(listed), lambda: len(list(container.list_blobs())))
        show(f"{len(small)} of 4 KiB", "auditor", len(small), lambda: sum(map(read, small)))
        show(
            f"{len(small)} of 4 KiB", "azure-storage-blob", len(small),
            lambda: sum(len(container.download_blob(name).readall()) for name in names),
        )  # fmt: skip
        show(f"{arguments.megabytes} MiB", "auditor", 1, lambda: read(large))
        scanner.close()


def show(what: str, who: str, number: int, work: Callable[[], int]) -> None:
    """One line: the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    print(f"| {what} | {who} | {best:.2f} | {best / number * 1000:.2f} ms |", flush=True)


if __name__ == "__main__":
    main()
