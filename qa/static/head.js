// Before anything is drawn: the language of the page, and whose conversation it shows.
// `WORDS` stands above: what the page's own script says, by language.
window.saidso = (() => {
  const asked = [...(navigator.languages ?? []), navigator.language].map((one) => one.slice(0, 2));
  const language = asked.find((one) => one in WORDS) ?? "en";
  document.documentElement.lang = language;
  // The front end words its own parts by this. It knows thirty languages; the page must be in one.
  Object.defineProperty(navigator, "language", { get: () => language });

  // 128 random bits name the conversation; a page that may keep nothing has one until it is left.
  const fresh = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  let visitor = null;
  try {
    visitor = localStorage.getItem("saidso-conversation");
    if (!/^[0-9a-f]{32}$/.test(visitor)) {
      visitor = fresh();
      localStorage.setItem("saidso-conversation", visitor);
    }
  } catch {
    visitor = fresh();
  }
  return { language, visitor, say: WORDS[language] };
})();
