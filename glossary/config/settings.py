"""The settings: one table, with what each of them does, its default and bounds."""

from dataclasses import dataclass
from typing import Final

from glossary.config.patterns import (
    HOST,
    LOG,
    MAIL_SERVER,
    MAYBE_SERVER,
    NAMED,
    ORIGINS,
    RATE,
    SECRET,
    SERVER,
    SOME,
)
from glossary.config.setting import setting as _setting
from glossary.message import N_

#: Seconds.
_DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; see `table` for the names and what they do."""

    settings: str = _setting(
        "",
        N_(
            "File of more settings, one NAME=value per line, which environment "
            "variables override; it is read at start and again on SIGHUP."
        ),
    )
    database: str = _setting(
        "glossary.db",
        N_("Where entries are kept: a file, or a postgresql:// address."),
        like=SOME,
    )
    host: str = _setting(
        "127.0.0.1",
        N_("Address that the server listens on, by number or name."),
        like=HOST,
    )
    port: int = _setting(
        8000, N_("Port that the server listens on."), least=1, most=65_535
    )
    url: str = _setting(
        "",
        N_("Address of the home page as readers know it, with its prefix, if any."),
        like=MAYBE_SERVER,
    )
    proxies: int = _setting(
        0, N_("Proxies in front whose X-Forwarded headers are believed."), most=10
    )
    workers: int = _setting(
        0, N_("Server processes; 0 means one for each core."), most=1_000
    )
    threads: int = _setting(
        0,
        N_(
            "Requests that a process answers at a time; 0 means 1 with a file, "
            "16 with PostgreSQL."
        ),
        most=1_000,
    )
    drain: float = _setting(
        20.0,
        N_(
            "Seconds that requests and imports under way may take once the server is "
            "told to stop."
        ),
        most=_DAY,
    )
    linger: float = _setting(
        0.0,
        N_(
            "Seconds that a server that is told to stop still takes requests, with "
            "/readyz red, so that a balancer notices."
        ),
        most=_DAY,
    )
    stuck: float = _setting(
        60.0,
        N_(
            "Seconds after which a process that gives no sign of life is replaced; 0 "
            "waits for ever."
        ),
        most=_DAY,
    )
    connections: int = _setting(
        4096, N_("Connections that one process keeps open at a time."), least=1
    )
    idle_timeout: float = _setting(
        20.0,
        N_("Seconds in which a request must begin and its head must have come."),
        least=0.1,
        most=_DAY,
    )
    body_timeout: float = _setting(
        30.0,
        N_("Seconds in which a request's body must have come; more for a large one."),
        least=0.1,
        most=_DAY,
    )
    answer_timeout: float = _setting(
        60.0,
        N_("Seconds that a client may leave an answer unread; 0 waits for ever."),
        most=_DAY,
    )
    max_waiting: int = _setting(
        512, N_("Requests of each kind that a process lets wait; more are refused.")
    )
    max_wait: float = _setting(
        2.0,
        N_(
            "Seconds that a read may be expected to wait for its turn, a write ten "
            "times as many; more are refused."
        ),
        least=0.05,
        most=_DAY,
    )
    rate_reads: str = _setting(
        "6000/minute",
        N_("Maximum reads by one address or token; empty for no limit."),
        like=RATE,
    )
    rate_long: str = _setting(
        "1200/minute",
        N_("Maximum texts and exports requested by one address or token."),
        like=RATE,
    )
    rate_writes: str = _setting(
        "6000/minute",
        N_("Maximum writes by one address or token."),
        like=RATE,
    )
    rate_proposals: str = _setting(
        "200/hour", N_("Maximum proposals by one address or token."), like=RATE
    )
    rate_sign_ins: str = _setting(
        "20/minute", N_("Maximum attempts to sign in by one address."), like=RATE
    )
    log: str = _setting(
        "text", N_("How log lines are written: text or json."), like=LOG
    )
    access_log: bool = _setting(
        default=False, doc=N_("Whether every request is logged.")
    )
    slow: float = _setting(
        2.0,
        N_("Seconds from which a request is logged as slow; 0 for none."),
        most=_DAY,
    )
    log_queries: bool = _setting(
        default=False, doc=N_("Whether what was looked up is logged too.")
    )
    otlp: str = _setting(
        "",
        N_(
            "Collector of OpenTelemetry that traces go to, such as "
            "http://127.0.0.1:4318; empty for none."
        ),
        like=MAYBE_SERVER,
    )
    glossary: str = _setting(
        "diplomatic", N_("Glossary of new entries that do not name one."), like=NAMED
    )
    origins: str = _setting(
        "",
        N_(
            "Other sites whose pages may read through the API, such as "
            "https://example.org, separated by spaces; * for all."
        ),
        like=ORIGINS,
    )
    open_reads: bool = _setting(default=True, doc=N_("Whether reads need no token."))
    session_days: float = _setting(
        14.0, N_("Days after which a browser must sign in anew."), least=0.01, most=366
    )
    session_idle: float = _setting(
        168.0,
        N_("Hours without a request after which a session ends; 0 for never."),
        most=8_784,
    )
    link_hours: float = _setting(
        72.0,
        N_("Hours for which a one-time link to a new password is valid."),
        least=0.1,
        most=8_760,
    )
    max_sign_ins: int = _setting(
        10,
        N_(
            "Sign-ins under one name that may fail in a quarter of an hour, from one "
            "address; five times as many under all names."
        ),
        least=1,
    )
    oidc_issuer: str = _setting(
        "",
        N_("Provider of OpenID Connect that people sign in by: its issuer."),
        like=MAYBE_SERVER,
    )
    oidc_client: str = _setting(
        "", N_("Client id of this service at that provider."), like=SECRET
    )
    oidc_secret: str = _setting(
        "",
        N_("Client secret of this service at that provider."),
        like=SECRET,
    )
    oidc_scope: str = _setting(
        "openid profile email", N_("Scopes requested from that provider.")
    )
    oidc_name: str = _setting(
        "OpenID Connect", N_("Name of that provider on the page."), like=SOME
    )
    oidc_groups: str = _setting(
        "groups", N_("The claim in which that provider names groups."), like=SOME
    )
    oidc_roles: str = _setting(
        "",
        N_("Roles of groups: group=role@glossary, separated by commas; * means all."),
    )
    max_body: int = _setting(1_048_576, N_("Largest request body, in bytes."), least=1)
    max_text: int = _setting(
        500_000,
        N_("Maximum characters of the texts in one request to annotate."),
        least=1,
    )
    max_check: int = _setting(
        400_000,
        N_("Maximum characters of the pairs, both sides, in one request to check."),
        least=1,
    )
    max_texts: int = _setting(
        10_000,
        N_("Maximum texts or pairs in one request to annotate or check."),
        least=1,
    )
    max_stream: int = _setting(
        8_000_000, N_("Largest body of NDJSON with texts or pairs, in bytes."), least=1
    )
    max_answer: int = _setting(
        64_000_000, N_("Largest answer about texts or pairs, in bytes."), least=1
    )
    gather_timeout: float = _setting(
        20.0,
        N_("Seconds that a request waits for a large store's wordings at the start."),
        most=_DAY,
    )
    max_query: int = _setting(500, N_("Longest query, in characters."), least=1)
    max_hits: int = _setting(
        100, N_("Largest limit of a lookup or suggestion."), least=1
    )
    max_lookups: int = _setting(
        500, N_("Maximum queries per POST to /lookup."), least=1
    )
    max_page: int = _setting(500, N_("Largest limit of a list."), least=1)
    max_terms: int = _setting(500, N_("Maximum terms in one entry."), least=1)
    max_contexts: int = _setting(
        100, N_("Maximum contexts in which a term does not count as the term.")
    )
    max_prose: int = _setting(
        5000, N_("Longest definition, note, usage or quote, in characters.")
    )
    refuse_unknown_sources: bool = _setting(
        default=False,
        doc=N_(
            "Whether entries that cite unknown sources are refused, not only flagged."
        ),
    )
    candidates: int = _setting(
        400,
        N_("Maximum terms that one tier of a look-up ranks, shortest first."),
        least=1,
        most=1_000_000,
    )
    embeddings: str = _setting(
        "",
        N_("File of `glossary embed`, for “did you mean” by meaning; empty is off."),
    )
    cache: int = _setting(
        4096,
        N_(
            "Look-ups and suggestions each process remembers until a write, "
            "at 4 kB on average."
        ),
        most=100_000_000,
    )
    max_proposals: int = _setting(
        1_000, N_("Maximum proposals that may wait for an editor; 0 accepts none.")
    )
    max_anonymous: int = _setting(
        200,
        N_("Maximum open proposals by strangers, a tenth per address; 0 accepts none."),
    )
    max_missed: int = _setting(
        10_000, N_("Maximum look-ups without a hit that are counted; 0 counts none.")
    )
    missed_by_address: int = _setting(
        200, N_("Maximum look-ups without a hit counted per address and day.")
    )
    busy_timeout: float = _setting(
        10.0, N_("Seconds that a write waits for another one."), most=_DAY
    )
    standby_wait: float = _setting(
        0.2,
        N_("Seconds that a read waits for a standby before it asks the leader."),
        most=_DAY,
    )
    imports: str = _setting(
        "",
        N_("Folder of uploaded files and reports; by default beside the store's file."),
    )
    max_import: int = _setting(
        2_000_000_000, N_("Largest file to be imported, in bytes."), least=1
    )
    sync_import: int = _setting(
        1_000_000, N_("Largest file that is imported while the caller waits, in bytes.")
    )
    retire_unasked: float = _setting(
        0.1,
        N_("Share of a glossary that a replacing file may retire unconfirmed."),
    )
    max_problems: int = _setting(
        100, N_("Maximum problems and records in a report; download the rest.")
    )
    import_days: int = _setting(
        7, N_("Days after which an import's file and report are removed."), most=36_500
    )
    max_cell: int = _setting(
        100_000, N_("Longest cell of a file, in characters."), least=1
    )
    max_columns: int = _setting(1_000, N_("Maximum columns of a table."), least=1)
    max_unpacked: int = _setting(
        500_000_000,
        N_("Largest size of a packed file when unpacked, in bytes."),
        least=1,
    )
    lt_upstream: str = _setting(
        "",
        N_("LanguageTool server whose matches are added to ours: http://host/v2."),
        like=MAYBE_SERVER,
    )
    lt_timeout: float = _setting(
        3.0,
        N_("Seconds that the LanguageTool server behind may take, for the whole call."),
        least=0.001,
        most=_DAY,
    )
    lt_drafts: bool = _setting(
        default=False,
        doc=N_("Whether LanguageTool clients are told what rests on drafts."),
    )
    second_reviewer: bool = _setting(
        default=False,
        doc=N_("Whether an entry must be approved by somebody other than its writer."),
    )
    stale_months: int = _setting(
        24,
        N_("Months after which an approved entry that nobody has checked is stale."),
        least=1,
        most=1_200,
    )
    smtp: str = _setting(
        "",
        N_(
            "Mail server for the daily digest: smtp://, smtp+tls:// or smtps://, with "
            "a name and password if it needs them; empty sends none."
        ),
        like=MAIL_SERVER,
    )
    mail_from: str = _setting(
        "glossary@localhost", N_("Address that mail is sent from."), like=SOME
    )
    digest_hour: int = _setting(
        6, N_("Hour of the day, in UTC, from which the digest is sent."), most=23
    )
    private_hooks: bool = _setting(
        default=False, doc=N_("Whether webhooks may call private addresses.")
    )
    server: str = _setting(
        "http://127.0.0.1:8000",
        N_("Address of the server that commands use."),
        like=SERVER,
    )
    token: str = _setting(
        "", N_("Token that commands send to that server."), like=SECRET
    )
    lang: str = _setting(
        "", N_("Language of the command line, if not by LC_ALL, LC_MESSAGES or LANG.")
    )
