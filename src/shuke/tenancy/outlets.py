"""Stores and regions are opened, changed and closed."""

from collections.abc import Mapping
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.errors import NotFound, invalid_field
from shuke.kernel.ids import new_id
from shuke.tenancy import places, service
from shuke.tenancy.errors import CodeTaken, NameTaken
from shuke.tenancy.model import Region, Store
from shuke.tenancy.rules import difference


def open_store(unit: Unit, values: Mapping[str, object]) -> Store:
    """A new store; `values` are code, name, region_id, opened_on, closed_on. Raises CodeTaken, Invalid."""
    _check(unit, values)
    store_id = new_id()
    if not places.add_store(unit, store_id, values):
        raise CodeTaken(code=values["code"])
    service.record_change(unit, "store.opened", "store", store_id, None, _present(values))
    return service.store(unit, store_id)


def change_store(unit: Unit, store_id: UUID, changes: Mapping[str, object]) -> Store:
    """Set what `changes` names. Raises NotFound, CodeTaken, Invalid."""
    was = service.store(unit, store_id)
    old = {
        "code": was.code,
        "name": was.name,
        "region_id": was.region and was.region.region_id,
        "opened_on": was.opened_on,
        "closed_on": was.closed_on,
    }
    before, after = difference(old, changes)
    if not after:
        return was
    _check(unit, {**old, **after})
    if "code" in after and places.store_with_code(unit, str(after["code"])) is not None:
        raise CodeTaken(code=after["code"])
    places.set_store(unit, store_id, after)
    service.record_change(unit, "store.changed", "store", store_id, before, after)
    return service.store(unit, store_id)


def _check(unit: Unit, values: Mapping[str, object]) -> None:
    region_id, opened, closed = values.get("region_id"), values.get("opened_on"), values.get("closed_on")
    if isinstance(region_id, UUID) and places.region(unit, region_id) is None:
        raise invalid_field("region_id", "没有这个区域，请先新建。", "There is no such region. Create it first.")
    if opened and closed and str(closed) < str(opened):
        raise invalid_field("closed_on", "不能早于开业日期。", "It cannot close before it opens.")


def _present(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


def add_region(unit: Unit, name: str) -> Region:
    """Raises NameTaken."""
    added = Region(new_id(), name)
    if not places.add_region(unit, added):
        raise NameTaken(name=name)
    service.record_change(unit, "region.added", "region", added.region_id, None, {"name": name})
    return added


def rename_region(unit: Unit, region_id: UUID, name: str) -> Region:
    """Raises NotFound, NameTaken."""
    was = places.region(unit, region_id)
    if was is None:
        raise NotFound(what="region")
    if was.name == name:
        return was
    if any(known.name == name for known, _ in places.list_regions(unit)):
        raise NameTaken(name=name)
    places.rename_region(unit, region_id, name)
    service.record_change(unit, "region.renamed", "region", region_id, {"name": was.name}, {"name": name})
    return Region(region_id, name)
