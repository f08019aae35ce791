"""Orders that give and spend points."""

from odoo.fields import Command

from ..common import EduCase


class PointSalesCase(EduCase):
    """An order gives a point for each unit of money; 100 points are 10 off."""

    def order(self, partner, price=1000, **values):
        """Return a quotation of one thing that costs ``price``."""
        product = self.make_product(list_price=price, invoice_policy="order")
        line = Command.create({"product_id": product.id})
        return self.make_order(partner, confirm=False, order_line=[line], **values)

    def confirmed(self, partner, price=1000, **values):
        order = self.order(partner, price, **values)
        order.action_confirm()
        return order

    def redeem(self, order, reward=None):
        """Put the reward of the member program on the order."""
        order._update_programs_and_rewards()
        for card, rewards in order._get_claimable_rewards().items():
            wanted = rewards & reward if reward else rewards
            if card.edu_is_member and wanted:
                result = order._apply_program_reward(wanted[:1], card)
                order._update_programs_and_rewards()
                return result
        return {"error": "nothing to claim"}

    def spending(self, partner, price=1000):
        """Return a quotation that spends 100 points."""
        order = self.order(partner, price)
        self.assertFalse(self.redeem(order))
        return order

    def card_of(self, partner):
        program = self.member_program()
        return partner._edu_member_cards(program, create=False)[partner]

    def credit(self, invoice, amount=None, **values):
        """Post a credit note, of a part of the only line if told so."""
        note = invoice._reverse_moves()
        if amount is not None:
            note.invoice_line_ids.write({"price_unit": amount, "quantity": 1})
        note.write(values)
        note.action_post()
        self.env.flush_all()
        return note

    def cancel(self, order):
        order._action_cancel()
        self.env.flush_all()
