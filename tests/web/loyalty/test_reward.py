"""A member redeems a free lesson in the portal order; nobody else does."""

from odoo import http
from odoo.tests import tagged

from ...orm.common import MODULE
from ..enrollment.portal import NO_HTTP_LOG, PortalCase


@tagged("post_install", "-at_install")
class TestReward(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.env.ref(f"{MODULE}.loyalty_program_template_independent")
        cls.program = template._edu_make(cls.env.company)
        cls.program.rule_ids.unlink()  # orders earn nothing here
        cls.lesson = cls.program.reward_ids.sorted("required_points")[2]
        cls.card = cls.make_card(cls.mother, 5000)
        cls.quotation = cls.make_course_order(cls.mother, cls.child, confirm=False)
        cls.quotation.state = "sent"

    def redeem(self, order=None, **data):
        order = order or self.quotation
        data = {"reward_id": self.lesson.id, "learner_id": self.child.id, **data}
        path = f"/my/orders/{order.id}/rewards"
        with NO_HTTP_LOG:
            return self.url_open(
                path,
                {"csrf_token": http.Request.csrf_token(self), **data},
                allow_redirects=False,
            )

    def rewards(self, order=None):
        self.env.invalidate_all()
        return (order or self.quotation).order_line.filtered("reward_id")

    def test_a_member_redeems_a_free_lesson_in_the_portal_order(self):
        self.env.flush_all()
        self.start_tour(
            f"/my/orders/{self.quotation.id}",
            "edu_reward_tour",
            login=self.mother_user.login,
        )
        line = self.rewards()
        self.assertEqual(line.edu_learner_id, self.sibling)
        self.quotation.action_confirm()
        self.assertEqual(line.edu_enrollment_ids.learner_id, self.sibling)
        self.assertEqual(line.points_cost, 2000)
        self.assertAddsUp(self.card)

    def test_the_page_offers_what_the_points_are_worth(self):
        self.login(self.mother_user)
        status, text = self.page(f"/my/orders/{self.quotation.id}")
        self.assertEqual(status, 200)
        self.assertIn("Free lesson", text)
        self.assertNotIn("Gift course", text)

    def test_the_card_in_the_portal_names_partner_and_benefits(self):
        bank = self.env["res.partner"].create({"name": "Good Bank"})
        self.program.edu_benefits = "A gift on the birthday"
        self.card.write({"edu_institution_id": bank.id, "edu_external_number": "GB-77"})
        self.login(self.mother_user)
        status, text = self.page("/my/points")
        self.assertEqual(status, 200)
        for words in ("A gift on the birthday", "Good Bank", "GB-77"):
            self.assertIn(words, text)

    def test_the_link_of_the_order_alone_redeems_nothing(self):
        self.login(self.father_user)
        token = self.quotation._portal_ensure_token()
        status, text = self.page(f"/my/orders/{self.quotation.id}?access_token={token}")
        self.assertEqual(status, 200)
        self.assertNotIn("edu_rewards", text)
        self.assertEqual(self.redeem(access_token=token).status_code, 404)
        self.assertFalse(self.rewards())

    def test_orders_of_others_and_confirmed_ones_are_not_found(self):
        self.login(self.mother_user)
        self.assertEqual(self.redeem(self.order).status_code, 404)
        other = self.make_course_order(self.make_customer(), confirm=False)
        self.assertEqual(self.redeem(other).status_code, 404)
        self.assertFalse(self.rewards(other))

    def test_what_is_not_offered_is_refused(self):
        self.login(self.mother_user)
        stranger = self.make_customer()
        self.assertEqual(self.redeem(learner_id=stranger.id).status_code, 404)
        self.assertEqual(self.redeem(reward_id=0).status_code, 404)
        self.assertEqual(self.redeem(learner_id="").status_code, 422)
        course = self.program.reward_ids.sorted("required_points")[3]
        response = self.redeem(reward_id=course.id)
        self.assertEqual(response.status_code, 422)
        self.assertIn("There are not enough points", response.text)
        self.assertFalse(self.rewards())

    def test_a_form_of_another_site_redeems_nothing(self):
        self.login(self.mother_user)
        self.assertEqual(self.redeem(csrf_token="forged").status_code, 400)
        self.assertFalse(self.rewards())

    def test_only_rewards_of_the_order_are_taken_off(self):
        self.login(self.mother_user)
        self.redeem()
        line = self.rewards()
        course = (self.quotation.order_line - line)[0]
        data = {"csrf_token": http.Request.csrf_token(self)}
        path = f"/my/orders/{self.quotation.id}/rewards"
        with NO_HTTP_LOG:
            response = self.url_open(f"{path}/{course.id}/remove", data)
        self.assertEqual(response.status_code, 404)
        self.url_open(f"{path}/{line.id}/remove", data)
        self.assertFalse(self.rewards())
