from odoo import api, models


class ProductPricelist(models.Model):
    """Price lists of levels and of customer tiers, for people without an own one."""

    _inherit = "product.pricelist"

    @api.model
    def _get_partner_pricelist_multi(self, partner_ids):
        """Use the list of the level, else of the tier, before that of the country.

        The level writes its list on the person, except on those of an organization.
        """
        result = super()._get_partner_pricelist_multi(partner_ids)
        if not self.env["res.groups"]._is_feature_enabled(
            "product.group_product_pricelist"
        ):
            return result
        people = self.env["res.partner"].with_context(active_test=False)
        for partner in people.browse(partner_ids):
            if preferred := partner._edu_preferred_pricelist():
                result[partner.id] = preferred
        return result
