"""A click and the job at once: the customer is asked one question once."""

from contextlib import contextmanager

from odoo import api
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

BRIEF = "SET LOCAL lock_timeout = '300ms'"


@tagged("post_install", "-at_install")
class TestReaskWorkers(EduCase):
    @contextmanager
    def worker(self, is_late=False):
        """Yield the environment of a transaction; a late one is rolled back."""
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            yield api.Environment(cursor, self.env.uid, {"tracking_disable": True})
            if is_late:
                cursor.rollback()

    def make_committed(self):
        """Return the id of a follow-up that is done, committed."""
        with self.worker() as env:
            survey = env["survey.survey"].create(
                {"title": "Asked again at once", "edu_is_satisfaction": True}
            )
            customer = env["res.partner"].create(
                {"name": "Asked again", "email": "asked.again@example.com"}
            )
            campaign = env["edu.survey.campaign"].create(
                {"name": "Asked again at once", "survey_id": survey.id}
            )
            today = env.company._edu_today()
            follow_up = env["edu.satisfaction.follow.up"].create(
                {
                    "company_id": env.company.id,
                    "partner_id": customer.id,
                    "campaign_id": campaign.id,
                    "date": today,
                    "state": "done",
                    "result": "Called",
                    "date_done": today,
                }
            )
            env.flush_all()
            self.addCleanup(self._clean, follow_up, campaign, survey, customer)
            return follow_up.id

    def _clean(self, follow_up, campaign, survey, customer):
        with self.worker() as env:
            follow_up.with_env(env).unlink()
            campaign.with_env(env).wave_ids.unlink()
            for records in (campaign, survey, customer):
                records.with_env(env).unlink()

    def invitations(self, env, follow_up_id):
        key = f"edu.satisfaction.follow.up,{follow_up_id},%"
        return env["edu.survey.invitation"].search([("event_key", "=like", key)])

    def test_two_who_ask_again_at_once_ask_once(self):
        follow_up_id = self.make_committed()
        with self.worker(is_late=True) as late:
            mine = late["edu.satisfaction.follow.up"].browse(follow_up_id)
            mine.read(["state"])
            with self.worker() as first:
                first["edu.satisfaction.follow.up"].browse(follow_up_id)._ask_again()
                first.flush_all()
                # The first is at it: the late one leaves it out.
                mine._ask_again()
                self.assertFalse(self.invitations(late, follow_up_id))
            # The first is done: the late one sees that it is.
            mine._ask_again()
            self.assertFalse(self.invitations(late, follow_up_id))
        with self.worker() as env:
            follow_up = env["edu.satisfaction.follow.up"].browse(follow_up_id)
            self.assertEqual(follow_up.state, "asked")
            follow_up._ask_again()
            self.assertEqual(len(self.invitations(env, follow_up_id)), 1)
