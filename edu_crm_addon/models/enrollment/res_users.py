from odoo import models
from odoo.fields import Command


class ResUsers(models.Model):
    _inherit = "res.users"

    def _edu_admit(self, companies):
        """Let portal users see the schools that teach their family.

        An employee's companies are not touched: that user sees what the job allows.
        """
        for user in self.filtered("share"):
            if missing := companies - user.company_ids:
                user.company_ids = [
                    Command.link(company_id) for company_id in missing.ids
                ]
