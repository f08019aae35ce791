from odoo import api, fields, models

from ...const import GROUP_READONLY

# What a lead takes from its learner or customer.
TAKEN = (
    "edu_stage_ids",
    "edu_type_id",
    "edu_nature_ids",
    "edu_need_ids",
    "edu_background",
)
# What the host and we ask of the companies and of the contact of every new lead.
ASKED_OF_COMPANY = (
    "active",
    "parent_path",
    "partner_id",
    "currency_id",
    "alias_domain_id",
)
ASKED_OF_CONTACT = (
    "active",
    "name",
    "is_company",
    "company_id",
    "parent_id",
    "company_name",
    "function",
    "website",
    "email",
    "phone",
    "lang",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "edu_is_customer",
    "edu_relationship",
)

TEMPLATE_INFORMATION = "edu_crm_addon.mail_template_crm_lead_information"
TEMPLATE_INVITATION = "edu_crm_addon.mail_template_crm_lead_invitation"
TEMPLATE_CONGRATULATION = "edu_crm_addon.mail_template_crm_lead_congratulation"
TEMPLATE_SYMPATHY = "edu_crm_addon.mail_template_crm_lead_sympathy"


class CrmLead(models.Model):
    """Classification of a lead, and what an adviser sends to the prospect.

    A new lead takes its classification from its learner or customer, and hands it over
    at conversion (``crm_lead_people``); either way only what the receiver does not have
    yet, so nothing typed is overwritten.

    Course information goes out through the host's composer, with the documents of the
    chosen courses: introduction, study plan and success cases. Every message is in the
    chatter of the lead.
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
    edu_source_route = fields.Selection(
        string="Route of the source",
        related="source_id.edu_route",
        groups=GROUP_READONLY,
    )
    edu_positioning = fields.Text(
        string="Customer positioning",
        compute="_compute_edu_positioning",
        groups=GROUP_READONLY,
        help="How we enroll and teach customers of these education stages.",
    )
    edu_course_ids = fields.Many2many(
        "product.template",
        "edu_lead_course_rel",
        "lead_id",
        "course_id",
        string="Courses of interest",
        domain=[("sale_ok", "=", True)],
        groups=GROUP_READONLY,
    )

    # ------------------------------------------------------------------ computing
    @api.depends("partner_id", "edu_learner_id")
    def _compute_edu_stage_ids(self):
        self._take_from_customer("edu_stage_ids")

    @api.depends("partner_id", "edu_learner_id")
    def _compute_edu_type_id(self):
        self._take_from_customer("edu_type_id")

    @api.depends("partner_id")
    def _compute_edu_nature_ids(self):
        self._take_from_customer("edu_nature_ids")

    @api.depends("partner_id", "edu_learner_id")
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
        """Fill what is empty from the learner; the nature is that of who pays.

        Runs as superuser, like every stored compute: a salesperson without education
        role makes leads of customers too.
        """
        leads_by_value = {}
        for lead in self:
            value = lead._known_of_people(name)
            if value and not lead[name]:
                leads_by_value.setdefault(value, self.browse())
                leads_by_value[value] |= lead
        for value, leads in leads_by_value.items():
            leads[name] = value

    def _known_of_people(self, name):
        for person in self._people_asked(name):
            if person.edu_is_customer and (value := person[name]):
                return value
        return False

    def _people_asked(self, name):
        """Return who may know: a guardian's background is not the learner's."""
        learner, customer = self.edu_learner_id, self.partner_id
        if name == "edu_nature_ids":
            return (customer,)
        if name == "edu_background" and customer == self.edu_guardian_id:
            return (learner,)
        return (learner, customer)

    # ------------------------------------------------------------------ creating
    @api.model
    def _prepare_create_values(self, vals_list):
        """Most leads of a company have nothing to do with education: nothing of ours is
        computed when it would be empty anyway. What is asked is read, and no more: the
        settings of a company and the whole contact take longer than all of ours.
        """
        companies = self.env["res.company"].sudo()  # sudo: as the host reads them
        companies.browse(self.env.user._get_company_ids()).fetch(ASKED_OF_COMPANY)
        result = super()._prepare_create_values(vals_list)
        partners = self.env["res.partner"].browse(
            {vals["partner_id"] for vals in result if vals.get("partner_id")}
        )
        # sudo: a salesperson without education role makes leads of customers too
        partners = partners.sudo()
        partners.fetch(ASKED_OF_CONTACT)
        customers = set(partners.filtered("edu_is_customer").ids)
        for vals in result:
            is_known = vals.get("partner_id") in customers
            for name, value in self._edu_empty_values(vals, is_known).items():
                vals.setdefault(name, value)
        return result

    @api.model
    def _edu_empty_values(self, vals, is_known):
        """Hook: return what a new lead is to have without a compute.

        That is what the host asks for while it makes the lead; the rest is called off
        afterwards, which is cheaper.

        :param bool is_known: whether the customer is an education customer
        """
        return {}

    def _edu_after_create(self):
        result = super()._edu_after_create()
        unknown = self.filtered(
            lambda lead: (
                not (
                    lead.partner_id.edu_is_customer
                    or lead.edu_learner_id.edu_is_customer
                )
            )
        )
        unknown._edu_leave_empty(*TAKEN)
        return result

    def _edu_leave_empty(self, *names):
        for name in names:
            self.env.remove_to_compute(self._fields[name], self)

    # ------------------------------------------------------------------ activities
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

    # ------------------------------------------------------------------ sending
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
