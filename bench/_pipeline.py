"""Tens of thousands of leads of education teams, with the past real ones have."""

from _measure import copies

from odoo.tools import SQL

STEPS = ("prospect", "consulting", "trial", "signing", "payment", "enrolled")
# Leads of one kind, told by what is left of their number n:
LOST = SQL("(n %% 10 = 9 AND n %% 6 < 5)")
WON = SQL("(n %% 6 = 5)")
SCREENED = SQL("(n %% 3 > 0)")
CREATED = SQL("now() - (5 + n %% 200) * interval '1 day'")


def stages(env):
    return [env.ref(f"edu_crm_addon.crm_stage_{step}").id for step in STEPS]


def fill(env, count, owners):
    """Make `count` leads of `owners`, in batches of SQL; return nothing."""
    partners = env["res.partner"].create([{"name": f"Family {n}"} for n in range(200)])
    model = env["crm.lead"].create(
        {
            "name": "Crowd",
            "type": "opportunity",
            "team_id": env.ref("edu_crm_addon.crm_team_school").id,
            "company_id": env.company.id,
            "edu_has_wish": True,
            "edu_man_money": "yes",
            "edu_man_need": "unclear",
            "user_id": owners[0].id,
        }
    )
    env.flush_all()
    [(first,)] = env.execute_query(SQL("SELECT max(id) + 1 FROM crm_lead"))
    copies(env, model, count, **_columns(env, model, partners, owners))
    _add_classification(env, first)
    _add_history(env, first)
    _add_costs(env)
    env.invalidate_all()
    env.cr.execute("ANALYZE")


def _columns(env, model, partners, owners):
    sources = env["utm.source"].search([], limit=8)
    return {
        "name": SQL("'Crowd ' || n"),
        "partner_id": _pick(partners.ids),
        "user_id": _pick(owners.ids),
        "source_id": _pick(sources.ids),
        "team_id": _pick(env["crm.team"].search([("edu_is_education", "=", True)]).ids),
        "stage_id": SQL("(%s)[1 + n %% 6]", stages(env)),
        "active": SQL("NOT %s", LOST),
        "probability": SQL(
            "CASE WHEN %s THEN 0 WHEN %s THEN 100 ELSE 40 END", LOST, WON
        ),
        "won_status": SQL(
            "CASE WHEN %s THEN 'lost' WHEN %s THEN 'won' ELSE 'pending' END", LOST, WON
        ),
        "expected_revenue": SQL("100 * (n %% 90)"),
        "date_deadline": SQL("current_date + n %% 180"),
        "create_date": CREATED,
        "date_last_stage_update": CREATED,
        "date_closed": SQL("CASE WHEN %s OR %s THEN now() END", LOST, WON),
        **{
            name: SQL("CASE WHEN %s THEN %s END", SCREENED, SQL.identifier("t", name))
            for name in ("edu_man_money", "edu_man_need", "edu_intent_proposed")
        },
        "edu_intent": SQL("CASE WHEN %s THEN t.edu_intent END", SCREENED),
        "edu_score": SQL("CASE WHEN %s THEN t.edu_score END", SCREENED),
        "edu_screened_at": SQL("CASE WHEN %s THEN %s END", SCREENED, CREATED),
    }


def _pick(ids):
    return SQL("(%s)[1 + (n / 6) %% %s]", ids, len(ids))


def _add_classification(env, first):
    """One stage of education each, every fifth lead two."""
    env.cr.execute(
        SQL(
            "INSERT INTO edu_lead_stage_rel (lead_id, stage_id)"
            " SELECT l.id, s.id FROM crm_lead l JOIN edu_stage s"
            " ON s.sequence %% 5 = l.id %% 5 OR (l.id %% 5 = 0 AND s.code = 'primary')"
            " WHERE l.id >= %s ON CONFLICT DO NOTHING",
            first,
        )
    )


def _add_history(env, first):
    """Tracked changes of the stage, evenly over the lead's life, among other notes."""
    field = env["ir.model.fields"]._get("crm.lead", "stage_id")
    other = env["ir.model.fields"]._get("crm.lead", "user_id")
    ids = stages(env)
    env.cr.execute(
        SQL(
            "INSERT INTO mail_message (model, res_id, message_type, subject,"
            " author_id, date, create_date, write_date, create_uid, write_uid)"
            " SELECT 'crm.lead', l.id, 'notification', 'bench ' || j, %(author)s,"
            " a.at, a.at, a.at, %(uid)s, %(uid)s"
            " FROM crm_lead l, generate_series(1, 7) j,"
            " LATERAL (SELECT l.create_date + (now() - l.create_date) * j / 8 AS at) a"
            " WHERE l.id >= %(first)s"
            " AND (j > 5 OR j < array_position(%(stages)s, l.stage_id))",
            author=env.user.partner_id.id,
            uid=env.uid,
            first=first,
            stages=ids,
        )
    )
    env.cr.execute(
        SQL(
            "INSERT INTO mail_tracking_value (field_id, old_value_integer,"
            " new_value_integer, mail_message_id,"
            " create_date, write_date, create_uid, write_uid)"
            " SELECT CASE WHEN j > 5 THEN %(other)s ELSE %(field)s END,"
            " (%(stages)s)[j], (%(stages)s)[j + 1], m.id,"
            " m.create_date, m.create_date, %(uid)s, %(uid)s"
            " FROM mail_message m, LATERAL (SELECT substr(m.subject, 7)::int AS j) x"
            " WHERE m.model = 'crm.lead' AND m.subject LIKE 'bench _'"
            " AND m.res_id >= %(first)s ORDER BY m.res_id, j",
            other=other.id,
            field=field.id,
            stages=ids,
            uid=env.uid,
            first=first,
        )
    )
    env.cr.execute(
        SQL(
            "UPDATE crm_lead l SET date_last_stage_update = c.at FROM ("
            " SELECT m.res_id, max(v.create_date) AS at FROM mail_tracking_value v"
            " JOIN mail_message m ON m.id = v.mail_message_id"
            " WHERE v.field_id = %s AND m.model = 'crm.lead' GROUP BY m.res_id) c"
            " WHERE l.id = c.res_id AND l.id >= %s",
            field.id,
            first,
        )
    )


def _add_costs(env):
    sources = env["utm.source"].search([], limit=8)
    env["edu.acquisition.cost"].create(
        [
            {"source_id": source.id, "amount": 100, "date": f"2026-{month:02d}-01"}
            for source in sources
            for month in range(1, 11)
        ]
    )
