from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo.tools import mute_logger


def claim(records):
    """Return those of ``records`` that no other worker is changing just now.

    They stay ours until the transaction ends. If another worker has changed one since
    our transaction began, none is: whoever comes next sees how things stand.
    """
    records.flush_recordset()
    try:
        with mute_logger("odoo.sql_db"), records.env.cr.savepoint():
            return records.try_lock_for_update(allow_referencing=True)
    except (LockNotAvailable, SerializationFailure):
        return records.browse()
