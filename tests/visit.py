"""What a server draws for somebody, without a browser: one session over its WebSocket, read as text."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol


def drawn(
    url: str, page: str = "", query: str = "", *, headers: Mapping[str, str] | None = None, token: str = ""
) -> str:
    """Everything that one run of a page of the server at `url` sends to the browser.

    `token` is the XSRF token that goes with the cookies in `headers`.
    """
    parts = urlsplit(url)
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    protocols = [Subprotocol("streamlit"), *([Subprotocol(token)] if token else [])]
    address = f"ws://{parts.netloc}{parts.path}/_stcore/stream"
    shown: list[str] = []
    with connect(
        address, origin=None, subprotocols=protocols, additional_headers=headers, max_size=None
    ) as socket:
        socket.send(asked.SerializeToString())
        for received in socket:
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            shown.append(str(message))
            if message.WhichOneof("type") == "script_finished":
                break
    return "\n".join(shown)
