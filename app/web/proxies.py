"""Believes X-Forwarded-* only when a proxy says it that the settings name."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class TrustedProxies:
    """Around the application. ``networks`` is the setting: addresses and networks with commas."""

    def __init__(self, inner: WSGIApplication, networks: str) -> None:
        self._inner = inner
        self._networks = tuple(ip_network(part.strip()) for part in networks.split(",") if part.strip())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Take over what a trusted proxy says; what anybody else says is dropped, so that nobody reads it later."""
        if self._trusts(environ.get("REMOTE_ADDR", "")):
            self._take_over(environ)
        for name in _SAID:
            environ.pop(name, None)
        return self._inner(environ, start_response)

    def _trusts(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        return any(known in network for network in self._networks)

    def _take_over(self, environ: WSGIEnvironment) -> None:
        """The last word of each list is the nearest proxy's; addresses are read back to the first that is no proxy."""
        said = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        while said and self._trusts(environ["REMOTE_ADDR"]):
            environ["REMOTE_ADDR"] = said.pop()
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip()
        if scheme in {"http", "https"}:
            environ["wsgi.url_scheme"] = scheme
        host = environ.get("HTTP_X_FORWARDED_HOST", "").rpartition(",")[2].strip()
        if host:
            environ["HTTP_HOST"] = host
