"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Filters and search: rows are hidden, never moved.
  const said = document.getElementById("said");
  if (said) {
    const items = all(".st", said);
    const buttons = all(".filters button", said);
    const find = said.querySelector("input[type=search]");
    const found = said.querySelector(".found");
    const none = said.querySelector(".none");
    const words = new Map();
    const wordsOf = (item) => {
      if (!words.has(item)) words.set(item, item.textContent.toLowerCase());
      return words.get(item);
    };
    const unfolded = new Set();
    let kind = "all";
    const outlet = (item) => item.closest(".single-of")?.querySelector(".single-name")?.textContent ?? "";
    const show = () => {
      const asked = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      let n = 0;
      for (const item of items) {
        const fits = (kind === "all" || ` ${item.dataset.k} `.includes(` ${kind} `)) &&
          asked.every((word) => wordsOf(item).includes(word) || outlet(item).toLowerCase().includes(word));
        item.hidden = !fits;
        n += fits && !item.classList.contains("other");
      }
      const shown = ".st:not([hidden]):not(.other)";
      for (const group of all(".single-of, .group", said)) group.hidden = !group.querySelector(shown);
      for (const table of all(".scroll", said)) table.hidden = !table.querySelector(shown);
      const narrowed = asked.length > 0 || kind !== "all";
      for (const fold of all(".single-of > details, .rest", said)) {
        const fits = !!fold.querySelector(shown);
        fold.hidden = !fits;
        if (narrowed && fits && !fold.open) { fold.open = true; unfolded.add(fold); }
        if (!narrowed && unfolded.delete(fold)) fold.open = false;
      }
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.f === kind));
      none.hidden = n > 0;
      found.textContent = narrowed || root.dataset.story ? `${n} of ${items.length}` : "";
    };
    document.addEventListener("story", show);
    const choose = (value) => { kind = value; show(); };
    for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.f));
    let wait;
    find.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 120); });
    document.addEventListener("show-all", () => { find.value = ""; choose("all"); });
    for (const link of all("[data-go]")) link.addEventListener("click", () => choose(link.dataset.go));
  }

  // One storyline: what belongs to none of it is hidden. What carries no key belongs where its links lead.
  const pick = document.querySelector(".pick select");
  if (pick) {
    const keyed = all("[data-s], .st, .utterance, .speaker li, .background li, .tree-and-proof");
    const groups = all(".speaker, .family-of, .lanes, .lone-of, .fold, .single-of");
    const keys = new Map();
    const keysOf = (item) => {
      if (!keys.has(item)) {
        const found = new Set(item.dataset.s ? [item.dataset.s] : []);
        if (!item.dataset.s) for (const link of all('a[href^="#a"]', item)) {
          const id = /^#(a\d+)/.exec(link.getAttribute("href"))?.[1];
          found.add(id && document.getElementById(id)?.dataset.s);
        }
        keys.set(item, found);
      }
      return keys.get(item);
    };
    const choose = (story) => {
      pick.value = story;
      if (story) root.dataset.story = story; else delete root.dataset.story;
      for (const item of keyed) item.classList.toggle("other", story !== "" && !keysOf(item).has(story));
      const inner = "[data-s], .st, .utterance, .speaker li, .background li, .tree-and-proof";
      for (const group of groups) {
        const members = all(inner, group);
        group.classList.toggle("other", members.length > 0 && members.every((m) => m.classList.contains("other")));
      }
      if (story) document.getElementById("story" + story)?.setAttribute("open", "");
      document.dispatchEvent(new Event("story"));
    };
    pick.addEventListener("change", () => {
      choose(pick.value);
      document.getElementById(pick.value ? "story" + pick.value : "short")?.scrollIntoView({ block: "start" });
    });
    document.addEventListener("show-all", () => choose(""));
  }

  // A report opens beside what one reads.
  let open = null, from = null;
  const close = (back) => {
    if (!open) return;
    open.classList.remove("side");
    open.querySelector(".close").remove();
    globalThis.CSS?.highlights?.delete("cited");
    for (const hit of all(".hit", open)) hit.classList.remove("hit");
    open = null;
    if (back) {
      history.replaceState(null, "", location.pathname + location.search);
      from?.focus({ preventScroll: true });
    }
  };
  const side = (report) => {
    if (open === report) return;
    close(false);
    for (let d = report.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    open = report;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.textContent = "Close";
    button.addEventListener("click", () => close(true));
    report.prepend(button);
    report.classList.add("side");
    report.scrollTop = 0;
  };

  // Offsets are bytes of UTF-8; the page's are UTF-16.
  const unitAt = (text, bytes) => {
    let at = 0, unit = 0;
    for (const c of text) {
      if (at >= bytes) break;
      const p = c.codePointAt(0);
      at += p < 0x80 ? 1 : p < 0x800 ? 2 : p < 0x10000 ? 3 : 4;
      unit += c.length;
    }
    return unit;
  };
  const highlight = (report, start, end) => {
    const ranges = [];
    for (const hit of all(".hit", report)) hit.classList.remove("hit");
    for (const s of all(".s", report)) {
      const first = Number(s.id.split("s")[1]);
      if (first >= end) break;
      const node = s.firstChild;
      if (!node) continue;
      const a = unitAt(node.data, Math.max(0, start - first)), b = unitAt(node.data, end - first);
      if (a >= b) continue;
      s.classList.add("hit");
      const range = new Range();
      range.setStart(node, a);
      range.setEnd(node, b);
      ranges.push(range);
    }
    if (globalThis.CSS?.highlights && globalThis.Highlight) CSS.highlights.set("cited", new Highlight(...ranges));
  };
  const go = (hash, bytes) => {
    const match = /^#(a\d+)(s\d+)?$/.exec(hash);
    const report = match && document.getElementById(match[1]);
    if (!report) return false;
    side(report);
    const [start, end] = (bytes || "").split("-").map(Number);
    if (end > start) highlight(report, start, end);
    const target = match[2] && document.getElementById(match[1] + match[2]);
    if (target) target.scrollIntoView({ block: "center", behavior: "instant" });
    report.focus({ preventScroll: true });
    return true;
  };
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const opener = event.target.closest("button.open");
    const link = opener ?? event.target.closest('a[href^="#"]');
    if (!link) {
      if (open && !open.contains(event.target)) close(false);
      return;
    }
    const hash = opener ? "#" + opener.closest(".report").id : link.getAttribute("href");
    if (!open || !open.contains(link)) from = link;
    if (go(hash, link.dataset.b)) {
      event.preventDefault();
      history.pushState(null, "", hash);
    } else {
      close(false);
      const target = document.getElementById(hash.slice(1));
      if (target?.closest("[hidden], .other")) document.dispatchEvent(new Event("show-all"));
      for (let d = target?.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
  addEventListener("popstate", () => { if (!go(location.hash)) close(false); });
  if (location.hash) go(location.hash);

  // On paper everything is open.
  let shut = [];
  addEventListener("beforeprint", () => {
    close(false);
    shut = all("details:not([open])");
    for (const d of shut) d.open = true;
  });
  addEventListener("afterprint", () => { for (const d of shut) d.open = false; });
})();
