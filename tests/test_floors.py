"""The house keeps its shape: floors, doors, homes of libraries, size of modules."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import CONFORMANCE
from tests.floors import FLOORS

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "glossary"
MODULES = sorted(HOUSE.rglob("*.py"))
FLOOR: Final = {room: height for height, floor in enumerate(FLOORS) for room in floor}
#: Words that say that something happened and hide what a value is: a name is `hits` or
#: `message`, `connection` or `answer`.
HAPPENED = frozenset("asked each found given kept known made said seen told".split())
#: So do these as names of values; a function may be called so that returns such things.
DONE_TO = frozenset(
    "changed checked chosen cited done folded gone heard held left listed met moved "
    "named opened sent settled shared shown stored taken touched used wanted "
    "written".split()
)
#: Fields that stand so in JSON, in the answer of a command or in a kept import.
SPOKEN = {
    ("client/answer.py", "left"),
    ("curation/bulk.py", "changed"),
    ("curation/bulk.py", "left"),
    ("curation/fixtures.py", "kept"),
    ("entry/nouns.py", "changed"),
    ("entry/nouns.py", "checked"),
    ("formats/table/termrows.py", "checked"),
    ("entry/person.py", "seen"),
    ("entry/person.py", "used"),
    ("entry/register.py", "changed"),
    ("entry/teamwork.py", "seen"),
    ("lookup/meaning.py", "kept"),
    ("lookup/meaning.py", "made"),
    ("schema/answer.py", "changed"),
    ("schema/editing.py", "changed"),
    ("schema/editing.py", "left"),
    ("schema/entry.py", "checked"),
    ("schema/noun_answer.py", "changed"),
    ("schema/people.py", "seen"),
    ("schema/people.py", "used"),
    ("schema/teamwork.py", "checked"),
    ("schema/teamwork.py", "seen"),
    ("schema/transfer.py", "done"),
    ("schema/transfer.py", "left"),
    ("transfer/run.py", "asked"),
    ("transfer/run.py", "left"),
}
#: Each library has one home.
HOMES: Final = {
    "flask": ["web/"],
    "pygls": ["client/editor.py", "client/ruler.py"],
    "lsprotocol": ["client/editor.py", "client/ruler.py"],
    "mcp": ["client/assistant.py"],
    "werkzeug": ["web/"],
    "marshmallow": [
        "schema/",
        "web/contract.py",
        "web/operation.py",
        "web/team_operations.py",
        "web/operations.py",
        "web/request.py",
        "web/api/texts.py",
    ],
    "babel": ["speech/locale.py", "speech/registry.py"],
    "sqlite3": ["store/", "formats/anki.py"],
    "sqlite_utils": ["store/"],
    "apispec": ["web/contract.py"],
    "click": ["cli/"],
    "rich": ["cli/"],
    "granian": ["serving/worker.py"],
    "prometheus_client": ["web/metrics.py"],
    "limits": ["web/rates.py"],
    "lxml": ["formats/", "bitext/"],
    "polib": ["formats/", "bitext/"],
    "xlsxwriter": ["formats/"],
    "docx": ["bitext/word.py"],
    "python_calamine": ["formats/", "bitext/"],
    "opencc": ["text/characters.py", "text/regional.py"],
    "pypinyin": ["text/reading.py", "curation/lint/sounds.py"],
    "msgspec": ["curation/forked.py", "entry/", "transfer/packing.py"],
    "argon2": ["people/passwords.py"],
    "authlib": ["people/oidc.py"],
    "joserfc": ["people/oidc.py"],
    "httpx": ["client/", "web/tools/languagetool/upstream.py"],
    "daachorse": ["recognition/automaton.py"],
    "rjieba": ["recognition/borders.py"],
    "psycopg": ["store/"],
    "psycopg_pool": ["store/"],
}
#: What is imported only when it is asked for: it needs the extra `postgres`.
EXTRAS: Final = {("store/opening.py", "glossary.store.postgres.store.PostgresStore")}
#: Tests of the whole program, which no room owns.
WHOLE: Final = {"failover", "faults", "fuzz", "mutants"}
TESTS: Final = sorted((ROOT / "tests").rglob("*.py"))
DRAWERS: Final = re.compile(
    r"utils?|helpers?|common|misc|base|core|managers?|services?"
)


def place(module: Path) -> str:
    return module.relative_to(HOUSE).as_posix()


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


@cache
def imports(module: Path) -> tuple[tuple[str, ast.stmt], ...]:
    return tuple(_imports(module))


def _imports(module: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def own_room(module: Path) -> str:
    return place(module).removesuffix(".py").split("/")[0]


@cache
def handed_on(room: str) -> set[str]:
    """The names of a room's door: what its `__init__` lists."""
    for node in tree(HOUSE / room / "__init__.py").body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_every_room_stands_on_a_floor() -> None:
    rooms = {own_room(module) for module in MODULES} - {"__init__"}
    assert rooms == set(FLOOR)
    assert len(rooms) <= 20
    assert len(FLOORS) <= 10


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_imports_run_only_downwards(module: Path) -> None:
    own = own_room(module)
    for name, _ in imports(module):
        if name.startswith("glossary.") and own != "__init__":
            room = name.split(".")[1]
            below = FLOOR.get(room, -1) < FLOOR[own]
            assert below or room == own, f"{own} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_one_room_enters_another_only_by_its_door(module: Path) -> None:
    for name, _ in imports(module):
        parts = name.split(".")
        if parts[0] != "glossary" or not (HOUSE / parts[1]).is_dir():
            continue
        if parts[1] in {own_room(module), "locales", "fixtures"}:
            continue
        if len(parts) == 2:
            continue
        assert len(parts) == 3, f"{name} goes past the door of {parts[1]}"
        assert parts[2] in handed_on(parts[1]), f"{parts[1]} does not hand on {name}"


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_each_library_has_one_home(module: Path) -> None:
    for name, _ in imports(module):
        homes = HOMES.get(name.split(".")[0])
        if homes:
            assert any(place(module).startswith(home) for home in homes), name


def test_only_the_settings_read_the_environment() -> None:
    for module in MODULES:
        if own_room(module) != "config":
            assert "os.environ" not in module.read_text(encoding="utf-8"), module


#: What reads the environment. Only the edges may: what stands below them goes by the
#: settings that it is given, or that an edge has put in force.
OF_THE_ENVIRONMENT: Final = {
    *("glossary.config.settings", "glossary.config.read_settings"),
    *(
        "glossary.config.language",
        "glossary.config.notified",
        "glossary.config.reading",
    ),
}


def test_nothing_below_the_edges_reads_the_environment() -> None:
    asking = {
        (place(module), name)
        for module in MODULES
        if own_room(module) not in {"web", "cli", "config"}
        for name in (
            *(name for name, _ in imports(module)),
            *(
                f"glossary.{ast.unparse(node)}"
                for node in ast.walk(tree(module))
                if isinstance(node, ast.Attribute)
            ),
        )
        if name in OF_THE_ENVIRONMENT
    }
    assert asking == set()


def test_only_one_module_touches_what_belongs_to_a_request() -> None:
    for module in MODULES:
        if place(module) not in {"web/current.py", "web/contract.py"}:
            names = {name for name, _ in imports(module)}
            assert not names & {"flask.g", "flask.current_app"}, module


def test_no_import_hides_in_a_function() -> None:
    for module in MODULES:
        body = tree(module).body
        # What is imported late is written as an import that checkers read.
        late = [
            node
            for block in body
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
            for node in block.body
        ]
        top = [*body, *late]
        for name, node in imports(module):
            if (place(module), name) not in EXTRAS:
                assert node in top, module


#: What imports by name: doors and large libraries, a command that is run, what not
#: everybody has installed.
IMPORTS_LATE: Final = {
    "__init__.py",
    "cli/root.py",
    "cli/assistants.py",
    "cli/push.py",
    "formats/anki.py",
    "formats/linked.py",
    "lookup/meaning.py",
    "web/traces.py",
}


def test_nothing_else_imports_by_name() -> None:
    for module in MODULES:
        late = any("import_module" in name for name, _ in imports(module))
        assert late == (place(module) in IMPORTS_LATE), module


@pytest.mark.parametrize("room", sorted(FLOOR))
def test_a_door_hands_on_what_it_lists(room: str) -> None:
    door = import_module(f"glossary.{room}")
    for name in handed_on(room) if (HOUSE / room).is_dir() else ():
        assert getattr(door, name) is not None
        assert name in dir(door)


def test_there_are_no_cycles() -> None:
    graph = {
        place(m).removesuffix(".py").removesuffix("/__init__").replace("/", "."): {
            name.removeprefix("glossary.")
            for name, _ in imports(m)
            if "glossary." in name
        }
        for m in MODULES
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"cycle: {path} {name}"
        if name in done:
            return
        for other in graph[name]:
            target = other if other in graph else other.rpartition(".")[0]
            if target in graph and target != name:
                visit(target, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_a_module_can_be_held_in_the_head(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
    assert not DRAWERS.fullmatch(module.stem), "name it after the thing it holds"
    assert ast.get_docstring(tree(module))


def test_what_is_to_run_over_both_engines_is_there() -> None:
    for name in CONFORMANCE:
        assert (ROOT / f"{name.replace('.', '/')}.py").exists(), name


@pytest.mark.parametrize("module", TESTS, ids=lambda path: path.stem)
def test_no_test_imports_another_test(module: Path) -> None:
    for name, _ in imports(module):
        if name.startswith("tests."):
            parts = name.split(".")[1:]
            assert not any(part.startswith("test_") for part in parts), (
                f"{module.relative_to(ROOT)} imports {name}: what two tests need "
                "stands in a module of its own, such as tests/nouns.py"
            )


def test_the_tests_stand_in_the_folders_of_what_they_test() -> None:
    folders = {place(module.parent) for module in MODULES}
    homes: dict[tuple[str, str], set[str]] = {}
    for module in MODULES:
        folder = place(module.parent)
        homes.setdefault((folder.split("/")[0], module.stem), set()).add(folder)
    for test in TESTS:
        folder = test.parent.relative_to(ROOT / "tests").as_posix()
        room = folder.split("/")[0]
        assert folder in folders or room in WHOLE, f"no package is called {folder}"
        home = homes.get((room, test.stem.removeprefix("test_")), {folder})
        # What stands in two folders is tested above both, once.
        right = home if len(home) == 1 else {room, *home}
        assert folder in right, f"{test.relative_to(ROOT)} tests a module of {home}"


#: What `client` answers with is what the store knows by the same name, in plain values;
#: the counts are so named in the contract. `Meta` is a name of marshmallow's.
SAME_THING: Final = {
    *(
        "Annotated",
        "Hit",
        "ListedTerm",
        "GlossaryCount",
        "IssuerCount",
        "SubjectCount",
        "Meta",
    ),
}


def test_no_two_classes_of_one_name_are_two_things() -> None:
    homes: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(place(module))
    shared = {name: where for name, where in homes.items() if len(where) > 1}
    assert {n: where for n, where in shared.items() if n not in SAME_THING} == {}
    assert set(shared) == SAME_THING
    for name in SAME_THING - {"Meta"}:
        assert len(shared[name]) == 2
        assert "client/answer.py" in shared[name], name


def test_no_two_doors_hand_on_one_name_for_two_things() -> None:
    handing: dict[str, set[str]] = {}
    for room in FLOOR:
        if (HOUSE / room / "__init__.py").exists():
            for name in handed_on(room):
                handing.setdefault(name, set()).add(room)
    assert {name: rooms for name, rooms in handing.items() if len(rooms) > 1} == {}


def bound(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the names that a module gives to values and functions, with their lines."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                # What is done to values is said of functions alone.
                if name.strip("_") not in DONE_TO:
                    yield node.lineno, name
            case ast.alias(asname=str(name)):
                if name.strip("_") not in DONE_TO:
                    yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield node.lineno, name


def test_values_are_named_by_what_they_are() -> None:
    """Nothing is called `found` or `said`; what is sent under such a name is listed."""
    wrong, spoken = [], set()
    for path in MODULES:
        module = path.relative_to(HOUSE).as_posix()
        for line, name in bound(ast.parse(path.read_text(encoding="utf-8"))):
            if name.strip("_") not in HAPPENED | DONE_TO:
                continue
            spoken.add((module, name))
            if (module, name) not in SPOKEN:
                wrong.append(f"{module}:{line} {name}")
    assert not wrong, "name it by what it is: " + ", ".join(wrong)
    assert spoken == SPOKEN


def of_door(room: str) -> Iterator[tuple[str, inspect.Signature]]:
    """Yield the functions that a room hands on, and those of its classes."""
    door = import_module(f"glossary.{room}")
    for name in getattr(door, "__all__", ()):
        thing = getattr(door, name)
        if inspect.isfunction(thing):
            yield f"{room}.{name}", inspect.signature(thing)
        elif inspect.isclass(thing):
            for each, method in vars(thing).items():
                if inspect.isfunction(method) and not each.startswith("_"):
                    yield f"{room}.{name}.{each}", inspect.signature(method)


def test_what_a_function_works_on_is_positional_and_its_options_are_not() -> None:
    """Four values at most where a room hands it on, five within; see CONTRIBUTING."""
    wrong = []
    for name, signature in (row for room in FLOOR for row in of_door(room)):
        values = [p for p in signature.parameters.values() if p.kind <= 1]
        values = [p for p in values if p.name not in {"self", "cls"}]
        options = [p for p in values[2:] if p.default is not p.empty]
        if len(values) > 4 or options:
            wrong.append(name)
    for module in MODULES:
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef):
                names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
                if len([n for n in names if n not in {"self", "cls"}]) > 5:
                    wrong.append(f"{place(module)}:{node.lineno} {node.name}")
    assert not wrong, ", ".join(wrong)
