"""Web addresses in one spelling, so that the same page is known by the same name. Nothing is asked
of the net here.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urljoin, urlsplit

import idna

from ingest.errors import Unreadable

_LONGEST = 4000  # characters; beyond it is no address but a trap
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|creation|variant|format)|mc_[ce]id|fbclid|gclid"
    r"|dclid|msclkid|xtor|igshid|_hs(?:enc|mi))(?:=|$)",
    re.IGNORECASE,
)
_TWINS = re.compile(r"^(?:www|m|mobile|amp)\.")


def normal(given: str) -> str:
    """`given` as it is asked for and kept: lower-case ASCII host, no fragment, no tracking.

    Raises Unreadable for what is no address of a web page.

    >>> normal("HTTPS://Www.Example.org:443?utm_source=x&id=5#top")
    'https://www.example.org/?id=5'
    """
    text = given.strip()
    if len(text) > _LONGEST:
        raise Unreadable(f"an address of {len(text):,} characters; one may have {_LONGEST:,}")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise Unreadable("not a web address: there is a space or a control character in it")
    try:
        parts = urlsplit(text)
        scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise Unreadable(f"not a web address: {error}") from None
    if scheme not in _PORTS:
        raise Unreadable("only addresses that begin with http:// or https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise Unreadable("there is a user name or a password in the address: leave it out")
    if not host:
        raise Unreadable("not a web address: it names no host")
    where = _host(host)
    if port is not None and port != _PORTS[scheme]:
        where += f":{port}"
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        kept = [one for one in parts.query.split("&") if one and not _TRACKING.match(one)]
        query = quote("&".join(kept), safe="/%:@!$&'()*+,;=~?[]|")
    except UnicodeEncodeError:
        raise Unreadable("not a web address: half a character in it") from None
    return f"{scheme}://{where}{path}" + (f"?{query}" if query else "")


def _host(host: str) -> str:
    if ":" in host:
        try:
            address = ipaddress.IPv6Address(host)
            if address.scope_id is None:
                return f"[{address}]"
            raise Unreadable("not a web address: it names a network of this machine")
        except ValueError:
            raise Unreadable(f"not a web address: {host!r} is no host") from None
    host = host.removesuffix(".")
    if host.isascii():
        if len(host) > 253 or not re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", host):
            raise Unreadable(f"not a web address: {host!r} is no host")
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # what its errors are
        raise Unreadable(f"not a web address: {host!r} is no host") from None


def joined(base: str, relative: str) -> str:
    """The address that a page or a redirect at `base` means. Raises Unreadable."""
    try:
        return normal(urljoin(base, relative.strip()))
    except ValueError as error:
        raise Unreadable(f"not a web address: {error}") from None


def host_of(address: str) -> str:
    """The host of a normal address, without its port."""
    return urlsplit(address).hostname or ""


def root_of(address: str) -> str:
    """`https://host:port` of a normal address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def last_part(address: str) -> str:
    """What stands in place of a file's name."""
    return urlsplit(address).path.rsplit("/", 1)[-1]


def canonical(fetched: str, claimed: str | None) -> str:
    """The address an article is known by: the one its page claims, where that can be believed.

    A page may speak for its own site only (or it could replace another's articles), and one that
    claims to be the front page is mistaken.
    """
    if not claimed:
        return fetched
    try:
        named = normal(claimed)
    except Unreadable:
        return fetched
    front = urlsplit(named)
    bare = front.path == "/" and not front.query
    return named if not bare and _site(named) == _site(fetched) else fetched


def _site(address: str) -> str:
    return _TWINS.sub("", host_of(address))
