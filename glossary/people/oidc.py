"""Signing in by OpenID Connect: the code flow with state, nonce and PKCE (authlib).

It needs the extra `oidc`. What the provider says of groups becomes roles, as a setting
maps them, anew at each sign-in.
"""

import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from authlib.integrations.httpx_client import (
    OAuth2Client,
    OAuthError,
    oauth2_client,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from glossary.config import Settings, must_be_allowed
from glossary.entry import ACTIVE, EVERY, Person
from glossary.errors import BadSetting, Forbidden, ProviderAway, Unauthorized
from glossary.message import N_
from glossary.people.permissions import RANKS, most
from glossary.store import Store, Write

#: The errors of the wire; newer versions of authlib have an httpx of their own.
_WIRE: Final[Any] = getattr(oauth2_client, "httpx2", None) or oauth2_client.httpx
HTTPError: Final[type[Exception]] = _WIRE.HTTPError
#: Seconds for which what a provider says of itself is remembered.
_FRESH: Final = 3_600.0
#: Seconds that a provider may take, and that clocks may differ by.
_PATIENCE: Final = 10.0
_LEEWAY: Final = 60
_ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA"]
_RULE: Final = re.compile(r"\s*(.+?)\s*=\s*([a-z]+)@(\*|[a-z][a-z0-9-]*)\s*")


@dataclass(frozen=True, slots=True)
class Trip:
    """One way to the provider and back: what the browser keeps meanwhile."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a provider says of somebody, and its word for it (the ID token)."""

    claims: Mapping[str, Any]
    ticket: str

    @property
    def subject(self) -> str:
        """Who they are to that provider, for ever."""
        return f"{self.claims['iss']}|{self.claims['sub']}"


class Provider:
    """One provider of OpenID Connect, as the settings name it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._description: tuple[float, dict[str, Any]] | None = None
        self.roles = _rules(settings.oidc_roles)

    def begin(self, back: str) -> tuple[str, Trip]:
        """Return the address to send a browser to, and what it is to keep."""
        trip = Trip(*(secrets.token_urlsafe(32) for _ in range(3)))
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._about("authorization_endpoint"),
                state=trip.state,
                nonce=trip.nonce,
                code_verifier=None,
                code_challenge=create_s256_code_challenge(trip.verifier),
                code_challenge_method="S256",
            )
        return str(address), trip

    def finish(self, back: str, answer: Mapping[str, str], trip: Trip) -> Vouched:
        """Return what the provider says of who came back from it.

        Raise Unauthorized when the answer is not to this trip, or says no, and
        ProviderAway.
        """
        if not secrets.compare_digest(answer.get("state", ""), trip.state):
            raise Unauthorized(N_("This sign-in was not started here; start again."))
        issuer = answer.get("iss")
        if "error" in answer or issuer not in {None, self._about("issuer")}:
            raise Unauthorized(
                N_("The provider refuses: %(reason)s"),
                reason=answer.get("error_description") or answer.get("error", "iss"),
            )
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"),
                    code=answer.get("code", ""),
                    grant_type="authorization_code",
                    code_verifier=trip.verifier,
                )
                keys = client.request(
                    "GET", self._endpoint("jwks_uri"), withhold_token=True
                ).json()
        except OAuthError as error:
            raise Unauthorized(
                N_("The provider refuses: %(reason)s"),
                reason=error.description or error.error,
            ) from None
        except (HTTPError, OSError, ValueError) as error:
            raise _away(error) from None
        return self._checked(token.get("id_token") or "", keys, trip)

    def farewell(self, ticket: str, back: str) -> str | None:
        """Return where a browser is signed out of the provider too, if it can be."""
        end = self._all().get("end_session_endpoint")
        parameters = {
            "id_token_hint": ticket,
            "client_id": self._settings.oidc_client,
            "post_logout_redirect_uri": back,
        }
        return f"{end}?{urlencode(parameters)}" if end else None

    def welcome(self, store: Store, vouched: Vouched, *, address: str = "") -> Person:
        """Return whom a provider vouches for, made if need be, with their roles.

        A person that is here already is theirs if the provider has verified the same
        address of e-mail. Raise Forbidden for who has left.
        """
        claims = vouched.claims
        with store.write(by="") as write:
            person = write.people.of_subject(vouched.subject)
            if person is None:
                person = _joined(write, vouched)
                write.people.note("user.oidc", person.id, by=person.id, address=address)
            if person.state != ACTIVE:
                raise Forbidden(
                    N_("“%(id)s” no longer has an account here."), id=person.id
                )
            self._give_roles(write, person.id, claims, address)
        return person

    def _give_roles(
        self, write: Write, person_id: str, claims: Mapping[str, Any], address: str
    ) -> None:
        claim = claims.get(self._settings.oidc_groups) or ()
        groups = (
            {claim} if isinstance(claim, str) else {str(granted) for granted in claim}
        )
        roles: dict[str, str] = {}
        for group, role, glossary in self.roles:
            group_role = role if group in groups else ""
            roles[glossary] = most(roles.get(glossary, ""), group_role)
        before = write.people.with_roles(person_id)[1]
        for glossary, role in roles.items():
            if before.get(glossary, "") != role:
                write.people.set_role(person_id, glossary, role or None)
                write.people.note(
                    "role.change",
                    person_id,
                    by="oidc",
                    address=address,
                    glossary=glossary,
                    before=before.get(glossary, ""),
                    now=role,
                )

    def _checked(self, ticket: str, keys: Any, trip: Trip) -> Vouched:
        """Return what an ID token claims (OpenID Core 3.1.3.7); raise Unauthorized."""
        try:
            token = jwt.decode(
                ticket, KeySet.import_key_set(keys), algorithms=_ALGORITHMS
            )
            client = self._settings.oidc_client
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY,
                iss={"essential": True, "value": self._about("issuer")},
                aud={"essential": True, "value": client},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": trip.nonce},
            ).validate(token.claims)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise Unauthorized(
                N_("The provider refuses: %(reason)s"), reason=str(error)
            ) from None
        audience = token.claims["aud"]
        others = isinstance(audience, list) and len(audience) > 1
        if token.claims.get("azp", client) != client or (
            others and "azp" not in token.claims
        ):
            raise Unauthorized(N_("The provider refuses: %(reason)s"), reason="azp")
        return Vouched(token.claims, ticket)

    def _client(self, back: str) -> OAuth2Client:
        settings = self._settings
        return OAuth2Client(
            settings.oidc_client,
            settings.oidc_secret or None,
            scope=settings.oidc_scope,
            redirect_uri=back,
            timeout=_PATIENCE,
            token_endpoint_auth_method=(
                "client_secret_basic" if settings.oidc_secret else "none"
            ),
        )

    def _about(self, name: str) -> str:
        return str(self._all()[name])

    def _endpoint(self, name: str) -> str:
        """Return an address that the provider names; raise ValueError, OSError."""
        address = self._about(name)
        must_be_allowed(address, setting=self._issuer)
        return address

    def _all(self) -> dict[str, Any]:
        """Return what the provider says of itself; raise ProviderAway."""
        about: dict[str, Any]
        if (
            self._description is not None
            and time.monotonic() - self._description[0] < _FRESH
        ):
            return self._description[1]
        address = f"{self._issuer}/.well-known/openid-configuration"
        try:
            must_be_allowed(address, setting=self._issuer)
            with self._client("") as client:
                answer = client.request("GET", address, withhold_token=True)
                answer.raise_for_status()
                about = answer.json()
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                about[name] = str(about[name])
            if about["issuer"].rstrip("/") != self._issuer:
                raise BadSetting(
                    N_("%(name)s: the provider calls itself %(value)s."),
                    name="GLOSSARY_OIDC_ISSUER",
                    value=about["issuer"],
                )
        except (HTTPError, OSError, ValueError, KeyError) as error:
            raise _away(error) from None
        self._description = time.monotonic(), about
        return about


def _away(error: Exception) -> ProviderAway:
    return ProviderAway(
        N_("The provider that people sign in by does not answer: %(reason)s"),
        reason=str(error) or type(error).__name__,
    )


def _rules(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return group, role and glossary of each rule; raise BadSetting.

    >>> _rules("Terminology=reviewer@diplomatic, admins=admin@*")
    (('Terminology', 'reviewer', 'diplomatic'), ('admins', 'admin', '*'))
    """
    rules = []
    for part in filter(str.strip, text.split(",")):
        match = _RULE.fullmatch(part)
        if (
            match is None
            or match[2] not in RANKS
            or (match[2] == RANKS[-1] and match[3] != EVERY)
        ):
            raise BadSetting(
                N_("%(name)s: “%(value)s” is not of the form group=role@glossary."),
                name="GLOSSARY_OIDC_ROLES",
                value=part.strip(),
            )
        rules.append((match[1], match[2], match[3]))
    return tuple(rules)


def _joined(write: Write, vouched: Vouched) -> Person:
    """Return somebody who comes for the first time: known by address, or made."""
    claims = vouched.claims
    email = str(claims.get("email") or "")
    if email and claims.get("email_verified") is True:
        person = write.people.called(email)
        if person is not None and person.email.casefold() == email.casefold():
            if person.subject:
                raise Forbidden(
                    N_("“%(value)s” is already known as that of “%(id)s”."),
                    value=email,
                    id=person.id,
                )
            return write.people.update(replace(person, subject=vouched.subject))
        owner = None
    else:
        owner = write.people.called(email) if email else None
    user_name = str(claims.get("preferred_username") or email or claims["sub"])
    base = (
        re.sub(r"[^a-z0-9._@-]+", "-", user_name.casefold()).strip("-._@")[:80]
        or "user"
    )
    names = (base, *(f"{base}-{n}" for n in range(2, 100)))
    free = next(name for name in names if write.people.is_free(name))
    return write.people.create(
        Person(
            free,
            str(claims.get("name") or "")[:100],
            "" if owner is not None else email[:254],
            subject=vouched.subject,
        )
    )
