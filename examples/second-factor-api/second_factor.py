#!/usr/bin/env python3
"""Asks Countersign for the second factor of one person, with nothing but HTTP and the standard library.

    COUNTERSIGN_URL=https://login.example.com/acme COUNTERSIGN_KEY=cs_live_... ./second_factor.py kim 203.0.113.9

The password was checked before this is called. It ends with 0 when the person may go in, and with 1 in every other case: a program that
is not sure lets nobody in.
"""

import json
import os
import sys
import urllib.error
import urllib.request

URL = os.environ["COUNTERSIGN_URL"].rstrip("/") + "/api/v1"
KEY = os.environ["COUNTERSIGN_KEY"]


def call(path, token, body):
    """POSTs JSON; answers the status and the JSON of the answer, also of a refusal."""
    request = urllib.request.Request(
        URL + path,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": "Bearer " + token},
    )
    try:
        with urllib.request.urlopen(request, timeout=15) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def second_factor(username, address):
    status, answer = call("/challenges", KEY, {"username": username, "address": address})
    if answer.get("outcome") == "allow":
        print("allow: " + answer["decision"]["reason"])
        return True
    if answer.get("outcome") != "challenge":
        # deny, or an authenticator app that has to be set up first at Countersign's own sign-in page.
        print("no: " + answer.get("detail", "set up an authenticator app first"))
        return False
    token = answer["pending"]["token"]
    where = answer["challenge"]["sent_to"] or "the authenticator app"
    while True:
        print("code from " + where + ": ", end="", flush=True)
        code = sys.stdin.readline()
        if code == "":
            return False
        status, answer = call("/login/verify", token, {"code": code.strip()})
        if status == 200 and answer.get("outcome") == "allow":
            print("allow: " + " ".join(answer["amr"]))
            return True
        print("no: " + answer["detail"])
        # Only a mistyped code can be typed again; everything else ends this sign-in.
        if answer.get("code") not in ("invalid_code", "malformed_code") or answer.get("attempts_left") == 0:
            return False


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: second_factor.py USERNAME ADDRESS")
    sys.exit(0 if second_factor(sys.argv[1], sys.argv[2]) else 1)
