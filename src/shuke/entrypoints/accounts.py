"""One account for each role of the demonstration, with passwords made up for this data folder alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shuke.infra.database import Database, Unit, enter
from shuke.infra.embedded import DataFolderUnusable, write_private
from shuke.infra.passwords import generate_password, hash_password, verify_password
from shuke.kernel.principal import system
from shuke.tenancy import onboarding, store
from shuke.tenancy.model import ROLES, Role, StoreScope

_STORES_OF_MANAGER = 3


@dataclass(frozen=True, slots=True)
class Account:
    role: Role
    login: str
    password: str


def load_accounts(path: Path) -> Mapping[Role, Account]:
    """The accounts in `path`, a file only its owner can read; made up on first use."""
    if path.exists():
        try:
            stored = json.loads(path.read_text())
            return {Role(role): Account(Role(role), item["login"], item["password"]) for role, item in stored.items()}
        except (ValueError, KeyError, TypeError) as error:
            raise DataFolderUnusable(
                path=path.parent, reason=f"{path.name} is damaged. Delete it: new passwords will be made."
            ) from error
    accounts = {role: Account(role, role.value.split("_")[0], generate_password()) for role in Role}
    write_private(
        path,
        json.dumps(
            {role: {"login": item.login, "password": item.password} for role, item in accounts.items()}, indent=2
        ),
    )
    return accounts


def ensure_accounts(database: Database, merchant_id: UUID, accounts: Mapping[Role, Account]) -> None:
    """Make sure that each of `accounts` can sign in with its password; those that can are left alone."""
    with database.merchant(merchant_id) as unit:
        busiest = store.store_ids_by_code(unit, _STORES_OF_MANAGER)
    for account in accounts.values():
        with database.platform() as unit:
            _ensure(unit, merchant_id, account, busiest)


def _ensure(unit: Unit, merchant_id: UUID, account: Account, stores: list[UUID]) -> None:
    known = store.account_by_login(unit, account.login)
    if known is not None:
        if not verify_password(known.password_hash, account.password):
            store.set_password(unit, known.account_id, hash_password(account.password))
            store.end_sessions_of(unit, known.account_id)
        return
    grant = ROLES[account.role]
    home = None if account.role is Role.PLATFORM_ADMIN else merchant_id
    account_id = onboarding.add_account(unit, home, login=account.login, name=grant.name.zh, password=account.password)
    if home is None:
        return
    enter(unit.connection, merchant_id)
    here = unit.acting_as(system(merchant_id))
    staff_id = onboarding.add_staff_row(here, account_id, login=account.login, name=grant.name.zh, role=account.role)
    if grant.stores is not StoreScope.ALL:
        store.set_staff_stores(here, staff_id, stores[: 1 if grant.stores is StoreScope.ONE else None])
