"""Two workers on one card, and one that is killed: nothing is taken or told twice."""

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase
from ..workers import Workers

GUARD = "edu_points_entry_guard"


@tagged("post_install", "-at_install")
class TestPointsWorkers(Workers, EduCase):
    def make_committed(self, members=4, **row):
        """Return ids of cards with 10 points each, committed."""
        with self.worker() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "At once",
                    "program_type": "loyalty",
                    "applies_on": "both",
                    "company_id": env.company.id,
                    "edu_mode": "independent_points",
                    "rule_ids": [],
                }
            )
            partners = env["res.partner"].create(
                [
                    {"name": f"Member {n}", "email": f"at.once.{n}@example.com"}
                    for n in range(members)
                ]
            )
            found = partners._edu_member_cards(program)
            cards = env["loyalty.card"].union(*found.values()).sorted("id")
            rows = [
                {
                    "card_id": card.id,
                    "points": 10,
                    "kind": "earn",
                    "text": "At once",
                    **row,
                }
                for card in cards
            ]
            env["edu.points.entry"]._book(rows)
            env.flush_all()
            self.addCleanup(self._clean, cards, program, partners)
            return cards.ids

    def _clean(self, cards, program, partners):
        """Even the database refuses to delete entries: its guard is put aside."""
        with self.worker() as env:
            cards = cards.with_env(env)
            notices = cards.edu_notice_ids
            env["mail.mail"].search(
                [("model", "=", notices._name), ("res_id", "in", notices.ids)]
            ).unlink()
            switch = "ALTER TABLE edu_points_entry %s TRIGGER %s"
            env.cr.execute(switch % ("DISABLE", GUARD))
            for query in (
                "DELETE FROM edu_points_notice WHERE card_id = ANY(%s)",
                "DELETE FROM edu_points_entry WHERE card_id = ANY(%s)",
                "DELETE FROM loyalty_card WHERE id = ANY(%s)",
            ):
                env.cr.execute(query, [cards.ids])
            env.cr.execute(switch % ("ENABLE", GUARD))
            env.invalidate_all()
            program.with_env(env).active = False
            program.with_env(env).unlink()
            partners.with_env(env).unlink()

    def assertEach(self, env, ids, points, entries):
        """Assert the balance of each card, and how many entries it has."""
        cards = env["loyalty.card"].browse(ids)
        self.assertEqual(cards.mapped("points"), [points] * len(ids))
        counts = [len(card.edu_entry_ids) for card in cards]
        self.assertEqual(counts, [entries] * len(ids))
        for card, wallet in cards._edu_wallets().items():
            self.assertEqual(wallet.balance, card.points)

    # ------------------------------------------------------------------ two at once
    def test_two_who_expire_at_once_take_once(self):
        ids = self.make_committed(expires_on=self.days_ago(1))
        with self.late_worker() as late:
            cards = late["loyalty.card"].browse(ids)
            cards.read(["points"])
            with self.worker() as first:
                # One of them is busy: the late one leaves it out, and does the others.
                first["loyalty.card"].browse(ids[:1])._edu_expire_by_job()
                cards._edu_expire_by_job()
                self.assertEqual(cards.mapped("points"), [10, 0, 0, 0])
            # The first is done meanwhile: the late one does not even try.
            cards[:1]._edu_expire_by_job()
            self.assertEqual(cards[:1].points, 10)
        with self.worker() as env:
            env["loyalty.card"].browse(ids)._edu_expire_by_job()
            self.assertEach(env, ids, 0, 2)

    def test_one_card_that_was_changed_holds_up_no_other(self):
        ids = self.make_committed(expires_on=self.days_ago(1))
        with self.late_worker() as late:
            cards = late["loyalty.card"].browse(ids)
            cards.read(["points"])
            with self.worker() as first:
                first["loyalty.card"].browse(ids[:1])._edu_expire_by_job()
            cards._edu_expire_by_job()
            self.assertEqual(cards.mapped("points"), [10, 0, 0, 0])

    def test_two_who_release_at_once_release_once(self):
        ids = self.make_committed(state="pending", available_from=self.days_ago(1))
        with self.late_worker() as late:
            entries = late["edu.points.entry"]._to_release()
            mine = entries.filtered(lambda entry: entry.card_id.id in ids)
            self.assertEqual(len(mine), len(ids))
            with self.worker() as first:
                first["edu.points.entry"].browse(mine.ids)._release()
            mine._release()
        with self.worker() as env:
            env["edu.points.entry"].browse(mine.ids)._release()
            self.assertEach(env, ids, 10, 3)

    def test_two_who_tell_at_once_tell_once(self):
        ids = self.make_committed(expires_on=self.days_ago(-20))
        with self.late_worker() as late:
            cards = late["loyalty.card"].browse(ids)
            cards.read(["edu_next_notice"])
            with self.worker() as first:
                first["loyalty.card"].browse(ids)._edu_notify()
                first.flush_all()
                cards._edu_notify()
            cards._edu_notify()
            self.assertFalse(cards.edu_notice_ids)
        with self.worker() as env:
            cards = env["loyalty.card"].browse(ids)
            cards._edu_notify()
            self.assertEqual(len(cards.edu_notice_ids), len(ids))
            mails = env["mail.mail"].search_count(
                [
                    ("model", "=", "edu.points.notice"),
                    ("res_id", "in", cards.edu_notice_ids.ids),
                ]
            )
            self.assertEqual(mails, len(ids))

    def test_who_spends_while_the_job_expires_gets_nothing_of_it(self):
        ids = self.make_committed(1, expires_on=self.days_ago(1))
        with self.late_worker() as late:
            card = late["loyalty.card"].browse(ids)
            card.read(["points"])
            with self.worker() as first:
                first["loyalty.card"].browse(ids)._edu_expire_by_job()
            # As in a request: it is begun anew, and sees how things stand.
            with self.assertRaisesRegex(Exception, "concurrent update"):
                card._edu_expire_due()

    # ------------------------------------------------------------------ killed
    def test_a_killed_worker_has_done_whole_batches_and_the_next_goes_on(self):
        ids = self.make_committed(5, expires_on=self.days_ago(1))
        batches = []

        def expire(batch):
            batches.append(len(batch))
            batch._edu_expire_by_job()
            if len(batches) == 2:
                raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.worker() as env:
            cards = env["loyalty.card"].browse(ids)
            env["edu.job.failure"]._run_job("points_expire", cards, expire, size=2)
        with self.worker() as env:
            cards = env["loyalty.card"].browse(ids)
            self.assertEqual(cards.mapped("points"), [0, 0, 10, 10, 10])
            waiting = env["loyalty.card"]._edu_to_expire() & cards
            self.assertEqual(len(waiting), 3)
            waiting._edu_expire_by_job()
            self.assertEach(env, ids, 0, 2)

    def test_a_killed_worker_has_told_whole_batches(self):
        ids = self.make_committed(3, expires_on=self.days_ago(-20))
        batches = []

        def tell(batch):
            batches.append(len(batch))
            batch._edu_notify()
            if len(batches) == 2:
                raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.worker() as env:
            cards = env["loyalty.card"].browse(ids)
            env["edu.job.failure"]._run_job("points_notice", cards, tell, size=1)
        with self.worker() as env:
            cards = env["loyalty.card"].browse(ids)
            self.assertEqual(len(cards.edu_notice_ids), 1)
            cards._edu_notify()
            self.assertEqual(len(cards.edu_notice_ids), 3)

    def test_both_accounts_of_a_released_entry_are_of_one_transaction(self):
        ids = self.make_committed(3, state="pending", available_from=self.days_ago(1))

        def release(batch):
            batch._release()
            raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.worker() as env:
            entries = env["edu.points.entry"].search([("card_id", "in", ids)])
            env["edu.job.failure"]._run_job("points_release", entries, release)
        with self.worker() as env:
            self.assertEach(env, ids, 0, 1)
            entries = env["edu.points.entry"].search([("card_id", "in", ids)])
            self.assertEqual(set(entries.mapped("state")), {rule.PENDING})
