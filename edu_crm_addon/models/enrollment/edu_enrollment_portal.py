from odoo import api, fields, models

# What learner, guardian and payer may read of their enrollment, by RPC as well. Every
# other field is for the staff, also those that other files add.
PORTAL_FIELDS = frozenset(
    {
        "id",
        "name",
        "display_name",
        "state",
        "company_id",
        "learner_id",
        "payer_id",
        "user_id",
        "teacher_id",
        "course_id",
        "order_id",
        "run_id",
        "currency_id",
        "price_total",
        "date_start",
        "date_end",
        "term_unit",
        "term",
        "term_text",
        "lessons",
        "gift_lessons",
        "access_url",
    }
)


class EduEnrollment(models.Model):
    """What families see of an enrollment in the portal."""

    _inherit = "edu.enrollment"
    _mail_post_access = "read"

    # sudo: the names of learner and course, for whoever may see the enrollment
    display_name = fields.Char(compute_sudo=True)

    @api.model
    def _has_field_access(self, field, operation):
        if not self.env.su and self.env.user.share and field.name not in PORTAL_FIELDS:
            return False
        return super()._has_field_access(field, operation)

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["payer_id"]

    @api.model
    def _portal_domain(self):
        """Return which enrollments the current user has in the portal.

        The same as the rule of portal users; who works here as well sees the own ones.
        """
        partner = self.env.user.partner_id
        # sudo: the links of the user's own family
        links = self.env["edu.guardianship"].sudo()
        learners = links.search([("guardian_id", "=", partner.id)]).learner_id
        return [
            ("state", "!=", "canceled"),
            "|",
            ("learner_id", "in", [partner.id, *learners.ids]),
            ("payer_id", "child_of", partner.commercial_partner_id.ids),
        ]

    def _portal_ensure_token(self):
        """The link opens the enrollment: whoever asks for it must see it anyway."""
        self.check_access("read")
        # sudo: a portal user shares its enrollment without reading the token
        return super(EduEnrollment, self.sudo())._portal_ensure_token()
