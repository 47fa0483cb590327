"use strict";

// The review's behaviour: languages, filters and sorting on the index; lighting a value and its place on a document.
// It writes text with textContent only, loads nothing from outside, and works from file:// without a server.

const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const one = (selector, root = document) => root.querySelector(selector);

function remembered(name) {
  try { return localStorage.getItem("hyoka." + name); } catch { return null; } // file:// may have no storage
}

function remember(name, value) {
  try { localStorage.setItem("hyoka." + name, value); } catch { /* the choice holds for this page */ }
}

function speak(language) {
  document.documentElement.lang = language;
  document.documentElement.dataset.lang = language;
  for (const name of ["placeholder", "aria-label"]) {
    for (const element of all(`[data-${name}-${language}]`)) {
      element.setAttribute(name, element.getAttribute(`data-${name}-${language}`));
    }
  }
  for (const option of all(`[data-text-${language}]`)) {
    if (option.tagName === "OPTION") option.textContent = option.getAttribute(`data-text-${language}`);
  }
}

function startLanguage() {
  speak(remembered("language") || ((navigator.language || "ja").startsWith("ja") ? "ja" : "en"));
  one("#language").addEventListener("click", () => {
    const language = document.documentElement.dataset.lang === "en" ? "ja" : "en";
    remember("language", language);
    speak(language);
  });
}

// What an element says in one language, also where it is not laid out.
const inLanguage = (element, language) => (one("." + language, element) || element).textContent;

// What the template with this id says in both languages.
const wordsOf = (id, name) => one("." + name, document.getElementById(id).content).cloneNode(true);

// ---- index

function startIndex() {
  const body = one("#documents tbody");
  const rows = Array.from(body.rows);
  const text = one("#filter-text"), status = one("#filter-status"), severity = one("#filter-severity");
  const plain = (words) => words.normalize("NFKC").toLowerCase();
  const fits = (row) =>
    plain(row.dataset.text).includes(plain(text.value.trim())) &&
    (!status.value || row.dataset.status === status.value) &&
    (!severity.value || (severity.value === "none" ? row.dataset.findings === "0" : row.dataset[severity.value] !== "0"));
  const filter = () => {
    for (const row of rows) row.hidden = !fits(row);
    one("#shown").textContent = String(rows.filter((row) => !row.hidden).length);
  };
  for (const control of [text, status, severity]) control.addEventListener("input", filter);
  one("#filters").addEventListener("submit", (event) => event.preventDefault());
  const numbers = new Set(["year", "coverage", "errors", "records"]);
  for (const button of all("[data-sort]")) {
    button.addEventListener("click", () => {
      const key = button.dataset.sort, heading = button.closest("th");
      const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
      for (const other of all("th[aria-sort]")) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", direction);
      const sign = direction === "ascending" ? 1 : -1;
      const compare = (a, b) => numbers.has(key)
        ? Number(a.dataset[key] || 0) - Number(b.dataset[key] || 0)
        : a.dataset[key].localeCompare(b.dataset[key], "ja", { numeric: true });
      rows.sort((a, b) => sign * compare(a, b));
      body.append(...rows);
    });
  }
  filter();
}

// ---- document

function startDocument() {
  const pagePane = one("#page-pane"), recordPane = one("#record-pane");
  const values = all(".v"), blocks = all(".b");
  const blockOf = new Map(blocks.map((block) => [block.id.slice(1), block]));
  const valuesOf = new Map();
  for (const value of values) {
    for (const number of numbersOf(value)) {
      if (!valuesOf.has(number)) valuesOf.set(number, []);
      valuesOf.get(number).push(value);
    }
  }
  let chosen = null;

  function numbersOf(element) {
    return (element.dataset.b || "").split(" ").filter(Boolean);
  }

  function clear() {
    for (const lit of all(".lit")) lit.classList.remove("lit");
    for (const value of all('.v[aria-pressed="true"]')) value.removeAttribute("aria-pressed");
    chosen = null;
    one("#detail-body").hidden = true;
    one("#detail-hint").hidden = false;
  }

  // ---- addresses: #page-3 is a page, #v=RECORD/FIELD a value, which stays the same when the page is made anew

  function addressOf(value) {
    return `#v=${encodeURIComponent(value.closest("tr").dataset.record)}/${value.dataset.field}`;
  }

  function keep(address) {
    try { history.replaceState(null, "", address); } catch { /* a page from a file may have no history */ }
  }

  function follow() {
    const page = /^#page-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (page) return show(pagePane, one("figcaption", page));
    const said = /^#v=([^/]+)\/(\w+)$/.exec(location.hash);
    const value = said && values.find((other) => addressOf(other) === location.hash);
    if (value) chooseValue(value);
  }

  // Scroll a pane, and nothing around it, so that an element stands in its middle. What comes into sight only then is
  // laid out only then, and may push it away: so look again.
  function show(pane, element) {
    centre(pane, element);
    requestAnimationFrame(() => requestAnimationFrame(() => centre(pane, element)));
  }

  function centre(pane, element) {
    const outer = pane.getBoundingClientRect(), inner = element.getBoundingClientRect();
    const seen = inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right;
    if (seen) return;
    const place = (from, size, start, length) =>
      from - start - (size > length ? 24 : (length - size) / 2);
    pane.scrollTo({
      top: pane.scrollTop + place(inner.top, inner.height, outer.top, outer.height),
      left: pane.scrollLeft + place(inner.left, inner.width, outer.left, outer.width),
      behavior: "auto",
    });
  }

  function light(numbers, lit) {
    clear();
    const found = numbers.map((number) => blockOf.get(number)).filter(Boolean);
    for (const block of found) {
      block.classList.add("lit");
      block.parentNode.append(...(block.tagName === "g" ? [block] : [])); // drawn last, it lies over its neighbours
    }
    for (const value of lit) value.classList.add("lit");
    return found;
  }

  function chooseValue(value) {
    const found = light(numbersOf(value), [value]);
    chosen = value;
    value.setAttribute("aria-pressed", "true");
    keep(addressOf(value));
    if (found.length) show(pagePane, found[0]);
    show(recordPane, value);
    tell(value, found);
  }

  function chooseBlock(block) {
    const every = valuesOf.get(block.id.slice(1)) || [];
    const own = every.filter((value) => !("near" in value.dataset)); // the others stand by their record only
    const matching = own.length ? own : every;
    light([block.id.slice(1)], matching);
    show(pagePane, block);
    if (matching.length) show(recordPane, matching[0]);
    tell(matching.length === 1 ? matching[0] : null, [block]);
    chosen = matching.length === 1 ? matching[0] : null;
    block.focus({ preventScroll: true });
  }

  function jump(button) {
    const record = button.dataset.record && document.getElementById(button.dataset.record);
    const field = record && button.dataset.field && one(`.v[data-field="${button.dataset.field}"]`, record);
    const value = field || (record && one(".v", record));
    const found = light(numbersOf(button), value ? [value] : []);
    const page = button.dataset.page && document.getElementById(button.dataset.page);
    if (found.length) show(pagePane, found[0]);
    else if (page) show(pagePane, one("figcaption", page));
    if (value) show(recordPane, value);
    tell(value, found);
    chosen = value;
  }

  const textOf = (block) => (one("title", block) || block).textContent;

  function line(name, text) {
    const element = one("#detail-" + name);
    element.textContent = text || "";
    (one(`#detail-${name}-line`) || element).hidden = !text;
  }

  function tell(value, found) {
    one("#detail-hint").hidden = true;
    one("#detail-body").hidden = false;
    const language = document.documentElement.dataset.lang;
    const cell = value && value.closest("td");
    const role = !value && found.length ? one(`.role.${found[0].dataset.role}`) : null;
    one("#detail-title").textContent = cell ? cell.dataset[language] : role ? role.innerText.trim() : "";
    one("#detail-value").textContent = value && value.dataset.raw ? inLanguage(one(".value", value), language) : "";
    const page = found.length && found[0].closest(".page");
    one("#detail-page").textContent = page ? `p. ${page.id.slice(5)}` : "";
    line("printed", value && value.dataset.printed);
    line("note", value && value.dataset.note);
    const printed = found.map(textOf).join("\n");
    line("block", value && value.dataset.printed === printed ? "" : printed);
    const sure = found.filter((block) => "sure" in block.dataset).map((block) => Number(block.dataset.sure));
    line("sure", sure.length ? `${(Math.floor(Math.min(...sure) * 1000) / 10).toFixed(1)} %` : "");
    const others = found.filter((block) => "second" in block.dataset);
    line("second", others.map((block) => block.dataset.second || one("." + language, wordsOf("second-words", "nothing")).textContent).join("\n"));
    one("#detail-reader").textContent = others.length ? others[0].dataset.reader : "";
    fillForm(value, found);
  }

  function move(list, step, from) {
    const position = list.indexOf(from);
    const next = list[position < 0 ? (step > 0 ? 0 : list.length - 1) : position + step];
    return next || null;
  }

  for (const value of values) value.addEventListener("click", () => chooseValue(value));
  for (const button of all(".jump")) button.addEventListener("click", () => jump(button));
  for (const block of blocks) block.addEventListener("click", () => chooseBlock(block));
  if (blocks.length) blocks[0].setAttribute("tabindex", "0");
  pagePane.addEventListener("keydown", (event) => {
    const block = event.target.closest(".b");
    if (!block || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      chooseBlock(block);
    } else if (step) {
      event.preventDefault();
      const next = move(blocks, step, block);
      if (next) {
        block.setAttribute("tabindex", "-1");
        next.setAttribute("tabindex", "0");
        next.focus({ preventScroll: true });
        show(pagePane, next);
      }
    }
  });
  const findings = all("#findings .jump");
  let finding = null;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return clear();
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (step) {
      const from = document.activeElement.closest(".v") || chosen;
      const next = move(values, step, from);
      if (next) { next.focus({ preventScroll: true }); chooseValue(next); }
    } else if (event.key.toLowerCase() === "n" && findings.length) {
      finding = move(findings, 1, finding) || findings[0];
      finding.focus({ preventScroll: true });
      jump(finding);
    } else if (event.key === "/") {
      event.preventDefault();
      finder.focus();
    }
  });
  one("#detail-close").addEventListener("click", clear);

  // ---- finding a text, and a page

  const finder = one("#find-text"), goTo = one("#find-page"), found = one("#found");
  let at = -1;
  function find() {
    const plain = (words) => words.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
    const wanted = plain(finder.value);
    const hits = wanted ? blocks.filter((block) => plain(textOf(block)).includes(wanted)) : [];
    at = hits.length ? (at + 1) % hits.length : -1;
    found.textContent = wanted ? `${at + 1} / ${hits.length}` : "";
    if (at >= 0) {
      chooseBlock(hits[at]);
      finder.focus({ preventScroll: true });
    }
  }
  finder.addEventListener("input", () => { at = -1; found.textContent = ""; });
  one("#finder").addEventListener("submit", (event) => { event.preventDefault(); find(); });
  goTo.addEventListener("change", () => {
    const page = document.getElementById(goTo.value);
    if (page) { show(pagePane, one("figcaption", page)); keep("#" + goTo.value); }
  });

  // ---- tools

  for (const box of all("[data-role][type=checkbox]")) {
    const set = () => pagePane.classList.toggle("show-" + box.dataset.role, box.checked);
    box.addEventListener("change", set);
    set();
  }
  // The second reading is a script of its own, loaded when it is asked for: also a page from a file may load one.
  const second = one("#second");
  second.addEventListener("change", () => {
    pagePane.classList.toggle("show-second", second.checked);
    const address = document.body.dataset.second;
    if (!second.checked || !address || one("#second-script")) return;
    const script = document.createElement("script");
    script.id = "second-script";
    script.src = address;
    script.addEventListener("error", () => {
      script.remove();
      for (const place of all(".second-reading")) tellSecond(place, [wordsOf("second-words", "lost")]);
    });
    document.head.append(script);
  });

  function tellSecond(place, parts) {
    const said = document.createElement("p");
    for (const part of parts) said.append(part, " ");
    place.replaceChildren(said);
  }

  window.secondReading = ({ readers, texts, failed }) => {
    for (const place of all(".second-reading")) {
      const page = place.dataset.page, reader = readers[page];
      if (!reader) continue;
      if (page in failed) {
        tellSecond(place, [reader, wordsOf("second-words", "fails"), failed[page]]);
        continue;
      }
      const others = blocks.filter((block) => block.id.slice(1) in texts && block.closest("#page-" + page));
      tellSecond(place, others.length
        ? [reader, wordsOf("second-words", "differs"), String(others.length)]
        : [reader, wordsOf("second-words", "agrees")]);
      const list = document.createElement("ul");
      for (const block of others) {
        const number = block.id.slice(1);
        block.classList.add("differs");
        block.dataset.second = texts[number];
        block.dataset.reader = reader;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "jump";
        button.dataset.b = number;
        button.append(textOf(block), " ⇔ ", texts[number] || wordsOf("second-words", "nothing"));
        button.addEventListener("click", () => jump(button));
        const item = document.createElement("li");
        item.append(button);
        list.append(item);
      }
      if (others.length) place.append(list);
    }
  };
  let zoom = 0;
  const setZoom = (next) => {
    pagePane.classList.remove("zoom-" + zoom);
    zoom = Math.max(0, Math.min(4, next));
    pagePane.classList.add("zoom-" + zoom);
    const lit = one(".b.lit");
    if (lit) show(pagePane, lit);
  };
  for (const button of all("[data-zoom]")) {
    button.addEventListener("click", () => setZoom({ in: zoom + 1, out: zoom - 1, fit: 0 }[button.dataset.zoom]));
  }

  // ---- corrections: only where the page is served, and then with its token

  const form = one("#correction");
  const token = document.body.dataset.token;

  const adding = one("#adding"), addition = one("#addition");

  function fillForm(value, found) {
    if (!form) return;
    const row = value && value.closest("tr");
    const removable = Boolean(row) && "removable" in row.dataset;
    form.hidden = !value || (!("correctable" in value.dataset) && !removable);
    one("#remove").hidden = !removable;
    answer("", false);
    adding.hidden = found.length !== 1;
    adding.dataset.block = found.length === 1 ? found[0].id.slice(1) : "";
    addition.elements.reviewer.value = remembered("reviewer") || "";
    if (form.hidden) return;
    const choices = row && document.getElementById(`choices-${row.dataset.table}-${value.dataset.field}`);
    one("#writing").hidden = Boolean(choices);
    one("#choosing").hidden = !choices;
    form.elements.choice.replaceChildren(...(choices ? choices.content.cloneNode(true).children : []));
    speak(document.documentElement.dataset.lang);
    form.elements.choice.value = value.dataset.raw;
    one("#writing-unit").textContent = unitOf(value);
    form.elements.value.value = value.dataset.raw;
    form.elements.reason.value = value.dataset.reason || "";
    form.elements.reviewer.value = value.dataset.reviewer || remembered("reviewer") || "";
  }

  // The unit that a number is in: in the tables thousands of yen are yen, and the print beside it may say otherwise.
  function unitOf(value) {
    const unit = value.dataset.field === "value" && one('.v[data-field="unit"]', value.closest("tr"));
    return unit && unit.dataset.raw ? `(${unit.dataset.raw})` : "";
  }

  const chosenText = () => form.elements.choice.selectedOptions[0]?.textContent;

  function answer(text, failed) {
    const output = one("#answer");
    output.textContent = text;
    output.classList.toggle("failed", failed);
  }

  function markPending(value, decision, written) {
    for (const mark of all(".mark.pending", value)) mark.remove();
    if (decision === "withdraw") return;
    const mark = document.createElement("small");
    mark.className = "mark pending";
    if (decision === "remove") mark.append(wordsOf("pending-words", "removed"));
    else if (decision === "accept") mark.append(wordsOf("pending-words", "accepted"));
    else mark.append("→ ", written || wordsOf("pending-words", "none"));
    mark.append(" (", wordsOf("pending-words", "pending"), ")");
    value.append(mark);
  }

  async function post(body) {
    remember("reviewer", body.reviewer || remembered("reviewer") || "");
    const reply = await fetch("../corrections", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Hyoka-Token": token },
      body: JSON.stringify({ document: document.body.dataset.document, value: "", reason: "", reviewer: "", field: "", ...body }),
    });
    return [reply.ok, saidBy(await reply.json())];
  }

  async function send(event) {
    event.preventDefault();
    const value = chosen;
    const row = value && value.closest("tr");
    if (!row) return;
    const decision = event.submitter ? event.submitter.dataset.decision : "correct";
    const whole = decision === "remove" || (decision === "withdraw" && row.classList.contains("to-remove"));
    const choosing = !one("#choosing").hidden;
    const written = choosing ? form.elements.choice.value : form.elements.value.value;
    const shown = [choosing ? chosenText() : written, /^[\d.,]+$/.test(written) && unitOf(value)].filter(Boolean).join(" ");
    const body = {
      table: row.dataset.table, record: row.dataset.record, field: whole ? "" : value.dataset.field, decision,
      value: whole ? "" : written, reason: form.elements.reason.value, reviewer: form.elements.reviewer.value,
    };
    try {
      const [ok, said] = await post(body);
      if (ok) {
        if (whole) row.classList.toggle("to-remove", decision === "remove");
        markPending(value, decision, shown);
        value.dataset.reason = decision === "withdraw" ? "" : body.reason;
        listDecision(body, value, shown);
      }
      answer(said, !ok);
    } catch (error) {
      answer(String(error), true);
    }
  }

  // ---- a record that is missing, said of the box that prints it; and decisions undone

  function chooseTable() {
    const table = addition.elements.table.value;
    for (const part of all("fieldset", addition)) part.hidden = part.disabled = part.dataset.of !== table;
    const owners = { observations: ["indicators"], measures: ["documents", "measures"] }[table] || ["measures"];
    for (const option of addition.elements.record.options) option.hidden = option.disabled = !owners.includes(option.dataset.owner);
    const first = Array.from(addition.elements.record.options).find((option) => !option.disabled);
    addition.elements.record.value = first ? first.value : "";
  }

  async function add(event) {
    event.preventDefault();
    const fields = one("fieldset:not([disabled])", addition), output = one("#added");
    const values = Object.fromEntries(all("input, select", fields).map((input) => [input.name, input.value.trim()]));
    try {
      const [ok, said] = await post({
        table: addition.elements.table.value, record: addition.elements.record.value, decision: "add", values,
        block: adding.dataset.block, reason: addition.elements.reason.value, reviewer: addition.elements.reviewer.value,
      });
      output.textContent = said;
      output.classList.toggle("failed", !ok);
    } catch (error) {
      output.textContent = String(error);
      output.classList.add("failed");
    }
  }

  const isOf = (entry, body) => ["table", "record", "field"].every((name) => entry.dataset[name] === body[name]);

  // A decision that was written stands in the list at once, in place of an earlier one of the same value.
  function listDecision(body, value, shown) {
    const earlier = all("#decisions li").filter((entry) => isOf(entry, body));
    for (const entry of earlier) entry.remove();
    if (body.decision === "withdraw") return;
    const entry = document.getElementById("decision-entry").content.firstElementChild.cloneNode(true);
    Object.assign(entry.dataset, { table: body.table, record: body.record, field: body.field });
    one("b", entry).append(wordsOf("pending-words", "decision-" + body.decision));
    one(".what", entry).append(...one("caption", value.closest("table")).cloneNode(true).childNodes, " ", body.field);
    one("q", entry).textContent = value.dataset.printed || value.dataset.raw;
    if (body.decision === "correct") one(".written", entry).append("→ ", shown || wordsOf("pending-words", "none"));
    if (body.reason) one("small", entry).textContent = body.reviewer ? `${body.reason} (${body.reviewer})` : body.reason;
    one("#decisions ul").append(entry);
  }

  async function undo(event) {
    const button = event.target.closest(".undo");
    if (!button) return;
    const entry = button.closest("li");
    const [ok, said] = await post({ ...entry.dataset, decision: "withdraw" });
    if (!ok) {
      button.textContent = said;
      return;
    }
    entry.remove();
    const row = all("tr[data-record]").find((other) => other.dataset.table === entry.dataset.table && other.dataset.record === entry.dataset.record);
    if (row && !entry.dataset.field) row.classList.remove("to-remove");
    for (const value of row ? all(".v", row) : []) {
      if (!entry.dataset.field || value.dataset.field === entry.dataset.field) markPending(value, "withdraw");
    }
  }

  if (form) {
    addition.elements.table.addEventListener("change", chooseTable);
    addition.addEventListener("submit", add);
    one("#decisions").addEventListener("click", undo);
    chooseTable();
  }
  if (form) form.addEventListener("submit", send);
  window.addEventListener("hashchange", follow);
  follow();
}

// What the server says, in the language of the page.
const saidBy = (reply) => typeof reply.message === "string" ? reply.message : reply.message[document.documentElement.dataset.lang || "ja"];

function startGiving() {
  for (const form of document.querySelectorAll("form.give")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const output = form.querySelector("output");
      const body = { document: form.dataset.document, municipality: form.querySelector("input").value };
      try {
        const reply = await fetch("sources", {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-Hyoka-Token": document.body.dataset.token },
          body: JSON.stringify(body),
        });
        output.textContent = saidBy(await reply.json());
        output.classList.toggle("failed", !reply.ok);
      } catch (error) {
        output.textContent = String(error);
        output.classList.add("failed");
      }
    });
  }
}

// ---- form: the meanings of its labels

function startForm() {
  const token = document.body.dataset.token, rows = all("#labels tbody tr");
  if (!token) return;
  const weigh = one("#weigh"), save = one("#save-form"), output = one("#form-answer"), effect = one("#effect");
  let weighed = null;

  const chosen = () => Object.fromEntries(
    rows.map((row) => [row.dataset.label, one("select", row).value]).filter(([, meaning], at) => meaning !== rows[at].dataset.meaning));

  function answer(said, failed) {
    output.replaceChildren(said);
    output.classList.toggle("failed", failed);
  }

  function changed() {
    const now = JSON.stringify(chosen());
    for (const row of rows) row.classList.toggle("changed", one("select", row).value !== row.dataset.meaning);
    weigh.disabled = now === "{}";
    save.disabled = now === "{}" || now !== weighed;
    one("#unknown").textContent = String(rows.filter((row) => one("select", row).value === "?").length);
  }

  async function post(address) {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Hyoka-Token": token },
      body: JSON.stringify({ form: document.body.dataset.form, meanings: chosen() }),
    });
    return [reply.ok, await reply.json()];
  }

  function cells(head, before, after) {
    const row = document.createElement("tr"), name = document.createElement("th");
    name.scope = "row";
    name.append(head);
    row.append(name);
    for (const number of [before, after]) {
      const cell = document.createElement("td");
      cell.className = "number";
      cell.textContent = String(number);
      row.append(cell);
    }
    row.classList.toggle("differs", before !== after);
    return row;
  }

  function spoken(text) {
    const both = document.createElement("span");
    for (const language of ["ja", "en"]) {
      const part = document.createElement("span");
      part.className = part.lang = language;
      part.textContent = text[language];
      both.append(part);
    }
    return both;
  }

  function list(id, texts) {
    one(id).replaceChildren(...texts.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }));
  }

  function show(said) {
    effect.hidden = false;
    const lines = said.counts.map((count) => cells(spoken(count), count.before, count.after));
    lines.push(cells(wordsOf("form-words", "unread"), ...said.unread));
    one("tbody", effect).replaceChildren(...lines);
    list("#comes", said.comes);
    list("#goes", said.goes);
    one("#moves-more").hidden = !said.more;
    one("#moves-more b").textContent = String(said.more);
  }

  weigh.addEventListener("click", async () => {
    const asked = JSON.stringify(chosen());
    answer(wordsOf("form-words", "reading"), false);
    weigh.disabled = true;
    try {
      const [ok, said] = await post("effect");
      if (!ok) return answer(saidBy(said), true);
      if (!said.sheets) answer(wordsOf("form-words", "no-source"), true);
      else {
        const seen = wordsOf("form-words", "seen");
        seen.append(" " + said.sheets);
        answer(seen, false);
        show(said);
      }
      weighed = asked;
    } catch (error) {
      answer(String(error), true);
    } finally {
      changed();
    }
  });
  save.addEventListener("click", async () => {
    try {
      const [ok, said] = await post("save");
      answer(saidBy(said), !ok);
      if (!ok) return;
      for (const row of rows) row.dataset.meaning = one("select", row).value;
      for (const row of rows) row.classList.toggle("unknown", row.dataset.meaning === "?");
      changed();
    } catch (error) {
      answer(String(error), true);
    }
  });
  for (const row of rows) one("select", row).addEventListener("change", changed);
  one("#only-unknown").addEventListener("change", (event) => {
    for (const row of rows) row.hidden = event.target.checked && one("select", row).value !== "?";
  });
  one("#form-tools").addEventListener("submit", (event) => event.preventDefault());
  changed();
}

startLanguage();
startGiving();
if (document.body.classList.contains("index")) startIndex();
else if (document.body.classList.contains("form")) startForm();
else startDocument();
