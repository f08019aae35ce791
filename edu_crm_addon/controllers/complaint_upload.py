"""Files of complaints: read from a form, sent to whoever may see the complaint."""

import os.path

from odoo.http import request

from ..logic.complaint_files import MAX_BYTES, MAX_FILES

NAME_LENGTH = 100


def send_file(complaint, file_id):
    """Send a file of what was said to the customer or by the customer; else 404."""
    file = complaint._portal_file(file_id)
    if not file:
        raise request.not_found()
    stream = request.env["ir.binary"]._get_stream_from(file.sudo())
    return stream.get_response(as_attachment=True)


def read_files():
    """Return ``(name, content)`` of the files of the form, as far as allowed.

    One more, and one byte more, are read so that too much is noticed.
    """
    uploads = [u for u in request.httprequest.files.getlist("files") if u.filename]
    files = []
    for upload in uploads[: MAX_FILES + 1]:
        upload.seek(0)  # the host may handle a request again
        files.append((_file_name(upload.filename), upload.read(MAX_BYTES + 1)))
    return files


def _file_name(name):
    """Return the last part of what the browser says."""
    base = os.path.basename(name.replace("\\", "/").replace("\0", ""))
    return base[-NAME_LENGTH:] or "file"
