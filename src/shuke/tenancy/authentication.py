"""From a credential to a principal; signing in and out.

People hold a session cookie: a random secret, stored hashed. Machines hold a key `sk_<merchant>_<secret>`; the
merchant in it decides only where to look, and row-level security sees to it that a key is found at its own
merchant alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from shuke.infra.crypto import new_secret, secret_hash
from shuke.infra.database import Database, Unit
from shuke.infra.http import Credential
from shuke.infra.passwords import hash_password, verify_password
from shuke.kernel.errors import SignInNeeded, TooManyTries
from shuke.kernel.principal import Principal, PrincipalKind
from shuke.tenancy import store
from shuke.tenancy.errors import WrongCredentials, WrongPassword
from shuke.tenancy.model import PLATFORM_PERMISSIONS, ROLES, Permission, Staff

SESSION_LENGTH = timedelta(hours=12)
FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignedIn:
    secret: str
    expires_at: datetime


def authenticate(database: Database, credential: Credential) -> Principal:
    """The principal behind a request; raises SignInNeeded."""
    if credential.bearer is not None:
        return _by_key(database, credential.bearer)
    if credential.session is not None:
        return _by_session(database, credential.session)
    raise SignInNeeded


def _by_key(database: Database, bearer: str) -> Principal:
    kind, _, rest = bearer.partition("_")
    merchant, _, secret = rest.partition("_")
    try:
        merchant_id = UUID(hex=merchant)
    except ValueError as error:
        raise SignInNeeded from error
    if kind != "sk" or not secret:
        raise SignInNeeded
    with database.merchant(merchant_id) as unit:
        key = store.key_by_secret(unit, secret_hash(bearer))
        now = unit.now()
        if key is None or key.revoked_at or (key.expires_at and key.expires_at <= now):
            raise SignInNeeded
        if key.last_used_at is None or now - key.last_used_at > timedelta(minutes=5):
            store.touch_key(unit, key.key_id, now)
    permissions = frozenset(str(scope) for scope in key.scopes)
    return Principal(PrincipalKind.API_KEY, key.key_id, key.name, merchant_id, permissions)


def _by_session(database: Database, secret: str) -> Principal:
    with database.platform() as unit:
        account = store.account_of_session(unit, secret_hash(secret), unit.now())
    if account is None or account.disabled_at is not None:
        raise SignInNeeded
    if account.merchant_id is None:
        if not account.platform_admin:
            raise SignInNeeded
        return Principal(
            PrincipalKind.PLATFORM,
            account.account_id,
            account.name,
            None,
            frozenset(str(permission) for permission in PLATFORM_PERMISSIONS),
            account_id=account.account_id,
        )
    with database.merchant(account.merchant_id) as unit:
        person = store.staff_of_account(unit, account.account_id)
    if person is None or person.disabled_at is not None:
        raise SignInNeeded
    return principal_of(person, account.merchant_id)


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
    """A new session. Raises WrongCredentials, or TooManyTries after repeated failures of a login or address.

    The failure is counted in a transaction of its own, because the refusal rolls nothing forward.
    """
    login = login.strip().lower()
    subjects = [f"login:{login[:200]}", f"client:{client}"]
    with database.platform() as unit:
        _refuse_if_throttled(unit, subjects)
        account = store.account_by_login(unit, login)
    right = verify_password(account.password_hash if account else None, password)
    if account is None or not right or account.disabled_at is not None:
        with database.platform() as unit:
            store.count_failures(unit, subjects, unit.now())
        raise WrongCredentials
    with database.platform() as unit:
        now = unit.now()
        store.forget_failures(unit, subjects)
        secret = new_secret()
        store.add_session(unit, secret_hash(secret), account.account_id, now, now + SESSION_LENGTH)
        store.account_signed_in(unit, account.account_id, now)
    if account.merchant_id is not None:
        with database.merchant(account.merchant_id) as unit:
            store.staff_signed_in(unit, account.account_id, now)
    return SignedIn(secret, now + SESSION_LENGTH)


def _refuse_if_throttled(unit: Unit, subjects: list[str]) -> None:
    now = unit.now()
    for failures, last in store.failures(unit, subjects):
        if failures < FREE_FAILURES:
            continue
        wait = min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 1, 20)), LONGEST_WAIT)
        left = (last + wait - now).total_seconds()
        if left > 0:
            raise TooManyTries(seconds=int(left) + 1)


def sign_out(database: Database, secret: str) -> None:
    with database.platform() as unit:
        store.end_session(unit, secret_hash(secret))


def sign_out_everywhere(database: Database, account_id: UUID) -> None:
    with database.platform() as unit:
        store.end_sessions_of(unit, account_id)


def change_password(database: Database, account_id: UUID, current: str, new: str) -> None:
    """Replace one's own password; every session ends. Raises WrongPassword."""
    with database.platform() as unit:
        account = store.account(unit, account_id)
        if not verify_password(account.password_hash, current):
            raise WrongPassword
        store.set_password(unit, account_id, hash_password(new))
        store.end_sessions_of(unit, account_id)
