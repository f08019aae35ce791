from odoo import models
from odoo.fields import Command

CLASSIFICATION = ("edu_stage_ids", "edu_type_id", "edu_nature_ids", "edu_need_ids")
# What a lead says of the learner rather than of who pays.
OF_THE_LEARNER = ("edu_stage_ids", "edu_need_ids", "edu_background")


class CrmLead(models.Model):
    """What a lead hands over when its customer is made, found or chosen.

    The customer gets the classification, the learner stage, needs and background too;
    either only what is not known there yet. A learner the lead names becomes a contact,
    linked to the guardian, once.
    """

    _inherit = "crm.lead"

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
