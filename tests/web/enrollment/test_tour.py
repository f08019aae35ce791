"""A guardian signs a quotation with a course on the host's page, in a real browser."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestPortalTour(EduCase, HttpCase):
    def test_guardian_signs_and_finds_enrollment_and_contract(self):
        user = self.make_user("portal", name="Tour Mother", tz="Asia/Shanghai")
        child = self.make_learner(user.partner_id, name="Tour Child")
        course = self.make_course(name="Tour Piano", list_price=300.0)
        order = self.make_course_order(
            user.partner_id, child, course=course, confirm=False
        )
        order.write({"name": "TOUR-1", "state": "sent", "require_signature": True})
        order.require_payment = False
        model = type(self.env["edu.contract"])
        render = model._render

        def rendered(contract):
            return render(contract.with_context(force_report_rendering=True))

        with patch.object(model, "_render", rendered):
            self.start_tour("/my/quotes", "edu_portal_tour", login=user.login)
        self.env.invalidate_all()
        contract = order.edu_contract_id
        self.assertEqual(contract.state, "signed")
        self.assertEqual(contract.signed_by, "Tour Mother")
        self.assertEqual(contract.learner_ids, child)
        self.assertTrue(contract.signature)
        self.assertEqual(order.edu_enrollment_ids.contract_id, contract)
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() != "install":
            self.assertTrue(contract.attachment_id.raw.startswith(b"%PDF"))
