from odoo import models


class IrHttp(models.AbstractModel):
    """Portal pages with messages speak the language of the family.

    The host draws them with templates of ``mail`` but sends the browser the words of
    ``mail`` only on a website.
    """

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "mail"]
