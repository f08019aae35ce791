from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...logic import points as rule

KINDS = [
    (rule.EARN, "Earned"),
    (rule.SPEND, "Spent"),
    (rule.EXPIRE, "Expired"),
    (rule.REVERSE, "Taken back"),
    (rule.ADJUST, "Adjusted"),
    (rule.HOST, "Other"),
]
STATES = [
    (rule.PENDING, "Pending"),
    (rule.AVAILABLE, "Available"),
    (rule.VOID, "Void"),
]
# What makes an entry: PostgreSQL itself refuses to change it, whoever asks.
FACTS = (
    "card_id",
    "program_id",
    "company_id",
    "date",
    "points",
    "kind",
    "state",
    "key",
    "expires_on",
    "reverses_id",
    "origin_id",
    "res_model",
    "res_id",
)
GUARD = "edu_points_entry_guard"


class EduPointsEntry(models.Model):
    """One movement of points of a member card, written once.

    A card has three accounts, and each entry is booked in one of them (``state``): the
    sum of the available ones is the balance of the card; pending ones wait for a day or
    a payment; void ones were not given. A movement between accounts is two entries that
    name the pending one as their origin. What was booked is never changed: a correction
    is an entry more.
    """

    _name = "edu.points.entry"
    _description = "Points entry"
    _order = "id desc"
    _rec_name = "text"

    card_id = fields.Many2one(
        "loyalty.card",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id", string="Member", related_sudo=False
    )
    program_id = fields.Many2one(
        "loyalty.program", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    date = fields.Date(required=True, readonly=True, index=True)
    points = fields.Float(required=True, readonly=True, digits=(16, rule.DIGITS))
    kind = fields.Selection(KINDS, string="Movement", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    text = fields.Char(
        string="What for",
        required=True,
        readonly=True,
        help="In the language of the member, who reads it in the portal.",
    )
    reason = fields.Char(readonly=True, help="Words of the staff; members see them.")
    # Where from
    rule_id = fields.Many2one("edu.points.rule", readonly=True, ondelete="restrict")
    rule_version = fields.Integer(readonly=True)
    res_model = fields.Char(string="Source model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Source", model_field="res_model", readonly=True
    )
    firm_id = fields.Many2one(
        "res.partner",
        string="Partner firm",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="In an alliance: where the points were given or redeemed.",
    )
    key = fields.Char(
        string="Event key", readonly=True, help="An event is booked once only."
    )
    # When
    available_from = fields.Date(readonly=True)
    expires_on = fields.Date(readonly=True)
    # What it changes
    reverses_id = fields.Many2one(
        "edu.points.entry",
        string="Takes back",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    origin_id = fields.Many2one(
        "edu.points.entry",
        string="Pending before",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _key_unique = models.UniqueIndex(
        "(key) WHERE key IS NOT NULL", "This event has its points already."
    )
    _moves = models.Constraint("CHECK (points <> 0)", "A movement moves something.")
    _balance_idx = models.Index("(card_id, state) INCLUDE (points)")
    _source_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")
    _rule_month_idx = models.Index("(rule_id, date) WHERE rule_id IS NOT NULL")
    _waiting_idx = models.Index(
        "(id) WHERE state = 'pending' AND origin_id IS NULL AND points > 0"
    )

    def init(self):
        """Have PostgreSQL refuse what Odoo refuses, for code that goes around it."""
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(guard)s() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'Entries of points are never changed or deleted.';
                END $$ LANGUAGE plpgsql;
                CREATE OR REPLACE TRIGGER %(guard)s
                    BEFORE DELETE OR UPDATE OF %(facts)s ON edu_points_entry
                    FOR EACH ROW EXECUTE FUNCTION %(guard)s()
                """,
                guard=SQL.identifier(GUARD),
                facts=SQL(", ").join(SQL.identifier(name) for name in FACTS),
            )
        )

    # ------------------------------------------------------------------ never changed
    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise self._refused()
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise self._refused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refused()

    def _refused(self):
        return AccessError(
            self.env._(
                "Movements of points are booked by orders and rules. They are never "
                "changed or deleted: what was wrong is booked back."
            )
        )

    def _as_movement(self):
        self.ensure_one()
        return rule.Movement(
            id=self.id,
            points=self.points,
            on=self.date,
            expires_on=self.expires_on or None,
            reverses=self.reverses_id.id or None,
        )

    def action_open_source(self):
        """Open the record the points are from, for those who may read it."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return False
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record or not record.has_access("read"):
            return False
        return record._get_records_action()
