// The two buttons of /_ds/me. Without this script the page says the same.
"use strict";
(() => {
  const part = (id) => document.getElementById(id);

  const copy = part("copy"), line = part("case");
  const select = () => { // where there is no clipboard: over plain http, in some apps
    line.focus();
    line.select();
    part("copied").textContent = document.execCommand("copy") ? copy.dataset.copied : copy.dataset.selected;
  };
  copy.addEventListener("click", () => {
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(line.value).then(() => { part("copied").textContent = copy.dataset.copied; }, select);
  });
  copy.hidden = false;

  const mark = part("mark");
  const marked = () => /(^|;\s*)ds_off=1(;|$)/.test(document.cookie);
  const show = () => {
    part("marked").hidden = !marked();
    part("unmarked").hidden = marked();
    mark.textContent = marked() ? mark.dataset.on : mark.dataset.off;
  };
  mark.addEventListener("click", () => {
    const want = !marked();
    window.ds.optOut(want);
    part("refused").hidden = marked() === want;
    show();
  });
  show(); // the page may be out of the browser's history
  const loaded = Boolean(window.ds && window.ds.optOut);
  mark.hidden = !loaded;
  part("blocked").hidden = loaded;
})();
