"""The edge: from an HTTP request to a unit of work, and from an error to a problem document (RFC 9457).

A route names the permission it needs, opens its unit of work and answers; the commit happens when the unit
closes, before the answer leaves:

    @router.get("/stores")
    def list_stores(call: Annotated[Call, allow(Permission.STORES_READ)]) -> StoreList:
        with call.unit() as unit:
            return present(service.stores(unit))
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Protocol, TypeVar, cast

from fastapi import Depends, Header, Query, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, field_validator
from pydantic_core import PydanticCustomError

from shuke.infra import idempotency
from shuke.infra.database import Database, Unit
from shuke.kernel.paging import MAX_CURSOR_LENGTH, MAX_LIMIT
from shuke.kernel.principal import Principal
from shuke.kernel.text import Language, Text, preferred_language, storable

SESSION_COOKIE = "shuke_session"

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request showed of itself: a bearer key, or a session cookie, or neither."""

    bearer: str | None = None
    session: str | None = None


class Authenticator(Protocol):
    def __call__(self, unit: Unit, credential: Credential) -> Principal:
        """The principal behind a credential, for whom the unit's transaction works from now on.

        Raises SignInNeeded.
        """
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One request on its way in."""

    database: Database
    authenticate: Authenticator
    credential: Credential
    permission: str | None
    language: Language
    idempotency_key: str | None
    route: str
    status: int
    client: str

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """A unit of work for whoever is calling, who holds the route's permission."""
        with self.database.request() as unit:
            principal = self.authenticate(unit, self.credential)
            if self.permission is not None:
                principal.require(self.permission)
            yield unit.acting_as(principal)

    def once(self, answer: type[Answer], body: BaseModel | None, act: Callable[[Unit], Answer]) -> Answer:
        """A write: done once for its `Idempotency-Key` when it carries one.

        What comes back is for the route to return: the answer as it is sent, spelled once for the wire and the key.
        """

        def make() -> str:
            return answer.__pydantic_serializer__.to_json(act(unit), by_alias=True).decode()

        with self.unit() as unit:
            if self.idempotency_key is None:
                said = make()
            else:
                request = {"route": self.route, "body": body and body.model_dump(mode="json")}
                said = idempotency.once(unit, self.idempotency_key, request, make)
        return cast(Answer, Response(said, self.status, media_type="application/json"))


def allow(permission: str | None) -> Any:
    """Depend on a Call that needs `permission`; None for the few routes open to everybody who is signed in.

    The dependency carries `permission` as an attribute, where a walk over all routes can read it.
    """

    async def call(
        request: Request,
        idempotency_key: Annotated[str | None, Header(max_length=idempotency.MAX_KEY_LENGTH)] = None,
    ) -> Call:
        return call_of(request, permission, idempotency_key)

    call.__dict__["permission"] = permission
    return Depends(call)


def call_of(request: Request, permission: str | None, idempotency_key: str | None = None) -> Call:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    credential = Credential(
        bearer=token.strip() if scheme.lower() == "bearer" else None,
        session=request.cookies.get(SESSION_COOKIE),
    )
    return Call(
        database=request.app.state.database,
        authenticate=request.app.state.authenticate,
        credential=credential,
        permission=permission,
        language=preferred_language(request.headers.get("accept-language")),
        idempotency_key=idempotency_key,
        route=f"{request.method} {request.url.path}",
        status=request.scope["route"].status_code or HTTPStatus.OK,
        client=request.client.host if request.client else "",
    )


def permission_of(route: object) -> str | None:
    """The permission that `route` names; None when it is open to everybody, or no route of ours."""
    dependant = getattr(route, "dependant", None)
    for dependency in dependant.dependencies if dependant else ():
        named = getattr(dependency.call, "permission", None)
        if named is not None:
            return str(named)
    return None


class View(BaseModel):
    """Base of everything the API says."""

    model_config = ConfigDict(from_attributes=True)


class Body(BaseModel):
    """Base of everything the API hears: unknown fields are errors, so that a typo is not silently ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: object) -> object:
        """Refuse what PostgreSQL cannot store before it gets there, however deep it is hidden."""
        _refuse_unstorable(value)
        return value


def _refuse_unstorable(value: object) -> None:
    match value:
        case str() if not storable(value):
            raise PydanticCustomError("not_text", "Remove the characters that are no text (NUL, broken Unicode).")
        case list():
            for item in value:
                _refuse_unstorable(item)
        case dict():
            for name, item in value.items():
                _refuse_unstorable(name)
                _refuse_unstorable(item)


Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows on a page.")]
Cursor = Annotated[str | None, Query(max_length=MAX_CURSOR_LENGTH, description="`next_cursor` of the page before.")]


def _storable_text(text: str) -> str:
    _refuse_unstorable(text)
    return text


SearchText = Annotated[str, Query(max_length=100, description="What to look for."), AfterValidator(_storable_text)]


class TextView(View):
    zh: str
    en: str

    @classmethod
    def of(cls, text: Text | Mapping[str, str]) -> "TextView":
        if isinstance(text, Text):
            return cls(zh=text.zh, en=text.en)
        return cls(zh=text["zh"], en=text["en"])
