"""Messages and files between the customer and the school."""

from odoo.tests import JsonRpcException, tagged

from .portal import NO_HTTP_LOG, PDF, PortalCase

MEGABYTE = 1024 * 1024


@tagged("post_install", "-at_install")
class TestPortalTalk(PortalCase):
    def setUp(self):
        super().setUp()
        self.login(self.mother_user)

    def write(self, message="", *files):
        return self.post(
            f"{self.url}/message",
            files=[("files", file) for file in files],
            message=message,
        )

    def test_a_message_with_a_file_reaches_the_complaint(self):
        response = self.write("When do\nI hear of it?", ("photo.pdf", PDF))
        self.assertEqual(response.status_code, 303)
        message = self.complaint.message_ids[0]
        self.assertEqual(message.author_id, self.mother)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertIn("When do<br", message.body)
        self.assertEqual(message.attachment_ids.name, "photo.pdf")
        self.assertTrue(self.complaint.waiting_since)
        self.assertNotIn(self.mother, self.complaint.message_partner_ids)
        status, text = self.page()
        self.assertEqual(status, 200)
        self.assertIn("I hear of it?", text)
        response = self.url_open(f"{self.url}/files/{message.attachment_ids.id}")
        self.assertEqual(response.content, PDF)
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_markup_of_a_message_stays_text(self):
        self.write("<b onclick='x'>Hello</b>")
        self.assertIn("&lt;b onclick=", self.complaint.message_ids[0].body)

    def test_answers_of_the_school_are_read_there(self):
        self.say("We repeat the lesson")
        self.assertIn("We repeat the lesson", self.page()[1])

    def test_internal_notes_and_their_files_are_read_by_nobody(self):
        note = self.note("He is lying", attachments=[("secret.pdf", PDF)])
        file = note.attachment_ids
        text = self.page()[1]
        self.assertNotIn("He is lying", text)
        self.assertNotIn("secret.pdf", text)
        paths = (
            f"{self.url}/files/{file.id}",
            f"/web/content/{file.id}",
            f"/web/image/{file.id}",
            f"/mail/attachment/pdf_first_page/{file.id}",
        )
        for path in paths:
            with self.subTest(path=path):
                self.assertNotEqual(self.url_open(path).content, PDF)
        self.assertEqual(self.page(paths[0])[0], 404)
        for model, ids in (("ir.attachment", file.ids), ("mail.message", note.ids)):
            call = {"model": model, "method": "read", "args": [ids, ["id"]]}
            with (
                self.subTest(model=model),
                NO_HTTP_LOG,
                self.assertRaises(JsonRpcException),
            ):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/{model}/read", {**call, "kwargs": {}}
                )
        self.assertFalse(file.access_token)

    def test_what_others_wrote_is_not_shown(self):
        stranger = self.make_person(name="Stranger", email="stranger@example.com")
        self.complaint.message_post(
            body="I was in Cc",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=stranger.id,
        )
        self.assertNotIn("I was in Cc", self.page()[1])

    def test_changes_of_fields_are_not_shown(self):
        self.bring(self.complaint, "assess")
        self.complaint.level = "supervisor"
        self.flush_tracking()
        text = self.page()[1]
        self.assertIn("Being handled", text)
        self.assertNotIn("Supervisor", text)

    def test_a_refused_message_is_explained_and_kept(self):
        for files, words in (
            ((), "Please write a message"),
            ([("a.html", b"<html><script>1</script></html>")], "neither a PDF"),
            ([("a.pdf", b"")], "is empty"),
            ([("a.pdf", PDF + bytes(5 * MEGABYTE))], "larger than"),
            ([(f"{n}.pdf", PDF) for n in range(6)], "no more than 5 files"),
        ):
            with self.subTest(words=words):
                response = self.write("My words" if files else " ", *files)
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, response.text)
                if files:
                    self.assertIn("My words", response.text)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "edu.complaint"),
                    ("res_id", "=", self.complaint.id),
                ]
            )
        )

    def test_five_files_of_five_megabytes_are_taken(self):
        content = PDF + bytes(5 * MEGABYTE - len(PDF))
        response = self.write("", *[(f"{n}.pdf", content) for n in range(5)])
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.complaint.message_ids[0].attachment_ids), 5)

    def test_much_too_much_is_cut_off(self):
        response = self.write("", ("a.pdf", PDF + bytes(41 * MEGABYTE)))
        self.assertEqual(response.status_code, 413)

    def test_the_host_takes_no_files_past_the_limits(self):
        token = self.complaint._portal_ensure_token()
        self.env.flush_all()
        response = self.post(
            "/mail/attachment/upload",
            files={"ufile": ("a.html", b"<html></html>")},
            thread_model="edu.complaint",
            thread_id=self.complaint.id,
            token=token,
        )
        self.assertEqual(response.status_code, 404)
