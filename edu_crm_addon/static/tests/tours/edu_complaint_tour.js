import {
    choose,
    click,
    field,
    menu,
    openApp,
    press,
    reached,
    save,
    select,
    tab,
    type,
    wait,
} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const MODAL = ".modal:not(.o_inactive_modal)";

/* Notes what the customer was told and heard on the telephone. */
const tick = (step) => click(`${field("phone_step_ids")} label:contains(${step})`);

/* A mother calls; the agent records it, assesses it and plans a refund. */
tours.add("edu_complaint_call", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        {
            trigger: ".o_menu_sections button:contains(Complaints)",
            run: "click",
        },
        click(".o-dropdown--menu .dropdown-item:contains(New complaint)"),
        {
            trigger: `.o_form_editable ${field("phone")} input`,
            run: "edit 0086 13855556666 && press Tab",
        },
        wait(`${field("partner_id")} input:value(Complaint Mother)`),
        wait(`${field("learner_id")} input:value(Complaint Child)`),
        wait(`${field("course_id")} input:value(Complaint Piano)`),
        ...choose("type_id", "Teaching quality"),
        ...choose("matter_id", "Teaching quality of a teacher"),
        ...select("want", "Satisfying solution"),
        type("description", "The teacher did not come, twice."),
        tick("Accept the complaint"),
        tick("Calm the anger"),
        ...save(),
        wait(`${field("name")}:contains(CMP/)`),
        press("action_next_step"),
        reached("Recording"),
        press("action_next_step"),
        reached("Assessment"),
        // Assess
        ...tab("assessment"),
        ...select("severity", "Moderate"),
        ...select("scope", "One customer"),
        type("clarified", "Two lessons, on 3 and 10 November, without notice."),
        press("action_next_step"),
        reached("Planning"),
        // Plan
        ...tab("plan"),
        type("plan", "Give the two lessons back and apologize."),
        ...select("responsibility", "Teaching"),
        click(`${field("measure_ids")} .o_field_x2many_list_row_add a`),
        wait(`${MODAL} ${field("kind")}`),
        {
            trigger: `${MODAL} ${field("kind")} .o_select_menu_toggler`,
            run: "click",
        },
        click(".o_select_menu_item:contains(Refund)"),
        ...choose("invoice_id", "INV/"),
        {trigger: `${MODAL} ${field("cost")} input`, run: "edit 60"},
        click(`${MODAL} .o_form_button_save`),
        wait(`${field("measure_ids")} .o_data_row:contains(Refund)`),
        ...save(),
        press("action_next_step"),
        reached("Implementation"),
        // Implement: accounting posts what is made here
        ...tab("plan"),
        click(
            `${field("measure_ids")} .o_data_row:contains(Refund) button[name=action_make_document]`
        ),
        wait(`${field("measure_ids")} .o_data_row:contains(Approved)`),
    ],
});

/* The agent tells the result, the mother takes it, and something is learned. */
tours.add("edu_complaint_result", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Complaints", "My complaints"),
        click(".o_kanban_record:contains(Complaint Mother)"),
        reached("Implementation"),
        ...tab("plan"),
        wait(`${field("measure_ids")} .o_data_row:contains(Done)`),
        ...tab("decision"),
        ...select("verdict", "Upheld"),
        type("verdict_reason", "The lessons were canceled without notice."),
        press("action_next_step"),
        reached("Feedback"),
        // Spoken on the telephone
        press("action_reply"),
        click(`${MODAL} ${field("answer")} input[data-value=accepted]`),
        {
            trigger: `${MODAL} ${field("note")} textarea`,
            run: "edit Fine, thank you.",
        },
        click(`${MODAL} button[name=action_log]`),
        reached("Summary"),
        ...tab("after"),
        ...choose("cause_id", "Gap in the process"),
        type("lesson", "Tell families the day before."),
        press("action_close"),
        click(`${MODAL} ${field("satisfied")} input[data-value=yes]`),
        click(`${MODAL} button[name=action_close]`),
        reached("Closed"),
    ],
});
