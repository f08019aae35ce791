from odoo.tests import tagged
from odoo.tools import mute_logger

from ..public_methods import PublicMethodCalls
from .matrix import MatrixCase


@tagged("post_install", "-at_install")
class TestPublicMethods(PublicMethodCalls, MatrixCase):
    """Whatever can be called from outside tells nothing to whom it is about."""

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_none_tells_whom_it_is_about(self):
        customer = self.make_customer(name="Mrs. Secret", email="secret@example.com")
        complaint = self.make_case(customer, [self.manager], subject="Hidden matter")
        complaint.message_subscribe(customer.ids)
        stranger = self.make_user("employee")
        names = list(self.methods(complaint))
        self.assertGreater(len(names), 30)
        for user in (self.manager, stranger):
            for name in names:
                text = self.call(name, complaint.with_user(user))
                for word in ("Secret", "secret@", "Hidden matter", complaint.name):
                    with self.subTest(method=name, user=user.login):
                        self.assertNotIn(word, text)
        self.assertEqual(complaint.exists().state, "receive")
        self.assertEqual(complaint.accused_partner_ids, self.manager.partner_id)
