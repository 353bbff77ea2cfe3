"""What of stored value goes with a member: reasons that were typed. Top-ups stay, as the books do."""

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.service import Her, Part, Stays, emptied
from shuke.stored_value.tables import top_up_refunds, top_ups


def _of_her_top_ups(unit: Unit, her: Her) -> sa.ColumnElement[bool]:
    mine = (top_ups.c.merchant_id == unit.merchant_id, top_ups.c.member_id.in_(her.names))
    return top_up_refunds.c.top_up_id.in_(sa.select(top_ups.c.top_up_id).where(*mine))


ERASES = Part(
    goes=(emptied(top_up_refunds, "reason", Text("退充值的事由", "Why top-ups were refunded"), _of_her_top_ups),),
    stays=(
        Stays(
            Text("充值与储值卡", "Top-ups and cards"),
            Text(
                "资金流水，法律要求保存；只以会员号为键。",
                "Money: the law asks for it to be kept, by her number alone.",
            ),
            ("top_ups", "top_up_refunds", "top_up_step_uses", "cards"),
        ),
    ),
    nobodys=("card_batches", "card_sales", "stored_value_policies", "top_up_ladders", "top_up_steps"),
)
