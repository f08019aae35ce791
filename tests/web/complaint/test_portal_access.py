"""Whose complaint a page shows: on every route, nobody else's."""

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .portal import NO_HTTP_LOG, PDF, PortalCase

POSTS = {
    "message": {"message": "Hello"},
    "answer": {"act": "accept"},
    "reopen": {"reason": "Not solved"},
}


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.father_user = cls.make_user("portal", name="Father")
        cls.father = cls.father_user.partner_id
        cls.message = cls.say("We look into it", attachments=[("plan.pdf", PDF)])
        cls.file_url = f"{cls.url}/files/{cls.message.attachment_ids.id}"

    @classmethod
    def say(cls, *args, **kwargs):
        return PortalCase.say(cls, *args, **kwargs)

    def assertSees(self, user):
        self.login(user)
        status, text = self.page()
        self.assertEqual(status, 200)
        self.assertIn("Lesson canceled", text)
        self.assertIn(self.complaint.name, self.page("/my/complaints")[1])
        self.assertEqual(self.page(self.file_url)[0], 200)

    def assertSeesNothing(self, user):
        """404 on each route, and nothing changes."""
        self.login(user)
        for path in (
            self.url,
            self.file_url,
            f"{self.url}/letter",
            f"{self.url}/rate",
            f"{self.url}?access_token=wrong",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.page(path)[0], 404)
        messages = self.complaint.message_ids
        for action, data in POSTS.items():
            with self.subTest(action=action):
                response = self.post(f"{self.url}/{action}", **data)
                self.assertEqual(response.status_code, 404)
        self.assertEqual(self.complaint.message_ids, messages)
        self.assertNotIn(self.complaint.name, self.page("/my/complaints")[1])
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["complaint_count"]}
        )
        self.assertEqual(result["complaint_count"], 0)

    # ------------------------------------------------------------------ who sees it
    def test_the_complainant_sees_it(self):
        self.assertSees(self.mother_user)
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["complaint_count"]}
        )
        self.assertEqual(result["complaint_count"], 1)
        self.assertIn("/my/complaints", self.page("/my")[1])

    def test_the_payer_sees_it(self):
        self.complaint.payer_id = self.father
        self.assertSees(self.father_user)

    def test_the_other_guardian_of_the_learner_sees_it(self):
        self.link(self.father, self.child, relation="father")
        self.assertSees(self.father_user)

    def test_whoever_has_the_link_of_the_mail_reads_only(self):
        path = self.complaint._portal_ensure_token()
        self.env.flush_all()
        self.authenticate(None, None)
        status, text = self.page(f"{self.url}?access_token={path}")
        self.assertEqual(status, 200)
        self.assertNotIn("edu_complaint_write", text)
        status, _text = self.page(f"{self.file_url}?access_token={path}")
        self.assertEqual(status, 200)
        response = self.post(f"{self.url}/message", message="Hello", access_token=path)
        self.assertIn("/web/login", response.headers["Location"])

    def test_the_handler_opens_the_page_and_does_nothing_there(self):
        self.login(self.handler)
        status, text = self.page()
        self.assertEqual(status, 200)
        self.assertNotIn("edu_complaint_write", text)
        response = self.post(f"{self.url}/message", message="Hello")
        self.assertEqual(response.status_code, 404)

    # ------------------------------------------------------------------ who does not
    def test_a_stranger_gets_404_everywhere(self):
        self.assertSeesNothing(self.make_user("portal"))

    def test_another_relative_gets_404_everywhere(self):
        aunt = self.make_user("portal")
        other = self.make_learner(aunt.partner_id)
        self.link(self.mother, other)
        aunt.partner_id.parent_id = self.make_organization()
        self.mother.parent_id = aunt.partner_id.parent_id
        self.assertSeesNothing(aunt)

    def test_an_employee_without_the_right_gets_404_everywhere(self):
        self.assertSeesNothing(self.make_user("employee"))

    def test_whom_it_is_about_gets_404_everywhere(self):
        for role in ("portal", "manager"):
            user = self.make_user(role)
            self.link(user.partner_id, self.child, relation="father")
            self.complaint.accused_partner_ids = user.partner_id
            with self.subTest(role=role):
                self.assertSeesNothing(user)
                token = self.complaint._portal_ensure_token()
                self.env.flush_all()
                status, _text = self.page(f"{self.url}?access_token={token}")
                self.assertEqual(status, 404)

    def test_another_company_gets_404_everywhere(self):
        user = self.make_user("portal", company=self.make_company())
        self.complaint.payer_id = user.partner_id
        self.assertSeesNothing(user)

    def test_an_anonymous_complaint_about_a_child_is_nobodys(self):
        complaint = self.complaint
        complaint.write({"partner_id": False, "is_anonymous": True})
        self.assertSeesNothing(self.mother_user)

    def test_who_is_not_logged_in_logs_in(self):
        self.authenticate(None, None)
        own = (self.url, self.file_url, f"{self.url}/letter", f"{self.url}/rate")
        for path in (*own, "/my/complaints"):
            with self.subTest(path=path):
                response = self.url_open(path, allow_redirects=False)
                self.assertIn(response.status_code, (302, 303))
                self.assertIn("/web/login", response.headers["Location"])

    # ------------------------------------------------------------------ forms
    def test_without_the_token_of_the_form_nothing_happens(self):
        self.login(self.mother_user)
        messages = self.complaint.message_ids
        for action, data in POSTS.items():
            with self.subTest(action=action):
                response = self.post(f"{self.url}/{action}", csrf_token="", **data)
                self.assertEqual(response.status_code, 400)
        self.assertEqual(self.complaint.message_ids, messages)

    def test_forms_are_not_sent_by_a_link(self):
        self.login(self.mother_user)
        for action in POSTS:
            with self.subTest(action=action):
                self.assertEqual(self.page(f"{self.url}/{action}")[0], 405)

    # ------------------------------------------------------------------ by RPC
    def call(self, model, method, *args, **kwargs):
        with NO_HTTP_LOG, mute_logger("odoo.addons.base.models.ir_model"):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": kwargs},
            )

    def test_customers_read_nothing_by_rpc(self):
        self.login(self.mother_user)
        ids = self.complaint.ids
        for method, args in (
            ("read", (ids, ["name", "plan", "level", "accused_partner_ids"])),
            ("search", ([],)),
            ("search_count", ([],)),
            ("write", (ids, {"subject": "Mine"})),
            ("create", ([{"subject": "Mine"}],)),
            ("get_portal_url", (ids,)),
            ("message_post", (ids,)),
        ):
            with self.subTest(method=method), self.assertRaises(JsonRpcException):
                self.call("edu.complaint", method, *args)
        subscribe = ("edu.complaint", "message_subscribe", ids, self.mother.ids)
        self.assertFalse(self.call(*subscribe))
        with self.assertRaises(JsonRpcException):
            self.call(
                "edu.complaint", "message_notify", ids, partner_ids=self.father.ids
            )
        own_rows = [m for m in self.env if m.startswith("edu.complaint.")]
        for model in set(own_rows) - {"edu.complaint.type", "edu.complaint.matter"}:
            with self.subTest(model=model), self.assertRaises(JsonRpcException):
                self.call(model, "search_read", [], ["id"])

    def test_the_routes_of_the_host_show_customers_nothing(self):
        token = self.complaint._portal_ensure_token()
        self.env.flush_all()
        thread = {"thread_model": "edu.complaint", "thread_id": self.complaint.id}
        note = self.note("He is lying")
        messages = self.complaint.message_ids
        for user in (self.mother_user, None):
            self.authenticate(user and user.login, user and user.login)
            for path, params in (
                ("/mail/thread/messages", thread),
                ("/mail/chatter_fetch", {**thread, "token": token}),
                (
                    "/mail/message/post",
                    {**thread, "token": token, "post_data": {"body": "Hello"}},
                ),
                (
                    "/mail/message/update_content",
                    {
                        "message_id": self.message.id,
                        "update_data": {"body": "Hello"},
                        "token": token,
                    },
                ),
            ):
                with self.subTest(path=path, user=user), NO_HTTP_LOG:
                    try:
                        result = self.make_jsonrpc_request(path, params)
                    except JsonRpcException:
                        continue
                    # What was addressed to her she may read.
                    self.assertNotIn(note.id, result["messages"])
                    self.assertLessEqual(set(result["messages"]), {self.message.id})
        self.env.invalidate_all()
        self.assertEqual(self.complaint.message_ids, messages)

    def test_an_odd_token_opens_nothing_and_breaks_nothing(self):
        self.complaint._portal_ensure_token()
        self.login(self.father_user)
        for token in ("%C3%A9", "%00", "1-%C3%A9"):
            with self.subTest(token=token):
                path = f"{self.url}?access_token={token}"
                self.assertEqual(self.page(path)[0], 404)
                path = f"/complaint/{self.complaint.id}/answer?access_token={token}"
                self.assertEqual(self.page(path)[0], 404)

    # ------------------------------------------------------------------ numbers
    def test_the_list_takes_as_many_queries_for_one_as_for_twenty(self):
        self.login(self.mother_user)
        self.page("/my/complaints")
        one = self.page_queries("/my/complaints")
        for _number in range(19):
            self.make_complaint(self.mother)
        self.page("/my/complaints")
        twenty = self.page_queries("/my/complaints")
        self.assertLessEqual(twenty, one + 2)

    def page_queries(self, path):
        before = self.cr.sql_log_count
        self.page(path)
        return self.cr.sql_log_count - before
