import {click, wait} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const START = "button[value='start']";
const question = (number) => `.js_question-wrapper:eq(${number})`;

/* Chooses a value of a scale. */
const rate = (number, value) => ({
    trigger: `${question(number)} label:has(input[value='${value}'])`,
    run: "click",
});

/* The host asks whether one is sure. */
const finish = () => [
    click("button[value='finish']"),
    click(".modal .btn-primary:contains(Submit)"),
    wait(".o_survey_finished"),
];

/* The page is as wide as the phone: nothing has to be moved sideways. */
const fits = (trigger) => ({
    trigger,
    run() {
        const {scrollWidth, clientWidth} = document.documentElement;
        if (scrollWidth > clientWidth) {
            throw new Error(`The page is ${scrollWidth} wide, not ${clientWidth}`);
        }
    },
});

/* A mother opens the link of a mail on her phone and answers. */
registry.category("web_tour.tours").add("edu_survey_answer_tour", {
    steps: () => [
        wait(`${START}:visible`),
        fits("h1:contains(Tour questionnaire)"),
        click(START),
        wait(question(1)),
        fits(question(0)),
        rate(0, 4),
        rate(1, 5),
        rate(2, 9),
        ...finish(),
    ],
});

/* Staff phones the mother of a learner: the questions are one click from the page. */
registry.category("web_tour.tours").add("edu_survey_interview_tour", {
    steps: () => [
        click("button[name=action_edu_enter_answer]"),
        wait(".modal .o_field_widget[name=partner_id] input:value(Tour Mother)"),
        wait(".modal .o_field_widget[name=wave_id] input:value(Tour wave)"),
        {
            ...click(".modal button[name=action_begin]"),
            expectUnloadPage: true,
        },
        click(START),
        wait(question(1)),
        rate(0, 2),
        rate(1, 3),
        ...finish(),
        {...click(".edu_survey_back"), expectUnloadPage: true},
        wait(".o_form_view:contains(Tour Mother)"),
    ],
});
