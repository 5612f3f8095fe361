/* What the page can do beyond being read: filters, keys, copying, and the choice between dark and light. */
'use strict';
{
  const byId = (id) => document.getElementById(id);
  const causes = [...document.querySelectorAll('details.cause')];
  const rows = [...document.querySelectorAll('main [data-words]:not(.cause)')];
  const [search, check, shown, filters, theme] = ['search', 'check', 'shown', 'filters', 'theme'].map(byId);

  const levels = () => new Set([...document.querySelectorAll('[name=level]:checked')].map(({ value }) => value));

  /** Shows what fits the filters; words of the search may stand in any order. */
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (element) => words.every((word) => element.dataset.words.includes(word));
    const wanted = levels();
    let count = 0;
    for (const cause of causes) {
      cause.hidden = !(wanted.has(cause.dataset.level) && (check.value === '' || check.value === cause.dataset.check) && fits(cause));
      if (!cause.hidden) count += 1;
    }
    for (const row of rows) row.hidden = !fits(row);
    shown.textContent = count === causes.length ? `${count} findings` : `${count} of ${causes.length} findings`;
  };

  const move = (step) => {
    const open = causes.filter(({ hidden }) => !hidden);
    const at = open.findIndex((cause) => cause.contains(document.activeElement));
    const next = open[at < 0 ? (step > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + step))];
    next?.querySelector('summary').focus();
    next?.scrollIntoView({ block: 'nearest' });
  };

  const keys = {
    '/': () => search.focus(),
    j: () => move(1),
    k: () => move(-1),
    Escape: () => {
      filters.reset();
      apply();
      document.activeElement.blur();
    },
  };

  if (filters) {
    filters.hidden = false;
    filters.addEventListener('input', apply);
    filters.addEventListener('submit', (event) => event.preventDefault());
    apply();
    document.addEventListener('keydown', (event) => {
      const isTyping = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'checkbox';
      if (event.ctrlKey || event.metaKey || event.altKey || (isTyping && event.key !== 'Escape')) return;
      const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act();
    });
  }

  /** Builds what an entry holds when it is first opened: thousands of them would keep the page from showing. */
  const unfold = (cause) => {
    const folded = cause.querySelector(':scope > noscript');
    if (folded === null) return;
    folded.outerHTML = folded.textContent;
    for (const button of cause.querySelectorAll('.copy')) button.hidden = false;
  };

  /** A link to a finding opens it, also where a filter hides it. */
  const follow = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target?.matches('details.cause')) return;
    target.hidden = false;
    target.open = true;
    unfold(target);
    target.scrollIntoView();
    target.querySelector('summary').focus({ preventScroll: true });
  };
  addEventListener('hashchange', follow);
  follow();

  /** What is marked in a long text comes into view when its finding is opened. */
  const showOpened = ({ target }) => {
    if (!target.matches('details.cause[open]')) return;
    unfold(target);
    for (const block of target.querySelectorAll('.code')) {
      const mark = block.querySelector('mark');
      if (mark) block.scrollTop = mark.offsetTop - block.clientHeight / 3;
    }
  };
  document.addEventListener('toggle', showOpened, true);

  document.addEventListener('click', async ({ target }) => {
    if (!target.matches?.('.copy')) return;
    const command = target.parentElement.querySelector('code');
    try {
      await navigator.clipboard.writeText(command.textContent);
      target.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(command);
      target.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => (target.textContent = 'Copy'), 2000);
  });

  /** The choice is kept where the browser lets a file keep something. */
  const kept = { get: () => undefined, set: () => undefined };
  try {
    const storage = globalThis.localStorage;
    kept.get = () => storage.getItem('specproof-theme');
    kept.set = (value) => storage.setItem('specproof-theme', value);
  } catch {
    // then it lasts as long as the page
  }
  const isDark = () =>
    (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const paint = (choice) => {
    if (choice === 'dark' || choice === 'light') document.documentElement.dataset.theme = choice;
    theme.textContent = isDark() ? 'Light' : 'Dark';
  };
  theme.hidden = false;
  theme.addEventListener('click', () => {
    const choice = isDark() ? 'light' : 'dark';
    kept.set(choice);
    paint(choice);
  });
  paint(kept.get());
}
