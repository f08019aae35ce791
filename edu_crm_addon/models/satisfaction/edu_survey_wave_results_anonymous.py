from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ...logic import satisfaction, small_cells
from ...logic.figures import Sum
from .edu_survey_wave import CLOSED
from .edu_survey_wave_facts import GROUPINGS

MEASURES = ("experience", "expectation", "gap")
NOT_CLOSED, TOO_FEW = "not_closed", "too_few"
# Fewer sheets say nothing of what moves satisfaction, and are not even read.
FEWEST_SHEETS = 50


class EduSurveyWave(models.Model):
    """Results of an anonymous wave: made of what it publishes, and of nothing else."""

    _inherit = "edu.survey.wave"

    def _result_facts(self, query):
        self.ensure_one()
        if not self.is_anonymous:
            return super()._result_facts(query)
        cells = {name: {} for name in (None, *GROUPINGS)}
        facts = {"cells": cells, "complete": [], "answers": 0, "hidden": NOT_CLOSED}
        if self.state != CLOSED:
            return facts
        by = [self.anonymous_by] if self.anonymous_by else []
        for name, found in self._secret_cells("band", *by).items():
            cells[name] = self._publish(found, whole=name == "band")
        if not cells[None]:
            return {**facts, "hidden": TOO_FEW}
        complete, answers = self._published_answers()
        return {**facts, "complete": complete, "answers": answers, "hidden": None}

    def _result_history(self, query):
        found = super()._result_history(query)
        closed = self.filtered(lambda wave: wave.is_anonymous and wave.state == CLOSED)
        if closed:
            cells = closed._secret_cells("wave_id")["wave_id"]
            for (dimension, wave_id), cell in cells.items():
                shown = self._publish({(dimension, None): cell})
                if shown:
                    wave = self.browse(wave_id)
                    found.setdefault(wave, {})[dimension] = shown[dimension, None]
        return {wave: found[wave] for wave in self if found.get(wave)}

    def _secret_cells(self, *groupings):
        """Return the cells of all scores of these waves: none leaves unpublished."""
        # sudo: nobody has rights on anonymous scores; see ``_publish``
        scores = self.env["edu.satisfaction.score"].sudo()
        query = scores._search([("wave_id", "in", self.ids)])
        return scores._cells(query, groupings)

    def _publish(self, cells, whole=False):
        """Return ``cells`` without what would tell what a few answered.

        ``whole``: a dimension of which one cell is hidden is not shown at all.
        """
        shown = {}
        for measure in MEASURES:
            counts = {}
            for (dimension, key), cell in cells.items():
                if number := getattr(cell, measure).n:
                    counts.setdefault(dimension, {})[key] = number
            for dimension, group in counts.items():
                visible = small_cells.visible(group)
                if whole and len(visible) < len(group):
                    continue
                if measure == "gap" and not all(
                    self._may_show_gap(cells[dimension, key]) for key in group
                ):
                    continue
                for key in visible:
                    parts = shown.setdefault((dimension, key), {})
                    parts[measure] = getattr(cells[dimension, key], measure)
        return {
            key: replace(
                cells[key],
                answers=max(part.n for part in parts.values()),
                **{name: parts.get(name, Sum()) for name in MEASURES},
            )
            for key, parts in shown.items()
        }

    def _may_show_gap(self, cell):
        return small_cells.may_show_gap(*(getattr(cell, name).n for name in MEASURES))

    def _published_answers(self):
        """Return the scores of each sheet with all of them, and how many sheets.

        They are for what relates to what: no sheet leaves, only what holds of all.
        """
        dimensions = [*satisfaction.CONTENTS, satisfaction.OVERALL]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(scores)s
                  FROM (SELECT line.user_input_id AS sheet,
                               question.edu_dimension AS dimension,
                               avg((line.value_scale - question.scale_min) * 100.0
                                   / (question.scale_max - question.scale_min)) AS score
                          FROM survey_user_input sheet
                          JOIN survey_user_input_line line
                            ON line.user_input_id = sheet.id
                          JOIN survey_question question
                            ON question.id = line.question_id
                         WHERE sheet.edu_wave_id = %(wave)s
                           AND sheet.state = 'done'
                           AND sheet.test_entry IS NOT TRUE
                           AND line.answer_type = 'scale'
                           AND line.skipped IS NOT TRUE
                           AND question.scale_max > question.scale_min
                           AND question.edu_dimension IS NOT NULL
                           AND COALESCE(question.edu_measure, 'experience')
                               = 'experience'
                      GROUP BY 1, 2) answers
              GROUP BY sheet
                """,
                scores=SQL(", ").join(
                    SQL("max(score) FILTER (WHERE dimension = %s)", code)
                    for code in dimensions
                ),
                wave=self.id,
            )
        )
        if len(rows) < FEWEST_SHEETS:
            return [], len(rows)
        complete = [tuple(map(float, row)) for row in rows if None not in row]
        return complete, len(rows)
