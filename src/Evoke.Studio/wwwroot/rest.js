// Below the curves: a strip of all emotions, and a small lane with its own value for each emotion that is not among the curves.
import { $, element } from './curves/dom.js';
import { Frame, fit } from './curves/frame.js';
import { drawHeat } from './curves/heat.js';
import { number } from './curves/number.js';
import { curve } from './curves/plot.js';

const FEW = 6; // so many emotions are all among the curves at first: what is then switched off is meant to be out of sight

export class Rest {
  constructor(timeline, toggle) {
    this.timeline = timeline;
    this.toggle = toggle;
    this.rows = new Map(); // by emotion
    timeline.addEventListener('drawn', () => this.draw());
    timeline.addEventListener('cursor', () => this.drawValues());
  }

  draw() {
    const { timeline } = this;
    const { curves } = timeline;
    const many = curves.scheme.length > FEW;
    $('heat').hidden = $('rest').hidden = !many;
    if (!many) return;
    $('heat').style.setProperty('--rows', curves.scheme.length);
    drawHeat($('heat'), timeline);
    const rest = [...curves.scheme.keys()].filter((e) => !timeline.shown.has(e));
    const key = `${document.documentElement.dataset.theme} ${curves.scheme} ${rest}`;
    if ($('rest').dataset.key !== key) this.fill(rest, key);
    for (const [e, { canvas }] of this.rows) this.drawLane(e, canvas);
  }

  fill(rest, key) {
    const { curves } = this.timeline;
    this.rows = new Map(
      rest.map((e) => {
        const canvas = element('canvas', { role: 'img', 'aria-label': `${curves.scheme[e]}, on its own range` });
        const output = element('output', { 'aria-live': 'off' });
        const name = element('button', { title: 'Show among the curves', onclick: () => this.toggle(e) }, curves.scheme[e]);
        return [e, { canvas, output, row: element('li', { mark: this.timeline.color(e) }, name, canvas, output) }];
      }),
    );
    $('rest').dataset.key = key;
    $('rest').replaceChildren(...[...this.rows.values()].map(({ row }) => row));
    this.drawValues();
  }

  drawLane(emotion, canvas) {
    const { timeline } = this;
    const { clientWidth: width, clientHeight: height } = canvas;
    const context = fit(canvas, width, height);
    const band = { emotion, range: timeline.curves.ranges[emotion], top: 2, bottom: height - 2 };
    const quick = timeline.moving;
    curve(context, new Frame(timeline.view, width, height), band, timeline.curves, { color: timeline.color(emotion), width: 1.2, fill: !quick, quick });
  }

  drawValues() {
    const { curves, time } = this.timeline;
    for (const [e, { output }] of this.rows) output.textContent = number(curves.at(e, time), curves.digits(e));
  }
}
