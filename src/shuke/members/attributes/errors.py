"""What can go wrong with attributes."""

from shuke.kernel.errors import Conflict, NotFound
from shuke.kernel.text import Text


class AttributeNotFound(NotFound):
    text = Text("没有这个属性，请刷新后重选。", "No such attribute. Reload and choose again.")


class AttributeNameTaken(Conflict):
    text = Text(
        "属性名“{name}”已登记（可能已归档），请换一个或恢复它。",
        "The attribute {name} is registered already, perhaps archived. Choose another name, or restore it.",
    )


class TooManyAttributes(Conflict):
    text = Text(
        "可用于分析的属性最多 {texts} 个文本类、{numbers} 个数值类（含已归档）；请复用已有的。",
        "At most {texts} attributes of texts and {numbers} of numbers can be analysed, archived ones included. Use"
        " those there are.",
    )


class AttributeInUse(Conflict):
    text = Text(
        "以下人群按“{name}”筛选：{used}。请先修改或归档它们。",
        "Segments are found by {name}: {used}. Change or archive those first.",
    )
