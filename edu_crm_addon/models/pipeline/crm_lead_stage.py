from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...const import FIELD_PREFIX
from .crm_team import CONTEXT_KEY

NOT_FOLDED = [("fold", "=", False)]


class CrmLead(models.Model):
    """Stages: leads of education teams move through stages of their own, to an end.

    The host shares a stage without team with every team. An education team has its own
    stages only, and these appear nowhere else. Teams of any other kind work as before.
    What happens around a lead brings it forward by itself, never back.

    Won, a lead tells higher areas; lost, one of an education team keeps the reason,
    however it was lost. The host's win probability may rest on the intent and the three
    questions: a manager chooses them among the host's variables. They are learnt from
    and applied whoever moves a lead, and shown to those only who may see them.

    Merging leads, by hand or at assignment, loses none of what we know.
    """

    _inherit = "crm.lead"

    # Every salesperson: the form shows the stages of the team by it.
    edu_is_education = fields.Boolean(
        string="Education lead",
        related="team_id.edu_is_education",
        groups="edu_crm_addon.group_edu_readonly,sales_team.group_sale_salesman",
    )

    # ------------------------------------------------------------------ computing
    @api.depends("user_id", "type")
    def _compute_team_id(self):
        """An education team keeps its leads until somebody of another one owns them."""
        education = self._of_education_teams()
        result = super(CrmLead, self - education)._compute_team_id()
        for (team, user), leads in education.grouped(
            lambda lead: (lead.team_id, lead.user_id)
        ).items():
            if user and not team._is_worked_in_by(user):
                teams = team.with_context(**{CONTEXT_KEY: True})
                other = teams._get_default_team_id(user_id=user.id)
                if other._is_worked_in_by(user):
                    leads.team_id = other
        return result

    @api.depends("team_id", "type")
    def _compute_stage_id(self):
        """Who comes to an education team, or leaves it, starts in the first stage."""
        education = self._of_education_teams()
        result = super(CrmLead, self - education)._compute_stage_id()
        misplaced = self._concerned_by_stage().filtered(
            lambda lead: not (lead.stage_id and lead._fits_stage())
        )
        for team, leads in misplaced.grouped("team_id").items():
            stage = leads._stage_find(team_id=team.id, domain=NOT_FOLDED)
            leads.stage_id = stage or leads._stage_find(team_id=team.id)
        return result

    # ------------------------------------------------------------------ constraints
    @api.constrains("team_id", "stage_id")
    def _check_stage(self):
        leads = self._concerned_by_stage()
        leads._check_stage_of_team()
        leads._check_wish_before_signing()

    def _check_stage_of_team(self):
        for lead in self:
            if not lead._fits_stage():
                raise ValidationError(
                    self.env._(
                        "“%(stage)s” is no stage of the team of “%(lead)s”. Education "
                        "teams have stages of their own: change the team first.",
                        stage=lead.stage_id.name,
                        lead=lead.name,
                    )
                )

    def _check_wish_before_signing(self):
        for lead in self:
            stage = lead.stage_id
            if not (lead.team_id.edu_is_education and stage._is_of_signing()):
                continue
            if not lead._has_clear_wish():
                raise ValidationError(
                    self.env._(
                        "“%(lead)s” cannot enter “%(stage)s” yet: the customer has not "
                        "stated a clear wish to learn. Tick it on the page Education "
                        "of the lead, or screen the lead as of high intent.",
                        lead=lead.name,
                        stage=stage.name,
                    )
                )

    @api.constrains("active", "probability", "lost_reason_id")
    def _check_lost_reason(self):
        for lead in self:
            if lead.active or lead.won_status == "won" or lead.lost_reason_id:
                continue
            if lead.team_id.edu_is_education:
                raise ValidationError(
                    self.env._(
                        "Why is “%(lead)s” lost? Leads of education teams need a lost "
                        "reason before they are archived.",
                        lead=lead.name,
                    )
                )

    def _has_clear_wish(self):
        """Tell whether the customer said so, or was screened as of high intent."""
        self.ensure_one()
        return self.edu_has_wish or self.edu_intent == "high"

    def _of_education_teams(self):
        return self.filtered(lambda lead: lead.team_id.edu_is_education)

    def _concerned_by_stage(self):
        """Return the leads whose stage is ours to say something about."""
        return self.filtered(
            lambda lead: lead.team_id.edu_is_education or lead.stage_id.edu_step
        )

    def _fits_stage(self):
        """Tell whether the stage of a lead it concerns is one of the team, if any."""
        self.ensure_one()
        # sudo: no matter which teams the user sees
        stage = self.stage_id.sudo().with_context(active_test=False)
        return not stage or self.team_id in stage.team_ids

    # ------------------------------------------------------------------ moving
    def _edu_move_to_step(self, step):
        """Bring open leads forward to their team's stage of ``step``; safe to repeat.

        :return: the leads that really moved
        """
        # sudo: whoever plans, orders or pays moves the lead, whosever it is
        leads = self.sudo().filtered(
            lambda lead: lead.active and lead.won_status == "pending" and lead.team_id
        )
        if not leads:
            return leads
        stages = leads.env["crm.stage"].search([("edu_step", "=", step)])
        moves = defaultdict(leads.browse)
        for lead in leads:
            stage = stages.filtered(lambda s, team=lead.team_id: team in s.team_ids)[:1]
            if stage and lead.stage_id.sequence < stage.sequence:
                moves[stage] |= lead
        for stage, moving in moves.items():
            moving.stage_id = stage
        return leads.browse().union(*moves.values())

    def _stage_find(self, team_id=False, domain=None, order="sequence, id", limit=1):
        teams = self.team_id | self.env["crm.team"].browse(team_id or ())
        if teams and all(team.edu_is_education for team in teams):
            domain = [*(domain or ()), ("team_ids", "in", teams.ids)]
        return super()._stage_find(team_id, domain, order, limit)

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        teams = self._column_teams()
        if not teams:
            return super()._read_group_stage_ids(stages, domain)
        # sudo: as the host does
        found = stages.sudo()._search(
            ["|", ("id", "in", stages.ids), ("team_ids", "in", teams.ids)],
            order=stages._order,
        )
        return stages.browse(found)

    @api.model
    def _column_teams(self):
        """Return the teams a pipeline shows, if they are education teams only."""
        context = self.env.context
        teams = self.env["crm.team"]
        if team_id := context.get("default_team_id"):
            teams = teams.browse(team_id)
        elif context.get(CONTEXT_KEY):
            teams = teams.search([("edu_is_education", "=", True)])
        elif context.get("show_user_team_stages"):
            teams = self.env.user.crm_team_ids
        return teams if all(team.edu_is_education for team in teams) else teams.browse()

    # ------------------------------------------------------------------ closing
    def action_set_won(self):
        """The host looks for one won stage for all; education teams have their own."""
        education = self.filtered("team_id.edu_is_education")
        result = True
        for leads in [self - education, *education.grouped("team_id").values()]:
            if leads:
                result = super(CrmLead, leads).action_set_won()
        return result

    def action_set_lost(self, **additional_values):
        """The host archives first and writes the reason afterwards."""
        reason = additional_values.get("lost_reason_id")
        education = self.filtered("team_id.edu_is_education")
        if reason and education:
            education.write({"lost_reason_id": reason})
        return super().action_set_lost(**additional_values)

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        won = self.filtered(
            lambda lead: (
                new_status_by_lead.get(lead.id, {}).get("is_won")
                and not old_status_by_lead.get(lead.id, {}).get("is_won")
            )
        )
        if won:
            won._after_won()
        return result

    def _after_won(self):
        """Hook: these leads have just become won, of whatever team."""

    # ------------------------------------------------------------------ probability
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

    # ------------------------------------------------------------------ merging
    def _merge_opportunity(
        self, user_id=False, team_id=False, auto_unlink=True, max_length=5
    ):
        leads = self.with_context(edu_merge_team_id=team_id) if team_id else self
        return super(CrmLead, leads)._merge_opportunity(
            user_id, team_id, auto_unlink, max_length
        )

    def _merge_data(self, fnames=None):
        """A stage of another team does not come along."""
        data = super()._merge_data(fnames)
        team_id = self.env.context.get("edu_merge_team_id") or data.get("team_id")
        team = self.env["crm.team"].browse(team_id or ())
        if team.edu_is_education and "stage_id" in data:
            stages = self.browse()._stage_find(team_id=team.id, limit=None)
            if data["stage_id"] not in stages.ids:
                data["stage_id"] = stages[:1].id
        return data

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: whoever may merge the leads, with or without education role
        self.sudo()._take_from_leads(opportunities.sudo())
        return result

    @api.model
    def _edu_merge_fields(self):
        """Return the education fields that somebody can fill in, of every area."""
        return [
            field
            for name, field in self._fields.items()
            if name.startswith(FIELD_PREFIX)
            and name not in self._edu_derived_fields
            and field.store
            and not (field.readonly or field.related or field.type == "one2many")
        ]

    def _take_from_leads(self, others):
        """Fill what is empty from the first lead that has it; lists are united.

        Higher slices add what their fields need; all run as superuser.
        """
        values = {}
        for field in self._edu_merge_fields():
            name = field.name
            if field.type == "many2many":
                added = others[name] - self[name]
                value = [Command.link(record.id) for record in added]
            else:
                filled = others.filtered(name)[:1]
                value = (
                    not self[name]
                    and filled
                    and field.convert_to_write(filled[name], filled)
                )
            if value:
                values[name] = value
        if values:
            self.write(values)
