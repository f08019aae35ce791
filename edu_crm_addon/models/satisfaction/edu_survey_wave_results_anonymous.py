from dataclasses import replace

from odoo import models
from odoo.tools import SQL

from ...logic import satisfaction, small_cells
from ...logic.figures import Cell, Sum
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
        cells[None] = self._published_sums(None)
        if not cells[None]:
            return {**facts, "hidden": TOO_FEW}
        if self.anonymous_by:
            cells[self.anonymous_by] = self._published_sums(self.anonymous_by)
        self._publish_whole(cells)
        complete, answers = self._published_answers()
        return {**facts, "complete": complete, "answers": answers, "hidden": None}

    def _result_history(self, query):
        found = super()._result_history(query)
        for wave in self.filtered("is_anonymous"):
            cells = {None: wave._published_sums(None), "band": {}}
            wave._publish_whole(cells)
            found[wave] = {key[0]: cell for key, cell in cells[None].items()}
        return {wave: found[wave] for wave in self if found.get(wave)}

    def _published_sums(self, groupby):
        """Return ``{(dimension, value): Cell}`` of the figures that are published."""
        sums = {}
        for measure in MEASURES:
            published = self._published_cells(groupby, measure)
            for dimension, cells in published.items():
                for cell in cells:
                    if cell.count:
                        parts = sums.setdefault((dimension, cell.key), {})
                        parts[measure] = self._published_sum(cell)
        return {
            key: Cell(answers=max(part.n for part in parts.values()), **parts)
            for key, parts in sums.items()
        }

    def _published_sum(self, cell):
        """Return the sums that mean and deviation were made of."""
        count, mean = cell.count, float(cell.mean)
        squares = (count - 1) * float(cell.deviation or 0) ** 2 + count * mean**2
        return Sum(n=count, total=count * mean, squares=squares)

    def _publish_whole(self, cells):
        """Add how the answers of everybody are spread: no group of few among them."""
        if not (cells[None] and self._may_publish()):
            return
        # sudo: nobody has rights on anonymous scores; only counts of all leave here
        scores = self.env["edu.satisfaction.score"].sudo()
        found = scores._cells(scores._search([("wave_id", "=", self.id)]), ["band"])
        for key, whole in cells[None].items():
            spread = found[None].get(key)
            if spread and spread.experience.n == whole.experience.n:
                cells[None][key] = replace(
                    whole, promoters=spread.promoters, detractors=spread.detractors
                )
        for dimension, _value in cells[None]:
            bands = {
                key: cell for key, cell in found["band"].items() if key[0] == dimension
            }
            counts = {key: cell.experience.n for key, cell in bands.items()}
            if small_cells.visible(counts) == set(counts):
                cells["band"].update(bands)

    def _published_answers(self):
        """Return the scores of each sheet with all of them, and how many sheets.

        They are for what relates to what: no sheet leaves, only what holds of all.
        """
        if not self._may_publish():
            return [], 0
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
