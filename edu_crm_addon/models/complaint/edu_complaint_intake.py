import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

LONGEST_SUBJECT = 80
# What a form may fill in; nothing else of it is looked at.
FORM_FIELDS = (
    "kind",
    "type_id",
    "matter_id",
    "description",
    "remedy",
    "learner_id",
    "enrollment_id",
    "partner_name",
    "phone",
    "email_from",
    "is_anonymous",
)


class EduComplaint(models.Model):
    """Complaints that customers write into a form, in the portal or without login.

    A form sent twice makes one complaint: its own random number is remembered, as a
    digest, which tells nothing of who sent it.
    """

    _inherit = "edu.complaint"

    form_digest = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _form_digest_unique = models.UniqueIndex(
        "(form_digest) WHERE form_digest IS NOT NULL",
        "This form was sent already.",
    )

    @api.model
    def _find_sent(self, nonce):
        """Return the complaint that was made of the form with this random number."""
        # sudo: whoever has the form has the random number
        return self.sudo().search([("form_digest", "=", _digest(nonce))])

    @api.model
    def _submit(self, values, nonce, company, files=()):
        """Return the complaint, as superuser, that a form makes.

        :param dict values: checked values of ``FORM_FIELDS``
        :param str nonce: random number of the form
        :param files: checked ``(name, content)``
        """
        if sent := self._find_sent(nonce):
            return sent
        # sudo: customers have no right on complaints; the form is the right
        complaints = self.sudo().with_context(
            mail_create_nosubscribe=True, mail_post_autofollow_author_skip=True
        )
        vals = complaints._prepare_submit(values, company)
        try:
            with self.env.cr.savepoint():
                complaint = complaints.with_company(company).create(
                    {**vals, "form_digest": _digest(nonce)}
                )
                complaint.flush_recordset()
        except UniqueViolation as error:
            raise ConcurrencyError("the form was sent twice at once") from error
        if files:
            complaint.message_post(
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=self.env.user.partner_id.id,
                attachments=list(files),
            )
        return complaint

    def _prepare_submit(self, values, company):
        vals = {name: values[name] for name in FORM_FIELDS if values.get(name)}
        vals.update(company_id=company.id, subject=self._form_subject(vals, company))
        if self.env.user._is_public():
            return {**vals, "channel": "web", "recorded_by_id": False}
        partner = self.env.user.partner_id
        enrollment = self.env["edu.enrollment"].browse(vals.get("enrollment_id"))
        learner = self.env["res.partner"].browse(vals.get("learner_id"))
        learner = learner or enrollment.learner_id
        if enrollment:
            vals.update(
                course_id=enrollment.course_id.id,
                order_id=enrollment.order_id.id,
                lead_id=enrollment.lead_id.id,
            )
        payer = learner.edu_payer_id if learner else partner
        return {
            **vals,
            "channel": "portal",
            "partner_id": partner.id,
            "learner_id": learner.id,
            "payer_id": payer.id,
        }

    def _form_subject(self, vals, company):
        """Return what it is about, in the language of the school."""
        # sudo: the language of the school is no secret
        lang = company.sudo().partner_id.lang or self.env.lang
        matter = self.env["edu.complaint.matter"].browse(vals.get("matter_id"))
        kind = self.env["edu.complaint.type"].browse(vals.get("type_id"))
        name = (matter or kind).with_context(lang=lang).name
        return name or vals["description"][:LONGEST_SUBJECT]

    # ------------------------------------------------------------------ choices
    @api.model
    def _form_types(self):
        # sudo: names of the types and matters are on the public form
        return self.env["edu.complaint.type"].sudo().search([("id", "!=", False)])

    @api.model
    def _form_learners(self):
        """Return for whom the current user may complain, the user apart."""
        # sudo: the links of the user's own family
        links = self.env["edu.guardianship"].sudo()
        return links.search(
            [("guardian_id", "=", self.env.user.partner_id.id)]
        ).learner_id

    @api.model
    def _form_enrollments(self):
        """Return the enrollments of the current user's portal."""
        # sudo: the domain is the right
        enrollments = self.env["edu.enrollment"].sudo()
        domain = self.env["edu.enrollment"]._portal_domain()
        companies = self.env.user.company_ids.ids
        return enrollments.search([*domain, ("company_id", "in", companies)])


def _digest(nonce):
    return hashlib.sha256(nonce.encode()).hexdigest()
