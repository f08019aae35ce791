"""Hundreds of thousands of complaints, a tenth of them open, with their promises."""

from _measure import copies

from odoo.tools import SQL

STEPS = ("receive", "record", "assess", "plan", "implement")
TOLD = {
    "due": SQL("next_check_at <= now()"),
    "told": SQL("level IS NOT NULL"),
    # One activity for each level that is reached, whoever was told it.
    "twice": SQL(
        "id IN (SELECT d.id FROM edu_complaint_deadline d"
        " JOIN mail_activity a ON a.res_id = d.complaint_id"
        " AND a.res_model = 'edu.complaint' AND a.automated"
        " GROUP BY d.id HAVING count(*) > 4)"
    ),
}


def fill(env, count, still_open, ids, values, rare):
    """Copy an open and a closed complaint by SQL; of ten open ones nine are late."""
    first = env["edu.complaint"].create(values)
    last = env["edu.complaint"].create({**values, "subject": rare})
    env.cr.flush()
    _copy(env, first, still_open, ids, _open_columns())
    _copy_promises(env, first)
    done = {
        "state": SQL("'closed'"),
        "due_at": SQL("NULL"),
        "soon_at": SQL("NULL"),
        "closed_at": SQL("now() - n * interval '2 minutes'"),
        "decided_at": SQL("now() - n * interval '2 minutes'"),
    }
    _copy(env, first, count - still_open - 2, ids, done)
    env.invalidate_all()
    return last


def _open_columns():
    return {
        "state": SQL("(%s)[1 + n %% 5]", list(STEPS)),
        "due_at": SQL("now() + (n %% 10 - 9) * interval '1 hour'"),
        "soon_at": SQL("now() + (n %% 10 - 10) * interval '1 hour'"),
    }


def _copy(env, record, count, ids, columns):
    copies(
        env,
        record,
        count,
        name=SQL("'BENCH/' || %s || '/' || t.id || '/' || n", columns["state"]),
        subject=SQL("'Crowd ' || n"),
        partner_id=SQL("(%s)[1 + n %% %s]", ids["contacts"], len(ids["contacts"])),
        user_id=SQL("(%s)[1 + n %% 4]", [*ids["users"].values(), None]),
        received_at=SQL("now() - n * interval '3 minutes'"),
        access_token=SQL("NULL"),
        **columns,
    )


def _copy_promises(env, record):
    """Each open copy is promised what the first one is, by its own date."""
    rows = record.deadline_ids.filtered(lambda row: row.kind == "decide")
    names = [
        name
        for (name,) in env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND table_schema = current_schema"
                " AND column_name NOT IN ('id', 'complaint_id', 'due_at',"
                " 'original_due_at', 'half_at', 'most_at', 'after_at',"
                " 'next_check_at')",
                rows._table,
            )
        )
    ]
    env.cr.execute(
        SQL(
            "INSERT INTO edu_complaint_deadline (complaint_id, due_at,"
            " original_due_at, half_at, most_at, after_at, next_check_at, %(names)s)"
            " SELECT c.id, c.due_at, c.due_at, c.due_at - interval '2 days',"
            " c.due_at - interval '1 day', c.due_at + interval '1 day',"
            " c.due_at - interval '2 days', %(values)s"
            " FROM edu_complaint_deadline t, edu_complaint c"
            " WHERE t.id = %(row)s AND c.due_at IS NOT NULL AND NOT EXISTS"
            " (SELECT FROM edu_complaint_deadline d WHERE d.complaint_id = c.id)",
            names=SQL(", ").join(SQL.identifier(name) for name in names),
            values=SQL(", ").join(SQL.identifier("t", name) for name in names),
            row=rows[:1].id,
        )
    )


def rows_of(env, what):
    """Count the promises of the crowd by what was told of them."""
    [(number,)] = env.execute_query(
        SQL("SELECT count(*) FROM edu_complaint_deadline WHERE %s", TOLD[what])
    )
    return number
