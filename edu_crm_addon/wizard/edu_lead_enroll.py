from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EduLeadEnroll(models.TransientModel):
    """From an opportunity to a quotation for a course, and to the enrollment.

    The customer of the opportunity pays. Customer and learner are made from the
    opportunity's own data if they are no contacts yet.
    """

    _name = "edu.lead.enroll"
    _description = "Enroll from an opportunity"

    lead_id = fields.Many2one("crm.lead", required=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_people",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="Who pays. Empty: made from the opportunity.",
    )
    learner_id = fields.Many2one(
        "res.partner",
        compute="_compute_people",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain=[("is_company", "=", False)],
        help="Empty: who the opportunity names, else the only learner of the customer, "
        "else the customer.",
    )
    partner_hint = fields.Char(
        compute="_compute_hints", export_string_translation=False
    )
    learner_hint = fields.Char(
        compute="_compute_hints", export_string_translation=False
    )
    course_id = fields.Many2one(
        "product.product",
        required=True,
        domain="[('service_tracking', '=', 'edu_course'), ('sale_ok', '=', True), "
        "('company_id', 'in', (False, company_id))]",
    )
    run_id = fields.Many2one(
        "edu.course.run",
        string="Course run",
        domain="[('product_tmpl_id.product_variant_ids', 'in', course_id),"
        " ('company_id', '=', company_id)]",
    )
    seats_free = fields.Integer(related="run_id.seats_free", related_sudo=False)
    seats = fields.Integer(related="run_id.seats", related_sudo=False)
    quantity = fields.Float(string="Number of terms", default=1.0)
    date_start = fields.Date(
        string="Course begins",
        help="Empty: with the run, or on the day of the confirmation.",
    )
    payment_term_id = fields.Many2one("account.payment.term", string="Payment")
    confirm = fields.Boolean(
        string="Confirm at once",
        help="The customer has signed on paper: enroll the learner now.",
    )

    @api.depends("lead_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.lead_id.company_id or self.env.company

    @api.depends("lead_id")
    def _compute_people(self):
        for wizard in self:
            lead = wizard.lead_id
            wizard.partner_id = lead.edu_guardian_id or lead.partner_id
            wizard.learner_id = lead.edu_learner_id

    @api.depends("lead_id")
    @api.depends_context("lang")
    def _compute_hints(self):
        """Say who is made from the lead when nobody is chosen."""
        for wizard in self:
            lead = wizard.lead_id
            names = lead.contact_name or lead.partner_name or lead.name
            wizard.partner_hint = wizard._hint(names)
            wizard.learner_hint = wizard._hint(lead.edu_learner_name)

    def _hint(self, name):
        return name and self.env._("%(name)s, a new contact", name=name)

    @api.onchange("course_id")
    def _onchange_course_id(self):
        if self.run_id.product_tmpl_id != self.course_id.product_tmpl_id:
            self.run_id = False

    def action_enroll(self):
        """Make the quotation, confirm it if asked to, and open it."""
        self.ensure_one()
        if self.quantity <= 0:
            raise UserError(self.env._("The number of terms must be positive."))
        order = self.env["sale.order"].create(self._prepare_order_vals())
        if self.confirm:
            order.action_confirm()
        return order.get_formview_action()

    def _prepare_order_vals(self):
        lead = self.lead_id
        customer = self._complete_lead()
        return {
            "partner_id": customer.id,
            "company_id": self.company_id.id,
            "opportunity_id": lead.id,
            "user_id": lead.user_id.id or self.env.uid,
            "team_id": lead.team_id.id,
            "campaign_id": lead.campaign_id.id,
            "medium_id": lead.medium_id.id,
            "source_id": lead.source_id.id,
            "tag_ids": [Command.set(lead.tag_ids.ids)],
            **(
                {"payment_term_id": self.payment_term_id.id}
                if self.payment_term_id
                else {}
            ),
            "order_line": [
                Command.create(
                    {
                        "product_id": self.course_id.id,
                        "product_uom_qty": self.quantity,
                        "edu_learner_id": (self.learner_id or lead.edu_learner_id).id,
                        "edu_run_id": self.run_id.id,
                        "edu_date_start": self.date_start,
                    }
                )
            ],
        }

    def _complete_lead(self):
        """Give the lead the people it lacks; return who pays."""
        lead, chosen = self.lead_id, self.partner_id
        if self.learner_id and not lead.edu_learner_id:
            lead.edu_learner_id = self.learner_id
        lead._handle_partner_assignment(
            force_partner_id=not lead.partner_id and chosen.id, create_missing=True
        )
        return chosen or lead.edu_guardian_id or lead.partner_id
