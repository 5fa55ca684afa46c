"""A Messages API on the loopback interface, for tests of what crosses the wire.

    with messages_api([error(529), reply({"title": None})]) as server:
        ...  # talk to server.url with server.key
    assert server.requests[0].body["model"] == ...

It answers in the order of its script, and by itself what the real API would:
401 without the key, 400 for a request that is not one, 404 for an unknown
model. Leaving the block fails if an answer of the script was not asked for.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NoReturn

KEY = "sk-ant-test-5f3a91c07e"
MODELS = frozenset({"claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-5-5"})
VERSION = "2026-10-21"

ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    529: "overloaded_error",
}

_PARAMETERS = {
    "cache_control", "container", "max_tokens", "messages", "metadata", "model", "output_config", "service_tier", "speed", "stop_sequences",
    "stream", "system", "thinking", "tool_choice", "tools",
}  # fmt: skip
_SCHEMA_WORDS = {
    "$defs", "$ref", "additionalProperties", "allOf", "anyOf", "const", "description", "enum", "format", "items", "minItems", "properties",
    "required", "title", "type",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scripted:
    """One answer: complete, or with a fault on the line. `meanwhile` is called before it is sent."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Literal["reset", "reset in mid-reply", "hang", "drip"] | None = None
    meanwhile: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    text: str
    body: Any


def reply(
    answer: object,
    *,
    stop: str | None = "end_turn",
    usage: Mapping[str, int] | None = None,
    details: Mapping[str, object] | None = None,
    content: Sequence[Mapping[str, object]] | None = None,
) -> Scripted:
    """A message whose text is `answer`: as it is if it is a string, else as JSON. `content` replaces its blocks."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    message = {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-5-5",
        "content": [{"type": "text", "text": text}] if content is None else list(content),
        "stop_reason": stop,
        "stop_sequence": None,
        "stop_details": details,
        "usage": {"input_tokens": 10, "output_tokens": 5} if usage is None else usage,
    }
    return raw(json.dumps(message))


def error(status: int, message: str = "as scripted", *, headers: Mapping[str, str] | None = None) -> Scripted:
    """An error in the API's own form."""
    body = {"type": "error", "error": {"type": ERROR_TYPES.get(status, "api_error"), "message": message}, "request_id": "req_01"}
    return raw(json.dumps(body), status=status, headers=headers)


def raw(body: str, *, status: int = 200, content_type: str = "application/json", headers: Mapping[str, str] | None = None) -> Scripted:
    """Any body, as from a proxy or another server."""
    return Scripted(status, body.encode(), {"content-type": content_type, **(headers or {})})


RESET = Scripted(fault="reset")
RESET_IN_MID_REPLY = Scripted(fault="reset in mid-reply")
HANG = Scripted(fault="hang")
DRIP = Scripted(fault="drip")


@dataclass
class Server:
    """The running server: where it is, the key it takes, and what it was sent."""

    url: str
    script: list[Scripted]
    key: str
    requests: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def bodies(self) -> list[Any]:
        return [request.body for request in self.requests]

    def answer(self, request: Request) -> Scripted:
        """What the API itself objects to, else the script's next answer."""
        self.requests.append(request)
        if request.path == "/v1/messages/count_tokens":
            return objection(request, self.key, counting=True) or raw(json.dumps({"input_tokens": len(request.text) // 4}))
        if request.path != "/v1/messages":
            return error(404, "Not Found") if request.path.startswith("/v1/") else raw("<h1>404</h1>", status=404, content_type="text/html")
        if objected := objection(request, self.key):
            return objected
        return self.script.pop(0) if self.script else error(400, "the script has no more answers")


@contextmanager
def messages_api(script: Sequence[Scripted] = (), *, key: str = KEY) -> Iterator[Server]:
    """Serves the script on a free port of the loopback interface until the block is left."""
    server = Server("", list(script), key)
    listener = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, server))
    server.url = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        listener.shutdown()
        thread.join()
        listener.server_close()
    assert not server.script, f"{len(server.script)} scripted answers were not asked for"


def refused_url() -> str:
    """An address of this machine where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


# ------------------------------------------------------------------ what the API objects to


def objection(request: Request, key: str, *, counting: bool = False) -> Scripted | None:
    """The error that the real API would answer with before it asks a model, if any."""
    if request.headers.get("authorization") != f"Bearer {key}":
        return error(401, "invalid bearer token")
    if request.headers.get("anthropic-version") != VERSION:
        return error(400, "anthropic-version: header is required")
    if not isinstance(request.body, dict):
        return error(400, "The request body is not valid JSON")
    if wrong := next(_wrong(request.body, counting=counting), None):
        return error(400, wrong)
    if request.body["model"] not in MODELS:
        return error(404, f"model: {request.body['model']}")
    return None


def _wrong(body: dict[str, Any], *, counting: bool) -> Iterator[str]:
    for name in sorted(body.keys() - _PARAMETERS):
        yield f"{name}: Extra inputs are not permitted"
    if not isinstance(body.get("model"), str) or not body["model"]:
        yield "model: Field required"
    if not counting and not (type(body.get("max_tokens")) is int and body["max_tokens"] > 0):
        yield "max_tokens: Field required"
    yield from _wrong_blocks("system", body.get("system", "-"))
    yield from _wrong_messages(body.get("messages"))
    if json.dumps(body).count('"cache_control"') > 4:
        yield "A maximum of 4 blocks with cache_control may be provided"
    yield from _wrong_format(body.get("output_config", {}))


def _wrong_messages(messages: object) -> Iterator[str]:
    if not isinstance(messages, list) or not messages:
        yield "messages: at least one message is required"
        return
    for n, message in enumerate(messages):
        if set(message) != {"role", "content"} or message["role"] not in {"user", "assistant"}:
            yield f"messages.{n}: role and content are required"
            return
        yield from _wrong_blocks(f"messages.{n}.content", message["content"])
    if messages[0]["role"] != "user":
        yield "messages: first message must use the user role"


def _wrong_blocks(where: str, content: object) -> Iterator[str]:
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    if not isinstance(blocks, list) or not blocks:
        yield f"{where}: Field required"
        return
    for n, block in enumerate(blocks):
        if block.get("type") != "text" or set(block) - {"type", "text", "cache_control"}:
            yield f"{where}.{n}: not a text block"
        elif not block.get("text", "").strip():
            yield f"{where}.{n}: text content blocks must contain non-whitespace text"
        elif block.get("cache_control", {"type": "ephemeral"}).get("type") != "ephemeral":
            yield f"{where}.{n}.cache_control: unknown type"


def _wrong_format(config: dict[str, Any]) -> Iterator[str]:
    asked = config.get("format")
    if asked is None:
        return
    if asked.get("type") != "json_schema" or not isinstance(asked.get("schema"), dict):
        yield "output_config.format: type and schema are required"
        return
    yield from _unsupported(asked["schema"], asked["schema"].get("$defs", {}))


def _unsupported(schema: dict[str, Any], definitions: Mapping[str, object]) -> Iterator[str]:
    for word in sorted(schema.keys() - _SCHEMA_WORDS):
        yield f"output_config.format.schema: property '{word}' is not supported"
    if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
        yield "output_config.format.schema: for 'object' type, 'additionalProperties' must be explicitly set to false"
    if "$ref" in schema and schema["$ref"].removeprefix("#/$defs/") not in definitions:
        yield f"output_config.format.schema: {schema['$ref']} is not defined"
    below = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    for part in [*below, *([schema["items"]] if "items" in schema else [])]:
        yield from _unsupported(part, definitions)


# ------------------------------------------------------------------ the line


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, api: Server, *args: Any) -> None:
        self.api = api
        super().__init__(*args)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client may give up, and so may we
            super().handle()

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.api.answer(Request(self.path, headers, text, _json(text)))
        if answer.meanwhile:
            answer.meanwhile()
        self._send(answer)

    def _send(self, answer: Scripted) -> None:
        if answer.fault is None:
            self._head(answer.status, answer.headers, len(answer.body))
            self.wfile.write(answer.body)
            return
        self.close_connection = True
        if answer.fault in {"reset in mid-reply", "drip"}:
            self._head(200, {"content-type": "application/json"}, 1000)
            self.wfile.write(b'{"id": "msg_01", ')
        while answer.fault in {"hang", "drip"} and not self.api.closing.wait(0.02):
            self.wfile.write(b" " if answer.fault == "drip" else b"")
        if answer.fault.startswith("reset"):
            self._reset()

    def _head(self, status: int, headers: Mapping[str, str], length: int) -> None:
        self.send_response(status)
        for name, value in {"request-id": "req_01", **headers, "content-length": str(length)}.items():
            self.send_header(name, value)
        self.end_headers()

    def _reset(self) -> NoReturn:
        """Closes so that the client sees a reset, not an end: lingering for no time drops what is unsent."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.wfile.close()
        self.rfile.close()
        self.connection.close()
        raise ConnectionResetError

    def log_message(self, *_: object) -> None:
        """Nothing: the tests read `Server.requests`."""


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
