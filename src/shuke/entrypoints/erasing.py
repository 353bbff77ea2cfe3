"""What an erasure does to all that a merchant keeps, put together from what each domain says of its own; and to what
lies below the domains: answers kept for retries, rows that imports refused."""

from shuke.audience import service as audience
from shuke.checkout import service as checkout
from shuke.events import service as events
from shuke.infra.idempotency import idempotency_keys
from shuke.infra.imports.tables import import_rejects
from shuke.insight import service as insight
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.service import ErasingPlan, Part, Stays, opened
from shuke.offers import service as offers
from shuke.stored_value import service as stored_value

_BELOW = Part(
    goes=(
        opened(
            idempotency_keys,
            "answer_cipher",
            Text("为重试保留的应答", "Answers kept for retries"),
            lambda unit, sealed: unit.open("idempotency", sealed),
            emptied_to=b"",  # the key stays used: what was done once is not done again
        ),
        opened(
            import_rejects,
            "row_cipher",
            Text("导入时被拒绝的行", "Rows that imports refused"),
            lambda unit, sealed: unit.open("import_row", sealed),
        ),
    ),
    stays=(
        Stays(
            Text("操作日志与业务事件", "The audit log, and what happened"),
            Text(
                "证明谁做了什么；其中没有个人信息，人工填写的事由已清除。",
                "Proof of who did what; nothing personal is in it, and what people typed is taken out.",
            ),
            ("audit_log", "domain_events"),
        ),
        Stays(
            Text("上传的导入文件", "Files that were uploaded"),
            Text("加密保存，7 天后自动删除。", "They are sealed, and go by themselves after seven days."),
            ("uploads", "imports"),
        ),
    ),
    nobodys=(
        "api_keys",
        "categories",
        "import_chunks",
        "lake_exports",
        "merchant_versions",
        "merchants",
        "products",
        "regions",
        "staff",
        "staff_stores",
        "stores",
    ),
)

ERASING = ErasingPlan(
    (
        checkout.ERASES,
        offers.ERASES,
        loyalty.ERASES,
        stored_value.ERASES,
        ledger.ERASES,
        audience.ERASES,
        insight.ERASES,
        events.ERASES,
        _BELOW,
        members.ERASES,
    )
)
"""Orders are held before balances, as whoever refunds holds them; members come last, by whom the others find hers."""
