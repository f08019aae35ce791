from odoo import api, models


class EduJobFailure(models.Model):
    """A failure names the complaint it happened with: not to whom that is about."""

    _name = "edu.job.failure"
    _inherit = ["edu.job.failure", "edu.complaint.shield"]

    @api.model
    def _concealable_models(self):
        """Jobs handle whatever belongs to a complaint."""
        return self.env["edu.complaint"]._shielded_models()
