from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import points as rule
from ...logic.settlement import settle

DRAFT, CONFIRMED = "draft", "confirmed"
STATES = [(DRAFT, "Draft"), (CONFIRMED, "Confirmed")]
SEQUENCE = "edu_crm_addon.seq_edu_points_settlement"
JOB = "points_settle"


class EduPointsSettlement(models.Model):
    """What a partner firm and the school owe each other for the points of a month.

    The nightly job drafts it when the month is over. Confirmed it gets a number, and
    its figures are frozen.
    """

    _name = "edu.points.settlement"
    _description = "Settlement with a partner"
    _inherit = ["mail.thread"]
    _order = "month desc, id desc"

    # Identity
    name = fields.Char(string="Number", readonly=True, copy=False)
    program_id = fields.Many2one(
        "loyalty.program", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="program_id.company_id", store=True, index=True
    )
    firm_id = fields.Many2one(
        "res.partner",
        string="Partner firm",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    state = fields.Selection(
        STATES, required=True, readonly=True, default=DRAFT, copy=False, tracking=True
    )
    # Result
    given = fields.Float(string="Points given", readonly=True, digits=(16, 2))
    redeemed = fields.Float(string="Points redeemed", readonly=True, digits=(16, 2))
    point_cost = fields.Float(string="Value of a point", readonly=True, digits=(16, 4))
    currency_id = fields.Many2one("res.currency", readonly=True)
    given_value = fields.Monetary(string="Value given", readonly=True)
    redeemed_value = fields.Monetary(string="Value redeemed", readonly=True)
    amount = fields.Monetary(
        string="To pay to the firm",
        readonly=True,
        help="Value redeemed minus value given. Negative: the firm pays.",
    )
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", readonly=True)

    _month_unique = models.Constraint(
        "UNIQUE (program_id, firm_id, month)",
        "This month is settled with the firm already.",
    )
    _month_first = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A month is named by its first day."
    )

    @api.depends("name", "firm_id", "month")
    def _compute_display_name(self):
        for settlement in self:
            month = fields.Date.to_string(settlement.month)[:7]
            name = settlement.name or settlement.firm_id.display_name
            settlement.display_name = f"{name} · {month}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Statements are made when the month is over."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._fields.keys() & vals.keys() - self._talk():
            raise UserError(
                self.env._("The figures of a statement come from the ledger.")
            )
        return super().write(vals)

    @api.model
    def _talk(self):
        """Return the fields that are about the conversation."""
        own = {name for name, f in self._fields.items() if "message" in name}
        return own | {name for name in self._fields if name.startswith("activity_")}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(settlement.state != DRAFT for settlement in self):
            raise UserError(self.env._("A confirmed statement is kept."))

    # ------------------------------------------------------------------ actions
    def action_confirm(self):
        """Freeze the figures under a number; the month has to be over."""
        self.check_access("write")
        # sudo: nobody writes figures by hand
        drafts = self.sudo().filtered(lambda settlement: settlement.state == DRAFT)
        drafts = drafts.try_lock_for_update()
        for settlement in drafts:
            if settlement._month_end() >= settlement.company_id._edu_today():
                raise UserError(self.env._("The month is not over yet."))
        drafts._draw_up()
        sequence = self.env.ref(SEQUENCE).sudo()
        for settlement, number in zip(
            drafts, sequence._edu_next_numbers(len(drafts)), strict=True
        ):
            settlement.write({"name": number, "confirmed_by_id": self.env.uid})
        drafts._update_state((DRAFT,), CONFIRMED)

    def action_open_entries(self):
        """Open the movements that are settled."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_points_entry_action", self._entries_domain()
        )

    def _update_state(self, allowed, target):
        moved = self.filtered(lambda settlement: settlement.state in allowed)
        # sudo: past the guard of `write`
        moved.sudo().write({"state": target})
        return moved

    # ------------------------------------------------------------------ figures
    def _month_end(self):
        self.ensure_one()
        return self.month + relativedelta(months=1, days=-1)

    def _entries_domain(self):
        self.ensure_one()
        return [
            ("program_id", "=", self.program_id.id),
            ("firm_id", "=", self.firm_id.id),
            ("state", "=", rule.AVAILABLE),
            ("date", ">=", self.month),
            ("date", "<=", self._month_end()),
        ]

    def _draw_up(self):
        """Take the figures of drafts from the ledger."""
        for settlement in self.filtered(lambda settlement: settlement.state == DRAFT):
            program = settlement.program_id
            # sudo: members of all teams count
            entries = self.env["edu.points.entry"].sudo()
            found = entries.search_fetch(
                settlement._entries_domain(), ["kind", "points"]
            )
            movements = [(entry.kind, entry.points) for entry in found]
            result = settle(movements, cost=program.edu_point_cost)
            values = {
                "given": result.given,
                "redeemed": result.redeemed,
                "given_value": result.given_value,
                "redeemed_value": result.redeemed_value,
                "amount": result.amount,
                "point_cost": program.edu_point_cost,
                "currency_id": program.currency_id.id,
            }
            present = settlement._convert_to_write(
                {name: settlement[name] for name in values}
            )
            if values != present:
                settlement.write(values)

    # ------------------------------------------------------------------ nightly
    @api.model
    def _cron_settle(self):
        """Draft what is not settled yet of the months that are over."""
        programs = self.env["loyalty.program"].search(
            [("edu_mode", "!=", False), ("edu_is_template", "=", False)]
        )
        return self.env["edu.job.failure"]._run_job(JOB, programs, _settle, 20)

    @api.model
    def _draft_missing(self, program):
        """Make and draw up the drafts of a program; safe to repeat."""
        first = program.company_id._edu_today().replace(day=1)
        groups = self.env["edu.points.entry"]._read_group(
            [
                ("program_id", "=", program.id),
                ("firm_id", "!=", False),
                ("state", "=", rule.AVAILABLE),
                ("date", "<", first),
            ],
            ["firm_id", "date:month"],
        )
        known = self.search([("program_id", "=", program.id)])
        settled = {(s.firm_id, s.month) for s in known}
        made = self.create(
            [
                {"program_id": program.id, "firm_id": firm.id, "month": month}
                for firm, month in groups
                if (firm, fields.Date.to_date(month)) not in settled
            ]
        )
        (made | known)._draw_up()
        return made


def _settle(programs):
    for program in programs:
        programs.env["edu.points.settlement"]._draft_missing(program)
