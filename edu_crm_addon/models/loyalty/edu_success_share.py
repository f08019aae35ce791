from odoo import fields, models


class EduSuccessShare(models.Model):
    """One story sent to one member, with the member's own link to pass on."""

    _name = "edu.success.share"
    _description = "Success story sent"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    case_id = fields.Many2one(
        "edu.success.case", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    date = fields.Date(
        readonly=True, default=lambda self: self.env.company._edu_today()
    )

    _once = models.UniqueIndex(
        "(case_id, partner_id)", "This member has the story already."
    )

    def _referral_url(self):
        """Return the link of the member, for the mail."""
        self.ensure_one()
        return self.partner_id._edu_referral_url(self.company_id)
