import inspect

from odoo import models
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .matrix import MatrixCase

# They change the test itself, or are no method of a record.
NOT_CALLED = {"browse", "env", "ids", "pool", "id"}


@tagged("post_install", "-at_install")
class TestPublicMethods(MatrixCase):
    """Whatever can be called from outside tells nothing to whom it is about."""

    def methods(self):
        """Yield the names of what a client may call without arguments."""
        model = self.env["edu.complaint"]
        for name in dir(type(model)):
            if name.startswith("_") or name in NOT_CALLED:
                continue
            try:
                method = get_public_method(model, name)
                parameters = list(inspect.signature(method).parameters.values())[1:]
            except (AccessError, AttributeError, TypeError, ValueError):
                continue
            if all(p.default is not p.empty or p.kind in (2, 4) for p in parameters):
                yield name

    def call(self, name, complaint):
        """Return what the client gets, or the error it shows, as text."""
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                result = getattr(complaint, name)()
                if isinstance(result, models.BaseModel):
                    result = result.with_env(complaint.env).read()
                return str(result)
        except Exception as error:
            return str(error)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_none_tells_whom_it_is_about(self):
        customer = self.make_customer(name="Mrs. Secret", email="secret@example.com")
        complaint = self.make_case(customer, [self.manager], subject="Hidden matter")
        complaint.message_subscribe(customer.ids)
        stranger = self.make_user("employee")
        names = list(self.methods())
        self.assertGreater(len(names), 30)
        for user in (self.manager, stranger):
            for name in names:
                text = self.call(name, complaint.with_user(user))
                for word in ("Secret", "secret@", "Hidden matter", complaint.name):
                    with self.subTest(method=name, user=user.login):
                        self.assertNotIn(word, text)
        self.assertEqual(complaint.exists().state, "receive")
        self.assertEqual(complaint.accused_partner_ids, self.manager.partner_id)
