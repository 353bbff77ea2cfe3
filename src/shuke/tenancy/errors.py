"""What can go wrong between a merchant and its staff."""

from shuke.kernel.errors import Conflict, Forbidden, Invalid, SignInNeeded
from shuke.kernel.text import Text


class WrongCredentials(SignInNeeded):
    text = Text("账号或密码不正确，请检查后重试。", "The login or the password is wrong. Check both and try again.")


class WrongPassword(Invalid):
    text = Text("当前密码不正确。", "The current password is wrong.")


class LoginTaken(Conflict):
    text = Text("账号 {login} 已被使用，请换一个。", "The login {login} is taken. Choose another.")


class CodeTaken(Conflict):
    text = Text("编码 {code} 已被使用，请换一个。", "The code {code} is taken. Choose another.")


class LastOwner(Conflict):
    text = Text(
        "至少要保留一位店主，请先指定另一位店主。",
        "A merchant needs at least one owner. Appoint another first.",
    )


class CannotGrantMore(Forbidden):
    text = Text(
        "您不能授予自己没有的权限：{permission}。",
        "You cannot grant a permission that you lack: {permission}.",
    )


class BooksAreOpen(Conflict):
    text = Text(
        "已有订单，不能再修改币种或时区。",
        "Orders exist already: currency and time zone can no longer change.",
    )


class NameTaken(Conflict):
    text = Text("名称 {name} 已被使用，请换一个。", "The name {name} is taken. Choose another.")


class PeopleOnly(Forbidden):
    text = Text(
        "API 密钥不能签发密钥，请由员工登录后操作。",
        "An API key cannot issue keys. Let a person sign in and do it.",
    )
