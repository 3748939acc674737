"""Files that hold no personal data and look as if they did. Whatever is found in them is a false alarm.

Where a value is a credential (account keys, password hashes) finding it as CREDENTIAL is neither right nor wrong here.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from hashlib import sha512
from random import Random

from benchmarks.detection import columns, decoy_texts, numbers, wallets
from benchmarks.detection.labels import Cell, Leftover, Page, leftover


def _sha(chance: Random) -> str:
    return base64.b64encode(sha512(chance.randbytes(8)).digest()).decode()


def _version(chance: Random) -> str:
    return f"{chance.randint(0, 19)}.{chance.randint(0, 30)}.{chance.randint(0, 20)}"


def _package(chance: Random) -> str:
    return (
        chance.choice(("left", "right", "fast", "tiny", "node", "react", "ci", "nick"))
        + "-"
        + chance.choice(("pad", "parse", "glob", "info", "name", "util"))
        + str(chance.randint(1, 99))
    )


def package_lock(page: Page, chance: Random) -> str:
    """npm v3; `ci-info` is a real package's kind of name."""
    packages = {f"node_modules/{_package(chance)}{n}": {"version": _version(chance), "resolved": "https://registry.npmjs.org/x/-/x.tgz", "integrity": f"sha512-{page.put(Cell(text=_sha(chance), form='npm integrity'))}",
                "funding": {"url": "https://github.com/sponsors/someone"}} for n in range(60)}  # fmt: skip
    return json.dumps({"name": "member-front", "lockfileVersion": 3, "packages": packages}, indent=2)


def yarn_lock(page: Page, chance: Random) -> str:
    """yarn v1."""
    return "# yarn lockfile v1\n\n" + "\n".join(
        f'{_package(chance)}@^{_version(chance)}:\n  version "{_version(chance)}"\n  integrity sha512-{page.put(Cell(text=_sha(chance), form="yarn integrity"))}\n'
        for _ in range(50)
    )


def pnpm_lock(page: Page, chance: Random) -> str:
    """pnpm, inline mappings."""
    return "lockfileVersion: '9.0'\npackages:\n" + "".join(
        f"  {_package(chance)}@{_version(chance)}:\n    resolution: {{integrity: sha512-{page.put(Cell(text=_sha(chance), form='pnpm integrity'))}}}\n"
        for _ in range(50)
    )


def nuget_lock(page: Page, chance: Random) -> str:
    """packages.lock.json: no prefix in front of the hash."""
    packages = {
        f"{_package(chance)}{n}": {
            "type": "Direct",
            "resolved": _version(chance),
            "contentHash": page.put(Cell(text=_sha(chance), form="nuget contentHash")),
        }
        for n in range(50)
    }
    return json.dumps({"version": 1, "dependencies": {"net8.0": packages}}, indent=2)


def project_lock(page: Page, chance: Random) -> str:
    """The older project.lock.json."""
    libraries = {
        f"{_package(chance)}{n}/{_version(chance)}": {
            "sha512": page.put(Cell(text=_sha(chance), form="nuget sha512")),
            "type": "package",
        }
        for n in range(50)
    }
    return json.dumps({"locked": False, "libraries": libraries}, indent=1)


def electron(page: Page, chance: Random) -> str:
    """electron-builder's latest.yml."""
    digest = page.put(Cell(text=_sha(chance), form="electron sha512"))
    return f"version: {_version(chance)}\nfiles:\n  - url: wallet-setup.exe\n    sha512: {digest}\n    size: 8801234567890\npath: wallet-setup.exe\nsha512: {digest}\nreleaseDate: '2025-03-31T09:00:00.000Z'\n"


def nupkg(page: Page, chance: Random) -> str:
    """A hash alone in its file."""
    return page.put(Cell(text=_sha(chance), form="nupkg.sha512"))


def azure(page: Page, chance: Random) -> str:
    """Account keys: credentials, never CI."""
    page.tolerate("CREDENTIAL")
    keys = [page.put(Cell(text=_sha(chance), form="azure key")) for _ in range(3)]
    return json.dumps({"ConnectionStrings": {"Storage": f"DefaultEndpointsProtocol=https;AccountName=vendor;AccountKey={keys[0]};EndpointSuffix=core.windows.net"},
                       "Cosmos": {"AccountEndpoint": "https://vendor.documents.azure.com:443/", "AccountKey": keys[1]}, "BlobKey": keys[2]}, indent=2)  # fmt: skip


def tokens(page: Page, chance: Random) -> str:
    """Bearer tokens of three parts in an access log."""
    page.tolerate("CREDENTIAL")
    part: Callable[[int], str] = lambda size: base64.urlsafe_b64encode(chance.randbytes(size)).decode().rstrip("=")  # noqa: E731
    return "".join(
        f"2025-03-01T00:00:00Z auth ok token=eyJhbGciOiJFUzI1NiJ9.{part(90)}.{page.put(Cell(text=part(64), form='jwt signature'))}\n"
        for _ in range(50)
    )


def keycloak(page: Page, chance: Random) -> str:
    """A realm's export: PBKDF2-512 of 64 bytes."""
    page.tolerate("CREDENTIAL", "PERSON", "NICKNAME")
    users = [
        {
            "id": columns.uuid(chance),
            "enabled": True,
            "credentials": [
                {
                    "type": "password",
                    "secretData": json.dumps(
                        {
                            "value": page.put(Cell(text=_sha(chance), form="keycloak value")),
                            "salt": base64.b64encode(chance.randbytes(16)).decode(),
                        }
                    ),
                }
            ],
        }
        for _ in range(30)
    ]
    return json.dumps({"realm": "vendor", "users": users}, indent=2)


def products(page: Page, chance: Random) -> str:
    """Goods: bar codes, prices, names."""
    lines = ["상품코드,상품명,바코드,가격,등록일시,제조사,법인등록번호"]
    for _ in range(150):
        ean, corp = (
            page.put(Cell(text=numbers.ean13(chance), form="EAN-13")),
            page.put(Cell(text=numbers.corporate_number(chance), form="corporate number")),
        )
        lines.append(
            f"G{numbers.digits(chance, 6)},{chance.choice(columns.PRODUCTS)},{ean},{chance.randint(1, 99)}00,{columns.moment(chance):%Y%m%d%H%M},{chance.choice(columns.COMPANIES)},{corp}"
        )
    return "\n".join(lines) + "\n"


def headerless_numbers(page: Page, chance: Random) -> str:
    """Columns of numbers without a header, each a look-alike's."""
    makers: list[tuple[str, Callable[[Random], str]]] = [("epoch ms", columns.epoch_ms), ("EAN-13", numbers.ean13), ("corporate number", numbers.corporate_number),
        ("corporate number", lambda r: numbers.corporate_number(r).replace("-", "")), ("snowflake", lambda r: str(r.randint(10**17, 19 * 10**17))), ("yyyyMMddHHmm", lambda r: f"{columns.moment(r):%Y%m%d%H%M}"),
        ("tracking number", lambda r: numbers.digits(r, 12)), ("order number 13", lambda r: f"{columns.moment(r):%y%m%d}{numbers.digits(r, 7)}"), ("random 16", lambda r: numbers.digits(r, 16))]  # fmt: skip
    chosen = chance.sample(makers, 4)
    return (
        "\n".join(",".join(page.put(Cell(text=make(chance), form=name)) for name, make in chosen) for _ in range(200))
        + "\n"
    )


def server_log(page: Page, chance: Random) -> str:
    """Ids, times and numbers in a server's own log."""
    lines = []
    for _ in range(300):
        put: Callable[[str, str], str] = lambda form, text: page.put(Cell(text=text, form=form))  # noqa: E731
        lines.append(f"{put('epoch ms', columns.epoch_ms(chance))} INFO order {put('order number 13', numbers.digits(chance, 13))} msg={put('snowflake', str(chance.randint(10**17, 19 * 10**17)))} "
                     f"trace={columns.uuid(chance)} pid={chance.randint(1, 99999)} v{_version(chance)}.{chance.randint(1, 250)} took {chance.random() * 100:.9f}ms at={columns.moment(chance):%Y%m%d%H%M}")  # fmt: skip
    return "\n".join(lines) + "\n"


def abi(page: Page, chance: Random) -> str:
    """A contract's deployment file: the contract's address is nobody's wallet."""
    return json.dumps({"contractName": "WalletNft", "abi": [{"type": "function", "name": "mint", "inputs": [{"name": "address", "type": "address"}]}], "bytecode": "0x" + chance.randbytes(600).hex(),
                       "networks": {"8217": {"address": page.put(Cell(text=wallets.ethereum(chance, mixed=True), form="contract address")), "transactionHash": "0x" + chance.randbytes(32).hex()}}}, indent=2)  # fmt: skip


def salted_users(page: Page, chance: Random) -> str:
    """A user table without a header: two columns of a CI's shape are a salt and a hash."""
    page.tolerate("CREDENTIAL", "NICKNAME", "PERSON")
    lines = []
    for number in range(60):
        phone = page.put(
            Cell(
                text=f"010-{chance.randint(2000, 9999)}-{numbers.digits(chance, 4)}",
                entity="PHONE_NUMBER",
                form="kr dashes",
            )
        )
        salt, key = (page.put(Cell(text=columns.base64_64(chance), form=form)) for form in ("salt", "pbkdf2 hash"))
        lines.append("\t".join((str(number), f"panda{number}", phone, salt, key, "Y")))
    return "\n".join(lines) + "\n"


FILES: dict[str, tuple[str, Callable[[Page, Random], str]]] = {
    "npm lock": ("web/package-lock.json", package_lock), "yarn lock": ("web/yarn.lock", yarn_lock), "pnpm lock": ("web/pnpm-lock.yaml", pnpm_lock),
    "nuget lock": ("api/packages.lock.json", nuget_lock), "project.lock": ("api/project.lock.json", project_lock), "electron": ("release/latest-mac.yml", electron),
    "nupkg hash": ("release/Vendor.Core.1.0.0.nupkg.sha512", nupkg), "azure": ("api/appsettings.json", azure), "jwt": ("logs/auth.log", tokens), "keycloak": ("infra/realm.json", keycloak),
    "java source": ("src/MemberService.java", decoy_texts.source), "ts source": ("web/src/member.ts", decoy_texts.typescript), "i18n": ("web/locales/ko.json", decoy_texts.labels_file), "android": ("app/res/values/strings.xml", decoy_texts.strings_xml),
    "ci config": (".github/workflows/ci.yml", decoy_texts.pipeline), "statistics": ("analysis/result.csv", decoy_texts.statistics), "schema": ("db/schema.sql", decoy_texts.schema_sql), "products": ("export/goods.csv", products),
    "number columns": ("export/part-00000", headerless_numbers), "server log": ("logs/app.log", server_log), "contract abi": ("contracts/WalletNft.json", abi), "placeholders": ("docs/README.md", decoy_texts.placeholders),
    "salted users": ("export/users.tsv", salted_users), "kakao flags": ("logs/kakao.json", decoy_texts.authentication),
}  # fmt: skip


def decoys(chance: Random) -> list[Leftover]:
    """Every decoy file once."""
    files = []
    for kind, (path, make) in FILES.items():
        page = Page(f"decoy: {kind}")
        files.append(leftover(path, make(page, chance), page))
    return files
