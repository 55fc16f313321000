// A card of small forms. The kernel says what they hold and judges what is sent; nothing here knows
// an answer.

import { element, keepKeys, unique } from "./dom.js";
import { draftAt } from "./drafts.js";
import { KINDS, paragraphs, whereSeen } from "./fields.js";
import { living } from "./living.js";
import { openSection } from "./notebook.js";
import { oneByOne } from "./one_by_one.js";

// How long to wait for the kernel, in milliseconds, before saying that it does not answer.
const PATIENCE = 15_000;
const PICTURE = "data:image/png;base64,";
// How long after the last key a draft is kept, in milliseconds.
const PAUSE = 1000;

// A sign, and what screen readers say for it where the text does not.
const MARKS = {
  right: ["✓", "Right: "],
  wrong: ["✗", "Not right: "],
  agrees: ["✓", ""],
  accepted: ["≈", ""],
  differs: ["✗", ""],
  note: ["", ""],
};

function feedback({ title, lines = [], values = [], table, picture }) {
  const parts = [title ? element("p", { class: "ck-card-verdict" }, title) : ""];
  if (values.length)
    parts.push(
      element(
        "dl",
        { class: "ck-card-values" },
        values.map(({ label, value }) =>
          element("div", {}, [element("dt", {}, label), element("dd", {}, value)]),
        ),
      ),
    );
  for (const { mark = "note", head, text, points = [], aside, seen } of lines) {
    const [sign, words] = MARKS[mark];
    parts.push(
      element("div", { class: "ck-card-told", "data-mark": mark }, [
        sign ? element("span", { class: "ck-card-sign", "aria-hidden": "true" }, sign) : "",
        element("div", {}, [
          words || head
            ? element("p", { class: "ck-card-head" }, [
                words ? element("span", { class: "ck-card-hidden" }, words) : "",
                head ?? "",
              ])
            : "",
          ...paragraphs(text),
          points.length
            ? element(
                "ul",
                { class: "ck-card-points" },
                points.map((point) => element("li", {}, point)),
              )
            : "",
          aside ? element("p", { class: "ck-card-aside" }, aside) : "",
          whereSeen(seen),
        ]),
      ]),
    );
  }
  const scrolling = (name, child) =>
    element(
      "div",
      { class: "ck-card-scroll", tabindex: "0", role: "group", "aria-label": name },
      child,
    );
  if (picture?.src.startsWith(PICTURE))
    parts.push(
      scrolling(
        "Figure",
        element("img", { src: picture.src, alt: picture.alt, class: "ck-card-picture" }),
      ),
    );
  if (table)
    parts.push(
      scrolling(
        table.label,
        element("table", {}, [
          element("thead", {}, [
            element(
              "tr",
              {},
              table.columns.map((name) => element("th", { scope: "col" }, name)),
            ),
          ]),
          element(
            "tbody",
            {},
            table.rows.map(([first, ...others]) =>
              element("tr", {}, [
                element("th", { scope: "row" }, first),
                ...others.map((cell) => element("td", {}, cell)),
              ]),
            ),
          ),
        ]),
      ),
    );
  return parts;
}

// One form: it is made anew when the kernel sends another state of it, and its feedback region
// stays in the page, so that screen readers notice what comes into it.
function makeForm(item, prefix, place, send, say) {
  const draft = draftAt(`${place}/${item.key}`);
  const body = element("form", { novalidate: "", class: "ck-card-body" });
  const told = element("div", {
    class: "ck-card-feedback",
    role: "group",
    "aria-live": "polite",
    tabindex: "-1",
  });
  const node = element("section", { class: "ck-card-item" }, [body, told]);
  let state = null;
  let fields = {};
  let waiting = "";
  let timer;

  // What is wrong with a field stands below it until something else stands in the field.
  const complain = (name, text, places) => {
    const made = fields[name];
    const { message, node: where, parts } = made;
    message.textContent = text;
    message.hidden = !text;
    message.style.visibility = message.style.minHeight = "";
    for (const input of where.querySelectorAll("[aria-invalid]"))
      input.removeAttribute("aria-invalid");
    made.complaint = null;
    if (!text) return;
    const wrong = places?.length ? places.map((place) => parts[place]) : parts;
    const inputs = wrong?.flat() ?? [...where.querySelectorAll("input, select, textarea")];
    for (const input of inputs) input.setAttribute("aria-invalid", "true");
    made.complaint = { text, said: JSON.stringify(made.read()), at: wrong?.[0][0] ?? made.first };
  };

  // The place of its line stays: the button below must not move away from the pointer.
  const takeBack = (name) => {
    const { message } = fields[name];
    const { height } = message.getBoundingClientRect();
    complain(name, "");
    message.hidden = false;
    message.style.visibility = "hidden";
    message.style.minHeight = `${height}px`;
  };

  const mend = () => {
    for (const [name, { complaint, read, blank }] of Object.entries(fields)) {
      if (!complaint) continue;
      if (JSON.stringify(read()) !== complaint.said) takeBack(name);
      else if (read() === null && blank) complain(name, complaint.text, blank());
    }
  };
  // A control writes its value before these come by: keys, the mouse, and a curve that is drawn.
  for (const kind of ["input", "change", "click", "pointermove", "pointerup"])
    body.addEventListener(kind, mend);

  const release = () => {
    waiting = "";
    clearTimeout(timer);
    for (const button of node.querySelectorAll(".ck-card-button"))
      button.removeAttribute("aria-disabled");
  };

  const wait = (action, button) => {
    waiting = action;
    button.setAttribute("aria-disabled", "true");
    timer = setTimeout(() => {
      release();
      problem.textContent =
        "No answer from the kernel yet. If it is busy, wait until it is idle and try again. " +
        "If it was restarted, run this box again.";
      problem.hidden = false;
      problem.focus();
    }, PATIENCE);
  };

  let problem;
  const submit = (event) => {
    event.preventDefault();
    if (waiting || state.locked) return;
    const values = {};
    let missing = null;
    problem.hidden = true;
    for (const field of state.fields) {
      if (field.kind === "said") continue;
      values[field.name] = fields[field.name].read();
      const absent = values[field.name] === null && field.required && !field.disabled;
      complain(field.name, absent ? field.required : "", fields[field.name].blank?.());
      if (absent) missing ??= fields[field.name];
    }
    if (missing) {
      missing.first.focus();
      return;
    }
    wait("submit", event.submitter ?? body.querySelector("button[type=submit]"));
    send({ item: state.key, action: "submit", values });
  };
  body.addEventListener("submit", submit);

  // In a field, the keys that run a box keep what stands there.
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (body.contains(event.target)) body.requestSubmit();
  });

  let later;
  const keepDraft = () => {
    clearTimeout(later);
    later = undefined;
    if (!state.submit || state.locked) return;
    const open = state.fields.filter((field) => field.kind !== "said" && !field.disabled);
    const values = open.map(({ name }) => [name, (fields[name].draft ?? fields[name].read)()]);
    draft.write(Object.fromEntries(values.filter(([, value]) => value !== null)));
  };
  const keepDraftLater = () => {
    clearTimeout(later);
    later = setTimeout(keepDraft, PAUSE);
  };
  for (const kind of ["input", "change", "pointerup", "click"])
    body.addEventListener(kind, keepDraftLater);
  const flush = () => {
    if (later !== undefined) keepDraft();
  };
  window.addEventListener("pagehide", flush);
  const close = () => {
    flush();
    window.removeEventListener("pagehide", flush);
  };

  const update = (next) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    const taken = waiting === "submit" && !Object.keys(next.errors ?? {}).length;
    if (taken) {
      clearTimeout(later);
      later = undefined;
      draft.remove();
    } else flush();
    const written = next.submit && !next.locked ? draft.read() : {};
    state = next;
    clearTimeout(timer);
    const parts = [];
    if (next.label)
      parts.push(
        element("h3", { class: "ck-card-label" }, [
          next.label,
          next.tag ? element("span", { class: "ck-card-tag" }, next.tag) : "",
        ]),
      );
    parts.push(...paragraphs(next.lead));
    fields = {};
    next.fields.forEach((field, place) => {
      const id = `${prefix}-${place}`;
      const value = field.disabled ? field.value : (written[field.name] ?? field.value);
      const disabled = field.disabled || next.locked;
      const made = KINDS[field.kind]({ ...field, value, disabled }, id, { say });
      const message = element("p", {
        class: "ck-card-error",
        id: `${id}-error`,
        role: "alert",
        hidden: "",
      });
      const help = field.help && !made.node.matches("fieldset");
      if (help)
        made.node.firstChild.after(
          element("p", { class: "ck-card-help", id: `${id}-help` }, field.help),
        );
      for (const input of made.node.querySelectorAll("input, select, textarea")) {
        const described = [
          input.getAttribute("aria-describedby"),
          help && `${id}-help`,
          message.id,
        ];
        input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
      }
      const named = field.name ?? `said-${place}`;
      fields[named] = Object.assign(made, { message });
      parts.push(
        element("div", { class: `ck-card-field ck-card-is-${field.kind}` }, [made.node, message]),
      );
    });
    problem = element("p", { class: "ck-card-error", role: "alert", tabindex: "-1", hidden: "" });
    parts.push(problem);
    if (next.submit && !next.locked)
      parts.push(
        element("div", { class: "ck-card-line" }, [
          element("button", { type: "submit", class: "ck-card-button" }, next.submit),
          next.foot ? element("span", { class: "ck-card-foot" }, next.foot) : "",
        ]),
      );
    body.replaceChildren(...parts);
    body.hidden = !next.label && !next.lead && !next.fields.length;
    const { "": overall, ...errors } = next.errors ?? {};
    for (const [name, text] of Object.entries(errors)) complain(name, text, next.places?.[name]);
    problem.textContent = overall ?? "";
    problem.hidden = !overall;

    told.dataset.tone = next.feedback?.tone ?? "";
    told.setAttribute("aria-label", ["Feedback", next.label].filter(Boolean).join(": "));
    told.replaceChildren(...(next.feedback ? feedback(next.feedback) : []));
    if (next.again) {
      const again = element(
        "button",
        { type: "button", class: "ck-card-button ck-card-quiet" },
        next.again,
      );
      again.addEventListener("click", () => {
        if (waiting) return;
        wait("again", again);
        send({ item: state.key, action: "again" });
      });
      told.append(again);
    }

    if (!waiting) return;
    const [wrong] = Object.keys(errors);
    const target =
      fields[wrong]?.complaint.at ??
      (overall && problem) ??
      fields[next.focus]?.first ??
      (next.focus === "again" ? told.querySelector(".ck-card-button") : null) ??
      (waiting === "submit" && next.feedback
        ? told
        : body.querySelector("input, select, textarea, button"));
    waiting = "";
    // What one goes on with stands below its reason, which is to be read first: the page moves no
    // further than to show the whole.
    const calm = next.focus === "again";
    (target ?? told).focus({ preventScroll: calm });
    if (calm) node.scrollIntoView({ block: "nearest" });
  };
  update(item);
  return { node, update, release, close };
}

function render({ model, el }) {
  const prefix = `ck-card-${unique()}`;
  const title = element("p", { class: "ck-card-title" });
  const lead = element("div", { class: "ck-card-lead" });
  const notice = element("p", { class: "ck-card-notice", role: "status" });
  const error = element("p", { class: "ck-error ck-card-error", role: "alert" });
  const list = element("div", { class: "ck-card-items" });
  const status = element("p", { class: "ck-card-status", role: "status" });
  const spoken = element("p", { class: "ck-card-hidden", "aria-live": "polite" });
  const say = (text) => (spoken.textContent = text);
  const card = element("div", { class: "ck-card", role: "group" });
  const steps = model.get("stepwise") ? oneByOne({ model, card, list, say, feedback }) : undefined;
  card.append(
    ...[title, lead, notice, error, ...(steps?.above ?? []), list],
    ...[...(steps?.below ?? []), status, spoken],
  );
  el.replaceChildren(card);

  // JupyterLab takes letters and arrows for its own commands, unless the control that has the focus
  // says no. Keys such as Ctrl+S remain JupyterLab's.
  const guard = (event) => {
    if (!card.contains(event.target)) return;
    const theirs = (event.ctrlKey || event.metaKey) && event.key !== "Enter";
    keepKeys(event.target, !theirs);
  };
  window.addEventListener("keydown", guard, true);

  const forms = new Map();
  const items = () => {
    const wanted = model.get("items");
    for (const item of wanted) {
      if (forms.has(item.key)) forms.get(item.key).update(item);
      else
        forms.set(
          item.key,
          makeForm(
            item,
            `${prefix}-${forms.size}`,
            model.get("place"),
            (message) => model.send(message),
            say,
          ),
        );
    }
    const nodes = wanted.map(({ key }) => forms.get(key).node);
    if (
      nodes.some((node, place) => list.children[place] !== node) ||
      list.children.length > nodes.length
    )
      list.replaceChildren(...nodes);
    steps?.follow(new Map(wanted.map((item) => [item, forms.get(item.key).node])));
  };
  const words = () => {
    title.textContent = model.get("title");
    title.hidden = !model.get("title");
    card.setAttribute("aria-label", model.get("title") || model.get("name"));
    lead.replaceChildren(...paragraphs(model.get("lead")));
    for (const [node, name] of [
      [notice, "notice"],
      [error, "error"],
      [status, "status"],
    ]) {
      if (node.textContent !== model.get(name)) node.textContent = model.get(name);
      node.hidden = !model.get(name);
    }
    if (model.get("error")) for (const form of forms.values()) form.release();
  };
  const events = "change:title change:name change:lead change:notice change:error change:status";
  const gate = () => {
    card.dataset.gate = model.get("gate");
    if (model.get("gate") === "open") openSection(el);
  };
  model.on("change:items change:ending", items);
  model.on("change:gate", gate);
  model.on(events, words);
  items();
  words();
  gate();
  return () => {
    for (const form of forms.values()) form.close();
    window.removeEventListener("keydown", guard, true);
    steps?.close();
    model.off("change:items change:ending", items);
    model.off("change:gate", gate);
    model.off(events, words);
  };
}

export const show = living(render);
