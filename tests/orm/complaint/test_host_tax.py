"""What complaints cost whoever has nothing to do with them."""

from odoo.tests import tagged

from ..common import EduCase

# What the host deletes by the thousand, or whose rows are many.
LARGE = {
    "account.move",
    "calendar.event",
    "crm.lead",
    "edu.enrollment",
    "ir.attachment",
    "loyalty.card",
    "mail.message",
    "product.product",
    "rating.rating",
    "res.partner",
    "sale.order",
}


@tagged("post_install", "-at_install")
class TestHostTax(EduCase):
    def test_deleting_a_record_of_the_host_reads_no_table_of_complaints(self):
        for name, model in self.env.items():
            if not name.startswith("edu.complaint") or not model._auto:
                continue
            for field in model._fields.values():
                links = field.type == "many2one" and field.store
                if links and field.comodel_name in LARGE and not model._transient:
                    with self.subTest(model=name, field=field.name):
                        self.assertTrue(field.index)
