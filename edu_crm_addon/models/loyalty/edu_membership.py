from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_MANAGER

PLANNED, RUNNING, ENDED, CANCELED = "planned", "running", "ended", "canceled"
OPEN = (PLANNED, RUNNING)


class EduMembership(models.Model):
    """One term of a club membership: from a day to a day, with a level.

    Made by the confirmed order of a membership product, or given by a manager. While it
    runs the level does not fall; at its end the member is back at the level that was
    earned. A renewal is a term of its own that begins when the one before ends. Terms
    never change: what was wrong is canceled.
    """

    _name = "edu.membership"
    _description = "Club membership"
    _order = "date_to desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    grade_id = fields.Many2one(
        "res.partner.grade",
        string="Member level",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: self.env.company._edu_today(),
    )
    date_to = fields.Date(
        string="Last day",
        required=True,
        index=True,
        default=lambda self: (
            self.env.company._edu_today() + relativedelta(years=1, days=-1)
        ),
    )
    state = fields.Selection(
        [
            (PLANNED, "Planned"),
            (RUNNING, "Running"),
            (ENDED, "Ended"),
            (CANCELED, "Canceled"),
        ],
        required=True,
        readonly=True,
        default=PLANNED,
        copy=False,
    )
    reason = fields.Char(help="Why it was given, if it was not bought.")
    order_line_id = fields.Many2one(
        "sale.order.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    order_id = fields.Many2one(related="order_line_id.order_id", related_sudo=False)
    previous_grade_id = fields.Many2one(
        "res.partner.grade",
        string="Level before",
        readonly=True,
        copy=False,
        ondelete="set null",
    )
    reminded_on = fields.Date(readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A membership does not end before it begins."
    )
    _line_unique = models.UniqueIndex(
        "(order_line_id) WHERE order_line_id IS NOT NULL AND state <> 'canceled'",
        "This order line has its membership already.",
    )
    _open_idx = models.Index(
        "(partner_id, company_id) WHERE state IN ('planned', 'running')"
    )

    @api.depends("partner_id", "grade_id")
    def _compute_display_name(self):
        for term in self:
            names = (term.grade_id.name, term.partner_id.name)
            term.display_name = " – ".join(name for name in names if name)

    @api.model_create_multi
    def create(self, vals_list):
        """Begin those whose first day has come."""
        if not self.env.su:
            given = {"state", "order_line_id", "previous_grade_id", "reminded_on"}
            vals_list = [
                {name: value for name, value in vals.items() if name not in given}
                for vals in vals_list
            ]
            if any(not (vals.get("reason") or "").strip() for vals in vals_list):
                raise UserError(self.env._("Say why the membership is given."))
        terms = super().create(vals_list)
        # sudo: the level follows from the term
        terms.sudo()._begin_due()
        return terms

    def action_cancel(self):
        """Cancel a term by hand: the level is the earned one again."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(GROUP_MANAGER):
            raise UserError(self.env._("Only a manager may cancel a membership."))
        self.sudo()._cancel()  # sudo: terms are changed by these methods only

    # ------------------------------------------------------------------ states
    def _update_state(self, allowed, target, **values):
        """Change the state of those that are in an allowed one; return them."""
        moved = self.filtered(lambda term: term.state in allowed)
        if moved:
            moved.write({"state": target, **values})
        return moved

    def _begin_due(self):
        """Give the level of the terms whose first day has come."""
        for term in self.sorted("date_from"):
            if term.date_from > term.company_id._edu_today():
                continue
            partner = term.partner_id.with_company(term.company_id)
            before = partner.grade_id
            if term._update_state((PLANNED,), RUNNING, previous_grade_id=before.id):
                partner._edu_join(term.company_id)
                if not before or not before._edu_reaches(term.grade_id):
                    partner._edu_set_level(term.grade_id)

    def _end_due(self):
        over = self.filtered(lambda t: t.date_to < t.company_id._edu_today())
        over._update_state((RUNNING,), ENDED)._fall_back()

    def _cancel(self):
        begun = self.filtered(lambda term: term.state == RUNNING)
        self._update_state(OPEN, CANCELED)
        begun._fall_back()

    def _fall_back(self):
        """Back to the level that was earned, or that another term gives."""
        for term in self.sorted("id"):
            partner = term.partner_id.with_company(term.company_id)
            if partner.grade_id == term.grade_id:
                grades = term._earned_grade() | term._others(RUNNING).grade_id
                partner._edu_set_level(
                    grades._edu_best(),
                    {partner: self.env._("the membership has ended")},
                )

    def _earned_grade(self):
        """Return the earned level; without a ladder or a card, the one before."""
        self.ensure_one()
        earned = self.partner_id._edu_earned_grade(self.company_id)
        before = self.previous_grade_id
        if earned or (before.edu_is_earned and self.company_id._edu_ladder()):
            return earned
        return before - self.grade_id

    def _following(self, *states):
        """Return other terms of the same person and level that are not over."""
        return self._others(*states).filtered(lambda t: t.grade_id == self.grade_id)

    def _others(self, *states):
        """Return other terms of the same person that are not over."""
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "in", states),
                ("date_to", ">=", self.company_id._edu_today()),
            ],
            order="date_to desc",
        )
