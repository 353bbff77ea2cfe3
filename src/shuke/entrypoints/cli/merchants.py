"""Which merchant a command works for."""

from typing import Annotated
from uuid import UUID

import typer

from shuke.infra.database import Database
from shuke.kernel.errors import Invalid, NotFound
from shuke.kernel.ids import Prefix, parse
from shuke.kernel.text import Text
from shuke.tenancy import service as tenancy

MerchantOption = Annotated[
    str | None, typer.Option("--merchant", help="Its id (mer_…); needed when there are several.", show_default=False)
]


class WhichMerchant(Invalid):
    text = Text("这里有多个商家，请用 --merchant 指定。", "There are several merchants. Choose one with --merchant.")


def chosen(database: Database, given: str | None) -> UUID:
    """The merchant named, or the only one there is. Raises WhichMerchant, NotFound."""
    with database.platform() as unit:
        known = tenancy.merchant_ids(unit)
    if given is None:
        if len(known) > 1:
            raise WhichMerchant
        if not known:
            raise NotFound(what="merchant")
        return known[0]
    try:
        wanted = parse(Prefix.MERCHANT, given)
    except ValueError:
        wanted = None
    if wanted not in known:
        raise NotFound(what="merchant")
    assert wanted is not None
    return wanted
