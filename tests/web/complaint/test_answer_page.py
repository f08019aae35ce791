"""The page behind the link of a result: nobody is logged in."""

from odoo import http
from odoo.tests import HttpCase, tagged

from ...orm.common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestAnswerPage(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.customer = self.make_customer(name="Wang Fang", email="f@example.com")
        self.complaint = self.make_complaint(
            self.customer,
            step="feedback",
            cause_id=self.cause().id,
            lesson="x",
            verdict_reason="The room was flooded",
        )
        self.authenticate(None, None)

    def url(self, complaint=None, token=None):
        complaint = complaint or self.complaint
        return (
            f"/complaint/{complaint.id}/answer"
            f"?access_token={token or complaint._answer_token()}"
        )

    def post(self, act, token=None, **values):
        data = {
            "access_token": token or self.complaint._answer_token(),
            "csrf_token": http.Request.csrf_token(self),
            "act": act,
            **values,
        }
        url = f"/complaint/{self.complaint.id}/answer"
        response = self.url_open(url, data=data)
        self.env.invalidate_all()
        return response

    def test_looking_does_not_answer(self):
        for suffix in ("", "&act=accept", "&act=refuse"):
            response = self.url_open(self.url() + suffix)
            self.assertEqual(response.status_code, 200)
            self.assertIn("Does this solve the matter", response.text)
            self.assertIn("The room was flooded", response.text)
        self.env.invalidate_all()
        self.assertFalse(self.complaint.answer)
        self.assertEqual(self.complaint.state, "feedback")

    def test_the_button_answers_once(self):
        response = self.post("accept", note="Thank you")
        self.assertIn("you accept the solution", response.text)
        self.assertRecordValues(
            self.complaint,
            [
                {
                    "state": "summarise",
                    "answer": "accepted",
                    "answer_by": "customer",
                    "answer_note": "Thank you",
                }
            ],
        )
        response = self.post("refuse")
        self.assertIn("you accept the solution", response.text)
        self.assertEqual(self.complaint.answer, "accepted")

    def test_refusing_goes_on_with_it(self):
        response = self.post("refuse", note="Too little")
        self.assertIn("We go on with it", response.text)
        self.assertEqual(self.complaint.state, "plan")
        self.assertEqual(self.complaint.level, "team_leader")

    def test_a_wrong_link_opens_nothing(self):
        other = self.make_complaint(step="feedback")
        good = self.complaint._answer_token()
        for token in ("x", "1-" + "0" * 64, other._answer_token(), "9" + good):
            with self.subTest(token=token):
                response = self.url_open(self.url(token=token))
                self.assertEqual(response.status_code, 404)
                self.assertEqual(self.post("accept", token).status_code, 404)
        missing = f"/complaint/{self.complaint.id}/answer"
        self.assertEqual(self.url_open(missing).status_code, 404)
        self.assertEqual(self.complaint.state, "feedback")

    def test_a_form_of_another_site_is_refused(self):
        response = self.post("accept", csrf_token="")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.complaint.answer)

    def test_a_link_of_an_earlier_result_is_past(self):
        old = self.complaint._answer_token()
        self.complaint._refuse("No")
        self.complaint.write({"verdict": "upheld", "state": "implement"})
        self.complaint.state = "feedback"
        self.env.flush_all()
        response = self.url_open(self.url(token=old))
        self.assertEqual(response.status_code, 410)
        self.assertIn("earlier result", response.text)
        self.post("accept", old)
        self.assertFalse(self.complaint.answer)

    def test_a_link_of_an_earlier_round_is_past(self):
        old = self.complaint._answer_token()
        self.complaint._accept()
        self.complaint.action_close()
        self.complaint._reopen("Again")
        self.env.flush_all()
        self.assertEqual(self.url_open(self.url(token=old)).status_code, 410)

    def test_the_customer_comes_back_by_the_same_page(self):
        self.complaint._accept()
        self.complaint.action_close()
        self.env.flush_all()
        self.assertIn("Is it not solved", self.url_open(self.url()).text)
        self.post("reopen", note="It happened again")
        self.assertEqual((self.complaint.state, self.complaint.round), ("plan", 2))
        self.assertEqual(self.complaint.reopened_by, "customer")

    def test_the_customer_rates_on_the_page(self):
        self.post("rate", score_speed="9", score_fairness="a", score_result="3")
        self.assertFalse(self.complaint.rating_count)
        response = self.post(
            "rate", score_speed="5", score_fairness="4", score_result="3", note="Fine"
        )
        self.assertIn("Thank you for your rating", response.text)
        self.assertEqual(self.complaint.rating_avg, 4)

    def test_the_page_tells_nothing_internal(self):
        accused = self.make_person(name="Teacher Zhao")
        self.complaint.write(
            {
                "accused_partner_ids": accused.ids,
                "plan": "Internal plan",
                "staff_finding": "Overslept",
            }
        )
        self.env.flush_all()
        text = self.url_open(self.url()).text
        for secret in ("Zhao", "Internal plan", "Overslept"):
            self.assertNotIn(secret, text)

    def test_it_speaks_the_customers_language(self):
        self.customer.lang = "zh_CN"
        view = self.env.ref(f"{MODULE}.edu_complaint_answer_ask")
        words = {"Yes, I accept": "是的，我接受"}
        view.update_field_translations("arch_db", {"zh_CN": words})
        self.env.flush_all()
        self.assertIn("是的，我接受", self.url_open(self.url()).text)

    def test_the_letter_is_a_real_pdf(self):
        complaint = self.make_complaint(
            self.customer, step="implement", verdict="upheld"
        )
        with self.allow_pdf_render():
            complaint.with_context(force_report_rendering=True).state = "feedback"
        letter = self.env["ir.attachment"].search(
            [("res_model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )
        self.assertEqual(letter.mimetype, "application/pdf")
        self.assertTrue(letter.raw.startswith(b"%PDF"))
