"""A program: settles seeded carts and says what came out, by the compiled settlement, or (`source`) by its source."""

import sys
from hashlib import sha256
from importlib.machinery import FileFinder, SourceFileLoader
from random import Random

if sys.argv[1:] == ["source"]:

    def _ours(folder: str) -> FileFinder:
        if "shuke" not in folder:
            raise ImportError
        return FileFinder(folder, (SourceFileLoader, [".py"]))

    sys.path_hooks.insert(0, _ours)
    sys.path_importer_cache.clear()

from shuke.checkout.settlement import pipeline
from shuke.checkout.settlement.index import OfferIndex
from shuke.checkout.settlement.model import Choices
from shuke.entrypoints.cli.benches import baskets

print("compiled" if not pipeline.__file__.endswith(".py") else "source")
for seed in range(150):
    random = Random(seed)
    live = OfferIndex(baskets.promotions(Random(seed % 7), 200), baskets.GROUPS)
    items = baskets.cart(random, random.randint(1, 20))
    if seed % 2:
        items = baskets.delivered(items)
    holder = baskets.member(baskets.wallet(random, random.randint(0, 8)))
    choices = Choices(points=random.randint(0, 3_000), stored_value_minor=random.randint(0, 9_000))
    quote = pipeline.quote(items, holder, choices, baskets.NEWCOMER, live, baskets.HERE)
    print(quote.payable_minor, len(quote.lines), sha256(repr(quote).encode()).hexdigest())
