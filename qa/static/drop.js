// A folder, chosen by its button or dropped where files are: its files come in as if they were
// dropped one by one, each under its path in it. The front end knows files alone, without a path.
{
  const MOST = 20_000; // files of one folder; `python -m ingest` knows no bounds
  const button = () => document.querySelector("button.folder");

  function told(words) {
    document.querySelector(".folder-told").textContent = words;
  }

  const hidden = (path) => path.split("/").slice(1).some((name) => name.startsWith("."));

  const asked = (ask) => new Promise((done, failed) => ask(done, failed));

  // The files under `entry` as [path, what makes the file], until there are too many.
  async function walk(entry, found, lost) {
    const path = entry.fullPath.slice(1);
    if (hidden(path) || found.length > MOST) return;
    if (entry.isFile) {
      found.push([path, () => asked((done, failed) => entry.file(done, failed))]);
      return;
    }
    try {
      const reader = entry.createReader();
      let some;
      do {
        some = await asked((done, failed) => reader.readEntries(done, failed)); // 100 at a time
        for (const one of some) await walk(one, found, lost);
      } while (some.length && found.length <= MOST);
    } catch {
      lost.push(path);
    }
  }

  // What cannot be read is refused by its name: its bytes can stay where they are.
  async function named([path, file], kinds, lost) {
    if (!kinds.some((kind) => path.toLowerCase().endsWith(kind))) return new File([], path);
    try {
      return new File([await file()], path);
    } catch {
      lost.push(path);
      return null;
    }
  }

  async function take(found, lost = []) {
    if (found.length > MOST) {
      return told(say["many-files"].replace("{}", MOST.toLocaleString(language)));
    }
    found.sort(([one], [other]) => (one < other ? -1 : 1));
    const kinds = button().dataset.kinds.split(" ");
    const files = await Promise.all(found.map((one) => named(one, kinds, lost)));
    if (lost.length) told(say["unread-files"].replace("{}", lost.join(", ")));
    else told(found.length ? "" : say["no-files"]);
    const all = new DataTransfer();
    for (const file of files) if (file) all.items.add(file);
    if (!all.files.length) return;
    let box; // there is none while files dropped before are on their way
    while (!(box = document.querySelector("#drop input[type=file]"))) {
      await new Promise((done) => setTimeout(done, 100));
    }
    box.files = all.files;
    box.dispatchEvent(new Event("change"));
  }

  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.webkitdirectory = true;
  chooser.addEventListener("change", () => {
    const found = [...chooser.files].map((file) => [file.webkitRelativePath, () => file]);
    take(found.filter(([path]) => !hidden(path)));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button.folder")) return;
    chooser.value = ""; // the same folder again is a change as well
    chooser.click();
  });

  // Before the front end sees it: a folder would be a file without bytes to it.
  document.addEventListener(
    "drop",
    async (event) => {
      const place = event.target.closest("#drop button");
      const entries = [...(event.dataTransfer?.items ?? [])].map((one) => one.webkitGetAsEntry?.());
      if (!place || !entries.some((one) => one?.isDirectory)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      place.dispatchEvent(new DragEvent("drop")); // of nothing: the front end's own drag is over
      const found = [];
      const lost = [];
      for (const entry of entries.filter(Boolean)) await walk(entry, found, lost);
      take(found, lost);
    },
    true,
  );
}
