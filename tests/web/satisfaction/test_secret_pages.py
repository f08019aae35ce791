"""What the host's pages show of answers, and what they leave behind."""

from odoo.tests import HttpCase, tagged

from ...orm.satisfaction.anonymity import AnonymityCase

PASSWORD = "secret-pages-2026"


@tagged("post_install", "-at_install")
class TestSecretPages(AnonymityCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.survey.questions_layout = "page_per_question"
        self.authenticate(None, None)

    def login(self, user):
        user.password = PASSWORD
        self.env.flush_all()
        self.authenticate(user.login, PASSWORD)

    def fill_in(self, invitation, text="I am not pleased"):
        """Answer by the personal link, page by page; return the address used."""
        address = self.url_open(f"/survey/invited/{invitation.token}").url
        tokens = address.split("/survey/")[1].split("?")[0]
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        for question in self.survey.question_ids:
            value = text if question.question_type == "text_box" else "2"
            self.make_jsonrpc_request(
                f"/survey/submit/{tokens}",
                {"question_id": question.id, str(question.id): value},
            )
        self.env.invalidate_all()
        self.assertEqual(invitation.state, "done")
        return address

    def users_in(self, rows):
        return {
            row[name] for _table, row in rows for name in ("create_uid", "write_uid")
        }

    def assertForgotten(self):
        rows = self.answer_rows()
        self.assertGreater(len(rows), 4)
        self.assertEqual(self.users_in(rows), {1})
        for table, row in rows:
            for name in self.columns_to(table, "res_partner"):
                self.assertIsNone(row[name], f"{table}.{name}")
            for name in ("create_date", "write_date"):
                moment = row[name]
                self.assertEqual(moment.date(), self.wave.date_start)
                self.assertEqual((moment.hour, moment.minute, moment.second), (0, 0, 0))

    def test_an_answer_by_the_link_is_forgotten(self):
        respondent = self.make_person(edu_is_customer=True, email="a@example.com")
        self.fill_in(self.invite(self.wave, respondent))
        self.assertForgotten()

    def test_an_answer_of_who_is_logged_in_is_forgotten(self):
        user = self.make_respondent()
        self.login(user)
        self.fill_in(self.invite(self.wave, user.partner_id))
        self.assertForgotten()

    def test_the_address_of_the_answer_shows_it_no_more(self):
        respondent = self.make_person(edu_is_customer=True)
        address = self.fill_in(self.invite(self.wave, respondent), "Very private")
        token = address.split("/survey/")[1].split("/")[1].split("?")[0]
        survey = self.survey.access_token
        for path in (
            address,
            f"/survey/start/{survey}?answer_token={token}",
            f"/survey/print/{survey}?answer_token={token}",
        ):
            with self.subTest(path=path):
                self.assertNotIn("Very private", self.url_open(path).text)

    def test_the_results_of_the_host_leave_anonymous_answers_out(self):
        self.fill_in(self.invite(self.wave, self.make_person()), "Very private")
        known = self.make_wave(self.make_campaign(self.survey))
        self.fill_in(self.invite(known, self.make_person()), "Not so private")
        manager = self.make_user("manager")
        manager.group_ids |= self.env.ref("survey.group_survey_manager")
        self.login(manager)
        page = self.url_open(f"/survey/results/{self.survey.id}").text
        self.assertIn("Not so private", page)
        self.assertNotIn("Very private", page)

    def test_the_results_of_the_host_need_a_leader_of_the_team(self):
        adviser = self.make_user("agent")
        self.team().member_ids |= adviser
        customer = self.make_customer(user_id=adviser.id)
        known = self.make_wave(self.make_campaign(self.survey))
        self.fill_in(self.invite(known, customer), "Not so private")
        leader, stranger = self.make_user("leader"), self.make_user("leader")
        self.team().member_ids |= leader
        for user, sees in (
            (leader, True),
            (stranger, False),
            (adviser, False),
            (self.make_user("employee"), False),
            (self.make_user("portal"), False),
        ):
            self.login(user)
            page = self.url_open(f"/survey/results/{self.survey.id}").text
            with self.subTest(user=user.login):
                self.assertEqual("Not so private" in page, sees)

    def test_a_filter_of_the_host_does_not_find_them_either(self):
        self.fill_in(self.invite(self.wave, self.make_person()), "Very private")
        line = self.sheets().user_input_line_ids.filtered("value_text_box")
        manager = self.make_user("manager")
        manager.group_ids |= self.env.ref("survey.group_survey_manager")
        self.login(manager)
        path = f"/survey/results/{self.survey.id}?filters=L,0,{line.id}"
        self.assertNotIn("Very private", self.url_open(path).text)
