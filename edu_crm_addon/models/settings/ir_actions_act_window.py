from odoo import api, models

from ...const import MODULE


class IrActionsActWindow(models.Model):
    _inherit = "ir.actions.act_window"

    @api.model
    def _edu_open(self, name, domain, context=None):
        """Return our action ``name``, showing what is in ``domain``.

        Without a context it creates nothing: what it shows comes to be in other ways.
        """
        action = self._for_xml_id(f"{MODULE}.{name}")
        action["domain"] = list(domain)
        action["context"] = {"create": False} if context is None else context
        return action
