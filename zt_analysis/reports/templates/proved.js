(() => {
  // arcs between the number that is held and those it was held against: what contradicts always, the rest when pointed at
  const text = document.querySelector('.reading'), marks = [...text.querySelectorAll('.mark[data-in]')];
  const found = JSON.parse(document.getElementById('arcs').textContent), sign = { bad: '×', good: '✓', open: '?' };
  const of = new Map();
  for (const mark of marks) for (const one of mark.dataset.in.split(' ')) of.set(one, [...of.get(one) || [], mark]);
  const make = (tag, given, into) => {
    const one = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const name in given) one.setAttribute(name, given[name]);
    into.append(one); return one;
  };
  const svg = make('svg', { class: 'arcs', 'aria-hidden': 'true' }, text);
  let shown = new Set();
  const arc = (one, box) => {
    const [kind, at] = found[one], target = document.getElementById('n-' + at), group = make('g', { class: kind }, svg);
    const place = mark => { const r = mark.getClientRects()[0]; return [r.left + r.width / 2 - box.left, r.top - box.top + 3]; };
    if (!target) return;
    const [x, y] = place(target);
    for (const mark of of.get(one) || []) {
      if (mark === target) continue;
      const [u, v] = place(mark), high = Math.min(16 + Math.abs(x - u) / 14, 26), top = Math.min(y, v) - high;
      make('path', { d: Math.abs(y - v) < 8 ? `M${u} ${v}C${u} ${top} ${x} ${top} ${x} ${y}` :
        `M${u} ${v}C${u} ${v - 22} ${x} ${(y + v) / 2} ${x} ${y}` }, group);
    }
    make('circle', { cx: x, cy: y - 7, r: 8 }, group);
    make('text', { x, y: y - 7 }, group).textContent = sign[kind];
  };
  const draw = () => {
    const box = text.getBoundingClientRect();
    svg.replaceChildren(); svg.setAttribute('width', text.clientWidth); svg.setAttribute('height', text.scrollHeight);
    for (const one in found) if (found[one][0] === 'bad' || shown.has(one)) arc(one, box);
  };
  const point = event => {
    const mark = event.target.closest && event.target.closest('.mark[data-in]');
    const now = new Set(mark ? mark.dataset.in.split(' ') : []);
    if ([...now].join() === [...shown].join()) return;
    for (const one of shown) for (const each of of.get(one) || []) each.classList.remove('on');
    shown = now;
    for (const one of shown) for (const each of of.get(one) || []) each.classList.add('on');
    draw();
  };
  for (const name of ['pointerover', 'focusin']) text.addEventListener(name, point);
  text.addEventListener('pointerleave', point);
  text.addEventListener('scroll', draw, true);
  addEventListener('resize', draw);
  if (document.fonts) document.fonts.ready.then(draw);
  draw();
})();
