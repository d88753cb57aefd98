"""The server of the preview: one thread a request, on 127.0.0.1 alone."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from teikit import __version__
from teikit.errors import TeikitError
from teikit.serving.preview import Answer, Shown, answer

_HOST = "127.0.0.1"
_TRIES = 20  # ports after the first, where that is taken
_PATIENCE = 10  # seconds that a request may take to come


class Preview:
    """Shows a site while it is used in a `with` statement; `show` takes the next build."""

    def __init__(self, port: int, *, exact: bool):
        self.shown = Shown({})
        self._server = _bind(port, exact, self)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Return the address of the front page."""
        return f"http://{_HOST}:{self.port}/"

    def show(self, files: dict[str, bytes]) -> None:
        """Show these files from now on."""
        self.shown = Shown(files, self.shown.number + 1)

    def __enter__(self) -> "Preview":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _bind(port: int, exact: bool, preview: Preview) -> ThreadingHTTPServer:
    """Return a server on the port, or on one of the next where it is taken and need not be it."""
    last = port if exact or not port else min(port + _TRIES, 65535)
    for tried in range(port, last + 1):
        try:
            return _Server((_HOST, tried), preview)
        except OSError:
            continue
    taken = f"port {port} is taken" if last == port else f"the ports {port} to {last} are taken"
    raise TeikitError(f"{taken}: name another one with --port")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = False  # on Windows it would let two programs share the port

    def __init__(self, address: tuple[str, int], preview: Preview):
        self.preview = preview
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking the network what this computer is called."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that has left is no mistake."""


class _Handler(BaseHTTPRequestHandler):
    server_version, sys_version = f"teikit/{__version__}", ""
    timeout = _PATIENCE
    server: _Server

    def do_GET(self) -> None:
        self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        self._send(self._answer(), with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for findings."""

    def _answer(self) -> Answer:
        hosts = self.headers.get_all("Host", [])
        host = hosts[0] if len(hosts) == 1 else ""
        return answer(self.server.preview.shown, self.path, host, self.server.server_port)

    def _send(self, made: Answer, *, with_body: bool) -> None:
        self.send_response(made.status)
        for name, value in made.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(made.body)
