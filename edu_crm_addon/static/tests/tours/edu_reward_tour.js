import {click, wait} from "./edu_tour_utils";
import {registry} from "@web/core/registry";

const REWARD = ".edu_reward:contains(Free lesson)";
const LINE = ".edu_reward_line:contains(Free lesson)";

/* Chooses who takes the lesson and redeems it: the page loads again. */
const redeem = (learner) => [
    {trigger: `${REWARD} select`, run: `selectByLabel ${learner}`},
    {...click(`${REWARD} button`), expectUnloadPage: true},
];

/* A mother redeems a free lesson in the portal: for the wrong child, then the right. */
registry.category("web_tour.tours").add("edu_reward_tour", {
    steps: () => [
        wait(".edu_reward_points:contains(5000 points)"),
        ...redeem("Child One"),
        wait(`${LINE}:contains(Child One)`),
        wait(".edu_reward_points:contains(3000 points)"),
        {...click(`${LINE} button`), expectUnloadPage: true},
        wait(".edu_reward_points:contains(5000 points)"),
        ...redeem("Child Two"),
        wait(`${LINE}:contains(Child Two)`),
        wait("#sales_order_table:contains(Free lesson)"),
    ],
});
