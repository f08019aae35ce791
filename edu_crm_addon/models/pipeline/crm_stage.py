from odoo import api, fields, models
from odoo.exceptions import ValidationError

STEPS = [
    ("prospect", "Prospect"),
    ("consulting", "Consulting"),
    ("trial", "Trial"),
    ("signing", "Signing"),
    ("payment", "Fee payment"),
    ("enrolled", "Enrolled"),
]
# Who wants to learn, and has said so, gets here.
STEPS_OF_SIGNING = ("signing", "payment", "enrolled")
ROLES = [
    ("adviser", "Adviser"),
    ("teacher", "Teacher"),
    ("leader", "Team leader"),
    ("finance", "Finance"),
]


class CrmStage(models.Model):
    """Steps of the education pipeline, each with the person in charge.

    The operating standard is the host's ``requirements``, the time limit its
    ``rotting_threshold_days``. A stage with a step belongs to education teams and to
    nobody else. Every salesperson reads stages, so these fields need no education role.
    """

    _name = "crm.stage"
    _inherit = ["crm.stage", "edu.role.mixin", "edu.fetch.mixin"]
    _edu_host_fields = frozenset({"edu_step"})  # every lead asks for it

    # The host has it in one language; our standards come in two.
    requirements = fields.Text(translate=True)
    edu_step = fields.Selection(
        STEPS,
        string="Education step",
        help="What the stage means in the education process. Empty on other stages.",
    )
    edu_role = fields.Selection(
        ROLES, string="Person in charge", help="Who acts while a lead is in this stage."
    )

    @api.constrains("edu_step", "team_ids")
    def _check_edu_teams(self):
        """Without a team the host would share the stage with all teams there are."""
        for stage in self.with_context(active_test=False):
            if stage.edu_step and not stage.team_ids:
                raise ValidationError(
                    self.env._(
                        "“%(stage)s” is a step of the education pipeline: choose the "
                        "sales teams it belongs to.",
                        stage=stage.name,
                    )
                )

    def _is_of_signing(self):
        """Tell whether a lead gets here only when the customer wants to learn."""
        self.ensure_one()
        return self.edu_step in STEPS_OF_SIGNING or self.is_won
