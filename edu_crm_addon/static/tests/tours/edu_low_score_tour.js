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

const CARD = ".o_kanban_record:contains(Low Score Mother)";

/* An adviser finds a low score, notes what the call brought, and asks once more. */
registry.category("web_tour.tours").add("edu_low_score", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Satisfaction", "Follow-ups"),
        wait(`${CARD}:contains(Service satisfaction)`),
        click(CARD),
        reached("To do"),
        // Without a result it is not done.
        press("action_done"),
        click(".modal:contains(first) .modal-footer button:contains(Close)"),
        type("cause", "Nobody answers the telephone in the evening"),
        type("result", "Called: the front desk is open until nine"),
        press("action_done"),
        reached("Done"),
        wait(`${field("handling_step")}:contains(Handle dissatisfaction properly)`),
        press("action_ask_again"),
        reached("Asked again"),
        wait(`${field("reask_count")}:contains(1)`),
    ],
});

/* A leader reads who keeps silent, and the shares beside the textbook's. */
registry.category("web_tour.tours").add("edu_silent_share", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Satisfaction", "Silent dissatisfied"),
        wait(".o_data_row:contains(Low Score Mother)"),
        wait(".o_facet_value:contains(Still dissatisfied)"),
        ...menu("Reporting", "Silent share"),
        // Nobody is counted before 90 days are over.
        wait(".o_nocontent_help:contains(90 days old)"),
        click(".o_facet_remove"),
        wait(".o_pivot th:contains(Silent share, measured)"),
        wait(".o_pivot td:contains(70)"),
        click(".o_switch_view.o_graph"),
        wait(".o_graph_renderer"),
        ...menu("Satisfaction", "Follow-ups"),
        click(".o_switch_view.o_list"),
        click(".o_data_row:contains(Low Score Mother) td[name=partner_id]"),
        wait(`${field("words")}:contains(Nobody answers)`),
        wait("button[name=action_open_answer]"),
    ],
});
