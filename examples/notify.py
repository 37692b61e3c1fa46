"""Raises notifications from another backend, with Python's standard library and nothing else. Made to be copied into it.

    export PMS_URL=http://127.0.0.1:8000 PMS_KEY=<key>
    KEY=payslips-2027-03 python3 examples/notify.py payslip_ready john.doe@pms.test,jane.smith@pms.test month=March

What got no answer, or was asked to wait, is sent again with the same idempotency key, so that it is done once.
"""

import json, os, random, sys, time, uuid
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

AGAIN = (429, 500, 502, 503, 504)


class Refused(Exception):
    """The call is wrong, and would be another time too; says what is wrong with it."""


def notify(type, to, data=None, action_url=None, key=None, patience=60):
    """Puts a notification into the inboxes of the people with these email addresses.

    `key` names what happened, so that a second run of the same job raises nothing twice; without one this call alone
    is done once. Gives up after `patience` seconds. Answers what became of each recipient, in the order of `to`.
    """
    url, token = os.environ["PMS_URL"] + "/api/notifications", os.environ["PMS_KEY"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json",
               "Idempotency-Key": key or str(uuid.uuid4())}
    body = {"type": type, "to": [{"email": email} for email in to], "data": data or {}}
    if action_url:
        body["action_url"] = action_url
    call = Request(url, json.dumps(body).encode(), headers)
    end, failures = time.monotonic() + patience, 0
    while True:
        try:
            with urlopen(call, timeout=10) as answer:
                return json.load(answer)["results"]
        except (OSError, HTTPException, json.JSONDecodeError) as error:
            wait = random.random() * min(30, 0.5 * 2**failures)
            if isinstance(error, HTTPError):
                if error.code not in AGAIN:
                    raise Refused(f"{error.code}: {error.read().decode()}") from None
                wait = float(error.headers.get("Retry-After") or wait)
            if time.monotonic() + wait > end:
                raise
            time.sleep(wait)
            failures += 1


if __name__ == "__main__":
    name, emails, *fields = sys.argv[1:]
    try:
        data = dict(field.split("=", 1) for field in fields)
        results = notify(name, emails.split(","), data, key=os.environ.get("KEY"))
    except Refused as refused:
        sys.exit(f"Refused with {refused}")
    except OSError as error:
        sys.exit(f"No answer: {error}")
    print(json.dumps(results))
