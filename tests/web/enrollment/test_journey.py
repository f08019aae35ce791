"""From lead to active enrollment in a real browser, everybody with the own account."""

from hashlib import sha256
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ...orm.enrollment.onboarding import OnboardingCase

# To open an order takes a right in Sales, because of the host's loyalty cards.
ACCOUNTANT = (
    "account.group_account_invoice,sales_team.group_sale_salesman_all_leads,"
    "edu_crm_addon.group_edu_readonly"
)
TIMEOUT = 120


@tagged("post_install", "-at_install")
class TestJourney(OnboardingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # OdooBot greets who logs in for the first time, at any moment.
        quiet = {"odoobot_state": "disabled", "tz": "Asia/Shanghai"}
        cls.adviser = cls.make_user("agent", name="Journey Adviser", **quiet)
        cls.team().member_ids = [Command.link(cls.adviser.id)]
        cls.accountant = new_test_user(
            cls.env, "journey_accountant", groups=ACCOUNTANT, **quiet
        )
        cls.make_teacher(name="Journey Teacher")
        cls.make_room(name="Journey Room")
        cls.course = cls.make_course_with(
            "identity", name="Journey Piano", list_price=900.0
        )
        cls.run_ = cls.make_run(cls.course, name="Journey Class", seats=1)

    def tour(self, name, user=None, url="/odoo"):
        login = user and user.login
        # Making a real PDF takes seconds; ``test_tour`` has one made.
        with patch.object(self.env.registry["edu.contract"], "_render", self.render):
            self.start_tour(url, name, login=login, timeout=TIMEOUT)
        self.env.invalidate_all()

    @staticmethod
    def render(contract):
        return b"%PDF-1.7 " + contract.name.encode()

    def test_from_lead_to_active_enrollment(self):
        lead = self.check_lead()
        order = self.check_quotation(lead)
        enrollment = self.check_signature(lead, order)
        self.check_invoice(lead, enrollment)
        self.check_onboarding(enrollment)
        self.check_portal(enrollment)

    def check_lead(self):
        self.tour("edu_journey_lead", self.adviser)
        lead = self.env["crm.lead"].search([("name", "=", "Journey piano lessons")])
        self.assertEqual(len(lead), 1)
        self.assertEqual(lead.team_id, self.team())
        self.assertEqual(lead.user_id, self.adviser)
        self.assertEqual(lead.edu_intent, "high")
        self.assertEqual(lead.source_id.name, "Online advertising")
        self.assertEqual(lead.stage_id, self.step("trial"))
        lesson = lead.edu_trial_ids
        self.assertEqual(lesson.state, "attended")
        self.assertEqual((lesson.rating, lesson.outcome), ("4", "enroll"))
        self.assertTrue(lead.activity_ids, "the result leads to a next step")
        return lead

    def check_quotation(self, lead):
        self.tour("edu_journey_quotation", self.adviser)
        self.assertEqual(lead.stage_id, self.step("signing"))
        order = lead.order_ids
        self.assertEqual(order.state, "sent")
        self.assertEqual(order.amount_total, 900)
        self.assertEqual(order.partner_id.name, "Journey Mother")
        learner = order.order_line.edu_learner_id
        self.assertEqual(learner.name, "Journey Child")
        self.assertEqual(learner.edu_guardian_link_ids.guardian_id, order.partner_id)
        self.assertFalse(order.edu_enrollment_ids)
        return order

    def check_signature(self, lead, order):
        self.tour("edu_journey_sign", url=order.get_portal_url())
        self.assertEqual(order.state, "sale")
        contract = order.edu_contract_id
        self.assertEqual(contract.state, "signed")
        self.assertEqual(contract.signed_by, "Journey Mother")
        content = contract.attachment_id.raw
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(contract.pdf_sha256, sha256(content).hexdigest())
        enrollment = order.edu_enrollment_ids
        self.assertEqual(len(enrollment), 1)
        self.assertEqual(enrollment.state, "onboarding")
        self.assertEqual(enrollment.run_id, self.run_)
        self.assertEqual(self.run_.seats_free, 0)
        self.assertEqual(enrollment.payment_state, "none")
        self.assertEqual(lead.stage_id, self.step("payment"))
        return enrollment

    def check_invoice(self, lead, enrollment):
        self.tour("edu_journey_invoice", self.accountant)
        invoice = enrollment.order_id.invoice_ids
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(
            (
                enrollment.amount_invoiced,
                enrollment.amount_paid,
                enrollment.amount_due,
                enrollment.amount_overdue,
            ),
            (900, 300, 600, 0),
        )
        self.assertEqual(enrollment.payment_state, "partial")
        self.assertEqual(enrollment.state, "onboarding")
        self.assertEqual(lead.stage_id, self.step("enrolled"))
        self.assertEqual(lead.won_status, "won")

    def check_onboarding(self, enrollment):
        self.tour("edu_journey_onboarding", self.adviser)
        self.assertEqual(enrollment.document_ids.state, "accepted")
        self.assertTrue(enrollment.is_ready)
        self.assertEqual(enrollment.state, "active")
        user = enrollment.account_user_id
        self.assertEqual(user.partner_id, enrollment.payer_id)
        self.assertTrue(user._is_portal())

    def check_portal(self, enrollment):
        user = enrollment.account_user_id
        user.password = user.login  # as the mother chooses by the invitation's link
        self.tour("edu_journey_portal", user, "/my/home")
