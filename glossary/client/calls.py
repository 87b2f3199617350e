"""The client: one method for each call of the API, under the same name."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar, Unpack
from urllib.parse import quote

from glossary.client import answer
from glossary.client.nouns import NounCalls
from glossary.client.wire import Make, Sent, Wire
from glossary.entry import Change, Entry, Proposal, Source, Suggestion, Version, codec
from glossary.query import Pair

if TYPE_CHECKING:
    import httpx

_Noun = TypeVar("_Noun")
_Item = TypeVar("_Item")
_ROOT = "api/v1"


class Client:
    """A server of this service, asked over HTTP; close it, or use it in a `with`.

    `language` is that of messages, `timeout` is in seconds for each step of a
    request, `attempts` is how often one is sent until it is answered.
    """

    def __init__(
        self,
        server: str,
        *,
        token: str | None = None,
        language: str = "en",
        timeout: float = 30.0,
        attempts: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.server = server.rstrip("/")
        self._wire = Wire(
            server,
            token=token,
            language=language,
            timeout=timeout,
            attempts=attempts,
            transport=transport,
        )

        #: Sources, subjects, issuers and glossaries: read, made, changed, deleted.
        self.nouns = NounCalls(self._wire, _ROOT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def lookup(self, q: str, /, **query: Any) -> answer.Lookup:
        """Return the entries that fit a phrase, best first.

        `query` takes `from_`, `to`, `glossary`, `glossaries` (with commas), `subject`,
        `state`, `proof`, `as_of`, `issuer`, `tier` and `limit`.
        """
        return self._get("lookup", answer.Lookup, q=q, **query)

    def lookups(self, queries: Iterable[str], /, **query: Any) -> answer.Lookups:
        """Return the entries that fit each of many phrases; `query` as in `lookup`."""
        return self._ask("lookup", answer.Lookups, queries=list(queries), **query)

    def suggest(self, q: str, /, **query: Any) -> tuple[Suggestion, ...]:
        """Return completions of what is being typed.

        `query` takes `limit` (8 by default), `glossary`, `glossaries` (with commas),
        `subject`, `state` and `proof`.
        """
        return self._get("suggest", answer.Suggestions, q=q, **query).suggestions

    def annotate(self, text: str, /, **query: Any) -> answer.Annotated:
        """Return the terms of a text.

        `query` takes `from_`, `to`, `glossaries`, `overlaps`, `as_of`, `issuer` and
        `offsets`, code points by default.
        """
        return self._ask("annotate", answer.Annotated, text=text, **query)

    def terms_of(self, text: str, /, **query: Any) -> answer.TermsOfText:
        """Return each term of a text once; `query` takes what `annotate` takes."""
        parameters = {"text": text, "shape": "terms", **query}
        return self._ask("annotate", answer.TermsOfText, **parameters)

    def check(self, pairs: Iterable[Pair], /, **query: Any) -> answer.Checked:
        """Say whether translations use the right terms.

        `query` takes what `annotate` takes, without `overlaps`, and `all`.
        """
        return self._ask("check", answer.Checked, pairs=list(pairs), **query)

    def entry(self, entry_id: str) -> Entry:
        """Return one entry; raise NotFound."""
        return self._get(_place(entry_id), Entry)

    def entries(self, **query: Any) -> Iterator[Entry]:
        """Yield entries, page after page; without a `sort` in the order of their ids.

        `query` takes `glossary`, `subject`, `state`, `proof`, `sort`, and `limit`, the
        size of a page.
        """
        yield from self._listed("entries", answer.EntryPage, **query)

    def create(self, entry: Entry | Mapping[str, Any]) -> Entry:
        """Store a new entry and return it; raise Conflict or Invalid."""
        return self._write("POST", "entries", json=entry)

    def replace(self, entry: Entry) -> Entry:
        """Store a new version of an entry that was read; raise Stale or Invalid."""
        match = _match(entry.version)
        return self._write("PUT", _place(entry.id), json=entry, headers=match)

    def patch(self, entry_id: str, merge: Mapping[str, Any], *, version: int) -> Entry:
        """Change an entry by a merge patch; raise NotFound, Stale or Invalid."""
        kind = {"Content-Type": "application/merge-patch+json"}
        headers = {**_match(version), **kind}
        return self._write("PATCH", _place(entry_id), json=merge, headers=headers)

    def retire(self, entry_id: str, *, version: int) -> None:
        """Take an entry out of use; raise NotFound or Stale."""
        self._call("DELETE", _place(entry_id), headers=_match(version))

    def purge(self, entry_id: str, *, version: int) -> None:
        """Remove an entry with its history; raise NotFound or Stale."""
        query = {"purge": True}
        self._call("DELETE", _place(entry_id), query=query, headers=_match(version))

    def propose(
        self, proposal: Entry | Mapping[str, Any], *, comment: str = "", by: str = ""
    ) -> Proposal:
        """Propose an entry as it should be, for an editor to decide; return that.

        An entry that was read is proposed as a change of the version that was read;
        one without a version is a new one. `by` is what somebody without a token signs
        with. Raise NotFound, or Invalid when it changes nothing.
        """
        plain = codec.plain(proposal)
        body = {"document": plain, "comment": comment, "by": by}
        if plain.get("version"):
            body |= {"entry": plain["id"], "version": plain["version"]}
        return _read(self._call("POST", "proposals", json=body), Proposal)

    def versions(self, entry_id: str) -> tuple[Version, ...]:
        """Return the history of an entry, newest first; raise NotFound."""
        return tuple(self._listed(f"{_place(entry_id)}/versions", answer.Versions))

    def restore(self, entry_id: str, version: int) -> Entry:
        """Make an old version the newest one; raise NotFound."""
        return self._write("POST", f"{_place(entry_id)}/versions/{version}/restore")

    def change_pages(
        self, since: int | str, *, limit: int = 500
    ) -> Iterator[answer.ChangePage]:
        """Yield what moved after a revision, a page at a time, oldest first.

        `since` is `EPOCH-REVISION`, or 0. Raise Gone when the server's store is another
        one than that, or was set back.
        """
        page = self._get("changes", answer.ChangePage, since=since, limit=limit)
        yield page
        while page.next:
            page = _read(self._wire.call("GET", page.next), answer.ChangePage)
            yield page

    def changes(self, since: int | str = 0) -> Iterator[Change]:
        """Yield what moved after a revision, oldest first, tombstones included."""
        for page in self.change_pages(since):
            yield from page.changes

    def glossaries(self) -> tuple[answer.GlossaryCount, ...]:
        """Return the glossaries with the number of their entries."""
        return tuple(self._listed("glossaries", answer.Glossaries))

    def subjects(self) -> tuple[answer.SubjectCount, ...]:
        """Return the subject fields with the number of their entries."""
        return tuple(self._listed("subjects", answer.Subjects))

    def sources(self) -> tuple[Source, ...]:
        """Return the documents that citations name."""
        return tuple(self._listed("sources", answer.Sources))

    def issuers(self) -> tuple[answer.IssuerCount, ...]:
        """Return the issuers with the number of entries that have their wordings."""
        return tuple(self._listed("issuers", answer.Issuers))

    def stats(self) -> Mapping[str, Any]:
        """Return counts over the whole store."""
        totals: Mapping[str, Any] = codec.read_plain(self._call("GET", "stats").content)
        return totals

    def import_(self, file: Path | bytes, /, **query: Any) -> answer.Report:
        """Bring a file in and return what has come of it so far: see `wait`.

        `query` takes what `POST /imports` takes: `format`, `glossary`, `mode`,
        `dry_run`, `on_error`, `map`, `source`, `target`, `filename`, `confirm`. A file
        that cannot be read is a report with the state `failed`; raise GlossaryError
        when it is empty, in no known format, or would retire more than goes unasked.
        """
        if isinstance(file, Path):
            query.setdefault("filename", file.name)
        size = file.stat().st_size if isinstance(file, Path) else len(file)
        length = {"Content-Length": str(size)}
        body = _body(file)
        response = self._call("POST", "imports", query=query, headers=length, body=body)
        return _read(response, answer.Report)

    def import_report(self, import_id: str) -> answer.Report:
        """Return the state and progress of an import; raise NotFound."""
        return self._get(f"imports/{quote(import_id, safe='')}", answer.Report)

    def apply(self, import_id: str, *, confirm: int | None = None) -> answer.Report:
        """Do exactly what a dry run planned; raise Stale when the store has moved.

        A plan that has `confirm` is applied with that number.
        """
        path = f"imports/{quote(import_id, safe='')}/apply"
        query = {"confirm": confirm}
        return _read(self._call("POST", path, query=query), answer.Report)

    def wait(self, report: answer.Report, *, every: float = 0.5) -> answer.Report:
        """Return the report of an import once it has ended, asking every so often."""
        while not report.ended:
            time.sleep(every)
            report = self.import_report(report.id)
        return report

    def export(
        self,
        stream: BinaryIO,
        format_: str,
        *,
        glossary: str | None = None,
        etag: str | None = None,
        part: Mapping[str, str] = MappingProxyType({}),
    ) -> str | None:
        """Write the entries in use to a stream; return the ETag of what was written.

        `part` has what else `GET /export` is asked: `state`, `from`, `subject` …

        With the ETag of an earlier export, write nothing and return None when
        nothing has changed since.
        """
        headers = {"If-None-Match": etag} if etag else {}
        query = {"format": format_, "glossary": glossary, **part}
        with self._wire.opened(
            "GET", f"{_ROOT}/export", query=query, headers=headers
        ) as response:
            if response.status_code == 304:
                return None
            stream.writelines(response.iter_bytes())
            return str(response.headers.get("ETag", ""))

    def _call(self, method: str, path: str, **content: Unpack[Sent]) -> httpx.Response:
        return self._wire.call(method, f"{_ROOT}/{path}", **content)

    def _get(self, path: str, kind: type[_Noun], **query: Any) -> _Noun:
        parameters = {name.rstrip("_"): value for name, value in query.items()}
        return _read(self._call("GET", path, query=parameters), kind)

    def _listed(
        self, path: str, kind: type[answer.Paged[_Item]], **query: Any
    ) -> Iterator[_Item]:
        """Yield the items of a list, page after page."""
        page = self._get(path, kind, **query)
        yield from page.items
        while page.next:
            page = _read(self._wire.call("GET", page.next), kind)
            yield from page.items

    def _ask(self, path: str, kind: type[_Noun], **parameters: Any) -> _Noun:
        body = {n.rstrip("_"): v for n, v in parameters.items() if v is not None}
        return _read(self._call("POST", path, json=body), kind)

    def _write(self, method: str, path: str, **how: Any) -> Entry:
        return _read(self._call(method, path, **how), Entry)


def _read(response: httpx.Response, kind: type[_Noun]) -> _Noun:
    return codec.read(response.content, kind)


def _place(entry_id: str) -> str:
    return f"entries/{quote(entry_id, safe='')}"


def _match(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def _body(file: Path | bytes) -> Make:
    """Return what makes the body anew, with a file opened for each time."""
    if isinstance(file, bytes):
        return lambda: file

    def chunks() -> Iterator[bytes]:
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 16):
                yield chunk

    return chunks
