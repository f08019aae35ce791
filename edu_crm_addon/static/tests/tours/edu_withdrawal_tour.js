import {
    click,
    field,
    menu,
    openApp,
    press,
    reached,
    type,
    wait,
} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const openEnrollment = () => [
    ...openApp(),
    ...menu("Enrollments", "Enrollments"),
    click(".o_data_row:contains(Leaving Child) .o_data_cell:eq(1)"),
];

/* The adviser, who bills as well, withdraws a learner who has had 6 of 20 lessons; the
 * draft of the credit note opens. */
tours.add("edu_withdrawal_tour", {
    url: "/odoo",
    steps: () => [
        ...openEnrollment(),
        reached("Studying"),
        press("action_withdraw"),
        type("reason", "Moves to another city"),
        type("lessons_used", "6"),
        // Leaves the field
        click(`.modal ${field("reason")} input`),
        wait(`.modal ${field("formula")}:contains(6 of 20):contains(700.00)`),
        wait(`.modal ${field("credit")} input:value(700.00)`),
        wait(`.modal ${field("paid_back")}:contains(700.00)`),
        click(".modal footer button[name=action_withdraw]"),
        wait(".o_last_breadcrumb_item:contains(Draft Credit Note)"),
        wait(".o_list_renderer:contains(Leaving Piano)"),
        reached("Draft"),
        click(".o_back_button:contains(Leaving Child)"),
        reached("Withdrawn"),
    ],
});

/* The accountant looks at the credit note and posts it. */
tours.add("edu_withdrawal_post_tour", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Enrollments", "Enrollments"),
        click(".o_facet_remove"),
        click(".o_data_row:contains(Leaving Child) .o_data_cell:eq(1)"),
        reached("Withdrawn"),
        press("action_open_credit_notes"),
        press("action_post"),
        reached("Posted"),
    ],
});
