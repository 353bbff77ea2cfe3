"""What an `identify` message tells of somebody."""

from collections.abc import Mapping

_TRAITS = "/traits/"


def traits(body: Mapping[str, object], personal: Mapping[str, object]) -> dict[str, object]:
    """Its traits by name: those in the `body`, and those that were taken out of it as `personal`, by their path."""
    told = body.get("traits")
    open_ones = dict(told) if isinstance(told, dict) else {}
    sealed = {path[len(_TRAITS) :]: value for path, value in personal.items() if path.startswith(_TRAITS)}
    whole = {path.replace("~1", "/").replace("~0", "~"): value for path, value in sealed.items() if "/" not in path}
    return {name: value for name, value in {**open_ones, **whole}.items() if value is not None}
