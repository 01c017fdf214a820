// Summary statistics of each emotion, and the table that shows them.
import { clock } from '../curves/clock.js';
import { $, element } from '../curves/dom.js';
import { number } from '../curves/number.js';

const HEADS = ['emotion', 'scale', 'mean', 'deviation', 'lowest', 'highest', 'highest at'];

/** Mean, population standard deviation, lowest and highest value, and the time of the highest in seconds; gaps are skipped. */
export function statistics(values, rate) {
  const known = values.filter(Number.isFinite);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const square = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  return { low, high, mean, deviation: Math.sqrt(square / known.length), at: Math.max(0, values.indexOf(high)) / rate };
}

/** "−1 to 1", with the unit if there is one. */
export const scaleText = ({ low, high, unit }) => [`${low} to ${high}`.replaceAll('-', '−'), unit].filter(Boolean).join(' ');

export function drawNumbers(curves, all) {
  const { scheme, scales } = curves;
  const head = element('tr', {}, ...HEADS.map((text) => element('th', { scope: 'col' }, text)));
  const cells = (s, e) =>
    [scaleText(scales[e]), ...[s.mean, s.deviation, s.low, s.high].map((value) => number(value, curves.digits(e))), clock(s.at, 1)].map((text) =>
      element('td', {}, text),
    );
  const rows = all.map((s, e) => element('tr', {}, element('th', { scope: 'row' }, scheme[e]), ...cells(s, e)));
  $('numbers').replaceChildren(element('thead', {}, head), element('tbody', {}, ...rows));
}
