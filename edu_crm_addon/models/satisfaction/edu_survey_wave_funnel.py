from odoo import fields, models


class EduSurveyWave(models.Model):
    """How far the invitations of a wave came."""

    _name = "edu.survey.wave"
    _inherit = ["edu.survey.wave", "edu.survey.funnel.mixin"]
    _funnel_field = "wave_id"

    audience_count = fields.Integer(
        string="Audience",
        compute="_compute_funnel",
        help="All whom the campaign's conditions name, asked or not.",
    )

    def _funnel_values(self, funnel):
        return {**super()._funnel_values(funnel), "audience_count": funnel.audience}

    def action_open_invitations(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_survey_invitation_action", [("wave_id", "=", self.id)]
        )
