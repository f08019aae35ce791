from dataclasses import replace

from odoo import models

from ...logic import award as rule


class EduPointsRule(models.Model):
    """What rules would have given for the events of a period: nothing is booked."""

    _inherit = "edu.points.rule"

    def _dry_run(self, terms, date_from, date_to, *, event, program):
        """Compare the stored rules with those after a change.

        Every rule counts for the whole period, whatever its own dates are.

        :param terms: ``logic.award.Terms`` of this rule as changed, or of a new one
        :return: ``logic.award.Comparison`` of ids of contacts
        """
        stored = self._now_in_force(event, program)
        before = [r._as_terms() for r in stored]
        after = [terms if self and r == self else r._as_terms() for r in stored]
        if self not in stored or not self:
            after.append(terms)
        claims = self._claims_of(event, program.company_id, date_from, date_to)
        events = self._dry_events(claims, program)
        return rule.compare(events, *map(_undated, (before, after)))

    def _now_in_force(self, event, program):
        """Return the active rules of the event, those that begin later included."""
        rules = self.search([("event", "=", event), ("program_id", "=", program.id)])
        today = program.company_id._edu_today()
        return rules.filtered(lambda r: not r.date_to or r.date_to >= today)

    def _dry_events(self, claims, program):
        people = self.env["res.partner"].browse({claim.partner_id for claim in claims})
        owners = {
            person.id: owner
            for person, owner in people._edu_wallet_owners(program.company_id).items()
        }
        holders = self.env["res.partner"].union(*owners.values())
        cards = holders._edu_member_cards(program, create=False)
        multipliers = {owner: card._edu_multiplier() for owner, card in cards.items()}
        return [
            self._event(
                claim,
                owners[claim.partner_id].id,
                claim.on,
                multipliers.get(owners[claim.partner_id], 1.0),
            )
            for claim in claims
        ]

    def action_dry_run(self):
        """Open what a change of this rule would mean, before it is saved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try a change"),
            "res_model": "edu.points.dry.run",
            "view_mode": "form",
            "target": "new",
            "context": {"default_rule_id": self.id},
        }


def _undated(rules):
    return [replace(terms, date_from=None, date_to=None) for terms in rules]
