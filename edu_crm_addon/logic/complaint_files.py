"""Which files come with a complaint: how many, how large, of which kinds."""

from .upload import is_allowed

MAX_FILES = 5
MAX_BYTES = 5 * 1024 * 1024
# What is a little too large gets a clear message, anything more is cut off.
MAX_REQUEST = 8 * MAX_BYTES

TOO_MANY = "too_many"
EMPTY = "empty"
TOO_LARGE = "too_large"
KIND = "kind"


def refusal(files):
    """Return ``(code, name)`` of what is wrong with the first bad file, or ``None``.

    :param files: ``(name, content, mime type as the host guesses it)``

    >>> refusal([("a.pdf", b"%PDF-1.7", "application/pdf")])
    >>> refusal([("a.pdf", b"<html>", "text/html")])
    ('kind', 'a.pdf')
    >>> refusal([("a.pdf", b"%PDF-1.7", "application/pdf")] * 6)
    ('too_many', '')
    """
    if len(files) > MAX_FILES:
        return TOO_MANY, ""
    for name, content, mime_type in files:
        if not content:
            return EMPTY, name
        if len(content) > MAX_BYTES:
            return TOO_LARGE, name
        if not is_allowed(mime_type, content):
            return KIND, name
    return None
