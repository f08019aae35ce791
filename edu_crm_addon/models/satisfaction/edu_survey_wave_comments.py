from odoo import models
from odoo.tools import SQL

from ...const import GROUP_LEADER
from ...logic import drivers

MOST_COMMENTS = 30


class EduSurveyWave(models.Model):
    """What people wrote, where too few answered to compute with; for leaders."""

    _inherit = "edu.survey.wave"

    def _results(self):
        results = super()._results()
        is_few = results["drivers"].n < drivers.FEWEST and not results["hidden"]
        results["comments"] = self._result_comments() if is_few else []
        return results

    def _result_comments(self):
        """Return the texts of the answers the user may see, in no order of persons."""
        if not self.env.user.has_group(GROUP_LEADER):
            return []
        if self.is_anonymous and not self._may_publish():
            return []
        sheets = self.env["survey.user_input"]
        if self.is_anonymous:
            # sudo: nobody has rights on them; texts leave here, and nothing else
            sheets = sheets.sudo()
        query = sheets._search(
            [
                ("edu_wave_id", "=", self.id),
                ("state", "=", "done"),
                ("test_entry", "=", False),
            ]
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(line.value_text_box, line.value_char_box) AS words"
                " FROM survey_user_input_line line"
                " WHERE line.answer_type IN ('text_box', 'char_box')"
                " AND line.skipped IS NOT TRUE AND line.user_input_id IN %s"
                " ORDER BY md5(line.id::text) LIMIT %s",
                query.subselect(),
                MOST_COMMENTS,
            )
        )
        return [words for (words,) in rows if words and words.strip()]
