"""The points of a contact: its card, its balance, whose card its points go to."""

from dateutil.relativedelta import relativedelta

from ..common import MODULE, EduCase


class TestContactPoints(EduCase):
    def test_a_contact_shows_the_points_of_its_card(self):
        card = self.make_card(points=100)
        self.book(card, 40, state="pending")
        member = card.partner_id
        self.assertEqual(member.edu_card_ids, card)
        self.assertEqual((member.edu_points, member.edu_pending_points), (100, 40))

    def test_points_that_end_within_30_days_are_shown(self):
        today = self.env.company._edu_today()
        card = self.make_card()
        for days in (0, 30, 31):
            self.book(card, 10, expires_on=today + relativedelta(days=days))
        self.assertEqual(card.edu_expiring_points, 20)
        self.assertEqual(card.partner_id.edu_expiring_points, 20)

    def test_a_contact_shows_the_latest_movements_first(self):
        card = self.make_card(points=100)
        spent = self.book(card, -30)
        entries = card.partner_id.edu_points_entry_ids
        self.assertEqual(len(entries), 2)
        self.assertEqual(entries[0], spent)

    def test_a_contact_without_card_has_no_points(self):
        stranger = self.make_customer()
        self.assertFalse(stranger.edu_card_ids)
        self.assertFalse(stranger.edu_points_entry_ids)
        self.assertEqual(stranger.edu_points, 0)

    def test_a_learner_shows_the_guardian_whose_card_gets_the_points(self):
        guardian = self.make_customer()
        child = self.make_learner(guardian)
        self.assertEqual(child.edu_wallet_owner_id, guardian)
        self.assertEqual(guardian.edu_wallet_owner_id, guardian)
        self.env.company.edu_family_wallet = False
        child.invalidate_recordset(["edu_wallet_owner_id"])
        self.assertEqual(child.edu_wallet_owner_id, child)

    def test_the_button_opens_the_only_card(self):
        card = self.make_card(points=100)
        action = card.partner_id.action_edu_open_cards()
        self.assertEqual((action["res_model"], action["res_id"]), (card._name, card.id))

    def test_the_button_lists_more_than_one_card(self):
        card = self.make_card()
        member = card.partner_id
        other = self.make_card(member, program=self.make_program())
        action = member.action_edu_open_cards()
        self.assertEqual(
            self.env["loyalty.card"].search(action["domain"]), card | other
        )

    def test_the_button_of_the_host_leaves_member_cards_out(self):
        member = self.make_card(points=100).partner_id
        gifts = self.env["loyalty.program"].create(
            {"name": "Gifts", "program_type": "gift_card"}
        )
        self.env["loyalty.card"].create(
            {"program_id": gifts.id, "partner_id": member.id, "points": 5}
        )
        for role, count in (("salesperson", 2), ("readonly", 1)):
            user = self.make_user(role)
            with self.subTest(role):
                self.assertEqual(member.with_user(user).loyalty_card_count, count)

    def test_a_member_card_opens_in_its_own_form(self):
        reader = self.make_user("readonly")
        card = self.make_card().with_user(reader)
        form = self.env.ref(f"{MODULE}.loyalty_card_view_form_member")
        self.assertEqual(card.get_formview_id(), form.id)

    def test_a_gift_card_opens_as_the_host_does(self):
        program = self.env["loyalty.program"].create(
            {"name": "Gifts", "program_type": "gift_card"}
        )
        card = self.env["loyalty.card"].create({"program_id": program.id})
        self.assertFalse(card.get_formview_id())
        self.assertIn(card.code, card.display_name)

    def test_a_member_card_is_called_by_its_member(self):
        card = self.make_card()
        self.assertIn(card.partner_id.name, card.display_name)
        self.assertIn(card.program_id.name, card.display_name)

    def test_members_are_grouped_by_grade(self):
        grade = self.env["res.partner.grade"].create({"name": "Gold"})
        card = self.make_card()
        card.partner_id.grade_id = grade
        groups = self.env["loyalty.card"]._read_group(
            [("id", "=", card.id)], ["edu_grade_id"], ["__count"]
        )
        self.assertEqual(groups, [(grade, 1)])

    def test_figures_of_many_contacts_need_few_queries(self):
        few = self.make_card(points=10).partner_id
        many = few.union(*(self.make_card(points=10).partner_id for _i in range(12)))
        names = ["edu_points", "edu_pending_points", "edu_expiring_points"]
        self.assertEqual(self.queries(many.read, names), self.queries(few.read, names))
