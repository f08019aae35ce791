from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...const import GROUP_READONLY
from ...logic import portrait
from ..customer.edu_customer_nature import LEARNER
from ..customer.edu_guardianship import RELATIONS

CLASSIFICATION = ("edu_stage_ids", "edu_type_id", "edu_nature_ids", "edu_need_ids")
# What a lead says of the learner rather than of who pays.
OF_THE_LEARNER = ("edu_stage_ids", "edu_need_ids", "edu_background")


class CrmLead(models.Model):
    """Who will learn, who decides for the learner, and what they are given of a lead.

    The customer of the lead (``partner_id``) pays. A new lead finds learner and
    guardian in the family of its customer. A prospect without contact names the
    learner; learner and guardianship are made once, when the customer is.

    When its customer is made, found or chosen, a lead hands over what it knows. The
    customer gets the classification, the learner stage, needs and background too;
    either only what is not known there yet. A learner the lead names becomes a contact,
    linked to the guardian, once.

    Computes of stored fields run as superuser: a salesperson without education role
    makes leads of customers too.
    """

    _inherit = "crm.lead"

    # People
    edu_learner_id = fields.Many2one(
        "res.partner",
        string="Learner",
        compute="_compute_edu_learner_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
        tracking=True,
        groups=GROUP_READONLY,
    )
    edu_guardian_id = fields.Many2one(
        "res.partner",
        string="Guardian",
        compute="_compute_edu_guardian_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
        groups=GROUP_READONLY,
    )
    edu_learner_name = fields.Char(
        string="Name of the learner",
        help="Of a prospect without contact: the learner is made with the customer.",
        groups=GROUP_READONLY,
    )
    edu_learner_birth_date = fields.Date(
        string="Birth date of the learner", groups=GROUP_READONLY
    )
    edu_relation = fields.Selection(
        RELATIONS,
        string="The customer is the learner's",
        help="Empty when customers learn themselves.",
        groups=GROUP_READONLY,
    )
    edu_portrait_fit = fields.Selection(
        [("fits", "Fits"), ("too_young", "Too young"), ("too_old", "Too old")],
        string="Customer portrait",
        compute="_compute_edu_portrait_fit",
        groups=GROUP_READONLY,
        help="The age of the learner, compared with the ages the chosen stages of "
        "education are meant for.",
    )
    # Learning
    edu_background = fields.Text(
        string="Education background",
        compute="_compute_edu_background",
        store=True,
        readonly=False,
        help="Schools attended, grade, degrees, results.",
        groups=GROUP_READONLY,
    )
    edu_learning_goal = fields.Text(
        string="Learning goal",
        help="What the learner wants to reach, as agreed in consulting.",
        groups=GROUP_READONLY,
    )
    edu_has_wish = fields.Boolean(
        string="Clear wish to learn",
        copy=False,
        tracking=True,
        help="The customer said so. Needed to enter Signing.",
        groups=GROUP_READONLY,
    )

    # ------------------------------------------------------------------ computing
    @api.depends("partner_id")
    def _compute_edu_learner_id(self):
        for lead in self:
            if not lead.edu_learner_id and lead.partner_id.edu_is_customer:
                learner = lead._learner_of_customer()
                if lead._may_refer_to(learner):
                    lead.edu_learner_id = learner

    @api.depends("partner_id", "edu_learner_id")
    def _compute_edu_guardian_id(self):
        for lead in self:
            if lead.edu_guardian_id:
                continue
            if lead.edu_learner_id or lead.partner_id.edu_is_customer:
                guardian = lead._guardian_of_learner()
                if lead._may_refer_to(guardian):
                    lead.edu_guardian_id = guardian

    def _learner_of_customer(self):
        """Return the learner if the family of the customer leaves no doubt."""
        customer = self.partner_id
        learners = customer.edu_learner_link_ids.learner_id
        if not learners and (
            customer.edu_guardian_link_ids
            or LEARNER in customer.edu_nature_ids.mapped("code")
        ):
            return customer
        return learners if len(learners) == 1 else learners.browse()

    def _guardian_of_learner(self):
        """Return the customer who has learners, else the only one, or who pays."""
        customer, learner = self.partner_id, self.edu_learner_id
        links = learner.edu_guardian_link_ids
        if not learner and customer.edu_learner_link_ids:
            return customer
        if customer in links.guardian_id:
            return customer
        guardians = (links.filtered("is_payer") or links).guardian_id
        return guardians if len(guardians) == 1 else guardians.browse()

    def _may_refer_to(self, person):
        """Tell whether the person is of the lead's company, or of none."""
        return not person.company_id or person.company_id == self.company_id

    @api.depends("partner_id", "edu_learner_id", "edu_guardian_id")
    def _compute_edu_background(self):
        self._take_from_customer("edu_background")

    @api.depends(
        "edu_learner_id.edu_birth_date",
        "edu_learner_birth_date",
        "edu_stage_ids.age_from",
        "edu_stage_ids.age_to",
        "company_id",
    )
    def _compute_edu_portrait_fit(self):
        for lead in self:
            birth = lead.edu_learner_id.edu_birth_date or lead.edu_learner_birth_date
            ages = [(stage.age_from, stage.age_to) for stage in lead.edu_stage_ids]
            today = (lead.company_id or self.env.company)._edu_today()
            lead.edu_portrait_fit = portrait.fit(birth or None, ages, today) or False

    @api.constrains("edu_learner_birth_date")
    def _check_edu_learner_birth_date(self):
        today = fields.Date.context_today(self)
        for lead in self:
            if lead.edu_learner_birth_date and lead.edu_learner_birth_date > today:
                raise ValidationError(
                    self.env._(
                        "The birth date of %(name)s lies in the future.",
                        name=lead.edu_learner_name or lead.name,
                    )
                )

    # ------------------------------------------------------------------ creating
    @api.model
    def _edu_empty_values(self, vals, is_known):
        values = super()._edu_empty_values(vals, is_known)
        if not is_known and not vals.get("edu_learner_id"):
            values.update(edu_learner_id=False, edu_guardian_id=False)
        return values

    # ------------------------------------------------------------------ handing over
    def _handle_partner_assignment(self, *args, **kwargs):
        result = super()._handle_partner_assignment(*args, **kwargs)
        # sudo: whoever may convert a lead hands over what it says
        self.sudo()._make_learners()
        self.sudo()._give_to_people()
        return result

    def action_edu_make_learner(self):
        """Make the contact of the learner the lead names, and link the guardian."""
        self.check_access("write")
        # sudo: the customer may be a colleague's
        self.sudo()._make_learners()
        self.sudo()._give_to_people()

    def _give_to_people(self):
        """Classify customer and learner by their leads where they are not yet."""
        for lead in self:
            lead._give(lead.partner_id, CLASSIFICATION)
            learner = lead.edu_learner_id or (
                lead.partner_id - lead.edu_guardian_id
            ).filtered(lambda partner: not partner.is_company)
            lead._give(learner, OF_THE_LEARNER)

    def _give(self, person, names):
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in names
            if self[name] and not person[name]
        }
        if person and values:
            person.write(values)

    def _make_learners(self):
        """Make the learner a lead names; then the lead refers to the contact."""
        for lead in self:
            name = (lead.edu_learner_name or "").strip()
            if name and lead.partner_id and not lead.edu_learner_id:
                learner = lead._find_learner(name) or lead._create_learner(name)
                if lead.edu_learner_birth_date and not learner.edu_birth_date:
                    learner.edu_birth_date = lead.edu_learner_birth_date
                lead.edu_learner_id = learner

    def _find_learner(self, name):
        """Return the learner of this name in the family of the customer."""
        customer = self.partner_id
        if customer.is_company:
            people = customer.child_ids
        else:
            people = customer | customer.edu_learner_link_ids.learner_id
        return people.filtered(
            lambda person: (
                person.name
                and person.name.strip().casefold() == name.casefold()
                and self._is_born_like(person)
            )
        )[:1]

    def _is_born_like(self, person):
        dates = {self.edu_learner_birth_date, person.edu_birth_date} - {False}
        return len(dates) < 2

    def _create_learner(self, name):
        customer = self.partner_id
        learner = customer.create(
            {
                "name": name,
                "user_id": self.user_id.id,
                "company_id": customer.company_id.id,
                "parent_id": customer.is_company and customer.id,
                "lang": customer.lang,
                "edu_is_customer": True,
            }
        )
        if not customer.is_company:
            customer.write(
                {
                    "edu_learner_link_ids": [
                        Command.create(
                            {
                                "learner_id": learner.id,
                                "relation": self.edu_relation or "other",
                                "is_payer": True,
                            }
                        )
                    ]
                }
            )
        return learner
