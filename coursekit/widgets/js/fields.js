// Fields of forms: radio buttons, numbers, orders, curves.
// Every text of the course or of a student reaches the page as text, never as markup.

import { drawn, element } from "./dom.js";

const SEEN = "Source";
const SIGNS = { agrees: "✓", accepted: "≈", differs: "✗" };

// Each kind of field makes { node, read, first }: what is shown, the value or null while it is
// missing, and the control that takes the focus; `draft` gives a value that is not yet whole,
// `parts` the controls of each part, and `blank` the places of the parts that are missing.
export const KINDS = {
  choice: (field, id) => choices(field, id, "radio"),
  several: (field, id) => choices(field, id, "checkbox"),

  number(field, id) {
    const input = element("input", {
      id,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      class: "ck-card-number",
      "aria-describedby": field.unit ? `${id}-unit` : undefined,
      disabled: field.disabled,
    });
    input.value = field.value ?? "";
    const unit = element("span", { id: `${id}-unit` }, field.unit ?? "");
    return {
      node: element("div", {}, [
        label(field, id),
        element("div", { class: "ck-card-line" }, [input, unit]),
      ]),
      read: () => input.value.trim() || null,
      first: input,
    };
  },

  text(field, id) {
    const input = element("textarea", { id, rows: field.rows ?? 4, disabled: field.disabled });
    input.value = field.value ?? "";
    return {
      node: element("div", {}, [label(field, id), input]),
      read: () => input.value.trim() || null,
      first: input,
    };
  },

  percent(field, id) {
    const dial = slider(field, id, field, label(field, id));
    return { ...dial, node: element("div", {}, dial.parts), parts: [dial.controls] };
  },

  order(field, id, { say }) {
    const list = element("ol", { class: "ck-card-order" });
    const places = new Map((field.value ?? []).map((key, place) => [key, place]));
    const options = [...field.options].sort((a, b) => places.get(a.key) - places.get(b.key) || 0);
    const entries = options.map(({ key, text }) => {
      const buttons = [
        ["Move up", "↑", -1],
        ["Move down", "↓", 1],
      ].map(([words, sign, step]) => {
        const button = element(
          "button",
          {
            type: "button",
            "aria-label": `${words}: ${text}`,
            title: words,
            disabled: field.disabled,
          },
          sign,
        );
        button.addEventListener("click", () => move(key, step, button));
        return button;
      });
      return {
        key,
        text,
        buttons,
        item: element("li", {}, [element("span", {}, text), ...buttons]),
      };
    });
    const settle = () => {
      list.append(...entries.map(({ item }) => item));
      entries.forEach(({ buttons: [up, down] }, place) => {
        up.setAttribute("aria-disabled", place === 0);
        down.setAttribute("aria-disabled", place === entries.length - 1);
      });
    };
    // A button at the end of its way stays focusable, so that the focus is never lost.
    function move(key, step, button) {
      const place = entries.findIndex((entry) => entry.key === key);
      const target = place + step;
      if (target >= 0 && target < entries.length) {
        [entries[place], entries[target]] = [entries[target], entries[place]];
        settle();
        button.focus();
      }
      const now = entries.findIndex((entry) => entry.key === key);
      say(`${entries[now].text}: place ${now + 1} of ${entries.length}`);
    }
    settle();
    return {
      node: group(field, id, [list]),
      read: () => entries.map((entry) => entry.key),
      first: entries[0].buttons[1],
    };
  },

  match(field, id) {
    const selects = field.lines.map(({ key, text, seen }, place) => {
      const select = element("select", { id: `${id}-${place}`, disabled: field.disabled }, [
        element("option", { value: "" }, "Choose …"),
        ...field.options.map((option) => element("option", { value: option.key }, option.text)),
      ]);
      select.value = field.value?.[key] ?? "";
      const line = element("div", { class: "ck-card-match" }, [
        element("div", {}, [element("label", { for: select.id }, text), whereSeen(seen)]),
        select,
      ]);
      return { key, select, line };
    });
    return {
      node: group(
        field,
        id,
        selects.map(({ line }) => line),
      ),
      read: () => {
        const chosen = selects.filter(({ select }) => select.value);
        if (chosen.length < (field.partial ? 1 : selects.length)) return null;
        return Object.fromEntries(chosen.map(({ key, select }) => [key, select.value]));
      },
      draft: () => Object.fromEntries(selects.map(({ key, select }) => [key, select.value])),
      parts: selects.map(({ select }) => [select]),
      blank: () => placesOf(selects, ({ select }) => !select.value),
      get first() {
        return (selects.find(({ select }) => !select.value) ?? selects[0]).select;
      },
    };
  },

  curve(field, id) {
    const dials = field.at.map((place, number) =>
      slider(
        { ...field, value: field.value?.[number] },
        `${id}-${number}`,
        field,
        element("label", { for: `${id}-${number}`, class: "ck-card-place" }, place),
        () => sketch.draw(dials.map((dial) => dial.read())),
      ),
    );
    const sketch = plot(field, (number, value) => dials[number].set(value));
    sketch.draw(dials.map((dial) => dial.read()));
    const rows = dials.map(({ parts }) => element("div", { class: "ck-card-dial" }, parts));
    return {
      node: group(field, id, [
        element("div", { class: "ck-card-curve" }, [sketch.node, element("div", {}, rows)]),
      ]),
      read: () => {
        const values = dials.map((dial) => dial.read());
        return values.includes(null) ? null : values;
      },
      draft: () => dials.map((dial) => dial.read()),
      parts: dials.map((dial) => dial.controls),
      blank: () => placesOf(dials, (dial) => dial.read() === null),
      get first() {
        return (dials.find((dial) => dial.read() === null) ?? dials[0]).first;
      },
    };
  },

  // One thing, and the bins it can be put in: by dragging it, by a bin's button or by its number.
  // It is sent as soon as it is in a bin.
  bins(field, id) {
    let value = null;
    const closed = field.disabled;
    const tile = element(
      "p",
      { class: closed ? "ck-card-bins-tile" : "ck-card-bins-tile ck-card-bins-open" },
      field.text,
    );
    // Once it is answered only the bins that are spoken of remain, so that the reason stands near.
    const told = field.options.some(({ said }) => said);
    const bins = field.options.map(({ key, text, note, said, mark }, place) => {
      const bin = element(
        "button",
        { type: "submit", disabled: closed, "data-said": said && mark, hidden: told && !said },
        [
          element("span", { class: "ck-card-bins-number", "aria-hidden": "true" }, `${place + 1}`),
          element("strong", {}, text),
          told ? "" : element("span", {}, note),
          said ? element("em", {}, said) : "",
        ],
      );
      bin.addEventListener("click", () => {
        value = key;
      });
      return bin;
    });
    const steps = element(
      "div",
      { class: "ck-card-bins-steps", "aria-hidden": "true" },
      field.steps.map((mark, place) =>
        element(
          "span",
          { "data-mark": mark, class: place === field.place ? "ck-card-bins-here" : "" },
          SIGNS[mark] ?? "",
        ),
      ),
    );
    const over = ({ clientX, clientY }) =>
      bins.find((bin) => {
        const { left, right, top, bottom } = bin.getBoundingClientRect();
        return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
      });
    let start = null;
    const follow = (event, bin) => {
      // In the hand it is smaller, so that the bin below it can be seen.
      tile.style.transform = event
        ? `translate(${event.clientX - start.clientX}px, ${event.clientY - start.clientY}px) scale(0.5)`
        : "";
      if (event) tile.style.transformOrigin = `${start.offsetX}px ${start.offsetY}px`;
      for (const one of bins) one.classList.toggle("ck-card-bins-over", one === bin);
    };
    if (!closed) {
      tile.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        start = event;
        tile.setPointerCapture(event.pointerId);
      });
      tile.addEventListener("pointermove", (event) => start && follow(event, over(event)));
      tile.addEventListener("pointerup", (event) => {
        const bin = start && over(event);
        start = null;
        follow();
        bin?.click();
      });
      tile.addEventListener("pointercancel", () => {
        start = null;
        follow();
      });
    }
    const node = group(field, id, [steps, tile, element("div", { class: "ck-card-bins" }, bins)]);
    node.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || closed) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = bins.indexOf(document.activeElement);
      if (step) bins[(at + step + bins.length) % bins.length].focus();
      else if (bins[event.key - 1]) bins[event.key - 1].click();
      else return;
      event.preventDefault();
    });
    // The focus goes to the bins, and what is to be sorted stands above them.
    const focus = () => {
      node.scrollIntoView({ block: "nearest" });
      bins[0].focus({ preventScroll: true });
    };
    return { node, read: () => value, first: { focus } };
  },

  // Something to read between the fields.
  said(field) {
    const node = element("div", { class: "ck-card-said", tabindex: "-1" }, [
      field.label ? element("strong", {}, field.label) : "",
      ...paragraphs(field.text),
    ]);
    return { node, read: () => null, first: node };
  },
};

// A source that can be looked at; nothing but a page of the web becomes a link.
export function whereSeen(address) {
  if (!/^https?:\/\//.test(address ?? "")) return "";
  const link = element("a", { href: address, target: "_blank", rel: "noopener" }, SEEN);
  return element("p", { class: "ck-card-seen" }, link);
}

function placesOf(parts, wanted) {
  return [...parts.keys()].filter((place) => wanted(parts[place]));
}

// A number as people type it, for the place of a handle or a dot; the kernel reads it properly.
function roughly(text) {
  const plain = String(text ?? "")
    .replace(/[−–]/g, "-")
    .replace(",", ".");
  return parseFloat(plain.replace(/\s/g, ""));
}

export function paragraphs(text) {
  return String(text ?? "")
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => element("p", {}, part.trim()));
}

function label(field, id) {
  return element(
    "label",
    { for: id, class: field.main ? "ck-card-stem" : "ck-card-ask" },
    field.label,
  );
}

function group(field, id, children) {
  const words = [field.help, field.how].filter(Boolean).join(" ");
  const help = words ? element("p", { class: "ck-card-help", id: `${id}-help` }, words) : "";
  return element("fieldset", { id, "aria-describedby": words ? `${id}-help` : undefined }, [
    element("legend", { class: field.main ? "ck-card-stem" : "ck-card-ask" }, field.label),
    help,
    ...children,
  ]);
}

function choices(field, id, type) {
  const held = [field.value ?? []].flat();
  const inputs = field.options.map(({ key }) => {
    const input = element("input", { type, name: id, value: key, disabled: field.disabled });
    input.checked = held.includes(key);
    return input;
  });
  const lines = field.options.map(({ text }, place) =>
    element("label", { class: "ck-card-choice" }, [inputs[place], element("span", {}, text)]),
  );
  return {
    node: group(field, id, [
      element(
        "div",
        { class: field.row ? "ck-card-choices ck-card-row" : "ck-card-choices" },
        lines,
      ),
    ]),
    read: () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      if (!chosen.length) return null;
      return type === "radio" ? chosen[0] : chosen;
    },
    first: inputs.find((input) => input.checked) ?? inputs[0],
  };
}

// A slider and a number field for one value. As long as nothing is chosen the field is empty and
// the slider pale, so that no value suggests itself.
function slider(field, id, { low, high, step, unit }, words, follow = () => {}) {
  const number = element("input", {
    id,
    // A field of type "number" drops a comma while it is typed: 0,5 would become 05.
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    class: "ck-card-small",
    disabled: field.disabled,
  });
  const range = element("input", {
    type: "range",
    min: low,
    max: high,
    step,
    "aria-label": words.textContent,
    disabled: field.disabled,
  });
  const show = (value) => {
    const empty = Number.isNaN(roughly(value));
    range.value = empty ? (Number(low) + Number(high)) / 2 : roughly(value);
    range.classList.toggle("ck-card-unset", empty);
    if (empty) range.setAttribute("aria-valuetext", "not chosen yet");
    else range.removeAttribute("aria-valuetext");
  };
  const take = () => {
    number.value = range.value;
    show(range.value);
    follow();
  };
  number.value = field.value ?? "";
  show(number.value);
  range.addEventListener("input", take);
  range.addEventListener("pointerup", () => range.disabled || take());
  range.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      take();
    }
  });
  number.addEventListener("input", () => {
    show(number.value);
    follow();
  });
  return {
    parts: [
      words,
      element("div", { class: "ck-card-line" }, [range, number, element("span", {}, unit ?? "")]),
    ],
    read: () => number.value.trim() || null,
    controls: [number, range],
    set: (value) => {
      if (range.disabled) return;
      range.value = value;
      take();
    },
    first: range,
  };
}

// The curve as it stands, which one may also draw with the mouse. The sliders beside it say the
// same to those who do not see it.
function plot({ at, low, high, unit, axis, disabled }, set) {
  const [width, height, left, right, top, bottom] = [360, 190, 44, 14, 14, 36];
  const x = (number) =>
    left + ((width - left - right) * (at[number] - at[0])) / (at.at(-1) - at[0]);
  const y = (value) => height - bottom - ((height - top - bottom) * (value - low)) / (high - low);
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const middle = (low + high) / 2;
  for (const value of [low, middle, high]) {
    svg.append(
      drawn("line", {
        x1: left,
        x2: width - right,
        y1: y(value),
        y2: y(value),
        class: "ck-card-grid",
      }),
      drawn(
        "text",
        { x: left - 10, y: y(value) + 4, "text-anchor": "end" },
        value.toLocaleString("en-GB"),
      ),
    );
  }
  let taken = -Infinity;
  at.forEach((place, number) => {
    svg.append(
      drawn("line", {
        x1: x(number),
        x2: x(number),
        y1: y(low),
        y2: y(low) + 4,
        class: "ck-card-grid",
      }),
    );
    if (x(number) - taken < 34) return;
    taken = x(number);
    svg.append(
      drawn("text", { x: x(number), y: height - bottom + 17, "text-anchor": "middle" }, place),
    );
  });
  svg.append(
    drawn("text", { x: width - right, y: height - 4, "text-anchor": "end" }, axis),
    drawn("text", { x: left + 4, y: top - 3 }, unit ?? ""),
  );
  const line = drawn("path", { class: "ck-card-sketch" });
  const dots = at.map(() => drawn("circle", { r: 6, class: "ck-card-dot" }));
  svg.append(line, ...dots);

  const point = (event) => {
    const box = svg.getBoundingClientRect();
    const across = ((event.clientX - box.left) * width) / box.width;
    const up = ((event.clientY - box.top) * height) / box.height;
    const number = at
      .map((_, place) => place)
      .reduce((best, place) =>
        Math.abs(x(place) - across) < Math.abs(x(best) - across) ? place : best,
      );
    const value = low + ((height - bottom - up) * (high - low)) / (height - top - bottom);
    set(number, Math.min(high, Math.max(low, value)));
  };
  if (!disabled) {
    // A double click would select the question, which is the nearest text that can be selected.
    svg.addEventListener("mousedown", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => {
      svg.setPointerCapture(event.pointerId);
      point(event);
    });
    svg.addEventListener("pointermove", (event) => event.buttons & 1 && point(event));
  }
  return {
    node: svg,
    draw(values) {
      let pen = "M";
      let path = "";
      values.forEach((value, number) => {
        const level = roughly(value);
        const known = low <= level && level <= high;
        // As long as nothing is known of a place its handle waits in the middle, hollow and pale.
        dots[number].classList.toggle("ck-card-waits", !known);
        dots[number].style.display = known || !disabled ? "" : "none";
        dots[number].setAttribute("cx", x(number));
        dots[number].setAttribute("cy", y(known ? level : middle));
        if (!known) return;
        path += `${pen}${x(number)},${y(level)}`;
        pen = "L";
      });
      line.setAttribute("d", path);
    },
  };
}
