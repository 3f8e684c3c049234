// The page's own behaviour: citations open in the pane, suggestions are asked, Escape closes.
// Runs once, when the pane is there; `element` is the pane and `server` reaches `Chat.read`.
const sheet = element.querySelector(".sheet");
const page = element.querySelector(".page");
const TARGET = 'a[href^="#cite-"], a[href^="#read-"]';
let shown = null; // the fragment whose article is in the pane
let opener = null; // where the focus goes when it closes
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

async function open(fragment, from) {
  const mine = ++turn;
  opener = from ?? opener;
  document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  from?.setAttribute("aria-current", "true");
  sheet.hidden = false;
  document.body.classList.add("reading");
  history.replaceState(null, "", fragment);
  page.setAttribute("aria-busy", "true");
  try {
    // Asked for each time: the article may have changed since it was last opened.
    const html = await server.read(fragment);
    if (mine !== turn) return;
    page.innerHTML = html;
    shown = fragment;
  } catch {
    if (mine !== turn) return;
    page.textContent = "This article cannot be fetched: is the chat still running in its terminal?";
    shown = null;
  }
  page.removeAttribute("aria-busy");
  sheet.focus({ preventScroll: true });
  requestAnimationFrame(light);
}

function close() {
  if (sheet.hidden) return;
  turn++;
  sheet.hidden = true;
  shown = null;
  document.body.classList.remove("reading");
  document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
  history.replaceState(null, "", location.pathname + location.search);
  if (opener?.isConnected) opener.focus();
  opener = null;
}

function ask(question) {
  const box = document.querySelector("#question textarea");
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#question button")?.click(), 50);
}

function askWithout(chip) {
  const box = document.querySelector("#again textarea, #again input");
  box.value = JSON.stringify({ turn: Number(chip.dataset.turn), chip: chip.dataset.chip });
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab, then
  const link = event.target.closest(TARGET);
  const row = event.target.closest("table.shelf tbody tr");
  if (link || row) {
    event.preventDefault();
    const to = link ?? row.querySelector(TARGET);
    open(to.getAttribute("href"), to.closest("#pane") ? null : to);
  } else if (event.target.closest(".suggestion")) {
    ask(event.target.closest(".suggestion").textContent);
  } else if (event.target.closest("button.chip")) {
    askWithout(event.target.closest("button.chip"));
  } else if (event.target.closest("#pane .close, #pane .scrim")) {
    close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

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
