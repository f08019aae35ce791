from odoo import models


class RatingRating(models.Model):
    """Every employee may read ratings; those of complaints go with the complaint."""

    _name = "rating.rating"
    _inherit = ["rating.rating", "edu.complaint.shield"]
    _edu_conceal_unreadable = True
