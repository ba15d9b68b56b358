"""Immutable values with named fields: what a frozen dataclass is, without the price of importing dataclasses.

That import costs more than starting Python (measured: 1.5 times as much), and each class that it makes is compiled
from source anew. Whoever commits a change would wait for both. Here a class is an ordinary class: the
annotations are its fields, and the class attributes are their defaults.
"""

from __future__ import annotations

from types import MappingProxyType

TYPE_CHECKING = False  # `typing` is not imported at run time either: a type checker takes this for True
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_):  # noqa: D103
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Frozen:
    """A value whose fields are given by position or by name. Two are equal when their fields are."""

    fields: ClassVar[Mapping[str, str]] = {}  #: name -> annotation, those of base classes first

    def __init_subclass__(cls) -> None:
        own = cls.__annotations__
        cls.fields = {**cls.fields, **{name: hint for name, hint in own.items() if "ClassVar" not in hint}}

    def __init__(self, *values: Any, **named: Any) -> None:
        if values:
            named.update(zip(self.fields, values, strict=False))
        self.__dict__.update(named)

    @classmethod
    def taking(cls, values: dict[str, Any]) -> Self:
        """Return one that takes over a mapping of its fields as it is."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made

    def replaced(self, **changes: Any) -> Self:
        """Return a copy with other values in some fields."""
        return self.taking({**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        mine, its = self.__dict__, other.__dict__
        return mine == its or all(getattr(self, name) == getattr(other, name) for name in self.fields)

    def __hash__(self) -> int:
        return hash(tuple([getattr(self, name) for name in self.fields]))

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({given})"


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Entity(Frozen):
    """A value with so many fields that they are always given by name."""


EMPTY: Mapping[Any, Any] = MappingProxyType({})  #: the default of a field that is a mapping
