"""Errors under the names that scripts written for MLflow catch."""

from epochal.errors import (
    AlreadyExistsError,
    ConnectionLostError,
    EpochalError,
    InvalidParameterError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
    UnavailableError,
)
from epochal.errors import EpochalError as MlflowException

RestException = MlflowException

__all__ = [
    "AlreadyExistsError",
    "ConnectionLostError",
    "EpochalError",
    "InvalidParameterError",
    "MlflowException",
    "NotFoundError",
    "PermissionDeniedError",
    "RestException",
    "UnauthenticatedError",
    "UnavailableError",
]
