from odoo import models


class ProductProduct(models.Model):
    """Courses given away by programs."""

    _inherit = "product.product"

    def _edu_copy_gift(self, company):
        """Return a course of ``company`` like this one of a template, to give away."""
        self.ensure_one()
        template = self.product_tmpl_id
        course = template.copy(
            {"name": template.name, "active": True, "company_id": company.id}
        )
        template.copy_translations(course)
        return course.product_variant_id
