"""The templates of the import screen fit it, in each language they are made for."""

import csv
import io
from mimetypes import guess_type

from openpyxl import load_workbook

from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from ..common import EduCase

FOLDER = "/edu_crm_addon/static/xls"
COLUMNS = [
    "name",
    "is_company",
    "ref",
    "phone",
    "email",
    "street",
    "city",
    "country_id",
    "edu_birth_date",
    "edu_stage_ids",
    "edu_type_id",
    "edu_nature_ids",
    "edu_need_ids",
    "edu_tier_id",
    "edu_background",
    "edu_interests",
    "edu_channel_preference",
    "edu_guardian_link_ids/guardian_id",
    "edu_guardian_link_ids/relation",
    "edu_guardian_link_ids/is_payer",
]
# What the import screen asks of the reader of a CSV file.
OPTIONS = {"has_headers": True, "quoting": '"', "separator": ","}


def read(path):
    """Return the rows of a template as text, an empty cell as ''."""
    with file_open(path.lstrip("/"), "rb") as file:
        content = file.read()
    if path.endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content)).active
    return [[text(cell) for cell in row] for row in sheet.rows]


def text(cell):
    value = cell.value.date() if cell.value and cell.is_date else cell.value
    return str(value or "")


@tagged("post_install", "-at_install")
class TestImportTemplate(EduCase):
    def wizard(self, path, lang):
        """Return the import screen with the file a user of ``lang`` has chosen."""
        with file_open(path.lstrip("/"), "rb") as file:
            content = file.read()
        agent = self.make_user("agent", company=self.env.company)
        wizards = self.env["base_import.import"].with_user(agent)
        return wizards.with_context(lang=lang).create(
            {
                "res_model": "res.partner",
                "file": content,
                "file_name": path.rpartition("/")[2],
                "file_type": guess_type(path)[0],
            }
        )

    def load(self, path, lang):
        """Import the template as it is; return its customers in the order of lines."""
        wizard, options = self.wizard(path, lang), dict(OPTIONS)
        with mute_logger("odoo.addons.base_import.models.base_import"):
            preview = wizard.parse_preview(options)
        options = {**options, **preview["options"]}
        fields = ["/".join(preview["matches"][i]) for i in range(len(COLUMNS))]
        result = wizard.execute_import(fields, preview["headers"], options)
        self.assertFalse(result["messages"])
        return self.env["res.partner"].browse(result["ids"])

    def labels(self, lang):
        """Return the labels of the columns' fields, path by path."""
        partners = self.env["res.partner"].with_context(lang=lang)
        labels = []
        for column in COLUMNS:
            model, path = partners, []
            for name in column.split("/"):
                path.append(model.fields_get([name])[name]["string"])
                model = model[name] if model._fields[name].relational else model
            labels.append(" / ".join(path))
        return labels

    # ------------------------------------------------------------------ what is offered
    def test_each_user_is_offered_the_files_of_the_own_language(self):
        for lang, stem in (
            ("en_US", "edu_customers"),
            ("zh_CN", "edu_customers_zh_CN"),
        ):
            partners = self.env["res.partner"].with_context(lang=lang)
            offered = [t["template"] for t in partners.get_import_templates()]
            self.assertEqual(
                offered[-2:], [f"{FOLDER}/{stem}.xlsx", f"{FOLDER}/{stem}.csv"]
            )

    def test_both_formats_say_the_same(self):
        for stem in ("edu_customers", "edu_customers_zh_CN"):
            self.assertEqual(
                read(f"{FOLDER}/{stem}.xlsx"), read(f"{FOLDER}/{stem}.csv")
            )

    # ------------------------------------------------------------------ the columns
    def assertMapped(self, lang, path, *, but=()):
        header = read(path)[0]
        labels = self.labels(lang)
        self.assertEqual(
            {h for h, label in zip(header, labels, strict=True) if h != label},
            set(but),
        )
        preview = self.wizard(path, lang).parse_preview(dict(OPTIONS))
        self.assertEqual(preview["headers"], header)
        matches = [preview["matches"].get(i) for i in range(len(header))]
        self.assertEqual(matches, [column.split("/") for column in COLUMNS])

    def test_each_column_finds_its_field(self):
        self.assertMapped("en_US", f"{FOLDER}/edu_customers.xlsx")

    def test_each_chinese_column_finds_its_field(self):
        # Two labels serve only in English: 国家/地区 would be read as a path, and the
        # host calls the customer rank 客户等级 too.
        path = f"{FOLDER}/edu_customers_zh_CN.xlsx"
        self.assertMapped("zh_CN", path, but=["Country", "Customer tier"])

    # ------------------------------------------------------------------ the sample rows
    def assertSampleFamily(self, customers):
        self.assertEqual(len(customers), 5)
        mother, father, older, younger, school = customers
        self.assertEqual(mother.ref, "SAMPLE-1")
        self.assertEqual(len(set(customers.mapped("ref"))), 5)
        self.assertTrue(all(customers.mapped("edu_is_customer")))
        self.assertEqual(
            self.links_of(older),
            [(mother, "mother", True), (father, "father", False)],
        )
        self.assertEqual(self.links_of(younger), [(mother, "mother", True)])
        self.assertEqual(older.edu_sibling_ids, younger)
        self.assertEqual(str(older.edu_birth_date), "2017-05-20")
        self.assertEqual(older.edu_stage_ids, self.stage("primary"))
        self.assertEqual(
            older.edu_need_ids,
            self.need("primary_quality_resources")
            | self.need("primary_allround_development"),
        )
        self.assertEqual(older.edu_tier_id, self.tier("ordinary"))
        self.assertEqual(older.edu_nature_ids, self.nature("learner"))
        self.assertEqual(mother.edu_channel_preference, "phone")
        self.assertEqual(father.edu_channel_preference, "sms")
        self.assertTrue(school.is_company)
        self.assertEqual(
            school.edu_stage_ids, self.stage("preschool") | self.stage("primary")
        )
        self.assertEqual(school.edu_type_id, self.education_type("private"))
        self.assertEqual(customers.country_id, self.env.ref("base.cn"))

    def links_of(self, learner):
        return [
            (link.guardian_id, link.relation, link.is_payer)
            for link in learner.edu_guardian_link_ids
        ]

    def test_the_sample_family_loads(self):
        self.assertSampleFamily(self.load(f"{FOLDER}/edu_customers.xlsx", "en_US"))

    def test_the_sample_family_loads_from_csv(self):
        self.assertSampleFamily(self.load(f"{FOLDER}/edu_customers.csv", "en_US"))

    def test_the_chinese_sample_family_loads(self):
        path = f"{FOLDER}/edu_customers_zh_CN.xlsx"
        self.assertSampleFamily(self.load(path, "zh_CN"))

    def test_the_chinese_sample_family_loads_from_csv(self):
        path = f"{FOLDER}/edu_customers_zh_CN.csv"
        self.assertSampleFamily(self.load(path, "zh_CN"))
