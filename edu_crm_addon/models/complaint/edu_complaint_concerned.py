from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import SQL, ormcache

from ...const import GROUP_LEADER


class EduComplaint(models.Model):
    """Whom it is about: they neither record it nor work on it, nor ever see it.

    Who is named is named in what follows from it and in what it is merged into as well.
    Only a leader says that somebody is not concerned after all.
    """

    _inherit = "edu.complaint"
    # A row of the chatter, an activity… on it is hidden from whom it is about.
    _conceals_rows = True

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_oneself(vals)
        complaints = super().create(vals_list)
        complaints.filtered("previous_id")._share_concerned()
        return complaints

    def write(self, vals):
        if {"accused_partner_ids", "merged_into_id", "previous_id"}.isdisjoint(vals):
            self._check_new_handler(vals)
            return super().write(vals)
        # sudo: to compare, whoever is named
        before = {complaint: complaint.accused_partner_ids for complaint in self.sudo()}
        self._check_not_oneself(vals)
        result = super().write(vals)
        for complaint, concerned in before.items():
            if complaint.accused_partner_ids != concerned:
                complaint._after_concerned_changed(concerned)
        self._share_concerned()
        return result

    # ------------------------------------------------------------------ guards
    @api.model
    def _check_not_oneself(self, vals):
        """Whoever records or changes it is not whom it is about."""
        commands = vals.get("accused_partner_ids")
        if self.env.su or not commands:
            return
        named = self.new({"accused_partner_ids": commands}).accused_partner_ids
        if self.env.user.partner_id not in named._origin:
            return
        raise UserError(
            self.env._(
                "You cannot record a complaint about yourself. A colleague has to."
            )
        )

    def _check_new_handler(self, vals):
        """Who hands it over by hand is told; what is automatic goes up the ladder."""
        if self.env.su or not vals.get("user_id"):
            return
        # sudo: of the colleague no more than who it is
        user = self.env["res.users"].sudo().browse(vals["user_id"])
        if user.partner_id in self.accused_partner_ids:
            raise ValidationError(self._about_assignee())

    @api.model
    def _check_may_clear(self):
        user = self.env.user
        if not (user._is_superuser() or user.has_group(GROUP_LEADER)):
            raise UserError(
                self.env._(
                    "Only a leader says that somebody is not concerned after all."
                )
            )

    @api.constrains("delegate_id", "improvement_user_id")
    def _check_helpers(self):
        for complaint in self.sudo():  # sudo: of colleagues no more than who they are
            helpers = complaint.delegate_id | complaint.improvement_user_id
            if helpers.partner_id & complaint.accused_partner_ids:
                raise ValidationError(self._about_assignee())

    @api.model
    def _about_assignee(self):
        return self.env._("Nobody is given a complaint about oneself.")

    # ------------------------------------------------------------------ who is named
    def _share_concerned(self):
        """Name them in the complaints that follow, and in the one it is merged into."""
        # sudo: those may belong to another team
        complaints = self.sudo()
        later = complaints.search([("previous_id", "in", self.ids)])
        pairs = [(complaint.previous_id, complaint) for complaint in complaints | later]
        pairs += [(complaint, complaint.merged_into_id) for complaint in complaints]
        for source, target in pairs:
            missing = source.accused_partner_ids - target.accused_partner_ids
            if target and missing:
                target.accused_partner_ids = [Command.link(id_) for id_ in missing.ids]

    def _after_concerned_changed(self, before):
        """Called by sudo when somebody is named, or is no longer."""
        self.ensure_one()
        if before - self.accused_partner_ids:
            self._check_may_clear()
        named = self.accused_partner_ids - before
        if named:
            self._take_away_from(named)
        names = self.env._(
            "Staff concerned: %s",
            ", ".join(self.accused_partner_ids.mapped("display_name")) or "–",
        )
        self._message_log(body=names)

    # ------------------------------------------------------------------ for the shield
    @api.model
    @ormcache()
    def _confidential_models(self):
        """Return what is no open list: complaints and all that belongs to them."""
        children = (
            name
            for name, model in self.env.registry.items()
            if model._auto
            and not model._abstract
            and not model._transient
            and (field := model._fields.get("complaint_id"))
            and field.comodel_name == self._name
            and field.store
        )
        return (self._name, *children)

    @api.model
    @ormcache()
    def _shielded_models(self):
        """Return the models that are hidden from whom a complaint is about."""
        return tuple(
            name
            for name in self._confidential_models()
            if getattr(self.env.registry[name], "_conceals_rows", True)
        )

    @api.model
    def _complaint_of(self, document):
        """Return the complaint a record of a shielded model belongs to, by sudo."""
        document = document.sudo()  # sudo: to tell who must not see it
        return document if document._name == self._name else document.complaint_id

    @api.model
    def _those_about(self, documents, partner):
        """Return those of ``documents``, of a shielded model, that are about one."""
        return documents.filtered(
            lambda d: partner in self._complaint_of(d).accused_partner_ids
        )

    @api.model
    def _about_sql(self, name, number):
        """Return, as SQL, whether document ``number`` of model ``name`` is about us."""
        # Asked for inside the query: reading the user here would be one more.
        person = SQL("(SELECT partner_id FROM res_users WHERE id = %s)", self.env.uid)
        if name == self._name:
            return SQL(
                "EXISTS (SELECT FROM edu_complaint_accused_rel"
                " WHERE complaint_id = %s AND partner_id = %s)",
                number,
                person,
            )
        return SQL(
            "EXISTS (SELECT FROM %s child JOIN edu_complaint_accused_rel rel"
            " ON rel.complaint_id = child.complaint_id"
            " WHERE child.id = %s AND rel.partner_id = %s)",
            SQL.identifier(self.env[name]._table),
            number,
            person,
        )
