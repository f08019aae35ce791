"""The everyday of an adviser in the pipeline, in a real browser."""

from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestPipelineTour(EduCase, HttpCase):
    def test_adviser_looks_at_the_pipeline_and_calls_a_forgotten_family(self):
        # OdooBot greets who logs in for the first time, at any moment.
        adviser = self.make_user("agent", odoobot_state="disabled")
        self.team().member_ids = [Command.link(adviser.id)]
        late = self.make_prospect(
            name="Forgotten family",
            user_id=adviser.id,
            stage_id=self.step("consulting").id,
        )
        planned = self.make_prospect(name="Planned family", user_id=adviser.id)
        planned.activity_schedule("mail.mail_activity_data_call", user_id=adviser.id)
        self.assertTrue(late.edu_is_late)
        self.start_tour("/odoo", "edu_pipeline_tour", login=adviser.login, timeout=120)
        self.env.invalidate_all()
        self.assertFalse(late.edu_is_late)
        self.assertTrue(late.edu_last_contact_at)
        activity = late.activity_ids
        self.assertEqual(activity.user_id, adviser)
        self.assertEqual(activity.summary, "Offer a trial lesson")
        self.assertEqual(
            activity.date_deadline, Date.add(self.env.company._edu_today(), days=2)
        )
