"""The chat's page in gradio: laid out, served, and shut. The one door to gradio.

What the page does is in `qa.chat`, how it looks in `qa.page` and `qa/static`.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable, Iterator
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import SaidsoError
from ingest.read import SUFFIXES
from qa.api import Api, Endpoint, Writing
from qa.chat import Chat
from qa.gate import Gate
from qa.headed import Headed
from qa.hosts import allowed, ask_directly, written
from qa.intake import to_the_end
from qa.page.assets import STATIC, read
from qa.page.glass import form
from qa.page.interface import LAYOUT, SCRIPT, login, spoken
from qa.page.networds import NET
from qa.page.report import closed, invitation
from qa.page.shelf import shelf as shelf_page
from qa.sealed import Sealed
from qa.sessions import Sessions, doorkeeper, logged_in
from qa.talk import AT_ONCE, MOST, known_as
from qa.users import LOCKED, TRIES, Users

WATCHED = 64  # pages that follow an answer at the same time; who answers is `qa.talk`'s to bound
LARGEST_UPLOAD = "512mb"
_UPLOADS = ("/gradio_api/upload", "/upload")

_Event = TypeVar("_Event", bound=Callable[..., Any])
_Whose = Callable[[Any, Any], Any]

_QUIETLY: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
# Who asks and in which language goes with every call: the server keeps nothing of the page.
_CARRYING = _QUIETLY | {"js": "(given) => [given, saidso.visitor, saidso.language]"}
_ARRIVING = _QUIETLY | {"js": "() => [saidso.visitor, saidso.language]"}


def build(chat: Chat, *, read_only: bool = False, users: Users | None = None) -> Any:
    """The page, as a gr.Blocks."""
    import gradio as gr  # takes seconds, and reads the environment

    raw = partial(gr.HTML, apply_default_css=False, js_on_load=None)
    unseen = partial(gr.Textbox, "", show_label=False, elem_classes="unseen")
    say = gr.I18n(**_layout(chat))

    whose = _whose(users)

    @_requested
    def asked(
        question: str, visitor: str, language: str, request: Any = None
    ) -> Iterator[tuple[Any, str]]:
        box: Any = ""  # emptied once: the next question may be in it by the time of the answer
        for page in chat.visits.asked(question, whose(visitor, request), spoken(language)):
            yield box, page
            box = gr.skip()

    @_requested
    def told(command: str, visitor: str, language: str, request: Any = None) -> Iterator[str]:
        yield from chat.visits.told(command, whose(visitor, request), spoken(language))

    @_requested
    def arrived(visitor: str, language: str, request: Any = None) -> Iterator[str]:
        yield from chat.visits.arrived(whose(visitor, request), spoken(language))

    def laid_out(_: str, given: str) -> tuple[str, str, str]:
        language = spoken(given)
        invited = closed(language) if read_only else invitation(SUFFIXES, language)
        return invited, shelf_page(language, writes=not read_only), form(language)

    def passage(wanted: dict[str, Any]) -> str:
        return chat.read(wanted.get("fragment"), spoken(wanted.get("language")))

    def shelve(wanted: dict[str, Any]) -> str:
        return chat.shelves.do(wanted, spoken(wanted.get("language")), writes=not read_only)

    def weigh(wanted: dict[str, Any]) -> str:
        return chat.weighed(wanted, spoken(wanted.get("language")))

    @_requested
    def take_out(wanted: dict[str, Any], request: Any = None) -> str:
        return chat.takeout.do(
            wanted | {"visitor": whose(wanted.get("visitor"), request)},
            spoken(wanted.get("language")),
        )

    def take_in(
        files: list[dict[str, Any]] | None, _: str, language: str
    ) -> Iterator[tuple[str, None]]:
        uploads = [(Path(one["path"]), one.get("orig_name") or one["path"]) for one in files or []]
        for report in chat.take_in(uploads, spoken(language)):
            yield report, None

    with _filling()(title="Saidso", analytics_enabled=False, fill_width=True) as demo:
        raw(_masthead(users), elem_id="masthead")
        who = [unseen(), unseen()]  # the visitor, the language
        with gr.Tabs(elem_id="views"):
            with gr.Tab(say("ask"), elem_id="ask"):
                talk = raw("", elem_id="conversation")
                box = gr.Textbox(
                    label=say("your-question"), show_label=False, lines=1, max_lines=5,
                    placeholder=say("ask-your-articles"), submit_btn=str(say("ask")),
                    autofocus=True, elem_id="question",
                )  # fmt: skip
                command = unseen(elem_id="told", submit_btn=True)  # for the script alone
            with gr.Tab(say("articles"), elem_id="articles"):
                invited = raw("")
                drop = gr.File(
                    label=say("articles"), show_label=False, file_count="multiple", height=130,
                    elem_id="drop", visible=not read_only,
                )  # fmt: skip
                report = raw("", elem_id="report", elem_classes="reports")
                if chat.addresses and not read_only:
                    _fetching(chat, say, raw, who, whose)
                shelf = raw("", elem_id="shelf")
            with gr.Tab(say("search"), elem_id="search"):
                inside = raw("", elem_id="glass")
        gr.HTML(
            read("pane.html"),
            apply_default_css=False,
            js_on_load=read("chat.js", "drop.js", "shelf.js", "glass.js"),
            server_functions=[passage, weigh, shelve, take_out],
            elem_id="pane",
        )
        box.submit(asked, [box, *who], [box, talk], concurrency_limit=WATCHED, **_CARRYING)
        command.submit(
            told, [command, *who], talk, trigger_mode="multiple", concurrency_limit=WATCHED,
            **_CARRYING,
        )  # fmt: skip
        if not read_only:
            drop.upload(
                take_in, [drop, *who], [report, drop], preprocess=False,
                concurrency_limit=WATCHED, **_CARRYING,
            )  # fmt: skip
        demo.load(arrived, who, talk, concurrency_limit=WATCHED, **_ARRIVING)
        demo.load(laid_out, who, [invited, shelf, inside], **_ARRIVING)
        for one in (Api(chat) if read_only else Writing(chat, chat)).endpoints:
            gr.api(_telling(one), api_name=one.__name__)  # type: ignore[attr-defined]
    demo.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    return demo


def _requested(event: _Event) -> _Event:
    """The front end hands over who asks, where an annotation is its own class for that."""
    import gradio as gr

    event.__annotations__["request"] = gr.Request
    return event


def _whose(users: Users | None) -> _Whose:
    """The id of who asks, of the one that the browser keeps and the request that came with it."""

    def whose(visitor: Any, request: Any) -> Any:
        if users is None:
            return visitor
        of_an_event = hasattr(request, "username")  # a call has it in its cookies alone
        return known_as(
            visitor, (request.username if of_an_event else logged_in(request.scope)) or ""
        )

    return whose


def _masthead(users: Users | None) -> str:
    out = '<a class="out" href="logout" data-say="out"></a>' if users else ""
    return read("masthead.html").replace("</header>", f"{out}</header>")


def _fetching(chat: Chat, say: Any, raw: Any, who: list[Any], whose: _Whose) -> None:
    """The field for web addresses, its button and what is told of them, in the layout's place."""
    import gradio as gr

    @_requested
    def fetch(
        given: str, visitor: str, language: str, request: Any = None
    ) -> Iterator[tuple[Any, str]]:
        if chat.addresses is None:
            return
        page = spoken(language)
        words = NET[page]
        box = gr.Textbox(submit_btn=False, stop_btn=words["halt"])
        reports = chat.addresses.take_in(given, whose(visitor, request), page)
        for report in to_the_end(reports, page):
            yield box, report
            box = gr.skip()
        yield gr.Textbox(submit_btn=words["fetch"], stop_btn=False), gr.skip()

    @_requested
    def halt(_: str, visitor: str, __: str, request: Any = None) -> None:
        if chat.addresses is not None:
            chat.addresses.stop(whose(visitor, request))

    address = gr.Textbox(
        label=say("address"), show_label=False, max_lines=1, max_length=4000,
        placeholder=say("address"), submit_btn=str(say("fetch")), elem_id="address",
    )  # fmt: skip
    fetched = raw("", elem_id="fetched", elem_classes="reports")
    address.submit(
        fetch, [address, *who], [address, fetched], concurrency_limit=WATCHED, **_CARRYING
    )
    address.stop(halt, [address, *who], **_CARRYING)
    address.focus(None, js="() => document.querySelector('#address input')?.select()")


def _layout(chat: Chat) -> dict[str, dict[str, str]]:
    """What the layout says, by language."""
    more = NET if chat.addresses else {}
    return {language: words | more.get(language, {}) for language, words in LAYOUT.items()}


def _filling() -> Any:
    """A gr.Blocks that takes what a program leaves out at the end of a call for the default."""
    import gradio as gr

    class Filling(gr.Blocks):
        async def preprocess_data(self, block_fn: Any, inputs: list[Any], *more: Any) -> Any:
            if block_fn.api_visibility == "public":
                wanted = list(inspect.signature(block_fn.fn).parameters.values())
                left = [one.default for one in wanted[len(inputs) : len(block_fn.inputs)]]
                # Without one it is None, which the endpoint refuses in words.
                inputs = [
                    *inputs,
                    *(None if one is inspect.Parameter.empty else one for one in left),
                ]
            return await super().preprocess_data(block_fn, inputs, *more)

    return Filling


def _telling(endpoint: Endpoint) -> Endpoint:
    """`endpoint`, and what it refuses is told to the program that called."""
    from gradio.exceptions import Error

    @wraps(endpoint)
    def told(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            return endpoint(*given, **named)
        except SaidsoError as error:
            raise Error(str(error), print_exception=False) from None

    return told


def launch(
    demo: Any, chat: Chat, host: str, port: int, *, read_only: bool, users: Users | None
) -> None:
    import gradio as gr
    from gradio.exceptions import ServerFailedToStartError
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    def health(_: Any) -> JSONResponse:
        """200 from when questions are answered, 503 before that and where they cannot be."""
        return JSONResponse({"ready": chat.ready}, 200 if chat.ready else 503)

    theme = gr.themes.Base(
        primary_hue="emerald", neutral_hue="stone",
        font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"],
    )  # fmt: skip
    ask_directly(host)
    # Each call over HTTP is a session to the front end, which would remember 10,000 of them.
    try:
        demo.launch(
            state_session_capacity=MOST,
            server_name=written(host), server_port=port, prevent_thread_lock=True, quiet=True,
            inline=False, share=False, show_error=False, enable_monitoring=False, run_history=False,
            allowed_paths=[], max_file_size=LARGEST_UPLOAD, ssr_mode=False, pwa=False,
            mcp_server=False, footer_links=[], theme=theme, i18n=gr.I18n(**_layout(chat)),
            favicon_path=STATIC / "favicon.svg", auth=users and doorkeeper(users),
            auth_message=login(TRIES, round(LOCKED / 60)),
            app_kwargs={
                "routes": [Route("/healthz", health)],
                "middleware": [
                    Middleware(Headed, head=_head()),
                    Middleware(Sealed, closed=_UPLOADS if read_only else ()),
                    Middleware(TrustedHostMiddleware, allowed_hosts=allowed(host)),
                    *([Middleware(Gate, known=logged_in)] if users else []),
                ]
            },
        )  # fmt: skip
    except (OSError, ServerFailedToStartError) as error:
        raise SaidsoError(f"cannot serve on {written(host)}:{port}: {error}") from None
    if users:
        demo.app.tokens = Sessions(users, demo.app.tokens)


def _head() -> str:
    words = json.dumps(SCRIPT, ensure_ascii=False).replace("<", "\\u003c")
    style, script = read("chat.css", "shelf.css", "glass.css"), read("head.js")
    title = "<title>Saidso</title>"  # the front end gives its login none
    return f"{title}<style>{style}</style><script>{{const WORDS = {words};\n{script}}}</script>"


def close(demo: Any) -> None:
    if demo.is_running:  # an open page holds a stream that would never end by itself
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        demo.server.config.timeout_graceful_shutdown = 1
    demo.close(verbose=False)
