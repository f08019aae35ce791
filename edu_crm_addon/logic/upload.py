"""Which files a family may hand in."""

MAX_BYTES = 10 * 1024 * 1024
# What a phone or a scanner makes, and nothing a browser would run.
MIME_TYPES = frozenset(
    {
        "application/pdf",
        "image/jpeg",
        "image/png",
        "image/heic",
        "image/heif",
    }
)
HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
BRAND = slice(8, 12)
BOX = slice(4, 8)


def is_heif(head: bytes) -> bool:
    """Tell a phone's picture by its first bytes; the host's own guess does not.

    >>> is_heif(bytes(4) + b"ftypheic"), is_heif(b"%PDF-1.7 and so on")
    (True, False)
    """
    return head[BOX] == b"ftyp" and head[BRAND] in HEIF_BRANDS


def is_allowed(mime_type: str, head: bytes) -> bool:
    """Tell by content, never by name; ``mime_type`` is what the host guesses.

    >>> is_allowed("application/pdf", b"%PDF"), is_allowed("text/html", b"<html>")
    (True, False)
    """
    return mime_type in MIME_TYPES or is_heif(head)
