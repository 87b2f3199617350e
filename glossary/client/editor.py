"""A language server: wordings that are not to be used, terms to hover and complete.

Drafts are marked where a term is told of; they ban nothing. A mark stands at a wording
and offers what to use instead. What a translation lacks is said to the picky alone, at
the wording of the source.

Text and Markdown are read as they are; files of translations (PO, XLIFF) are checked
pair by pair. The terms come from a server of this service, over its client.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from glossary import bitext, release
from glossary.bitext import Languages, Segment
from glossary.client import Client, Unreachable
from glossary.client.answer import Marked
from glossary.client.ruler import Ruler
from glossary.entry import Finding, Suggestion, Term, is_draft, label
from glossary.errors import GlossaryError, TooLarge
from glossary.formats import Limits
from glossary.text import dotted, has_han, has_slot, in_case, letter_case, readable

_SOURCE: Final = "glossary"
#: An entry of this state is marked, and bans nothing.
_DRAFT: Final = "draft"
_PAIRED: Final = frozenset({".po", ".xlf", ".xliff"})
#: So many pairs, or characters of them, are checked at a time.
_PAIRS: Final = 1_000
_CHARACTERS: Final = 100_000
_LIMITS: Final = Limits()


class TermServer(LanguageServer):
    """The server, with the client that it asks.

    `picky` tells of missing terms too, `drafts` of what nobody approved; `glossaries`
    are those that are asked, all where there are none. An editor may set each as an
    initialization option.
    """

    def __init__(
        self,
        terms: Client,
        *,
        picky: bool = False,
        drafts: bool = False,
        glossaries: Sequence[str] = (),
    ) -> None:
        super().__init__("glossary", release())
        self.terms = terms
        self.glossaries = list(glossaries)
        self.picky = picky
        self.drafts = drafts
        self._marks: dict[str, tuple[int | None, tuple[types.Diagnostic, ...]]] = {}

    def examine(self, uri: str) -> None:
        """Send what is to be said of a document."""
        document = self.workspace.get_text_document(uri)
        try:
            marks = [*self._diagnostics(document)]
        except (Unreachable, TooLarge) as error:
            parameters = types.LogMessageParams(types.MessageType.Warning, str(error))
            self.window_log_message(parameters)
            return
        except GlossaryError:
            # A file that is being written need not be well formed at every moment.
            return
        self._marks[uri] = document.version, tuple(marks)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, marks, document.version)
        )

    def marks(self, uri: str, within: types.Range) -> Iterator[types.Diagnostic]:
        """Yield what was said of a document as it stands, of a place in it."""
        document = self.workspace.get_text_document(uri)
        marked, marks = self._marks.get(uri, (None, ()))
        if marked == document.version:
            for mark in marks:
                if mark.range.start <= within.end and within.start <= mark.range.end:
                    yield mark

    def forget(self, uri: str) -> None:
        """Forget a document that was closed, and take its marks away."""
        self._marks.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def matches(self, document: TextDocument) -> tuple[Marked, ...]:
        """Return the terms of a document."""
        return self.terms.annotate(document.source, **self.narrowed()).matches

    def narrowed(self) -> dict[str, list[str]]:
        """Return what narrows a question to the glossaries that are asked."""
        return {"glossaries": self.glossaries} if self.glossaries else {}

    def completions(self, typed: str) -> Sequence[Suggestion]:
        """Return what may be meant by what is typed."""
        options = {"glossaries": ",".join(self.glossaries)} if self.glossaries else {}
        return self.terms.suggest(typed, **options)

    def _diagnostics(self, document: TextDocument) -> Iterator[types.Diagnostic]:
        if PurePath(document.path).suffix.casefold() in _PAIRED:
            yield from self._checked(document)
            return
        ruler = Ruler(document)
        for match in self.matches(document):
            if match.banned:
                yield _diagnostic(
                    ruler.range(match.start, match.end),
                    _accused(match),
                    match.term.status,
                    instead=_instead(document.source, match),
                )

    def _checked(self, document: TextDocument) -> Iterator[types.Diagnostic]:
        stream = io.BytesIO(document.source.encode())
        languages = Languages(None, None)
        ruler = Ruler(document)
        segments = [*bitext.read(stream, document.path, languages, _LIMITS)]
        for segment, findings in self._findings(segments):
            for finding in filter(self._is_wanted, findings):
                place = ruler.wording(segment, finding)
                yield _diagnostic(
                    place or ruler.first_word(segment.line),
                    finding.message,
                    finding.verdict,
                    instead=_insertable(finding) if place else (),
                )

    def _is_wanted(self, finding: Finding) -> bool:
        """Say whether a finding is to be marked."""
        if finding.advice or (is_draft(finding.state) and not self.drafts):
            return False
        return finding.verdict == "forbidden" or (
            self.picky and finding.verdict == "missing"
        )

    def _findings(
        self, segments: Sequence[Segment]
    ) -> Iterator[tuple[Segment, tuple[Finding, ...]]]:
        """Yield each translated segment with what there is to say of it."""
        translated = [segment for segment in segments if segment.pair.target.strip()]
        for languages in {segment.languages: None for segment in translated}:
            alike = [
                segment for segment in translated if segment.languages == languages
            ]
            for some in _batches(alike):
                pairs = (segment.pair for segment in some)
                answer = self.terms.check(
                    pairs,
                    from_=languages.from_,
                    to=languages.to,
                    **self.narrowed(),
                )
                for segment, pair in zip(some, answer.pairs, strict=True):
                    yield segment, pair.findings


def serve(
    terms: Client,
    *,
    picky: bool = False,
    drafts: bool = False,
    glossaries: Sequence[str] = (),
) -> None:
    """Speak with an editor over standard input and output until it leaves."""
    server(terms, picky=picky, drafts=drafts, glossaries=glossaries).start_io()


def server(
    terms: Client,
    *,
    picky: bool = False,
    drafts: bool = False,
    glossaries: Sequence[str] = (),
) -> TermServer:
    """Return a server that answers to an editor."""
    server = TermServer(terms, picky=picky, drafts=drafts, glossaries=glossaries)
    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    kinds = [types.CodeActionKind.QuickFix]
    server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=kinds),
    )(code_action)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
    server.feature(types.TEXT_DOCUMENT_COMPLETION)(completion)
    return server


def initialize(ls: TermServer, params: types.InitializeParams) -> None:
    """Take what an editor's settings say: `{"picky": true, "glossaries": ["mfa"]}`."""
    options = params.initialization_options
    if isinstance(options, dict):
        ls.picky = options.get("picky", ls.picky) is True
        ls.drafts = options.get("drafts", ls.drafts) is True
        names = options.get("glossaries", ls.glossaries)
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            ls.glossaries = names


def did_close(ls: TermServer, params: types.DidCloseTextDocumentParams) -> None:
    """Say nothing more of a document that was closed."""
    ls.forget(params.text_document.uri)


def code_action(
    ls: TermServer, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Offer what to use instead of each marked wording of a place, the best first."""
    uri = params.text_document.uri
    return [
        types.CodeAction(
            title=f"“{text}”",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[mark],
            is_preferred=not number,
            edit=types.WorkspaceEdit({uri: [types.TextEdit(mark.range, text)]}),
        )
        for mark in ls.marks(uri, params.range)
        for number, text in enumerate(mark.data or ())
    ]


def did_open(ls: TermServer, params: types.DidOpenTextDocumentParams) -> None:
    """Examine a document that was opened."""
    ls.examine(params.text_document.uri)


def did_change(ls: TermServer, params: types.DidChangeTextDocumentParams) -> None:
    """Examine a document that was changed."""
    ls.examine(params.text_document.uri)


def hover(ls: TermServer, params: types.HoverParams) -> types.Hover | None:
    """Say what the term under the pointer is rendered as."""
    document = ls.workspace.get_text_document(params.text_document.uri)
    at = document.offset_at_position(params.position)
    for match in ls.matches(document):
        if match.start <= at < match.end:
            text = types.MarkupContent(types.MarkupKind.Markdown, _markdown(match))
            return types.Hover(text, Ruler(document).range(match.start, match.end))
    return None


def completion(
    ls: TermServer, params: types.CompletionParams
) -> types.CompletionList | None:
    """Complete the term that is being typed, also by its rendering."""
    document = ls.workspace.get_text_document(params.text_document.uri)
    end = document.offset_at_position(params.position)
    start = _begin(document.source, end)
    typed = document.source[start:end]
    if not typed.strip():
        return None
    place = Ruler(document).range(start, end)
    items = [
        item
        for suggestion in ls.completions(typed)
        for item in _items(suggestion, typed, place)
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def _begin(text: str, end: int) -> int:
    """Return where the phrase that is being typed begins: a run of Han, or a word."""
    start = end
    chinese = end > 0 and has_han(text[end - 1])
    while start and (
        has_han(text[start - 1])
        if chinese
        else (text[start - 1].isalnum() or text[start - 1] in "-'’")
        and not has_han(text[start - 1])
    ):
        start -= 1
    return start


def _items(
    suggestion: Suggestion, typed: str, place: types.Range
) -> Iterator[types.CompletionItem]:
    wordings = [(suggestion.text, suggestion.equivalent)]
    if suggestion.equivalent:
        wordings.append((suggestion.equivalent, suggestion.text))
    for text, other in wordings:
        yield types.CompletionItem(
            label=text,
            detail=_detailed(other, suggestion.state),
            kind=types.CompletionItemKind.Text,
            filter_text=typed,
            text_edit=types.TextEdit(place, text),
        )


def _detailed(other: str | None, state: str) -> str | None:
    """Return what stands beside a completion: its rendering, and whether a draft."""
    draft = _DRAFT if is_draft(state) else None
    return " · ".join(filter(None, [other, draft])) or None


def _markdown(match: Marked) -> str:
    """Return a term with its renderings, in Markdown."""
    lines = [f"**{dotted(match.term.text)}** · {match.term.status}"]
    if is_draft(match.state):
        lines[0] += f" · {_DRAFT}"
    if match.use:
        lines.append("use: " + ", ".join(dotted(term.text) for term in match.use))
    lines += [f"- {_described(term)}" for term in match.equivalents]
    return "\n".join(["\n\n".join(lines[:2]), *lines[2:]])


def _described(term: Term) -> str:
    rest = [term.status, term.issuer, label(term.since, term.until)]
    return " · ".join([dotted(term.text), *filter(None, rest)])


def _accused(match: Marked) -> str:
    sentence = f"“{match.text}” is {match.term.status}"
    best = readable(match.use[0].text) if match.use else ""
    return f"{sentence}; use “{best}”." if best else f"{sentence}."


def _instead(text: str, match: Marked) -> tuple[str, ...]:
    """Return what to put in the place of a wording, in its letter case.

    What has a slot inside cannot be put anywhere as it is.
    """
    case = letter_case(text, match.start, match.end)
    wordings = (readable(term.text) for term in match.use)
    return tuple(
        in_case(wording, case) for wording in wordings if not has_slot(wording)
    )


def _insertable(finding: Finding) -> tuple[str, ...]:
    """Return what to put in the place of a wording of the target, if it has any.

    What has a slot inside cannot be put anywhere as it is.
    """
    if finding.target is None:
        return ()
    return tuple(text for text in finding.expected if not has_slot(text))


def _diagnostic(
    place: types.Range, message: str, code: str, *, instead: tuple[str, ...]
) -> types.Diagnostic:
    warning = types.DiagnosticSeverity.Warning
    return types.Diagnostic(
        place, message, warning, code=code, source=_SOURCE, data=list(instead)
    )


def _batches(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the segments in their order, as many at a time as a server takes."""
    some: list[Segment] = []
    characters = 0
    for segment in segments:
        size = len(segment.pair.source) + len(segment.pair.target)
        if some and (len(some) == _PAIRS or characters + size > _CHARACTERS):
            yield some
            some, characters = [], 0
        some.append(segment)
        characters += size
    if some:
        yield some
