"""Notes on what was delivered."""

from __future__ import annotations

from epochal.client.ledger import Ledger


def test_notes_are_kept_store_by_store(tmp_path):
    """What one store has, another need not have; a changed file is another file."""
    place = tmp_path / "a.txt"
    place.write_text("a")
    state = place.stat()
    ledger = Ledger(str(tmp_path), "http://one")
    assert not ledger.has_file("r/a.txt", state)
    ledger.note_file("r/a.txt", state)
    ledger.runs["ours"] = "theirs"
    ledger.writers["w/r"] = 7
    ledger.save()
    again = Ledger(str(tmp_path), "http://one")
    assert again.has_file("r/a.txt", state)
    assert (again.runs, again.writers) == ({"ours": "theirs"}, {"w/r": 7})
    assert Ledger(str(tmp_path), "http://two").writers == {}
    place.write_text("ab")
    assert not again.has_file("r/a.txt", place.stat())


def test_lost_and_damaged_notes_are_no_notes(tmp_path):
    """They save time and nothing else."""
    ledger = Ledger(str(tmp_path), "x")
    ledger.writers["w"] = 1
    ledger.save()
    (kept,) = (tmp_path / "synced").iterdir()
    for content in ("", "[]", '{"writers": '):
        kept.write_text(content)
        assert Ledger(str(tmp_path), "x").writers == {}
