"""What payments refuse, and what to do about it."""

from shuke.kernel.errors import Conflict, Forbidden, Invalid
from shuke.kernel.text import Text


class ProviderNotSetUp(Conflict):
    text = Text(
        "尚未配置{provider}收款账户，请店主在设置中填写，或改用其他付款方式。",
        "No {provider} account is set up. Ask an owner to enter it in the settings, or take payment another way.",
    )


class PublicAddressMissing(Conflict):
    text = Text(
        "未设置本服务的公网地址（SHUKE_PUBLIC_URL，https），支付平台无法通知结果。请管理员设置后重启。",
        "The public address of this service (SHUKE_PUBLIC_URL, https) is not set, so the provider cannot report "
        "results. Ask the administrator to set it and restart.",
    )


class CurrencyNotTaken(Conflict):
    text = Text(
        "{provider}只收人民币，本商户账本币种为 {currency}；请改用其他付款方式。",
        "{provider} takes CNY only, and this merchant's books are in {currency}. Take payment another way.",
    )


class MethodNotOffered(Invalid):
    text = Text(
        "{provider}不支持 {method} 方式，请换一种。", "{provider} does not offer {method}. Choose another method."
    )


class PayerNeeded(Invalid):
    text = Text(
        "该付款方式需要 {field}：请扫描顾客的付款码或提供其身份。",
        "This method needs {field}: scan the customer's payment code, or say who she is.",
    )


class PaymentOver(Conflict):
    text = Text(
        "该笔付款已结束（{status}），请重新发起一笔。", "This payment is over ({status}). Start a new one instead."
    )


class NotPaid(Conflict):
    text = Text("该笔付款尚未到账，无款可退。", "This payment has not arrived, so there is nothing to send back.")


class RefundTooMuch(Conflict):
    text = Text(
        "退款 {wanted} 超过可退金额 {left}，请减少金额。",
        "A refund of {wanted} is more than the {left} that is left. Refund less.",
    )


class AccountInUse(Conflict):
    text = Text(
        "还有 {count} 笔付款或退款在原账户 {payee} 处理中，请等其完成后再更换。",
        "{count} payments or refunds are still under way at the account {payee}. Change it when they are done.",
    )


class NotificationRefused(Forbidden):
    """Not from the provider, not for us, too old, or changed on the way: nothing was written."""

    text = Text(
        "通知未通过验证（{reason}），已拒绝。", "The notification could not be verified ({reason}) and is refused."
    )
