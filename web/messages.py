"""What a browser may ask over its socket once it is open.

A rerun asks anew who looks. A download made on demand does not: it would be carried out for whoever
the page was drawn for, also after that visit has ended.
"""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

ALWAYS = ("rerun_script", "stop_script", "app_heartbeat")
WHILE_SIGNED_IN = ("file_urls_request", "backend_operation_request")
"""The rest (clearing everybody's caches, debugging) is for developers and not heard at all."""
RERUN = BackMsg(rerun_script=ClientState()).SerializeToString()
"""Leads a page whose visit has ended to the sign-in page."""


def listening(receive: Receive, alive: Callable[[], bool]) -> Receive:
    """`receive` that passes on what Streamlit may hear. `alive`: whether the visit goes on."""

    async def heard() -> Message:
        while True:
            message = await receive()
            said = message.get("bytes")
            if message["type"] != "websocket.receive" or not said:
                return message
            kind = BackMsg.FromString(said).WhichOneof("type")
            if kind in ALWAYS:
                return message
            if kind in WHILE_SIGNED_IN:
                return message if await run_in_threadpool(alive) else {**message, "bytes": RERUN}

    return heard
