from odoo import api, models
from odoo.exceptions import ValidationError

from .edu_survey_campaign_staff import EMPLOYEE


class EduSurveyWave(models.Model):
    """An employee is asked as such, even if a customer or a guardian as well."""

    _inherit = "edu.survey.wave"

    @api.constrains("is_anonymous", "campaign_id")
    def _check_staff_anonymous(self):
        if any(w.campaign_id.asked == EMPLOYEE and not w.is_anonymous for w in self):
            raise ValidationError(self.env._("Employees are asked anonymously."))

    def _learning(self, asked):
        if self.campaign_id.asked != EMPLOYEE:
            return super()._learning(asked)
        # Whoever runs the campaign looks after it, no adviser of customers: what nobody
        # looks after every adviser sees.
        campaign = self.campaign_id
        owner = campaign.user_id or campaign.create_uid
        return [
            {
                "partner_id": person.id,
                "learner_id": False,
                "enrollment_id": False,
                "user_id": owner.id,
            }
            for person in asked.values()
        ]

    def _prepare_invitation_vals(self, row, person, reason):
        vals = super()._prepare_invitation_vals(row, person, reason)
        if self.campaign_id.asked == EMPLOYEE:
            vals["role"] = EMPLOYEE
        return vals
