from io import BytesIO
from random import SystemRandom

import xlsxwriter

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...const import GROUP_LEADER

# A matrix has a column for each of its rows.
MATRIX = "matrix"
# So much text fits in a cell; of more, the library would write nothing at all.
LONGEST = 32767


class EduSurveyWave(models.Model):
    """Answers of a wave as a spreadsheet: a row for each of them, for leaders.

    Those of an anonymous wave say what was answered and nothing else, in random order,
    and only when its figures are published.
    """

    _inherit = "edu.survey.wave"

    def action_export_answers(self):
        self.ensure_one()
        self._check_export()
        return {
            "type": "ir.actions.act_url",
            "url": f"/edu/survey/wave/{self.id}/answers.xlsx",
            "target": "self",
        }

    def _check_export(self):
        """Refuse to hand out answers to who may not know whose they are."""
        self.check_access("read")
        if not self.env.user.has_group(GROUP_LEADER):
            raise AccessError(
                self.env._("Answers of single persons are for team leaders.")
            )
        if not self._may_publish():
            raise UserError(
                self.env._(
                    "Answers of an anonymous wave can be exported when it is closed, "
                    "if there are at least five."
                )
            )

    def _export_xlsx(self):
        """Return the file of ``_export_table``."""
        head, rows = self._export_table()
        stream = BytesIO()
        # Text stays text: what people write is no formula and no link.
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._export_cell(sheet, number, column, value, day)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 18)
        book.close()
        return stream.getvalue()

    def _export_cell(self, sheet, row, column, value, day):
        if value is None or value is False or value == "":
            return
        if isinstance(value, (int, float)):
            sheet.write_number(row, column, value)
        elif isinstance(value, str):
            sheet.write_string(row, column, value[:LONGEST])
        else:
            sheet.write_datetime(row, column, value, day)

    def _export_table(self):
        """Return the titles of the columns, and a row for each finished answer."""
        self.ensure_one()
        self._check_export()
        sheets = self._export_sheets()
        columns = self._export_columns(sheets)
        values = self._export_values(sheets)
        rows = [
            [
                *([] if self.is_anonymous else self._export_person(sheet)),
                *(values[sheet.id].get(key) for key in columns),
            ]
            for sheet in sheets
        ]
        if self.is_anonymous:
            SystemRandom().shuffle(rows)
        head = [] if self.is_anonymous else self._export_person_titles()
        return [*head, *columns.values()], rows

    def _export_sheets(self):
        sheets = self.env["survey.user_input"]
        if self.is_anonymous:
            # sudo: nobody has rights on them; no name and no time leaves here
            sheets = sheets.sudo()
        return sheets.search(
            [
                ("edu_wave_id", "=", self.id),
                ("state", "=", "done"),
                ("test_entry", "=", False),
            ],
            order="id",
        )

    def _export_columns(self, sheets):
        """Return ``{(question id, matrix row id): title}`` in the order of the survey.

        A question that was taken away still has its answers, and a column.
        """
        # sudo: whoever may have the answers may read what was asked
        questions = self.sudo().survey_id.question_ids
        questions |= sheets.sudo().user_input_line_ids.question_id
        columns = {}
        for question in questions:
            if question.question_type != MATRIX:
                columns[question.id, False] = self._export_title(question)
                continue
            for row in question.matrix_row_ids:
                columns[question.id, row.id] = f"{question.title} – {row.value}"
        return columns

    def _export_title(self, question):
        if not question.edu_dimension:
            return question.title
        return f"{question.title} ({self._dimension_label(question.edu_dimension)})"

    def _export_values(self, sheets):
        """Return ``{sheet id: {column: value}}``."""
        values = {sheet.id: {} for sheet in sheets}
        for line in sheets.user_input_line_ids:
            if line.skipped:
                continue
            row = values[line.user_input_id.id]
            key = (line.question_id.id, line.matrix_row_id.id)
            value = self._export_value(line)
            # Several ticks on one question are one cell.
            row[key] = f"{row[key]}; {value}" if row.get(key) else value
        return values

    def _export_value(self, line):
        if line.answer_type == "suggestion":
            return line.suggested_answer_id.value
        value = line[f"value_{line.answer_type}"]
        if line.answer_type == "datetime":
            return value and self.company_id._edu_today(value)
        return value

    def _export_person_titles(self):
        return [
            self.env._("Day of the answer"),
            self.env._("Customer"),
            self.env._("Learner"),
            self.env._("Respondent"),
            self.env._("Survey method"),
        ]

    def _export_person(self, sheet):
        invitation = sheet.edu_invitation_id
        day = sheet.end_datetime and self.company_id._edu_today(sheet.end_datetime)
        return [
            day,
            sheet.partner_id.display_name,
            invitation.learner_id.display_name,
            self._result_label("edu.survey.invitation", "role", invitation.role),
            self._result_label(
                "edu.survey.wave", "method", sheet.edu_method or invitation.method
            ),
        ]
