"""What is known to be about somebody, and what is not."""

import pytest

from shuke.members.erasing.marks import marks

HERS = marks(["+8613812345678", "42", "A12", None], [])


@pytest.mark.parametrize(
    "text",
    [
        '{"phone": "138 1234-5678"}',
        '{"tel": 8613812345678}',
        '{"userId": "42"}',
        '{"id": 42, "quantity": 1}',
        '{"card": "a-12"}',
    ],
)
def test_who_is_named_is_known(text: str) -> None:
    assert HERS.in_(text)


@pytest.mark.parametrize(
    "text",
    ['{"quantity": 42}', '{"note": "42 apples"}', '{"id": 421}', '{"ref": "142"}', '{"amount_minor": -42}', '""'],
)
def test_short_values_are_in_many_a_text(text: str) -> None:
    assert not HERS.in_(text)


def test_who_has_no_values_is_in_no_text() -> None:
    assert not marks([None], []).in_('{"userId": ""}')
