"""A client in another language: one person's inbox, followed live, with Python's standard library and nothing else.

    python3 examples/inbox.py http://localhost:8000 <token>

Prints each message as it came and, where it changed the inbox, all of that as a line of JSON. A line typed is sent as
a command. The numbers in the comments are those of the rules in docs/protocol.md.
"""

import base64, json, os, random, select, socket, struct, sys, time
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

URL, TOKEN = sys.argv[1:3]
API = "/api/notifications"
CHANGES = ("new_notification", "marked_read", "all_marked_read", "notification_updated", "notification_deleted")


class WebSocket:
    """As much of the WebSocket protocol as it takes: text, pings, the end."""

    def __init__(self, path):
        host, key = urlsplit(URL), base64.b64encode(os.urandom(16)).decode()
        self.stream = socket.create_connection((host.hostname, host.port or 80), timeout=10)
        head = [f"GET {path} HTTP/1.1", f"Host: {host.netloc}", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}", f"Sec-WebSocket-Protocol: bearer, {TOKEN}"]
        self.stream.sendall("\r\n".join([*head, "", ""]).encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self.read(1)
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise ConnectionError(answer.decode())

    def read(self, count):
        data = b""
        while len(data) < count:
            data += self.stream.recv(count - len(data)) or self.end(1006)
        return data

    def end(self, code):
        raise ConnectionError(code)

    def send(self, data, opcode=1):
        mask = os.urandom(4)
        size = bytes([128 | len(data)]) if len(data) < 126 else struct.pack(">BH", 128 | 126, len(data))
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        self.stream.sendall(bytes([128 | opcode]) + size + mask + masked)

    def receive(self):
        """The next text; None where the frame was about the connection itself."""
        opcode, size = self.read(2)
        if size > 125:
            size = int.from_bytes(self.read(2 if size == 126 else 8), "big")
        data = self.read(size)
        if opcode == 0x88:
            self.end(int.from_bytes(data[:2], "big"))
        if opcode == 0x89:
            self.send(data, opcode=10)  # 3
        return data.decode() if opcode == 0x81 else None


class Inbox:
    """The newest hundred items, exactly as the server has them at `version`."""

    version = epoch = None
    retry_after = 0

    def load(self):
        call = Request(f"{URL}{API}?limit=100", headers={"Authorization": f"Bearer {TOKEN}"})
        page = json.load(urlopen(call, timeout=10))
        self.items = {item["id"]: item for item in page["notifications"]}
        self.floor = page["notifications"][-1]["seq"] if page["next_cursor"] else 0
        self.version, self.epoch = page["version"], page["epoch"]
        self.unread, self.asked = page["unread_count"], None

    def take(self, it):
        """Takes a message of the server; says what to send it, if anything."""
        kind, version = it["type"], it.get("version")
        if kind == "connection_established":
            self.asked = None  # 12: its version is only hearsay
        elif kind == "sync_reset":
            self.load()  # 16: what arrives meanwhile waits in the connection
        elif kind == "server_draining":
            self.retry_after = it["retry_after_ms"] / 1000  # 7
        elif kind == "sync" and it["from"] <= self.version <= version:  # 15
            self.put(it["notifications"], it["deleted"])
            self.version, self.unread, self.asked = version, it["unread_count"], None  # 11
        elif kind in CHANGES and version == self.version + 1:  # 13
            id, notification = it.get("notification_id"), it.get("notification")
            self.put([notification] if notification else [], [id] if kind == "notification_deleted" else [])
            for item in self.items.values():
                if kind == "marked_read" and item["id"] == id or item["seq"] <= it.get("through_seq", 0):
                    item["is_read"] = True
            self.version, self.unread = version, it["unread_count"]
        elif version and version > self.version and self.asked != self.version:  # 14, 17
            self.asked = self.version
            return f"sync:{self.version}"

    def put(self, changed, deleted):
        self.items.update((item["id"], item) for item in changed if item["seq"] >= self.floor)
        for id in deleted:
            self.items.pop(id, None)

    def shown(self):
        items = sorted(self.items.values(), key=lambda item: -item["seq"])  # 10
        return {"type": "inbox", "version": self.version, "unread_count": self.unread, "notifications": items}


def say(what):
    print(what if isinstance(what, str) else json.dumps(what), flush=True)


def follow(inbox):
    """Follows the inbox over one socket; an error ends it."""
    if inbox.version is None:
        inbox.load()
        say(inbox.shown())
    resume = {"since": inbox.version, "epoch": inbox.epoch}  # 12
    ws, heard_at, pinged = WebSocket(f"{API}/ws?{urlencode(resume)}"), time.time(), False
    while True:
        ready = select.select([ws.stream, 0], [], [], 5)[0]
        if 0 in ready:
            for line in (os.read(0, 8192) or sys.exit()).split():
                ws.send(line)
        if ws.stream in ready:
            text, heard_at, pinged = ws.receive(), time.time(), False
            if text == "pong":  # 2
                say(text)
            elif text:
                before, message = inbox.version, json.loads(text)
                command = inbox.take(message)
                if command:
                    ws.send(command.encode())
                say(message)
                if inbox.version != before or message["type"] == "sync_reset":
                    say(inbox.shown())
        elif time.time() - heard_at > 35:  # 3
            ws.end(4408)
        elif time.time() - heard_at > 25 and not pinged:
            ws.send(b"ping")
            pinged = True


inbox, failures = Inbox(), 0
while True:
    began = time.time()
    try:
        follow(inbox)
    except OSError as error:
        code = getattr(error, "code", error.args[0])
        say({"type": "cut", "code": code if isinstance(code, int) else str(code)})
        if code in (401, 403, 4401, 4403):  # 5: there is no other token here
            sys.exit("This token opens nothing any more")
        failures = 0 if time.time() - began > 10 else failures
        wait = random.random() * min(30, 0.5 * 2**failures)  # 4
        time.sleep(30 + wait if code in (429, 4429) else inbox.retry_after or wait)  # 7, 8
        failures, inbox.retry_after = failures + 1, 0
