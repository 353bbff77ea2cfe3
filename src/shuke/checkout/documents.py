"""Adjustments and tenders as the JSON that orders keep.

An adjustment is `{"stage", "amount_minor", "rule", "funder", "party"?, "params"?}`; a Text in the parameters is
`{"zh", "en"}`. The words are not stored: they are made from rule and parameters (`settlement/reasons.py`).
A tender is `{"kind", "amount_minor", "reference"?, "payment_id"?}`, a payment of a line
`{"instrument", "amount_minor", "wallet_id"}`.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from shuke.checkout.model import EarnedByLine, Instrument, Share, Tender, TenderKind
from shuke.checkout.settlement.model import Adjustment, Stage
from shuke.kernel.text import Text
from shuke.offers.model import Funder


def adjustment_documents(adjustments: Iterable[Adjustment]) -> list[dict[str, Any]]:
    return [_adjustment_document(adjustment) for adjustment in adjustments]


def read_adjustments(documents: Iterable[Mapping[str, Any]]) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(
            Stage(document["stage"]),
            document["amount_minor"],
            document["rule"],
            Funder(document["funder"]),
            {name: _read_param(value) for name, value in document.get("params", {}).items()},
            document.get("party"),
        )
        for document in documents
    )


def tender_documents(tenders: Iterable[Tender]) -> list[dict[str, Any]]:
    return [
        {"kind": str(tender.kind), "amount_minor": tender.amount_minor}
        | ({"reference": tender.reference} if tender.reference else {})
        | ({"payment_id": str(tender.payment_id)} if tender.payment_id else {})
        for tender in tenders
    ]


def read_tenders(documents: Iterable[Mapping[str, Any]]) -> tuple[Tender, ...]:
    return tuple(
        Tender(
            TenderKind(document["kind"]),
            document["amount_minor"],
            document.get("reference"),
            UUID(document["payment_id"]) if "payment_id" in document else None,
        )
        for document in documents
    )


def share_documents(shares: Iterable[Share]) -> list[dict[str, Any]]:
    return [
        {
            "instrument": str(share.instrument),
            "amount_minor": share.amount_minor,
            "wallet_id": str(share.wallet_id),
        }
        for share in shares
    ]


def read_shares(documents: Iterable[Mapping[str, Any]]) -> tuple[Share, ...]:
    return tuple(
        Share(Instrument(document["instrument"]), document["amount_minor"], UUID(document["wallet_id"]))
        for document in documents
    )


def earned_document(earned: EarnedByLine) -> dict[str, Any]:
    """`{"points": [of each line], "growth": [...]}`, what is nothing left out."""
    return {name: list(part) for name, part in (("points", earned.points), ("growth", earned.growth)) if any(part)}


def read_earned(document: Mapping[str, Any]) -> EarnedByLine:
    return EarnedByLine(tuple(document.get("points", ())), tuple(document.get("growth", ())))


def _adjustment_document(adjustment: Adjustment) -> dict[str, Any]:
    document: dict[str, Any] = {
        "stage": str(adjustment.stage),
        "amount_minor": adjustment.amount_minor,
        "rule": adjustment.rule,
        "funder": str(adjustment.funder),
    }
    if adjustment.party is not None:
        document["party"] = adjustment.party
    if adjustment.params:
        document["params"] = {name: _param_document(value) for name, value in adjustment.params.items()}
    return document


def _param_document(value: str | int | Text) -> object:
    return {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value


def _read_param(value: Any) -> str | int | Text:
    return Text(value["zh"], value["en"]) if isinstance(value, Mapping) else value
