from odoo import api, fields, models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

SCREENING_CRON = "edu_crm_addon.ir_cron_lead_screening"
CHANGED_AT = "edu_crm_addon.screening_changed_at"


class EduScreeningMixin(models.AbstractModel):
    """For what a manager configures of the screening: a change screens all leads again.

    Rules and levels are read by every screening, so they are cached; the scheduler
    screens the leads again in the background.
    """

    _name = "edu.screening.mixin"
    _description = "Configuration of the screening"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", ondelete="cascade", help="Empty: for all companies."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._after_screening_changed()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._after_screening_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._after_screening_changed()
        return result

    @api.model
    def _after_screening_changed(self):
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            return
        self.env.registry.clear_cache()
        # sudo: a manager may change rules, not parameters and jobs
        parameters = self.env["ir.config_parameter"].sudo()
        now = fields.Datetime.to_string(fields.Datetime.now())
        parameters.set_param(CHANGED_AT, now)
        job = self.env.ref(SCREENING_CRON, raise_if_not_found=False)
        if job:  # the rules of the installation come before it
            job.sudo()._trigger()

    @api.model
    def _applies_to(self, company_id):
        """Return the companies whose records hold for ``company_id``, nearest first."""
        # sudo: a branch follows its parents, whether the user may see them or not
        company = self.env["res.company"].sudo().browse(company_id or [])
        return [*reversed(company.parent_ids.ids), False]
