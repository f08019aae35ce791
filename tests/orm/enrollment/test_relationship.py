"""A learner whose guardian buys is a buyer too."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestRelationship(EduCase):
    def test_a_learner_becomes_a_buyer_with_the_guardian(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        self.assertRelationship(learner, "non_customer")
        order = self.make_course_order(guardian, learner)
        self.assertRelationship(learner, "first")
        self.assertRelationship(guardian, "first")
        order._action_cancel()
        self.env.flush_all()
        self.assertRelationship(learner, "non_customer")

    def test_what_follows_from_one_more_order_is_what_counting_says(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        for expected in ("first", "repeat", "repeat"):
            self.make_course_order(guardian, learner)
            self.assertRelationship(learner, expected)
            learner._refresh_relationship()
            self.assertRelationship(learner, expected)

    def test_what_began_long_ago_makes_a_lost_learner_at_once(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        self.make_course_order(guardian, learner, edu_date_start="2020-01-01")
        self.assertRelationship(learner, "lost")

    def test_who_pays_its_own_course_has_bought_once(self):
        adult = self.make_customer()
        self.make_enrollment(adult)
        self.assertRelationship(adult, "first")
        self.make_enrollment(adult)
        self.assertRelationship(adult, "repeat")

    def test_two_courses_in_one_order_are_one_purchase(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        order = self.make_course_order(guardian, learner, confirm=False)
        order.order_line.copy({"order_id": order.id, "edu_date_start": "2030-01-01"})
        order.action_confirm()
        self.env.flush_all()
        self.assertEqual(learner.edu_enrollment_count, 2)
        self.assertRelationship(learner, "first")

    def test_a_learner_who_stopped_long_ago_is_lost_by_the_nightly_job(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        self.make_course_order(guardian, learner, edu_date_start="2024-01-01")
        learner.flush_recordset()
        self.env.cr.execute(
            "UPDATE res_partner SET edu_relationship = 'first' WHERE id = %s",
            [learner.id],
        )
        self.env.invalidate_all()
        self.assertIn(learner, self.env["res.partner"]._buyers_to_review())
        learner._refresh_relationship()
        self.assertRelationship(learner, "lost")
