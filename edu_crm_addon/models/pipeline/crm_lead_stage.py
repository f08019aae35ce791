from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_team import CONTEXT_KEY

NOT_FOLDED = [("fold", "=", False)]


class CrmLead(models.Model):
    """Leads of education teams move through stages of their own.

    The host shares a stage without team with every team. An education team has its own
    stages only, and these appear nowhere else. Teams of any other kind work as before.
    """

    _inherit = "crm.lead"

    # Every salesperson: the form shows the stages of the team by it.
    edu_is_education = fields.Boolean(
        string="Education lead",
        related="team_id.edu_is_education",
        groups="edu_crm_addon.group_edu_readonly,sales_team.group_sale_salesman",
    )

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

    # ------------------------------------------------------------------ the host's ways
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

    def action_set_won(self):
        """The host looks for one won stage for all; education teams have their own."""
        education = self.filtered("team_id.edu_is_education")
        result = True
        for leads in [self - education, *education.grouped("team_id").values()]:
            if leads:
                result = super(CrmLead, leads).action_set_won()
        return result

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
