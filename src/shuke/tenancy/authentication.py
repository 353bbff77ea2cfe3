"""From a credential to a principal; signing in and out.

People hold a session cookie: a random secret, stored hashed. Machines hold a key `sk_<merchant>_<secret>`; the
merchant in it decides only where to look, and row-level security sees to it that a key is found at its own
merchant alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from shuke.infra.crypto import new_secret, secret_hash
from shuke.infra.database import Database, Unit, above, enter
from shuke.infra.http import Credential
from shuke.infra.passwords import hash_password, verify_password
from shuke.kernel.errors import SignInNeeded, TooManyTries
from shuke.kernel.principal import Principal, PrincipalKind, system
from shuke.tenancy import keyring, store
from shuke.tenancy.errors import WrongCredentials, WrongPassword
from shuke.tenancy.model import PLATFORM_PERMISSIONS, ROLES, Permission, Staff
from shuke.tenancy.service import record_change

SESSION_LENGTH = timedelta(hours=12)
FREE_FAILURES = 5
FREE_FAILURES_OF_CLIENT = 50
"""A whole shop may stand behind one address."""
LONGEST_WAIT = timedelta(minutes=15)
MEMORY_OF_FAILURES = timedelta(hours=1)
USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    secret: str
    expires_at: datetime


def authenticate(unit: Unit, credential: Credential) -> Principal:
    """The principal behind a request; from here on the unit's transaction sees what is theirs. Raises SignInNeeded."""
    if credential.bearer is not None:
        return _by_key(unit, credential.bearer)
    if credential.session is not None:
        return _by_session(unit, credential.session)
    raise SignInNeeded


def _by_key(unit: Unit, bearer: str) -> Principal:
    kind, _, rest = bearer.partition("_")
    merchant, _, secret = rest.partition("_")
    try:
        merchant_id = UUID(hex=merchant)
    except ValueError as error:
        raise SignInNeeded from error
    if kind != "sk" or not secret:
        raise SignInNeeded
    here = unit.acting_as(system(merchant_id))
    key = keyring.enter_with(here, merchant_id, secret_hash(bearer))
    now = unit.now()
    if key is None or not key.usable(now):
        raise SignInNeeded
    if key.last_used_at is None or now - key.last_used_at > USE_NOTED_EVERY:
        keyring.touch(here, key.key_id, now)
    permissions = frozenset(str(scope) for scope in key.scopes)
    return Principal(PrincipalKind.API_KEY, key.key_id, key.name, merchant_id, permissions)


def _by_session(unit: Unit, secret: str) -> Principal:
    enter(unit.connection, None, limited=True)
    account = store.account_of_session(unit, secret_hash(secret), unit.now())
    if account is None or account.disabled_at is not None:
        raise SignInNeeded
    if account.merchant_id is None:
        return _platform_principal(account)
    enter(unit.connection, account.merchant_id)
    person = store.staff_of_account(unit.acting_as(system(account.merchant_id)), account.account_id)
    if person is None or person.disabled_at is not None:
        raise SignInNeeded
    return principal_of(person, account.merchant_id)


def _platform_principal(account: store.Account) -> Principal:
    if not account.platform_admin:
        raise SignInNeeded
    permissions = frozenset(str(permission) for permission in PLATFORM_PERMISSIONS)
    return Principal(
        PrincipalKind.PLATFORM, account.account_id, account.name, None, permissions, account_id=account.account_id
    )


def principal_of(person: Staff, merchant_id: UUID) -> Principal:
    permissions: frozenset[Permission] = ROLES[person.role].permissions
    return Principal(
        PrincipalKind.STAFF,
        person.staff_id,
        person.name,
        merchant_id,
        frozenset(str(permission) for permission in permissions),
        person.store_ids,
        person.account_id,
    )


def sign_in(database: Database, login: str, password: str, client: str) -> SignedIn:
    """A new session. Raises WrongCredentials, or TooManyTries after repeated failures of a login or an address.

    The attempt is counted, in a transaction of its own, before the password is looked at: guesses sent side by
    side cannot slip through together. A right password takes its count back.
    """
    login = login.strip().lower()
    by_login, by_client = f"login:{login[:200]}", f"client:{client}"
    with database.platform() as unit:
        for subject, free in ((by_login, FREE_FAILURES), (by_client, FREE_FAILURES_OF_CLIENT)):
            _count(unit, subject, free)
        account = store.account_by_login(unit, login)
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        raise WrongCredentials
    with database.platform() as unit:
        now = unit.now()
        store.forget_failures(unit, by_login)
        store.forgive_failure(unit, by_client)
        store.end_expired_sessions_of(unit, account.account_id, now)
        secret = new_secret()
        store.add_session(unit, secret_hash(secret), account.account_id, now, now + SESSION_LENGTH)
        store.account_signed_in(unit, account.account_id, now)
        if account.merchant_id is not None:
            enter(unit.connection, account.merchant_id)
            store.staff_signed_in(unit.acting_as(system(account.merchant_id)), account.account_id, now)
    return SignedIn(secret, now + SESSION_LENGTH)


def _count(unit: Unit, subject: str, free: int) -> None:
    """Count one attempt of `subject`, unless it has to wait: raises TooManyTries, which counts nothing."""
    now = unit.now()
    failures, last = store.failures(unit, subject, now)
    if now - last > MEMORY_OF_FAILURES:
        failures = 0
    if failures >= free:
        wait = min(timedelta(seconds=2 ** min(failures - free + 1, 20)), LONGEST_WAIT)
        left = (last + wait - now).total_seconds()
        if left > 0:
            raise TooManyTries(seconds=ceil(left))
    store.set_failures(unit, subject, failures + 1, now)


def sign_out(database: Database, secret: str) -> None:
    with database.platform() as unit:
        store.end_session(unit, secret_hash(secret))


def sign_out_everywhere(unit: Unit) -> None:
    """End every session of the person at work, this one included."""
    with above(unit) as platform:
        store.end_sessions_of(platform, person_of(unit))


def change_password(unit: Unit, current: str, new: str) -> None:
    """Replace one's own password; every session ends. Raises WrongPassword."""
    account_id = person_of(unit)
    with above(unit) as platform:
        if not verify_password(store.account(platform, account_id).password_hash, current):
            raise WrongPassword
        store.set_password(platform, account_id, hash_password(new))
        store.end_sessions_of(platform, account_id)
    if unit.principal.merchant_id is not None:
        record_change(unit, "staff.password_changed", "staff", unit.principal.id, None, None)


def person_of(unit: Unit) -> UUID:
    """The account of the person at work; raises SignInNeeded for machines, which have none."""
    if unit.principal.account_id is None:
        raise SignInNeeded
    return unit.principal.account_id
