from odoo import models


class CrmLead(models.Model):
    """The host's win probability may rest on the intent and the three questions.

    A manager chooses them among the host's variables. They are learnt from and applied
    whoever moves a lead, and shown to those only who may see them.
    """

    _inherit = "crm.lead"

    def _pls_get_lead_pls_values(self, domain=None):
        # sudo: the probability is the same for whoever writes the lead
        return super(CrmLead, self.sudo())._pls_get_lead_pls_values(domain)

    def prepare_pls_tooltip_data(self):
        self.check_access("write")
        # sudo: the host reads each variable of the lead; the hidden ones go out again
        data = super(CrmLead, self.sudo()).prepare_pls_tooltip_data()
        for key in ("low_3_data", "top_3_data"):
            data[key] = [row for row in data[key] if self._may_see(row["field"])]
        return data

    def _may_see(self, name):
        field = self._fields.get(name)
        return not field or self._has_field_access(field, "read")
