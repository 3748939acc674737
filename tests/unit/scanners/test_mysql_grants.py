"""`SHOW GRANTS` decides what an audit says it could not see, and whether the account is too strong."""

from __future__ import annotations

import pytest

from auditor.errors import ReadError
from auditor.model.asset import GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.scanners._db_mysql_controls import Controls
from auditor.scanners._db_mysql_grants import Grants


def of(*lines: str) -> Grants:
    return Grants([(line,) for line in lines])


def test_what_is_read_whole() -> None:
    everything = of("GRANT SELECT, SHOW VIEW ON *.* TO `bankaudit`@`%` IDENTIFIED BY PASSWORD '*AB'")
    assert everything.reads()
    assert everything.strong() == []
    one = of(
        "GRANT USAGE ON *.* TO `a`@`%`",
        "GRANT SELECT ON `my\\_db`.* TO `a`@`%`",
        "GRANT SELECT (`x`, `y`), SHOW VIEW ON `s`.`t` TO `a`@`%`",
    )
    assert not one.reads()
    assert one.reads("my_db")
    assert not one.reads("myxdb")
    assert not one.reads("s", "t"), "columns are not the table"
    assert of("GRANT SELECT ON `my%`.* TO `a`@`%`").reads("my_db", "t")
    assert of("GRANT SELECT ON `s`.`t` TO `a`@`%`").reads("s", "t")
    assert not of("GRANT SELECT ON `s`.`t` TO `a`@`%`").reads("s")
    assert of("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION").reads()


def test_what_is_too_strong() -> None:
    found = of(
        "GRANT SELECT, INSERT (`x`, `y`), UPDATE ON `s`.`t` TO `a`@`%` WITH GRANT OPTION", "GRANT `r`@`%` TO `a`@`%`"
    )
    assert found.strong() == ["GRANT OPTION on s.t", "INSERT on s.t", "UPDATE on s.t"]
    assert of("GRANT FILE, SELECT ON *.* TO `a`@`%`").strong() == ["FILE on *.*"]
    assert of("GRANT EXECUTE ON PROCEDURE `s`.`p` TO `a`@`%`").strong() == ["EXECUTE on s.p"]
    assert of("GRANT SELECT ON `s`.* TO `a`@`%`", "GRANT USAGE ON *.* TO `a`@`%`").strong() == []


def test_roles_are_told() -> None:
    found = of("GRANT `r`@`%`,`s`@`%` TO `a`@`%`", "GRANT writer TO 'a'@'%'", "GRANT SELECT ON `x`.* TO `a`@`%`")
    assert found.roles() == ["`r`@`%`", "`s`@`%`", "writer"]
    assert of("GRANT r; drop table t TO `a`@`%`").roles() == [""], "never part of a statement"


@pytest.mark.parametrize("version", ["10.3", "5.5"])
def test_passwords_of_older_mariadbs_stand_in_their_old_column(version: str) -> None:
    """Native hashes in `Password`, plugin and authentication_string empty; 5.5 has no roles."""

    def ask(query: str, _: object = ()) -> list[tuple[str, ...]]:
        if "information_schema.columns" in query:
            return [("1",)]
        if "is_role" in query:
            if version == "5.5":
                raise ReadError(GapCode.UNABLE_TO_PARSE_FILE, "Unknown column.")
            return [("readers",)]
        if "global_priv" in query:
            raise ReadError(GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "No such table.")
        return [("app", "%", "", "*AB" if "coalesce" in query else ""), ("open", "%", "", ""), ("readers", "", "", "")]

    target = DatabaseTarget(name="db", engine="mysql", host="h", user="u")
    value, detail = Controls(target, ask, maria=True)._passwords()
    if version == "5.5":
        assert (value, detail) == (None, "The accounts could not be read. Unknown column.")
    else:
        assert (value, detail) == (True, "These accounts have no password: open@%.")
