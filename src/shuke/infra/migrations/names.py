"""Which tables of the database are ours to compare and migrate."""


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """The job queue keeps its own tables; Alembic leaves them alone."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))
