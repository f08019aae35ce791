"""Share of a customer's file that is known; every percentage worked out by hand."""

import pytest

from edu_crm_addon.logic.completeness import (
    ITEMS,
    ORGANIZATION,
    PERSON,
    File,
    assess,
    items_for,
)

PERSON_ITEMS = (
    "contact",
    "address",
    "stage",
    "need",
    "background",
    "interests",
    "birth_date",
)


def known(*items):
    return frozenset(items)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (File(), PERSON_ITEMS),
        (File(needs_guardian=True), (*PERSON_ITEMS, "guardian")),
        (
            File(is_supplier_only=True),
            ("contact", "address", "background", "interests", "birth_date"),
        ),
        (
            File(is_organization=True),
            (
                "contact",
                "address",
                "nature",
                "type",
                "stage",
                "need",
                "industry",
                "size",
            ),
        ),
        (
            File(is_organization=True, is_supplier_only=True),
            ("contact", "address", "nature", "type", "industry", "size"),
        ),
    ],
)
def test_what_is_asked_depends_on_who_it_is(file, expected):
    assert items_for(file) == expected


@pytest.mark.parametrize(
    ("count", "percent"),
    # Seven items: n/7 in whole percent, never rounded up.
    [(0, 0), (1, 14), (2, 28), (3, 42), (4, 57), (5, 71), (6, 85), (7, 100)],
)
def test_percent_of_a_person(count, percent):
    result = assess(File(known=known(*PERSON_ITEMS[:count])))
    assert result.percent == percent
    assert result.missing == PERSON_ITEMS[count:]


@pytest.mark.parametrize(
    ("count", "percent"),
    [(0, 0), (1, 12), (2, 25), (3, 37), (4, 50), (5, 62), (6, 75), (7, 87), (8, 100)],
)
def test_percent_of_an_organization(count, percent):
    file = File(is_organization=True, known=known(*ORGANIZATION[:count]))
    assert assess(file).percent == percent


@pytest.mark.parametrize(
    ("count", "percent"),
    [(0, 0), (1, 16), (2, 33), (3, 50), (4, 66), (5, 83), (6, 100)],
)
def test_percent_of_a_supplier(count, percent):
    items = ("contact", "address", "nature", "type", "industry", "size")
    file = File(
        is_organization=True, is_supplier_only=True, known=known(*items[:count])
    )
    assert assess(file).percent == percent


def test_a_supplier_is_not_asked_for_stage_and_needs():
    file = File(is_organization=True, is_supplier_only=True)
    assert not {"stage", "need"} & set(assess(file).missing)


def test_a_minor_with_everything_but_a_guardian_is_seven_eighths_complete():
    result = assess(File(needs_guardian=True, known=known(*PERSON)))
    assert (result.percent, result.missing) == (87, ("guardian",))


def test_a_minor_with_guardian_is_complete():
    assert assess(
        File(needs_guardian=True, known=known(*PERSON, "guardian"))
    ) == assess(File(known=known(*PERSON)))


def test_an_adult_without_guardian_lacks_nothing():
    assert assess(File(known=known(*PERSON))).missing == ()


def test_what_was_not_asked_for_does_not_count():
    assert (
        assess(File(known=known("industry", "size", "type", "guardian"))).percent == 0
    )


def test_an_unknown_code_does_not_count():
    assert assess(File(known=known("shoe_size"))).percent == 0


def test_all_items_are_listed_once():
    assert len(ITEMS) == len(set(ITEMS)) == 12
