from odoo import api, models
from odoo.exceptions import UserError

# What a member gets by a rule: a change of it is a new version.
GIVES = (
    "points",
    "hold",
    "hold_days",
    "expiry_months",
    "date_from",
    "date_to",
    "stage_ids",
    "course_ids",
    "use_multiplier",
    "member_limit",
    "month_limit",
    "budget",
)
# What entries are of: a rule that has some keeps it.
OF_ENTRIES = ("program_id", "event")


class EduPointsRule(models.Model):
    """A change of what a rule gives is a new version; entries keep theirs."""

    _inherit = "edu.points.rule"

    @api.model_create_multi
    def create(self, vals_list):
        # Nobody begins with another number, by whatever path.
        return super().create([{**vals, "version": 1} for vals in vals_list])

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "version"}
        self._check_of_entries(vals)
        if not set(GIVES) & vals.keys():
            return super().write(vals)
        before = {earning: earning._gives() for earning in self}
        result = super().write(vals)
        changed = self.filtered(lambda r: r._gives() != before[r])
        for version, rules in changed.grouped("version").items():
            super(EduPointsRule, rules).write({"version": version + 1})
        return result

    def _gives(self):
        self.ensure_one()
        return [
            self[name].ids if self._fields[name].relational else self[name]
            for name in GIVES
        ]

    def _check_of_entries(self, vals):
        for earning in self:
            if (
                any(
                    name in vals
                    and earning._fields[name].convert_to_write(earning[name], earning)
                    != vals[name]
                    for name in OF_ENTRIES
                )
                and earning._has_entries()
            ):
                raise UserError(
                    self.env._(
                        "“%s” has given points already. Archive it, and make another "
                        "rule.",
                        earning.name,
                    )
                )

    def _has_entries(self):
        # sudo: those of members nobody may read, too
        entries = self.env["edu.points.entry"].sudo()
        return bool(entries.search_count([("rule_id", "in", self.ids)], limit=1))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        if self._has_entries():
            raise UserError(
                self.env._("A rule that has given points is archived, not deleted.")
            )
