// How well the prediction agrees with what viewers said: one row for each emotion that has labels.
import { $, element } from '../curves/dom.js';
import { number } from '../curves/number.js';

const HEADS = ['emotion', 'Pearson', 'CCC', 'rows'];
const RATED = ['raters', 'one rater: Pearson'];

export function drawViewers(comparison, scheme) {
  $('viewers-section').hidden = !comparison;
  if (!comparison) return;
  const { source, scores } = comparison;
  const rated = scores.some(({ raters }) => raters !== null);
  $('viewers-source').textContent = `Labels: ${source}.`;
  $('viewers-ceiling').hidden = !scores.some(({ ceilingLow }) => ceilingLow !== null);
  const head = element('tr', {}, ...[...HEADS, ...(rated ? RATED : [])].map((text) => element('th', { scope: 'col' }, text)));
  const rows = scores.map((score) => {
    const cells = [number(score.pearson ?? Number.NaN), number(score.ccc ?? Number.NaN), String(score.rows)];
    if (rated) cells.push(String(score.raters ?? '–'), ceiling(score));
    return element('tr', {}, element('th', { scope: 'row' }, scheme[score.emotion]), ...cells.map((text) => element('td', {}, text)));
  });
  $('viewers').replaceChildren(element('thead', {}, head), element('tbody', {}, ...rows));
}

const ceiling = ({ ceilingLow, ceilingHigh }) => (ceilingLow === null || ceilingHigh === null ? '–' : `${number(ceilingLow)} to ${number(ceilingHigh)}`);
