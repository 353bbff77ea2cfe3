"""How a merchant clears, which days are closed, and what came out. What is closed never changes."""

import sqlalchemy as sa

from shuke.infra.schema import tenant_key, tenant_table, timestamp

clearing_terms = tenant_table(
    "clearing_terms",
    sa.Column("since", sa.Date, nullable=True, comment="the first day that is cleared; null: when the merchant came"),
    sa.Column("stores_settle", sa.Boolean, nullable=False),
    sa.Column("merchant_funds", sa.Boolean, nullable=False),
    sa.Column("bonus_bearer", sa.Text, nullable=False, comment="issuing_store or merchant"),
    of_merchant=True,
)

clearing_days = tenant_table(
    "clearing_days",
    sa.Column("business_day", sa.Date, primary_key=True),
    sa.Column("entries", sa.BigInteger, nullable=False),
    sa.Column("late", sa.BigInteger, nullable=False, comment="entries of days that had been closed before"),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="the sum of the entries"),
    sa.Column("closed_at", timestamp(), nullable=False),
    sa.Column("horizon", sa.BigInteger, nullable=False, comment="transactions below it had all been seen then"),
    of_merchant=True,
    append_only=True,
)

clearing_facts = tenant_table(
    "clearing_facts",
    sa.Column("reference_id", sa.Uuid, primary_key=True, comment="an order, refund or refund of a top-up"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("business_day", sa.Date, nullable=False, comment="on which it was cleared"),
    sa.Column("own_day", sa.Date, nullable=False),
    tenant_key("business_day", "clearing_days"),
    append_only=True,
)
"""What has been cleared, also where nobody owes anybody for it: so that nothing is cleared twice, or forgotten."""

clearing_entries = tenant_table(
    "clearing_entries",
    sa.Column("entry_id", sa.Uuid, primary_key=True, comment="made from reference, reason and parties"),
    sa.Column("business_day", sa.Date, nullable=False),
    sa.Column("own_day", sa.Date, nullable=False),
    sa.Column("debtor", sa.Text, nullable=False),
    sa.Column("creditor", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reference_id", sa.Uuid, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="negative: taken back"),
    sa.CheckConstraint("debtor <> creditor", name="between_two"),
    sa.CheckConstraint("amount_minor <> 0", name="amount_not_zero"),
    sa.Index(None, "merchant_id", "business_day", "reference_id", "entry_id"),
    sa.Index(None, "merchant_id", "debtor", "business_day"),
    sa.Index(None, "merchant_id", "creditor", "business_day"),
    tenant_key("business_day", "clearing_days"),
    tenant_key("reference_id", "clearing_facts"),
    append_only=True,
)
