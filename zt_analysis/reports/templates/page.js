(() => {
  const say = document.body.dataset, live = document.createElement('div');
  live.className = 'hidden'; live.setAttribute('role', 'status'); document.body.append(live);
  const make = (tag, words, act) => Object.assign(document.createElement(tag), tag === 'input' ?
    { type: 'search', placeholder: words, ariaLabel: words, oninput: act } : { type: 'button', textContent: words, onclick: act });
  const text = cell => cell.textContent.trim().replace(/\s+/g, ' ');
  const value = cell => {
    const data = cell.querySelector('data'), raw = data ? data.value : text(cell);
    const [over, under] = raw.split('/').map(Number);
    return raw === '' || isNaN(over) ? text(cell) : under ? over / under : over;
  };
  // a spreadsheet runs a cell that begins so as a formula; a plain number is none
  const safe = words => /^[=+\-@\t\r]/.test(words) && !/^[+-]?[\d.,]+%?$/.test(words) ? "'" + words : words;
  const csv = table => '\ufeff' + [...table.rows].filter(row => !row.hidden).map(row => [...row.cells]
    .map(cell => '"' + safe(text(cell).replace(/\u2212/g, '-')).replace(/"/g, '""') + '"').join(',')).join('\r\n');
  const copy = words => {
    const area = document.createElement('textarea');
    area.value = words; document.body.append(area); area.select();
    document.execCommand('copy'); area.remove(); live.textContent = say.copied;
  };
  for (const box of document.querySelectorAll('[data-tools]')) {
    const table = box.querySelector('table'), body = table.tBodies[0], tools = make('div');
    tools.className = 'tools';
    const filter = make('input', say.filter, () => {
      for (const row of body.rows) row.hidden = !text(row).toLowerCase().includes(filter.value.toLowerCase());
    });
    const button = make('button', say.copy, () => { copy(csv(table)); button.focus(); });
    if (body.rows.length > 5) tools.append(filter);
    tools.append(button); box.prepend(tools);
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const sort = make('button', text(head), () => {
        const up = head.ariaSort !== 'ascending';
        for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        body.append(...[...body.rows].map(row => [value(row.cells[column]), row]).sort(([a], [b]) =>
          typeof a === typeof b ? ((a > b) - (a < b)) * (up ? 1 : -1) : typeof a === 'number' ? -1 : 1).map(pair => pair[1]));
      });
      sort.title = say.sort; head.dataset.name = text(head); head.replaceChildren(sort);
    });
  }
  // what a link leads to may be folded away
  const reveal = () => {
    const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let one = at; one; one = one.parentElement) if (one.tagName === 'DETAILS') one.open = true;
    if (at && at.matches('.evidence')) at.focus({ preventScroll: true }); else if (at) at.scrollIntoView();
  };
  addEventListener('keydown', event => {
    const shown = document.querySelector('.evidence:target .close a');
    if (event.key === 'Escape' && shown) shown.click();
  });
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
  const save = (name, type, words) => Object.assign(document.createElement('a'),
    { download: name, href: 'data:' + type + ';charset=utf-8,' + encodeURIComponent(words) }).click();
  const review = document.querySelector('#review-form');
  if (review) {
    review.hidden = false;
    const list = review.querySelector('ol'), none = review.querySelector('.none');
    for (const row of document.querySelectorAll('[data-item]')) {
      const head = row.cells ? row.cells[0] : row.querySelector('.name'), name = text(head), said = document.createElement('li');
      const remark = Object.assign(document.createElement('input'), { maxLength: 2000, placeholder: review.dataset.remark, ariaLabel: name + ' ' + review.dataset.remark });
      said.append(name + ' ', remark);
      Object.assign(said.dataset, row.dataset);
      const tick = Object.assign(document.createElement('input'), { type: 'checkbox', ariaLabel: name + ' ' + review.dataset.tick });
      tick.onchange = () => { tick.checked ? list.append(said) : said.remove(); none.hidden = list.childElementCount > 0; };
      head.prepend(tick, ' ');
    }
    review.onsubmit = event => {
      event.preventDefault();
      const { by, role, decision, remark } = review.elements, whole = remark.value.trim();
      const items = [...list.children].map(one => ({ id: one.dataset.item, sha256: one.dataset.sha256, remark: one.lastChild.value.trim() }));
      const lacks = !by.value.trim() || !role.value || !decision.value ||
        decision.value === 'return' && !whole && !items.some(one => one.remark);
      const unsaid = decision.value === 'agree' && !whole &&
        review.dataset.open.split(' ').some(id => id && !items.some(one => one.id === id));
      review.querySelector('output').textContent = lacks ? review.dataset.needs : unsaid ? review.dataset.explain : '';
      if (lacks || unsaid) return;
      save(review.dataset.file, 'application/json', JSON.stringify({ schema: 'zt-review/1', case: review.dataset.case,
        values_sha256: review.dataset.values, role: role.value, by: by.value.trim(), decision: decision.value,
        remark: whole, items, saved: new Date().toISOString() }, null, 1));
    };
  }
  const form = document.querySelector('#confirm');
  if (form) form.onsubmit = event => {
    event.preventDefault();
    const by = form.elements.by.value.trim(), rows = [...form.querySelectorAll('li')].map(one => [form.dataset.office,
      one.dataset.words, one.dataset.number, one.dataset.sentence, one.querySelector('[name=means]').value,
      (one.querySelector('[name=figure]') || {}).value || '', by]).filter(row => row[4]);
    const lacks = !by || !rows.length || rows.some(row => (row[4] === 'figure') !== !!row[5]);
    form.querySelector('output').textContent = lacks ? form.dataset.needs : '';
    if (lacks) return;
    const lines = [['office', 'words', 'number', 'sentence', 'means', 'figure', 'by'], ...rows];
    const file = '\ufeff' + lines.map(row => row.map(cell => '"' + safe(cell).replace(/"/g, '""') + '"').join(',')).join('\r\n') + '\r\n';
    save(form.dataset.file, 'text/csv', file);
  };
})();
