"""The site's identity provider (OpenID Connect), where one is configured."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from authlib.integrations.starlette_client import OAuth
from authlib.integrations.starlette_client.apps import StarletteOAuth2App

HALF = "使用统一身份认证，还缺 {names}。(Sign-in through a provider also needs {names}.)"
NO_ADDRESS = (
    "DASHBOARD_OIDC_ISSUER 应是以 https:// 开头的地址，现在是“{said}”。"
    "(DASHBOARD_OIDC_ISSUER is an address that begins with https://, not {said}.)"
)


@dataclass(frozen=True)
class Provider:
    """`claim`: what the provider says of a person that equals the name of an account."""

    issuer: str
    client: str
    secret: str
    claim: str = "preferred_username"
    label: str = "统一身份认证"


def provider(environment: Mapping[str, str] = os.environ) -> Provider | None:
    """The configured provider. Half a configuration raises ValueError: nobody should guess why it is off."""
    said = {name: environment.get(f"DASHBOARD_OIDC_{name.upper()}", "").strip() for name in Provider.__annotations__}
    if not any(said.values()):
        return None
    if missing := [f"DASHBOARD_OIDC_{name.upper()}" for name in ("issuer", "client", "secret") if not said[name]]:
        raise ValueError(HALF.format(names=", ".join(missing)))
    if not said["issuer"].startswith(("https://", "http://")):
        raise ValueError(NO_ADDRESS.format(said=said["issuer"]))
    return Provider(**{name: value for name, value in said.items() if value})


@cache
def client(chosen: Provider) -> StarletteOAuth2App:
    registry = OAuth()
    registry.register(
        "provider",
        client_id=chosen.client,
        client_secret=chosen.secret,
        server_metadata_url=f"{chosen.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    return registry.create_client("provider")
