from odoo.tests import tagged

from ..common import EduCase

GIVEN = {"score_speed": 5, "score_fairness": 4, "score_result": 3}


@tagged("post_install", "-at_install")
class TestRatings(EduCase):
    """The customer's rating of a complaint counts as a score of the service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")

    def told(self, partner=None, **values):
        return self.make_complaint(
            partner or self.make_customer(email="fang@example.com"),
            step="feedback",
            user_id=self.manager.id,
            cause_id=self.cause().id,
            lesson="x",
            **values,
        )

    def ratings(self):
        return self.env["edu.satisfaction.score"].search([("source", "=", "rating")])

    def test_a_rating_is_a_score(self):
        complaint = self.told()
        before = self.ratings()
        complaint._rate(GIVEN)
        score = self.ratings() - before
        self.assertEqual((score.dimension, score.experience), ("service", 75))
        self.assertEqual((score.method, score.items), ("online_rating", 3))
        self.assertEqual(score.user_id, self.manager)
        self.assertEqual(score.partner_id, complaint.partner_id)
        self.assertEqual(score.complaint_id, complaint)
        self.assertFalse(score.has_expectation)

    def test_what_is_not_rated_is_no_score(self):
        before = self.ratings()
        complaint = self.told()
        complaint._rate(GIVEN)
        complaint._rate(dict.fromkeys(GIVEN, 1))
        self.told()
        self.assertEqual(len(self.ratings() - before), 1)

    def test_a_rating_of_a_complaint_about_staff_names_nobody(self):
        teacher = self.make_teacher()
        complaint = self.told(accused_partner_ids=teacher.ids)
        before = self.ratings()
        complaint._rate(GIVEN)
        score = self.ratings() - before
        self.assertEqual(score.experience, 75)
        self.assertFalse(score.partner_id | score.learner_id)
        self.assertFalse(score.complaint_id)
