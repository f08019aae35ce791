from odoo import fields, models

from ...const import GROUP_READONLY

TEMPLATE_INFORMATION = "edu_crm_addon.mail_template_crm_lead_information"
TEMPLATE_INVITATION = "edu_crm_addon.mail_template_crm_lead_invitation"
TEMPLATE_CONGRATULATION = "edu_crm_addon.mail_template_crm_lead_congratulation"
TEMPLATE_SYMPATHY = "edu_crm_addon.mail_template_crm_lead_sympathy"


class CrmLead(models.Model):
    """What an adviser sends to a prospect, through the host's composer.

    Course information goes out with the documents of the chosen courses: introduction,
    study plan and success cases. Every message is in the chatter of the lead.
    """

    _inherit = "crm.lead"

    edu_course_ids = fields.Many2many(
        "product.template",
        "edu_lead_course_rel",
        "lead_id",
        "course_id",
        string="Courses of interest",
        domain=[("sale_ok", "=", True)],
        groups=GROUP_READONLY,
    )

    def action_edu_send_information(self):
        return self._edu_compose(TEMPLATE_INFORMATION)

    def action_edu_send_invitation(self):
        return self._edu_compose(TEMPLATE_INVITATION)

    def action_edu_send_congratulation(self):
        return self._edu_compose(TEMPLATE_CONGRATULATION)

    def action_edu_send_sympathy(self):
        return self._edu_compose(TEMPLATE_SYMPATHY)

    def _edu_compose(self, xmlid):
        """Return the action that opens the composer with a template of ours."""
        self.ensure_one()
        template = self.env.ref(xmlid, raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send information"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template and template.id,
                "default_composition_mode": "comment",
            },
        }

    def _process_attachments_for_template_post(self, mail_template):
        result = super()._process_attachments_for_template_post(mail_template)
        information = self.env.ref(TEMPLATE_INFORMATION, raise_if_not_found=False)
        if mail_template != information:
            return result
        # sudo: the school has marked these documents for prospects
        for lead in self.sudo():
            documents = lead.edu_course_ids.product_document_ids.filtered("edu_kind")
            result.setdefault(lead.id, {}).setdefault("attachment_ids", []).extend(
                documents.ir_attachment_id.ids
            )
        return result
