from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """The working time of calendars is remembered, until a public leave changes it."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._edu_forget_working_time()
        return leaves

    def write(self, vals):
        self._edu_forget_working_time()
        result = super().write(vals)
        self._edu_forget_working_time()
        return result

    def unlink(self):
        self._edu_forget_working_time()
        return super().unlink()

    def _edu_forget_working_time(self):
        """Leaves of a single employee change no calendar."""
        if not all(leave.resource_id for leave in self):
            self.env.registry.clear_cache()
