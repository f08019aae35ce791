"""The chatter of an enrollment tells each change of state once."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestChatter(EduCase):
    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "tracking_disable": False}

    def setUp(self):
        super().setUp()
        enrollment = self.make_enrollment(edu_date_start=self.days_ago(-1))
        self.flush_tracking()
        self.enrollment = enrollment.with_context(mail_notrack=False)
        self.before = self.enrollment.message_ids

    def assertToldOnce(self):
        self.assertEqual(self.enrollment.state, "active")
        self.flush_tracking()
        told = self.enrollment.message_ids - self.before
        states = told.tracking_value_ids.filtered(lambda v: v.field_id.name == "state")
        said = told.filtered(lambda message: "State: " in message.body)
        self.assertEqual(len(states) + len(said), 1)

    def test_a_step_by_hand(self):
        self.enrollment.date_start = self.enrollment.company_id._edu_today()
        self.assertToldOnce()

    def test_a_step_of_the_calendar(self):
        self.env.cr.execute(
            "UPDATE edu_enrollment SET date_start = %s WHERE id = %s",
            [self.days_ago(0), self.enrollment.id],
        )
        self.env.invalidate_all()
        self.enrollment._roll()
        self.assertToldOnce()
