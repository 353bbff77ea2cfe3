"""Bodies as plain documents: what `publishing.reading` builds from."""

from typing import Any

from pydantic import BaseModel


def plain(value: Any) -> Any:
    """`value` as mappings and lists; ids stay ids, where the model's own dump would show them."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
