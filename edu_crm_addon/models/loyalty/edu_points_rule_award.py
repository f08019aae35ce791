from dateutil.relativedelta import relativedelta

from odoo import api, models

from ...logic import award as rule
from ...logic import points


class EduPointsRule(models.Model):
    """The engine: events become entries, each once, a batch in a few queries.

    Gather: what is new, whose cards, what was given so far. Decide:
    ``logic.award.decide``. Apply: one booking. What a limit refuses is booked, too, as
    void: the event is settled, and everybody sees why.
    """

    _inherit = "edu.points.rule"

    @api.model
    def _award(self, event, claims, company):
        """Give the points of these events; return the entries made.

        :param str event: one of ``EVENTS``
        :param claims: ``points_source.Claim`` of each; those booked before, by whatever
            worker, are left out
        """
        program = company.sudo().edu_member_program_id  # sudo: whoever causes the event
        entries = self.env["edu.points.entry"].sudo()  # sudo: nobody books by hand
        claims = program and claims and self._new_claims(event, program, claims)
        rules = claims and self._of_event(event, program)
        if not rules:
            return entries
        cards = rules._cards_of(claims)
        awards = rules._decide(claims, cards, company._edu_today())
        return entries._book(
            [
                self.browse(award.rule)
                .with_env(rules.env)
                ._award_row(award, claim, cards[claim.partner_id])
                for claim, award in awards
            ]
        )

    @api.model
    def _award_without_rule(self, event, claim, company):
        """Give what a person promised though no rule is for it; spendable at once."""
        # sudo: as in `_award`
        program = company.sudo().edu_member_program_id
        person = self.env["res.partner"].browse(claim.partner_id)
        owner = person._edu_wallet_owners(company)[person]
        card = owner._edu_member_cards(program)[owner]
        row = {
            "card_id": card.id,
            "points": points.whole(claim.points),
            "kind": points.EARN,
            "text": card._edu_in_words(lambda env: self._event_name(event, env)),
            "reason": claim.reason,
            "res_model": claim.model,
            "res_id": claim.record_id,
            "key": self._key(event, program, claim),
            "expires_on": program._edu_last_day(company._edu_today()),
        }
        return self.env["edu.points.entry"].sudo()._book([row])

    @api.model
    def _event_name(self, event, env):
        field = self.with_env(env)._fields["event"]
        return dict(field._description_selection(env))[event]

    @api.model
    def _key(self, event, program, claim):
        """An event earns once in a program, by whichever rule."""
        return f"{program.id}:{event}:{claim.key}"

    @api.model
    def _new_claims(self, event, program, claims):
        """Leave out what was given before: nothing else is read for it."""
        keys = {self._key(event, program, claim): claim for claim in claims}
        booked = self.env["edu.points.entry"].sudo()  # sudo: of whatever member
        found = booked.search_fetch([("key", "in", list(keys))], ["key"])
        done = set(found.mapped("key"))
        return [claim for key, claim in keys.items() if key not in done]

    def _cards_of(self, claims):
        """Return ``{person id: card}``: in a family wallet, the card of who pays."""
        people = self.env["res.partner"].browse({claim.partner_id for claim in claims})
        owners = people._edu_wallet_owners(self.company_id)
        holders = self.env["res.partner"].union(*owners.values())
        cards = holders._edu_member_cards(self.program_id)
        return {person.id: cards[owner] for person, owner in owners.items()}

    def _decide(self, claims, cards, today):
        """Return ``[(claim, award)]`` of those that one of these rules is for."""
        self._claim_limits()
        multiplies = any(self.mapped("use_multiplier"))
        events = {}
        for claim in claims:
            card = cards[claim.partner_id]
            multiplier = card._edu_multiplier() if multiplies else 1.0
            events[claim.key] = (claim, self._event(claim, card.id, today, multiplier))
        used = self._used(self.env["loyalty.card"].union(*cards.values()), today)
        awards = rule.decide(
            [event for _claim, event in events.values()],
            [earning._as_terms() for earning in self],
            used,
        )
        return [(events[award.event.key][0], award) for award in awards]

    @api.model
    def _event(self, claim, member, on, multiplier):
        return rule.Event(
            key=claim.key,
            member=member,
            on=on,
            stage=claim.stage_id,
            course=claim.course_id,
            multiplier=multiplier,
            points=claim.points,
        )

    def _award_row(self, award, claim, card):
        """Return the entry that ``claim`` is worth on ``card``."""
        self.ensure_one()
        row = {
            "card_id": card.id,
            "points": award.points,
            "kind": points.EARN,
            "text": self.with_context(lang=card.partner_id.lang).name,
            "reason": claim.reason,
            "rule_id": self.id,
            "rule_version": self.version,
            "res_model": claim.model,
            "res_id": claim.record_id,
            "key": self._key(self.event, self.program_id, claim),
        }
        if award.refused:
            return {**row, **self._refused_terms(award.refused, claim, card)}
        state = points.AVAILABLE if self.hold == "none" else points.PENDING
        return {**row, "state": state, **self._terms(self.company_id._edu_today())}

    def _terms(self, today):
        """Return from when points of today can be spent, and until when.

        Points that wait for a payment do not know yet.
        """
        if self.hold == "paid":
            return {}
        start = today + relativedelta(days=self.hold == "days" and self.hold_days)
        return {"available_from": start, "expires_on": self._last_day(start)}
