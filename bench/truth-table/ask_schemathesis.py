"""Holds answers against a document with all checks of Schemathesis. Reads a question as JSON on stdin, writes a line of words per answer to stdout."""

import json
import sys

import requests
import schemathesis

question = json.load(sys.stdin)
schema = schemathesis.openapi.from_path(question["file"])
session = requests.Session()


def say(word):
    print(json.dumps(word), flush=True)


for number, path in list(enumerate(question["paths"]))[question["from"]:]:
    case = schema[path]["GET"].Case()
    try:
        response = session.get(question["origin"] + path, headers={"x-answer": str(number)}, timeout=20, allow_redirects=False)
        case.validate_response(response)
        say(None)
    except (Exception, BaseExceptionGroup) as error:  # its failures come as groups of exceptions; an answer that no client can read is one too
        say(f"{type(error).__name__}: {error}"[:300])
