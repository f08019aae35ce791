from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import levels as rule


class LoyaltyCard(models.Model):
    """The level of a member: what was earned for it, and what is missing.

    Qualifying points are those earned in the months that count, less what of them was
    taken back; that they were spent or have expired does not matter.
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
        # sudo: levels say more of points than salespeople may read
        grade = self.partner_id.sudo().grade_id
        if grade and grade._edu_is_of(self.company_id):
            return grade.edu_multiplier or 1.0
        return super()._edu_multiplier()

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
