"""The ledger from outside, through the doors of the server: nobody changes it."""

from xmlrpc.client import Fault

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ...orm.common import EduCase

MODEL = "edu.points.entry"


@tagged("post_install", "-at_install")
class TestLedgerRpc(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card(points=100)
        self.entry = self.card.edu_entry_ids
        copied = {"card_id": self.card.id, "points": 900, "kind": "earn", "text": "Me"}
        self.changes = (
            ("write", [self.entry.ids, {"points": 900}]),
            ("write", [self.entry.ids, {"text": "Other words"}]),
            ("write", [self.entry.ids, {"state": "void"}]),
            ("web_save", [self.entry.ids, {"points": 900}, {"points": {}}]),
            ("unlink", [self.entry.ids]),
            ("copy", [self.entry.ids]),
            ("create", [[copied]]),
            ("load", [["text", "points"], [["Me", "900"]]]),
        )
        # None of these has a name that RPC may call.
        self.hidden = (
            ("_book", [[copied]]),
            ("_insert", [[copied]]),
            ("_take_back", [{}, "Me"]),
            ("_settle", [{}]),
        )
        self.env.flush_all()

    def assertUnchanged(self):
        self.assertEqual(len(self.card.edu_entry_ids), 1)
        self.assertEqual((self.entry.points, self.entry.text), (100, "Test"))
        self.assertBalance(self.card, 100)

    def check_each(self, call, error):
        """Assert that every change is refused; importing says so in its answer."""
        found = call("search", [[("id", "=", self.entry.id)]])
        self.assertEqual(found, self.entry.ids)  # the door is open for who only reads
        for method, arguments in (*self.changes, *self.hidden):
            with (
                self.subTest(method, arguments=arguments),
                mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc"),
            ):
                if method == "load":
                    self.assertFalse(call(method, arguments)["ids"])
                else:
                    with self.assertRaisesRegex(error, "AccessError|Fault 4"):
                        call(method, arguments)
            self.assertUnchanged()

    def test_the_web_client_changes_nothing_for_the_manager_or_the_administrator(self):
        manager = self.make_user("manager")
        for login in (manager.login, "admin"):
            self.authenticate(login, login)

            def call(method, arguments):
                return self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{MODEL}/{method}",
                    {
                        "model": MODEL,
                        "method": method,
                        "args": arguments,
                        "kwargs": {},
                    },
                )

            self.check_each(call, JsonRpcException)

    def test_xml_rpc_changes_nothing(self):
        manager = self.make_user("manager")

        def call(method, arguments):
            return self.xmlrpc_object.execute_kw(
                self.env.cr.dbname, manager.id, manager.login, MODEL, method, arguments
            )

        self.check_each(call, Fault)
