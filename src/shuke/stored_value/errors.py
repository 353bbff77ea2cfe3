"""What stored value refuses. Nothing is written when it does, except that a wrong PIN counts."""

from shuke.kernel.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from shuke.kernel.text import Text


class LadderNotFound(NotFound):
    text = Text("没有找到该充值档位方案。", "No such top-up ladder.")


class TopUpNotFound(NotFound):
    text = Text("没有找到该充值记录。", "No such top-up.")


class CardNotFound(NotFound):
    text = Text("没有找到该卡。", "No such card.")


class CardBatchNotFound(NotFound):
    text = Text("没有找到该制卡批次。", "No such batch of cards.")


class LadderNotRight(Invalid):
    """`fields` says what contradicts what."""

    text = Text("档位设置有 {count} 处矛盾，请修改后重试。", "The steps contradict each other in {count} places.")

    def __init__(self, fields: tuple[FieldProblem, ...]) -> None:
        super().__init__(fields=fields, count=len(fields))


class AmountNotOffered(Invalid):
    text = Text(
        "充值金额须在 {least} 到 {most} 之间。",
        "Pay in between {least} and {most}.",
    )

    def __init__(self, least: str, most: str) -> None:
        problem = Text(f"请输入 {least} 到 {most} 之间的金额。", f"Enter an amount from {least} to {most}.")
        super().__init__(fields=(FieldProblem("amount_minor", problem),), least=least, most=most)


class OnlySteps(Invalid):
    text = Text("只能按档位金额充值：{amounts}。", "Only the amounts of the steps can be paid in: {amounts}.")

    def __init__(self, amounts: str) -> None:
        problem = Text(f"请选择：{amounts}。", f"Choose one of {amounts}.")
        super().__init__(fields=(FieldProblem("amount_minor", problem),), amounts=amounts)


class TendersDiffer(Invalid):
    text = Text("收款合计 {given} 与应收 {due} 不符。", "Tenders come to {given}, due is {due}. Correct the tenders.")

    def __init__(self, given: str, due: str) -> None:
        problem = Text(f"合计应为 {due}。", f"Must add up to {due}.")
        super().__init__(fields=(FieldProblem("tenders", problem),), given=given, due=due)


class MemberMayNotTopUp(Conflict):
    text = Text("该会员已被停用，不能充值。", "This member is blocked and cannot pay in.")


class BalanceTooHigh(Conflict):
    text = Text(
        "充值后余额将达 {balance}，超过上限 {most}。请减少充值金额。",
        "The balance would be {balance}, above the limit of {most}. Pay in less.",
    )


class BonusChanged(Conflict):
    text = Text(
        "赠送金额已变为 {bonus}（原为 {expected}），请与顾客确认后重试。",
        "The bonus is now {bonus}, not {expected}. Tell the customer, then try again.",
    )


class StepUsedUp(Conflict):
    text = Text(
        "该档位赠送次数刚刚用完，请重新预览后再充值。",
        "The bonus of this step was just used up. Look at the preview again.",
    )


class TopUpRefTaken(Conflict):
    text = Text("外部单号 {ref} 已经充值过。", "The external number {ref} was paid in already.")


class NothingToRefund(Conflict):
    text = Text("这笔充值已无可退本金。", "None of this top-up's principal is left to refund.")


class RefundChanged(Conflict):
    text = Text(
        "可退金额已变为 {refund}（原为 {expected}），请重新预览。",
        "The refund is now {refund}, not {expected}. Look at the preview again.",
    )


class AlreadyDownloaded(Conflict):
    text = Text(
        "卡号密码文件只能下载一次，已被下载。如已遗失，请作废该批次并重新制卡。",
        "The file with numbers and PINs was fetched already, and is there once. If it is lost, void the batch and "
        "print another.",
    )


class CardNumberWrong(Invalid):
    text = Text("卡号有误，请核对后重新输入。", "This is no card number. Check the digits.")

    def __init__(self, field: str = "number") -> None:
        super().__init__(fields=(FieldProblem(field, self.text),))


class CardOrPinWrong(Forbidden):
    text = Text("卡号或密码错误。", "Card number or PIN is wrong.")


class CardPassExpired(Conflict):
    text = Text("卡验证已失效，请重新输入密码。", "The check of this card has run out. Enter the PIN again.")


class CardNotUsable(Conflict):
    text = Text("该卡状态为“{status_zh}”，不能执行此操作。", "The card is {status}, which does not allow this.")


class CardEmpty(Conflict):
    text = Text("卡内没有可用余额。", "There is nothing on the card.")


class SameCard(Invalid):
    text = Text("转出卡与转入卡不能相同。", "A card's balance cannot be moved to itself.")
