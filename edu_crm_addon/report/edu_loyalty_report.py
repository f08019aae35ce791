from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..logic import points as rule
from ..models.loyalty.edu_points_entry import KINDS, STATES
from ..models.loyalty.edu_points_rule import EVENTS
from ..models.loyalty.loyalty_program import MODES

_lt = LazyTranslate(__name__)

WITHOUT_ADVISER = _lt("Without adviser")
WITHOUT_LEVEL = _lt("Without level")
WITHOUT_RULE = _lt("Sales and others")
WITHOUT_FIRM = _lt("Our own")
WHOLE = (16, 0)
# What was used comes back: no new points, and none taken from the member.
GIVEN_BACK = (
    f"e.kind = '{rule.REVERSE}' AND COALESCE(reversed.kind, '') = '{rule.SPEND}'"
)


class EduLoyaltyReport(models.Model):
    """The ledger of points in figures, one row per entry.

    Outstanding are the points members can spend; they are what was earned, adjusted and
    moved otherwise, less what was used, expired and taken back, to the unit. Points
    that a canceled order gives back were not used.
    """

    _name = "edu.loyalty.report"
    _description = "Loyalty analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "entry_id"
    _depends = {
        "edu.points.entry": [
            "card_id",
            "program_id",
            "company_id",
            "date",
            "points",
            "kind",
            "state",
            "rule_id",
            "firm_id",
            "reverses_id",
        ],
        "edu.points.rule": ["event"],
        "loyalty.card": ["partner_id"],
        "loyalty.program": ["edu_mode", "edu_point_cost"],
        "res.partner": ["grade_id", "user_id"],
    }

    # Measures; points are shown whole
    earned = fields.Float(
        readonly=True, digits=WHOLE, help="Available to spend; not yet: pending."
    )
    used = fields.Float(
        readonly=True, digits=WHOLE, help="Less what canceled orders gave back."
    )
    expired = fields.Float(readonly=True, digits=WHOLE)
    taken_back = fields.Float(readonly=True, digits=WHOLE)
    adjusted = fields.Float(readonly=True, digits=WHOLE, help="By hand, up or down.")
    other = fields.Float(string="Moved otherwise", readonly=True, digits=WHOLE)
    pending = fields.Float(readonly=True, digits=WHOLE)
    outstanding = fields.Float(readonly=True, digits=WHOLE)
    cost = fields.Float(
        string="Cost of outstanding",
        readonly=True,
        help="Outstanding points at the cost of a point of their program.",
    )
    member_count = fields.Integer(
        string="Members", aggregator="count_distinct", readonly=True
    )
    # Dimensions
    entry_id = fields.Many2one("edu.points.entry", readonly=True)
    card_id = fields.Many2one("loyalty.card", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Member", readonly=True)
    grade_id = fields.Many2one(
        "res.partner.grade",
        string="Member level",
        readonly=True,
        falsy_value_label=WITHOUT_LEVEL,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        readonly=True,
        falsy_value_label=WITHOUT_ADVISER,
    )
    program_id = fields.Many2one("loyalty.program", readonly=True)
    mode = fields.Selection(MODES, string="Loyalty mode", readonly=True)
    rule_id = fields.Many2one(
        "edu.points.rule", readonly=True, falsy_value_label=WITHOUT_RULE
    )
    event = fields.Selection(EVENTS, readonly=True)
    firm_id = fields.Many2one(
        "res.partner",
        string="Partner firm",
        readonly=True,
        falsy_value_label=WITHOUT_FIRM,
    )
    kind = fields.Selection(KINDS, string="Movement", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    def action_open_card(self):
        self.ensure_one()
        return self.card_id.get_formview_action()

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT e.id, e.id AS entry_id, e.card_id, card.partner_id,
                   partner.grade_id, partner.user_id, e.program_id,
                   program.edu_mode AS mode, e.rule_id, earning.event, e.firm_id,
                   e.kind, e.state, e.date, e.company_id,
                   card.partner_id AS member_count,
                   %(earned)s AS earned, %(used)s AS used, %(expired)s AS expired,
                   %(taken_back)s AS taken_back, %(adjusted)s AS adjusted,
                   %(other)s AS other, %(pending)s AS pending,
                   %(outstanding)s AS outstanding,
                   %(outstanding)s * program.edu_point_cost AS cost
              FROM edu_points_entry e
              JOIN loyalty_card card ON card.id = e.card_id
              JOIN loyalty_program program ON program.id = e.program_id
         LEFT JOIN res_partner partner ON partner.id = card.partner_id
         LEFT JOIN edu_points_rule earning ON earning.id = e.rule_id
         LEFT JOIN edu_points_entry reversed ON reversed.id = e.reverses_id
            """,
            earned=self._available("e.points", f"e.kind = '{rule.EARN}'"),
            used=self._available(
                "-e.points", f"e.kind = '{rule.SPEND}' OR ({GIVEN_BACK})"
            ),
            expired=self._available("-e.points", f"e.kind = '{rule.EXPIRE}'"),
            taken_back=self._available(
                "-e.points", f"e.kind = '{rule.REVERSE}' AND NOT ({GIVEN_BACK})"
            ),
            adjusted=self._available("e.points", f"e.kind = '{rule.ADJUST}'"),
            other=self._available("e.points", f"e.kind = '{rule.HOST}'"),
            outstanding=self._available("e.points", "TRUE"),
            pending=self._booked(rule.PENDING, "e.points", "TRUE"),
        )

    def _available(self, points, condition):
        return self._booked(rule.AVAILABLE, points, condition)

    def _booked(self, state, points, condition):
        """Return points of entries in one account; nothing here comes from a user."""
        return SQL(
            "CASE WHEN e.state = %s AND (%s) THEN %s ELSE 0 END",
            state,
            SQL(condition),
            SQL(points),
        )
