from datetime import timedelta

from odoo import api, models
from odoo.tools import split_every

from ...logic import levels as rule

NOTICE = "edu_crm_addon.mail_template_loyalty_card_level_notice"
LAYOUT = "mail.mail_notification_light"
SCANNED = 5000


class LoyaltyCard(models.Model):
    """How members move on the ladder: up at once, down after a notice."""

    _inherit = "loyalty.card"

    @api.model
    def _cron_levels(self):
        """Begin, remind of and end memberships, then move members; safe to repeat."""
        if self.env["edu.membership"]._run_memberships():
            cards = self._edu_movable()
            run = self.env["edu.job.failure"]._run_job
            run("loyalty_level", cards, type(self)._edu_move_levels)

    @api.model
    def _edu_movable(self):
        """Return the cards of members for whom something changes today."""
        programs = self.env["loyalty.program"].browse(self._edu_counts_since())
        domain = [("edu_is_member", "=", True), ("program_id", "in", programs.ids)]
        movable = []
        for ids in split_every(SCANNED, self.search(domain, order="id").ids):
            decisions = self.browse(ids)._edu_decisions()
            movable += [card.id for card in decisions]
        return self.browse(movable)

    def _edu_decisions(self):
        """Return ``{card: logic.levels.Decision}`` where something changes."""
        ladders = {company: company._edu_ladder() for company in self.company_id}
        terms = {
            company: {
                "today": company._edu_today(),
                "grace_days": company.edu_level_grace_days,
            }
            for company in self.company_id
        }
        decisions = {
            card: rule.decide(
                standing, ladders[card.company_id], **terms[card.company_id]
            )
            for card, standing in self._edu_standings().items()
        }
        return {c: made for c, made in decisions.items() if made.move != rule.STAY}

    def _edu_move_levels(self):
        """Do what the decisions of today say; safe to repeat."""
        groups = {}
        for card, made in self._edu_decisions().items():
            key = (card.company_id, made.move, made.level)
            groups[key] = groups.get(key, self.browse()) | card
        for (company, move, level), cards in groups.items():
            cards = cards.with_company(company)
            if move == rule.NOTIFY:
                cards._edu_tell_lower_level(level)
                continue
            cards.filtered("edu_level_notice_on").edu_level_notice_on = False
            if move in {rule.UP, rule.DOWN}:
                cards._edu_give_level(level, move)

    def _edu_give_level(self, level, move):
        grade = self.env["res.partner.grade"].browse(level)
        standings = self._edu_standings()
        reasons = {}
        for card in self:
            given = {
                "points": f"{standings[card].points:g}",
                "months": card.company_id.edu_level_months,
            }
            reasons[card.partner_id] = (
                self.env._("%(points)s points in %(months)s months", **given)
                if move == rule.UP
                else self.env._(
                    "only %(points)s points in %(months)s months, after a notice",
                    **given,
                )
            )
        self.partner_id._edu_set_level(grade, reasons)

    def _edu_tell_lower_level(self, level):
        """Tell members that they will be one step lower, once; on paper too."""
        for company, cards in self.grouped("company_id").items():
            cards.edu_level_notice_on = company._edu_today()
        words = self.env._(
            "Too few points for the level: “%(level)s” after the days of grace.",
            level=self.env["res.partner.grade"].browse(level).name
            or self.env._("No level"),
        )
        self.partner_id._message_log_batch(
            bodies=dict.fromkeys(self.partner_id.ids, words)
        )
        people = self.partner_id._edu_with_mail()
        mailed = self.filtered(lambda card: card.partner_id in people)
        if mailed:
            self.env.ref(NOTICE).send_mail_batch(mailed.ids, email_layout_xmlid=LAYOUT)

    def _edu_grace_until(self):
        """Return the last day of the present level, for the mail."""
        self.ensure_one()
        told = self.edu_level_notice_on
        return told and told + timedelta(days=self.company_id.edu_level_grace_days)

    def _edu_lower_grade(self):
        """Return the level after the days of grace, for the mail."""
        self.ensure_one()
        ladder = self.company_id._edu_ladder()
        present = [level for level in ladder if level.id == self.edu_grade_id.id]
        lower = present and rule.below(present[0], ladder)
        return self.env["res.partner.grade"].browse(lower or ())
