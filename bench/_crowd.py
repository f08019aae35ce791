"""A hundred thousand contacts, with the flaws and families real ones have."""

from _measure import copies

from odoo.tools import SQL

# Of ten contacts in a row, by the last digit of their number n:
#   0  a double of the contact before it: by phone, e-mail, or name and birth date
#   1  a learner who shares the phone of 2, its guardian: no double
#   5  an organization
#   others: people of their own
SHARED_WITH = SQL(
    "n + CASE WHEN n %% 10 = 1 THEN 1 WHEN n %% 30 = 0 THEN -1 ELSE 0 END"
)
EMAIL_OF = SQL("n - CASE WHEN n %% 30 = 10 THEN 1 ELSE 0 END")
NAME_OF = SQL("n - CASE WHEN n %% 30 = 20 THEN 1 ELSE 0 END")


def fill(env, count):
    """Make `count` education customers in batches of SQL, and let PostgreSQL know."""
    Partner = env["res.partner"]
    model = Partner.create(
        {"name": "Crowd", "edu_is_customer": True, "city": "Shanghai"}
    )
    first = _next_id(env)
    copies(
        env,
        model,
        count,
        name=SQL("'Crowd ' || (%s)", NAME_OF),
        complete_name=SQL("'Crowd ' || (%s)", NAME_OF),
        ref=SQL("'CROWD' || n"),
        is_company=SQL("n %% 10 = 5"),
        phone=_phone(),
        phone_sanitized=_phone(),
        email=SQL("'crowd.' || (%s) || '@example.com'", EMAIL_OF),
        email_normalized=SQL("'crowd.' || (%s) || '@example.com'", EMAIL_OF),
        edu_birth_date=SQL("date '2008-01-01' + ((%s) %% 5000)", NAME_OF),
        edu_completeness=SQL("0"),
        commercial_partner_id=SQL("NULL"),
        create_date=SQL("now() - n * interval '1 minute'"),
    )
    numbered = SQL(
        "(SELECT id, id - %s AS n FROM res_partner WHERE id >= %s)", first - 1, first
    )
    env.cr.execute(
        SQL(
            "INSERT INTO edu_partner_stage_rel (partner_id, stage_id)"
            " SELECT p.id, s.id FROM %s p JOIN edu_stage s ON s.id %% 2 = p.n %% 2",
            numbered,
        )
    )
    _link_families(env, numbered)
    env.invalidate_all()
    env.cr.execute("ANALYZE")
    return Partner.browse(range(first, first + count))


def add_documents(env, partners, every=10):
    """Give every tenth customer a confirmed order, and the one after an open lead."""
    owner = partners[:1]
    order = env["sale.order"].create({"partner_id": owner.id})
    order.action_confirm()
    lead = env["crm.lead"].create({"name": "Crowd", "partner_id": owner.id})
    count = len(partners) // every - 1
    first = partners[0].id
    copies(
        env,
        order,
        count,
        partner_id=SQL("%s + n * %s - 1", first, every),
        name=SQL("'CROWD' || n"),
        access_token=SQL("NULL"),
    )
    copies(env, lead, count, partner_id=SQL("%s + n * %s", first, every))
    env.invalidate_all()
    env.cr.execute("ANALYZE")


def _phone():
    return SQL("'+86139' || lpad((%s)::text, 8, '0')", SHARED_WITH)


def _next_id(env):
    """Draw a number from the table's sequence; the next row gets the one after it."""
    [(number,)] = env.execute_query(
        SQL("SELECT nextval(pg_get_serial_sequence('res_partner', 'id'))")
    )
    return number + 1


def _link_families(env, numbered):
    env.cr.execute(
        SQL(
            "INSERT INTO edu_guardianship"
            " (guardian_id, learner_id, relation, sequence, create_uid, write_uid)"
            " SELECT p.id + 1, p.id, 'mother', 10, %s, %s FROM %s p"
            " WHERE p.n %% 10 = 1",
            env.uid,
            env.uid,
            numbered,
        )
    )
