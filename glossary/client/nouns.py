"""Sources, subjects, issuers and glossaries of a server: one method for each call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar, Unpack
from urllib.parse import quote

from glossary.client.wire import Sent, Wire
from glossary.entry import (
    Glossary,
    Issuer,
    Noun,
    NounVersion,
    Source,
    Subject,
    codec,
)

if TYPE_CHECKING:
    import httpx

N = TypeVar("N", bound=Noun)
_PLACES: Final[Mapping[type, str]] = {
    Source: "sources",
    Subject: "subjects",
    Issuer: "issuers",
    Glossary: "glossaries",
}
_Change = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of changes, each as it is sent, and the address of the next one."""

    changes: tuple[_Change, ...]
    next: str | None


class NounCalls:
    """The nouns beside entries, asked for by their classes, changed by their version.

    with Client("https://terms.example", token="gls_…") as terms:
        ministry = terms.nouns.one(Issuer, "mfa-china")
        terms.nouns.replace(replace(ministry, aliases=(*ministry.aliases, "蓝厅")))
    """

    def __init__(self, wire: Wire, root: str) -> None:
        self._wire, self._root = wire, root

    def all(self, kind: type[N]) -> tuple[N, ...]:
        """Return the nouns of a kind, in the order of their ids."""
        return tuple(codec.as_noun(item, kind) for item in self._all(_PLACES[kind]))

    def one(self, kind: type[N], noun_id: str) -> N:
        """Return one noun; raise NotFound."""
        return codec.read_noun(self._call("GET", _place(kind, noun_id)).content, kind)

    def create(self, noun: N) -> N:
        """Store a new noun and return it; raise Conflict or Invalid."""
        kind = type(noun)
        answer = self._call("POST", _PLACES[kind], json=noun)
        return codec.read_noun(answer.content, kind)

    def replace(self, noun: N) -> N:
        """Store a new version of a noun that was read; raise Stale or Invalid."""
        kind, place = type(noun), _place(type(noun), noun.id)
        answer = self._call("PUT", place, json=noun, headers=_match(noun.version))
        return codec.read_noun(answer.content, kind)

    def patch(
        self, kind: type[N], noun_id: str, merge: Mapping[str, Any], *, version: int
    ) -> N:
        """Change a noun by a merge patch; raise NotFound, Stale or Invalid."""
        headers = _match(version) | {"Content-Type": "application/merge-patch+json"}
        place = _place(kind, noun_id)
        answer = self._call("PATCH", place, json=merge, headers=headers)
        return codec.read_noun(answer.content, kind)

    def delete(self, kind: type[N], noun_id: str, *, version: int) -> None:
        """Delete a noun; raise NotFound, Stale, or InUse while anything names it."""
        self._call("DELETE", _place(kind, noun_id), headers=_match(version))

    def versions(self, kind: type[N], noun_id: str) -> tuple[NounVersion, ...]:
        """Return the history of a noun, newest first; raise NotFound."""
        versions = self._all(f"{_place(kind, noun_id)}/versions")
        return tuple(codec.as_noun_version(version) for version in versions)

    def restore(self, kind: type[N], noun_id: str, version: int) -> N:
        """Make an old version the newest one; raise NotFound."""
        place = f"{_place(kind, noun_id)}/versions/{version}/restore"
        return codec.read_noun(self._call("POST", place).content, kind)

    def changes(
        self, since: int | str = 0, *, limit: int = 500
    ) -> Iterator[NounVersion]:
        """Yield what moved after a revision, oldest first, deletions included.

        `since` is `EPOCH-REVISION`, or 0. Raise Gone as for entries.
        """
        query = {"since": since, "limit": limit}
        response = self._call("GET", "changes/nouns", query=query)
        page = codec.read(response.content, _Page)
        yield from map(codec.as_noun_version, page.changes)
        while page.next:
            page = codec.read(self._wire.call("GET", page.next).content, _Page)
            yield from map(codec.as_noun_version, page.changes)

    def _all(self, path: str) -> Iterator[_Change]:
        """Yield the items of a list, page after page."""
        page = codec.read_plain(self._call("GET", path).content)
        yield from page["items"]
        while page.get("next"):
            page = codec.read_plain(self._wire.call("GET", page["next"]).content)
            yield from page["items"]

    def _call(self, method: str, path: str, **content: Unpack[Sent]) -> httpx.Response:
        return self._wire.call(method, f"{self._root}/{path}", **content)


def _place(kind: type, noun_id: str) -> str:
    return f"{_PLACES[kind]}/{quote(noun_id, safe='')}"


def _match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}
