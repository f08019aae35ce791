"""The archived file: made once, checked by its hash whenever it is opened."""

from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_contract_archive"
PDF = b"%PDF-1.4 contract "


@tagged("post_install", "-at_install")
class TestContractArchive(EduCase):
    def setUp(self):
        super().setUp()
        guardian = self.make_person()
        self.learner = self.make_learner(guardian)
        self.order = self.make_course_order(guardian, self.learner)

    def rendered(self):
        """Make files without the external program: what they say is their number."""
        return patch.object(
            type(self.env["edu.contract"]),
            "_render",
            lambda contract: PDF + contract.name.encode(),
        )

    def archived(self):
        with self.rendered():
            return self.sign(self.order)

    def tamper(self, contract):
        """Overwrite the stored file, as somebody with access to the disk would."""
        attachment = contract.attachment_id
        path = Path(attachment._full_path(attachment.store_fname))
        content = path.read_bytes()
        self.addCleanup(path.write_bytes, content)
        path.write_bytes(content.replace(b"contract", b"contraxt"))

    def test_a_signature_archives_the_file_with_its_hash(self):
        contract = self.archived()
        attachment = contract.attachment_id
        self.assertEqual(attachment.raw, PDF + contract.name.encode())
        self.assertEqual(attachment.res_model, "edu.contract")
        self.assertEqual(attachment.res_id, contract.id)
        self.assertEqual(len(contract.pdf_sha256), 64)
        self.assertTrue(contract.is_intact)
        contract.invalidate_recordset(["is_intact"])
        self.assertTrue(contract.with_context(bin_size=True).is_intact)
        self.assertFalse(contract.is_pending)
        self.assertEqual(contract.action_open_pdf()["type"], "ir.actions.act_url")

    def test_nobody_changes_or_deletes_the_file(self):
        attachment = self.archived().attachment_id
        for role in ("agent", "manager"):
            here = attachment.with_user(self.make_user(role))
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    here.write({"raw": b"other"})
                with self.assertRaises(AccessError):
                    here.unlink()
                with self.assertRaises(AccessError):
                    here.write({"res_id": False})

    def test_the_file_is_archived_once(self):
        contract = self.archived()
        with self.assertRaises(UserError):
            contract.sudo().write({"pdf_sha256": "0" * 64})
        before = contract.attachment_id
        with self.rendered():
            contract.action_make_pdf()
        self.assertEqual(contract.attachment_id, before)

    def test_an_altered_file_is_found_and_told_once(self):
        contract = self.archived()
        manager = self.make_user("manager")
        self.tamper(contract)
        self.env.invalidate_all()
        self.assertFalse(contract.is_intact)
        here = contract.with_user(manager)
        for _round in range(2):
            action = here.action_open_pdf()
            self.assertEqual(action["tag"], "display_notification")
            self.assertEqual(action["params"]["type"], "danger")
            self.assertIn("altered", action["params"]["message"])
        self.assertTrue(contract.tampered_at)
        self.assertEqual(len(contract.activity_ids), 1)
        self.assertTrue(
            contract.activity_ids.user_id.has_group("edu_crm_addon.group_edu_manager")
        )
        notes = contract.message_ids.filtered(lambda m: "altered" in (m.body or ""))
        self.assertEqual(len(notes), 1)

    def test_a_lost_file_counts_as_altered(self):
        contract = self.archived()
        attachment = contract.attachment_id
        path = Path(attachment._full_path(attachment.store_fname))
        content = path.read_bytes()
        self.addCleanup(path.write_bytes, content)
        path.unlink()
        self.env.invalidate_all()
        self.assertFalse(contract.is_intact)

    def test_altered_facts_are_found_as_well(self):
        contract = self.archived()
        facts = contract.facts
        facts["terms"]["total"] = "1.00"
        self.env.flush_all()
        self.cr.execute(
            "UPDATE edu_contract SET facts = jsonb_set(facts, '{terms,total}', '\"1\"')"
            " WHERE id = %s",
            [contract.id],
        )
        self.env.invalidate_all()
        self.assertFalse(contract.is_intact)

    def test_who_only_reads_verifies_too(self):
        contract = self.archived().with_user(self.make_user("readonly"))
        self.assertEqual(contract.action_verify()["params"]["type"], "success")

    # ------------------------------------------------------------------ no program
    def test_without_the_program_the_signature_counts_and_the_file_follows(self):
        contract = self.sign(self.order)  # tests print no PDF
        self.assertEqual(contract.state, "signed")
        self.assertTrue(contract.is_pending)
        self.assertTrue(contract.is_intact)
        self.assertIn(
            contract, self.env["edu.contract"].search([("is_pending", "=", True)])
        )
        with self.rendered():
            self.run_cron(CRON)
        self.assertFalse(contract.is_pending)
        self.assertTrue(contract.is_intact)

    def test_a_file_that_cannot_be_made_is_listed_and_stops_no_other(self):
        contract = self.sign(self.order)
        other = self.sign(self.make_course_order(self.make_person()))

        def render(one):
            if one.id == contract.id:
                raise UserError("no printer")
            return PDF + one.name.encode()

        with patch.object(type(contract), "_render", render):
            self.run_cron(CRON)
        self.assertTrue(contract.is_pending)
        self.assertFalse(other.is_pending)
        failure = self.env["edu.job.failure"].search([("job", "=", "contract_pdf")])
        self.assertEqual(failure.res_id, contract.id)
        with self.rendered():
            self.run_cron(CRON)
        self.assertFalse(failure.exists())
        self.assertFalse(contract.is_pending)

    def test_the_button_makes_the_file_that_is_missing(self):
        contract = self.sign(self.order)
        with self.rendered():
            contract.with_user(self.make_user("manager")).action_make_pdf()
        self.assertFalse(contract.is_pending)

    # ------------------------------------------------------------------ text
    def test_the_text_is_the_same_in_every_language(self):
        contract = self.sign(self.order)
        report = self.env["ir.actions.report"]
        texts = {
            lang: report.with_context(lang=lang)._render_qweb_html(
                "edu_crm_addon.edu_contract_report", contract.ids
            )[0]
            for lang in ("en_US", "zh_CN")
        }
        body = {lang: text.partition(b"<h2")[2] for lang, text in texts.items()}
        self.assertEqual(body["en_US"], body["zh_CN"])
        for word in ("Enrollment contract", "入学合同", contract.name, "学员"):
            self.assertIn(word.encode(), body["en_US"])
        self.assertIn(self.learner.name.encode(), body["en_US"])

    def test_the_rules_of_the_school_are_printed_in_both_languages(self):
        company = self.env.company
        company.edu_contract_rules_en = "<p>No eating in class</p>"
        company.edu_contract_rules_zh = "<p>课堂上禁止饮食</p>"
        facts = self.sign(self.order).facts
        self.assertIn("No eating", facts["rules"]["en_US"])
        self.assertIn("禁止饮食", facts["rules"]["zh_CN"])

    def test_a_real_file_is_a_pdf(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest("wkhtmltopdf is not installed")
        order = self.order.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            contract = self.sign(order)
        self.assertFalse(contract.is_pending)
        self.assertTrue(contract.attachment_id.raw.startswith(b"%PDF"))
        self.assertTrue(contract.is_intact)
