from odoo import models


class ResPartner(models.Model):
    """Members: whose card gets the points of whom."""

    _inherit = "res.partner"

    def _edu_wallet_owners(self, company):
        """Return ``{person: whose card gets the points}``.

        In a family wallet a learner earns for the guardian who pays; one under age for
        the first guardian if nobody is said to pay.
        """
        # sudo: the rule is the same whoever has the points booked
        people = self.sudo().with_company(company)
        if not company.sudo().edu_family_wallet:
            return {person: person for person in people}
        today = company._edu_today()
        return {person: person._edu_wallet_owner(today) for person in people}

    def _edu_wallet_owner(self, today):
        self.ensure_one()
        if self.edu_payer_id == self and self._edu_needs_guardian(today):
            return self.edu_guardian_link_ids[:1].guardian_id or self
        return self.edu_payer_id

    def _edu_member_cards(self, program, *, create=True):
        """Return ``{person: card}``; who has none becomes a member.

        :param bool create: if not, who has no card is left out
        """
        # sudo: members are made by events, whoever causes them
        cards = self.env["loyalty.card"].sudo()
        found = {
            card.partner_id: card
            for card in cards.search(
                [
                    ("program_id", "=", program.id),
                    ("partner_id", "in", self.ids),
                    ("edu_is_member", "=", True),
                ]
            )
        }
        missing = [person.id for person in self if person not in found]
        if create and missing:
            made = cards.with_context(tracking_disable=True).create(
                [{"program_id": program.id, "partner_id": p} for p in missing]
            )
            found.update({card.partner_id: card for card in made})
        return found
