from odoo import api, models
from odoo.exceptions import ValidationError

from ...logic import measure as rule


class EduComplaintMeasure(models.Model):
    """Nobody carries out what follows from a complaint about oneself."""

    _inherit = "edu.complaint.measure"

    @api.constrains("user_id", "complaint_id")
    def _check_not_about_responsible(self):
        for measure in self.sudo():  # sudo: of colleagues no more than who they are
            concerned = measure.complaint_id.accused_partner_ids
            if measure.state in rule.OPEN and measure.user_id.partner_id & concerned:
                raise ValidationError(self.env["edu.complaint"]._about_assignee())


class EduComplaint(models.Model):
    """Open measures of whoever is named go to who handles the complaint."""

    _inherit = "edu.complaint"

    def _take_away_work(self, users):
        measures = self._all_measures().filtered(lambda m: m.state in rule.OPEN)
        measures.filtered(lambda m: m.user_id in users).user_id = self._successor()
        return super()._take_away_work(users)
