from dateutil.relativedelta import relativedelta

from odoo import api, models

from ...logic import points as rule


class EduPointsRule(models.Model):
    """The engine: events become entries, each once, a batch in a few queries."""

    _inherit = "edu.points.rule"

    @api.model
    def _award(self, event, claims, company):
        """Give the points of these events; return the entries made.

        :param str event: one of ``EVENTS``
        :param claims: ``points_source.Claim`` of each; those booked before, by whatever
            worker, are left out
        """
        program = company.sudo().edu_member_program_id  # sudo: whoever causes the event
        earning = program and self._of_event(event, program)
        entries = self.env["edu.points.entry"].sudo()  # sudo: nobody books by hand
        claims = earning and claims and earning._new_claims(claims)
        if not claims:
            return entries
        cards = earning._cards_of(claims)
        rows = [earning._award_row(claim, cards[claim.partner_id]) for claim in claims]
        return entries._book([row for row in rows if row["points"]])

    def _key(self, claim):
        """An event earns once in a program, by whichever rule."""
        return f"{self.program_id.id}:{self.event}:{claim.key}"

    def _new_claims(self, claims):
        """Leave out what was given before: no card is touched for it."""
        keys = {self._key(claim): claim for claim in claims}
        booked = self.env["edu.points.entry"].sudo()  # sudo: of whatever member
        found = booked.search_fetch([("key", "in", list(keys))], ["key"])
        return [keys[key] for key in keys.keys() - set(found.mapped("key"))]

    def _cards_of(self, claims):
        """Return ``{person id: card}``: in a family wallet, the card of who pays."""
        people = self.env["res.partner"].browse({claim.partner_id for claim in claims})
        owners = people._edu_wallet_owners(self.company_id)
        holders = self.env["res.partner"].union(*owners.values())
        cards = holders._edu_member_cards(self.program_id)
        return {person.id: cards[owner] for person, owner in owners.items()}

    def _award_row(self, claim, card):
        """Return the entry that ``claim`` is worth on ``card``."""
        self.ensure_one()
        today = self.company_id._edu_today()
        points = self.points if claim.points is None else claim.points
        return {
            "card_id": card.id,
            "points": rule.whole(points),
            "kind": rule.EARN,
            "state": rule.AVAILABLE if self.hold == "none" else rule.PENDING,
            "text": self.with_context(lang=card.partner_id.lang).name,
            "reason": claim.reason,
            "rule_id": self.id,
            "rule_version": self.version,
            "res_model": claim.model,
            "res_id": claim.record_id,
            "key": self._key(claim),
            **self._terms(today),
        }

    def _terms(self, today):
        """Return from when points of today can be spent, and until when.

        Points that wait for a payment do not know yet.
        """
        if self.hold == "paid":
            return {}
        start = today + relativedelta(days=self.hold == "days" and self.hold_days)
        return {"available_from": start, "expires_on": self._last_day(start)}
