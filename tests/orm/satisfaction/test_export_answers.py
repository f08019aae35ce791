from io import BytesIO
from zipfile import ZipFile

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase

TITLES = ["How is it? (Overall satisfaction)", "Why?", "By what?"]


class TestExportAnswers(EduCase):
    """A spreadsheet of a wave has a row for each answer, for leaders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.make_questionnaire(
            rule.OVERALL,
            question_and_page_ids=[
                Command.create(
                    {
                        "title": "How is it?",
                        "question_type": "scale",
                        "scale_min": 1,
                        "scale_max": 5,
                        "edu_dimension": rule.OVERALL,
                    }
                ),
                Command.create({"title": "Why?", "question_type": "text_box"}),
                Command.create(
                    {
                        "title": "By what?",
                        "question_type": "multiple_choice",
                        "suggested_answer_ids": [
                            Command.create({"value": "Mail"}),
                            Command.create({"value": "Phone"}),
                        ],
                    }
                ),
            ],
        )
        cls.leader = cls.make_user("leader")

    def _answers(self, *texts, **values):
        wave = self.make_wave(self.make_campaign(self.survey, **values))
        how, why, what = self.survey.question_ids
        for text in texts:
            customer = self.make_customer(name=f"Name of {text[:20]}")
            sheet = self.begin(wave, customer)
            sheet._save_lines(how, "4")
            sheet._save_lines(why, text)
            sheet._save_lines(what, [str(i) for i in what.suggested_answer_ids.ids])
            sheet._mark_done()
        self.env.flush_all()
        return wave

    def test_a_text_too_long_for_a_cell_is_cut_not_left_out(self):
        wave = self._answers("Long story " * 4000)
        file = ZipFile(BytesIO(wave._export_xlsx()))
        self.assertIn(b"Long story Long", file.read("xl/sharedStrings.xml"))

    def test_a_row_for_each_answer_and_a_column_for_each_question(self):
        head, rows = self._answers("Good", "=1+1")._export_table()
        self.assertEqual(head[-3:], TITLES)
        self.assertEqual([row[1] for row in rows], ["Name of Good", "Name of =1+1"])
        self.assertEqual(rows[1][-3:], [4, "=1+1", "Mail; Phone"])

    def test_the_file_is_a_spreadsheet(self):
        content = self._answers("=1+1")._export_xlsx()
        self.assertEqual(content[:2], b"PK")

    def test_a_leader_exports_answers_of_the_team_and_of_nobody(self):
        wave = self._answers("Mine", "Theirs")
        wave.invitation_ids[0].user_id = self.make_user("agent")
        wave.invitation_ids[1].user_id = self.leader
        _head, rows = wave.with_user(self.leader)._export_table()
        self.assertEqual(len(rows), 1)

    def test_others_export_nothing(self):
        wave = self._answers("Good")
        for role in ("agent", "readonly"):
            user = self.make_user(role)
            self.assertRefused(wave.with_user(user).action_export_answers)
            self.assertRefused(wave.with_user(user)._export_xlsx)

    def test_anonymous_answers_are_exported_without_names_once_closed(self):
        texts = [f"Text {number}" for number in range(6)]
        wave = self._answers(*texts, is_anonymous=True)
        with self.assertRaises(UserError):
            wave.with_user(self.leader)._export_table()
        wave.state = "closed"
        head, rows = wave.with_user(self.leader)._export_table()
        self.assertEqual(head, TITLES)
        self.assertEqual(sorted(row[1] for row in rows), texts)

    def test_four_anonymous_answers_are_not_exported(self):
        wave = self._answers(*"abcd", is_anonymous=True)
        wave.state = "closed"
        with self.assertRaises(UserError):
            wave.with_user(self.leader).action_export_answers()

    # ------------------------------------------------------------------ on the page
    def test_few_answers_show_leaders_what_people_wrote(self):
        wave = self._answers("Too loud", "Fine")
        words = wave.with_user(self.leader)._results()["comments"]
        self.assertEqual(sorted(words), ["Fine", "Too loud"])
        agent = self.make_user("agent")
        self.assertEqual(wave.with_user(agent)._results()["comments"], [])

    def test_what_is_written_anonymously_shows_once_closed(self):
        texts = [f"Text {number}" for number in range(6)]
        wave = self._answers(*texts, is_anonymous=True)
        self.assertEqual(wave.with_user(self.leader)._results()["comments"], [])
        wave.state = "closed"
        words = wave.with_user(self.leader)._results()["comments"]
        self.assertEqual(sorted(words), texts)
