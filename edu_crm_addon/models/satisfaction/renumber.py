"""Rows whose ids tell nothing: in the order of ids one reads who answered first."""

from random import SystemRandom

from odoo.tools import SQL


def renumber(records, **values):
    """Give the rows of ``records`` new ids by lot; ``values`` are SQL for columns.

    Whatever refers to them follows. The records themselves are gone afterwards.
    """
    if not records:
        return
    env, table = records.env, SQL.identifier(records._table)
    env.flush_all()
    pairs = _draw(env, records)
    columns = [
        name
        for name, field in records._fields.items()
        if field.store and field.column_type and name != "id"
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (id, %s) SELECT p.new, %s FROM %s t"
            " JOIN %s ON p.old = t.id ORDER BY p.new",
            table,
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values.get(c, SQL.identifier("t", c)) for c in columns),
            table,
            pairs,
        )
    )
    for other, column in _references(env, records._table):
        env.cr.execute(
            SQL(
                "UPDATE %s t SET %s = p.new FROM %s WHERE p.old = t.%s",
                SQL.identifier(other),
                SQL.identifier(column),
                pairs,
                SQL.identifier(column),
            )
        )
    env.cr.execute(SQL("DELETE FROM %s WHERE id IN %s", table, tuple(records.ids)))
    env.invalidate_all(flush=False)


def _draw(env, records):
    """Return a table ``p`` of the old and the new id of each record."""
    rows = env.execute_query(
        SQL(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            records._table,
            len(records),
        )
    )
    new = [number for (number,) in rows]
    SystemRandom().shuffle(new)
    return SQL("unnest(%s::int[], %s::int[]) AS p (old, new)", list(records.ids), new)


def _references(env, table):
    """Return the tables and columns that refer to ``table``."""
    return env.execute_query(
        SQL(
            """
            SELECT r.relname, a.attname
              FROM pg_constraint c
              JOIN pg_class r ON r.oid = c.conrelid
              JOIN pg_class f ON f.oid = c.confrelid
              JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND f.relname = %s
               AND f.relnamespace = current_schema::regnamespace
            """,
            table,
        )
    )
