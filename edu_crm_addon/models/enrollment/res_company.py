from odoo import fields, models
from odoo.fields import Domain

from ...logic import onboarding
from ...logic.enrollment import DRAFT, ONBOARDING

REQUIREMENTS = {
    "edu_require_documents": onboarding.DOCUMENTS,
    "edu_require_account": onboarding.ACCOUNT,
    "edu_require_schedule": onboarding.SCHEDULE,
}


class ResCompany(models.Model):
    """What a school asks for before a course begins, and what it tells by itself: also
    when it reminds its customers of overdue installments.
    """

    _inherit = "res.company"

    # Onboarding
    edu_require_documents = fields.Boolean(
        string="Documents accepted",
        default=True,
        help="An enrollment begins only when its required documents are accepted.",
    )
    edu_require_account = fields.Boolean(
        string="Account activated",
        default=True,
        help="An enrollment begins only when the family has a portal account.",
    )
    edu_require_schedule = fields.Boolean(
        string="Schedule told",
        default=True,
        help="An enrollment begins only when the family has been told the schedule.",
    )
    edu_send_schedule = fields.Boolean(
        string="Send the schedule by itself",
        default=True,
        help="The family gets it as soon as the learner has a place.",
    )
    edu_document_reminder_days = fields.Integer(
        string="Remind of missing documents after",
        default=3,
        help="Days without the document. 0: never.",
    )
    edu_document_expiry_days = fields.Integer(
        string="Remind of expiring documents before",
        default=30,
        help="Days before the document expires. 0: never.",
    )
    # Payment reminders
    edu_reminder_days_1 = fields.Integer(
        string="First payment reminder after",
        default=3,
        help="Days after the due date. 0: this step is off.",
    )
    edu_reminder_days_2 = fields.Integer(
        string="Second payment reminder after",
        default=10,
        help="Days after the due date. 0: this step is off.",
    )
    edu_reminder_days_3 = fields.Integer(
        string="Call about the payment after",
        default=20,
        help="Days after the due date. 0: this step is off.",
    )
    # Contract
    # Two fields, not a translation: both languages are printed in every contract.
    edu_contract_rules_en = fields.Html(string="Rules in the contract (English)")
    edu_contract_rules_zh = fields.Html(string="Rules in the contract (Chinese)")

    _edu_document_days_plausible = models.Constraint(
        "CHECK (edu_document_reminder_days BETWEEN 0 AND 3650 "
        "AND edu_document_expiry_days BETWEEN 0 AND 3650)",
        "A number of days must lie between 0 and 3650, ten years.",
    )
    _edu_reminder_days_plausible = models.Constraint(
        "CHECK (edu_reminder_days_1 BETWEEN 0 AND 3650"
        " AND edu_reminder_days_2 BETWEEN 0 AND 3650"
        " AND edu_reminder_days_3 BETWEEN 0 AND 3650)",
        "A payment reminder comes 0 to 3650 days after the due date.",
    )
    _edu_reminder_days_in_order = models.Constraint(
        "CHECK ((edu_reminder_days_2 = 0 OR edu_reminder_days_1 < edu_reminder_days_2)"
        " AND (edu_reminder_days_3 = 0 OR (edu_reminder_days_1 < edu_reminder_days_3"
        " AND edu_reminder_days_2 < edu_reminder_days_3)))",
        "Every payment reminder must come later than the one before.",
    )

    def write(self, vals):
        changed = self.filtered(
            lambda company: any(
                name in vals and company[name] != bool(vals[name])
                for name in REQUIREMENTS
            )
        )
        result = super().write(vals)
        if changed:
            changed._edu_review_onboarding()
        return result

    def _edu_required_steps(self):
        """Return the codes of the steps without which nothing begins here."""
        self.ensure_one()
        return {c for name, c in REQUIREMENTS.items() if self._edu_setting(name)}

    def _edu_review_onboarding(self):
        """Other steps are required now: look at every enrollment that has not begun."""
        # sudo: the rule holds for all of them, whoever sets it
        enrollments = self.env["edu.enrollment"].sudo()
        enrollments.search(
            Domain("company_id", "in", self.ids)
            & Domain("state", "in", (DRAFT, ONBOARDING))
        )._review_onboarding()

    def _edu_reminder_days(self):
        self.ensure_one()
        return (
            self.edu_reminder_days_1,
            self.edu_reminder_days_2,
            self.edu_reminder_days_3,
        )
