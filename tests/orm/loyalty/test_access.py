"""Who sees and changes cards, ledger, programs and rules: roles, teams, companies."""

from ..common import EduCase

MODELS = ("loyalty.card", "edu.points.entry", "loyalty.program", "edu.points.rule")
# Operations on each of them. Cards and programs are the host's: it lets salespeople
# write to cards, and sales managers make programs.
MATRIX = {
    "employee": ("", "", "", ""),
    "portal": ("", "", "", ""),
    "salesperson": ("rw", "", "r", ""),
    "readonly": ("r", "r", "r", "r"),
    "agent": ("rw", "r", "r", "r"),
    "leader": ("rw", "r", "r", "r"),
    "manager": ("rwc", "r", "rwcd", "rwcd"),
}


class TestAccess(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.make_program()
        cls.card = cls.make_card(points=100)

    # ------------------------------------------------------------------ operations
    def test_each_role_does_what_it_may_and_no_more(self):
        for role, rights in MATRIX.items():
            user = self.make_user(role)
            for model, expected in zip(MODELS, rights, strict=True):
                with self.subTest(role=role, model=model):
                    self.assertEqual(self.rights(user, model), expected)

    def test_nobody_books_changes_or_deletes_by_hand(self):
        row = {"card_id": self.card.id, "points": 5, "kind": "earn", "text": "Mine"}
        for role in ("agent", "leader", "manager"):
            entries = self.env["edu.points.entry"].with_user(self.make_user(role))
            entry = entries.browse(self.card.edu_entry_ids.id)
            with self.subTest(role=role):
                self.assertRefused(entries.create, row)
                self.assertRefused(entry.write, {"text": "Mine"})
                self.assertRefused(entry.unlink)
        self.assertBalance(self.card, 100)

    def test_nobody_types_points_or_what_follows_from_them(self):
        for role in ("salesperson", "agent", "leader", "manager"):
            card = self.card.with_user(self.make_user(role))
            for vals in (
                {"points": 500},
                {"edu_difference": 0},
                {"edu_is_member": False},
                {"edu_joined_on": "2020-01-01"},
                {"edu_entry_ids": []},
            ):
                with self.subTest(role=role, **vals):
                    self.assertRefused(card.write, vals)
        self.assertBalance(self.card, 100)

    def test_nobody_writes_what_follows_from_the_ledger(self):
        fields = [
            name
            for name, field in self.card._fields.items()
            if name.startswith("edu_") and field.readonly
        ]
        self.assertIn("edu_next_expiry", fields)
        for role in ("salesperson", "manager"):
            card = self.card.with_user(self.make_user(role))
            for name in fields:
                with self.subTest(role=role, field=name):
                    self.assertRefused(card.write, {name: False})

    def test_nobody_gives_a_card_to_another_person(self):
        thief = self.make_customer()
        other = self.make_program()
        for role in ("salesperson", "agent", "leader", "manager"):
            card = self.card.with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertRefused(card.write, {"partner_id": thief.id})
                self.assertRefused(card.write, {"program_id": other.id})

    def test_only_managers_change_the_number_or_archive_a_member_card(self):
        empty = self.make_card()
        for role in ("salesperson", "agent", "leader"):
            card = empty.with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertRefused(card.write, {"active": False})
                self.assertRefused(card.write, {"code": "mine"})
                self.assertRefused(card.write, {"expiration_date": "2020-01-01"})
        empty.with_user(self.make_user("manager")).write({"code": "1", "active": False})
        self.assertEqual((empty.code, empty.active), ("1", False))

    def test_salespeople_keep_the_rights_of_the_host_on_coupons(self):
        program = self.env["loyalty.program"].create(
            {"name": "Coupons", "program_type": "coupons"}
        )
        coupon = self.env["loyalty.card"].create({"program_id": program.id})
        coupon.with_user(
            self.make_user("salesperson")
        ).partner_id = self.card.partner_id
        self.assertEqual(coupon.partner_id, self.card.partner_id)

    # ------------------------------------------------------------------ programs
    def test_education_managers_configure_programs(self):
        program = self.program.with_user(self.make_user("manager"))
        program.write({"edu_point_cost": 0.05, "edu_debt_policy": "block"})
        self.assertEqual(self.program.edu_point_cost, 0.05)

    def test_sales_managers_without_education_role_do_not(self):
        user = self.make_user("salesperson")
        user.group_ids += self.env.ref("sales_team.group_sale_manager")
        program = self.program.with_user(user)
        program.name = "Renamed"
        self.assertRefused(program.write, {"edu_point_cost": 5})
        self.assertRefused(program.write, {"edu_mode": False})
        self.assertRefused(program.write, {"edu_adjust_limit": 100000})

    def test_an_agent_who_manages_sales_does_not_either(self):
        user = self.make_user("agent")
        user.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.assertRefused(self.program.with_user(user).write, {"edu_point_cost": 5})

    def test_only_managers_change_rules(self):
        rule = self.make_points_rule("birthday")
        for role in ("salesperson", "agent", "leader"):
            with self.subTest(role=role):
                user = self.make_user(role)
                self.assertRefused(rule.with_user(user).write, {"points": 1000})
        rule.with_user(self.make_user("manager")).points = 200
        self.assertEqual(rule.points, 200)

    # ------------------------------------------------------------------ teams
    def seen(self, user):
        return self.env["edu.points.entry"].with_user(user).search([]).card_id

    def test_agents_see_movements_of_the_own_customers_and_of_nobodys(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        own = self.make_card(self.make_customer(user_id=agent.id), points=10)
        foreign = self.make_card(self.make_customer(user_id=other.id), points=10)
        self.assertEqual(self.seen(agent), own | self.card)
        self.assertRefused(foreign.edu_entry_ids.with_user(agent).read, ["points"])

    def test_leaders_see_movements_of_the_team(self):
        leader, agent = self.make_user("leader"), self.make_user("agent")
        stranger = self.make_user("agent")
        self.env["crm.team"].create(
            {"name": "Team", "user_id": leader.id, "member_ids": agent.ids}
        )
        team = self.make_card(self.make_customer(user_id=agent.id), points=10)
        self.make_card(self.make_customer(user_id=stranger.id), points=10)
        self.assertEqual(self.seen(leader), team | self.card)

    def test_managers_and_readers_see_all_movements(self):
        agent = self.make_user("agent")
        foreign = self.make_card(self.make_customer(user_id=agent.id), points=10)
        for role in ("manager", "readonly"):
            with self.subTest(role=role):
                self.assertEqual(self.seen(self.make_user(role)), foreign | self.card)

    def test_the_pending_points_of_a_card_are_those_of_all(self):
        agent = self.make_user("agent")
        other = self.make_customer(user_id=self.make_user("agent").id)
        card = self.make_card(other, points=40, state="pending")
        self.assertEqual(card.with_user(agent).edu_pending_points, 40)

    # ------------------------------------------------------------------ companies
    def test_another_company_sees_and_changes_nothing(self):
        west = self.env["res.company"].create({"name": "West"})
        rule = self.make_points_rule("birthday")
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role, company=west)
            for record in (self.card, self.card.edu_entry_ids, self.program, rule):
                with self.subTest(role=role, model=record._name):
                    mine = record.with_user(user)
                    self.assertFalse(mine.search([("id", "in", record.ids)]))
                    self.assertRefused(mine.read, ["create_uid"])

    def test_the_contact_shows_points_of_the_own_companies_only(self):
        west = self.env["res.company"].create({"name": "West"})
        member = self.card.partner_id
        program = self.make_program(company=west)
        self.make_card(member, program=program, points=30)
        for company, points in ((self.env.company, 100), (west, 30)):
            user = self.make_user("readonly", company=company)
            with self.subTest(company=company.name):
                self.assertEqual(member.with_user(user).edu_points, points)

    def test_points_of_a_contact_need_an_education_role(self):
        member = self.card.partner_id.with_user(self.make_user("salesperson"))
        for name in ("edu_points", "edu_card_ids", "edu_points_entry_ids"):
            with self.subTest(field=name):
                self.assertRefused(member.read, [name])

    def test_salespeople_without_role_open_cards_and_programs(self):
        user = self.make_user("salesperson")
        for record in (self.card, self.program, self.card.partner_id):
            with self.subTest(model=record._name):
                arch = record.with_user(user).get_view(view_type="form")["arch"]
                self.assertNotIn("edu_entry_ids", arch)
                self.assertNotIn("edu_rule_ids", arch)
                self.assertNotIn("edu_loyalty_page", arch)
