"""What an audit of a live database answers: each law by name, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One law. `detail` says, when it does not hold, how many rows break it."""

    name: str
    ok: bool
    detail: str = ""


def check_of(name: str, offending: int) -> Check:
    """The check `name`, given how many rows break the law."""
    return Check(name, offending == 0, f"{offending} rows" if offending else "")
