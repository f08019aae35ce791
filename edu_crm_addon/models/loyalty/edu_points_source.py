from odoo import models


class EduPointsSource(models.AbstractModel):
    """For records that earn points: the nightly job asks them before it releases those.

    Both are asked for many records at once.
    """

    _name = "edu.points.source"
    _description = "Source of points"

    def _edu_paid_on(self):
        """Return ``{record: day}`` of those that are paid in full, and since when.

        Points that wait for a payment wait for it, and then for the refund window.
        """
        return {}

    def _edu_is_void(self):
        """Return those that came to nothing: their pending points are not given."""
        return self.browse()
