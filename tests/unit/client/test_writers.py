"""The folder in which a process keeps its journal."""

import threading

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
