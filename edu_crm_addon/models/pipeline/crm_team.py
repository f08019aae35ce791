from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...const import GROUP_AGENT

# Context key of the education screens: new leads go to an education team.
CONTEXT_KEY = "edu_pipeline"


class CrmTeam(models.Model):
    """Education teams: they work with stages of their own, by stage of education.

    Leads without a team are assigned by the host's rules; the assignment domain follows
    from the stages of education that a team serves, until somebody writes another one.
    Every salesperson reads teams, so the flag needs no education role.
    """

    _name = "crm.team"
    _inherit = ["crm.team", "edu.role.mixin"]

    edu_is_education = fields.Boolean(
        string="Education team",
        help="Works with the stages of the education pipeline, and only with its own.",
    )
    edu_stage_ids = fields.Many2many(
        "edu.stage",
        "edu_team_stage_rel",
        "team_id",
        "stage_id",
        string="Stages of education served",
        help="The target customers of the team. Leads without a team are assigned by "
        "them.",
        ondelete="restrict",
        context={"active_test": False},
        groups="edu_crm_addon.group_edu_readonly",
    )
    edu_target_share = fields.Float(
        string="Leads in the target",
        compute="_compute_edu_target_share",
        groups="edu_crm_addon.group_edu_readonly",
        help="Share of the team's leads whose stage of education the team serves.",
    )

    @api.depends("edu_stage_ids")
    def _compute_edu_target_share(self):
        counts = dict(
            self.env["crm.lead"]._read_group(
                [("team_id", "in", self.ids)], ["team_id"], ["__count"]
            )
            if self.ids
            else ()
        )
        for team in self:
            total = counts.get(team._origin, 0)
            hits = team._count_target_leads() if total and team.edu_stage_ids else 0
            team.edu_target_share = hits / total if total else 0

    def _count_target_leads(self):
        self.ensure_one()
        return self.env["crm.lead"].search_count(
            [
                ("team_id", "=", self._origin.id),
                ("edu_stage_ids", "in", self.edu_stage_ids.ids),
            ]
        )

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams.filtered("edu_is_education")._become_education_teams()
        return teams

    def write(self, vals):
        if vals.keys().isdisjoint(("edu_is_education", "edu_stage_ids")):
            return super().write(vals)
        # sudo: the domain follows whoever changes the stages
        derived = self.filtered(lambda team: team.sudo()._has_derived_domain())
        result = super().write(vals)
        if "assignment_domain" not in vals:
            derived._derive_assignment_domain()
        if vals.get("edu_is_education"):
            self._become_education_teams()
        return result

    def _become_education_teams(self):
        """Give the teams without stages of their own those of the education steps."""
        # sudo: stages are looked up whoever may see them
        stages = self.env["crm.stage"].sudo()
        bare = self - stages.search([("team_ids", "in", self.ids)]).team_ids
        if bare:
            standard = {}
            for stage in stages.search([("edu_step", "!=", False)]):
                standard.setdefault(stage.edu_step, stage)
            stages.union(*standard.values()).write(
                {"team_ids": [Command.link(team.id) for team in bare]}
            )
        self.filtered(
            lambda team: not team.assignment_domain
        ).sudo()._derive_assignment_domain()

    # ------------------------------------------------------------------ assignment
    def _has_derived_domain(self):
        """Tell whether nobody has written an assignment domain by hand."""
        self.ensure_one()
        written = literal_eval(self.assignment_domain or "[]")
        return not written or written == self._domain_of_target()

    def _domain_of_target(self):
        self.ensure_one()
        return [("edu_stage_ids", "in", self.edu_stage_ids.ids)]

    def _derive_assignment_domain(self):
        for team in self.sudo():
            if team.edu_is_education and team.edu_stage_ids:
                team.assignment_domain = str(team._domain_of_target())

    def _action_assign_leads(self, force_quota=False, creation_delta_days=7):
        """The domain of an education team names fields that need an education role.

        The host lets sales managers assign leads, whatever other role they have.
        """
        teams = self
        if any(self.mapped("edu_is_education")) and not self.env.user.has_group(
            GROUP_AGENT
        ):
            teams = self.sudo()  # sudo: as the host's scheduled assignment does
        return super(CrmTeam, teams)._action_assign_leads(
            force_quota=force_quota, creation_delta_days=creation_delta_days
        )

    # ------------------------------------------------------------------ default team
    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """Education screens make leads of education teams; elsewhere nobody gets one
        that does not work in it.
        """
        team = super()._get_default_team_id(user_id=user_id, domain=domain)
        wanted = bool(self.env.context.get(CONTEXT_KEY))
        if team.edu_is_education == wanted:
            return team
        if team and not wanted and self._is_chosen(team, user_id):
            return team
        companies = Domain("company_id", "in", [False, *self.env.companies.ids])
        others = self.search(companies & Domain("edu_is_education", "=", wanted))
        user = self.env["res.users"].browse(user_id or self.env.uid)
        mine = others.filtered(lambda other: other._is_worked_in_by(user))
        matching = (mine or others).filtered_domain(domain or [])
        return (matching or mine or others)[:1] or (team if wanted else others)

    @api.model
    def _is_chosen(self, team, user_id):
        user = self.env["res.users"].browse(user_id or self.env.uid)
        chosen = self.env.context.get("default_team_id") == team.id
        return chosen or team._is_worked_in_by(user)

    def _is_worked_in_by(self, user):
        # sudo: who works in a team is no secret to the rule that asks
        return user in (self.sudo().member_ids | self.sudo().user_id)
