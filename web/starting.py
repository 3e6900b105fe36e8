"""What a start is told before it does anything: a wrong setting ends in one sentence, not in a traceback."""

import difflib
import os
import sys
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exports.office import templates_folder
from exports.reminders import mail_server
from loaders.plans import PlanError
from loaders.plans.read import plans_folder
from store.unusable import DatabaseUnusable
from web.provider import provider

SETTINGS = frozenset(
    f"DASHBOARD_{name}"
    for name in (
        "DATABASE", "FILES", "HOST", "HOSTS", "PLANS", "PORT", "TEMPLATES",
        "OIDC_CLAIM", "OIDC_CLIENT", "OIDC_ISSUER", "OIDC_LABEL", "OIDC_SECRET",
        "SMTP_FROM", "SMTP_HOST", "SMTP_PASSWORD", "SMTP_PASSWORD_FILE", "SMTP_PORT", "SMTP_SECURITY", "SMTP_USER",
    )
)  # fmt: skip
UNKNOWN = (
    "没有 {name} 这个设置，是否想写 {meant}？全部设置见 docs/operating.zh-CN.md。"
    "(There is no setting {name}; was {meant} meant? All are in docs/operating.md.)"
)
NO_PORT = (
    "DASHBOARD_PORT 应是 1 至 65535 的整数，现在是“{port}”。(DASHBOARD_PORT is a whole number up to 65535, not {port}.)"
)
NO_FOLDER = "{name}：{folder} 不是文件夹。({folder} is not a folder.)"

MISTAKES = (DatabaseUnusable, PlanError, ValueError, SystemExit)
"""What a start ends with when somebody can mend it; the words are meant for whoever started it."""


def port_of(environment: Mapping[str, str] = os.environ) -> int:
    said = environment.get("DASHBOARD_PORT", "").strip() or "8501"
    if not said.isdecimal() or int(said) > 65535:
        raise ValueError(NO_PORT.format(port=said))
    return int(said)


def require_settings(environment: Mapping[str, str] = os.environ) -> None:
    """Raises ValueError. A misspelt name is one too: the sample would be served in place of the real figures."""
    for name in sorted(environment):
        if name.startswith("DASHBOARD_") and name not in SETTINGS:
            meant = difflib.get_close_matches(name, sorted(SETTINGS), 1, 0)[0]
            raise ValueError(UNKNOWN.format(name=name, meant=meant))
    for name, folder in (("DASHBOARD_PLANS", plans_folder()), ("DASHBOARD_TEMPLATES", templates_folder())):
        if folder is not None and not folder.is_dir():
            raise ValueError(NO_FOLDER.format(name=name, folder=folder))
    provider(environment)
    mail_server(environment)


class PlainStart:
    """A start by `uvicorn server:app` that ends in a mistake tells its sentence in place of the traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            return await self.app(scope, receive, send)

        async def told(message: Message) -> None:
            fault = sys.exc_info()[1]
            if message["type"] == "lifespan.startup.failed" and isinstance(fault, MISTAKES):
                message = {**message, "message": str(fault)}
            await send(message)

        return await self.app(scope, receive, told)
