"""What can go wrong with products and categories."""

from shuke.kernel.errors import Conflict, FieldProblem, NotFound
from shuke.kernel.text import Text


class ProductNotFound(NotFound):
    text = Text("没有找到该商品。", "No such product.")


class CategoryNotFound(NotFound):
    text = Text("没有找到该品类。", "No such category.")


class ProductCodeTaken(Conflict):
    """A SKU or barcode belongs to another product already."""

    text = Text("{field} {code} 已属于另一个商品。", "The {field} {code} belongs to another product already.")

    def __init__(self, field: str, code: str) -> None:
        taken = Text("已被使用，请换一个。", "Taken already. Choose another.")
        super().__init__(fields=(FieldProblem(field, taken),), field=field, code=code)


class CategoryCodeTaken(Conflict):
    text = Text("品类编码 {code} 已被使用，请换一个。", "The category code {code} is taken. Choose another.")
