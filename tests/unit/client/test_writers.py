"""The folder in which a process keeps its journal."""

import os
import tempfile
import threading
from pathlib import Path

from epochal.client.writers import WriterFolder


def test_threads_that_log_first_share_one_folder(tmp_path, capfd):
    """However many threads write their first record at once, the journal is on disk."""
    for attempt in range(20):
        journals = tmp_path / str(attempt)
        folder = WriterFolder(str(journals), "store", "target")
        start = threading.Barrier(6)
        segments = []

        def create(folder=folder, start=start, segments=segments):
            start.wait()
            segments.append(folder.create_segment(1 << 20))

        threads = [threading.Thread(target=create) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [path.name for path in journals.iterdir()] == [folder.writer]
        assert len(list((journals / folder.writer).iterdir())) == 1 + len(segments)
        for segment in segments:
            segment.close(delete=True)
        folder.close()
    assert "cannot be written" not in capfd.readouterr().err


def test_a_folder_that_somebody_else_prepared_is_not_used(tmp_path, monkeypatch, capfd):
    """The temporary folder is everybody's: a link under our name there is passed by."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "trap").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary" / f"epochal-journal-{os.getuid()}").symlink_to(tmp_path / "trap")
    (tmp_path / "file").write_text("no folder can be made below this")
    folder = WriterFolder(str(tmp_path / "file" / "journal"), "store", "target")
    segment = folder.create_segment(1 << 20)
    assert segment is not None
    assert folder.path is not None
    assert Path(folder.path).resolve().is_relative_to(tmp_path / "temporary")
    assert list((tmp_path / "trap").iterdir()) == []
    segment.close(delete=True)
    folder.close()
    capfd.readouterr()
