/* What the page can do beyond being read: filters, keys, copying, and the choice between dark and light. Findings are built from their text when they are wanted. */
'use strict';
{
  const byId = (id) => document.getElementById(id);

  /** Takes the findings out of where they stand for whoever runs no script. */
  const takeCauses = (folded) => {
    const marks = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
    const plain = (text) => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (mark) => marks[mark]);
    const texts = folded === null ? [] : folded.textContent.split('<!--cause-->').slice(1);
    folded?.remove();
    return texts.map((text) => {
      const [head, body] = text.split('<!--body-->');
      const [, id, level, check, words] = /id="([^"]*)"\s+data-level="([^"]*)"\s+data-check="([^"]*)"\s+data-words="([^"]*)"/
        .exec(head)
        .map(plain);
      return { id, level, check, words, head, body, element: undefined };
    });
  };

  /** A list of those that are wanted, in the place, with a button that shows more: thousands at once would keep the page busy. */
  const listCauses = (causes, place, more) => {
    const slice = 200;
    let wanted = [];
    let shown = 0;

    const build = (some) => {
      const made = document.createElement('template');
      made.innerHTML = some.map(({ head }) => `${head}</details>`).join('');
      const elements = [...made.content.children];
      for (const [index, cause] of some.entries()) cause.element = elements[index];
    };
    const showTo = (count) => {
      const next = wanted.slice(shown, count);
      build(next.filter(({ element }) => element === undefined));
      place.append(...next.map(({ element }) => element));
      shown = Math.max(shown, Math.min(count, wanted.length));
      const left = wanted.length - shown;
      more.hidden = left === 0;
      more.textContent = `Show ${Math.min(slice, left)} more of ${left.toLocaleString('en')}`;
    };
    more?.addEventListener('click', () => {
      const next = wanted[shown];
      showTo(shown + slice);
      next.element.querySelector('summary').focus();
    });

    return {
      /** Shows the first of those that fit, and gives the number of all. */
      filter: (fits) => {
        wanted = causes.filter(fits);
        shown = 0;
        place.replaceChildren();
        showTo(slice);
        return wanted.length;
      },
      /** The entry of the cause; undefined where it is not wanted. */
      entryOf: (id) => {
        const index = wanted.findIndex((cause) => cause.id === id);
        showTo(index + 1);
        return wanted[index]?.element;
      },
      /** The entry so many steps from the one that holds the element; from none the first or the last. */
      entryFrom: (element, step) => {
        const at = wanted.findIndex((cause) => cause.element?.contains(element));
        const last = wanted.length - 1;
        const index = at < 0 ? (step > 0 ? 0 : last) : Math.min(last, Math.max(0, at + step));
        showTo(index + 1);
        return wanted[index]?.element;
      },
      /** Builds what an entry holds. */
      unfold: (entry) => {
        const cause = causes.find(({ element }) => element === entry);
        if (cause?.body === undefined) return;
        entry.insertAdjacentHTML('beforeend', cause.body.slice(0, cause.body.lastIndexOf('</details>')));
        cause.body = undefined;
      },
    };
  };

  const causes = takeCauses(byId('folded'));
  const list = listCauses(causes, byId('list'), byId('more'));
  const rows = [...document.querySelectorAll('main [data-words]:not(.cause)')];
  const [search, check, shown, filters, theme] = ['search', 'check', 'shown', 'filters', 'theme'].map(byId);

  const levels = () => new Set([...document.querySelectorAll('[name=level]:checked')].map(({ value }) => value));

  /** Shows what fits the filters; words of the search may stand in any order. */
  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => text.includes(word));
    const wanted = levels();
    const count = list.filter(
      (cause) => wanted.has(cause.level) && (check.value === '' || check.value === cause.check) && fits(cause.words),
    );
    for (const row of rows) row.hidden = !fits(row.dataset.words);
    const [some, all] = [count, causes.length].map((number) => number.toLocaleString('en'));
    shown.textContent = some === all ? `${all} causes` : `${some} of ${all} causes`;
  };

  const move = (step) => {
    const next = list.entryFrom(document.activeElement, step);
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

  const unfold = (entry) => {
    list.unfold(entry);
    for (const button of entry.querySelectorAll('.copy')) button.hidden = false;
  };

  /** A link to a finding opens it, also where a filter hides it. */
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!causes.some((cause) => cause.id === id)) return;
    if (list.entryOf(id) === undefined) {
      filters.reset();
      apply();
    }
    const target = list.entryOf(id);
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
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
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
  system.addEventListener('change', () => paint());
  paint(kept.get());
}
