"""What publishing would touch, in JSON."""

from shuke.infra.http import View
from shuke.offers.api.terms import OfferProblem
from shuke.offers.previewing import Preview


class OfferPreview(View):
    """Products on the shelf in scope, stores, and active members in the audience; `members_at_most` when the audience
    has conditions that are only known at the till. Nothing can be published while there are `problems`."""

    problems: list[OfferProblem]
    products: int
    stores: int
    members: int
    members_at_most: bool

    @classmethod
    def of(cls, preview: Preview) -> "OfferPreview":
        return cls(
            problems=[OfferProblem.of(problem) for problem in preview.problems],
            products=preview.products,
            stores=preview.stores,
            members=preview.members,
            members_at_most=preview.members_at_most,
        )
