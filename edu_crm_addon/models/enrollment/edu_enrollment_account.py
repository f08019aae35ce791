from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize, escape_psql


class EduEnrollment(models.Model):
    """The account: an adult learner has its own, siblings share a guardian's."""

    _inherit = "edu.enrollment"

    contact_id = fields.Many2one(
        "res.partner",
        string="Family contact",
        compute="_compute_contact_id",
        compute_sudo=True,
        help="Who gets the mails and the account: the learner if of age, else the "
        "guardian who pays, else the first one.",
    )
    account_user_id = fields.Many2one(
        "res.users",
        string="Account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    account_invited_at = fields.Datetime(string="Invited", readonly=True, copy=False)

    @api.depends(
        "learner_id.email",
        "learner_id.edu_birth_date",
        "learner_id.edu_guardian_link_ids.guardian_id.email",
        "learner_id.edu_guardian_link_ids.is_payer",
        "payer_id",
    )
    def _compute_contact_id(self):
        for enrollment in self:
            contacts = enrollment._contacts()
            reached = contacts.filtered(lambda person: email_normalize(person.email))
            enrollment.contact_id = reached[:1] or contacts[:1]

    def _contacts(self):
        """Return who may be written to about this enrollment, best first."""
        self.ensure_one()
        learner, payer = self.learner_id, self.payer_id
        links = learner.edu_guardian_link_ids
        guardians = links.guardian_id
        payers = payer & guardians | links.filtered("is_payer").guardian_id
        others = payers | guardians | payer.filtered(lambda p: not p.is_company)
        if self._learner_is_of_age():
            return learner | others
        return others - learner | learner

    def _learner_is_of_age(self):
        """Without a birth date, whoever has a guardian counts as a child."""
        self.ensure_one()
        learner = self.learner_id
        if learner.edu_birth_date:
            today = self.company_id._edu_today()
            return not learner._edu_needs_guardian(today)
        return not learner.edu_guardian_link_ids and (
            self.payer_id == learner or self.payer_id.is_company
        )

    # ------------------------------------------------------------------ actions
    def action_invite_account(self):
        """Invite the family to an account, or link the one it has."""
        self.check_access("write")
        # sudo: whom to write to, whoever keeps that contact
        for contact, enrollments in self.sudo().grouped("contact_id").items():
            user = enrollments._linked_user(contact) or enrollments._invite(contact)
            enrollments.write(
                {
                    "account_user_id": user.id,
                    "account_invited_at": fields.Datetime.now(),
                }
            )
        self._roll()

    def _linked_user(self, contact):
        """Return the user of the contact; an archived one is not for us to use."""
        # sudo: an agent may not look at users; this only tells whether there is one
        users = contact.sudo().with_context(active_test=False).user_ids
        if users and not users.filtered("active"):
            raise UserError(
                self.env._(
                    "The account of %s is archived. An administrator can restore it.",
                    contact.display_name,
                )
            )
        user = users.filtered("active")[:1]
        user._edu_admit(self.sudo().company_id)
        if (
            user.share
            and not user.login_date
            and any(self.mapped("account_invited_at"))
        ):
            self._wizard_line(contact).action_invite_again()
        return user

    def _wizard_line(self, contact):
        """Return the contact's line of the host's wizard."""
        # sudo: agents may not make users; the portal user of this very family they may
        wizard = self.env["portal.wizard"].sudo()
        wizard = wizard.with_company(self[:1].company_id)
        return wizard.create({"partner_ids": [Command.set(contact.ids)]}).user_ids

    def _invite(self, contact):
        """Make the portal user by the host's wizard, which sends the invitation."""
        self._check_invitable(contact)
        line = self._wizard_line(contact)
        line.action_grant_access()
        user = line.user_id
        user._edu_admit(self.sudo().company_id)
        return user

    def _check_invitable(self, contact):
        email = email_normalize(contact.email)
        if not email:
            raise UserError(
                self.env._(
                    "%s has no email address to invite.",
                    contact.display_name or self[:1].learner_id.display_name,
                )
            )
        # sudo: a login taken by somebody else would end in two families in one account
        users = self.env["res.users"].sudo().with_context(active_test=False)
        same = [("login", "=ilike", escape_psql(email))]
        if taken := users.search(same, limit=1):
            raise UserError(
                self.env._(
                    "“%(email)s” is already the login of %(other)s. Merge the two "
                    "contacts if they are the same person, or give %(contact)s "
                    "another email address.",
                    email=email,
                    other=taken.partner_id.display_name,
                    contact=contact.display_name,
                )
            )

    def _link_accounts(self):
        """Link users that the families have already; nobody is invited.

        Who has an account at another company only is left to the button.
        """
        # sudo: as in `_linked_user`
        enrollments = self.sudo()
        users = enrollments.account_user_id.search(
            [("partner_id", "in", enrollments.contact_id.ids)], order="id"
        )
        known = {user.partner_id: user for user in users}
        for (contact, company), theirs in enrollments.grouped(
            lambda enrollment: (enrollment.contact_id, enrollment.company_id)
        ).items():
            user = known.get(contact)
            if user and (not user.share or company in user.company_ids):
                theirs.account_user_id = user
