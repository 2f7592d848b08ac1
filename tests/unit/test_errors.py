"""The tree of errors, and its journey over the wire."""

import pytest

from epochal import errors
from epochal.errors import EpochalError, from_wire

SAMPLES = [
    errors.EpochalError("m"),
    errors.InvalidParameterError("m"),
    errors.SearchSyntaxError("m", position=3),
    errors.UnknownFieldError("metrik", 2, ["metric", "param"]),
    errors.ParamChangedError("r", "k", "1", "2"),
    errors.NotActiveError("run", "r"),
    errors.InvalidPathError("../x", "it climbs"),
    errors.AlreadyExistsError("experiment", "e"),
    errors.ViewExistsError("best"),
    errors.SearchTooSlowError(30.0),
    errors.StillReadError("flights/1", ["r"]),
    errors.NotFoundError("run", "r"),
    errors.ModelNotFoundError("m"),
    errors.VersionNotFoundError("m", 3),
    errors.EndpointNotFoundError("/x"),
    errors.MethodNotAllowedError("GET", "/x", ["POST"]),
    errors.UnauthenticatedError("m"),
    errors.PermissionDeniedError("m"),
    errors.BodyTooLargeError(5),
    errors.NotSupportedError("m"),
    errors.CorruptDataError("chunk", "cut"),
    errors.UnavailableError("m"),
    errors.ConnectionLostError("m"),
]


def leaves(root):
    return {root, *(leaf for child in root.__subclasses__() for leaf in leaves(child))}


def test_every_leaf_is_sampled():
    """A new leaf of the tree without a sample below fails here; rooms may have their own."""
    tree = {leaf for leaf in leaves(EpochalError) if leaf.__module__ == "epochal.errors"}
    assert {type(sample) for sample in SAMPLES} == tree


@pytest.mark.parametrize("error", SAMPLES, ids=lambda e: type(e).__name__)
def test_a_client_rebuilds_the_same_leaf(error):
    """Type, message, code and details survive the wire."""
    payload = {
        "error_code": error.code,
        "message": error.message,
        "error_class": type(error).__name__,
        "details": error.details,
    }
    rebuilt = from_wire(payload, error.status)
    assert type(rebuilt) is type(error)
    assert (rebuilt.message, rebuilt.error_code) == (error.message, error.error_code)
    assert rebuilt.details == error.details


@pytest.mark.parametrize(
    ("code", "status", "leaf"),
    [
        ("RESOURCE_DOES_NOT_EXIST", 404, errors.NotFoundError),
        ("RESOURCE_ALREADY_EXISTS", 400, errors.AlreadyExistsError),
        ("INVALID_PARAMETER_VALUE", 400, errors.InvalidParameterError),
        ("PERMISSION_DENIED", 403, errors.PermissionDeniedError),
        ("SOMETHING_NEW", 400, EpochalError),
        ("SOMETHING_NEW", 503, errors.UnavailableError),
    ],
)
def test_errors_of_other_servers_keep_code_and_message(code, status, leaf):
    """MLflow's JSON names no leaf; the code chooses one."""
    error = from_wire({"error_code": code, "message": "their words"}, status)
    assert type(error) is leaf
    assert str(error) == "their words"
    assert error.error_code == code


def test_an_unknown_field_names_the_nearest():
    """The message points at the character and lists what is known."""
    error = errors.UnknownFieldError("start_tme", 4, ["start_time", "end_time"])
    assert "start_time" in str(error)
    assert "character 4" in str(error)
