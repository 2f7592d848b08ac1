"""Printing rows for people."""

from epochal.cli.tables import print_fields, print_json, print_table


def test_columns_are_as_wide_as_their_widest_cell(capsys):
    """No space is left at the end of a line."""
    print_table(("A", "Long"), [("wide", "x")])
    assert capsys.readouterr().out == "A     Long\n----  ----\nwide  x\n"


def test_an_empty_table_has_headings(capsys):
    """And nothing below."""
    print_table(("A",), [])
    assert capsys.readouterr().out == "A\n-\n"


def test_fields_are_aligned(capsys):
    """One a line."""
    print_fields({"A": "1", "Long": ""})
    assert capsys.readouterr().out == "A   : 1\nLong:\n"


def test_json_keeps_unicode(capsys):
    """People read it too."""
    print_json({"b": "ü", "a": 1})
    assert capsys.readouterr().out == '{\n  "a": 1,\n  "b": "ü"\n}\n'
