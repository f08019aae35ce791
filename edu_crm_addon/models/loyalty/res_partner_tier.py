from odoo import api, models


class ResPartner(models.Model):
    """What the level and the tier of a customer do to the prices."""

    _inherit = "res.partner"

    # Not of the tier: with a field of ours the host would delete the one of its users,
    # which depends on this one, when the addon is uninstalled.
    @api.depends("grade_id")
    def _compute_product_pricelist(self):
        return super()._compute_product_pricelist()

    def write(self, vals):
        result = super().write(vals)
        if "edu_tier_id" in vals:
            self.invalidate_recordset(["property_product_pricelist"], flush=False)
        return result

    def _edu_preferred_pricelist(self):
        """Return the list of the level or tier, for who has no own one."""
        self.ensure_one()
        # sudo: the price is the same whoever asks
        partner = self.sudo()
        own = partner.specific_property_product_pricelist
        if own._get_partner_pricelist_multi_filter_hook():
            return self.env["product.pricelist"]
        level = partner.grade_id
        given = partner.edu_tier_id.pricelist_id
        if level and level.edu_is_earned and level._edu_is_of(self.env.company):
            given = level.default_pricelist_id or given
        given = given.filtered(lambda p: p.company_id <= self.env.company)
        return given._get_partner_pricelist_multi_filter_hook().with_env(self.env)
