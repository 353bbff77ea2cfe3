"""Tables of the pages in docs, read as cells."""

from pathlib import Path


def table(page: Path, first: str) -> list[list[str]]:
    """The cells of the page's table whose first heading is `first`."""
    lines = page.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} "))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
