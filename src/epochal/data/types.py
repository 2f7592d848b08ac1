"""Types of columns and tensors, and their spelling as MLflow's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, cast

from epochal.errors import InvalidParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class DataType(Enum):
    """What one cell of a column may hold."""

    boolean = 1
    integer = 2
    long = 3
    float = 4
    double = 5
    string = 6
    binary = 7
    datetime = 8

    def __repr__(self) -> str:
        return self.name

    def to_dict(self) -> dict[str, Any]:
        """The type by name."""
        return {"type": self.name}

    def to_numpy(self) -> Any:
        """The numpy dtype of such cells."""
        import numpy as np

        return np.dtype(_NUMPY[self])


_NUMPY = {
    DataType.boolean: "bool",
    DataType.integer: "int32",
    DataType.long: "int64",
    DataType.float: "float32",
    DataType.double: "float64",
    DataType.string: "str",
    DataType.binary: "bytes",
    DataType.datetime: "datetime64[ns]",
}


@dataclass(frozen=True, slots=True)
class AnyType:
    """Anything that JSON can spell: nothing but missing values was seen, or many kinds."""

    def to_dict(self) -> dict[str, Any]:
        """The type by name."""
        return {"type": "any"}

    def __repr__(self) -> str:
        return "Any"


@dataclass(frozen=True, slots=True)
class Array:
    """A list whose items are all of one type."""

    dtype: Kind

    def to_dict(self) -> dict[str, Any]:
        """The type of the items within."""
        return {"type": "array", "items": self.dtype.to_dict()}

    def __repr__(self) -> str:
        return f"Array({self.dtype!r})"


@dataclass(frozen=True, slots=True)
class Map:
    """An object whose values are all of one type, under any text keys."""

    value_type: Kind

    def to_dict(self) -> dict[str, Any]:
        """The type of the values within."""
        return {"type": "map", "values": self.value_type.to_dict()}

    def __repr__(self) -> str:
        return f"Map(str -> {self.value_type!r})"


@dataclass(frozen=True, slots=True)
class SparkMLVector:
    """A vector of Spark's machine learning library."""

    def to_dict(self) -> dict[str, Any]:
        """The type by name."""
        return {"type": "sparkml_vector"}

    def __repr__(self) -> str:
        return "SparkML vector"


@dataclass(frozen=True, slots=True)
class Property:
    """One named value of an object."""

    name: str
    dtype: Kind
    required: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The property under its name."""
        return {self.name: {**self.dtype.to_dict(), "required": self.required}}

    def __repr__(self) -> str:
        return f"{self.name}: {self.dtype!r} ({_need(self.required)})"


@dataclass(frozen=True, slots=True, init=False)
class Object:
    """An object with known keys; properties are kept by name."""

    properties: tuple[Property, ...]

    def __init__(self, properties: Sequence[Property]) -> None:
        names = [one.name for one in properties]
        if len(set(names)) != len(names):
            raise InvalidParameterError(f"An object has each property once; given: {names}")
        ordered = tuple(sorted(properties, key=lambda one: one.name))
        object.__setattr__(self, "properties", ordered)  # the class is frozen

    def to_dict(self) -> dict[str, Any]:
        """All properties by name."""
        spelled: dict[str, Any] = {}
        for one in self.properties:
            spelled |= one.to_dict()
        return {"type": "object", "properties": spelled}

    def __repr__(self) -> str:
        return "{" + ", ".join(map(repr, self.properties)) + "}"


Kind = DataType | AnyType | Array | Map | Object | SparkMLVector


@dataclass(frozen=True, slots=True, init=False, repr=False)
class ColSpec:
    """Name and type of one column. `required` says that no value of it is missing."""

    type: Kind
    name: Any
    required: bool

    def __init__(self, type: Kind | str, name: Any = None, required: bool = True) -> None:  # noqa: A002, FBT001, FBT002 - MLflow's signature
        object.__setattr__(self, "type", read_kind({"type": type}) if _is_text(type) else type)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "required", required)

    def to_dict(self) -> dict[str, Any]:
        """The column as MLflow spells it."""
        named = {} if self.name is None else {"name": self.name}
        return {**self.type.to_dict(), **named, "required": self.required}

    def __repr__(self) -> str:
        shown = f"{self.type!r} ({_need(self.required)})"
        return shown if self.name is None else f"{self.name!r}: {shown}"


@dataclass(frozen=True, slots=True, repr=False)
class TensorSpec:
    """Type and shape of an array; -1 stands for a size that varies."""

    type: Any  # a numpy dtype
    shape: tuple[int, ...]
    name: str | None = None

    @property
    def required(self) -> bool:
        """Tensors always are."""
        return True

    def to_dict(self) -> dict[str, Any]:
        """The tensor as MLflow spells it."""
        named = {} if self.name is None else {"name": self.name}
        info = {"dtype": self.type.name, "shape": self.shape}
        return {**named, "type": "tensor", "tensor-spec": info}

    def __repr__(self) -> str:
        shown = f"Tensor({self.type.name!r}, {self.shape!r})"
        return shown if self.name is None else f"{self.name!r}: {shown}"


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Schema:
    """The columns of a table, or the tensors of a dataset; never both."""

    inputs: list[ColSpec | TensorSpec]

    def __init__(self, inputs: Sequence[ColSpec] | Sequence[TensorSpec]) -> None:
        listed = list(inputs)
        if not listed:
            raise InvalidParameterError("A schema needs at least one column; none was given")
        unnamed = [one for one in listed if one.name is None]
        if unnamed and len(unnamed) < len(listed):
            names = [one.name for one in listed]
            raise InvalidParameterError(f"Name all inputs of a schema or none; given: {names}")
        if len({isinstance(one, TensorSpec) for one in listed}) > 1:
            raise InvalidParameterError("A schema has columns or tensors, not both")
        if unnamed and not all(one.required for one in listed):
            raise InvalidParameterError("Inputs without a name must be required")
        object.__setattr__(self, "inputs", listed)

    def __len__(self) -> int:
        return len(self.inputs)

    def __iter__(self) -> Iterator[ColSpec | TensorSpec]:
        return iter(self.inputs)

    def __repr__(self) -> str:
        return repr(self.inputs)

    def is_tensor_spec(self) -> bool:
        """Whether it describes tensors."""
        return isinstance(self.inputs[0], TensorSpec)

    def has_input_names(self) -> bool:
        """Whether its inputs have names."""
        return self.inputs[0].name is not None

    def input_names(self) -> list[Any]:
        """The names, or positions where there are none."""
        return [place if one.name is None else one.name for place, one in enumerate(self.inputs)]

    def input_types(self) -> list[Any]:
        """The type of each input, in order."""
        return [one.type for one in self.inputs]

    def to_dict(self) -> list[dict[str, Any]]:
        """The inputs as MLflow spells them."""
        return [one.to_dict() for one in self.inputs]

    def to_json(self) -> str:
        """The inputs as JSON text."""
        return json.dumps(self.to_dict(), default=str)

    @classmethod
    def from_json(cls, text: str) -> Schema:
        """Read what `to_json` spelled. Raises InvalidParameterError."""
        try:
            listed = json.loads(text)
            return cls([_read_input(one) for one in listed])
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise InvalidParameterError(f"{text[:80]!r} is no schema: {fault}") from None


def read_kind(spelled: Mapping[str, Any]) -> Kind:
    """The type that a JSON object spells. Raises InvalidParameterError for an unknown one."""
    name = spelled["type"]
    if name == "array":
        return Array(read_kind(spelled["items"]))
    if name == "map":
        return Map(read_kind(spelled["values"]))
    if name == "object":
        listed = cast("Mapping[str, Any]", spelled["properties"])
        return Object(
            [Property(n, read_kind(one), one.get("required", True)) for n, one in listed.items()]
        )
    if name == "any":
        return AnyType()
    if name == "sparkml_vector":
        return SparkMLVector()
    try:
        return DataType[name]
    except KeyError:
        known = ", ".join(one.name for one in DataType)
        raise InvalidParameterError(
            f"Unsupported type {name!r}; known are {known}, array, map, object, any"
        ) from None


def _read_input(spelled: Mapping[str, Any]) -> Any:
    if spelled["type"] != "tensor":
        return ColSpec(read_kind(spelled), spelled.get("name"), spelled.get("required", True))
    import numpy as np

    info = spelled["tensor-spec"]
    return TensorSpec(np.dtype(info["dtype"]), tuple(info["shape"]), spelled.get("name"))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _need(required: bool) -> str:  # noqa: FBT001 - shown as it is
    return "required" if required else "optional"
