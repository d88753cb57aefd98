// Loads the page again when teikit serve has built the site anew. Only the preview has this script.
"use strict";
const shown = document.currentScript.dataset.build;

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/-teikit/version", { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== shown) location.reload();
    } catch {
      // the preview was stopped; it may be started again
    }
  }
  setTimeout(look, 700);
}

look();
