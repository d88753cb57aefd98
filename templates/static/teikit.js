// Optional. A link to a place of a text that goes on on several pages leads on at once; one into
// a list that is closed opens it, and a page is printed with what is in such lists.
{
  const go = () => {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = place && place.closest(".tk-places") && place.querySelector("a");
    if (link) location.replace(link.href);
    const closed = place && place.closest("details:not([open])");
    if (closed) {
      closed.open = true;
      place.scrollIntoView();
    }
  };
  go();
  const lists = document.querySelectorAll(".tk-entries-here:not([open])");
  addEventListener("beforeprint", () => lists.forEach((one) => one.setAttribute("open", "")));
  addEventListener("hashchange", go);
}
// A view that was chosen holds on the next page, where the browser remembers anything.
document.querySelectorAll(".tk-view input").forEach((input) => {
  const key = input.name || input.id;
  try {
    if (sessionStorage[key] === input.id + !input.checked) input.checked = !input.checked;
    input.addEventListener("change", () => (sessionStorage[key] = input.id + input.checked));
  } catch {
    // it may keep nothing for files on a disk
  }
});
// The number of a paragraph, besides leading to it, copies how it is cited, and says so.
{
  const cited = document.querySelector(".tk-cite");
  const said = document.createElement("p");
  said.className = "tk-skip"; // is not printed
  said.setAttribute("role", "status");
  const show = (words) => {
    said.textContent = words;
    said.style.cssText = words
      ? "position:fixed;left:1rem;right:1rem;top:auto;bottom:1rem;z-index:9;box-sizing:border-box;max-width:46rem;max-height:50vh;overflow:auto;margin:0 auto;padding:.8rem 1rem;font-size:.9rem;border:1px solid var(--accent);user-select:text"
      : "";
  };

  // An address in the letters of its script, as far as it leads there so, too.
  function readable(address) {
    try {
      return decodeURI(address).replace(/\s/g, encodeURIComponent);
    } catch {
      return address;
    }
  }

  // The canonical reference is the link's title; else its id, or its number where it has none.
  function passage(number) {
    const id = decodeURIComponent(number.hash.slice(1));
    const shown = number.textContent.trim() || number.dataset.n;
    const reference = number.title || (id.startsWith("tk-") ? shown : id);
    const known = document.querySelector("link[rel=canonical]");
    const here = location.href.split("#")[0];
    // where a file lies on a disk is nothing to cite
    const page = known ? known.href : here.replace(/^file:.*\//, "");
    const whole = cited.textContent.trim();
    const end = (/[.。]$/.exec(whole) || [""])[0];
    let start = whole.slice(0, whole.length - end.length);
    if (start.endsWith(page)) start = start.slice(0, -page.length).replace(/[\s.,，]+$/, "");
    const comma = end === "。" ? "，" : ", ";
    return start + comma + reference + comma + readable(page + number.hash) + end;
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = words;
      field.style.cssText = "position:fixed;top:0;opacity:0";
      const focused = document.activeElement;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (focused) focused.focus({ preventScroll: true });
      return done;
    }
  }

  if (cited) {
    document.body.append(said);
    addEventListener("keydown", (event) => event.key === "Escape" && show(""));
    addEventListener("click", async (event) => {
      if (said.contains(event.target)) return;
      const number = event.target.closest("a.tk-n");
      if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return show("");
      const words = passage(number);
      show((await copy(words)) ? cited.dataset.copied + words : words);
    });
  }
}
