from odoo import api, fields, models

from ...const import GROUP_READONLY

CLASSIFICATION = ("edu_stage_ids", "edu_type_id", "edu_nature_ids", "edu_need_ids")


class CrmLead(models.Model):
    """Classification of a lead.

    A new lead takes it from its customer, and gives it to the customer at conversion;
    either way only what the receiver does not have yet, so nothing typed is
    overwritten.
    """

    _name = "crm.lead"
    _inherit = ["crm.lead", "edu.role.mixin"]

    edu_stage_ids = fields.Many2many(
        "edu.stage",
        "edu_lead_stage_rel",
        "lead_id",
        "stage_id",
        string="Education stages",
        compute="_compute_edu_stage_ids",
        store=True,
        readonly=False,
        ondelete="restrict",
        context={"active_test": False},
        groups=GROUP_READONLY,
    )
    edu_type_id = fields.Many2one(
        "edu.education.type",
        string="Education type",
        compute="_compute_edu_type_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=GROUP_READONLY,
    )
    edu_nature_ids = fields.Many2many(
        "edu.customer.nature",
        "edu_lead_nature_rel",
        "lead_id",
        "nature_id",
        string="Customer natures",
        compute="_compute_edu_nature_ids",
        store=True,
        readonly=False,
        ondelete="restrict",
        context={"active_test": False},
        groups=GROUP_READONLY,
    )
    edu_need_ids = fields.Many2many(
        "edu.need",
        "edu_lead_need_rel",
        "lead_id",
        "need_id",
        string="Customer needs",
        compute="_compute_edu_need_ids",
        store=True,
        readonly=False,
        ondelete="restrict",
        context={"active_test": False},
        groups=GROUP_READONLY,
    )
    edu_positioning = fields.Text(
        string="Customer positioning",
        compute="_compute_edu_positioning",
        groups=GROUP_READONLY,
        help="How we enroll and teach customers of these education stages.",
    )

    @api.depends("partner_id")
    def _compute_edu_stage_ids(self):
        self._take_from_customer("edu_stage_ids")

    @api.depends("partner_id")
    def _compute_edu_type_id(self):
        self._take_from_customer("edu_type_id")

    @api.depends("partner_id")
    def _compute_edu_nature_ids(self):
        self._take_from_customer("edu_nature_ids")

    @api.depends("partner_id")
    def _compute_edu_need_ids(self):
        self._take_from_customer("edu_need_ids")

    @api.depends("edu_stage_ids")
    @api.depends_context("lang")
    def _compute_edu_positioning(self):
        for lead in self:
            notes = []
            for stage in lead.edu_stage_ids:
                notes += filter(None, (stage.enrollment_strategy, stage.teaching_plan))
            lead.edu_positioning = "\n".join(notes)

    def _take_from_customer(self, name):
        # sudo: a salesperson without education role makes leads of customers too
        unset = self.filtered(
            lambda lead: lead.partner_id.sudo().edu_is_customer and not lead[name]
        )
        for value, leads in unset.grouped(
            lambda lead: lead.partner_id.sudo()[name]
        ).items():
            leads[name] = value

    def _handle_partner_assignment(self, *args, **kwargs):
        result = super()._handle_partner_assignment(*args, **kwargs)
        self._give_to_customer()
        return result

    def _give_to_customer(self):
        """Classify the customers by their leads where they are not classified yet."""
        for lead in self.sudo():  # sudo: whoever may convert a lead hands this over
            customer = lead.partner_id
            values = {
                name: lead._fields[name].convert_to_write(lead[name], lead)
                for name in CLASSIFICATION
                if lead[name] and not customer[name]
            }
            if customer and values:
                customer.write(values)

    def action_edu_schedule_plan(self):
        """Schedule the plan of activities of the lead's education stage."""
        self.ensure_one()
        plan = self.edu_stage_ids.lead_plan_id[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": "crm.lead",
                "active_ids": self.ids,
                "plan_mode": True,
                "default_plan_id": plan.id,
            },
        }
