"""What of derived sums goes with a member: nothing. They are of orders, which stay."""

from shuke.kernel.text import Text
from shuke.members.service import Part, Stays

ERASES = Part(
    stays=(
        Stays(
            Text("消费合计", "Sums of what was bought"),
            Text("由订单得出；只以会员号为键。", "They follow from orders, by her number alone."),
            ("insight_members",),
        ),
    ),
    nobodys=("insight_progress", "insight_category_days", "insight_products"),
)
