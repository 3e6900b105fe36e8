"""What an open socket is heard to ask, while its visit lives and after."""

from datetime import datetime
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from store.accounts.visits import end_visit
from store.database import Database
from tests.web.asking import finished
from tests.web.conftest import Enter
from tests.web.test_gate import mark
from web.gate import Gate


def said(kind: str) -> bytes:
    message = BackMsg()
    if kind == "rerun_script":
        message.rerun_script.CopyFrom(ClientState(query_string="plan=jxfs"))
    elif kind == "file_urls_request":
        message.file_urls_request.request_id = "1"
    elif kind == "backend_operation_request":
        message.backend_operation_request.request_id = "1"
    else:
        setattr(message, kind, True)
    assert message.WhichOneof("type") == kind
    return message.SerializeToString()


def heard(cookie: str, messages: list[bytes], before: Any = None) -> list[str]:
    """The kinds of messages that reach Streamlit over one socket; `before` happens once it is open."""
    reached: list[str] = []
    waiting: list[Message] = [{"type": "websocket.receive", "bytes": sent} for sent in messages]
    waiting.append({"type": "websocket.disconnect", "code": 1000})

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        reached.append(str(message["type"]))

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        if before:
            before()
        while (message := await receive())["type"] != "websocket.disconnect":
            reached.append(str(BackMsg.FromString(message["bytes"]).WhichOneof("type")))

    headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "server": ("127.0.0.1", 8501), "headers": headers}
    finished(Gate(streamlit)(scope, receive, send))
    return reached


ASKED = ["rerun_script", "file_urls_request", "backend_operation_request", "app_heartbeat"]


def test_a_live_visit_is_heard_as_it_speaks(enter: Enter) -> None:
    assert heard(enter("county"), [said(kind) for kind in ASKED]) == ASKED


def test_after_the_visit_every_request_leads_to_signing_in(accounts: Database, enter: Enter) -> None:
    cookie = enter("county")
    over = lambda: end_visit(accounts, mark(cookie), now=datetime.now())  # noqa: E731
    asked = ["backend_operation_request", "file_urls_request", "rerun_script"]
    assert heard(cookie, [said(kind) for kind in asked], over) == ["rerun_script"] * 3


@pytest.mark.parametrize("kind", ["clear_cache", "debug_shutdown_runtime", "load_git_info", "set_run_on_save"])
def test_what_is_for_developers_is_not_heard(enter: Enter, kind: str) -> None:
    assert heard(enter("administrator"), [said(kind)]) == []


def test_without_accounts_everything_a_page_asks_is_heard(served: Database) -> None:
    assert heard("", [said(kind) for kind in ASKED]) == ASKED
