'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = id => document.getElementById(id);
  const E = data.emotions.length;
  const N = data.steps;
  const rate = data.rate;
  const floats = base64 => {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    // Little-endian on every machine that has a browser today, as it was written.
    return new Float32Array(bytes.buffer);
  };
  const values = floats(data.values);                                  // [steps, emotions]
  const deviation = data.deviation ? floats(data.deviation) : null;    // [steps, emotions]
  const labels = data.labels ? floats(data.labels) : null;             // [steps, emotions]
  const duration = Math.max(data.durationSeconds, (N - 1) / rate, 1 / rate);

  const stats = data.emotions.map((_, e) => {
    let low = Infinity, high = -Infinity, at = 0, sum = 0, square = 0, count = 0;
    for (let k = 0; k < N; k++) {
      const v = values[k * E + e];
      if (!Number.isFinite(v)) continue;
      count++;
      sum += v;
      if (v < low) low = v;
      if (v > high) { high = v; at = k; }
    }
    if (count === 0) low = high = 0;
    const mean = count ? sum / count : 0;
    for (let k = 0; k < N; k++) if (Number.isFinite(values[k * E + e])) square += (values[k * E + e] - mean) ** 2;
    // The lane's range takes the labels in, so that both can be seen.
    let bottom = low, top = high;
    if (labels) for (let k = 0; k < N; k++) {
      const v = labels[k * E + e];
      if (v < bottom) bottom = v;
      if (v > top) top = v;
    }
    return { low, high, at, mean, deviation: Math.sqrt(square / Math.max(1, count)), bottom, top };
  });

  // ---- words -------------------------------------------------------------------------------------------------------
  const two = n => String(n).padStart(2, '0');
  const clock = (seconds, digits = 0) => {
    const scale = 10 ** digits;
    const t = Math.floor(seconds * scale + 1e-6) / scale;
    const h = Math.floor(t / 3600), m = Math.floor(t / 60) % 60, s = t % 60;
    const tail = digits ? s.toFixed(digits).padStart(3 + digits, '0') : two(Math.floor(s));
    return h ? `${h}:${two(m)}:${tail}` : `${m}:${tail}`;
  };
  const number = v => Number.isFinite(v) ? v.toFixed(3) : '–';
  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // ---- state -------------------------------------------------------------------------------------------------------
  const strongest = () => {
    const order = stats.map((s, e) => [s.high - s.low, e]).sort((a, b) => b[0] - a[0]);
    return new Set(order.slice(0, E <= 6 ? E : 5).map(pair => pair[1]));
  };
  let shown = strongest();
  let beforeSolo = null;
  let solo = -1;
  let hot = -1;               // the emotion that the pointer is on
  let ownRange = false;
  let from = 0, to = duration; // the stretch in view, in seconds
  let cursor = null;          // seconds, or null
  let chosen = -1;            // the moment that was pressed

  const narrow = matchMedia('(max-width: 759px)');
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  let theme = null;           // null follows the system
  const isDark = () => theme ? theme === 'dark' : prefersDark.matches;
  const colour = e => isDark() ? data.emotions[e].dark : data.emotions[e].light;
  const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // ---- drawing -----------------------------------------------------------------------------------------------------
  const fit = canvas => {
    const ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
    if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
    const pen = canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return { pen, width, height };
  };

  // One curve as a path: every step where there is room, else the lowest and highest of each pixel, so that no peak is lost. What is no number is a gap.
  const trace = (pen, source, e, x, y, width) => {
    const first = Math.max(0, Math.floor(from * rate) - 1), last = Math.min(N - 1, Math.ceil(to * rate) + 1);
    let broken = true;
    const point = (px, v) => {
      if (broken) pen.moveTo(px, y(v)); else pen.lineTo(px, y(v));
      broken = false;
    };
    pen.beginPath();
    if (last - first <= 3 * width) {
      for (let k = first; k <= last; k++) {
        const v = source[k * E + e];
        if (Number.isFinite(v)) point(x(k / rate), v); else broken = true;
      }
    } else {
      for (let k = first; k <= last;) {
        const px = Math.floor(x(k / rate));
        let low = Infinity, high = -Infinity, lowAt = k, highAt = k;
        for (; k <= last && Math.floor(x(k / rate)) === px; k++) {
          const v = source[k * E + e];
          if (v < low) { low = v; lowAt = k; }
          if (v > high) { high = v; highAt = k; }
        }
        if (low > high) { broken = true; continue; }
        const a = Math.min(lowAt, highAt), b = Math.max(lowAt, highAt);
        point(px, source[a * E + e]);
        point(px, source[b * E + e]);
      }
    }
  };

  const band = (pen, e, x, y) => {
    const first = Math.max(0, Math.floor(from * rate) - 1), last = Math.min(N - 1, Math.ceil(to * rate) + 1);
    const stride = Math.max(1, Math.floor((last - first) / 1500));
    pen.beginPath();
    for (let k = first; k <= last; k += stride) pen.lineTo(x(k / rate), y(values[k * E + e] + deviation[k * E + e]));
    for (let k = last - ((last - first) % stride); k >= first; k -= stride) pen.lineTo(x(k / rate), y(values[k * E + e] - deviation[k * E + e]));
    pen.closePath();
  };

  const niceStep = (span, most) => {
    const steps = [.001, .002, .005, .01, .02, .05, .1, .2, .25, .5, 1];
    return steps.find(s => span / s <= most) || 1;
  };
  const timeStep = (span, most) => {
    const steps = [.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
    return steps.find(s => span / s <= most) || Math.ceil(span / most / 3600) * 3600;
  };

  // The plot's own margins within the stage; outside of a phone they make its edges those of the lanes.
  const edges = () => narrow.matches ? { left: 30, right: 4, top: 24, bottom: 22 } : { left: 34, right: 14, top: 24, bottom: 22 };

  const plot = () => {
    const stage = $('stage');
    const m = edges();
    const width = stage.clientWidth - m.left - m.right, height = stage.clientHeight - m.top - m.bottom;
    let low = 0, high = 0;
    for (const e of shown) {
      low = Math.min(low, stats[e].bottom);
      high = Math.max(high, stats[e].top);
    }
    if (high <= low) high = low + 1;
    const step = niceStep(high - low, 5);
    high = Math.ceil(high / step - 1e-6) * step;
    low = Math.floor(low / step + 1e-6) * step;
    const x = seconds => m.left + (seconds - from) / (to - from) * width;
    const y = e => v => {
      const s = stats[e];
      const share = ownRange ? (s.top > s.bottom ? (v - s.bottom) / (s.top - s.bottom) : .5) : (v - low) / (high - low);
      return m.top + (1 - share) * height;
    };
    return { m, width, height, low, high, step, x, y };
  };

  const drawChart = () => {
    const { pen, width: full } = fit($('chart'));
    const p = plot();
    const soft = css('--soft'), grid = css('--grid');
    pen.font = '12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
    pen.lineWidth = 1;
    pen.strokeStyle = grid;
    pen.fillStyle = soft;
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    const levels = ownRange ? [[0, 'low'], [.5, ''], [1, 'high']] : [];
    if (!ownRange) {
      const digits = p.step < .01 ? 3 : p.step < .1 || p.step === .25 ? 2 : 1;
      for (let v = p.low; v <= p.high + p.step / 2; v += p.step) levels.push([(v - p.low) / (p.high - p.low), v.toFixed(digits)]);
    }
    for (const [share, text] of levels) {
      const py = Math.round(p.m.top + (1 - share) * p.height) + .5;
      pen.beginPath(); pen.moveTo(p.m.left, py); pen.lineTo(p.m.left + p.width, py); pen.stroke();
      pen.fillText(text, p.m.left - 6, py);
    }
    pen.textBaseline = 'alphabetic';
    pen.textAlign = 'center';
    const every = timeStep(to - from, Math.max(2, Math.floor(p.width / 90)));
    for (let t = Math.ceil(from / every - 1e-6) * every; t <= to + 1e-6; t += every) {
      const px = p.x(t);
      const text = clock(t, every < 1 ? 1 : 0);
      const half = pen.measureText(text).width / 2;
      pen.fillText(text, Math.min(Math.max(px, p.m.left - 24 + half), full - half), p.m.top + p.height + 17);
    }

    pen.save();
    pen.beginPath(); pen.rect(p.m.left, p.m.top - 3, p.width, p.height + 6); pen.clip();
    pen.lineJoin = 'round';
    const order = [...shown].sort((a, b) => (a === hot) - (b === hot));
    for (const e of order) {
      const y = p.y(e);
      const faint = hot >= 0 && shown.has(hot) && e !== hot;
      if (deviation && (e === hot || shown.size === 1)) {
        band(pen, e, p.x, y);
        pen.globalAlpha = .16; pen.fillStyle = colour(e); pen.fill();
      }
      if (labels && (e === hot || shown.size <= 2)) {
        trace(pen, labels, e, p.x, y, p.width);
        pen.globalAlpha = .75; pen.setLineDash([]); pen.lineWidth = 1; pen.strokeStyle = soft; pen.stroke();
      }
      trace(pen, values, e, p.x, y, p.width);
      pen.globalAlpha = faint ? .22 : 1;
      pen.lineWidth = e === hot ? 2.6 : 1.7;
      pen.strokeStyle = colour(e);
      pen.setLineDash(data.emotions[e].dash);
      pen.stroke();
    }
    pen.restore();

    // Moments of the emotions in view, on a rail above the plot.
    data.moments.forEach((moment, i) => {
      const px = p.x(moment.step / rate);
      if (!shown.has(moment.emotion) || px < p.m.left - 1 || px > p.m.left + p.width + 1) return;
      const up = moment.kind === 'peak' ? -1 : 1;
      const size = i === chosen ? 6 : 4.2;
      pen.beginPath();
      pen.moveTo(px - size, 11 - up * size * .7); pen.lineTo(px + size, 11 - up * size * .7); pen.lineTo(px, 11 + up * size * .8);
      pen.closePath();
      pen.globalAlpha = hot >= 0 && hot !== moment.emotion ? .25 : 1;
      pen.fillStyle = colour(moment.emotion);
      pen.fill();
      pen.globalAlpha = 1;
    });
    if (shown.size === 0) {
      pen.fillStyle = soft; pen.textAlign = 'center';
      pen.fillText('No emotion is switched on', p.m.left + p.width / 2, p.m.top + p.height / 2);
    }
  };

  const drawLane = e => {
    const { pen, width, height } = fit(lanes[e].canvas);
    const s = stats[e];
    const x = seconds => (seconds - from) / (to - from) * width;
    const y = v => s.top > s.bottom ? height - 5 - (v - s.bottom) / (s.top - s.bottom) * (height - 11) : height / 2;
    const ink = colour(e);
    const quiet = !shown.has(e);
    pen.lineJoin = 'round';
    pen.strokeStyle = css('--grid');
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(0, height - .5); pen.lineTo(width, height - .5); pen.stroke();
    if (deviation) {
      band(pen, e, x, y);
      pen.globalAlpha = .2; pen.fillStyle = ink; pen.fill();
    } else {
      trace(pen, values, e, x, y, width);
      pen.lineTo(Math.min(width, x((N - 1) / rate)), height); pen.lineTo(Math.max(0, x(0)), height); pen.closePath();
      pen.globalAlpha = quiet ? .05 : .13; pen.fillStyle = ink; pen.fill();
    }
    if (labels) {
      trace(pen, labels, e, x, y, width);
      pen.globalAlpha = .8; pen.strokeStyle = css('--soft'); pen.lineWidth = 1; pen.stroke();
    }
    trace(pen, values, e, x, y, width);
    pen.globalAlpha = quiet ? .55 : 1; pen.strokeStyle = ink; pen.lineWidth = 1.4; pen.stroke();
    pen.globalAlpha = 1;
  };

  const drawCursor = () => {
    const { pen } = fit($('above'));
    const p = plot();
    const tip = $('tip');
    const visible = cursor !== null && cursor >= from - 1e-9 && cursor <= to + 1e-9;
    const step = visible ? Math.min(N - 1, Math.round(cursor * rate)) : -1;
    lanesList.classList.toggle('live', visible);
    $('column').textContent = visible ? clock(step / rate, 1) : 'mean';
    lanes.forEach((lane, e) => { lane.output.textContent = number(visible ? values[step * E + e] : stats[e].mean); });
    hair.hidden = !visible;
    announce(step);
    if (!visible) { tip.hidden = true; return; }

    const px = p.x(step / rate);
    hair.style.transform = `translateX(${px - p.m.left}px)`;
    pen.strokeStyle = css('--ink'); pen.globalAlpha = .45; pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(Math.round(px) + .5, p.m.top - 4); pen.lineTo(Math.round(px) + .5, p.m.top + p.height); pen.stroke();
    pen.globalAlpha = 1;
    for (const e of shown) {
      pen.beginPath(); pen.arc(px, p.y(e)(values[step * E + e]), e === hot ? 4.5 : 3.2, 0, 7);
      pen.fillStyle = colour(e); pen.fill();
      pen.lineWidth = 1.5; pen.strokeStyle = css('--card'); pen.stroke();
    }

    tip.replaceChildren(element('b', '', clock(step / rate, 1)));
    const image = thumbnailAt(step / rate);
    if (image) { const img = element('img'); img.src = image.src; img.alt = ''; tip.append(img); }
    const rows = [...shown].sort((a, b) => values[step * E + b] - values[step * E + a]).slice(0, narrow.matches ? 5 : 8);
    for (const e of rows) {
      const row = element('div');
      row.append(swatch(e), element('span', '', data.emotions[e].name), element('span', '', number(values[step * E + e])));
      tip.append(row);
    }
    tip.hidden = false;
    const room = $('stage').clientWidth;
    const left = px + 14 + tip.offsetWidth <= room ? px + 14 : px - 14 - tip.offsetWidth;
    tip.style.transform = `translateX(${Math.max(0, left)}px)`;
  };

  const swatch = e => line(colour(e), data.emotions[e].dash);
  const line = (ink, dash) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('width', '18'); svg.setAttribute('height', '8'); svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    for (const [name, value] of [['x1', 0], ['x2', 18], ['y1', 4], ['y2', 4], ['stroke', ink], ['stroke-width', 2.5], ['stroke-dasharray', dash.join(' ')]]) line.setAttribute(name, value);
    svg.append(line);
    return svg;
  };

  const thumbnailAt = seconds => {
    let best = null;
    for (const image of data.thumbnails) if (!best || Math.abs(image.seconds - seconds) < Math.abs(best.seconds - seconds)) best = image;
    return best;
  };

  const drawFilm = () => {
    const film = $('film');
    film.replaceChildren();
    if (data.thumbnails.length < 2) return;
    const count = Math.max(2, Math.min(data.thumbnails.length, Math.floor(film.parentElement.clientWidth / (narrow.matches ? 66 : 96))));
    for (let i = 0; i < count; i++) {
      const img = element('img');
      img.src = thumbnailAt(from + (i + .5) / count * (to - from)).src;
      img.alt = '';
      film.append(img);
    }
  };

  const announce = step => {
    const stage = $('stage');
    const k = Math.max(0, step);
    stage.setAttribute('aria-valuemin', '0');
    stage.setAttribute('aria-valuemax', ((N - 1) / rate).toFixed(2));
    stage.setAttribute('aria-valuenow', (k / rate).toFixed(2));
    const top = [...shown].sort((a, b) => values[k * E + b] - values[k * E + a]).slice(0, 3);
    stage.setAttribute('aria-valuetext', [clock(k / rate, 1), ...top.map(e => `${data.emotions[e].name} ${number(values[k * E + e])}`)].join(', '));
  };

  let queued = false;
  const redraw = () => {
    // What is pressed is told at once, to screen readers too; the drawing waits for the next frame.
    paintControls();
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => { queued = false; drawAll(); });
  };
  const drawAll = () => {
    paintControls();
    drawChart();
    for (let e = 0; e < E; e++) drawLane(e);
    drawFilm();
    drawCursor();
  };
  const paintControls = () => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
    const button = $('theme');
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
    button.setAttribute('aria-pressed', String(isDark()));
    $('shared').setAttribute('aria-pressed', String(!ownRange));
    $('own').setAttribute('aria-pressed', String(ownRange));
    $('whole').hidden = from === 0 && to === duration;
    lanes.forEach((lane, e) => {
      lane.toggle.setAttribute('aria-pressed', String(shown.has(e)));
      lane.solo.setAttribute('aria-pressed', String(solo === e));
      lane.row.style.setProperty('--mark', colour(e));
    });
    $('legend').replaceChildren(...[...shown].sort((a, b) => a - b).map(e => {
      const entry = element('li');
      entry.append(swatch(e), element('span', '', data.emotions[e].name));
      return entry;
    }));
    if (labels && shown.size > 0 && shown.size <= 2) {
      const entry = element('li');
      entry.append(line(css('--soft'), []), element('span', '', 'label'));
      $('legend').append(entry);
    }
    cards.forEach((card, i) => {
      card.style.setProperty('--mark', colour(data.moments[i].emotion));
      if (i === chosen) card.setAttribute('aria-current', 'true'); else card.removeAttribute('aria-current');
    });
  };

  // ---- building ----------------------------------------------------------------------------------------------------
  document.documentElement.classList.toggle('few', E <= 4);
  if (labels) $('each-note').textContent += '; grey: the labels, with gaps where no face was seen';
  $('title').textContent = data.sourceName;
  $('meta').textContent = [clock(data.durationSeconds), `${E} ${E === 1 ? 'emotion' : 'emotions'} at ${+rate.toFixed(2)} Hz`, `model ${data.model}`, data.recipe && `recipe ${data.recipe}`].filter(Boolean).join('  ·  ');
  $('model').textContent = [data.description, data.encoders && `Features: ${data.encoders}.`].filter(Boolean).join(' ');
  $('model').hidden = !$('model').textContent;
  if (data.warnings.length) {
    $('notices').hidden = false;
    for (const text of data.warnings) $('notices').append(element('li', '', text));
  }

  const lanesList = $('lanes');
  const lanes = data.emotions.map((emotion, e) => {
    const row = element('li', 'lane');
    const names = element('div', 'lane-names');
    const toggle = element('button', 'toggle');
    toggle.type = 'button';
    toggle.append(element('i'), element('span', '', emotion.name));
    toggle.title = emotion.name;
    const only = element('button', 'solo', 'only');
    only.type = 'button';
    only.setAttribute('aria-label', `Only ${emotion.name}`);
    names.append(toggle, only);
    const canvas = element('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${emotion.name}: from ${number(stats[e].low)} to ${number(stats[e].high)}, highest at ${clock(stats[e].at / rate, 1)}`);
    const output = element('output');
    output.setAttribute('aria-live', 'off');
    row.append(names, canvas, output);
    lanesList.append(row);
    toggle.addEventListener('click', () => {
      solo = -1; beforeSolo = null;
      if (!shown.delete(e)) shown.add(e);
      redraw();
    });
    only.addEventListener('click', () => {
      if (solo === e) { shown = beforeSolo; beforeSolo = null; solo = -1; }
      else { beforeSolo = beforeSolo || shown; shown = new Set([e]); solo = e; }
      redraw();
    });
    const light = on => { hot = on ? e : -1; drawChart(); drawCursor(); };
    row.addEventListener('pointerenter', () => light(true));
    row.addEventListener('pointerleave', () => light(false));
    const follow = event => {
      const box = canvas.getBoundingClientRect();
      moveTo(from + (event.clientX - box.left) / box.width * (to - from));
    };
    canvas.addEventListener('pointermove', follow);
    canvas.addEventListener('pointerdown', follow);
    canvas.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') moveTo(null); });
    return { row, toggle, solo: only, canvas, output };
  });
  const hair = element('div', 'hair');
  lanesList.append(hair);
  hair.hidden = true;

  $('moments-section').hidden = data.moments.length === 0;
  const cards = data.moments.map((moment, i) => {
    const item = element('li');
    const card = element('button', 'card');
    card.type = 'button';
    const image = moment.thumbnail >= 0 ? data.thumbnails[moment.thumbnail] : null;
    if (image) {
      const img = element('img');
      img.src = image.src;
      img.alt = `The picture at ${clock(moment.step / rate, 1)}`;
      card.append(img);
    }
    const words = element('span', 'words');
    const what = element('span', 'what');
    const arrow = element('span', '', moment.kind === 'peak' ? '▲' : '▼');
    arrow.setAttribute('aria-hidden', 'true');
    what.append(element('i'), arrow, element('span', 'unseen', `${moment.kind} of `), element('span', '', data.emotions[moment.emotion].name));
    const when = element('span', 'when');
    when.append(
      element('span', '', `${clock(moment.step / rate, 1)}`),
      element('span', '', `${number(moment.value)}`));
    when.title = `from ${clock(moment.start / rate, 1)} to ${clock(moment.end / rate, 1)}`;
    words.append(what, when);
    card.append(words);
    item.append(card);
    $('moments').append(item);
    card.addEventListener('click', () => choose(i, true));
    return card;
  });

  const head = element('tr');
  for (const text of ['emotion', 'mean', 'deviation', 'lowest', 'highest', 'highest at']) {
    const cell = element('th', '', text);
    cell.scope = 'col';
    head.append(cell);
  }
  $('numbers').append(element('thead'), element('tbody'));
  $('numbers').tHead.append(head);
  stats.forEach((s, e) => {
    const row = element('tr');
    const name = element('th', '', data.emotions[e].name);
    name.scope = 'row';
    row.append(name, ...[number(s.mean), number(s.deviation), number(s.low), number(s.high), clock(s.at / rate, 1)].map(text => element('td', '', text)));
    $('numbers').tBodies[0].append(row);
  });

  // ---- doing -------------------------------------------------------------------------------------------------------
  const moveTo = seconds => {
    cursor = seconds === null ? null : Math.min(Math.max(seconds, 0), (N - 1) / rate);
    drawCursor();
  };
  const look = (start, end) => {
    const least = Math.min(duration, Math.max(1, 4 / rate));
    const span = Math.min(duration, Math.max(least, end - start));
    from = Math.min(Math.max(0, (start + end - span) / 2), duration - span);
    to = from + span;
    if (span >= duration - 1e-9) { from = 0; to = duration; }
    redraw();
  };
  const choose = (i, scroll) => {
    const moment = data.moments[i];
    chosen = i;
    if (!shown.has(moment.emotion)) { solo = -1; beforeSolo = null; shown.add(moment.emotion); }
    cursor = moment.step / rate;
    if (cursor < from || cursor > to) look(cursor - (to - from) / 2, cursor + (to - from) / 2);
    redraw();
    const box = $('stage').getBoundingClientRect();
    if (scroll && (box.top < 0 || box.bottom > innerHeight)) {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      $('stage').scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    }
  };

  const stage = $('stage');
  let dragFrom = null;
  const secondsAt = event => {
    const box = stage.getBoundingClientRect(), p = plot();
    return Math.min(Math.max(from + (event.clientX - box.left - p.m.left) / p.width * (to - from), from), to);
  };
  const nearest = event => {
    const box = stage.getBoundingClientRect(), p = plot();
    const step = Math.min(N - 1, Math.round(secondsAt(event) * rate));
    let best = -1, distance = 14;
    for (const e of shown) {
      const d = Math.abs(p.y(e)(values[step * E + e]) - (event.clientY - box.top));
      if (d < distance) { best = e; distance = d; }
    }
    return best;
  };
  stage.addEventListener('pointermove', event => {
    moveTo(secondsAt(event));
    if (dragFrom !== null) {
      const p = plot(), a = p.x(Math.min(dragFrom, cursor)), b = p.x(Math.max(dragFrom, cursor));
      const brush = $('brush');
      brush.hidden = b - a < 8;
      brush.style.left = `${a}px`;
      brush.style.width = `${b - a}px`;
      return;
    }
    const before = hot;
    hot = event.pointerType === 'mouse' ? nearest(event) : -1;
    if (hot !== before) drawChart();
  });
  stage.addEventListener('pointerdown', event => {
    moveTo(secondsAt(event));
    const box = stage.getBoundingClientRect(), p = plot();
    if (event.clientY - box.top < p.m.top) {
      let best = -1, distance = 10;
      data.moments.forEach((moment, i) => {
        const d = Math.abs(p.x(moment.step / rate) - (event.clientX - box.left));
        if (shown.has(moment.emotion) && d < distance) { best = i; distance = d; }
      });
      if (best >= 0) { choose(best, false); return; }
    }
    if (event.pointerType === 'mouse' && event.button === 0) {
      dragFrom = secondsAt(event);
      stage.setPointerCapture(event.pointerId);
    }
  });
  stage.addEventListener('pointerup', event => {
    if (dragFrom === null) return;
    const end = secondsAt(event);
    const wide = !$('brush').hidden;
    $('brush').hidden = true;
    const start = dragFrom;
    dragFrom = null;
    if (wide) look(Math.min(start, end), Math.max(start, end));
  });
  stage.addEventListener('pointercancel', () => { dragFrom = null; $('brush').hidden = true; });
  stage.addEventListener('pointerleave', event => {
    if (event.pointerType !== 'mouse') return;
    hot = -1;
    moveTo(null);
    drawChart();
  });
  stage.addEventListener('dblclick', () => look(0, duration));
  stage.addEventListener('keydown', event => {
    const at = cursor ?? from;
    const quarter = (to - from) / 4;
    const moves = {
      ArrowRight: () => moveTo(at + (event.shiftKey ? 1 : 1 / rate)), ArrowUp: () => moveTo(at + 1 / rate),
      ArrowLeft: () => moveTo(at - (event.shiftKey ? 1 : 1 / rate)), ArrowDown: () => moveTo(at - 1 / rate),
      PageUp: () => moveTo(at + 10), PageDown: () => moveTo(at - 10),
      Home: () => moveTo(0), End: () => moveTo(duration),
      '+': () => look(at - quarter, at + quarter), '=': () => look(at - quarter, at + quarter),
      '-': () => look(at - 4 * quarter, at + 4 * quarter), '0': () => look(0, duration), Escape: () => look(0, duration),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
    if (cursor !== null && (cursor < from || cursor > to)) look(cursor - (to - from) / 2, cursor + (to - from) / 2);
  });

  const show = set => { solo = -1; beforeSolo = null; shown = set; redraw(); };
  $('strongest').addEventListener('click', () => show(strongest()));
  $('all').addEventListener('click', () => show(new Set(stats.keys())));
  $('none').addEventListener('click', () => show(new Set()));
  $('shared').addEventListener('click', () => { ownRange = false; redraw(); });
  $('own').addEventListener('click', () => { ownRange = true; redraw(); });
  $('whole').addEventListener('click', () => look(0, duration));
  $('theme').addEventListener('click', () => { theme = isDark() ? 'light' : 'dark'; redraw(); });
  prefersDark.addEventListener('change', redraw);
  new ResizeObserver(redraw).observe(document.body);
  drawAll();
})();
