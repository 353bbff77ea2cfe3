"""The contract of our own finds what it is for, and nothing else."""

import pytest
from grimp import ImportGraph

from scripts.contracts import FacadesContract


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("shop.orders.service", "shop.members.service", True),
        ("shop.orders.service", "shop.members.model", True),
        ("shop.orders.api.write", "shop.members.errors", True),
        ("shop.orders.service", "shop.members.store", False),
        ("shop.orders.api.write", "shop.members.tables", False),
        ("shop.orders.service", "shop.orders.store", True),
        ("shop.orders.service", "shop.base.anything", True),
        ("shop.front.wiring", "shop.members.tables", True),
        ("shop.members.service", "shop.members_model.store", False),
    ],
)
def test_domains_meet_only_through_their_facades(importer: str, imported: str, kept: bool) -> None:
    graph = ImportGraph()
    for module in (importer, imported):
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            graph.add_module(".".join(parts[:length]))
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="")
    options = {"root": "shop", "public": ["model", "errors", "service"], "open": ["base"], "above": ["front"]}
    contract = FacadesContract("facades", session_options={}, contract_options=options)
    assert contract.check(graph, verbose=False).kept is kept
