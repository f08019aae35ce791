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

    def _result_waves(self):
        """Return the latest waves of the campaign, in order, up to this one.

        Who was asked again after a low score is no sample of the customers: those waves
        are compared with each other only.
        """
        waves = self.search_fetch(
            [
                ("campaign_id", "=", self.campaign_id.id),
                ("date_start", "<=", self.date_start),
                # Second questions are asked of the dissatisfied only.
                ("is_reask", "=", self.is_reask),
            ],
            ["name", "date_start", "state", "is_anonymous", "is_reask"],
            order="date_start DESC, id DESC",
            limit=MOST_WAVES,
        )
        return (waves | self).sorted(lambda wave: (wave.date_start, wave.id))

    def _visible_scores(self):
        """Return a query of the scores of these waves that the user may see.

        It is asked for once: the rules of a leader cost a query each time.
        """
        return self.env["edu.satisfaction.score"]._search([("wave_id", "in", self.ids)])

    def _result_facts(self, query):
        """Return the sums of what is in ``query`` of this wave.

        An anonymous wave has its own way: see there.
        """
        self.ensure_one()
        scores = self.env["edu.satisfaction.score"]
        here = SQL("%s = %s", SQL.identifier(scores._table, "wave_id"), self.id)
        complete, answers = scores._complete_scores(
            query, [*satisfaction.CONTENTS, satisfaction.OVERALL], here
        )
        return {
            "cells": scores._cells(query, GROUPINGS, here),
            "complete": complete,
            "answers": answers,
            "hidden": None,
        }

    def _result_history(self, query):
        """Return ``{wave: {dimension: Cell}}`` of these waves that have any."""
        found = {}
        cells = self.env["edu.satisfaction.score"]._cells(query, ["wave_id"])
        for (dimension, wave_id), cell in cells["wave_id"].items():
            found.setdefault(wave_id, {})[dimension] = cell
        return {wave: found[wave.id] for wave in self if found.get(wave.id)}

    def _result_funnels(self, query):
        """Return ``{wave id: Funnel}`` of the invitations in ``query``."""
        counts = self.env["edu.survey.invitation"]._counts(query)
        return {key: survey_funnel.funnel(value) for key, value in counts.items()}

    def _visible_invitations(self):
        return self.env["edu.survey.invitation"]._search([("wave_id", "in", self.ids)])

    def _result_names(self, keys):
        """Return ``{(grouping, id): name}`` of ``{grouping: ids}``, in one query.

        They are in the order of their lists. Whoever may see the figures may know of
        what they are.
        """
        parts = [
            self._result_names_query(name, tuple(ids))
            for name, ids in keys.items()
            if ids
        ]
        if not parts:
            return {}
        rows = self.env.execute_query(
            SQL("%s ORDER BY sequence, label, id", SQL(" UNION ALL ").join(parts))
        )
        return {(name, id_): label for name, id_, label, _sequence in rows}

    def _result_names_query(self, name, ids):
        model = self.env[NAMED[name]]
        owner = model.product_tmpl_id if name == "course_id" else model
        owner.flush_model(["name"])
        label = SQL("owner.name")
        if owner._fields["name"].translate:
            lang = self.env.lang or "en_US"
            label = SQL("COALESCE(owner.name->>%s, owner.name->>'en_US')", lang)
        return SQL(
            "SELECT %(name)s AS name, t.id, %(label)s AS label,"
            " %(sequence)s AS sequence FROM %(table)s t"
            " JOIN %(owner)s owner ON owner.id = t.%(key)s WHERE t.id IN %(ids)s",
            name=name,
            label=label,
            sequence=SQL("t.sequence" if model._order.startswith("sequence") else "0"),
            table=SQL.identifier(model._table),
            owner=SQL.identifier(owner._table),
            key=SQL.identifier("product_tmpl_id" if name == "course_id" else "id"),
            ids=ids,
        )
