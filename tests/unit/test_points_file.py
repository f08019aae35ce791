"""Files of partners, line by line."""

from datetime import date

import pytest

from edu_crm_addon.logic import points_file
from edu_crm_addon.logic.points_file import Problem, read


def content(*lines, encoding="utf-8"):
    return "\n".join(lines).encode(encoding)


def test_a_row_has_what_its_columns_say():
    [row], problems = read(content("Date;ID;Card;Points", "2026/11/02;A1;044-1;-50"))
    assert problems == []
    assert (row.line, row.external_id, row.card) == (2, "A1", "044-1")
    assert (row.points, row.date) == (-50, date(2026, 11, 2))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_columns_are_known_in_every_encoding(encoding):
    rows, problems = read(content("编号,卡号,积分", "A1,044,5", encoding=encoding))
    assert (len(rows), problems) == (1, [])


def test_a_file_without_its_columns_is_refused():
    for lines in (["id,points", "A1,5"], [""], ["a line of words"]):
        assert read(content(*lines)) == ([], [Problem(line=1, code="no_column")])


def test_a_file_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(points_file, "MAX_ROWS", 1)
    lines = ["id,card,points", "A1,044,5", "A2,044,5"]
    assert read(content(*lines)) == ([], [Problem(line=1, code="too_long")])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",044,5,", "no_id"),
        ("A1,044,5,", "twice"),
        ("A2,,5,", "no_card"),
        ("A2,044,many,", "bad_points"),
        ("A2,044,0,", "bad_points"),
        ("A2,044,nan,", "bad_points"),
        ("A2,044,1e99,", "bad_points"),
        ("A2,044,5,31.1.", "bad_date"),
        ("A2", "no_card"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line, code):
    rows, problems = read(content("id,card,points,date", "A1,044,5,", line))
    assert [row.external_id for row in rows] == ["A1"]
    assert problems == [Problem(line=3, code=code)]


def test_empty_lines_are_passed_over():
    rows, problems = read(content("id,card,points", "", "A1,044,5", ",,"))
    assert ([row.line for row in rows], problems) == ([3], [])
