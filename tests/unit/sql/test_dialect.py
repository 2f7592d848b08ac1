from __future__ import annotations

import pytest

CASES = [
    ("Straße", "stra%", False, True),
    ("Straße", "Stra%", True, True),
    ("ÉCOLE", "école", False, True),
    ("ключ", "КЛЮ_", False, True),
    ("a_b", "a_b", True, True),
    ("100%", "100%", True, True),
    ("a\\b", "a\\b", True, True),  # a backslash is a letter like any other
    ("axb", "a\\xb", False, False),
    ("", "%", True, True),
    ("x", "", False, False),
]


@pytest.mark.parametrize(("text", "pattern", "like", "ilike"), CASES)
def test_like_minds_case_and_ilike_does_not(any_database, text, pattern, like, ilike):
    """LIKE compares to the letter, ILIKE in any alphabet without case; nothing is escaped."""
    dialect = any_database.dialect
    sql = f"SELECT {dialect.like('t.x')}, {dialect.ilike('t.x')} FROM (SELECT ? AS x) AS t"
    if dialect.name == "postgresql":
        sql = sql.replace("? AS x", 'CAST(? AS text) COLLATE "C" AS x')
    # The value stands behind the patterns in the text, but its subselect comes last.
    with any_database.read() as connection:
        row = connection.execute(sql, (pattern, pattern, text))[0]
    assert (bool(row[0]), bool(row[1])) == (like, ilike)


@pytest.mark.parametrize("count", [0, 1, 100_000])
def test_any_number_of_values_is_one_parameter(any_database, count):
    """`among` takes none, one or a hundred thousand values."""
    dialect = any_database.dialect
    with any_database.read() as connection:
        rows = connection.execute(
            f"SELECT id FROM experiments WHERE {dialect.among('id')}",
            (dialect.many(range(count)),),
        )
    assert [row[0] for row in rows] == ([0] if count else [])


def test_values_of_text_are_compared_to_the_letter(any_database):
    """`among` works for text, quotes and other alphabets included."""
    dialect = any_database.dialect
    with any_database.read() as connection:
        rows = connection.execute(
            f"SELECT name FROM experiments WHERE {dialect.among('name')}",
            (dialect.many(["'", '"', "日本", "default", "Default"]),),
        )
    assert rows == [("Default",)]
