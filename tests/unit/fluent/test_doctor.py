"""What one is asked for when reporting a problem."""

from __future__ import annotations


def test_secrets_are_never_shown(store, monkeypatch, capsys):
    """Versions and settings are printed, passwords and tokens are not."""
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "hunter2")
    monkeypatch.setenv("EPOCHAL_EXIT_GRACE_S", "3.5")
    store.doctor()
    shown = capsys.readouterr().out
    assert "EPOCHAL_EXIT_GRACE_S: 3.5" in shown
    assert "hunter2" not in shown
    store.doctor(mask_envs=True)
    assert "3.5" not in capsys.readouterr().out
