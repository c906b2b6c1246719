(() => {
  const say = document.body.dataset, nodes = new Map(), fed = new Map(), box = document.querySelector('#search');
  if (!box) return;
  for (const one of document.querySelectorAll('[data-node]')) nodes.set(one.id, one);
  const feeding = id => nodes.get(id).dataset.from.split(' ').filter(one => nodes.has(one));
  for (const id of nodes.keys()) for (const one of feeding(id)) fed.set(one, [...(fed.get(one) || []), id]);
  const reached = (id, next) => {
    const found = new Set(), rest = [...next(id)];
    while (rest.length) {
      const one = rest.shift();
      if (one !== id && !found.has(one)) { found.add(one); rest.push(...next(one)); }
    }
    return found;
  };
  const make = (tag, words, ...rest) => {
    const one = document.createElement(tag);
    if (words) one.textContent = words;
    one.append(...rest);
    return one;
  };
  const name = id => {
    const { node, name, code } = nodes.get(id).dataset;
    return ['claim', 'relation', 'rule', 'column'].includes(node) && name !== code ? code + ' ' + name : name;
  };
  const link = id => Object.assign(make('a', name(id)), { href: '#' + id });
  const listed = (title, ids, none) => {
    const part = make('div'), kinds = Map.groupBy ? Map.groupBy(ids, one => nodes.get(one).dataset.node) : new Map();
    if (!Map.groupBy) for (const one of ids) {
      const kind = nodes.get(one).dataset.node;
      kinds.set(kind, [...(kinds.get(kind) || []), one]);
    }
    part.append(make('h3', title));
    if (!kinds.size) part.append(make('p', none));
    for (const [kind, all] of kinds) {
      const line = make('p', '', make('b', say['kind' + kind[0].toUpperCase() + kind.slice(1)] + ' ' + all.length));
      all.forEach(one => line.append(' ', link(one)));
      part.append(line);
    }
    return part;
  };
  const panel = make('aside');
  panel.id = 'chosen'; panel.hidden = true; panel.tabIndex = 0; panel.setAttribute('aria-live', 'polite');
  document.body.append(panel);
  const drawn = [...document.querySelectorAll('.lineage [data-of]')], lines = [...document.querySelectorAll('.lineage [data-one]')];
  const choose = id => {
    const behind = reached(id, feeding), ahead = reached(id, one => fed.get(one) || []), all = new Set([id, ...behind, ...ahead]);
    const close = Object.assign(make('button', say.close), { type: 'button', onclick: () => {
      panel.hidden = true; document.querySelector('.lineage').classList.remove('chosen'); document.body.classList.remove('choosing');
    } });
    panel.setAttribute('aria-label', name(id));
    panel.replaceChildren(make('h2', name(id) + ' ', close), listed(say.ahead, [...ahead], say.nothing), listed(say.behind, [...behind], say.source));
    panel.hidden = false; document.body.classList.add('choosing');
    document.querySelector('.lineage').classList.add('chosen');
    for (const one of drawn) one.classList.toggle('on', all.has(one.dataset.of));
    for (const one of lines) one.classList.toggle('on', all.has(one.dataset.one) && all.has(one.dataset.other));
  };
  const show = () => {
    let id = '';
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const one = nodes.get(id);
    if (!one) return;
    for (let at = one.parentElement; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    choose(id);
    one.scrollIntoView({ block: one.offsetHeight > innerHeight / 2 ? 'start' : 'center' });
  };
  const none = Object.assign(make('p', say.none), { hidden: true });
  const search = Object.assign(make('input'), { type: 'search', placeholder: say.search, ariaLabel: say.search, oninput: () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const text = one => (one.textContent + ' ' + one.dataset.name + ' ' + one.dataset.code).toLowerCase();
    let count = 0;
    for (const section of document.querySelectorAll('.found')) {
      let shown = 0;
      for (const one of section.querySelectorAll('[data-node]')) {
        const inner = one.querySelector('[data-node]');
        const fits = words.every(word => text(one).includes(word));
        // of a table that matches in a column the column is shown
        one.hidden = !fits;
        if (fits && inner && words.length) one.querySelector('details').open = [...one.querySelectorAll('[data-node]')]
          .some(each => words.every(word => text(each).includes(word)));
        shown += fits;
      }
      section.hidden = !shown; count += shown;
    }
    none.hidden = count > 0;
  } });
  box.append(search, none);
  addEventListener('hashchange', show);
  document.addEventListener('click', event => {
    const to = event.target.closest && event.target.closest('a[href^="#"]');
    if (to && to.getAttribute('href') === location.hash) show();
  });
  show();
})();
