"""Every error stands once in the drawn tree, and every edge knows what it means."""

import importlib
import json
import pkgutil

import httpx
import pytest

import glossary
from glossary import errors
from glossary.cli import EXIT_CODES
from glossary.client.wire import _refusal
from glossary.errors import GlossaryError
from glossary.web.problems import STATUS, TITLES, codes, status_of


def below(kind: type[GlossaryError]) -> list[type[GlossaryError]]:
    return [each for k in kind.__subclasses__() for each in (k, *below(k))]


for module in pkgutil.walk_packages(glossary.__path__, "glossary."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
KINDS = below(GlossaryError)
#: What ends a program before anybody is answered.
AT_START = {errors.BadSetting, errors.DoorTaken}


def drawn() -> dict[str, str]:
    """Return the tree as it is drawn: each error with the one that it stands under."""
    lines = (errors.__doc__ or "").splitlines()
    tree, path = {}, ["GlossaryError"]
    for line in lines:
        if "── " not in line:
            continue
        branch, _, rest = line.partition("── ")
        depth = len(branch) // 4
        name = rest.split()[0]
        path[depth:] = [name]
        assert len(rest.split()) > 1, f"{name} is not explained"
        tree[name] = path[depth - 1]
    return tree


def test_the_tree_is_drawn_as_it_is() -> None:
    elsewhere = {k.__name__ for k in KINDS if k.__module__ != "glossary.errors"}
    # It holds the question, which is a noun of formats.
    assert elsewhere == {"UnsettledColumns"}
    real = {kind.__name__: kind.__bases__[0].__name__ for kind in KINDS}
    assert drawn() == real


def test_no_two_errors_have_one_code() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", GlossaryError.__subclasses__(), ids=lambda k: k.code)
def test_every_branch_has_a_status_and_an_exit_code_of_its_own(
    kind: type[GlossaryError],
) -> None:
    assert kind in STATUS
    assert kind in EXIT_CODES
    assert 0 < EXIT_CODES[kind] < 126


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.code)
def test_every_error_has_a_title_and_is_in_the_contract(
    kind: type[GlossaryError],
) -> None:
    assert status_of(kind) in TITLES
    assert dict(codes())[kind.code] == status_of(kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.code)
def test_the_client_raises_the_error_that_the_server_did(
    kind: type[GlossaryError],
) -> None:
    body = {
        "code": kind.code,
        "detail": "100% of 主权",
        "errors": [{"pointer": "/terms/0", "detail": "no"}],
    }
    answer = httpx.Response(
        status_code=status_of(kind),
        headers={"Content-Type": "application/problem+json"},
        content=json.dumps(body).encode(),
        request=httpx.Request("GET", "http://glossary/api/v1/lookup"),
    )
    raised = _refusal(answer)
    assert isinstance(raised, GlossaryError)
    assert raised.code == kind.code
    assert [p.pointer for p in raised.problems] == ["/terms/0"]
    # What the server alone can make is raised as the kind above it.
    assert type(raised) in {kind, kind.__bases__[0]}
    if kind.__module__ == "glossary.errors" and not issubclass(kind, errors.Invalid):
        assert type(raised) is kind
        assert str(raised.message) == "100% of 主权"
