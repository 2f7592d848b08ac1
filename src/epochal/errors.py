"""Every error that Epochal raises, as one tree.

EpochalError                      INTERNAL_ERROR             500
├── InvalidParameterError         INVALID_PARAMETER_VALUE    400
│   ├── SearchSyntaxError
│   │   └── UnknownFieldError
│   ├── ParamChangedError
│   ├── NotActiveError
│   ├── SearchTooSlowError
│   └── InvalidPathError
├── AlreadyExistsError            RESOURCE_ALREADY_EXISTS    400
│   └── ViewExistsError                                      409
├── StillReadError                RESOURCE_CONFLICT          409
├── NotFoundError                 RESOURCE_DOES_NOT_EXIST    404
│   ├── ModelNotFoundError
│   └── VersionNotFoundError
├── EndpointNotFoundError         ENDPOINT_NOT_FOUND         404
├── MethodNotAllowedError         ENDPOINT_NOT_FOUND         405
├── UnauthenticatedError          UNAUTHENTICATED            401
├── PermissionDeniedError         PERMISSION_DENIED          403
├── BodyTooLargeError             INVALID_PARAMETER_VALUE    413
├── NotSupportedError             NOT_IMPLEMENTED            501
├── CorruptDataError              DATA_LOSS                  500
├── UnavailableError              TEMPORARILY_UNAVAILABLE    503
└── ConnectionLostError           TEMPORARILY_UNAVAILABLE    503   (raised by clients only)

Each leaf knows its wire code and HTTP status and keeps the values that explain it in
`details`, so that a client rebuilds the very same leaf from the server's JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class EpochalError(Exception):
    """Something went wrong; the message says what, with which value, and what would be right."""

    code: ClassVar[str] = "INTERNAL_ERROR"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details: dict[str, Any] = details or {"message": message}
        self.error_code = self.code

    def get_http_status_code(self) -> int:
        """The HTTP status that a server answers this error with."""
        return self.status


class InvalidParameterError(EpochalError):
    """A value that the caller gave is not acceptable."""

    code = "INVALID_PARAMETER_VALUE"
    status = 400


class SearchSyntaxError(InvalidParameterError):
    """A filter or an ordering cannot be understood; `position` is the character it breaks at.

    With the `text` it stands in, the message shows the place; `reason` is the message without.
    """

    def __init__(self, message: str, position: int, text: str = "", end: int = 0) -> None:
        super().__init__(message, position=position, text="", end=0)
        self.details["message"] = message
        self.reason = message
        self.end = position
        self.position = position
        self.point(text, end)

    def point(self, text: str, end: int) -> None:
        """Show where in `text` it breaks, from `position` to before `end`."""
        if text:
            self.end = end
            self.details |= {"text": text, "end": end}
            self.message = f"{self.reason}\n{_pointer(text, self.position, end)}"
            self.args = (self.message,)


class UnknownFieldError(SearchSyntaxError):
    """A filter names a field that this kind of entity does not have."""

    def __init__(
        self,
        field: str,
        position: int,
        known: Sequence[str],
        entity: str = "attribute",
        advice: str = "",
        text: str = "",
        end: int = 0,
    ) -> None:
        nearest = closest(field, known)
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        super().__init__(
            f"Invalid {entity} key '{field}' specified. Valid keys are {list(known)} "
            f"(at character {position}).{hint}{' ' + advice if advice else ''}",
            position,
        )
        self.details = {
            "field": field,
            "position": position,
            "known": list(known),
            "entity": entity,
            "advice": advice,
            "text": "",
            "end": 0,
        }
        self.field = field
        self.point(text, end)


class ParamChangedError(InvalidParameterError):
    """A param is written once; a second, different value is refused."""

    def __init__(self, run_id: str, key: str, old: str, new: str) -> None:
        super().__init__(
            f"Changing param values is not allowed. Param with key='{key}' was already logged "
            f"with value='{old}' for run ID='{run_id}'. Attempted logging new value '{new}'.",
            run_id=run_id,
            key=key,
            old=old,
            new=new,
        )


class NotActiveError(InvalidParameterError):
    """A deleted experiment or run takes no writes until it is restored."""

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(
            f"The {kind} {identifier} must be in the 'active' state. "
            f"Current state is deleted; restore it first.",
            kind=kind,
            identifier=identifier,
        )


class SearchTooSlowError(InvalidParameterError):
    """A search took longer than this store allows and was stopped.

    Not a 503, which clients try again: the same search would take as long again.
    """

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"The search took longer than {limit_s:g} seconds and was stopped; search fewer "
            "experiments, leave out regular expressions and functions of metrics, or let the "
            "administrator raise EPOCHAL_SEARCH_TIMEOUT_S",
            limit_s=limit_s,
        )


class InvalidPathError(InvalidParameterError):
    """An artifact path tries to leave its root or is spelled in a way that could."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Invalid path {path!r}: {reason}", path=path, reason=reason)


class AlreadyExistsError(EpochalError):
    """The name is taken."""

    code = "RESOURCE_ALREADY_EXISTS"
    status = 400

    def __init__(self, kind: str, name: str, hint: str = "") -> None:
        super().__init__(
            f"{kind} {name!r} already exists.{' ' + hint if hint else ''}",
            kind=kind,
            name=name,
            hint=hint,
        )


class ViewExistsError(AlreadyExistsError):
    """Another view for the same experiments has the name; nobody could tell the two apart."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__("view", name, "Choose another name, or update the view that has it.")
        self.details = {"name": name}


class StillReadError(EpochalError):
    """Runs say that they read it; without it nobody could tell what they were trained on."""

    code = "RESOURCE_CONFLICT"
    status = 409

    def __init__(self, dataset: str, run_ids: Sequence[str]) -> None:
        shown = ", ".join(run_ids[:5]) + (", …" if len(run_ids) > 5 else "")  # noqa: PLR2004
        super().__init__(
            f"The dataset {dataset!r} is still an input of {len(run_ids)} runs ({shown}); "
            "delete these runs first",
            dataset=dataset,
            run_ids=list(run_ids),
        )


class NotFoundError(EpochalError):
    """There is no such thing here."""

    code = "RESOURCE_DOES_NOT_EXIST"
    status = 404

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(f"No {kind} {identifier!r} exists", kind=kind, identifier=identifier)


class ModelNotFoundError(NotFoundError):
    """No registered model has the name. The message is MLflow's, which people match."""

    def __init__(self, name: str) -> None:
        super().__init__("registered model", name)
        self.details = {"name": name}
        self.message = f"Registered Model with name={name} not found"
        self.args = (self.message,)


class VersionNotFoundError(NotFoundError):
    """A registered model has no such version. The message is MLflow's, which people match."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__("model version", f"{name}/{version}")
        self.details = {"name": name, "version": version}
        self.message = f"Model Version (name={name}, version={version}) not found"
        self.args = (self.message,)


class EndpointNotFoundError(EpochalError):
    """The server has no such address."""

    code = "ENDPOINT_NOT_FOUND"
    status = 404

    def __init__(self, path: str) -> None:
        super().__init__(f"There is no endpoint {path!r} on this server", path=path)


class MethodNotAllowedError(EpochalError):
    """The address exists, but not for this HTTP method."""

    code = "ENDPOINT_NOT_FOUND"
    status = 405

    def __init__(self, method: str, path: str, allowed: Sequence[str]) -> None:
        super().__init__(
            f"{method} is not allowed on {path!r}; allowed: {', '.join(allowed)}",
            method=method,
            path=path,
            allowed=list(allowed),
        )


class UnauthenticatedError(EpochalError):
    """Nobody is logged in, or the credentials are wrong."""

    code = "UNAUTHENTICATED"
    status = 401


class PermissionDeniedError(EpochalError):
    """The caller may not do this, or the request does not come from where it must."""

    code = "PERMISSION_DENIED"
    status = 403


class BodyTooLargeError(EpochalError):
    """A request body is larger than this endpoint takes."""

    code = "INVALID_PARAMETER_VALUE"
    status = 413

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            f"The request body is larger than the limit of {limit_bytes} bytes for this endpoint",
            limit_bytes=limit_bytes,
        )


class NotSupportedError(EpochalError):
    """The server, as it is configured, cannot do that."""

    code = "NOT_IMPLEMENTED"
    status = 501


class CorruptDataError(EpochalError):
    """What the store kept is damaged; the disk or another program changed it."""

    code = "DATA_LOSS"
    status = 500

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(f"The store holds a damaged {what}: {reason}", what=what, reason=reason)


class UnavailableError(EpochalError):
    """The store is busy or unreachable; the same request may work in a moment."""

    code = "TEMPORARILY_UNAVAILABLE"
    status = 503


class ConnectionLostError(EpochalError):
    """The server could not be reached, or the line broke before it answered."""

    code = "TEMPORARILY_UNAVAILABLE"
    status = 503


_POINTER_WIDTH = 72  # characters of a text that are shown around a fault


def _pointer(text: str, position: int, end: int) -> str:
    """The part of a text around a fault, and below it a line of carets."""
    start = max(0, min(position - _POINTER_WIDTH // 2, len(text) - _POINTER_WIDTH))
    shown = text[start : start + _POINTER_WIDTH]
    line = "".join(character if character.isprintable() else " " for character in shown)
    before, after = "…" if start else " ", "…" if start + _POINTER_WIDTH < len(text) else ""
    width = max(1, min(end - position, _POINTER_WIDTH - (position - start)))
    return f" {before}{line}{after}\n  {' ' * (position - start)}{'^' * width}"


def closest(word: str, known: Sequence[str], cutoff: float = 0.6) -> str | None:
    """The known word nearest to a mistyped one, or None if none comes near.

    `cutoff` is how alike they have to be, from 0 to 1.
    """
    from difflib import get_close_matches  # costs every start, and is for mistakes only

    found = get_close_matches(word, known, n=1, cutoff=cutoff)
    return found[0] if found else None


def _leaves(root: type[EpochalError]) -> dict[str, type[EpochalError]]:
    found = {root.__name__: root}
    for child in root.__subclasses__():
        found |= _leaves(child)
    return found


def from_wire(payload: Mapping[str, Any], status: int) -> EpochalError:
    """The error that a server's JSON describes: our own leaf where it names one.

    MLflow's servers name no leaf; theirs is chosen by `error_code` and keeps the message.
    """
    message = str(payload.get("message") or payload.get("error_code") or f"HTTP {status}")
    details = cast("dict[str, Any] | None", payload.get("details"))
    leaf = _leaves(EpochalError).get(str(payload.get("error_class")))
    if leaf is not None and details:
        try:
            return leaf(**details)
        except TypeError:  # a newer server's leaf knows fields that this client does not
            pass
    return _foreign(str(payload.get("error_code") or "INTERNAL_ERROR"), message, status)


def _foreign(code: str, message: str, status: int) -> EpochalError:
    plain = (
        InvalidParameterError,
        UnauthenticatedError,
        PermissionDeniedError,
        NotSupportedError,
        UnavailableError,
    )
    for leaf in plain:
        if leaf.code == code:
            return leaf(message)
    error: EpochalError
    if code == NotFoundError.code:
        error = NotFoundError("resource", "")
    elif code == AlreadyExistsError.code:
        error = AlreadyExistsError("Resource", "")
    else:
        error = (
            UnavailableError(message) if status in {429, 502, 503, 504} else EpochalError(message)
        )
    error.message, error.args, error.error_code = message, (message,), code
    return error
