"""`SHOW GRANTS` decides what an audit says it could not see, and whether the account is too strong."""

from __future__ import annotations

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
