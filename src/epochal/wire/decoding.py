"""From the bytes of a request to a typed message, as leniently as MLflow and no more.

A message is decoded by msgspec in one go when it is spelled as our own structs are. Whatever
is spelled otherwise takes the slow path: camelCase names, numbers as text, NaN tokens,
unknown fields, a body that is a JSON text of JSON.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, Union, cast, get_args, get_origin

import msgspec

from epochal.errors import InvalidParameterError
from epochal.wire.numbers import Int64, read_double, read_int64

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_KINDS = {dict: "object", list: "list", str: "string", bool: "boolean", int | float: "number"}
_SHOWN = 80  # characters of a wrong value that an error repeats


class Message(
    msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False
):
    """What a client asks. Absent and null fields have their defaults.

    Fields in `REQUIRED` must be there and not be empty.
    """

    REQUIRED: ClassVar[tuple[str, ...]] = ()


M = TypeVar("M", bound=Message)


def decode_body(message: type[M], body: bytes) -> M:
    """The message that a JSON body spells.

    Raises:
        InvalidParameterError: no JSON, a wrong type, a required field absent or empty.

    """
    if not body:
        return _checked(message())
    try:
        return _checked(_decoder(message).decode(body))
    except RecursionError:
        raise InvalidParameterError("The request body is nested too deeply") from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _checked(conform(message, parse_object(body)))


def decode_query(message: type[M], query: Mapping[str, Sequence[str]]) -> M:
    """The message that a query string spells: repeated keys for lists, snake_case only."""
    plan = _plan(message)
    given = {
        slot.name: list(query[slot.name]) if slot.is_list else query[slot.name][0]
        for slot in plan
        if query.get(slot.name)
    }
    return _checked(conform(message, given))


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body, also if it was encoded twice as old clients do.

    Raises:
        InvalidParameterError: it is no JSON, with the position; or no object.

    """
    parsed = _parse(body)
    if isinstance(parsed, str):
        parsed = _parse(parsed.encode("utf-8", "surrogatepass"))
    if not isinstance(parsed, dict):
        raise InvalidParameterError(
            f'The request body must be a JSON object such as {{"key": "value"}}; '
            f"a {_kind(parsed)} was given"
        )
    return cast("dict[str, Any]", parsed)


def _parse(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8"))
    except RecursionError:
        raise InvalidParameterError("The request body is nested too deeply") from None
    except UnicodeDecodeError as fault:
        raise InvalidParameterError(
            f"The request body is no UTF-8: {fault.reason} at byte {fault.start}"
        ) from None
    except ValueError as fault:  # JSONDecodeError, and integers of thousands of digits
        raise InvalidParameterError(f"The request body is no JSON: {fault}") from None


def conform(message: type[M], given: Mapping[str, Any], path: str = "") -> M:
    """Build a message from a parsed object, reading each field as leniently as MLflow does.

    Raises:
        InvalidParameterError: a value of the wrong type, or one field in two spellings.

    """
    values: dict[str, Any] = {}
    for slot in _plan(message):
        raw = given.get(slot.name)
        if slot.camel != slot.name and slot.camel in given:
            if slot.name in given:
                raise InvalidParameterError(
                    f"The field {path}{slot.name} is given twice, as {slot.name!r} and as "
                    f"{slot.camel!r}; give one of them"
                )
            raw = given[slot.camel]
        if raw is not None:
            values[slot.name] = slot.read(raw, path + slot.name)
    return message(**values)


def missing(field: str) -> InvalidParameterError:
    """The error for a required field that is absent or empty."""
    return InvalidParameterError(
        f"Missing value for required parameter '{field}'. See the API docs for more "
        "information about request parameters."
    )


def _checked(message: M) -> M:
    for field in message.REQUIRED:
        value = getattr(message, field)
        if value is None or value in ("", []):
            raise missing(field)
    return message


@cache
def _decoder(message: type[M]) -> msgspec.json.Decoder[M]:
    return msgspec.json.Decoder(message)


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    camel: str
    is_list: bool
    read: Callable[[Any, str], Any]


@cache
def _plan(message: type[Message]) -> tuple[_Slot, ...]:
    """How each field of a message is read, worked out once per type."""
    slots: list[_Slot] = []
    for field in msgspec.structs.fields(message):
        head, *rest = field.name.split("_")
        camel = head + "".join(part.capitalize() for part in rest)
        is_list = get_origin(field.type) is list
        slots.append(_Slot(field.name, camel, is_list, _reader(field.type)))
    return tuple(slots)


def _reader(annotation: Any) -> Callable[[Any, str], Any]:
    for known, read in _READERS:
        if annotation == known:
            return read
    origin = get_origin(annotation)
    if origin is list:
        return _list_reader(_reader(get_args(annotation)[0]))
    if origin is dict:
        return _texts if get_args(annotation)[1] is str else _object
    if origin in {Union, UnionType}:
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return _reader(kinds[0]) if len(kinds) == 1 else _choice
    if isinstance(annotation, type) and issubclass(annotation, Message):
        return _message_reader(annotation)
    raise TypeError(f"No field of a message may have the type {annotation!r}")


def _text(given: Any, path: str) -> str:
    if not isinstance(given, str):
        raise _wrong(path, given, "a string")
    try:
        given.encode()
    except UnicodeEncodeError:
        raise _wrong(path, given, "valid Unicode without lone surrogates") from None
    return given


def _integer(given: Any, path: str) -> int:
    value = read_int64(given)
    if value is None:
        raise _wrong(path, given, "a whole number that fits into 64 bits")
    return value


def _double(given: Any, path: str) -> float:
    value = read_double(given)
    if value is None:
        raise _wrong(path, given, "a number, or one of 'NaN', 'Infinity', '-Infinity'")
    return value


def _choice(given: Any, path: str) -> str | int:
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise _wrong(path, given, "a name or its number")
    return given


def _texts(given: Any, path: str) -> dict[str, str]:
    if not isinstance(given, dict):
        raise _wrong(path, given, "an object of strings")
    items = cast("dict[str, Any]", given).items()
    return {_text(key, path): _text(value, f"{path}.{key}") for key, value in items}


def _object(given: Any, path: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _wrong(path, given, "an object")
    return cast("dict[str, Any]", given)


def _boolean(given: Any, path: str) -> bool:
    if isinstance(given, bool):
        return given
    if given in {"true", "false"}:
        return given == "true"
    raise _wrong(path, given, "true or false")


_READERS: tuple[tuple[Any, Callable[[Any, str], Any]], ...] = (
    (str, _text),
    (Int64, _integer),
    (int, _integer),
    (float, _double),
    (bool, _boolean),
)


def _list_reader(read: Callable[[Any, str], Any]) -> Callable[[Any, str], list[Any]]:
    def read_list(given: Any, path: str) -> list[Any]:
        if not isinstance(given, list):
            raise _wrong(path, given, "a list")
        items = cast("list[Any]", given)
        return [read(item, f"{path}[{place}]") for place, item in enumerate(items)]

    return read_list


def _message_reader(message: type[Message]) -> Callable[[Any, str], Message]:
    def read_message(given: Any, path: str) -> Message:
        if not isinstance(given, dict):
            raise _wrong(path, given, "an object")
        return conform(message, cast("dict[str, Any]", given), f"{path}.")

    return read_message


def _wrong(path: str, given: object, expected: str) -> InvalidParameterError:
    shown = ascii(given) if isinstance(given, str) else json.dumps(given, default=str)
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}…"
    return InvalidParameterError(
        f"Invalid value {shown} for parameter '{path}' supplied: it must be {expected}, "
        f"not a {_kind(given)}"
    )


def _kind(given: object) -> str:
    for kind, name in _KINDS.items():
        if isinstance(given, kind):
            return name
    return "null"
