from itertools import pairwise

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from ...logic import complaint as rule

# The moments between which a step was worked on, in order.
MOMENTS = (
    "received_at",
    "recorded_at",
    "assessed_at",
    "planned_at",
    "decided_at",
    "closed_at",
)
BETWEEN = (rule.RECORD, rule.ASSESS, rule.PLAN, rule.IMPLEMENT, rule.FEEDBACK)


class EduComplaint(models.Model):
    """How complaints stand on the board, and how long each step took."""

    _inherit = "edu.complaint"

    state = fields.Selection(group_expand="_expand_states")
    step_times = fields.Text(string="Time in each step", compute="_compute_step_times")

    @api.depends("state", *MOMENTS)
    @api.depends_context("lang")
    def _compute_step_times(self):
        now = fields.Datetime.now()
        names = dict(self._fields["state"]._description_selection(self.env))
        locale = babel_locale_parse(get_lang(self.env).code)
        for complaint in self:
            complaint.step_times = "\n".join(
                f"{names[step]}: {format_timedelta(seconds, locale=locale)}"
                for step, seconds in complaint._step_seconds(now).items()
            )

    def _step_seconds(self, now):
        """Return ``{step: seconds}``; the present step has lasted until ``now``."""
        self.ensure_one()
        seconds = {}
        moments = [self[name] for name in MOMENTS if self[name]]
        for step, (begun, left) in zip(
            BETWEEN, pairwise(self[name] for name in MOMENTS), strict=True
        ):
            if begun and left and left > begun:
                seconds[step] = int((left - begun).total_seconds())
        if self.state in rule.STEPS and moments:
            seconds[self.state] = max(0, int((now - max(moments)).total_seconds()))
        return seconds

    # ------------------------------------------------------------------ columns
    @api.model
    def _expand_states(self, states, domain):
        """The seven steps and the end are columns, whether something is in them."""
        return [*rule.STEPS, rule.CLOSED]

    @api.model
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        groups = super().formatted_read_group(domain, groupby, *args, **kwargs)
        if tuple(groupby) == ("state",) and self._web_read_group_field_expand(groupby):
            for group in groups:
                group["__fold"] = group["state"] in rule.DONE
        return groups
