from odoo import api, fields, models
from odoo.fields import Domain

from ...const import MODULE
from ...logic import survey_funnel as rule


class EduSurveyFunnelMixin(models.AbstractModel):
    """What has invitations counts them by how far they came.

    Counted are the invitations that the user may see: an agent's are those of own
    customers. A list costs one query for all of its records.
    """

    _name = "edu.survey.funnel.mixin"
    _description = "Steps of invitations"
    # The field of an invitation that names a record of the model.
    _funnel_field = None

    eligible_count = fields.Integer(
        string="Could be asked",
        compute="_compute_funnel",
        help="Has an address, wants surveys, and was not asked about the event before.",
    )
    capped_count = fields.Integer(
        string="Asked too recently",
        compute="_compute_funnel",
        help="Left out because of the rest between two surveys.",
    )
    invited_count = fields.Integer(string="Invited", compute="_compute_funnel")
    opened_count = fields.Integer(
        string="Link opened",
        compute="_compute_funnel",
        help="Those who answered included.",
    )
    partial_count = fields.Integer(string="Partly answered", compute="_compute_funnel")
    done_count = fields.Integer(string="Answered", compute="_compute_funnel")
    response_rate = fields.Float(
        string="Response rate",
        compute="_compute_funnel",
        digits=(5, 4),
        help="Those who answered, of those who have been invited.",
    )
    funnel = fields.Html(compute="_compute_funnel_picture", sanitize=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_funnel(self):
        funnels = self._funnels()
        for record in self:
            funnel = funnels.get(record._origin.id, rule.Funnel())
            record.update(record._funnel_values(funnel))

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_funnel_picture(self):
        funnels = self._funnels()
        for record in self:
            funnel = funnels.get(record._origin.id, rule.Funnel())
            record.funnel = self.env["ir.qweb"]._render(
                f"{MODULE}.edu_survey_funnel", {"funnel": funnel}
            )

    def _funnel_values(self, funnel):
        """Return the values of the fields that show ``funnel``."""
        return {
            "eligible_count": funnel.eligible,
            "capped_count": funnel.capped,
            "invited_count": funnel.invited,
            "opened_count": funnel.opened,
            "partial_count": funnel.partial,
            "done_count": funnel.done,
            "response_rate": funnel.response_rate,
        }

    def _funnels(self):
        """Return the funnel of each record that has invitations, by id."""
        counts = {}
        name = self._funnel_field
        rows = self.env["edu.survey.invitation"]._read_group(
            self._funnel_domain(),
            [name, "state", "skip_reason"],
            ["__count"],
        )
        for record, state, reason, number in rows:
            counts.setdefault(record.id, {})[state, reason or None] = number
        return {key: rule.funnel(value) for key, value in counts.items()}

    def _funnel_domain(self):
        return Domain(self._funnel_field, "in", self._origin.ids)
