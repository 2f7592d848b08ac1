"""Fingerprints of data, the same as MLflow computes for the same data.

Only the first rows are hashed, with the number of all rows and the names of all columns: a
fingerprint is for recognition, and must not cost more than the training.
"""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any, cast

from epochal.data.libraries import library
from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_ROWS = 10_000
DIGEST_LENGTH = 8


def shorten(elements: Iterable[Any]) -> str:
    """Eight characters for a list of texts and arrays, in their order."""
    md5 = hashlib.md5(usedforsecurity=False)
    for element in elements:
        md5.update(element)
    return md5.hexdigest()[:DIGEST_LENGTH]


def pandas_digest(frame: Any) -> str:
    """The fingerprint of a DataFrame: of its text and number columns, and of its shape."""
    np, pd = library("numpy"), library("pandas")
    first = frame.head(MAX_ROWS)
    texts = first.columns[[_is_all_text(first.iloc[:, at]) for at in range(first.shape[1])]]
    numbers = first.select_dtypes(include=[np.number]).columns
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names of several types cannot be sorted, and need not be
        chosen = first[texts.union(numbers)]
    hashes = pd.util.hash_pandas_object(chosen).to_numpy()
    names = [str(name).encode() for name in frame.columns]
    return shorten([hashes, np.int64(len(frame)), *names])


def _is_all_text(column: Any) -> bool:
    """Whether each value is a `str`; a column without values counts as text."""
    if not len(column):
        return True
    if column.dtype.kind not in "OU":
        return False
    return set(map(type, column)) == {str}


def numpy_digest(features: Any, targets: Any = None) -> str:
    """The fingerprint of arrays, or of dictionaries of arrays by name.

    Raises:
        InvalidParameterError: something is neither.

    """
    elements: list[Any] = []
    for role, given in (("features", features), ("targets", targets)):
        if given is None:
            continue
        arrays = cast("Mapping[str, Any]", given) if isinstance(given, dict) else {"": given}
        for name in sorted(arrays):
            elements += _array_elements(arrays[name], f"{role}[{name!r}]" if name else role)
    return shorten(elements)


def _array_elements(array: Any, role: str) -> list[Any]:
    np = library("numpy")
    if not isinstance(array, np.ndarray):
        raise InvalidParameterError(
            f"{role} must be a numpy array or a dictionary of them, not a {type(array).__name__}"
        )
    return [first_hashes(array.flat[:MAX_ROWS]), *(np.int64(size) for size in array.shape)]


def first_hashes(values: Any) -> Any:
    """The hashes of values, or only their number where they cannot be hashed."""
    np, pd = library("numpy"), library("pandas")
    try:
        return pd.util.hash_array(values)
    except TypeError:
        return np.int64(values.size)


def polars_digest(frame: Any) -> str:
    """The fingerprint of a polars DataFrame: the sum of the hashes of its rows."""
    return str(frame.hash_rows().sum())
