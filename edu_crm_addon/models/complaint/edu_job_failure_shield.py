from odoo import models


class EduJobFailure(models.Model):
    """A failure names the complaint it happened with: not to whom that is about."""

    _name = "edu.job.failure"
    _inherit = ["edu.job.failure", "edu.complaint.shield"]
