// The page of one prediction. All of its data is in the element 'data'.
import { brushing } from '../curves/brushing.js';
import { clock } from '../curves/clock.js';
import { Curves } from '../curves/curves.js';
import { $, dark, element, press, stroke } from '../curves/dom.js';
import { pictureAt } from '../curves/film.js';
import { drawHeat } from '../curves/heat.js';
import { markMoment, momentCard } from '../curves/moments.js';
import { Timeline } from '../curves/timeline.js';
import { Choice } from './choice.js';
import { drawFilm } from './film.js';
import { Lanes } from './lanes.js';
import { drawNumbers, statistics } from './statistics.js';
import { drawMeasures } from './summary.js';
import { drawViewers } from './viewers.js';

const FEW_LANES = 4;

/** The data is little-endian, and so is every machine that runs a browser today. */
const floats = (base64) => base64 && new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);

const data = JSON.parse($('data').textContent);
const curves = Curves.of(data, floats(data.values), floats(data.labels), floats(data.labelSpread));
const { scheme } = curves;
const other = data.other && Curves.of({ ...data, hasSpread: false }, floats(data.other.values)); // another cut, on the clock of this one
const narrow = matchMedia('(max-width: 759px)');
const system = matchMedia('(prefers-color-scheme: dark)');
let chosenTheme = null; // null follows the system

const timeline = new Timeline(brushing);
timeline.tip.pictureAt = (seconds) => pictureAt(data.thumbnails, seconds)?.src ?? null;

/* ---- text ---- */
$('heat').style.setProperty('--rows', scheme.length);
document.documentElement.classList.toggle('few', scheme.length <= FEW_LANES);
const grey = curves.labelSpread ? 'what viewers said, their mean and standard deviation' : 'the labels';
if (curves.labels) $('each-note').textContent += `; grey: ${grey}, with gaps where there are none`;
$('title').textContent = other ? `A · ${data.sourceName}` : data.sourceName;
$('other').hidden = !other;
$('other').textContent = other ? `compared by ${data.other.align} with B · ${data.other.sourceName}. Solid: A. Dotted: B. Below them: B − A.` : '';
$('meta').textContent = [
  clock(data.durationSeconds),
  `${scheme.length} ${scheme.length === 1 ? 'emotion' : 'emotions'} at ${+curves.rate.toFixed(2)} Hz`,
  `model ${data.model}`,
  data.recipe && `recipe ${data.recipe}`,
]
  .filter(Boolean)
  .join('  ·  ');
$('model').textContent = [data.description, data.encoders && `Features: ${data.encoders}.`].filter(Boolean).join(' ');
$('model').hidden = !$('model').textContent;
$('notices').hidden = !data.warnings.length;
$('notices').append(...data.warnings.map((text) => element('li', {}, text)));

/* ---- curves ---- */
timeline.show(curves, data.moments, other);
const known = curves.columns.map((values) => statistics(values, curves.rate));
const choice = new Choice(timeline, () => paint());
const lanes = new Lanes(timeline, known, choice);
drawNumbers(curves, known);
drawViewers(data.comparison, scheme);
drawMeasures(data.summary);

/* ---- moments ---- */
const picture = (moment) => {
  const { src } = pictureAt(data.thumbnails, moment.seconds) ?? {};
  return src ? element('img', { src, alt: `The picture at ${clock(moment.seconds, 1)}` }) : null;
};
$('moments-section').hidden = data.moments.length === 0;
function drawMoments() {
  const card = (moment, i) =>
    momentCard(moment, { color: timeline.color(scheme.indexOf(moment.emotion)), picture: picture(moment), onclick: () => choose(i, true) });
  $('moments').replaceChildren(...data.moments.map((moment, i) => element('li', {}, card(moment, i))));
  markMoment($('moments'), timeline.chosen);
}

function choose(i, scroll) {
  const moment = data.moments[i];
  const emotion = scheme.indexOf(moment.emotion);
  timeline.chosen = i;
  if (!timeline.shown.has(emotion)) choice.toggle(emotion);
  timeline.setTime(moment.seconds);
  timeline.reveal(moment.seconds);
  markMoment($('moments'), i);
  const box = timeline.plot.getBoundingClientRect();
  if (!scroll || (box.top >= 0 && box.bottom <= innerHeight)) return;
  timeline.plot.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

/* ---- button states change at once, also for screen readers; drawing waits for the next frame ---- */
function paint() {
  const isDark = chosenTheme ? chosenTheme === 'dark' : system.matches;
  const changed = isDark !== dark();
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  $('theme').textContent = isDark ? 'Light' : 'Dark';
  $('theme').setAttribute('aria-label', isDark ? 'Use light colours' : 'Use dark colours');
  $('theme').setAttribute('aria-pressed', String(isDark));
  if (changed || !$('moments').children.length) drawMoments();
  lanes.paint();
  $('legend').replaceChildren(...legend());
  timeline.redraw();
}

function legend() {
  const shown = [...timeline.shown].sort((a, b) => a - b);
  const entries = shown.map((e) => element('li', { mark: timeline.color(e) }, stroke(other ? [] : curves.styles[e].dash), element('span', {}, scheme[e])));
  if (timeline.labelled)
    entries.push(element('li', { mark: 'var(--soft)' }, stroke([]), element('span', {}, curves.labelSpread ? 'viewers, mean ± standard deviation' : 'label')));
  return entries;
}

/* ---- events ---- */
timeline.addEventListener('drawn', () => {
  $('whole').hidden = timeline.whole;
  lanes.draw();
  drawHeat($('heat'), timeline);
  drawFilm(data.thumbnails, timeline.view, narrow.matches);
});
timeline.addEventListener('cursor', () => lanes.drawCursor());
timeline.addEventListener('moment', (event) => choose(event.detail, false));
$('strongest').addEventListener('click', () => choice.show(choice.strongest));
$('all').addEventListener('click', () => choice.show(scheme.keys()));
$('none').addEventListener('click', () => choice.show([]));
$('scale').addEventListener('click', (event) => {
  if (!event.target.dataset.scale) return;
  press($('scale'), event.target);
  timeline.view.scale = event.target.dataset.scale;
  timeline.redraw();
});
$('whole').addEventListener('click', () => timeline.fit());
$('theme').addEventListener('click', () => {
  chosenTheme = dark() ? 'light' : 'dark';
  paint();
});
system.addEventListener('change', paint);
choice.show(choice.strongest);
