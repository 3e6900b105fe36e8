// The little that only the browser can do. Runs again whenever the language changes.
(() => {
  const settings = SETTINGS;
  const page = document.documentElement;

  // 1. Remember English without a cookie: the address says it, this browser's storage keeps it.
  const first = !window.dashboard;
  const mine = (window.dashboard = window.dashboard || {});
  const address = new URL(window.location.href);
  if (first && !address.searchParams.has("lang") && localStorage.getItem("language") === "en") {
    address.searchParams.set("lang", "en");
    window.location.replace(address);
    return;
  }
  localStorage.setItem("language", settings.language);
  page.lang = settings.language === "en" ? "en" : "zh-CN";

  // 2. Translate what Streamlit has in English only. Our own text and data are left alone.
  mine.words = settings.words;
  const translated = (said) => {
    const words = mine.words[said.trim()];
    if (words) return words;
    const size = /^(?:Limit )?(\d+)MB per file(.*)$/.exec(said.trim());
    return size && page.lang === "zh-CN" ? `每个文件不超过 ${size[1]} MB${size[2].replace(" • ", "，")}` : null;
  };
  const ours = "[data-testid=stHtml],[data-testid=stMarkdown],[data-testid=stDataFrame],.js-plotly-plot";
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.data.trim() || node.parentElement?.closest(ours)) continue;
      const words = translated(node.data);
      if (words && node.data !== words) node.data = words;
    }
    for (const element of root.querySelectorAll?.("[aria-label],[title],[placeholder]") ?? []) {
      for (const name of ["aria-label", "title", "placeholder"]) {
        const words = translated(element.getAttribute(name) ?? "");
        if (words) element.setAttribute(name, words);
      }
    }
  };
  translate(document.body);

  if (!first) return;
  new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes)
        if (node.nodeType === Node.ELEMENT_NODE) translate(node);
        else if (node.nodeType === Node.TEXT_NODE && node.parentElement) translate(node.parentElement);
  }).observe(document.body, { childList: true, subtree: true });

  // 3. A link inside our markup changes the page without loading everything anew.
  const show = () => {
    const target = window.location.hash && document.getElementById(window.location.hash.slice(1));
    if (target) target.scrollIntoView({ block: "start" });
    return Boolean(target);
  };
  const await_anchor = () => {
    let tries = 0;
    const timer = setInterval(() => (show() || ++tries > 40) && clearInterval(timer), 150);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-testid=stHtml] a[href^='/']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target === "_blank") return;
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (window.location.hash) await_anchor();
    else document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  });
  if (window.location.hash) await_anchor();

  // 4. A tab left open leaves with its visit: asked when it is looked at again, and once a minute.
  if (!settings.signed_in) return;
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch("/session", { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || (await answer.json()).alive) return;
    const { pathname, search, hash } = window.location;
    window.location.replace(`/login?ended=1&next=${encodeURIComponent(pathname + search + hash)}`);
  };
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  setInterval(look, 60000);
})();
