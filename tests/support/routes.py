"""Every route of the application, and requests to it made from its own OpenAPI description."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from shuke.infra.http import permission_of

Json = Any
Ids = Mapping[str, str]
"""An id for each type prefix: `sto` → `sto_…`."""

_ID = re.compile(r"^\^(\w{3})_\[0-9a-f\]")


@dataclass(frozen=True)
class Route:
    """One operation: `name` is method and path; `permission` None where none is needed."""

    method: str
    path: str
    permission: str | None
    described: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    schemas: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def takes_ids(self) -> bool:
        return bool(_Filler(self.schemas, {}, lenient=True).prefixes_in_path(self))

    def request(self, ids: Ids, body: Json | None = None) -> dict[str, Any]:
        """Arguments for a client: the path, query and body filled with `ids`; `body` overrides the one made up."""
        filler = _Filler(self.schemas, ids)
        path, query = self.path, {}
        for parameter in self.described.get("parameters", ()):
            schema, name = parameter["schema"], parameter["name"]
            if parameter["in"] == "path":
                path = path.replace(f"{{{name}}}", str(filler.example(schema)))
            elif parameter["in"] == "query" and (parameter.get("required") or filler.mentions_id(schema)):
                query[name] = filler.example(schema)
        made: dict[str, Any] = {"method": self.method, "url": path, "params": query}
        content = self.described.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            made["json"] = filler.fill(body) or filler.example(content["application/json"]["schema"])
        elif "multipart/form-data" in content:
            made["data"] = body or {}
            made["files"] = {"file": ("members.csv", b"number,name\r\n1,x\r\n", "text/csv")}
        return made


def routes_of(app: FastAPI) -> Iterator[Route]:
    """Every operation of the API, whether or not its description shows it."""
    document = app.openapi()
    schemas = document["components"]["schemas"]
    for context in iter_route_contexts(app.routes):
        path = context.path_format or context.path
        if path is None or path.startswith(("/docs", "/openapi", "/{path", "/assets")):
            continue
        for method in sorted((context.methods or set()) - {"HEAD"}):
            described = document["paths"].get(path, {}).get(method.lower(), {})
            yield Route(method, path, permission_of(context.original_route), described, schemas)


@dataclass(frozen=True)
class _Filler:
    """Makes up values that JSON schemas allow."""

    schemas: Mapping[str, Any]
    ids: Ids
    lenient: bool = False

    def prefixes_in_path(self, route: Route) -> list[str]:
        parameters = route.described.get("parameters", ())
        return [item["name"] for item in parameters if item["in"] == "path" and self.mentions_id(item["schema"])]

    def mentions_id(self, schema: Json) -> bool:
        schema = self._resolve(schema)
        if _ID.match(schema.get("pattern", "")):
            return True
        inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]
        return any(self.mentions_id(item) for item in inner)

    def fill(self, body: Json | None) -> Json:
        """`body` with every `{prefix}` in its texts replaced by an id."""
        match body:
            case str():
                return self.ids.get(body[1:-1], body) if body.startswith("{") else body
            case list():
                return [self.fill(item) for item in body]
            case dict():
                return {name: self.fill(item) for name, item in body.items()}
        return body

    def example(self, schema: Json) -> Json:
        schema = self._resolve(schema)
        if "anyOf" in schema:
            return self.example(next(item for item in schema["anyOf"] if item.get("type") != "null"))
        if "discriminator" in schema:
            last, tag = self._resolve(schema["oneOf"][-1]), schema["discriminator"]["propertyName"]
            return {tag: last["properties"][tag]["const"], **self._object(last)}
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        if found := _ID.match(schema.get("pattern", "")):
            return self.ids[found[1]]
        match schema.get("type"):
            case "string":
                return self._text(schema)
            case "integer" | "number":
                return max(1, schema.get("minimum", 1))
            case "boolean":
                return False
            case "array":
                return [self.example(schema["items"])]
        return self._object(schema)

    def _object(self, schema: Json) -> Json:
        required = schema.get("required", ())
        return {
            name: self.example(item)
            for name, item in schema.get("properties", {}).items()
            if name in required or self.mentions_id(item)
        }

    def _text(self, schema: Json) -> str:
        match schema.get("format"):
            case "date":
                return "2026-03-01"
            case "date-time":
                return "2026-03-01T12:00:00Z"
        return "example" + "x" * max(0, schema.get("minLength", 0) - 7)

    def _resolve(self, schema: Json) -> Json:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        return schema
