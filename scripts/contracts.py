"""An import contract of our own: domains meet only where each has chosen to be met.

import-linter's `protected` can name who may import a module, but not "every module except these three"; listing
the others by hand would let each new file slip through.
"""

from collections.abc import Iterator, Set

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FacadesContract(Contract):
    """From another child of `root`, only the modules named `public` of a child may be imported.

    `open` children may be imported anywhere in; `above` children (they put the others together) may import
    anything.
    """

    type_name = "facades"

    root = fields.StringField()
    public = fields.ListField(subfield=fields.StringField())
    open = fields.ListField(subfield=fields.StringField())
    above = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        links = sorted(self._forbidden(graph))
        return ContractCheck(kept=not links, metadata={"links": links})

    def render_broken_contract(self, check: ContractCheck) -> None:
        output.print_error(f"Across domains only {', '.join(_strings(self.public))} may be imported:", bold=False)
        for importer, imported in check.metadata["links"]:
            output.print_error(f"- {importer} -> {imported}", bold=False)
        output.new_line()

    def _forbidden(self, graph: ImportGraph) -> Iterator[tuple[str, str]]:
        above, opened = self._children(self.above), self._children(self.open)
        for domain in graph.find_children(str(self.root)) - above - opened:
            public = {f"{domain}.{name}" for name in _strings(self.public)}
            for module in graph.find_descendants(domain):
                if not _within(module, public):
                    importers = graph.find_modules_that_directly_import(module)
                    yield from ((importer, module) for importer in importers if not _within(importer, {domain, *above}))

    def _children(self, names: object) -> set[str]:
        return {f"{self.root}.{name}" for name in _strings(names)}


def _within(module: str, packages: Set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _strings(values: object) -> list[str]:
    assert isinstance(values, list)
    return [str(value) for value in values]
