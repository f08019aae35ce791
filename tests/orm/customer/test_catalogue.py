"""The catalogues hold exactly the documents' values, and belong to the school."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase

C01_STAGES = [
    ("preschool", "Pre-school education customer", "学前教育客户"),
    ("primary", "Primary education customer", "小学教育客户"),
    ("secondary", "Secondary education customer", "中学教育客户"),
    ("higher", "Higher education customer", "高等教育客户"),
    ("vocational", "Vocational education customer", "职业教育客户"),
]
C02_TYPES = [
    ("public", "Public education customer", "公办教育客户"),
    ("private", "Private education customer", "民办教育客户"),
    ("international", "International education customer", "国际教育客户"),
    ("online", "Online education customer", "在线教育客户"),
]
C03_NATURES = [
    ("institution", "Education institution customer", "教育机构客户"),
    ("investment", "Education investment customer", "教育投资客户"),
    ("consultancy", "Education consultancy customer", "教育咨询客户"),
    (
        "edtech_research",
        "Education-technology research customer",
        "教育技术研究客户",
    ),
    ("product_supplier", "Education product supplier", "教育产品供应商"),
    # The two sides of a family, which the documents do not list as natures.
    ("learner", "Learner", "学员"),
    ("guardian", "Parent/Guardian", "家长"),
]
C04_NEEDS = {
    "preschool": [
        ("preschool_rich_playful_content", "教育内容丰富多样,寓教于乐"),
        ("preschool_growth_individual_plan", "紧密关注儿童成长,提供个性化教育方案"),
        ("preschool_parent_involvement", "家长参与度高,实现家校互动"),
    ],
    "primary": [
        ("primary_quality_resources", "提供优质教育资源,提高教学效果"),
        ("primary_allround_development", "培养学生综合素质,关注学生全面发展"),
        ("primary_home_school_communication", "加强家校沟通,提高家长满意度"),
    ],
    "secondary": [
        ("secondary_exam_preparation", "提高教学质量,助力学生备战高考"),
        ("secondary_mental_health", "关注学生心理健康,提供心理辅导服务"),
        ("secondary_brand_enrolment", "增强学校品牌形象,提高招生竞争力"),
    ],
    "higher": [
        ("higher_quality_employment", "提升教育教学质量,提高毕业生就业率"),
        ("higher_international_cooperation", "拓展国际合作,提高国际知名度"),
        ("higher_industry_research", "加强产学研结合,推动教育创新发展"),
    ],
    "vocational": [
        ("vocational_practical_skills", "紧密结合市场需求,提供实用技能培训"),
        ("vocational_employment", "提升学员就业竞争力,实现高质量就业"),
        ("vocational_school_enterprise", "建立完善的校企合作机制,促进产业发展"),
    ],
}
C60_TIERS = [
    ("vip", "VIP customer", "VIP客户", "utmost"),
    ("main", "Main customer", "主要客户", "full_effort"),
    ("ordinary", "Ordinary customer", "普通客户", "case_by_case"),
    ("small", "Small customer", "小客户", "mostly_give_up"),
]


@tagged("post_install", "-at_install")
class TestCatalogue(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref(f"base.module_{MODULE}")._update_translations(["zh_CN"])

    def shipped(self, model):
        """Return what the addon ships, in the order of the pick list."""
        rows = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model)]
        )
        return self.env[model].search([("id", "in", rows.mapped("res_id"))])

    def codes_and_names(self, model):
        return [
            (value.code, value.name, value.with_context(lang="zh_CN").name)
            for value in self.shipped(model)
        ]

    def test_stages_are_those_of_the_documents(self):
        self.assertEqual(self.codes_and_names("edu.stage"), C01_STAGES)

    def test_types_are_those_of_the_documents(self):
        self.assertEqual(self.codes_and_names("edu.education.type"), C02_TYPES)

    def test_natures_are_those_of_the_documents_with_both_sides_of_a_family(self):
        self.assertEqual(self.codes_and_names("edu.customer.nature"), C03_NATURES)

    def test_each_stage_owns_its_three_needs_in_order(self):
        for code, needs in C04_NEEDS.items():
            with self.subTest(stage=code):
                found = self.stage(code).need_ids.sorted("sequence")
                self.assertEqual(
                    [(n.code, n.with_context(lang="zh_CN").name) for n in found], needs
                )

    def test_needs_are_listed_by_stage(self):
        expected = [code for needs in C04_NEEDS.values() for code, _name in needs]
        self.assertEqual(self.shipped("edu.need").mapped("code"), expected)

    def test_needs_follow_when_stages_are_reordered(self):
        self.stage("vocational").sequence = 1
        first = self.shipped("edu.need")[:3]
        self.assertEqual(first.stage_id, self.stage("vocational"))

    def test_tiers_carry_the_attitude_to_losing_each(self):
        found = [
            (t.code, t.name, t.with_context(lang="zh_CN").name, t.loss_attitude)
            for t in self.shipped("edu.customer.tier")
        ]
        self.assertEqual(found, C60_TIERS)

    # ------------------------------------------------------------------ own values
    def test_a_manager_adds_a_sixth_stage(self):
        stages = self.env["edu.stage"].with_user(self.make_user("manager"))
        form = Form(stages)
        form.name = "Adult education customer"
        stage = form.save()
        customer = self.make_customer(edu_stage_ids=stage.ids)
        self.assertFalse(stage.code)
        self.assertIn(customer, customer.search([("edu_stage_ids", "=", stage.id)]))

    def test_own_values_may_all_go_without_code(self):
        stages = self.env["edu.stage"].create([{"name": "A"}, {"name": "B"}])
        self.env.flush_all()
        self.assertEqual(stages.mapped("code"), [False, False])

    def test_a_value_is_renamed_and_translated(self):
        stage = self.stage("primary")
        stage.name = "Primary schools"
        stage.with_context(lang="zh_CN").name = "小学"
        self.assertEqual(stage.name, "Primary schools")
        self.assertEqual(stage.with_context(lang="zh_CN").name, "小学")

    def test_the_order_of_the_pick_list_is_the_schools(self):
        self.stage("vocational").sequence = 1
        self.assertEqual(self.env["edu.stage"].search([])[0].code, "vocational")

    def test_a_value_is_found_by_its_code(self):
        found = self.env["edu.stage"].name_search("preschool")
        self.assertEqual(found[0][0], self.stage("preschool").id)

    def test_ages_of_a_stage_may_not_run_backwards(self):
        with self.assertRaisesRegex(ValidationError, "run backwards"):
            self.env["edu.stage"].create({"name": "A", "age_from": 12, "age_to": 6})

    def test_a_stage_without_upper_age_is_allowed(self):
        stage = self.env["edu.stage"].create({"name": "A", "age_from": 18})
        self.assertEqual(stage.age_to, 0)

    # ------------------------------------------------------------------ archiving
    def test_an_archived_value_leaves_the_pick_list_and_stays_on_the_customer(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        customer = self.make_customer(edu_stage_ids=stage.ids)
        stage.action_archive()
        self.env.invalidate_all()
        self.assertFalse(self.env["edu.stage"].name_search("Adult education"))
        self.assertEqual(customer.edu_stage_ids, stage)

    def test_an_archived_type_stays_on_the_customer(self):
        kind = self.env["edu.education.type"].create({"name": "Evening"})
        customer = self.make_customer(edu_type_id=kind.id)
        kind.action_archive()
        self.env.invalidate_all()
        self.assertEqual(customer.edu_type_id, kind)
        self.assertFalse(self.env["edu.education.type"].name_search("Evening"))

    def test_saving_the_form_keeps_an_archived_value(self):
        stage = self.env["edu.stage"].create({"name": "Adult education"})
        customer = self.make_customer(edu_stage_ids=stage.ids)
        stage.action_archive()
        self.env.invalidate_all()
        with Form(customer) as form:
            form.name = "Renamed"
        self.env.invalidate_all()
        self.assertEqual(customer.edu_stage_ids, stage)
