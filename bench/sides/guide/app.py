"""The guide's stack as the guide describes it: FastAPI, uvicorn, websockets, a row in a database and a send.

Written to be quick: one process, the database on the event loop (a thread for each insert costs more), the text of a
notification made once for all tabs of its reader. The rows, the counters and the durability are those of all sides.
"""

import json
import os
import sqlite3
import uuid
from collections import defaultdict
from datetime import datetime, timezone
from typing import Literal

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

SECRET = os.environ["JWT_SECRET"]
AUTHOR = "John Doe"

database = sqlite3.connect(os.environ["DATABASE"], isolation_level=None)
database.executescript(
    """
    pragma journal_mode = wal;
    pragma synchronous = full;
    create table if not exists inboxes (
      user_id text primary key, version integer not null, unread_count integer not null, total_count integer not null
    ) strict;
    create table if not exists notifications (
      id text primary key, user_id text not null, seq integer not null, type text not null, priority text not null,
      title text not null, message text not null, action_url text, data text not null, actor_name text,
      created_at text not null, read_at text
    ) strict;
    create unique index if not exists newest on notifications (user_id, seq desc);
    """
)

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


def add(user_id: str, body: Raise, at: str) -> str:
    """Writes the row and moves the counter; answers what the reader is told."""
    data = {"goal_id": str(body.data.goal_id), "goal": body.data.goal, "number": body.data.number}
    (version,) = database.execute(
        "insert into inboxes values (?, 1, 1, 1) on conflict do update set version = version + 1, "
        "unread_count = unread_count + 1, total_count = total_count + 1 returning version",
        (user_id,),
    ).fetchone()
    notification = {
        "id": str(uuid.uuid4()),
        "type": body.type,
        "priority": "high",
        "title": "New Goal Assigned to You",
        "message": f"{AUTHOR} has assigned you a new goal: '{body.data.goal}'. Please review and accept or decline.",
        "action_url": f"/goals/{data['goal_id']}/respond",
        "data": data,
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
            body.type,
            "high",
            notification["title"],
            notification["message"],
            notification["action_url"],
            json.dumps(data),
            AUTHOR,
            at,
        ),
    )
    return json.dumps({"type": "new_notification", "notification": notification}, separators=(",", ":"))


@app.post("/api/notifications")
async def create_notification(body: Raise, _: str = Depends(signed_in)) -> JSONResponse:
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    database.execute("begin immediate")
    try:
        told = [(str(to.user_id), add(str(to.user_id), body, at)) for to in body.to]
        database.execute("commit")
    except BaseException:
        database.execute("rollback")
        raise
    for user_id, text in told:
        await manager.send(user_id, text)
    return JSONResponse({"type": body.type, "created": len(told)}, 201)


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
