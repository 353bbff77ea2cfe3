"""A merchant comes to be: its row, its first owner's account and place, in one transaction."""

from uuid import UUID

from shuke.infra.database import Database, Unit, enter
from shuke.infra.passwords import hash_password
from shuke.kernel.ids import new_id
from shuke.kernel.principal import system
from shuke.tenancy import store
from shuke.tenancy.errors import LoginTaken
from shuke.tenancy.model import Merchant, Role, Staff
from shuke.tenancy.tables import merchants


def create_merchant(database: Database, merchant: Merchant, *, login: str, owner_name: str, password: str) -> UUID:
    """Store `merchant` with its first owner; returns the owner's staff id. Raises LoginTaken."""
    with database.platform() as unit:
        unit.connection.execute(
            merchants.insert().values(
                merchant_id=merchant.merchant_id,
                name=merchant.name,
                currency=merchant.currency,
                timezone=merchant.timezone,
                locale=merchant.locale,
                created_at=unit.now(),
            )
        )
        account_id = add_account(unit, merchant.merchant_id, login=login, name=owner_name, password=password)
        enter(unit.connection, merchant.merchant_id)
        return add_staff_row(
            unit.acting_as(system(merchant.merchant_id)), account_id, login=login, name=owner_name, role=Role.OWNER
        )


def add_account(unit: Unit, merchant_id: UUID | None, *, login: str, name: str, password: str) -> UUID:
    """An account that can sign in; needs a unit of the platform. `merchant_id` None makes a platform administrator."""
    account = store.Account(
        account_id=new_id(),
        login=login.strip().lower(),
        name=name,
        password_hash=hash_password(password),
        platform_admin=merchant_id is None,
        merchant_id=merchant_id,
        disabled_at=None,
    )
    if not store.add_account(unit, account):
        raise LoginTaken(login=account.login)
    return account.account_id


def add_staff_row(unit: Unit, account_id: UUID, *, login: str, name: str, role: Role) -> UUID:
    staff_id = new_id()
    store.add_staff(unit, Staff(staff_id, account_id, login.strip().lower(), name, role, None, None, None))
    return staff_id
