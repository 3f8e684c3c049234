// The articles page: filters, order and pages of the table; articles removed, renamed, put
// back, pasted in.
{
  const shelf = () => document.querySelector("#shelf");
  const sieve = () => document.querySelector("form.sieve");
  let page = 0;
  let turn = 0; // of asking: a table that comes late is not shown
  const open = new Set(); // articles whose reprints are to be seen

  // A refused or lost call leaves the page as it is and says so.
  async function shelve(wanted) {
    try {
      return await server.shelve({ ...wanted, language });
    } catch {
      told(say.unreachable);
      return null;
    }
  }

  function told(words) {
    const place = shelf().querySelector(".told");
    place.textContent = words;
    return place;
  }

  async function list() {
    const form = sieve();
    if (!form) return;
    const mine = ++turn;
    const html = await shelve({ do: "list", ...asked(), page });
    if (html === null || mine !== turn) return;
    const rows = shelf().querySelector(".rows");
    rows.innerHTML = html;
    for (const offered of rows.querySelectorAll("select[data-name]")) choose(form, offered);
    const more = [...rows.querySelectorAll(".more")].filter((one) => open.has(one.dataset.id));
    await Promise.all(more.map(unfold));
  }

  const asked = () => Object.fromEntries(new FormData(sieve()));

  async function unfold(button) {
    const html = await shelve({ do: "reprints", id: button.dataset.id, ...asked() });
    if (html === null || !button.isConnected || !open.has(button.dataset.id)) return;
    if (html.startsWith("<p")) {
      told("").innerHTML = html; // no rows, but why there are none
      return;
    }
    fold(button);
    button.setAttribute("aria-expanded", "true");
    button.closest("tr").insertAdjacentHTML("afterend", html);
  }

  function fold(button) {
    button.setAttribute("aria-expanded", "false");
    const row = button.closest("tr");
    while (row.nextElementSibling?.matches(".reprint")) row.nextElementSibling.remove();
  }

  // What the filters offer is what the library holds now; what was chosen stays chosen.
  function choose(form, offered) {
    const own = form.elements[offered.dataset.name];
    const chosen = own.value;
    const known = [...own.options].slice(1).map((one) => one.value);
    if (known.join("\n") !== [...offered.options].map((one) => one.value).join("\n")) {
      own.replaceChildren(own.options[0], ...offered.options);
      own.value = chosen;
      if (own.value !== chosen) own.value = "";
    }
    offered.remove();
  }

  function anew() {
    page = 0;
    list();
  }

  async function change(wanted) {
    const html = await shelve(wanted);
    if (html === null) return;
    shelf().querySelector(".told").innerHTML = html;
    await list();
    // What is told stays in sight wherever in the table one is: nothing moves under the hand.
    const next = shelf().querySelector(".told .back") ?? shelf().querySelector(".told");
    next.focus({ preventScroll: true });
  }

  function rename(button) {
    const link = button.closest("tr").querySelector(".title a");
    const box = document.createElement("input");
    box.className = "field naming";
    box.maxLength = 300;
    box.value = link.textContent;
    box.placeholder = say["own-title"];
    box.setAttribute("aria-label", button.getAttribute("aria-label"));
    link.replaceWith(box);
    box.select();
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        change({ do: "rename", id: button.dataset.id, title: box.value });
      } else if (event.key === "Escape") {
        event.stopPropagation();
        box.replaceWith(link);
        button.focus();
      }
    });
  }

  async function paste(form) {
    const button = form.querySelector("[type=submit]");
    button.disabled = true; // twice the same text would be one article, and two waits
    const html = await shelve({ do: "paste", ...Object.fromEntries(new FormData(form)) });
    button.disabled = false;
    if (html === null) return;
    const place = form.parentElement.querySelector(".pasted");
    place.innerHTML = html;
    if (!place.querySelector(".rejected, .failed")) form.reset();
    anew();
  }

  let pause = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.closest("form.sieve")) return;
    clearTimeout(pause);
    pause = setTimeout(anew, event.target.name === "words" ? 150 : 0);
  });
  document.addEventListener("reset", (event) => {
    if (event.target.matches("form.sieve")) setTimeout(anew); // when it is empty
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.sieve, form.paste")) return;
    event.preventDefault();
    if (event.target.matches(".paste")) paste(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#shelf button");
    if (!button) return;
    if (button.matches(".more")) {
      if (open.delete(button.dataset.id)) fold(button);
      else {
        open.add(button.dataset.id);
        unfold(button);
      }
    } else if (button.matches(".remove")) change({ do: "remove", id: button.dataset.id });
    else if (button.matches(".back")) change({ do: button.dataset.do, id: button.dataset.id });
    else if (button.matches(".rename") && !button.closest("tr").querySelector(".naming")) rename(button);
    else if (button.matches(".page")) {
      page = Number(button.dataset.page);
      list().then(() => shelf().querySelector(".count")?.scrollIntoView());
    } else if (button.matches(".by")) {
      sieve().elements.sort.value = button.dataset.sort;
      anew();
    }
  });

  // What others put in shows whenever the page is looked at, and after files were taken in. The
  // front end makes a tab's contents when it is first opened.
  const looked = new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting)) list();
  });
  let form = null;
  let known = [];
  new MutationObserver(() => {
    if (sieve() && sieve() !== form) looked.observe((form = sieve()));
    const reports = [...document.querySelectorAll(".reports .report:not(:has(progress))")];
    if (reports.some((one) => !known.includes(one))) list();
    known = reports;
  }).observe(document.body, { childList: true, subtree: true });
}
