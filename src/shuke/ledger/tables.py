"""The books: append-only transactions and postings, balances the database guards, lots that expire.

Only whose a posting is may change, when two members turn out to be one, and a note may go with the member it is about;
what was posted never does.

A posting moves `amount` of one asset between a wallet and a named account of the merchant, so both sides are in
one row and each row sums to zero by construction. The merchant's side is never stored as a balance: it is the
negated sum of postings, hence no row that every checkout would fight over.

A wallet has one row of balances, a column an asset: whoever takes from it holds that one row.

Rows of one statement refer to each other by ids made for it. That they do is among the laws of the audit and not left
to foreign keys, which look row by row: they were a quarter of what expiry costs. Kept are those that a caller could get
wrong.
"""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp
from shuke.ledger.model import Asset

ledger_transactions = tenant_table(
    "ledger_transactions",
    sa.Column("transaction_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reference_id", sa.Uuid, nullable=False, comment="the order, adjustment or run that caused it"),
    sa.Column("at", timestamp(), nullable=False),
    sa.Column("note", sa.Text, nullable=True),
    sa.Column("returns_id", sa.Uuid, nullable=True, comment="the transaction that this one undoes, or part of it"),
    sa.Column("member_id", sa.Uuid, nullable=True, comment="who acted, where that is not the wallet's own member"),
    sa.UniqueConstraint("merchant_id", "reference_id", "kind"),
    sa.Index(None, "merchant_id", "returns_id", postgresql_where=sa.text("returns_id IS NOT NULL")),
    tenant_key("returns_id", "ledger_transactions", "transaction_id"),
    changeable=("member_id", "note"),
)

ledger_postings = tenant_table(
    "ledger_postings",
    sa.Column("posting_id", sa.Uuid, primary_key=True),
    sa.Column("transaction_id", sa.Uuid, nullable=False),
    sa.Column("wallet_id", sa.Uuid, nullable=False, comment="a member's, card's or family's id"),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="positive: to the wallet"),
    sa.Column("counter_account", sa.Text, nullable=False, comment="the merchant's side: earned, spent, expired, …"),
    sa.Column("at", timestamp(), nullable=False),
    sa.CheckConstraint("amount <> 0", name="amount_not_zero"),
    sa.Index(None, "merchant_id", "wallet_id", "asset", "at", postgresql_include=["amount"]),
    sa.Index(None, "merchant_id", "transaction_id"),
    changeable=("wallet_id",),
)

ledger_balances = tenant_table(
    "ledger_balances",
    sa.Column("wallet_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False, server_default="member", comment="whose: member, card or family"),
    *(sa.Column(asset.value, sa.BigInteger, nullable=False, server_default=sa.text("0")) for asset in Asset),
    *(sa.CheckConstraint(f"{asset.value} >= 0", name=f"{asset.value}_not_negative") for asset in Asset),
)

ledger_lots = tenant_table(
    "ledger_lots",
    sa.Column("lot_id", sa.Uuid, primary_key=True, comment="the posting that granted it"),
    sa.Column("wallet_id", sa.Uuid, nullable=False),
    sa.Column("asset", sa.Text, nullable=False),
    sa.Column("granted", sa.BigInteger, nullable=False),
    sa.Column("remaining", sa.BigInteger, nullable=False),
    sa.Column("earned_at", timestamp(), nullable=False),
    sa.Column("available_at", timestamp(), nullable=True, comment="cannot be spent before; null: at once"),
    sa.Column("expires_at", timestamp(), nullable=True, comment="cannot be spent from then on; null: never expires"),
    sa.Column("source_id", sa.Uuid, nullable=True, comment="the order, top-up, card or campaign that granted it"),
    sa.Column("refilled_at", timestamp(), nullable=True, comment="when something last came back to it"),
    sa.CheckConstraint("granted > 0 AND remaining BETWEEN 0 AND granted", name="remaining_within_granted"),
    sa.Index(None, "merchant_id", "wallet_id", "asset", "expires_at", postgresql_where=sa.text("remaining > 0")),
    sa.Index(None, "merchant_id", "expires_at", "wallet_id", postgresql_where=sa.text("remaining > 0")),
    deletable=False,
)

ledger_lot_uses = tenant_table(
    "ledger_lot_uses",
    sa.Column("posting_id", sa.Uuid, primary_key=True),
    sa.Column("lot_id", sa.Uuid, primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False, comment="taken from the lot; negative: given back"),
    sa.CheckConstraint("amount <> 0", name="amount_not_zero"),
    sa.Index(None, "merchant_id", "lot_id"),
    append_only=True,
)

# Balances change all the time: with room on the page a new version needs no new entry in the index. Half of the page,
# because expiry and campaigns change every row of it in one transaction.
ledger_balances.dialect_options["postgresql"]["with"] = {"fillfactor": 50}
