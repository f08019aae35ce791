from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import EduCase

SCORES = {"score_speed": 5, "score_fairness": 4, "score_result": 3}


@tagged("post_install", "-at_install")
class TestRating(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")
        cls.admin = cls.env.ref("base.user_admin")

    def told(self, **values):
        customer = self.make_customer(email="fang@example.com")
        return self.make_complaint(
            customer,
            step="feedback",
            user_id=self.manager.id,
            cause_id=self.cause().id,
            lesson="x",
            **values,
        )

    def test_the_customer_rates_once(self):
        complaint = self.told()
        self.assertTrue(complaint._can_rate())
        self.assertTrue(complaint._rate(SCORES, "Fine"))
        self.assertEqual((complaint.rating_avg, complaint.rating_count), (4, 1))
        self.assertEqual(complaint.rating_request_id.feedback, "Fine")
        self.assertEqual(complaint.score_fairness, 4)
        self.assertFalse(complaint._rate(dict.fromkeys(SCORES, 1)))
        self.assertEqual(complaint.rating_avg, 4)

    def test_a_score_is_between_one_and_five(self):
        complaint = self.told()
        for score in (0, 6):
            with self.assertRaises(UserError):
                complaint._rate({**SCORES, "score_result": score})

    def test_each_round_asks_once(self):
        complaint = self.told()
        first = complaint.rating_request_id
        complaint._rate(SCORES)
        complaint._accept()
        complaint.action_close()
        self.assertEqual(complaint.rating_ids, first)
        complaint._reopen("Again")
        self.assertFalse(complaint._can_rate())
        self.assertEqual(complaint.round_ids.score, 4)
        self.assertFalse(complaint.score_speed)
        complaint.write({"verdict": "upheld", "state": "implement"})
        complaint.state = "feedback"
        self.assertEqual(len(complaint.rating_ids), 2)
        self.assertTrue(complaint._can_rate())

    def test_solved_at_once_the_closing_mail_asks(self):
        customer = self.make_customer(email="fang@example.com")
        complaint = self.make_complaint(customer, type="product_problem")
        complaint._close_at_first_contact("Sent a book", self.cause())
        mail = self.env["mail.mail"].search(
            [("model", "=", "edu.complaint"), ("res_id", "=", complaint.id)]
        )
        self.assertIn("rate us", mail.body_html)
        self.assertTrue(complaint._can_rate())

    def test_staff_neither_give_nor_change_nor_delete_ratings(self):
        complaint = self.told()
        complaint._rate(SCORES)
        rating = complaint.rating_request_id
        vals = {
            "res_model_id": self.env["ir.model"]._get_id("edu.complaint"),
            "res_id": complaint.id,
            "rating": 5,
            "consumed": True,
        }
        for user in (self.manager, self.admin):
            mine = rating.with_user(user)
            with self.assertRaises(AccessError):
                mine.create(vals)
            with self.assertRaises(AccessError):
                mine.rating = 5
            with self.assertRaises(AccessError):
                mine.reset()
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(UserError):
                complaint.with_user(user).score_speed = 5

    def test_no_side_door_makes_a_rating(self):
        complaint = self.told()
        mine = complaint.with_user(self.manager)
        message = mine.message_post(body="x", rating_value=5)
        self.assertFalse(message.rating_ids)
        other = self.env["rating.rating"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": complaint.partner_id.id,
            }
        )
        with self.assertRaises(AccessError):
            other.with_user(self.manager).write(
                {
                    "res_model_id": self.env["ir.model"]._get_id("edu.complaint"),
                    "res_id": complaint.id,
                }
            )
        self.assertFalse(complaint.rating_request_id.access_token)
