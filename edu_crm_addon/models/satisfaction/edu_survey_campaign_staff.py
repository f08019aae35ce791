from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .edu_survey_campaign import DRAFT

EMPLOYEE = "employee"


class EduSurveyCampaign(models.Model):
    """Employees are asked like customers, but always anonymously.

    So their answers never count among those of customers: the scores of an anonymous
    wave are published by that wave only.
    """

    _inherit = "edu.survey.campaign"

    _staff_anonymous = models.Constraint(
        "CHECK (asked <> 'employee' OR is_anonymous IS TRUE)",
        "Employees are asked anonymously.",
    )
    _staff_no_event = models.Constraint(
        "CHECK (asked <> 'employee' OR frequency <> 'targeted')",
        "The events of a targeted survey are those of customers, not of employees.",
    )

    @api.onchange("asked")
    def _onchange_asked(self):
        if self.asked == EMPLOYEE:
            self.is_anonymous = True

    def write(self, vals):
        if "asked" in vals:
            self._check_staff_or_customers(vals["asked"])
        return super().write(vals)

    def _check_staff_or_customers(self, asked):
        for campaign in self.filtered(lambda c: c.state != DRAFT):
            if (campaign.asked == EMPLOYEE) != (asked == EMPLOYEE):
                raise UserError(
                    self.env._(
                        "%(campaign)s asks either customers or employees. Copy it to "
                        "ask the others.",
                        campaign=campaign.name,
                    )
                )

    def _audience_domain(self):
        if self.asked != EMPLOYEE:
            return super()._audience_domain()
        staff = (
            Domain("share", "=", False)
            & Domain("active", "=", True)
            & Domain("company_id", "=", self.company_id.id)
        )
        return Domain("user_ids", "any", staff) & self._written_domain()
