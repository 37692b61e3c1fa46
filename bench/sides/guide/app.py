"""The guide's stack as the guide describes it: FastAPI, uvicorn, websockets, a row in a database and a send.

Written to be quick: one process, the database on the event loop (a thread for each insert costs more), the text of a
notification made once for all tabs of its reader. The rows, the counters and the durability are those of all sides.
"""

import asyncio
import gc
import json
import os
import signal
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, Literal

import jwt
from fastapi import BackgroundTasks, Depends, FastAPI, Header, HTTPException, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

SECRET = os.environ["JWT_SECRET"]
AUTHOR = "John Doe"

database = sqlite3.connect(os.environ["DATABASE"], isolation_level=None)
database.execute("pragma journal_mode = wal")
database.execute("pragma synchronous = full")

# The most inboxes that one transaction of an announcement holds, as on the other sides.
AT_ONCE = 200

# What the sides on Node are asked to do as well, before their memory is looked at.
signal.signal(signal.SIGUSR1, lambda *_: gc.collect())

app = FastAPI()


class Recipient(BaseModel):
    user_id: uuid.UUID


class Data(BaseModel):
    goal_id: uuid.UUID
    goal: str = Field(min_length=1, max_length=200)
    number: int


class Raise(BaseModel):
    type: Literal["goal_offered"]
    to: list[Recipient] = Field(min_length=1, max_length=1000)
    data: Data


class Announcement(BaseModel):
    title: str = Field(min_length=1, max_length=200)
    body: str = Field(min_length=1, max_length=2000)
    audience: Literal["everyone"]
    publish: Literal[True]


class ConnectionManager:
    """Who is connected here."""

    def __init__(self) -> None:
        self.tabs: defaultdict[str, set[WebSocket]] = defaultdict(set)

    def connect(self, user_id: str, tab: WebSocket) -> None:
        self.tabs[user_id].add(tab)

    def disconnect(self, user_id: str, tab: WebSocket) -> None:
        self.tabs[user_id].discard(tab)
        if not self.tabs[user_id]:
            del self.tabs[user_id]

    async def send(self, user_id: str, text: str) -> None:
        for tab in list(self.tabs.get(user_id, ())):
            try:
                await tab.send_text(text)
            except (RuntimeError, WebSocketDisconnect):
                self.disconnect(user_id, tab)


manager = ConnectionManager()


def subject_of(token: str) -> str:
    return jwt.decode(token, SECRET, algorithms=["HS256"], audience="pms", issuer="pms")["sub"]


async def signed_in(authorization: str = Header()) -> str:
    try:
        return subject_of(authorization.removeprefix("Bearer "))
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "Not signed in") from error


def now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def transaction() -> Iterator[None]:
    database.execute("begin immediate")
    try:
        yield
        database.execute("commit")
    except BaseException:
        database.execute("rollback")
        raise


def add(user_id: str, content: dict[str, Any], at: str) -> str:
    """Writes the row and moves the counter; answers what the reader is told."""
    (version,) = database.execute(
        "update inboxes set version = version + 1, unread_count = unread_count + 1, total_count = total_count + 1 "
        "where user_id = ? returning version",
        (user_id,),
    ).fetchone()
    notification = {
        "id": str(uuid.uuid4()),
        **content,
        "triggered_by_name": AUTHOR,
        "created_at": at,
        "is_read": False,
    }
    database.execute(
        "insert into notifications values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)",
        (
            notification["id"],
            user_id,
            version,
            content["type"],
            content["priority"],
            content["title"],
            content["message"],
            content["action_url"],
            json.dumps(content["data"]),
            AUTHOR,
            at,
        ),
    )
    return json.dumps({"type": "new_notification", "notification": notification}, separators=(",", ":"))


@app.post("/api/notifications")
async def create_notification(body: Raise, _: str = Depends(signed_in)) -> JSONResponse:
    data = {"goal_id": str(body.data.goal_id), "goal": body.data.goal, "number": body.data.number}
    content = {
        "type": body.type,
        "priority": "high",
        "title": "New Goal Assigned to You",
        "message": f"{AUTHOR} has assigned you a new goal: '{body.data.goal}'. Please review and accept or decline.",
        "action_url": f"/goals/{data['goal_id']}/respond",
        "data": data,
    }
    at = now()
    with transaction():
        told = [(str(to.user_id), add(str(to.user_id), content, at)) for to in body.to]
    for user_id, text in told:
        await manager.send(user_id, text)
    return JSONResponse({"type": body.type, "created": len(told)}, 201)


@app.post("/api/announcements")
async def create_announcement(
    body: Announcement, background: BackgroundTasks, publisher: str = Depends(signed_in)
) -> JSONResponse:
    announcement = str(uuid.uuid4())
    content = {
        "type": "system_announcement",
        "priority": "medium",
        "title": body.title,
        "message": body.body,
        "action_url": f"/announcements/{announcement}",
        "data": {"announcement_id": announcement},
    }
    background.add_task(announce, content, publisher)
    # The answer given here brings its own background work with it.
    return JSONResponse({"id": announcement}, 201, background=background)


async def announce(content: dict[str, Any], publisher: str) -> None:
    rows = database.execute("select user_id from inboxes where user_id <> ? order by user_id", (publisher,))
    everybody = [user_id for (user_id,) in rows]
    for start in range(0, len(everybody), AT_ONCE):
        at = now()
        with transaction():
            told = [(user_id, add(user_id, content, at)) for user_id in everybody[start : start + AT_ONCE]]
        for user_id, text in told:
            await manager.send(user_id, text)
        await asyncio.sleep(0)


@app.put("/api/notifications/mark-all-read")
async def mark_all_read(user_id: str = Depends(signed_in)) -> JSONResponse:
    with transaction():
        count = database.execute(
            "update notifications set read_at = ? where user_id = ? and read_at is null", (now(), user_id)
        ).rowcount
        database.execute(
            "update inboxes set version = version + 1, unread_count = unread_count - ? where user_id = ?",
            (count, user_id),
        )
    await manager.send(user_id, json.dumps({"type": "all_marked_read", "count": count}))
    return JSONResponse({"message": f"{count} notifications marked as read"})


@app.get("/api/notifications")
async def list_notifications(user_id: str = Depends(signed_in)) -> JSONResponse:
    rows = database.execute(
        "select * from notifications where user_id = ? order by seq desc limit 20", (user_id,)
    ).fetchall()
    total, unread = database.execute(
        "select total_count, unread_count from inboxes where user_id = ?", (user_id,)
    ).fetchone()
    return JSONResponse({"notifications": rows, "total": total, "unread_count": unread})


@app.websocket("/api/notifications/ws")
async def notifications_socket(tab: WebSocket, token: str) -> None:
    try:
        user_id = subject_of(token)
    except jwt.InvalidTokenError:
        await tab.close(1008)
        return
    await tab.accept()
    manager.connect(user_id, tab)
    try:
        await tab.send_json(
            {
                "type": "connection_established",
                "message": "Connected to notification service",
                "user_id": user_id,
            }
        )
        while True:
            if await tab.receive_text() == "ping":
                await tab.send_text("pong")
    except WebSocketDisconnect:
        pass
    finally:
        manager.disconnect(user_id, tab)
