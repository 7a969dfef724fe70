"""A server on 127.0.0.1 that answers well or badly, as the address asks.

    python3 corpus_server.py FOLDER

It serves the files of FOLDER under /OPTIONS/NAME, writes its port to FOLDER/port, and each request as a line of JSON to
FOLDER/requests; FOLDER/sent is made once a whole body has left it. It ends when its standard input does. OPTIONS are separated by commas:

    plain         nothing of what follows
    cut=N         the first answer breaks after N bytes of the body
    stuck=N       no answer goes beyond byte N of the file: the connection is closed there
    norange       ranges are ignored: the answer is always the whole file
    changed       every answer has another ETag
    untagged      answers have neither ETag nor date
    weak          the ETag is weak, and there is no date
    endless       the body never ends, and no size is told
    pause=N       so many milliseconds between pieces of 4096 bytes
    silent=N      after N bytes nothing comes, and the connection stays open
    fail=N        the first N answers are 503
    status=N      every answer has this status
    to=OPTIONS    a redirect to the same file under other options, separated by +
    away=ADDRESS  a redirect to an address, in hexadecimal digits
"""

import hashlib
import http.server
import json
import pathlib
import sys
import threading
import time

folder = pathlib.Path(sys.argv[1])
counts = {}
lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def end(self, status, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        _, words, name = self.path.split("/", 2)
        options = {key: value for key, _, value in (word.partition("=") for word in words.split(","))}
        with lock:
            count = counts[self.path] = counts.get(self.path, 0) + 1
            with open(folder / "requests", "a") as requests:
                requests.write(json.dumps({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}}) + "\n")
        if "status" in options:
            return self.end(int(options["status"]))
        if count <= int(options.get("fail", 0)):
            return self.end(503)
        if "to" in options:
            return self.end(302, Location=f"/{options['to'].replace('+', ',')}/{name}")
        if "away" in options:
            return self.end(301, Location=bytes.fromhex(options["away"]).decode())
        body = (folder / name).read_bytes()
        self.close_connection = True
        if "endless" in options:
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(body)
        tag = '"' + hashlib.sha256(body).hexdigest()[:16] + (str(count) if "changed" in options else "") + '"'
        if "weak" in options:
            tag = "W/" + tag
        start = 0
        wanted = self.headers.get("Range")
        condition = self.headers.get("If-Range")
        if wanted and "norange" not in options and condition in (None, tag):
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= len(body):
                return self.end(416, Content_Range=f"bytes */{len(body)}")
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if "untagged" not in options:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        limit = len(body)
        if "cut" in options and count == 1:
            limit = start + int(options["cut"])
        limit = min(limit, int(options.get("stuck", limit)), int(options.get("silent", limit)))
        for offset in range(start, limit, 4096):
            self.wfile.write(body[offset : min(offset + 4096, limit)])
            if "pause" in options:
                self.wfile.flush()
                time.sleep(int(options["pause"]) / 1000)
        self.wfile.flush()
        (folder / "sent").touch()
        if "silent" in options:
            time.sleep(600)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments):
        pass


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
temporary = folder / "port.tmp"
temporary.write_text(str(server.server_port))
temporary.rename(folder / "port")
sys.stdin.read()
