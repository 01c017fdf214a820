// The timeline: curves on one canvas, redrawn when the view changes; playhead and pointer on another, redrawn as time goes.
import { $, clock, dark, element } from './dom.js';
import { AXIS, Frame, LANE_MARGIN, TOP, curve, label, laneLabels, spread, timeAxis, valueLabels, valueLines, y } from './plot.js';

const DIFFERENCE = 58, NARROWEST_SECONDS = 2, FEW = 4, WIDE = 640, NEAR = 14, TIP_ROW = 19, TIP_REST = 64, GAP = 14, JUMP_SECONDS = 0.5, REST = 140;

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
    this.emphasis = null;
    this.away = false;
    this.queued = false;
    this.moving = false;
    new ResizeObserver(() => this.redraw()).observe(this.plot);
    this.listen();
  }

  /** Shows curves; with `other` (a second cut, already on the first one's clock) that one's too, and their difference. */
  show(curves, moments, other = null) {
    const same = this.curves && this.curves.scheme.join() === curves.scheme.join();
    const sameVideo = this.curves === curves;
    this.curves = curves;
    this.other = other;
    this.difference = other?.less(curves) ?? null;
    this.moments = moments;
    if (!same) { this.shown = new Set(curves.scheme.keys()); this.emphasis = null; }
    if (!sameVideo) { this.away = false; Object.assign(this.view, { from: 0, to: Math.max(curves.duration, 1 / curves.rate) }); }
    this.plot.setAttribute('aria-valuemax', curves.duration.toFixed(1));
    this.redraw();
  }

  setTime(seconds) {
    const jumped = Math.abs(seconds - this.time) > JUMP_SECONDS, { from, to } = this.view, seen = seconds >= from && seconds <= to;
    this.time = seconds;
    this.plot.setAttribute('aria-valuenow', seconds.toFixed(1));
    this.plot.setAttribute('aria-valuetext', clock(seconds, 1));
    if (jumped || seen) this.away = false; // whoever pans away from the playhead is left in peace until it comes into view or jumps
    if (!seen && !this.away && this.curves) {
      // Turn the page, as an editor does.
      const span = to - from;
      this.setView(seconds - span * 0.05, seconds + span * 0.95);
    } else this.overlay();
  }

  toggle(emotion) { if (this.shown.has(emotion)) this.shown.delete(emotion); else this.shown.add(emotion); this.redraw(); }
  only(emotions) { this.shown = new Set(emotions); this.redraw(); }

  /** Brings one curve out of the others; null for none. */
  emphasise(emotion) { if (this.emphasis !== emotion) { this.emphasis = emotion; this.overlay(); } }

  setView(from, to) {
    const duration = Math.max(this.curves.duration, 1 / this.curves.rate);
    const span = Math.min(duration, Math.max(NARROWEST_SECONDS, to - from));
    this.view.from = Math.min(Math.max(0, from), duration - span);
    this.view.to = this.view.from + span;
    this.move();
    this.away = this.time < this.view.from || this.time > this.view.to;
    this.redraw();
  }

  /** While the view moves only plain lines are drawn of many curves; their dashes and shades come when it rests. */
  move() {
    this.moving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => { this.moving = false; this.redraw(); }, REST);
  }

  zoom(factor, around = this.time) {
    const { from, to } = this.view;
    this.setView(around - (around - from) * factor, around + (to - around) * factor);
  }

  fit() { this.setView(0, this.curves.duration); }

  redraw() {
    if (this.queued || !this.curves) return;
    this.queued = true;
    requestAnimationFrame(() => { this.queued = false; this.draw(); this.overlay(); });
  }

  prepare(canvas) {
    const scale = window.devicePixelRatio || 1, { clientWidth, clientHeight } = this.plot;
    this.frame = new Frame(this.view, clientWidth, clientHeight, this.lanes && clientWidth > WIDE ? LANE_MARGIN : undefined);
    if (canvas.width !== Math.round(clientWidth * scale) || canvas.height !== Math.round(clientHeight * scale)) {
      canvas.width = Math.round(clientWidth * scale);
      canvas.height = Math.round(clientHeight * scale);
    }
    const context = canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, clientWidth, clientHeight);
    return context;
  }

  get lanes() { return this.view.layout === 'lanes'; }

  /** Few enough curves to be drawn with all that there is to say about each. */
  get roomy() { return this.lanes || this.shown.size <= FEW; }

  /** Where each shown emotion is drawn: [top, bottom], and the values at bottom and top. */
  bands() {
    const shown = [...this.shown].sort((a, b) => a - b), bottom = this.frame.height - AXIS - (this.other ? DIFFERENCE : 0);
    const own = shown.map((emotion) => this.ownRange(emotion)), lane = (bottom - TOP) / Math.max(1, shown.length);
    const shared = own.reduce(([low, high], [least, greatest]) => [Math.min(low, least), Math.max(high, greatest)], [0, 0.0001]);
    return shown.map((emotion, i) => ({
      emotion,
      range: this.view.scale === 'own' ? own[i] : shared,
      top: this.lanes ? TOP + i * lane + 2 : TOP,
      bottom: this.lanes ? TOP + (i + 1) * lane - 2 : bottom - 4,
    }));
  }

  ownRange(emotion) {
    const [low, high] = (this.roomy ? this.curves.roomy : this.curves.ranges)[emotion];
    if (!this.other) return [low, high];
    const [least, greatest] = this.other.ranges[emotion];
    return [Math.min(low, least), Math.max(high, greatest)];
  }

  color(emotion) { const style = this.curves.styles[emotion]; return dark() ? style.onDark : style.onLight; }

  dash(emotion) { return this.lanes ? [] : this.curves.styles[emotion].dash; }

  draw() {
    const css = getComputedStyle(document.documentElement), read = (name) => css.getPropertyValue(name);
    this.palette = { ink: read('--soft'), strong: read('--ink'), grid: read('--grid'), line: read('--line'), card: read('--card') };
    this.plot.style.setProperty('--lanes', this.lanes ? this.shown.size : 0);
    const context = this.prepare(this.base), { frame, palette } = this, bands = this.bands(), quick = this.moving && bands.length > FEW, shades = this.roomy && !quick;
    timeAxis(context, frame, palette);
    const axes = this.valueAxes(bands);
    if (axes.length) valueLines(context, frame, axes[0].band, palette);
    for (const band of bands) {
      const color = this.color(band.emotion);
      if (this.lanes) {
        context.fillStyle = palette.grid;
        context.fillRect(0, Math.round(band.bottom + 1), this.plot.clientWidth, 1);
      }
      if (this.curves.spread && shades) spread(context, frame, band, this.curves, color);
      if (this.other) curve(context, frame, band, this.other, { color, alpha: quick ? 0.4 : 0.8, width: 1.6, dash: [1.5, 3.5], quick });
      curve(context, frame, band, this.curves, { color, dash: this.dash(band.emotion), fill: this.lanes && shades, envelope: shades, quick });
      if (this.lanes) laneLabels(context, frame, band, this.curves.scheme[band.emotion], palette);
    }
    for (const { band, side, palette: own } of axes) valueLabels(context, frame, band, own, side);
    if (this.other) this.drawDifference(context, bands);
    if (!bands.length) {
      context.fillStyle = palette.ink;
      context.font = '13px system-ui, "DejaVu Sans", sans-serif';
      context.textAlign = 'center';
      context.fillText('No emotion is switched on.', (frame.left + frame.right) / 2, frame.height / 2);
      context.textAlign = 'start';
    }
  }

  /** One scale for all, or for the only curve: at the left; two curves on their own: one at each side, in its curve's colour. More have no room for theirs; the pointer tells. */
  valueAxes(bands) {
    const { palette } = this;
    if (this.lanes || !bands.length) return [];
    if (this.view.scale === 'shared' || bands.length === 1) return [{ band: bands[0], side: 'left', palette }];
    return bands.length > 2 ? [] : bands.map((band, i) => ({ band, side: ['left', 'right'][i], palette: { ...palette, ink: this.color(band.emotion) } }));
  }

  /** Under the curves of two cuts: second less first, about a line of no difference, all emotions on one scale. */
  drawDifference(context, bands) {
    const { frame, palette } = this, bottom = frame.height - AXIS, top = bottom - DIFFERENCE;
    const most = Math.max(0.01, ...bands.flatMap(({ emotion }) => this.difference.ranges[emotion].map(Math.abs)));
    context.fillStyle = palette.line;
    context.fillRect(frame.left, top, frame.width, 1);
    context.fillRect(frame.left, top + DIFFERENCE / 2, frame.width, 1);
    for (const { emotion } of bands) {
      curve(context, frame, { emotion, range: [-most, most], top: top + 4, bottom: bottom - 4 }, this.difference, { color: this.color(emotion), width: 1.5, quick: this.moving && bands.length > FEW });
    }
    label(context, `difference, ±${most.toFixed(2)}`, 3, top + 10, palette);
  }

  overlay() {
    if (!this.curves || !this.palette) return;
    const context = this.prepare(this.top), { frame, palette } = this, bands = this.bands(), floor = frame.height - AXIS;
    this.drawMoments(context, floor);
    const near = this.emphasised(bands), playhead = frame.x(this.time);
    const alone = near !== undefined && !this.lanes && bands.length > 1 && (this.emphasis !== null || bands.length > FEW);
    this.plot.classList.toggle('dim', alone); // what is on the other canvas steps back, its clock excepted
    if (alone) timeAxis(context, frame, palette);
    if (near && !this.lanes) curve(context, frame, near, this.curves, { color: this.color(near.emotion), width: 2.8, dash: this.dash(near.emotion) });
    context.fillStyle = palette.strong;
    if (this.pointer) {
      context.globalAlpha = 0.4;
      context.fillRect(Math.round(this.pointer.x), TOP, 1, floor - TOP);
      context.globalAlpha = 1;
    }
    if (this.time >= frame.from && this.time <= frame.to) this.drawPlayhead(context, playhead, bands, floor);
    this.drawScrollBar(context);
  }

  drawPlayhead(context, playhead, bands, floor) {
    context.fillRect(playhead - 1, 0, 2, floor + 4);
    context.beginPath();
    for (const [dx, dy] of [[-5, 0], [5, 0], [5, 4], [0, 9], [-5, 4]]) context.lineTo(playhead + dx, dy);
    context.fill();
    if (this.roomy) for (const band of bands) this.drawDot(context, playhead, band);
  }

  drawDot(context, x, band) {
    context.beginPath();
    context.arc(x, y(band, this.curves.at(band.emotion, this.time)), 3, 0, Math.PI * 2);
    context.fillStyle = this.color(band.emotion);
    context.strokeStyle = this.palette.card;
    context.lineWidth = 1.5;
    context.stroke();
    context.fill();
  }

  drawMoments(context, floor) {
    for (const moment of this.moments) {
      const emotion = this.curves.scheme.indexOf(moment.emotion), x = this.frame.x(moment.seconds), up = moment.kind === 'peak' ? -6 : 6;
      if (!this.shown.has(emotion) || x < this.frame.left || x > this.frame.right) continue;
      context.fillStyle = this.color(emotion);
      context.beginPath();
      context.moveTo(x - 4.5, floor - up / 2);
      context.lineTo(x + 4.5, floor - up / 2);
      context.lineTo(x, floor + up / 2);
      context.fill();
    }
  }

  /** Zoomed in: which part of the whole is seen. */
  drawScrollBar(context) {
    const { left, width, height, from, to } = this.frame, { duration } = this.curves;
    if (to - from >= duration - 1e-6) return;
    context.fillStyle = this.palette.line;
    context.fillRect(left, height - 3, width, 3);
    context.fillStyle = this.palette.ink;
    context.fillRect(left + from / duration * width, height - 3, Math.max(8, (to - from) / duration * width), 3);
  }

  /** The band of the curve that is meant: by its name, or by what the pointer is near to. */
  emphasised(bands) {
    if (this.emphasis !== null) return bands.find((band) => band.emotion === this.emphasis);
    if (!this.pointer) return undefined;
    if (this.lanes) return bands.find((band) => this.pointer.y >= band.top - 2 && this.pointer.y < band.bottom + 2);
    const far = (band) => Math.abs(y(band, this.curves.at(band.emotion, this.frame.seconds(this.pointer.x))) - this.pointer.y);
    return bands.filter((band) => far(band) < NEAR).sort((a, b) => far(a) - far(b))[0];
  }

  tip() {
    const tip = $('tip');
    tip.hidden = this.pointer === null || this.shown.size === 0;
    if (tip.hidden) return;
    const seconds = Math.min(this.curves.duration, Math.max(0, this.frame.seconds(this.pointer.x))), bands = this.bands(), near = this.emphasised(bands);
    const listed = this.listed(bands, seconds, near?.emotion), more = bands.length - listed.length;
    tip.replaceChildren(
      element('b', {}, clock(seconds, 1)),
      ...(this.other ? [element('p', {}, ...['this', 'other', 'differs'].map((word) => element('span', {}, word)))] : []),
      ...listed.map((e) => element('div', { mark: this.color(e), class: e === near?.emotion ? 'near' : null },
        element('i'), element('span', {}, this.curves.scheme[e]), ...this.numbers(e, seconds).map((text) => element('span', {}, text)))),
      ...(more > 0 ? [element('small', {}, `and ${more} more`)] : []));
    const left = this.pointer.x + GAP + tip.offsetWidth > this.plot.clientWidth ? this.pointer.x - GAP - tip.offsetWidth : this.pointer.x + GAP;
    tip.style.transform = `translateX(${Math.min(Math.max(0, left), Math.max(0, this.plot.clientWidth - tip.offsetWidth))}px)`;
  }

  /** The emotions to tell of, the highest in its range first; no more than there is room for, and the one that is meant always. */
  listed(bands, seconds, meant) {
    const height = ({ emotion }) => { const [low, high] = this.curves.ranges[emotion]; return (this.curves.at(emotion, seconds) - low) / (high - low); };
    const sorted = [...bands].sort((a, b) => height(b) - height(a)).map((band) => band.emotion);
    const most = Math.max(3, Math.floor((this.frame.height - TIP_REST) / TIP_ROW)), listed = sorted.slice(0, most);
    if (meant !== undefined && !listed.includes(meant)) listed.splice(-1, 1, meant);
    return listed;
  }

  numbers(emotion, seconds) {
    const here = this.curves.at(emotion, seconds);
    if (this.other) {
      if (seconds > this.other.duration) return [here.toFixed(3), '–', '–'];
      const there = this.other.at(emotion, seconds), more = there - here;
      return [here.toFixed(3), there.toFixed(3), `${more >= 0 ? '+' : '−'}${Math.abs(more).toFixed(3)}`];
    }
    return this.curves.spread ? [here.toFixed(3), `±${this.curves.spreadAt(emotion, seconds).toFixed(3)}`] : [here.toFixed(3)];
  }

  listen() {
    const fingers = new Map();
    let down = null, panned = false;
    const at = (event) => { const box = this.plot.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
    const seek = (x) => this.dispatchEvent(new CustomEvent('seek', { detail: Math.min(this.curves.duration, Math.max(0, this.frame.seconds(x))) }));
    const grip = () => {
      const xs = [...fingers.values()].map((finger) => finger.x);
      return { x: xs.reduce((sum, x) => sum + x, 0) / xs.length, apart: Math.max(...xs) - Math.min(...xs), from: this.view.from, to: this.view.to };
    };
    this.plot.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, at(event));
      panned = fingers.size > 1;
      down = grip();
      this.plot.setPointerCapture(event.pointerId);
    });
    this.plot.addEventListener('pointermove', (event) => {
      const point = at(event);
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point);
      if (down) {
        const now = grip(), span = (down.to - down.from) * (fingers.size > 1 ? Math.max(20, down.apart) / Math.max(20, now.apart) : 1);
        panned ||= Math.abs(now.x - down.x) > 4;
        if (panned) {
          const held = down.from + this.frame.share(down.x) * (down.to - down.from), share = this.frame.share(now.x);
          this.setView(held - share * span, held + (1 - share) * span);
        }
      }
      this.pointer = event.pointerType === 'touch' && !down ? null : point;
      this.overlay();
      this.tip();
    });
    const up = (event) => {
      if (down && !panned && event.type === 'pointerup') seek(at(event).x);
      fingers.delete(event.pointerId);
      down = fingers.size ? grip() : null;
    };
    this.plot.addEventListener('pointerup', up);
    this.plot.addEventListener('pointercancel', up);
    this.plot.addEventListener('pointerleave', () => { this.pointer = null; this.overlay(); this.tip(); });
    this.plot.addEventListener('wheel', (event) => {
      event.preventDefault();
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      if (sideways) {
        const shift = (event.deltaX || event.deltaY) / this.frame.width * this.frame.span;
        this.setView(this.view.from + shift, this.view.to + shift);
      } else this.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(0.35, Math.abs(event.deltaY) / 300)), this.frame.seconds(at(event).x));
      this.tip();
    }, { passive: false });
  }
}
