"""Each movement opens the record it is for, for those who may read it."""

from ..common import EduCase


class TestOpenSource(EduCase):
    def open(self, record, user):
        entry = self.book(
            self.make_card(), 10, res_model=record._name, res_id=record.id
        )
        return entry.with_user(user).action_open_source()

    def test_a_movement_opens_what_it_is_for(self):
        customer = self.make_customer()
        action = self.open(customer, self.make_user("readonly"))
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", customer.id)
        )

    def test_who_may_not_read_it_is_led_nowhere(self):
        server = self.env["ir.mail_server"].create({"name": "S", "smtp_host": "h"})
        self.assertFalse(self.open(server, self.make_user("agent")))

    def test_a_record_that_is_gone_opens_nothing(self):
        customer = self.make_customer()
        entry = self.book(
            self.make_card(), 10, res_model=customer._name, res_id=customer.id
        )
        customer.unlink()
        self.assertFalse(entry.action_open_source())

    def test_a_movement_by_hand_opens_nothing(self):
        self.assertFalse(self.book(self.make_card(), 10).action_open_source())

    def test_a_program_of_members_lists_them_and_not_coupons(self):
        card = self.make_card()
        program = card.program_id.with_user(self.make_user("manager"))
        action = program.action_open_loyalty_cards()
        self.assertEqual(self.env["loyalty.card"].search(action["domain"]), card)
        self.assertEqual(action["name"], "Members")

    def test_salespeople_without_role_get_the_list_of_the_host(self):
        program = self.make_program().with_user(self.make_user("salesperson"))
        self.assertNotEqual(program.action_open_loyalty_cards()["name"], "Members")
