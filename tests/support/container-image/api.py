"""Answers what the tests ask: what it knows of its surroundings, and its end when it is told to go."""

import json
import os
import signal
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def surroundings() -> dict[str, object]:
    """Gives what was handed to this container."""
    note = Path("/etc/notes/note.txt")
    return {
        "edition": os.environ.get("EDITION"),
        "greeting": os.environ.get("GREETING"),
        "note": note.read_text() if note.exists() else None,
    }


class Api(BaseHTTPRequestHandler):
    """Routes by path."""

    def do_GET(self) -> None:
        """Answers a GET."""
        if self.path == "/openapi.json":
            return self.answer(200, json.loads(Path("openapi.json").read_text()))
        if self.path == "/surroundings":
            return self.answer(200, surroundings())
        if self.path.startswith("/neighbour/"):
            host = self.path.removeprefix("/neighbour/")
            with urllib.request.urlopen(f"http://{host}:8000/surroundings", timeout=5) as response:
                return self.answer(200, json.load(response))
        if self.path == "/wrong":
            return self.answer(200, {"edition": 7})
        if self.path == "/end":
            print("somebody asked for the end", flush=True)
            os._exit(3)
        return self.answer(404, {})

    def answer(self, status: int, body: object) -> None:
        """Sends JSON."""
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print(f"greeting is {os.environ.get('GREETING')}", flush=True)
if len(sys.argv) > 1:
    sys.exit(int(sys.argv[1]))
print("listening", flush=True)
ThreadingHTTPServer(("0.0.0.0", 8000), Api).serve_forever()
