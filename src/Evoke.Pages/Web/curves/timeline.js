// The timeline: the curves on one canvas, redrawn when the view changes; cursor and pointer on another, redrawn as the time changes.
import { AXIS, ends, FACE, LANE_MARGIN, label, laneLabels, stretched, TOP, timeAxis, valueLabels, valueLines } from './axes.js';
import { clock } from './clock.js';
import { $, dark } from './dom.js';
import { Frame, fit, palette, y } from './frame.js';
import { drawMark } from './moments.js';
import { digitsFor, number } from './number.js';
import { curve, dot, labelBand, labelLine, spread } from './plot.js';
import { Tip } from './tip.js';

const DIFFERENCE = 58;
const NAMED_GAP = 56;
const NARROWEST_SECONDS = 2;
const FEW = 4;
const LABELLED = 2;
const WIDE = 640;
const NEAR = 14;
const ON_MARK = 9;
const JUMP_SECONDS = 0.5;
const REST = 140;
const TOLD = 3;

/** The whole scale of an emotion: the same height is the same share of each, whatever they measure. */
const wholeScale = ({ low, high }) => [low, high];

/**
 * Events: 'seek' (seconds), 'scrub' (seconds, while the playhead is dragged; 'scrubbed' ends it) and 'moment' (index) report what the user asked for; 'drawn' and 'cursor' follow each redraw of the curves and of the cursor.
 * The hand (`panning` or `brushing`) defines the pointer behaviour, and whether the time is a playhead set by a player or a cursor under the pointer.
 */
export class Timeline extends EventTarget {
  constructor(hand) {
    super();
    this.plot = $('plot');
    this.base = $('curves');
    this.top = $('overlay');
    this.view = { layout: 'together', scale: 'whole', from: 0, to: 1 };
    this.shown = new Set();
    this.opening = []; // the emotions that are shown at first
    this.moments = [];
    this.chosen = -1;
    this.time = hand.playhead ? 0 : null;
    this.pointer = null;
    this.emphasis = null;
    this.away = false;
    this.queued = false;
    this.moving = false;
    this.hand = hand;
    this.tip = new Tip(this);
    new ResizeObserver(() => this.redraw()).observe(this.plot);
    hand.listen(this);
  }

  /** Shows curves; with `other` (a second cut, already on the first cut's clock), also the other curves and the difference. */
  show(curves, moments, other = null) {
    const same = this.curves && this.curves.scheme.join() === curves.scheme.join();
    const sameVideo = this.curves === curves;
    this.curves = curves;
    this.other = other;
    this.difference = other?.less(curves) ?? null;
    this.missing = other ? other.gaps(curves.rows) : []; // what the second cut does not have
    this.moments = moments;
    if (!same) {
      this.opening = curves.strongest();
      this.shown = new Set(this.opening);
      this.emphasis = null;
    }
    if (!sameVideo) {
      this.away = false;
      Object.assign(this.view, { from: 0, to: this.length });
    }
    this.announce();
    this.redraw();
  }

  /** True while the same emotions are shown as at first. */
  get opened() {
    return this.shown.size === this.opening.length && this.opening.every((emotion) => this.shown.has(emotion));
  }

  /** Length of the whole timeline in seconds. */
  get length() {
    return Math.max(this.curves.duration, 1 / this.curves.rate);
  }

  /** True if the whole video is in view. */
  get whole() {
    return this.view.to - this.view.from >= this.length - 1e-6;
  }

  /** Sets the cursor, in seconds; without a playhead, null hides it. */
  setTime(seconds) {
    const jumped = Math.abs(seconds - this.time) > JUMP_SECONDS;
    const { from, to } = this.view;
    const seen = seconds >= from && seconds <= to;
    this.time = seconds;
    this.announce();
    if (jumped || seen) this.away = false; // after panning away from the playhead, do not follow it until it comes into view or jumps
    if (this.hand.playhead && !seen && !this.away && this.curves) {
      // Turn the page when the playhead leaves the view, as video editors do.
      const span = to - from;
      this.setView(seconds - span * 0.05, seconds + span * 0.95);
    } else this.overlay();
  }

  /** For screen readers: the time, and the highest emotion at that time. */
  announce() {
    if (!this.curves) return;
    const seconds = this.time ?? 0;
    const values = [...this.shown].map((emotion) => [this.curves.at(emotion, seconds), this.curves.scheme[emotion]]);
    const highest = values
      .filter(([value]) => Number.isFinite(value))
      .sort(([a], [b]) => b - a)
      .slice(0, TOLD);
    this.plot.setAttribute('aria-valuemax', this.curves.duration.toFixed(2));
    this.plot.setAttribute('aria-valuenow', seconds.toFixed(2));
    this.plot.setAttribute(
      'aria-valuetext',
      [clock(seconds, 1), ...highest.map(([value, name]) => `${name} ${number(value, this.curves.digits(this.curves.scheme.indexOf(name)))}`)].join(', '),
    );
  }

  toggle(emotion) {
    if (this.shown.has(emotion)) this.shown.delete(emotion);
    else this.shown.add(emotion);
    this.redraw();
  }

  only(emotions) {
    this.shown = new Set(emotions);
    this.redraw();
  }

  /** Highlights one curve; null for none. */
  emphasise(emotion) {
    if (this.emphasis === emotion) return;
    this.emphasis = emotion;
    this.overlay();
  }

  setView(from, to) {
    if (!this.curves) return;
    const span = Math.min(this.length, Math.max(NARROWEST_SECONDS, to - from));
    this.view.from = Math.min(Math.max(0, from), this.length - span);
    this.view.to = this.view.from + span;
    this.move();
    this.away = this.time < this.view.from || this.time > this.view.to;
    this.redraw();
  }

  /** While the view moves, many curves are drawn as plain lines only; dashes and shading follow when it stops. */
  move() {
    this.moving = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.moving = false;
      this.redraw();
    }, REST);
  }

  zoom(factor, around = this.time ?? (this.view.from + this.view.to) / 2) {
    const { from, to } = this.view;
    this.setView(around - (around - from) * factor, around + (to - around) * factor);
  }

  fit() {
    if (this.curves) this.setView(0, this.length);
  }

  /** Centres the view on a time that is not in view. */
  reveal(seconds) {
    const { from, to } = this.view;
    if (seconds < from || seconds > to) this.setView(seconds - (to - from) / 2, seconds + (to - from) / 2);
  }

  redraw() {
    if (this.queued || !this.curves) return;
    this.queued = true;
    requestAnimationFrame(() => {
      this.queued = false;
      if (!this.plot.clientWidth) return; // it is hidden, and drawn when it is shown again: its size changes then
      this.draw();
      this.overlay();
    });
  }

  prepare(canvas) {
    const { clientWidth, clientHeight } = this.plot;
    this.frame = new Frame(this.view, clientWidth, clientHeight, this.lanes && clientWidth > WIDE ? LANE_MARGIN : undefined);
    return fit(canvas, clientWidth, clientHeight);
  }

  get lanes() {
    return this.view.layout === 'lanes';
  }

  /** True if there is room to draw every curve in full detail. */
  get roomy() {
    return this.lanes || this.shown.size <= FEW;
  }

  /** The band of each shown emotion: its top and bottom in pixels, and the values there. */
  bands() {
    const shown = [...this.shown].sort((a, b) => a - b);
    const bottom = this.frame.height - AXIS - (this.other ? DIFFERENCE : 0);
    const own = shown.map((emotion) => this.ownRange(emotion));
    const lane = (bottom - TOP) / Math.max(1, shown.length);
    const shared = this.sharedRange(shown, own);
    const range = (emotion, i) => {
      if (this.view.scale === 'own') return own[i];
      return (this.view.scale === 'shared' && shared) || wholeScale(this.curves.scales[emotion]);
    };
    return shown.map((emotion, i) => ({
      emotion,
      range: range(emotion, i),
      top: this.lanes ? TOP + i * lane + 2 : TOP,
      bottom: this.lanes ? TOP + (i + 1) * lane - 2 : bottom - 4,
    }));
  }

  /** The values of all shown curves, with 0 or what is nearest to it on their scale; null if they have different scales. */
  sharedRange(shown, own) {
    const scale = this.curves.commonScale(shown);
    if (!scale) return null;
    const base = Math.min(Math.max(0, scale.low), scale.high);
    const least = (scale.high - scale.low) / 10000;
    return own.reduce(([low, high], [bottom, top]) => [Math.min(low, bottom), Math.max(high, top)], [base, base + least]);
  }

  ownRange(emotion) {
    const [low, high] = (this.roomy ? this.curves.roomy : this.curves.ranges)[emotion];
    if (!this.other) return [low, high];
    const [least, greatest] = this.other.ranges[emotion];
    return [Math.min(low, least), Math.max(high, greatest)];
  }

  color(emotion) {
    const style = this.curves.styles[emotion];
    return dark() ? style.onDark : style.onLight;
  }

  dash(emotion) {
    return this.lanes || this.other ? [] : this.curves.styles[emotion].dash; // between two cuts, dots mean the second
  }

  draw() {
    this.palette = palette();
    this.plot.style.setProperty('--lanes', this.lanes ? this.shown.size : 0);
    const context = this.prepare(this.base);
    const { frame } = this;
    const bands = this.bands();
    const axes = this.valueAxes(bands);
    if (this.other) this.drawMissing(context);
    timeAxis(context, frame, this.palette);
    if (axes.length) valueLines(context, frame, axes[0].band, this.palette);
    this.drawCurves(context, bands);
    for (const band of this.lanes ? bands : []) laneLabels(context, frame, band, this.curves.scheme[band.emotion], this.palette);
    for (const { band, side, palette: own } of axes) valueLabels(context, frame, band, own, side);
    if (!this.lanes && !axes.length && bands.length) ends(context, frame, bands[0], this.palette);
    if (this.view.scale === 'own' && bands.length) stretched(context, frame, bands, this.palette);
    if (this.other) this.drawDifference(context, bands);
    if (!bands.length) this.drawNothing(context);
    this.dispatchEvent(new Event('drawn'));
  }

  drawCurves(context, bands) {
    const { frame, curves } = this;
    const quick = this.moving && bands.length > FEW;
    const shades = this.roomy && !quick;
    for (const band of bands) {
      const color = this.color(band.emotion);
      if (this.lanes) {
        context.fillStyle = this.palette.grid;
        context.fillRect(0, Math.round(band.bottom + 1), this.plot.clientWidth, 1);
      }
      if (this.labelled && curves.rated[band.emotion]) this.drawLabels(context, band);
      if (curves.spread && shades) spread(context, frame, band, curves, color);
      if (this.other) curve(context, frame, band, this.other, { color, alpha: quick ? 0.4 : 0.8, width: 1.6, dash: [1.5, 3.5], quick });
      curve(context, frame, band, curves, { color, dash: this.dash(band.emotion), fill: this.lanes && shades, envelope: shades, quick });
    }
  }

  /** True if shown curves have labels, and there is room for them. */
  get labelled() {
    const rated = this.curves ? [...this.shown].filter((emotion) => this.curves.rated[emotion]).length : 0;
    return rated > 0 && (this.lanes || rated <= LABELLED);
  }

  /** The labels, and under them how far their raters were apart. */
  drawLabels(context, band) {
    if (this.curves.labelSpread) labelBand(context, this.frame, band, this.curves, this.palette);
    labelLine(context, this.frame, band, this.curves, this.palette);
  }

  /** Tints what the second cut does not have. */
  drawMissing(context) {
    const { frame } = this;
    const floor = frame.height - AXIS;
    for (const [from, to] of this.missing) {
      const [left, right] = [from, to].map((seconds) => Math.min(frame.right, Math.max(frame.left, frame.x(seconds))));
      if (right <= left) continue;
      context.fillStyle = this.palette.grid;
      context.fillRect(left, TOP, right - left, floor - TOP);
      if (right - left > NAMED_GAP) label(context, 'not in B', (left + right) / 2, TOP + 8, this.palette, 'center');
    }
  }

  drawNothing(context) {
    const { frame } = this;
    context.fillStyle = this.palette.ink;
    context.font = `13px ${FACE}`;
    context.textAlign = 'center';
    context.fillText('No emotion is switched on.', (frame.left + frame.right) / 2, frame.height / 2);
    context.textAlign = 'start';
  }

  /**
   * Value labels. One scale for all curves, or a single curve: at the left. Two curves with different scales: one at each side, in the curve's colour.
   * For more curves there is no room; the tooltip shows the values.
   */
  valueAxes(bands) {
    if (this.lanes || !bands.length) return [];
    const oneScale = this.view.scale !== 'own' && this.curves.commonScale([...this.shown]);
    if (oneScale || bands.length === 1) return [{ band: bands[0], side: 'left', palette: this.palette }];
    if (bands.length > 2) return [];
    return bands.map((band, i) => ({ band, side: ['left', 'right'][i], palette: { ...this.palette, ink: this.color(band.emotion) } }));
  }

  /** The difference of two cuts, below their curves: second minus first, around a zero line, all emotions on one scale. */
  drawDifference(context, bands) {
    const { frame, difference } = this;
    const bottom = frame.height - AXIS;
    const top = bottom - DIFFERENCE;
    const most = Math.max(0.01, ...bands.flatMap(({ emotion }) => difference.ranges[emotion].map(Math.abs)));
    context.fillStyle = this.palette.line;
    context.fillRect(frame.left, top, frame.width, 1);
    context.fillRect(frame.left, top + DIFFERENCE / 2, frame.width, 1);
    for (const { emotion } of bands) {
      const band = { emotion, range: [-most, most], top: top + 4, bottom: bottom - 4 };
      curve(context, frame, band, difference, { color: this.color(emotion), width: 1.5, quick: this.moving && bands.length > FEW });
    }
    label(context, `B − A, ±${number(most, digitsFor(most, 2))}`, 3, top + 10, this.palette);
  }

  overlay() {
    if (!this.curves || !this.palette) return;
    const context = this.prepare(this.top);
    const { frame } = this;
    const bands = this.bands();
    const near = this.emphasised(bands);
    const alone = near !== undefined && !this.lanes && bands.length > 1 && (this.emphasis !== null || bands.length > FEW);
    this.drawMoments(context, alone ? near.emotion : null);
    this.plot.classList.toggle('dim', alone); // dim the curve canvas, except for its time axis
    if (alone) timeAxis(context, frame, this.palette);
    if (near && !this.lanes) this.drawNear(context, near);
    this.drawCursor(context, bands);
    this.drawScrollBar(context);
    this.tip.draw();
    this.dispatchEvent(new Event('cursor'));
  }

  /** The highlighted curve, above all others, with the spread and the labels for which there is otherwise no room. */
  drawNear(context, band) {
    const { frame, curves } = this;
    const color = this.color(band.emotion);
    if (curves.spread && !this.roomy) spread(context, frame, band, curves, color);
    if (curves.labels && this.shown.size > LABELLED) this.drawLabels(context, band);
    curve(context, frame, band, curves, { color, width: 2.8, dash: this.dash(band.emotion) });
  }

  /** True if the current time is in view. */
  get seen() {
    return this.time !== null && this.time >= this.frame.from - 1e-9 && this.time <= this.frame.to + 1e-9;
  }

  drawCursor(context, bands) {
    const { frame, hand } = this;
    const floor = frame.height - AXIS;
    context.fillStyle = this.palette.strong;
    if (hand.playhead && this.pointer) this.drawHair(context, this.pointer.x, floor);
    if (!this.seen) return;
    const x = frame.x(this.time);
    if (!hand.playhead) this.drawHair(context, x, floor);
    else {
      context.fillRect(x - 1, 0, 2, floor + 4);
      context.beginPath();
      for (const [dx, dy] of [
        [-5, 0],
        [5, 0],
        [5, 4],
        [0, 9],
        [-5, 4],
      ])
        context.lineTo(x + dx, dy);
      context.fill();
    }
    if (!this.roomy && hand.playhead) return;
    for (const band of bands) dot(context, frame, band, this.curves, this.time, { color: this.color(band.emotion), card: this.palette.card });
  }

  drawHair(context, x, floor) {
    context.globalAlpha = 0.4;
    context.fillRect(Math.round(x), TOP, 1, floor - TOP);
    context.globalAlpha = 1;
  }

  drawMoments(context, alone) {
    const floor = this.frame.height - AXIS;
    for (const [i, moment] of this.moments.entries()) {
      const emotion = this.curves.scheme.indexOf(moment.emotion);
      const x = this.frame.x(moment.seconds);
      if (!this.shown.has(emotion) || x < this.frame.left || x > this.frame.right) continue;
      context.fillStyle = this.color(emotion);
      context.globalAlpha = alone === null || alone === emotion ? 1 : 0.3;
      drawMark(context, moment.kind, x, floor, i === this.chosen ? 9 : 6);
    }
    context.globalAlpha = 1;
  }

  /** Index of the moment whose mark is at a point; -1 for none. */
  momentAt({ x, y: down }) {
    if (Math.abs(down - (this.frame.height - AXIS)) > ON_MARK) return -1;
    const far = (moment) => (this.shown.has(this.curves.scheme.indexOf(moment.emotion)) ? Math.abs(this.frame.x(moment.seconds) - x) : Infinity);
    const nearest = this.moments.map((moment, i) => [far(moment), i]).sort(([a], [b]) => a - b)[0];
    return nearest && nearest[0] <= ON_MARK ? nearest[1] : -1;
  }

  /** Handles a click: on a mark it selects the moment, elsewhere it seeks. */
  press(point) {
    const moment = this.momentAt(point);
    if (moment >= 0) this.dispatchEvent(new CustomEvent('moment', { detail: moment }));
    else this.dispatchEvent(new CustomEvent('seek', { detail: this.secondsAt(point.x) }));
  }

  /** Moves the playhead to a pixel, within what is in view. */
  scrub(x) {
    const { left, right } = this.frame;
    this.dispatchEvent(new CustomEvent('scrub', { detail: this.secondsAt(Math.min(right, Math.max(left, x))) }));
  }

  /** The time under a pixel in seconds, limited to the length of the curves. */
  secondsAt(x) {
    return Math.min(this.curves.duration, Math.max(0, this.frame.seconds(x)));
  }

  /** When zoomed in, shows which part of the whole is visible. */
  drawScrollBar(context) {
    if (this.whole) return;
    const { left, width, height, from, to } = this.frame;
    context.fillStyle = this.palette.line;
    context.fillRect(left, height - 3, width, 3);
    context.fillStyle = this.palette.ink;
    context.fillRect(left + (from / this.length) * width, height - 3, Math.max(8, ((to - from) / this.length) * width), 3);
  }

  /** The band of the highlighted curve: chosen by its name, or nearest to the pointer. */
  emphasised(bands) {
    if (this.emphasis !== null) return bands.find((band) => band.emotion === this.emphasis);
    const { pointer } = this;
    if (!pointer) return undefined;
    if (this.lanes) return bands.find((band) => pointer.y >= band.top - 2 && pointer.y < band.bottom + 2);
    const seconds = this.frame.seconds(pointer.x);
    const far = (band) => Math.abs(y(band, this.curves.at(band.emotion, seconds)) - pointer.y);
    return bands.filter((band) => far(band) < NEAR).sort((a, b) => far(a) - far(b))[0];
  }
}
