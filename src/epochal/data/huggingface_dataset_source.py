"""Data of the Hugging Face hub."""

from __future__ import annotations

from typing import Any, Self

from epochal.data.dataset_source import UnresolvableSource, required
from epochal.data.libraries import library
from epochal.errors import InvalidParameterError

_KEPT = ("path", "config_name", "data_dir", "data_files", "split", "revision")


class HuggingFaceDatasetSource(UnresolvableSource):
    """What `datasets.load_dataset` was told; its `name` is `config_name` here."""

    def __init__(
        self,
        path: str,
        config_name: str | None = None,
        data_dir: str | None = None,
        data_files: Any = None,
        split: Any = None,
        revision: Any = None,
        trust_remote_code: bool | None = None,  # noqa: FBT001 - MLflow's signature
    ) -> None:
        self.path = path
        self.config_name = config_name
        self.data_dir = data_dir
        self.data_files = data_files
        self.split = split
        self.revision = revision
        self.trust_remote_code = trust_remote_code

    @staticmethod
    def _get_source_type() -> str:
        return "hugging_face"

    def load(self, **further: Any) -> Any:
        """Load the dataset again, with further arguments for `datasets.load_dataset`."""
        told = {name: getattr(self, name) for name in _KEPT if name != "config_name"}
        told["name"] = self.config_name
        if self.trust_remote_code is not None:
            told["trust_remote_code"] = self.trust_remote_code
        twice = sorted(told.keys() & further.keys())
        if twice:
            raise InvalidParameterError(f"The source says already: {', '.join(twice)}")
        return library("datasets").load_dataset(**told, **further)

    def to_dict(self) -> dict[str, Any]:
        """All but the trust, which everybody decides for themselves."""
        return {**{name: getattr(self, name) for name in _KEPT}, "split": str(self.split)}

    @classmethod
    def from_dict(cls, source_dict: dict[str, Any]) -> Self:
        """The source from its JSON's fields."""
        path: str = required(source_dict, "path", cls.__name__)
        return cls(path, *(source_dict.get(name) for name in _KEPT[1:]))
