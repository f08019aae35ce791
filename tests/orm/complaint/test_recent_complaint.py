from odoo.tests import Form, tagged

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestRecentComplaint(MeasureCase):
    def seen_by(self, user, partner):
        partner.invalidate_recordset(["edu_recent_complaint"])
        partner = partner.with_user(user)
        found = partner.search(
            [("edu_recent_complaint", "=", True), ("id", "=", partner.id)]
        )
        self.assertEqual(bool(found), partner.edu_recent_complaint)
        return bool(found)

    def test_complainant_learner_and_payer_show_it(self):
        manager = self.make_user("manager")
        complaint = self.make_family_complaint()
        for partner in (complaint.partner_id, complaint.learner_id):
            self.assertTrue(self.seen_by(manager, partner))
        self.assertFalse(self.seen_by(manager, self.make_customer()))

    def test_after_the_days_of_the_company_it_is_gone(self):
        manager = self.make_user("manager")
        complaint = self.make_complaint(
            received_at=self.moment_ago(91), received_note="By letter"
        )
        self.assertFalse(self.seen_by(manager, complaint.partner_id))
        self.env.company.edu_recent_complaint_days = 100
        self.assertTrue(self.seen_by(manager, complaint.partner_id))
        self.env.company.edu_recent_complaint_days = 0
        self.assertFalse(self.seen_by(manager, complaint.partner_id))

    def test_whom_it_is_about_is_not_told(self):
        manager = self.make_user("manager")
        complaint = self.make_complaint(accused_partner_ids=manager.partner_id.ids)
        self.assertFalse(self.seen_by(manager, complaint.partner_id))

    def test_an_agent_is_told_of_complaints_one_may_see(self):
        agent = self.make_user("agent")
        complaint = self.make_complaint(user_id=self.make_user("agent").id)
        self.assertFalse(self.seen_by(agent, complaint.partner_id))
        complaint.user_id = agent
        self.assertTrue(self.seen_by(agent, complaint.partner_id))

    def test_new_requests_show_it(self):
        complaint = self.make_complaint()
        for role in ("manager", "salesperson"):
            user = self.make_user(role)
            lead = self.make_lead(complaint.partner_id, user_id=user.id)
            self.assertTrue(lead.edu_recent_complaint)
            Form(lead.with_user(user), "crm.crm_lead_view_form")

    def test_many_contacts_cost_as_much_as_one(self):
        partners = self.make_people(30)
        partners[:1].mapped("edu_recent_complaint")
        partners.invalidate_recordset(["edu_recent_complaint"])
        with self.assertQueryCount(1):
            partners.mapped("edu_recent_complaint")
