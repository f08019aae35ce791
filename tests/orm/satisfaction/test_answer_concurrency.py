"""Two tabs, or a link and an interview, at the same time: one answer."""

from psycopg2 import OperationalError

from odoo import api
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..enrollment.clerks import ClerksCase
from ..workers import BRIEF


@tagged("post_install", "-at_install")
class TestTwoTabs(ClerksCase):
    def make_committed(self):
        """Return the id of an invitation that other transactions see."""
        with self.clerk() as env:
            partner = env["res.partner"].create({"name": "Two tabs"})
            survey = env["survey.survey"].create(
                {
                    "title": "Two tabs",
                    "edu_is_satisfaction": True,
                    "access_mode": "token",
                    "questions_layout": "one_page",
                    "question_and_page_ids": [
                        Command.create({"title": "How?", "question_type": "scale"})
                    ],
                }
            )
            campaign = env["edu.survey.campaign"].create(
                {"name": "Two tabs", "survey_id": survey.id}
            )
            today = env.company._edu_today()
            wave = env["edu.survey.wave"].create(
                {
                    "name": "Two tabs",
                    "campaign_id": campaign.id,
                    "survey_id": survey.id,
                    "method": "online_survey",
                    "date_start": today,
                    "date_end": today,
                    "state": "open",
                }
            )
            invitation = env["edu.survey.invitation"].create(
                {
                    "wave_id": wave.id,
                    "partner_id": partner.id,
                    "method": wave.method,
                    "state": "sent",
                }
            )
            env.flush_all()
            self.addCleanup(self._clean, invitation, wave, campaign, survey, partner)
            return invitation.id

    def _clean(self, invitation, *others):
        with self.clerk() as env:
            invitation.with_env(env)._find_answer().unlink()
            for records in (invitation, *others):
                records.with_env(env).unlink()

    def invitation(self, env, invitation_id):
        return env["edu.survey.invitation"].browse(invitation_id)

    def test_the_second_tab_gets_the_answer_of_the_first(self):
        invitation_id = self.make_committed()
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            # Both have looked before either has made the answer.
            self.assertEqual(self.invitation(late, invitation_id).state, "sent")
            with self.clerk() as first:
                answer_id = self.invitation(first, invitation_id)._begin_answer().id
                first.flush_all()
                with self.assertRaises(OperationalError):
                    self.invitation(late, invitation_id)._begin_answer()
            # The server does what it does with each request that came too late: again.
            cursor.rollback()
            late.invalidate_all()
            invitation = self.invitation(late, invitation_id)
            self.assertEqual(invitation._begin_answer().id, answer_id)
            self.assertEqual(len(invitation._find_answer()), 1)
            cursor.rollback()

    def test_a_tab_that_looked_before_the_first_committed_makes_none(self):
        invitation_id = self.make_committed()
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            self.assertEqual(self.invitation(late, invitation_id).state, "sent")
            with self.clerk() as first:
                self.invitation(first, invitation_id)._begin_answer()
            with self.assertRaises(OperationalError):
                self.invitation(late, invitation_id)._begin_answer()
            cursor.rollback()
