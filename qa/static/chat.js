// The page's own behaviour: citations open in the pane, suggestions are asked, Escape closes.
// Runs once, when the pane is there; `element` is the pane and `server` reaches the functions of `app.build`.
const { language, visitor, say } = window.saidso;
const sheet = element.querySelector(".sheet");
const page = element.querySelector(".page");
const TARGET = 'a[href^="#cite-"], a[href^="#read-"]';
const among = element.querySelector(".among");
let shown = null; // the fragment whose article is in the pane, or is on its way there
let opener = null; // where the focus goes when it closes
let leaving = false; // the way back to before it was opened is under way
let turn = 0; // of opening: an answer that comes late is not shown

function light() {
  const mark = page.querySelector("mark");
  if (!mark) {
    page.scrollTop = 0;
    return;
  }
  const place = mark.getBoundingClientRect();
  const room = page.getBoundingClientRect();
  const above = Math.max(24, (room.height - place.height) / 3);
  page.scrollTop += place.top - room.top - above;
  for (const one of page.querySelectorAll("mark")) {
    one.classList.remove("lit");
    void one.offsetWidth; // the glow starts over
    one.classList.add("lit");
  }
}

// The conversation is drawn anew with each answer: the opener is then the one that leads there now.
function from() {
  if (opener?.isConnected) return opener;
  const links = [...document.querySelectorAll(`#conversation ${TARGET.replace(", ", ", #conversation ")}`)];
  return links.findLast((one) => one.getAttribute("href") === shown);
}

// The quotes of the answer that was opened from, and which of them is shown.
function quotes() {
  const here = from();
  const all = [...(here?.closest(".turn")?.querySelectorAll(".cite, .near a") ?? [])];
  return [all, all.indexOf(here?.closest(".quote, .near li")?.querySelector(".cite, a"))];
}

function step(by) {
  const [all, at] = quotes();
  const to = all[(at + by + all.length) % all.length];
  if (!to) return;
  to.scrollIntoView({ block: "nearest" });
  open(to.getAttribute("href"), to, { still: true });
}

function count() {
  const [all, at] = quotes();
  among.hidden = all.length < 2 || at < 0;
  const line = say.among.replace("{}", at + 1).replace("{}", all.length);
  among.querySelector("span").textContent = among.hidden ? "" : line;
}

// `still`: the focus stays where it is. Opening it is a step of the browser's history, so that its
// way back closes it: on a telephone that is how a sheet is put away.
async function open(fragment, link, { still = false } = {}) {
  const mine = ++turn;
  opener = link;
  if (sheet.hidden && location.hash !== fragment) {
    history.pushState({ sheet: true }, "", fragment);
  } else history.replaceState(history.state, "", fragment);
  shown = fragment;
  sheet.hidden = false;
  document.body.classList.add("reading");
  document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  opener = from();
  opener?.setAttribute("aria-current", "true");
  count();
  page.setAttribute("aria-busy", "true");
  try {
    // Asked for each time: the article may have changed since it was last opened.
    const html = await server.passage({ fragment, language });
    if (mine !== turn) return;
    page.innerHTML = html;
  } catch {
    if (mine !== turn) return;
    page.textContent = say.unreachable;
  }
  page.removeAttribute("aria-busy");
  if (!still) sheet.focus({ preventScroll: true });
  requestAnimationFrame(light);
}

function close() {
  if (sheet.hidden) return;
  turn++;
  const back = from();
  sheet.hidden = true;
  document.body.classList.remove("reading");
  document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  back?.focus();
  opener = shown = null;
}

// As a click on ✕ or Escape does it: the step that opening was is taken back.
function dismiss() {
  if (sheet.hidden) return;
  close();
  if (history.state?.sheet) {
    leaving = true;
    history.back();
  } else history.replaceState(null, "", location.pathname + location.search);
}

window.addEventListener("popstate", () => {
  if (leaving) {
    leaving = false;
    if (!sheet.hidden) history.pushState({ sheet: true }, "", shown); // opened again meanwhile
  } else if (/^#(cite|read)-/.test(location.hash)) {
    if (location.hash !== shown) open(location.hash, null);
  } else close();
});

// As if it were typed into a box and sent: the front end hears of nothing else.
function send(place, text) {
  const box = document.querySelector(`${place} textarea`);
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector(`${place} button`)?.click(), 50);
}

// What a click in the conversation asks for; `Chat.told` reads it.
function tell(command) {
  send("#told", JSON.stringify(command));
}

function edit(turn) {
  const asked = turn.querySelector(".asked");
  const box = document.createElement("textarea");
  box.className = "editing";
  box.setAttribute("aria-label", say.edit);
  box.value = asked.textContent;
  box.rows = Math.min(5, Math.ceil(box.value.length / 60));
  asked.replaceWith(box);
  box.focus();
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      tell({ do: "edit", turn: Number(turn.dataset.turn), question: box.value, at: Date.now() });
    } else if (event.key === "Escape") {
      event.stopPropagation();
      box.replaceWith(asked);
      turn.querySelector("button.edit").focus();
    }
  });
}

// A question before the last: later ones lean on it, so it is asked anew, as one of its own.
function reuse(turn) {
  const box = document.querySelector("#question textarea");
  box.focus();
  box.select(); // what was begun there comes back with the browser's own undo
  document.execCommand("insertText", false, turn.querySelector(".asked").textContent);
}

async function copy(button) {
  const text = button.dataset.text;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not served from this machine or over https: the old way is the only one.
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
  }
  const label = button.textContent;
  if (label === say.copied) return;
  button.textContent = say.copied;
  setTimeout(() => (button.textContent = label), 2000);
}

// Of the conversation as a whole. A lost call is told of where the verdict would stand.
async function takeOut(wanted) {
  const place = document.querySelector("#conversation .verified");
  try {
    return await server.take_out({ ...wanted, visitor, language });
  } catch {
    place.textContent = say.unreachable;
    return null;
  }
}

async function verify() {
  const place = document.querySelector("#conversation .verified");
  place.replaceChildren(); // the same words again are said again
  const html = await takeOut({ do: "verify" });
  if (html !== null) place.innerHTML = html;
}

async function save(kind) {
  const text = await takeOut({ do: "save", kind });
  if (text === null) return;
  const type = kind === "html" ? "text/html" : "text/plain";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = `saidso.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// Buttons of the conversation. A command carries the time, so that the same one counts again.
function pressed(button) {
  const turn = Number(button.dataset.turn);
  if (button.matches(".suggestion")) send("#question", button.textContent);
  else if (button.matches(".chip")) tell({ do: "without", turn, chip: button.dataset.chip });
  else if (button.matches(".only")) tell({ do: "only", turn, quote: Number(button.dataset.quote), at: Date.now() });
  else if (button.matches(".copy")) copy(button);
  else if (button.matches(".edit")) edit(button.closest(".turn"));
  else if (button.matches(".reuse")) reuse(button.closest(".turn"));
  else if (button.matches(".verify")) verify();
  else if (button.matches(".save")) save(button.dataset.kind);
  else if (button.matches(".new")) tell({ do: "new", at: Date.now() });
  else if (button.dataset.do) tell({ do: button.dataset.do, turn, at: Date.now() });
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab, then
  const link = event.target.closest(TARGET);
  const row = !event.target.closest("button, input") && event.target.closest("table.shelf tbody tr");
  if (link || row) {
    event.preventDefault();
    const to = link ?? row.querySelector(TARGET);
    open(to.getAttribute("href"), to.closest("#pane") ? null : to);
  } else if (event.target.closest("#ask-button")) {
    // What came in meanwhile may be asked: an empty conversation is looked at anew.
    if (document.querySelector("#conversation .welcome")) tell({ do: "look", at: Date.now() });
  } else if (event.target.closest("#conversation button")) {
    pressed(event.target.closest("#conversation button"));
  } else if (event.target.closest("#pane .close, #pane .scrim")) {
    dismiss();
  } else if (event.target.closest("#pane .prior, #pane .next")) {
    step(event.target.closest(".next") ? 1 : -1);
  } else if (event.target.closest("#pane .link")) {
    const button = event.target.closest(".link");
    button.dataset.text = location.href;
    copy(button);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") dismiss();
});

// What the layout leaves to be said in the language of the page.
for (const one of document.querySelectorAll("[data-say]")) one.textContent = say[one.dataset.say];
for (const one of document.querySelectorAll("[data-label]")) {
  one.setAttribute("aria-label", say[one.dataset.label]);
}

// A question comes into view when it is asked, and again with its answer; nothing else moves.
let latest = "";
new MutationObserver(() => {
  const all = document.querySelectorAll("#conversation .turn");
  const last = all[all.length - 1];
  const now = last ? `${all.length} ${Boolean(last.querySelector(".status"))}` : "";
  if (now && now !== latest) last.scrollIntoView({ block: "start" });
  latest = now;
}).observe(document.body, { childList: true, subtree: true });

if (location.hash.match(/^#(cite|read)-/)) open(location.hash, null);
