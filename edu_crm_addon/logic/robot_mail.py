"""Which mails were written by a machine, and which complaint a subject names.

Source: RFC 3834 and what mail servers really send (research on complaints, §C5). An
answer to a robot is answered by the robot: nobody is acknowledged twice, nothing is
opened again, no promise counts by such a mail.
"""

import re
import unicodedata

# Codes of why a mail is from a robot.
AUTO_SUBMITTED = "auto_submitted"
SUPPRESS = "suppress"
PRECEDENCE = "precedence"
LIST = "list"
LOOP = "loop"
RETURN_PATH = "return_path"
REPORT = "report"
SENDER = "sender"
OWN = "own"

BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
SUPPRESSING = {"all", "autoreply", "oof"}
DAEMONS = {"mailer-daemon", "postmaster"}
ADDRESS = re.compile(r"([^\s<>\"@]+)@[^\s<>\"@]+")
NUMBER = re.compile(r"(?<![A-Z0-9])[A-Z]{1,10}/\d{4}/\d{3,9}(?!\d)")


def robot(headers, own_hosts=()):
    """Return the code of why a robot wrote the mail, or ``None`` for a person.

    :param headers: pairs of name and value
    :param own_hosts: hosts that put Message-IDs on our own outgoing mail

    >>> robot([("Auto-Submitted", "auto-replied")])
    'auto_submitted'
    >>> robot([("Auto-Submitted", "no"), ("X-Auto-Response-Suppress", "None")])
    >>> robot([("From", "MAILER-DAEMON@mx.example.com")])
    'sender'
    """
    for name, value in headers:
        name, value = str(name).strip().lower(), str(value or "").strip().lower()
        if name.startswith("list-"):
            return LIST
        test = TESTS.get(name)
        if test and (code := test(value, own_hosts)):
            return code
    return None


def _auto_submitted(value, _own_hosts):
    return AUTO_SUBMITTED if _word(value) != "no" else None


def _suppress(value, _own_hosts):
    asked = {part.strip() for part in value.split(",")}
    return SUPPRESS if asked & SUPPRESSING else None


def _precedence(value, _own_hosts):
    return PRECEDENCE if _word(value) in BULK else None


def _loop(_value, _own_hosts):
    return LOOP


def _return_path(value, _own_hosts):
    return RETURN_PATH if not value.strip("<> \t") else None


def _content_type(value, _own_hosts):
    return REPORT if _word(value) == "multipart/report" else None


def _sender(value, _own_hosts):
    return SENDER if DAEMONS & set(ADDRESS.findall(value)) else None


def _message_id(value, own_hosts):
    host = value.strip("<> \t").rpartition("@")[2]
    return OWN if host and host in {own.lower() for own in own_hosts} else None


def _word(value):
    """Return what stands before the parameters and comments of a header."""
    return re.split(r"[;(]", value)[0].strip()


TESTS = {
    "auto-submitted": _auto_submitted,
    "x-auto-response-suppress": _suppress,
    "precedence": _precedence,
    "x-loop": _loop,
    "return-path": _return_path,
    "content-type": _content_type,
    "from": _sender,
    "message-id": _message_id,
}


def numbers_in(subject):
    """Return the complaint numbers that a subject names, in their usual form.

    >>> numbers_in("回复：【ｃｍｐ／２０２６／００００１】 lessons")
    ['CMP/2026/00001']
    >>> numbers_in("RE: order 12/2026"), numbers_in(None)
    ([], [])
    """
    usual = unicodedata.normalize("NFKC", subject or "").upper()
    return list(dict.fromkeys(NUMBER.findall(usual)))
