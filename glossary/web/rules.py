"""What each address lets people do: one table, from which the tests make the matrix.

A route that has no row here is refused to everybody.
"""

from collections.abc import Mapping
from typing import Final

from glossary.web.api.nouns import NAMES

#: Everybody may, even where reads are closed.
ANYONE: Final = "anyone"
#: Whoever is known here, by session or token, about what is their own.
KNOWN: Final = "known"


def _of_nouns() -> dict[str, str]:
    found = {"nouns.get_noun_changes": "read"}
    for named in NAMES:
        writes = "describe-glossary" if named.one == "glossary" else "describe"
        for read in (named.many, named.one, f"{named.one}_versions"):
            found[f"nouns.get_{read}"] = "read"
        found[f"nouns.post_{named.many}"] = writes
        for write in ("put", "patch", "delete"):
            found[f"nouns.{write}_{named.one}"] = writes
        found[f"nouns.post_{named.one}_restore"] = writes
    return found


#: By endpoint, the action of the table of permissions that it is; the glossary that it
#: is about is asked for by the handler, once it is known.
RULES: Final[Mapping[str, str]] = {
    "static": ANYONE,
    "openapi.healthz": ANYONE,
    "openapi.readyz": ANYONE,
    "openapi.metrics": "read",
    "openapi.get_index": "read",
    "openapi.document": "read",
    "openapi.docs": "read",
    "api.get_lookup": "read",
    "api.post_lookup": "read",
    "api.get_suggest": "read",
    "api.get_entries": "read",
    "api.post_entries": "edit",
    "api.get_entry": "read",
    "api.put_entry": "edit",
    "api.patch_entry": "edit",
    "api.delete_entry": "retire",
    "api.get_versions": "read",
    "api.post_restore": "retire",
    "api.get_changes": "read",
    "api.get_stats": "read",
    "api.get_missed": "read",
    "texts.post_annotate": "read",
    "texts.post_check": "read",
    "transfers.post_imports": "import",
    "transfers.get_import": KNOWN,
    "transfers.get_problems": KNOWN,
    "transfers.get_warnings": KNOWN,
    "transfers.get_left_out": KNOWN,
    "transfers.get_records": KNOWN,
    "transfers.post_apply": "import",
    "transfers.delete_import": "import",
    "transfers.get_export": "read",
    "changesets.get_changeset": "read",
    "changesets.post_undo": "bulk",
    "changesets.post_bulk": "bulk",
    "changesets.post_merge": "bulk",
    "changesets.post_split": "bulk",
    "curation.get_evidence": "read",
    "curation.get_flaws": "read",
    **_of_nouns(),
    "proposals.post_proposals": "propose",
    "proposals.get_proposals": "read",
    "proposals.get_proposal": "read",
    "proposals.post_accept": "review",
    "proposals.post_reject": "review",
    "people.get_me": KNOWN,
    "people.get_users": "manage-people",
    "people.post_users": "manage-people",
    "people.get_user": KNOWN,
    "people.put_user": KNOWN,
    "people.post_reset": "manage-people",
    "people.post_leave": "manage-people",
    "people.post_forget": "manage-people",
    "people.get_roles": "manage-roles",
    "people.put_role": "manage-roles",
    "people.delete_role": "manage-roles",
    "people.get_tokens": KNOWN,
    "people.post_tokens": KNOWN,
    "people.delete_token": KNOWN,
    "people.get_sessions": KNOWN,
    "people.delete_session": KNOWN,
    "people.get_log": "see-log",
    "profiles.get_profiles": "read",
    "profiles.get_profile": "read",
    "profiles.put_profile": "manage-profiles",
    "profiles.delete_profile": "manage-profiles",
    "pages.sign_in_page": ANYONE,
    "pages.sign_in": ANYONE,
    "pages.link_page": ANYONE,
    "pages.use_link": ANYONE,
    "pages.to_provider": ANYONE,
    "pages.from_provider": ANYONE,
    "pages.sign_out": KNOWN,
    "pages.account_page": KNOWN,
    "pages.change_account": KNOWN,
    "pages.change_password": KNOWN,
    "pages.end_session": KNOWN,
    "pages.make_token": KNOWN,
    "pages.revoke_token": KNOWN,
    "pages.people_page": "manage-roles",
    "pages.make_person": "manage-people",
    "pages.give_role": "manage-roles",
    "pages.reset_person": "manage-people",
    "pages.let_go": "manage-people",
    "pages.forget_person": "manage-people",
    "pages.log_page": "see-log",
    "pages.entry_page": "read",
    "pages.entry_text": "read",
    "pages.new_entry_page": "read",
    "pages.make_entry": "read",
    "pages.edit_entry_page": "read",
    "pages.edit_entry": "read",
    "pages.browse_page": "read",
    "pages.changes_page": "read",
    "pages.drift_page": "read",
    "pages.changes_feed": "read",
    "pages.changeset_page": "read",
    "pages.undo_changeset": "read",
    "pages.browser_page": "read",
    "pages.opensearch": "read",
    "pages.opensearch_suggestions": "read",
    "pages.manifest": "read",
    "pages.service_worker": "read",
    "pages.offline_page": "read",
    "pages.lookup_page": "read",
    "pages.propose_phrase_page": "read",
    "pages.propose_phrase": "propose",
    "pages.propose_page": "read",
    "pages.propose": "propose",
    "pages.proposals_page": "read",
    "pages.proposal_page": "read",
    "pages.decide": "read",
    "pages.statistics_page": "read",
    "pages.statistics_for_editors": "read",
    "pages.read_page": "read",
    "pages.read_text": "read",
    "pages.transfers_page": "read",
    "pages.export_part": "read",
    "deepl.get_language_pairs": "read",
    "deepl.get_glossaries": "read",
    "deepl.post_glossaries": "keep-dictionary",
    "deepl.get_glossary": "read",
    "deepl.delete_glossary": "keep-dictionary",
    "deepl.get_glossary_entries": "read",
    "deepl.get_groups": "read",
    "deepl.post_groups": "keep-dictionary",
    "deepl.get_group": "read",
    "deepl.patch_group": "keep-dictionary",
    "deepl.delete_group": "keep-dictionary",
    "deepl.put_dictionary": "keep-dictionary",
    "deepl.delete_dictionary": "keep-dictionary",
    "deepl.get_entries": "read",
    "languagetool.get_healthcheck": ANYONE,
    "languagetool.languages": "read",
    "languagetool.checked": "read",
    "omegat.get_finder": "read",
    "reconcile.service": "read",
    "reconcile.suggest_entity": "read",
    "reconcile.suggest_property": "read",
    "reconcile.suggest_type": "read",
    "reconcile.propose_properties": "read",
    "reconcile.preview": "read",
    "tmserver.get_languages": "read",
    "tmserver.get_unit": "read",
    "tmserver.get_unit_asked": "read",
}

#: What who reads some glossaries only may ask as well, by endpoint: `glossaries` and
#: `glossary` are parameters that say which (those that they may read are put in where
#: none is named), `body` has them in JSON, `form` in a form, `nothing` shows no entry.
#: An address with an entry or a glossary in it is about that one. All others show
#: every glossary, and need the right to read every one.
NARROWED: Final[Mapping[str, str]] = {
    "openapi.document": "nothing",
    "openapi.docs": "nothing",
    "api.get_lookup": "glossaries",
    "api.post_lookup": "body",
    "api.get_suggest": "glossaries",
    "api.get_entries": "glossary",
    "texts.post_annotate": "body",
    "texts.post_check": "body",
    "transfers.get_export": "glossary",
    "pages.export_part": "nothing",
    "pages.lookup_page": "glossaries",
    "pages.read_page": "nothing",
    "pages.read_text": "form",
    "profiles.get_profiles": "nothing",
    "profiles.get_profile": "nothing",
    "pages.browser_page": "nothing",
    "pages.opensearch": "nothing",
    "pages.manifest": "nothing",
    "pages.service_worker": "nothing",
    "pages.offline_page": "nothing",
    "omegat.get_finder": "nothing",
}

#: What takes a `profile`, which says what the parameters leave open.
PROFILED: Final = frozenset(
    {
        "api.get_lookup",
        "api.post_lookup",
        "api.get_suggest",
        "texts.post_annotate",
        "texts.post_check",
        "transfers.get_export",
        "pages.lookup_page",
        "pages.read_page",
        "pages.read_text",
        "languagetool.checked",
    }
)
