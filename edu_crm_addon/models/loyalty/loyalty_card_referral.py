import secrets

from odoo import api, fields, models

from ...logic.secret_code import ALPHABET, normalize

LENGTH = 8


class LoyaltyCard(models.Model):
    """The code with which a member recommends us, and the link with it.

    It is no secret: who has it can recommend in the member's name, no more. The host's
    own code of the card redeems points, so it is never given away.
    """

    _inherit = "loyalty.card"

    edu_referral_code = fields.Char(string="Referral code", readonly=True, copy=False)

    _edu_referral_code_unique = models.UniqueIndex(
        "(edu_referral_code) WHERE edu_referral_code IS NOT NULL",
        "Another member has this referral code.",
    )

    @api.model
    def _edu_member_vals(self, vals_list):
        return [
            {**vals, "edu_referral_code": self._edu_new_code()}
            if vals["edu_is_member"]
            else vals
            for vals in super()._edu_member_vals(vals_list)
        ]

    @api.model
    def _edu_new_code(self):
        return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))

    @api.model
    def _edu_find_by_code(self, code, company=None):
        """Return the member card with this code, however it was typed."""
        code = normalize(code or "")
        if len(code) != LENGTH:
            return self.browse()
        # sudo: the code is the right to recommend in the member's name
        domain = [("edu_referral_code", "=", code), ("edu_is_member", "=", True)]
        if company:
            domain.append(("company_id", "=", company.id))
        return self.sudo().search(domain, limit=1)

    def _edu_referral_url(self):
        self.ensure_one()
        card = self.sudo()  # sudo: a card from before the codes gets its own now
        if not card.company_id.edu_referral_page:
            return ""
        if not card.edu_referral_code:
            card.edu_referral_code = self._edu_new_code()
        return f"{card.company_id.get_base_url()}/refer/{card.edu_referral_code}"
