"""Requests of every kind, drawn from the route table: right, nearly right, wild.

What a view may be asked is found in its own module: the schemas that it asks by, and
the words in its source. So a new route is asked about without a word here.
"""

import ast
import inspect
import io
import json
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from flask import Flask
from hypothesis import strategies as st
from marshmallow import Schema, fields
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder

from glossary.schema import (
    AnnotateBody,
    CheckBody,
    EntrySchema,
    ProposalBody,
    RejectBody,
)
from glossary.schema.value import Tag

#: What a program trips over.
NASTY = (
    *("", " ", "0", "1", "-1", "+1", "1.5", "1e9", "NaN", "Infinity", "true", "null"),
    *("²", "١٢", "１２", "Ⅷ", "①", "½", "9" * 19, "9" * 20, str(2**63), "9" * 5000),
    *("\x00", "\n", "a\r\nX-Evil: 1", "\u2028", "\u202e", "\ufeff", "\U0001f600"),
    *("a" * 300, "和" * 501, "é" * 2000, "*", "**", "?", '"', '""', '"*"', "%", "%0A"),
    *("../../etc/passwd", "//evil.example/", "<b>", "{", "}", "[]", "{}", "=1+1"),
    *("x-klingon", "zh-", "-", "_", "2014-02-30", "0000", "99999", "2014-13", "~²"),
    *(
        "x~" + "9" * 19,
        "1:a",
        "9" * 30 + ":a",
        ",",
        "=",
        "a=b",
        "a=b,,=c",
        "\t",
        "\x1c",
    ),
)
#: What is there.
REAL = (
    *("主权", "sovereignty", "新型大国关系", "new model of major country relationship"),
    *("en", "zh", "zh-Hans", "zh-Hant", "en-GB", "auto", "diplomatic", "climate"),
    *("csv", "tsv", "ndjson", "tbx3", "skos", "deepl", "exact", "part", "fuzzy"),
    *("term", "all", "approved", "draft", "retired", "open", "accepted", "merge"),
    *(
        "MFA of China",
        "2014-02",
        "utf16",
        "replace",
        "skip",
        "core-interests",
        "zhuquan",
    ),
)
words = st.one_of(
    st.sampled_from(REAL),
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8"), max_size=20),
)
numbers = st.one_of(
    st.integers(-2, 300),
    st.sampled_from([2**31, 2**53, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30]),
    st.floats(),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, words),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(words, inner, max_size=3),
    ),
    max_leaves=8,
)


@dataclass(frozen=True)
class Asking:
    """One request, as a server would hand it on."""

    method: str
    path: bytes
    query: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    kind: str = ""

    def environ(self) -> dict[str, Any]:
        """Return the WSGI environment."""
        builder = EnvironBuilder(
            method=self.method,
            headers=[*self.headers],
            input_stream=io.BytesIO(self.body),
        )
        environ = builder.get_environ()
        environ["PATH_INFO"] = self.path.decode("latin-1")
        # A line break would have ended the line of the request.
        line = self.query.replace(b"\n", b"%0A").replace(b"\r", b"%0D")
        environ["QUERY_STRING"] = line.decode("latin-1")
        environ["CONTENT_LENGTH"] = str(len(self.body))
        if self.kind:
            environ["CONTENT_TYPE"] = self.kind
        return environ

    def __str__(self) -> str:
        sent = f"{self.method} {self.path!r}?{self.query!r} {dict(self.headers)}"
        return f"{sent} {self.kind} {self.body[:2000]!r}"


@dataclass(frozen=True)
class Known:
    """What is there to be asked for: by the name of an argument in a path, and keys."""

    arguments: dict[str, list[str]]
    authorizations: list[str]
    etags: list[str] = field(default_factory=lambda: ['"1"', '"2"', "*", 'W/"1"', "1"])


def asked_by(view: Callable[..., Any]) -> Iterator[Schema]:
    """Yield the schemas that a view asks by, itself or through its own functions."""
    module = vars(sys.modules[view.__module__])
    done, waiting = set(), [inspect.unwrap(view)]
    while waiting:
        function = waiting.pop()
        for name in function.__code__.co_names:
            each = module.get(name)
            if isinstance(each, Schema):
                yield each
            elif isinstance(each, Mapping):
                yield from (s for s in each.values() if isinstance(s, Schema))
            elif (
                isinstance(each, types.FunctionType)
                and each.__module__ == view.__module__
                and each not in done
            ):
                done.add(each)
                waiting.append(inspect.unwrap(each))


def names_of(view: Callable[..., Any]) -> list[str]:
    """Return what parameters and fields of a view may be called."""
    found = {"lang", "callback", "jsonp", "nix"}
    for schema in asked_by(view):
        found |= {each.data_key or name for name, each in schema.fields.items()}
    tree = ast.parse(inspect.getsource(sys.modules[view.__module__]))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if text.isascii() and text.replace("_", "").islower() and len(text) < 20:
                found.add(text)
    return sorted(found)


def sound(schema: Schema) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what a schema takes, more or less."""
    needed = {
        each.data_key or n: value(each)
        for n, each in schema.load_fields.items()
        if each.required
    }
    other = {
        each.data_key or n: value(each)
        for n, each in schema.load_fields.items()
        if not each.required
    }
    return st.fixed_dictionaries(needed, optional=other)


def value(field_: fields.Field[Any]) -> st.SearchStrategy[Any]:
    """Draw a value of a field."""
    if isinstance(field_, fields.Nested):
        return sound(field_.schema)
    if isinstance(field_, fields.List):
        return st.lists(value(field_.inner), max_size=2)
    choices = [getattr(v, "choices", None) for v in field_.validators]
    if any(choices):
        return st.sampled_from(next(c for c in choices if c))
    return next(
        (drawn for kind, drawn in _OF_KIND if isinstance(field_, kind)),
        st.sampled_from(REAL),
    )


_OF_KIND: list[tuple[type, st.SearchStrategy[Any]]] = [
    (fields.Boolean, st.booleans()),
    (fields.Integer, st.integers(0, 9)),
    (
        fields.Dict,
        st.dictionaries(st.sampled_from(["en", "zh-Hans", "x"]), words, max_size=2),
    ),
    (Tag, st.sampled_from(["en", "zh-Hans", "zh-Hant", "en-GB"])),
]


@st.composite
def spoilt(draw: st.DrawFn, made: st.SearchStrategy[Any]) -> Any:
    """Draw something with one place of it replaced by anything."""
    whole = deepcopy(draw(made))
    at: Any = whole
    for _ in range(draw(st.integers(0, 3))):
        inner = [*at.items()] if isinstance(at, dict) else [*enumerate(at)]
        inner = [(k, v) for k, v in inner if isinstance(v, dict | list)]
        if not inner:
            break
        at = draw(st.sampled_from(inner))[1]
    if isinstance(at, dict):
        keys = [*at, draw(words)]
        at[draw(st.sampled_from(keys))] = draw(anything)
    elif at:
        at[draw(st.integers(0, len(at) - 1))] = draw(anything)
    return whole


def drawn(app: Flask, known: Known) -> st.SearchStrategy[Asking]:
    """Draw a request to any address of the application."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    addresses = [
        _to(rule, method, app.view_functions[rule.endpoint], known)
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    beside = [_beside(rule, known) for rule in rules]

    @st.composite
    def one(draw: st.DrawFn) -> Asking:
        many = addresses if draw(st.integers(0, 9)) else beside
        return draw(many[draw(st.integers(0, len(many) - 1))])

    return one()


def _headers(known: Known) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    plain = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
    odd = st.one_of(
        plain, st.sampled_from(["", "²".encode().decode("latin-1"), "9" * 30])
    )
    said: dict[str, st.SearchStrategy[str]] = {
        "If-None-Match": st.one_of(st.sampled_from(known.etags), odd),
        "Glossary-Revision": st.one_of(st.sampled_from(["0", "1"]), odd),
        "Accept-Language": st.one_of(
            st.sampled_from(["zh-TW", "en;q=0", "zh;q=²".encode().decode("latin-1")]),
            odd,
        ),
        "Accept": st.one_of(st.sampled_from(["text/html", "application/json"]), odd),
        "Cookie": st.one_of(
            st.sampled_from(["lang=zh-Hans", "lang=x; Glossary-Revision=9", "=;;="]),
            odd,
        ),
        "Idempotency-Key": st.one_of(st.sampled_from(["k1", '"k2"']), odd),
        "Glossary-Typing": odd,
        "User-Agent": odd,
        "Origin": odd,
        "Range": st.sampled_from(["bytes=0-1", "bytes=9-", "bytes=-1,3-2", "x=1"]),
        "If-Modified-Since": odd,
        "Host": st.sampled_from(
            ["localhost", "terms.example:8443", "[::1]", "", "a b"]
        ),
    }
    keys = st.fixed_dictionaries(
        {},
        optional={
            "Authorization": st.one_of(
                *[st.sampled_from(known.authorizations)] * 4, odd
            ),
            "If-Match": st.one_of(st.sampled_from(known.etags), odd),
        },
    )
    rest = st.dictionaries(st.sampled_from(sorted(said)), st.none(), max_size=2)
    return st.tuples(
        keys,
        rest.flatmap(lambda names: st.fixed_dictionaries({n: said[n] for n in names})),
    ).map(lambda both: tuple({**both[1], **both[0]}.items()))


def _argument(name: str, known: Known) -> st.SearchStrategy[bytes]:
    there = known.arguments.get(name, ["1"])
    return st.one_of(
        st.sampled_from(there),
        st.sampled_from(there),
        words,
        st.binary(max_size=6).map(lambda b: b.decode("latin-1")),
    ).map(lambda text: text.encode("utf-8", "surrogatepass"))


@st.composite
def _path(draw: st.DrawFn, rule: Rule, known: Known) -> bytes:
    path = b""
    for is_argument, text in rule._trace:
        if not is_argument:
            path += text.encode()
        else:
            path += draw(_argument(text, known))
    return path.removeprefix(b"|")


def _query(names: list[str], schemas: list[Schema]) -> st.SearchStrategy[bytes]:
    wild = st.lists(
        st.tuples(st.one_of(st.sampled_from(names), words), words), max_size=3
    )
    right = st.one_of(
        [sound(s).map(lambda d: [*d.items()]) for s in schemas] or [st.just([])]
    )
    pairs = st.one_of(
        right, right, st.tuples(right, wild).map(lambda b: b[0] + b[1]), wild
    )
    said = pairs.map(
        lambda each: "&".join(f"{_q(k)}={_q(v)}" for k, v in each).encode()
    )
    return st.one_of(said, said, said, st.binary(max_size=12))


def _q(said: object) -> str:
    return quote(str(said).lower() if isinstance(said, bool) else str(said), safe="")


def _bodies(
    names: list[str], schemas: list[Schema]
) -> st.SearchStrategy[tuple[bytes, str]]:
    objects = st.one_of([sound(s) for s in schemas] or [st.just({})])
    wild = st.dictionaries(
        st.one_of(st.sampled_from(names), words), anything, max_size=4
    )
    shapes = st.one_of(objects, spoilt(objects), spoilt(objects), wild, anything)
    kinds = st.sampled_from(
        [
            *["application/json"] * 6,
            "application/merge-patch+json",
            "application/x-ndjson",
            "text/plain",
            "",
            "application/json; charset=klingon",
        ]
    )
    as_json = st.tuples(shapes.map(_json), kinds)
    form = st.dictionaries(
        st.sampled_from(names),
        st.one_of(words, shapes.map(lambda s: _json(s).decode())),
        max_size=4,
    )
    as_form = form.map(
        lambda f: (
            "&".join(f"{_q(k)}={_q(v)}" for k, v in f.items()).encode(),
            "application/x-www-form-urlencoded",
        )
    )
    raw_form = form.map(
        lambda f: (
            "&".join(f"{k}={v}" for k, v in f.items()).encode(),
            "application/x-www-form-urlencoded",
        )
    )
    as_parts = st.tuples(form, words).map(_parts)
    raw = st.tuples(
        st.one_of(st.binary(max_size=40), words.map(str.encode)),
        st.sampled_from(
            [
                "application/json",
                "text/csv",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded",
                "²",
            ]
        ),
    )
    file = st.sampled_from(FILES).map(lambda text: (text.encode(), "text/csv"))
    return st.one_of(as_json, as_json, as_form, as_form, raw_form, as_parts, raw, file)


#: Files as they are imported: sound, torn, and none.
FILES = (
    "zh,en\n主权,sovereignty\n峰会,summit\n",
    "zh,en\n主权,\n",
    'zh,en\n"主权,sovereignty\n',
    '{"id":"fuzzed","terms":[{"lang":"en","text":"fuzzed"}]}\n',
    "<martif><text><body/></text></martif>",
    "PK\x03\x04",
    "",
)


def _parts(drawn_: tuple[dict[str, str], str]) -> tuple[bytes, str]:
    form, name = drawn_
    parts = [(f'name="{key}"', text) for key, text in form.items()]
    parts.append((f'name="file"; filename="{name}"', FILES[0]))
    head = "--fuzz\r\nContent-Disposition: form-data; "
    body = "".join(f"{head}{said}\r\n\r\n{text}\r\n" for said, text in parts)
    return f"{body}--fuzz--\r\n".encode(), "multipart/form-data; boundary=fuzz"


def _json(said: object) -> bytes:
    try:
        return json.dumps(said, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(said).encode()


#: The schemas of bodies that are asked for by a function of another module.
BODIES: dict[str, list[Schema]] = {
    "post_annotate": [AnnotateBody()],
    "post_check": [CheckBody()],
    "post_entries": [EntrySchema()],
    "put_entry": [EntrySchema()],
    "patch_entry": [EntrySchema(partial=True)],
    "post_proposals": [ProposalBody()],
    "post_reject": [RejectBody()],
}


def _to(
    rule: Rule, method: str, view: Callable[..., Any], known: Known
) -> st.SearchStrategy[Asking]:
    """Draw a request to one address."""
    names, schemas = names_of(view), [*asked_by(view)]
    nothing = st.just((b"", ""))
    bodies = _bodies(names, schemas + BODIES.get(view.__name__, []))
    body = st.one_of(nothing, nothing, bodies) if method == "GET" else bodies
    query = _query(names, schemas)
    if method != "GET":
        query = st.one_of(st.just(b""), st.just(b""), query)
    return st.builds(
        lambda path, query, headers, body: Asking(method, path, query, headers, *body),
        _path(rule, known),
        query,
        _headers(known),
        body,
    )


def _beside(rule: Rule, known: Known) -> st.SearchStrategy[Asking]:
    """Draw a request that no view was written for."""
    end = st.one_of(
        st.just(b""), st.sampled_from([b"/", b"//", b"/x", b"\n", b"%", b"\xff"])
    )
    begin = st.sampled_from([b"", b"", b"/", b"//evil.example"])
    return st.builds(
        lambda begin, path, end, method, query, headers: Asking(
            method, begin + path + end, query, headers
        ),
        begin,
        _path(rule, known),
        end,
        st.sampled_from(
            ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "X"]
        ),
        st.sampled_from(
            [b"", b"", b"lang=zh-Hans", b"lang=%0A&x=%0D%0A", b"\xff=\xff"]
        ),
        _headers(known),
    )
