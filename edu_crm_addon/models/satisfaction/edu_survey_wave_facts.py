from odoo import models
from odoo.tools import SQL

from ...logic import satisfaction, survey_funnel

# The figures are shown by these as well.
GROUPINGS = (
    "band",
    "stage_id",
    "type_id",
    "tier_id",
    "course_id",
    "teacher_id",
    "team_id",
    "method",
    "role",
)
NAMED = {
    "stage_id": "edu.stage",
    "type_id": "edu.education.type",
    "tier_id": "edu.customer.tier",
    "team_id": "crm.team",
    "teacher_id": "res.partner",
    "course_id": "product.product",
}
# So many waves are enough for a trend.
MOST_WAVES = 8


class EduSurveyWave(models.Model):
    """What the page of results is made of: sums and names, a query for each kind."""

    _inherit = "edu.survey.wave"

    def _result_facts(self):
        """Return the sums of what the user may see of this wave, and before it.

        An anonymous wave has its own way: see there.
        """
        self.ensure_one()
        scores = self.env["edu.satisfaction.score"]
        domain = [("wave_id", "=", self.id)]
        complete, answers = scores._complete_scores(
            domain, [*satisfaction.CONTENTS, satisfaction.OVERALL]
        )
        return {
            "cells": scores._cells(domain, GROUPINGS),
            "complete": complete,
            "answers": answers,
            "hidden": None,
        }

    def _result_history(self, facts):
        """Return ``{wave: {dimension: Cell}}`` of this wave and those before it."""
        waves = self.campaign_id.wave_ids.filtered(
            lambda wave: wave.date_start <= self.date_start
        ).sorted(lambda wave: (wave.date_start, wave.id))
        cells = waves._result_cells()
        cells[self.id] = {key[0]: cell for key, cell in facts["cells"][None].items()}
        known = [wave for wave in waves if cells.get(wave.id)]
        return {wave: cells[wave.id] for wave in known[-MOST_WAVES:]}

    def _result_cells(self):
        """Return ``{wave id: {dimension: Cell}}``."""
        cells = self.env["edu.satisfaction.score"]._cells(
            [("wave_id", "in", self.ids)], ["wave_id"]
        )
        found = {}
        for (dimension, wave_id), cell in cells["wave_id"].items():
            found.setdefault(wave_id, {})[dimension] = cell
        return found

    def _result_funnels(self):
        """Return ``{wave id: Funnel}`` of all waves of the campaign."""
        counts = {}
        for wave, state, reason, number in self.env[
            "edu.survey.invitation"
        ]._read_group(
            [("campaign_id", "=", self.campaign_id.id)],
            ["wave_id", "state", "skip_reason"],
            ["__count"],
        ):
            counts.setdefault(wave.id, {})[state, reason or None] = number
        return {key: survey_funnel.funnel(value) for key, value in counts.items()}

    def _result_names(self, keys):
        """Return ``{(grouping, id): name}`` of ``{grouping: ids}``, in one query.

        Whoever may see the figures may know of what they are.
        """
        parts = [
            self._result_names_query(name, tuple(ids))
            for name, ids in keys.items()
            if ids
        ]
        if not parts:
            return {}
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return {(name, id_): label for name, id_, label in rows}

    def _result_names_query(self, name, ids):
        model = self.env[NAMED[name]]
        owner = model.product_tmpl_id if name == "course_id" else model
        owner.flush_model(["name"])
        label = SQL("owner.name")
        if owner._fields["name"].translate:
            lang = self.env.lang or "en_US"
            label = SQL("COALESCE(owner.name->>%s, owner.name->>'en_US')", lang)
        return SQL(
            "SELECT %(name)s, t.id, %(label)s FROM %(table)s t"
            " JOIN %(owner)s owner ON owner.id = t.%(key)s WHERE t.id IN %(ids)s",
            name=name,
            label=label,
            table=SQL.identifier(model._table),
            owner=SQL.identifier(owner._table),
            key=SQL.identifier("product_tmpl_id" if name == "course_id" else "id"),
            ids=ids,
        )
