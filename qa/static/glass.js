// The search page: a question and settings that are tried; the latest answer asked for is shown.
{
  const room = () => document.querySelector("#glass .result");
  const form = () => document.querySelector("form.glass");
  let without = []; // chips of the question that do not count
  let wanted = null; // asked for while another is under way: the latest only
  let busy = false;

  function settings() {
    const made = {};
    for (const one of form().querySelectorAll("input[data-changed]")) made[one.name] = one.value;
    return made;
  }

  async function look() {
    wanted = { question: form().elements.question.value, settings: settings(), without, language };
    if (busy) return;
    busy = true;
    while (wanted) {
      const asked = wanted;
      wanted = null;
      room().setAttribute("aria-busy", "true");
      if (!room().firstChild) room().textContent = room().dataset.looking;
      let html;
      try {
        html = await server.weigh(asked);
      } catch {
        room().textContent = say.unreachable;
        continue;
      }
      if (!wanted) room().innerHTML = html;
    }
    room().removeAttribute("aria-busy");
    busy = false;
  }

  // From an answer of the chat to what led to it.
  async function inside(question) {
    document.querySelector("#search-button").click();
    while (!form()) await new Promise(requestAnimationFrame); // made when it is first opened
    form().elements.question.value = question;
    without = [];
    room().replaceChildren();
    form().elements.question.focus();
    look();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.glass")) return;
    event.preventDefault();
    without = [];
    look();
  });

  let pause = 0;
  document.addEventListener("input", (event) => {
    const knob = event.target.closest("form.glass input[type=range]");
    if (!knob) return;
    knob.dataset.changed = "";
    const digits = (knob.step.split(".")[1] ?? "").length;
    knob.closest(".knob").querySelector("output").textContent = Number(knob.value).toLocaleString(
      language, { minimumFractionDigits: digits, maximumFractionDigits: digits },
    );
    clearTimeout(pause);
    if (room().firstChild) pause = setTimeout(look, 250);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#glass button, #conversation button.why");
    if (!button) return;
    if (button.matches(".reset")) {
      form().querySelectorAll("input[data-changed]").forEach((one) => {
        one.value = one.defaultValue;
        delete one.dataset.changed;
        const shown = one.closest(".knob").querySelector("output");
        shown.textContent = shown.dataset.shipped;
      });
      if (room().firstChild) look();
    } else if (button.matches(".chip")) {
      without = [...without, button.dataset.chip];
      look();
    } else if (button.matches(".why")) {
      inside(button.dataset.question);
    }
  });
}
