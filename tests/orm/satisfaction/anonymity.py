"""People who answer an anonymous wave, and what the database knows of it."""

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase

ON_A_RECORD = (("model", "res_id"), ("res_model", "res_id"), ("res_model", "rec_id"))


class AnonymityCase(EduCase):
    def setUp(self):
        super().setUp()
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.survey.question_and_page_ids = [
            Command.create({"title": "Anything else?", "question_type": "text_box"})
        ]
        self.campaign = self.make_campaign(
            self.survey, is_anonymous=True, anonymous_by="stage_id"
        )
        self.wave = self.make_wave(self.campaign, date_start=self.days_ago(9))

    def make_respondent(self, stage="primary", **values):
        """Return a portal user who is a customer of a stage, with an adviser."""
        user = self.make_user("portal")
        user.partner_id.write(
            {
                "name": f"Mrs. Secret {user.id}",
                "email": f"secret.{user.id}@example.com",
                "edu_is_customer": True,
                "edu_stage_ids": [Command.set(self.stage(stage).ids)],
                "user_id": self.make_user("agent").id,
                **values,
            }
        )
        return user

    def respond(self, user, value="4", wave=None):
        """Let a portal user answer the invitation from begin to end; return it."""
        invitation = self.invite(wave or self.wave, user.partner_id)
        answer = invitation.with_user(user).sudo()._begin_answer()
        answer = answer.with_user(user).sudo()
        answer._mark_in_progress()
        for question in answer.survey_id.question_ids:
            text = "As I said" if question.question_type == "text_box" else value
            answer._save_lines(question, text)
        answer._mark_done()
        # As the host's page does after it.
        answer.last_displayed_page_id = answer.survey_id.question_ids[-1]
        self.env.flush_all()
        self.env.invalidate_all()
        return invitation

    def sheets(self, wave=None):
        wave = wave or self.wave
        domain = [("edu_wave_id", "=", wave.id)]
        return self.env["survey.user_input"].search(domain, order="id")

    def facts(self, wave=None):
        """Return the scores of the wave in the order of their ids, as superuser."""
        domain = [("wave_id", "=", (wave or self.wave).id)]
        return self.env["edu.satisfaction.score"].sudo().search(domain, order="id")

    # ------------------------------------------------------------------ the database
    def rows(self, table, where):
        """Return the rows as dicts, each column as PostgreSQL has it."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT * FROM %s WHERE %s", SQL.identifier(table), where)
        )
        return self.env.cr.dictfetchall()

    def answer_rows(self):
        """Return all rows of the wave's answers, with the table they are in."""
        ids = tuple(self.sheets().ids) or (0,)
        wheres = {
            "survey_user_input": SQL("id IN %s", ids),
            "survey_user_input_line": SQL("user_input_id IN %s", ids),
            "edu_satisfaction_score": SQL("wave_id = %s", self.wave.id),
        }
        return [
            (table, row)
            for table, where in wheres.items()
            for row in self.rows(table, where)
        ]

    def columns_to(self, table, target):
        """Return the columns of ``table`` that refer to ``target``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT a.attname FROM pg_constraint c"
                " JOIN pg_attribute a ON a.attrelid = c.conrelid"
                " AND a.attnum = ANY(c.conkey)"
                " WHERE c.contype = 'f' AND c.conrelid = %s::regclass"
                " AND c.confrelid = %s::regclass",
                table,
                target,
            )
        )
        return {name for (name,) in rows}

    def tables_on_records(self):
        """Yield the tables whose rows hang on a record of any model."""
        for model_column, id_column in ON_A_RECORD:
            rows = self.env.execute_query(
                SQL(
                    "SELECT table_name FROM information_schema.columns"
                    " JOIN information_schema.tables USING (table_schema, table_name)"
                    " WHERE table_schema = current_schema()"
                    " AND table_type = 'BASE TABLE' AND column_name IN (%s, %s)"
                    " GROUP BY 1 HAVING count(*) = 2",
                    model_column,
                    id_column,
                )
            )
            for (table,) in rows:
                yield table, model_column, id_column

    def published(self, groupby=None, wave=None, measure="experience"):
        """Return ``{dimension: {key: (number, mean)}}`` of the cells that are told."""
        cells = (wave or self.wave)._result_facts(None)["cells"].get(groupby, {})
        result = {}
        for (dimension, key), cell in cells.items():
            if figures := getattr(cell, measure).n:
                mean = getattr(cell, measure).total / figures
                result.setdefault(dimension, {})[key] = (figures, mean)
        return result
