"""The Claude engine: one request per question, a structured answer, and a clear error for each way that can fail.

The SDK takes seconds to import, so that is done when a request is about to be
made. Retries are ours, not the SDK's, because the SDK sleeps for as long as a
server asks; here everything ends by one deadline.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from ipaddress import IPv6Address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from geo_optimizer.engines.prompts import Prompt, draft_values, load, plain, refusal_values
from geo_optimizer.engines.schema import Answer
from geo_optimizer.errors import EngineError
from geo_optimizer.model import Brief, Usage, Verdict

if TYPE_CHECKING:
    import anthropic
    import httpx2
    from anthropic.types import Message

# The middle of the SDK's current list: writes well enough for lines that are judged anyway, at a fraction of the largest's price.
DEFAULT_MODEL = "claude-sonnet-5-5"
API_URL = "https://api.anthropic.com"
KEY_VARIABLES = ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN")
CONNECT_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds before the first retry, doubled up to the longest

_OFFLINE = "or use --engine offline"
_RETRIED = {408, 409, 429}  # and every 5xx


@dataclass(frozen=True, slots=True)
class _Failure:
    """An error's slug, what is said of it, and its remedy."""

    slug: str
    message: str
    hint: str


_BY_STATUS = {
    400: _Failure("request-rejected", "the API rejected the request", "see the reason given; a very long draft may be the cause"),
    401: _Failure("api-key-rejected", "the API does not accept the key", f"set {KEY_VARIABLES[0]} to a valid key, {_OFFLINE}"),
    402: _Failure("payment-required", "the account cannot pay for the request", f"check its billing, {_OFFLINE}"),
    403: _Failure("permission-denied", "the key may not do this", f"use a key with access to the model, {_OFFLINE}"),
    413: _Failure("draft-too-long", "the request is larger than the API takes", f"split the draft, {_OFFLINE}"),
    429: _Failure("rate-limited", "the API's rate limit is reached", f"try again later, {_OFFLINE}"),
    529: _Failure("overloaded", "the API is overloaded", f"try again later, {_OFFLINE}"),
}
_NO_MODEL = _Failure("model-unknown", "the API has no such model", "choose another with --model")
_NO_ENDPOINT = _Failure("endpoint-unknown", "there is no Messages API at this address", "give --base-url without /v1 at its end")
_SERVER_ERROR = _Failure("server-error", "the API failed", f"try again later, {_OFFLINE}")
_OTHER_STATUS = _Failure("request-rejected", "the API answered with an unexpected status", "check --base-url")

_TIMEOUT = _Failure("timeout", "no reply in time", f"try again with a longer deadline, {_OFFLINE}")
_LOST = _Failure("connection-lost", "the connection was lost", f"try again, {_OFFLINE}")
_BY_CAUSE: tuple[tuple[type[OSError], _Failure], ...] = (
    (TimeoutError, _TIMEOUT),
    (socket.gaierror, _Failure("host-unknown", "the host name cannot be resolved", f"check the network and --base-url, {_OFFLINE}")),
    (ConnectionRefusedError, _Failure("connection-refused", "nothing answers at this address", f"check --base-url, {_OFFLINE}")),
    (ssl.SSLError, _Failure("tls-failed", "no secure connection can be made", "check --base-url and the certificates of this machine")),
)

_BY_STOP = {
    "refusal": _Failure("refused", "the model declined to write for this draft", "use --engine offline for it"),
    "max_tokens": _Failure(
        "reply-cut-off", "the reply was cut off at the token limit", f"raise the limit, choose another model, {_OFFLINE}"
    ),
    "model_context_window_exceeded": _Failure("draft-too-long", "the draft is longer than the model reads", f"split it, {_OFFLINE}"),
    "pause_turn": _Failure("reply-unexpected", "the model paused instead of answering", f"try again, {_OFFLINE}"),
    "tool_use": _Failure("reply-unexpected", "the model asked for a tool instead of answering", f"choose another model, {_OFFLINE}"),
}
_EMPTY = _Failure("reply-empty", "the reply has no text", f"try again, {_OFFLINE}")
_NOT_JSON = _Failure("reply-not-json", "the reply is not JSON", f"try again, choose another model, {_OFFLINE}")
_OFF_SCHEMA = _Failure("reply-off-schema", "the reply does not fit the schema", f"try again, choose another model, {_OFFLINE}")
_NOT_A_MESSAGE = _Failure("reply-unexpected", "the server's reply is not a message", "check that --base-url serves a Messages API")


def available(environ: Mapping[str, str]) -> bool:
    """Whether the environment holds a key."""
    return _environment_key(environ) is not None


@dataclass
class ClaudeEngine:
    """Proposes lines by asking a Claude model, or any model behind a server with a Messages API.

    `api_key` and `base_url` default to the environment's. `deadline` is in
    seconds and bounds one call with its retries and pauses. `prompts` is a
    project's folder of overriding prompts. `usage` grows with each request, so
    an engine belongs to one thread; it holds no connection and can be pickled.

    Raises `UsageError` at once if a prompt file is wrong; `propose` and
    `revise` raise `EngineError`, whose text never contains the key.
    """

    model: str = DEFAULT_MODEL
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = field(default=None, repr=False)
    deadline: float = 120.0
    max_retries: int = 2
    max_tokens: int = 8192
    prompts: Path | None = None
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)
    name: str = field(init=False)
    usage: Usage = field(default=Usage(), init=False)
    _propose: Prompt = field(init=False, repr=False)
    _revise: Prompt = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.name = f"claude ({self.model})"
        self._propose = load("propose", self.prompts)
        self._revise = load("revise", self.prompts)

    def propose(self, brief: Brief) -> Answer:
        """The model's lines. A draft without sentences gets none, and no request is made."""
        return self._ask(brief) if brief.sentences else Answer()

    def revise(self, brief: Brief, refused: Sequence[Verdict]) -> Answer | None:
        """At most as many replacements of each kind as were refused, or None."""
        if not brief.sentences or not refused:
            return None
        answer = _only_refused(self._ask(brief, refused), refused)
        return answer if answer != Answer() else None

    def request(self, brief: Brief, refused: Sequence[Verdict] = ()) -> dict[str, Any]:
        """All that is sent to the model, as the arguments of `messages.create`. Sends nothing."""
        from anthropic import transform_schema

        values = draft_values(brief)
        task = self._revise.render("Task", refusal_values(brief, refused)) if refused else self._propose.render("Task", values)
        # Both tasks share all that goes before them, so the second question reads the draft from the prompt cache.
        draft = {"type": "text", "text": self._propose.render("Draft", values), "cache_control": {"type": "ephemeral"}}
        schema = transform_schema(Answer.model_json_schema(mode="serialization"))
        return {
            "model": self.model,
            "max_tokens": self.max_tokens,
            "system": self._propose.render("System", values),
            "messages": [{"role": "user", "content": [draft, {"type": "text", "text": task}]}],
            "output_config": {"format": {"type": "json_schema", "schema": schema}},
        }

    def _ask(self, brief: Brief, refused: Sequence[Verdict] = ()) -> Answer:
        key = _checked_key(_environment_key(os.environ) if self.api_key is None else self.api_key)
        base_url = _checked_url((os.environ.get("ANTHROPIC_BASE_URL") or API_URL) if self.base_url is None else self.base_url)
        return _answer(self._message(self.request(brief, refused), key, base_url), key)

    def _message(self, request: Mapping[str, Any], key: str, base_url: str) -> Message:
        """The server's reply; asked again, until the deadline, after failures that may pass."""
        import anthropic

        until = time.monotonic() + self.deadline
        attempt = 0
        with _client(key, base_url, until) as client:
            while True:
                try:
                    return self._sent(client, request, until, key)
                except anthropic.APIError as error:
                    failed, wait = _explained(error, key, base_url), _wait(error, attempt)
                if wait is None or attempt >= self.max_retries or time.monotonic() + wait >= until:
                    raise failed  # outside the handler: the SDK's error, with the request in it, is not to be chained
                self.pause(wait)
                attempt += 1

    def _sent(self, client: anthropic.Anthropic, request: Mapping[str, Any], until: float, key: str) -> Message:
        import anthropic

        left = max(until - time.monotonic(), 0.001)
        self._count(requests=1)
        try:
            message = client.messages.create(**request, timeout=anthropic.Timeout(left, connect=min(left, CONNECT_SECONDS)))
        except ValueError as error:  # the SDK lets through what its JSON parser raises
            raise _error(_NOT_A_MESSAGE, str(error), key) from None
        if not isinstance(message, anthropic.types.Message) or not isinstance(message.content, list):
            raise _error(_NOT_A_MESSAGE)
        self._count_tokens(message)
        return message

    def _count_tokens(self, message: Message) -> None:
        """Adds what the reply cost, usable or not. Some servers leave figures out."""
        spent = getattr(message, "usage", None)
        self._count(
            input_tokens=_figure(spent, "input_tokens") + _figure(spent, "cache_creation_input_tokens"),
            output_tokens=_figure(spent, "output_tokens"),
            cached_tokens=_figure(spent, "cache_read_input_tokens"),
        )

    def _count(self, *, input_tokens: int = 0, output_tokens: int = 0, cached_tokens: int = 0, requests: int = 0) -> None:
        self.usage = Usage(
            self.usage.input_tokens + input_tokens,
            self.usage.output_tokens + output_tokens,
            self.usage.cached_tokens + cached_tokens,
            self.usage.requests + requests,
        )


def _figure(spent: object, name: str) -> int:
    figure = getattr(spent, name, None)
    return figure if isinstance(figure, int) else 0


# ------------------------------------------------------------------ before the request


def _environment_key(environ: Mapping[str, str]) -> str | None:
    return next((environ[name] for name in KEY_VARIABLES if environ.get(name, "").strip()), None)


def _checked_key(key: str | None) -> str:
    """The key, fit for a header. Raises `EngineError` if there is none or if it cannot be one."""
    if key is None or not key.strip():
        raise EngineError("api-key-missing", "there is no API key", hint=f"set {KEY_VARIABLES[0]}, {_OFFLINE}")
    if not re.fullmatch(r"[!-~]+", key):
        remedy = f"set {KEY_VARIABLES[0]} to the key alone, without spaces or line breaks"
        raise EngineError("api-key-malformed", "the API key contains characters that no key has", hint=remedy)
    return key


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        if "[" in parts.netloc:
            IPv6Address(parts.hostname or "")
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and bool(re.fullmatch(r"[!-~]+", url))
    except ValueError:
        sound = False
    if not sound:
        hint = "it begins with http:// or https://, such as http://localhost:11434"
        raise EngineError("base-url-malformed", "the base URL is not the address of a server", hint=hint)
    return url


def _client(key: str, base_url: str, until: float) -> anthropic.Anthropic:
    """A client for requests that end by `until`.

    A key given explicitly keeps the SDK from reading profiles on disk, and its
    tracing is off, as it could carry the draft elsewhere.
    """
    import anthropic

    http = anthropic.DefaultHttpxClient(event_hooks={"response": [lambda response: _read_by(response, until)]})
    return anthropic.Anthropic(api_key=key, base_url=base_url, max_retries=0, http_client=http, open_telemetry=False)


def _read_by(response: httpx2.Response, until: float) -> None:
    """Reads the body, and gives up at `until`.

    The SDK's timeout is for each silence alone, so a byte now and then would
    keep a request alive for ever.
    """
    import httpx2

    assert isinstance(response.stream, httpx2.SyncByteStream)
    body = bytearray()
    for chunk in response.stream:
        if time.monotonic() > until:
            raise TimeoutError
        body += chunk
    response.stream.close()
    response.stream = httpx2.ByteStream(bytes(body))


# ------------------------------------------------------------------ when it fails


def _explained(error: anthropic.APIError, key: str, base_url: str) -> EngineError:
    """The SDK's error as ours: one line, without what was sent."""
    import anthropic

    if isinstance(error, anthropic.APIStatusError):
        return _error(_by_status(error), _asked_to_wait(error) + (error.api_message or f"status {error.status_code}"), key)
    failure = _TIMEOUT if isinstance(error, anthropic.APITimeoutError) else _by_cause(error)
    return _error(failure, urlsplit(base_url).hostname or "", key)


def _by_status(error: anthropic.APIStatusError) -> _Failure:
    status = error.status_code
    if status == 404:
        # only the words tell the two apart, with the API itself as with other servers
        return _NO_MODEL if "model" in (error.api_message or "").lower() else _NO_ENDPOINT
    return _BY_STATUS.get(status, _SERVER_ERROR if status in _RETRIED or status >= 500 else _OTHER_STATUS)


def _by_cause(error: BaseException) -> _Failure:
    cause: BaseException | None = error
    while cause:
        for kind, failure in _BY_CAUSE:
            if isinstance(cause, kind):
                return failure
        cause = cause.__cause__ or cause.__context__
    return _LOST


def _asked_to_wait(error: anthropic.APIStatusError) -> str:
    wait = _retry_after(error.response.headers)
    return f"it asks to wait {wait:.0f} s; " if wait is not None and wait >= 1 else ""


def _wait(error: anthropic.APIError, attempt: int) -> float | None:
    """Seconds before the next attempt, or None if another cannot help."""
    import anthropic

    pause = min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE)
    if not isinstance(error, anthropic.APIStatusError):
        return pause if isinstance(error, anthropic.APIConnectionError) else None
    told = error.response.headers.get("x-should-retry")
    if told == "false" or (told != "true" and error.status_code not in _RETRIED and error.status_code < 500):
        return None
    asked = _retry_after(error.response.headers)
    return pause if asked is None else asked


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait: as milliseconds, seconds or a date."""
    asked = headers.get("retry-after", "")
    try:
        wait = float(headers["retry-after-ms"]) / 1000 if "retry-after-ms" in headers else float(asked)
    except ValueError:
        wait = _seconds_until(asked)
    return wait if wait >= 0 else None  # not so for NaN


def _seconds_until(date: str) -> float:
    try:
        return max(parsedate_to_datetime(date).timestamp() - time.time(), 0.0)
    except ValueError:
        return -1.0


def _error(failure: _Failure, detail: str = "", key: str = "") -> EngineError:
    """The failure with the other side's words: shortened, in one line, and without the key."""
    words = plain(detail)
    if key:
        words = words.replace(key, "[key]")
    words = re.sub(r"sk-ant-[\w-]+", "[key]", words)
    words = words if len(words) <= 200 else words[:199] + "…"
    return EngineError(failure.slug, f"{failure.message}: {words}" if words else failure.message, hint=failure.hint)


# ------------------------------------------------------------------ when it answers


def _answer(message: Message, key: str) -> Answer:
    """The answer in a complete reply. Raises `EngineError` for any other reply."""
    if failure := _BY_STOP.get(message.stop_reason or ""):
        raise _error(failure, getattr(message.stop_details, "explanation", None) or "", key)
    texts = [block.text for block in message.content if block.type == "text" and block.text]
    if not "".join(texts).strip():
        raise _error(_EMPTY)
    try:
        return Answer.model_validate_json("".join(texts))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        raise _error(_NOT_JSON, first["msg"], key)
    raise _error(_OFF_SCHEMA, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", key)


def _only_refused(answer: Answer, refused: Sequence[Verdict]) -> Answer:
    asked = Counter(verdict.enhancement.kind for verdict in refused)
    return Answer(
        title=answer.title if asked["title"] else None,
        description=answer.description if asked["description"] else None,
        slug=answer.slug if asked["slug"] else None,
        categories=answer.categories[: asked["category"]],
        tldr=answer.tldr[: asked["tldr"]],
        takeaways=answer.takeaways[: asked["takeaway"]],
    )
