// How well a prediction agrees with what viewers said: a row for each curve that has labels.
import { element } from './dom.js';
import { number } from './number.js';

/** What the last column says, in words. */
export const CEILING =
  'One rater: the mean correlation of a rater with the mean of the others, and with the mean of all raters. A prediction between the two agrees with the labels as well as a rater does.';

const ceiling = ({ ceilingLow, ceilingHigh }, digits) =>
  typeof ceilingLow === 'number' && typeof ceilingHigh === 'number' ? `${number(ceilingLow, digits)} to ${number(ceilingHigh, digits)}` : 'n/a';

/** True if the noise ceiling of a curve is known: for that it takes two raters. */
export const hasCeiling = (scores) => scores.some(({ ceilingLow }) => typeof ceilingLow === 'number');

/**
 * The head and the body of the table. `scores` have the name of their curve in `emotion`. With `brief`, how many rows and raters there are is told in the
 * title of each row, and numbers have two decimals.
 */
export function agreementTable(scores, { brief = false } = {}) {
  const rated = scores.some(({ raters }) => typeof raters === 'number');
  const digits = brief ? 2 : 3;
  const columns = [
    ['Pearson', ({ pearson }) => number(pearson ?? Number.NaN, digits)],
    ['CCC', ({ ccc }) => number(ccc ?? Number.NaN, digits)],
    ...(brief ? [] : [['rows', ({ rows }) => String(rows)]]),
    ...(rated && !brief ? [['raters', ({ raters }) => String(raters ?? '–')]] : []),
    ...(rated ? [[brief ? 'one rater' : 'one rater: Pearson', (score) => ceiling(score, digits)]] : []),
  ];
  const head = element('tr', {}, ...['emotion', ...columns.map(([name]) => name)].map((text) => element('th', { scope: 'col' }, text)));
  const body = scores.map((score) =>
    element(
      'tr',
      { title: brief && `${score.rows} rows${typeof score.raters === 'number' ? `, ${score.raters} ${score.raters === 1 ? 'rater' : 'raters'}` : ''}` },
      element('th', { scope: 'row' }, score.emotion),
      ...columns.map(([, text]) => element('td', {}, text(score))),
    ),
  );
  return [element('thead', {}, head), element('tbody', {}, ...body)];
}
