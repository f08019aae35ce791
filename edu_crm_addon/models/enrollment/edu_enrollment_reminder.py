from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...logic import onboarding as rule
from ...logic.enrollment import SEATED

DOCUMENTS_MAIL = "edu_crm_addon.mail_template_edu_enrollment_documents"
JOB = "enrollment_documents"


class EduEnrollment(models.Model):
    """Families are reminded once of each document that is missing or about to expire.

    Who has no email address is called: the adviser gets an activity instead. A new
    file, or the answer to it, begins a new episode.
    """

    _inherit = "edu.enrollment"

    @api.model
    def _cron_remind_documents(self):
        documents = self.env["edu.enrollment.document"].search(self._reminder_domain())
        enrollments = documents.enrollment_id.sorted("id")
        self.env["edu.job.failure"]._run_job(
            JOB, enrollments, type(self)._remind_documents, size=20
        )

    @api.model
    def _reminder_domain(self):
        """Return the documents to remind of, by the settings of each company."""
        companies = self.env["res.company"].search([("id", "!=", 0)])
        return (
            Domain("reminded_at", "=", False)
            & Domain("enrollment_id.state", "in", SEATED)
            & Domain.OR(
                Domain("company_id", "=", company.id)
                & self._reminder_rule(
                    company.edu_document_reminder_days, company.edu_document_expiry_days
                )
                for company in companies
            )
        )

    @api.model
    def _reminder_rule(self, days, expiry_days):
        documents = self.env["edu.enrollment.document"]
        due = Domain.FALSE
        if days:
            since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
            missing = Domain("state", "=", rule.MISSING)
            due |= Domain("document_type_id.is_required", "=", True) & (
                missing & Domain("create_date", "<=", since)
                | Domain("state", "=", rule.REJECTED)
            )
        if expiry_days:
            due |= documents._expired_domain(expiry_days)
        return due

    def _remind_documents(self):
        documents = self.env["edu.enrollment.document"].search(
            self._reminder_domain() & Domain("enrollment_id", "in", self.ids)
        )
        for enrollment in documents.enrollment_id:
            if email_normalize(enrollment.contact_id.email):
                enrollment._post_template(DOCUMENTS_MAIL)
            else:
                enrollment._ask_adviser(
                    self.env._("Ask the family for the missing documents")
                )
        # sudo: stamped here only
        documents.sudo().reminded_at = fields.Datetime.now()

    def _documents_to_remind(self):
        """Return what the mail lists: everything that the family still has to do."""
        self.ensure_one()
        days = self.company_id.edu_document_expiry_days
        documents = self.env["edu.enrollment.document"]
        return documents.search(
            Domain("enrollment_id", "=", self.id)
            & (
                Domain("is_missing", "=", True)
                | documents._expired_domain(max(days, 0))
            )
        )
