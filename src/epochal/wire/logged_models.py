"""Requests about logged models, MLflow 3's models that belong to an experiment."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from epochal.wire.decoding import Message


class SearchLoggedModels(Message):
    """A filter over the logged models of some experiments."""

    REQUIRED: ClassVar[tuple[str, ...]] = ("experiment_ids",)
    experiment_ids: list[str] = msgspec.field(default_factory=list[str])
    filter: str = ""
