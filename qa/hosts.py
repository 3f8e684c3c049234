"""Names of this machine, and of where the chat is served."""

from __future__ import annotations

import os

HERE = {"127.0.0.1", "localhost", "::1"}


def written(host: str) -> str:
    """As it stands in an address: one of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def allowed(host: str) -> list[str]:
    """Under what names the chat answers there. A page elsewhere must not reach in under a name of
    its own that leads to this machine.
    """
    return sorted(map(written, HERE)) if host in HERE else ["*"]


def ask_directly(host: str) -> None:
    """The front end asks itself whether it has started: no proxy is to carry that."""
    names = [os.environ.get(name, "") for name in ("no_proxy", "NO_PROXY")]
    given = dict.fromkeys(one.strip() for name in names for one in name.split(","))
    own = ",".join(one for one in (given | dict.fromkeys([*sorted(HERE), host])) if one)
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = own
