from odoo import models


class ProductProduct(models.Model):
    """What programs give away."""

    _inherit = "product.product"

    def _edu_copy_gift(self, company):
        """Return a product of ``company`` like this one of a template."""
        self.ensure_one()
        template = self.product_tmpl_id
        gift = template.copy(
            {"name": template.name, "active": True, "company_id": company.id}
        )
        template.copy_translations(gift)
        return gift.product_variant_id
