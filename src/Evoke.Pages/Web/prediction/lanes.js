// Each emotion in its own row: its name shows or hides it in the plot above, its curve is drawn to its own range, and its number is the mean or the value
// at the cursor.
import { point } from '../curves/brushing.js';
import { clock } from '../curves/clock.js';
import { $, element } from '../curves/dom.js';
import { Frame, fit } from '../curves/frame.js';
import { number } from '../curves/number.js';
import { curve, labelBand, labelLine, spread } from '../curves/plot.js';

const TOP = 5;
const BOTTOM = 6;
const FAINT = 0.55;

export class Lanes {
  constructor(timeline, statistics, choice) {
    this.timeline = timeline;
    this.statistics = statistics;
    this.choice = choice;
    this.list = $('lanes');
    this.rows = timeline.curves.scheme.map((name, e) => this.row(name, e));
    this.hair = element('div', { class: 'hair', hidden: true });
    this.list.append(...this.rows.map(({ row }) => row), this.hair);
  }

  row(name, e) {
    const { timeline, choice } = this;
    const { low, high, at } = this.statistics[e];
    const toggle = element(
      'button',
      { type: 'button', class: 'toggle', title: name, onclick: () => choice.toggle(e) },
      element('i'),
      element('span', {}, name),
    );
    const solo = element('button', { type: 'button', class: 'solo', 'aria-label': `Only ${name}`, onclick: () => choice.solo(e) }, 'only');
    const digits = timeline.curves.digits(e);
    const told = `${name}: from ${number(low, digits)} to ${number(high, digits)}, highest at ${clock(at, 1)}`;
    const canvas = element('canvas', { role: 'img', 'aria-label': told });
    const output = element('output', { 'aria-live': 'off' });
    const row = element('li', { class: 'lane' }, element('div', { class: 'lane-names' }, toggle, solo), canvas, output);
    row.addEventListener('pointerenter', () => timeline.emphasise(timeline.shown.has(e) ? e : null));
    row.addEventListener('pointerleave', () => timeline.emphasise(null));
    this.follow(canvas);
    return { row, toggle, solo, canvas, output };
  }

  /** Moves the cursor with the pointer over a lane. */
  follow(canvas) {
    const { timeline } = this;
    const follow = (event) => {
      const box = canvas.getBoundingClientRect();
      point(timeline, timeline.view.from + ((event.clientX - box.left) / box.width) * (timeline.view.to - timeline.view.from));
    };
    canvas.addEventListener('pointermove', follow);
    canvas.addEventListener('pointerdown', follow);
    canvas.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') point(timeline, null);
    });
  }

  /** Updates the button states at once; drawing waits for the next frame. */
  paint() {
    for (const [e, { row, toggle, solo }] of this.rows.entries()) {
      toggle.setAttribute('aria-pressed', String(this.timeline.shown.has(e)));
      solo.setAttribute('aria-pressed', String(this.choice.alone === e));
      row.style.setProperty('--mark', this.timeline.color(e));
    }
  }

  draw() {
    for (const e of this.rows.keys()) this.drawLane(e);
  }

  drawLane(e) {
    const { timeline } = this;
    const { curves } = timeline;
    const { canvas } = this.rows[e];
    const { clientWidth: width, clientHeight: height } = canvas;
    const context = fit(canvas, width, height);
    const frame = new Frame(timeline.view, width, height);
    const band = { emotion: e, range: curves.roomy[e], top: TOP, bottom: height - BOTTOM };
    const color = timeline.color(e);
    const alpha = timeline.shown.has(e) ? 1 : FAINT;
    context.fillStyle = timeline.palette.grid;
    context.fillRect(0, height - 1, width, 1);
    if (curves.labelSpread) labelBand(context, frame, band, curves, timeline.palette);
    if (curves.spread) spread(context, frame, band, curves, color);
    if (curves.labels) labelLine(context, frame, band, curves, timeline.palette);
    curve(context, frame, band, curves, { color, alpha, width: 1.4, fill: !curves.spread, envelope: true });
  }

  /** Draws the numbers, and a line through all lanes at the cursor. */
  drawCursor() {
    const { timeline, hair } = this;
    const { seen, time, view, curves } = timeline;
    this.list.classList.toggle('live', seen);
    $('column').textContent = seen ? clock(time, 1) : 'mean';
    for (const [e, { output }] of this.rows.entries()) output.textContent = number(seen ? curves.at(e, time) : this.statistics[e].mean, curves.digits(e));
    hair.hidden = !seen;
    if (seen) hair.style.transform = `translateX(${((time - view.from) / (view.to - view.from)) * this.rows[0].canvas.clientWidth}px)`;
  }
}
