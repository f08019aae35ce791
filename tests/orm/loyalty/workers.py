"""Base of tests with several transactions: a committed program and members.

What they commit is deleted at the end, past the guard of the ledger, which nobody but
the owner of the tables can put aside.
"""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.edu_crm_addon.models.loyalty.edu_points_entry import GUARD
from odoo.addons.edu_crm_addon.models.loyalty.points_source import Claim

# Nobody waits for a transaction that waits for the test.
BRIEF = "SET LOCAL lock_timeout = '20s'"
DISCOUNT = {
    "reward_type": "discount",
    "discount_mode": "per_order",
    "discount": 10,
    "required_points": 100,
}


@tagged("post_install", "-at_install")
class WorkerCase(TransactionCase):
    """Its own transaction writes nothing: nobody waits for it."""

    @contextmanager
    def worker(self, commit=True):
        """Yield the environment of a transaction of its own."""
        with self.registry.cursor() as cursor:
            cursor.execute(BRIEF)
            env = api.Environment(cursor, SUPERUSER_ID, {"tracking_disable": True})
            yield env
            if commit:
                env.flush_all()
            else:
                cursor.rollback()

    def make_committed(self, members=1, **rule):
        """Return the ids of a program of the company and of its members, committed."""
        with self.worker() as env:
            company = env.company
            program = env["loyalty.program"].create(
                {
                    "name": "At once",
                    "program_type": "loyalty",
                    "applies_on": "both",
                    "trigger": "auto",
                    "company_id": company.id,
                    "edu_mode": "independent_points",
                    "reward_ids": [Command.create(DISCOUNT)],
                }
            )
            company.edu_member_program_id = program
            values = {"name": "At once", "event": "trial", "points": 10, **rule}
            env["edu.points.rule"].create({"program_id": program.id, **values})
            people = env["res.partner"].create(
                [{"name": f"At once {n}"} for n in range(members)]
            )
            people._edu_member_cards(program)
            env.flush_all()
            self.addCleanup(self._clean, program.id, people.ids)
            return program.id, people.ids

    def _clean(self, program_id, people_ids):
        guard, ledger = SQL.identifier(GUARD), SQL.identifier("edu_points_entry")
        with self.worker() as env:
            env.cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER %s", ledger, guard))
            for table in ("edu_points_entry", "loyalty_card", "edu_points_rule"):
                query = "DELETE FROM %s WHERE program_id = %s"
                env.cr.execute(SQL(query, SQL.identifier(table), program_id))
            env.cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER %s", ledger, guard))
            env.company.edu_member_program_id = False
            program = env["loyalty.program"].browse(program_id)
            program.active = False
            program.unlink()
            env["res.partner"].browse(people_ids).unlink()

    def award_in(self, env, *claims):
        claims = [Claim(key=key, partner_id=partner) for key, partner in claims]
        return env["edu.points.rule"]._award("trial", claims, env.company)

    def ledger_of(self, env, program_id):
        return env["edu.points.entry"].search([("program_id", "=", program_id)])
