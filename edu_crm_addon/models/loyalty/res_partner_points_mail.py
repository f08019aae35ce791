from odoo import fields, models
from odoo.tools import email_normalize

from ...const import GROUP_READONLY


class ResPartner(models.Model):
    """Who is not written to about points."""

    _inherit = "res.partner"

    edu_no_points_mails = fields.Boolean(
        string="No mails about points",
        groups=GROUP_READONLY,
        help="Gets no notice of points that are about to expire.",
    )

    def _edu_points_mail_reasons(self):
        """Return ``{person: code}`` of those who are not written to, and why."""
        mails = {person: email_normalize(person.email) for person in self}
        # sudo: nobody else may read the list, and nothing but the mails is taken
        listed = self.env["mail.blacklist"].sudo()
        found = listed.search([("email", "in", [m for m in mails.values() if m])])
        blacklisted = set(found.mapped("email"))
        result = {}
        for person, mail in mails.items():
            if not person.active:
                result[person] = "archived"
            elif person.edu_no_points_mails or mail in blacklisted:
                result[person] = "opted_out"
            elif not mail:
                result[person] = "no_address"
        return result
