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

/* A leader plans to ask the families of primary schools, and begins. */
tours.add("edu_survey_campaign", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Satisfaction", "Survey campaigns"),
        click(".o_list_button_add"),
        type("name", "Families of primary schools"),
        ...choose("survey_id", "Tour questionnaire"),
        type("purpose", "See whether the new timetable helps."),
        ...select("frequency", "Ad hoc survey"),
        ...tab("audience"),
        {
            trigger: `${field("stage_ids")} input`,
            run: "edit Primary education",
        },
        click(".o-autocomplete--dropdown-item:contains(Primary education) a"),
        wait(`${field("stage_ids")} .o_tag:contains(Primary education)`),
        wait(`${field("audience_count")}:contains(2)`),
        ...tab("sending"),
        type("reminder_max", "1"),
        ...save(),
        press("action_start"),
        reached("Running"),
        press("action_open_waves"),
        click(".o_data_row:contains(Families of primary schools) [name=name]"),
        reached("Takes answers"),
        wait(`${field("funnel")}:contains(Could be asked)`),
        press("action_open_invitations"),
        wait(".o_data_row:contains(Primary Mother):contains(To invite)"),
        wait(".o_data_row:contains(Primary Father):contains(To invite)"),
        wait(".o_list_view:not(:contains(Secondary Mother))"),
    ],
});

/* The answers are in; the leader reads what they say, and whom to trust with it. */
tours.add("edu_survey_results", {
    url: "/odoo",
    steps: () => [
        ...openApp(),
        ...menu("Satisfaction", "Survey waves"),
        click(".o_data_row:contains(Tour wave) [name=name]"),
        reached("Takes answers"),
        press("action_close"),
        click(".modal .btn-primary:contains(Ok)"),
        reached("Concluded"),
        press("action_open_results"),
        wait(":iframe .edu_survey_results h2:contains(Tour wave)"),
        wait(":iframe .edu_survey_results:contains(Teaching quality satisfaction)"),
        wait(":iframe .edu_survey_results table"),
        click(".o_back_button"),
        reached("Concluded"),
    ],
});
