import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/* Offers the matters of the chosen type only. Without it all are offered, by type, and
 * the server checks what was chosen. */
export class ComplaintForm extends Interaction {
    static selector = "#edu_complaint_form";
    dynamicContent = {
        "select[name='type_id']": {"t-on-change": this.showMatters},
    };

    start() {
        this.showMatters();
    }

    showMatters() {
        const type = this.el.querySelector("select[name='type_id']").value;
        const matter = this.el.querySelector("select[name='matter_id']");
        for (const group of matter.querySelectorAll("optgroup")) {
            const isOther = group.dataset.type !== type;
            group.hidden = isOther;
            group.disabled = isOther;
        }
        const chosen = matter.selectedOptions[0]?.closest("optgroup");
        if (chosen && chosen.disabled) {
            matter.value = "";
        }
    }
}

registry
    .category("public.interactions")
    .add("edu_crm_addon.complaint_form", ComplaintForm);
