// The timeline: curves on one canvas, redrawn when the view changes; playhead and pointer on another, redrawn as time goes.
import { $, clock, dark, element } from './dom.js';
import { sample } from './curves.js';

const AXIS = 20, TOP = 6, DIFFERENCE = 58, NARROWEST_SECONDS = 2, MOST_TIPPED = 8;

export class Timeline extends EventTarget {
  constructor() {
    super();
    this.plot = $('plot');
    this.base = $('curves');
    this.top = $('overlay');
    this.view = { layout: 'together', scale: 'own', from: 0, to: 1 };
    this.shown = new Set();
    this.moments = [];
    this.time = 0;
    this.pointer = null;
    this.queued = false;
    new ResizeObserver(() => this.redraw()).observe(this.plot);
    this.listen();
  }

  /** Shows curves; with `other` (a second cut, already on the first one's clock) that one's too, and their difference. */
  show(curves, moments, other = null) {
    const same = this.curves && this.curves.scheme.join() === curves.scheme.join();
    const sameVideo = this.curves === curves;
    this.curves = curves;
    this.other = other;
    this.moments = moments;
    if (!same) this.shown = new Set(curves.scheme.keys());
    if (!sameVideo) Object.assign(this.view, { from: 0, to: Math.max(curves.duration, 1 / curves.rate) });
    this.plot.setAttribute('aria-valuemax', curves.duration.toFixed(1));
    this.redraw();
  }

  setTime(seconds) {
    this.time = seconds;
    this.plot.setAttribute('aria-valuenow', seconds.toFixed(1));
    this.plot.setAttribute('aria-valuetext', clock(seconds, 1));
    const { from, to } = this.view;
    if (this.following && (seconds > to || seconds < from)) {
      // Turn the page, as an editor does.
      const span = to - from;
      this.setView(seconds - span * 0.05, seconds + span * 0.95);
    } else this.overlay();
  }

  toggle(emotion) { if (this.shown.has(emotion)) this.shown.delete(emotion); else this.shown.add(emotion); this.redraw(); }
  only(emotions) { this.shown = new Set(emotions); this.redraw(); }

  setView(from, to) {
    const duration = Math.max(this.curves.duration, 1 / this.curves.rate);
    const span = Math.min(duration, Math.max(NARROWEST_SECONDS, to - from));
    this.view.from = Math.min(Math.max(0, from), duration - span);
    this.view.to = this.view.from + span;
    this.redraw();
    this.dispatchEvent(new Event('view'));
  }

  zoom(factor, around = this.time) {
    const { from, to } = this.view;
    this.setView(around - (around - from) * factor, around + (to - around) * factor);
  }

  fit() { this.setView(0, this.curves.duration); }

  x(seconds) { return (seconds - this.view.from) / (this.view.to - this.view.from) * this.width; }
  seconds(x) { return this.view.from + x / this.width * (this.view.to - this.view.from); }

  redraw() {
    if (this.queued || !this.curves) return;
    this.queued = true;
    requestAnimationFrame(() => { this.queued = false; this.draw(); this.overlay(); });
  }

  prepare(canvas) {
    const scale = window.devicePixelRatio || 1, { clientWidth, clientHeight } = this.plot;
    this.width = clientWidth;
    this.height = clientHeight;
    if (canvas.width !== Math.round(clientWidth * scale) || canvas.height !== Math.round(clientHeight * scale)) {
      canvas.width = Math.round(clientWidth * scale);
      canvas.height = Math.round(clientHeight * scale);
    }
    const context = canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    return context;
  }

  /** Where each shown emotion is drawn: [top, bottom], and the values at bottom and top. */
  bands() {
    const shown = [...this.shown].sort((a, b) => a - b), bottom = this.height - AXIS - (this.other ? DIFFERENCE : 0);
    const shared = shown.reduce(([low, high], e) => [Math.min(low, this.curves.ranges[e][0]), Math.max(high, this.curves.ranges[e][1])], [0, 0.0001]);
    const lane = (bottom - TOP) / Math.max(1, shown.length);
    return shown.map((emotion, i) => ({
      emotion,
      range: this.view.scale === 'own' ? this.curves.ranges[emotion] : shared,
      top: this.view.layout === 'lanes' ? TOP + i * lane + 2 : TOP,
      bottom: this.view.layout === 'lanes' ? TOP + (i + 1) * lane - 2 : bottom - 4,
    }));
  }

  color(emotion) { const style = this.curves.styles[emotion]; return dark() ? style.onDark : style.onLight; }

  draw() {
    const context = this.prepare(this.base), css = getComputedStyle(document.documentElement);
    const ink = css.getPropertyValue('--soft'), grid = css.getPropertyValue('--grid');
    this.axis(context, ink, grid);
    const bands = this.bands(), lanes = this.view.layout === 'lanes';
    context.lineJoin = 'round';
    for (const band of bands) {
      const color = this.color(band.emotion);
      if (lanes) {
        context.fillStyle = grid;
        context.fillRect(0, Math.round(band.bottom + 1), this.width, 1);
      }
      if (this.curves.spread && bands.length <= 4 || this.curves.spread && lanes) this.band(context, band, color);
      if (this.other) this.line(context, band, this.other, color, 0.45, [2, 3]);
      this.line(context, band, this.curves, color, 1, lanes ? [] : this.curves.styles[band.emotion].dash, lanes);
      if (lanes && band.bottom - band.top >= 11) {
        context.font = '11px system-ui, "DejaVu Sans", sans-serif';
        context.fillStyle = ink;
        context.textBaseline = 'top';
        context.fillText(this.curves.scheme[band.emotion], 4, band.top);
      }
    }
    if (this.other) this.difference(context, bands, ink, grid);
    if (!bands.length) {
      context.fillStyle = ink;
      context.font = '13px system-ui, "DejaVu Sans", sans-serif';
      context.textAlign = 'center';
      context.fillText('No emotion is switched on.', this.width / 2, this.height / 2);
      context.textAlign = 'start';
    }
  }

  /** Under the curves of two cuts: second less first, about a line of no difference, all emotions on one scale. */
  difference(context, bands, ink, grid) {
    const { rate, rows } = this.other, bottom = this.height - AXIS, middle = bottom - DIFFERENCE / 2;
    const first = Math.max(0, Math.floor(this.view.from * rate)), last = Math.min(rows, this.curves.rows) - 1;
    const stride = Math.max(1, Math.floor((this.view.to - this.view.from) * rate / this.width));
    const at = (emotion, row) => this.other.columns[emotion][row] - this.curves.columns[emotion][row];
    let most = 0.01;
    for (const { emotion } of bands) for (let row = 0; row <= last; row += stride) most = Math.max(most, Math.abs(at(emotion, row)));
    context.fillStyle = grid;
    context.fillRect(0, bottom - DIFFERENCE, this.width, 1);
    context.fillStyle = ink;
    context.globalAlpha = 0.5;
    context.fillRect(0, middle, this.width, 1);
    context.globalAlpha = 1;
    context.font = '11px system-ui, "DejaVu Sans", sans-serif';
    context.fillText(`difference, ±${most.toFixed(2)}`, 4, bottom - DIFFERENCE + 13);
    context.lineWidth = 1.5;
    for (const { emotion } of bands) {
      context.strokeStyle = this.color(emotion);
      context.setLineDash([]);
      context.beginPath();
      for (let row = first; row <= last && row / rate <= this.view.to; row += stride) context.lineTo(this.x(row / rate), middle - at(emotion, row) / most * (DIFFERENCE / 2 - 4));
      context.stroke();
    }
  }

  axis(context, ink, grid) {
    const span = this.view.to - this.view.from, wanted = span / Math.max(2, this.width / 90);
    const step = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].find((s) => s >= wanted) ?? 14400;
    context.font = '11px system-ui, "DejaVu Sans", sans-serif';
    context.textBaseline = 'alphabetic';
    context.textAlign = 'center';
    for (let t = Math.ceil(this.view.from / step) * step; t <= this.view.to; t += step) {
      const x = Math.round(this.x(t)) + 0.5;
      context.fillStyle = grid;
      context.fillRect(x - 0.5, TOP, 1, this.height - AXIS - TOP);
      context.fillStyle = ink;
      if (x > 16 && x < this.width - 16) context.fillText(clock(t, step < 1 ? 1 : 0), x, this.height - 6);
    }
    context.textAlign = 'start';
  }

  y(band, value) {
    const [low, high] = band.range;
    return band.bottom - (value - low) / (high - low) * (band.bottom - band.top);
  }

  /** Where rows are denser than pixels each pixel column gets a stroke from its least to its greatest value: no peak is lost at any zoom. */
  line(context, band, curves, color, alpha, dash, filled = false) {
    const first = Math.max(0, Math.floor(this.view.from * curves.rate)), last = Math.min(curves.rows - 1, Math.ceil(this.view.to * curves.rate));
    context.save();
    context.beginPath();
    context.rect(0, 0, this.width, this.height - AXIS);
    context.clip();
    context.beginPath();
    if (last - first > this.width * 2) {
      const perPixel = (this.view.to - this.view.from) / this.width;
      for (let x = 0; x < this.width; x++) {
        const from = this.view.from + x * perPixel;
        if (from > curves.duration) break;
        const [low, high] = curves.extremes(band.emotion, from, from + perPixel);
        context.lineTo(x, this.y(band, low));
        context.lineTo(x, this.y(band, high));
      }
    } else {
      const column = curves.columns[band.emotion];
      for (let row = first; row <= last; row++) context.lineTo(this.x(row / curves.rate), this.y(band, column[row]));
    }
    context.globalAlpha = alpha;
    context.strokeStyle = color;
    context.lineWidth = 1.7;
    context.setLineDash(dash);
    context.stroke();
    if (filled) {
      context.lineTo(this.x(last / curves.rate), band.bottom);
      context.lineTo(this.x(first / curves.rate), band.bottom);
      context.globalAlpha = 0.16;
      context.fillStyle = color;
      context.fill();
    }
    context.restore();
  }

  band(context, band, color) {
    const mean = this.curves.columns[band.emotion], spread = this.curves.spread[band.emotion];
    const first = Math.max(0, Math.floor(this.view.from * this.curves.rate)), last = Math.min(this.curves.rows - 1, Math.ceil(this.view.to * this.curves.rate));
    const stride = Math.max(1, Math.floor((last - first) / this.width));
    context.save();
    context.beginPath();
    for (let row = first; row <= last; row += stride) context.lineTo(this.x(row / this.curves.rate), this.y(band, mean[row] + spread[row]));
    for (let row = last; row >= first; row -= stride) context.lineTo(this.x(row / this.curves.rate), this.y(band, mean[row] - spread[row]));
    context.globalAlpha = 0.2;
    context.fillStyle = color;
    context.fill();
    context.restore();
  }

  overlay() {
    if (!this.curves) return;
    const context = this.prepare(this.top), css = getComputedStyle(document.documentElement), ink = css.getPropertyValue('--ink');
    for (const moment of this.moments) {
      const emotion = this.curves.scheme.indexOf(moment.emotion), x = this.x(moment.seconds);
      if (!this.shown.has(emotion) || x < 0 || x > this.width) continue;
      context.fillStyle = this.color(emotion);
      context.beginPath();
      const y = this.height - AXIS, up = moment.kind === 'peak' ? -5 : 5;
      context.moveTo(x - 4, y - up / 2);
      context.lineTo(x + 4, y - up / 2);
      context.lineTo(x, y + up / 2);
      context.fill();
    }
    context.fillStyle = ink;
    context.fillRect(this.x(this.time) - 1, 0, 2, this.height - AXIS + 4);
    if (this.pointer !== null) {
      context.globalAlpha = 0.4;
      context.fillRect(this.pointer, 0, 1, this.height - AXIS);
      context.globalAlpha = 1;
    }
  }

  tip() {
    const tip = $('tip');
    tip.hidden = this.pointer === null || this.shown.size === 0;
    if (tip.hidden) return;
    const seconds = Math.min(this.curves.duration, Math.max(0, this.seconds(this.pointer)));
    const height = (e) => { const [low, high] = this.curves.ranges[e]; return (this.curves.at(e, seconds) - low) / (high - low); };
    const listed = [...this.shown].sort((a, b) => height(b) - height(a)).slice(0, MOST_TIPPED);
    tip.replaceChildren(element('b', {}, clock(seconds, 1)), ...listed.map((e) => {
      const here = this.curves.at(e, seconds);
      const there = this.other ? sample(this.other.columns[e], seconds * this.other.rate) - here : null;
      const sd = this.curves.spread ? ` ±${sample(this.curves.spread[e], seconds * this.curves.rate).toFixed(3)}` : '';
      const difference = there === null ? '' : ` ${there >= 0 ? '+' : '−'}${Math.abs(there).toFixed(3)}`;
      return element('div', { mark: this.color(e) }, element('i'), element('span', {}, this.curves.scheme[e]), element('span', {}, here.toFixed(3) + sd + difference));
    }));
    const left = this.pointer + 14 + 172 > this.width ? this.pointer - 14 - 172 : this.pointer + 14;
    tip.style.transform = `translateX(${Math.max(0, left)}px)`;
  }

  listen() {
    let down = null, panned = false;
    const at = (event) => event.clientX - this.plot.getBoundingClientRect().left;
    const seek = (x) => this.dispatchEvent(new CustomEvent('seek', { detail: Math.min(this.curves.duration, Math.max(0, this.seconds(x))) }));
    this.plot.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      down = { x: at(event), from: this.view.from, to: this.view.to };
      panned = false;
      this.plot.setPointerCapture(event.pointerId);
    });
    this.plot.addEventListener('pointermove', (event) => {
      const x = at(event);
      if (down && (panned || Math.abs(x - down.x) > 4)) {
        panned = true;
        const shift = (down.x - x) / this.width * (down.to - down.from);
        this.setView(down.from + shift, down.to + shift);
      }
      this.pointer = event.pointerType === 'touch' && !down ? null : x;
      this.overlay();
      this.tip();
    });
    const up = (event) => { if (down && !panned && event.type === 'pointerup') seek(at(event)); down = null; };
    this.plot.addEventListener('pointerup', up);
    this.plot.addEventListener('pointercancel', up);
    this.plot.addEventListener('pointerleave', () => { this.pointer = null; this.overlay(); this.tip(); });
    this.plot.addEventListener('wheel', (event) => {
      event.preventDefault();
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (sideways) {
        const shift = (event.deltaX || event.deltaY) / this.width * (this.view.to - this.view.from);
        this.setView(this.view.from + shift, this.view.to + shift);
      } else this.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(0.35, Math.abs(event.deltaY) / 300)), this.seconds(at(event)));
      this.tip();
    }, { passive: false });
  }
}
