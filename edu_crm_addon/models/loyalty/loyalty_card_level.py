from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...logic import levels as rule

NOTICE = "edu_crm_addon.mail_template_loyalty_card_level_notice"
LAYOUT = "mail.mail_notification_light"
SCANNED = 5000


class LoyaltyCard(models.Model):
    """The level of a member: what was earned for it, and what is missing.

    Qualifying points are those earned in the months that count, less what of them was
    taken back; that they were spent or have expired does not matter.

    Members move up the ladder at once, down after a notice.
    """

    _inherit = "loyalty.card"

    edu_level_notice_on = fields.Date(
        string="Told of a lower level on",
        readonly=True,
        copy=False,
        help="Since then the member has too few points; after the days of grace the "
        "level is one step lower.",
    )
    edu_qualifying_points = fields.Float(
        string="Qualifying points",
        compute="_compute_edu_qualifying_points",
        digits=(16, 2),
        help="Points earned in the months that count for the level.",
    )
    edu_next_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Next level",
        compute="_compute_edu_qualifying_points",
    )
    edu_missing_points = fields.Float(
        string="Missing for the next level",
        compute="_compute_edu_qualifying_points",
        digits=(16, 2),
    )

    @api.depends("edu_entry_ids", "partner_id.grade_id")
    def _compute_edu_qualifying_points(self):
        standings = self._origin._edu_standings()
        ladders = {c: c._edu_ladder() for c in self.company_id}
        for card in self:
            standing = standings.get(card._origin, rule.Standing(points=0))
            ladder = ladders.get(card.company_id, [])
            level, missing = rule.following(
                standing.points, standing.best_points, ladder
            )
            card.edu_qualifying_points = standing.points
            card.edu_next_grade_id = level
            card.edu_missing_points = missing

    def _edu_multiplier(self):
        """Return by what the points of a rule are multiplied."""
        self.ensure_one()
        # sudo: levels say more of points than salespeople may read
        grade = self.partner_id.sudo().grade_id
        if grade and grade._edu_is_of(self.company_id):
            return grade.edu_multiplier or 1.0
        return 1.0

    # ------------------------------------------------------------------ facts
    def _edu_standings(self):
        """Return ``{member card: logic.levels.Standing}``, from two queries."""
        members = self.filtered("edu_is_member")
        since = self._edu_counts_since()
        if not members or not since:
            return {card: rule.Standing(points=0) for card in members}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH counting (program_id, since) AS (VALUES %(since)s),
                earned AS (%(earned)s)
                SELECT card.id, partner.grade_id, card.edu_level_notice_on,
                       COALESCE(own.points, 0), COALESCE(best.points, 0), kept.until
                  FROM loyalty_card card
                  JOIN res_partner partner ON partner.id = card.partner_id
                  LEFT JOIN earned own ON own.card_id = card.id
                  LEFT JOIN (SELECT partner_id, MAX(points) AS points
                               FROM earned GROUP BY partner_id) best
                    ON best.partner_id = card.partner_id
                  LEFT JOIN (SELECT partner_id, company_id, MAX(date_to) AS until
                               FROM edu_membership WHERE state = 'running'
                              GROUP BY partner_id, company_id) kept
                    ON kept.partner_id = card.partner_id
                   AND kept.company_id = card.company_id
                 WHERE card.id IN %(cards)s
                """,
                since=SQL(", ").join(
                    SQL("(%s, %s::date)", program, day)
                    for program, day in since.items()
                ),
                earned=self._edu_earned_sql(members),
                cards=tuple(members.ids),
            )
        )
        return {
            self.browse(card): rule.Standing(
                level=level or None,
                notified_on=told or None,
                points=float(points),
                best_points=float(best),
                kept_until=until or None,
            )
            for card, level, told, points, best, until in rows
        }

    @api.model
    def _edu_counts_since(self):
        """Return ``{member program id: first day that counts}`` of all companies."""
        # sudo: a level may be of all companies
        companies = self.env["res.company"].sudo()
        companies = companies.search([("edu_member_program_id", "!=", False)])
        return {
            company.edu_member_program_id.id: company._edu_today()
            - relativedelta(months=company.edu_level_months, days=-1)
            for company in companies
        }

    @api.model
    def _edu_earned_sql(self, cards):
        """Return the query of what the people of ``cards`` earned, card by card.

        What was taken back counts against what it was taken from, whenever that was.
        """
        return SQL(
            """
            SELECT entry.card_id, owner.partner_id,
                   SUM(entry.points + COALESCE((
                       SELECT SUM(back.points) FROM edu_points_entry back
                        WHERE back.reverses_id = entry.id
                          AND back.kind = 'reverse'), 0)) AS points
              FROM edu_points_entry entry
              JOIN counting ON counting.program_id = entry.program_id
               AND entry.date >= counting.since
              JOIN loyalty_card owner ON owner.id = entry.card_id AND owner.active
              LEFT JOIN edu_points_rule earning ON earning.id = entry.rule_id
             WHERE owner.partner_id IN %(people)s AND owner.edu_is_member
               AND entry.kind = 'earn' AND entry.state = 'available'
               AND entry.points > 0 AND earning.is_qualifying IS NOT FALSE
             GROUP BY entry.card_id, owner.partner_id
            """,
            people=tuple(cards.partner_id.ids) or (0,),
        )

    # ------------------------------------------------------------------ moving
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

    # ------------------------------------------------------------------ jobs
    @api.model
    def _cron_levels(self):
        """Begin, remind of and end memberships, then move members; safe to repeat."""
        if self.env["edu.membership"]._run_memberships():
            cards = self._edu_movable()
            run = self.env["edu.job.failure"]._run_job
            run("loyalty_level", cards, type(self)._edu_move_levels)
