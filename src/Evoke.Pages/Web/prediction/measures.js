// The video in a few numbers: each with what it is compared to, or why there is nothing to compare it to.
import { clock } from '../curves/clock.js';
import { $, element } from '../curves/dom.js';
import { spanText } from '../curves/moments.js';
import { digitsFor, number } from '../curves/number.js';

/** Means and peaks of every curve are in the table of numbers. */
const inTable = ({ key }) => key.startsWith('mean.') || key.startsWith('peak.');

/** Keeps a number and its unit on one line. */
const bound = (text) => text.replace(/(\d) /g, '$1\u00a0');

/** A value and its unit: ["0.41", ""], ["75", "%"], ["−23.0", "dB"], ["6.0", "s"]. */
const parts = (value, { unit, curveValue }) => (unit === 'share' ? [number(100 * value, 0), '%'] : [number(value, curveValue ? digitsFor(value, 2) : 1), unit]);

const valueText = (value, measure) => bound(parts(value, measure).filter(Boolean).join(' '));

/** "0:14 – 0:17, highest at 0:15"; empty for a number of the whole video. */
function whenText({ startSeconds, endSeconds, atSeconds }) {
  const span = startSeconds === null ? '' : spanText({ startSeconds, endSeconds });
  const at = atSeconds === null ? '' : `highest at ${clock(atSeconds, 1)}`;
  return [span, at].filter(Boolean).join(', ');
}

/** "higher than 82 % of 214 videos"; for the lowest and the highest in words. */
function standingText({ percentile, normVideos }) {
  if (percentile === 0) return `lower than all ${normVideos} videos`;
  if (percentile === 100) return `higher than all ${normVideos} videos`;
  return `higher than ${number(percentile, 0)} % of ${normVideos} videos`;
}

function card(measure) {
  const { reference, percentile, noStanding } = measure;
  const [value, unit] = parts(measure.value, measure);
  return element(
    'li',
    { class: 'measure', 'data-key': measure.key },
    element('span', { class: 'name' }, bound(measure.curve && !measure.name.includes(measure.curve) ? `${measure.name} (${measure.curve})` : measure.name)),
    element('span', { class: 'value' }, value, unit && element('small', {}, `\u00a0${unit}`)),
    element('span', { class: 'when' }, whenText(measure)),
    reference && element('span', { class: 'against' }, `${reference.name}: ${valueText(reference.value, measure)}`),
    percentile !== null && element('span', { class: 'standing' }, bound(standingText(measure))),
    noStanding !== null && element('span', { class: 'against' }, `no percentile: ${noStanding}`),
  );
}

/** Shows the measures; reasons that all of them share are given once. */
export function drawMeasures(summary) {
  $('summary-section').hidden = !summary;
  if (!summary) return;
  const shown = summary.measures.filter((measure) => !inTable(measure));
  const [first] = shown;
  const shared = shown.length > 1 && first.noStanding !== null && shown.every(({ noStanding }) => noStanding === first.noStanding);
  $('summary-note').textContent =
    summary.norm === null
      ? 'There is no norm: nothing here says whether a number is high or low among other videos.'
      : shared
        ? `There are no percentiles among ${summary.norm}: ${first.noStanding}.`
        : `Percentiles are among ${summary.norm}, without this video.`;
  $('summary').replaceChildren(...shown.map((measure) => card(shared ? { ...measure, noStanding: null } : measure)));
  const missing = summary.missing.filter((measure) => !inTable(measure));
  $('missing-section').hidden = missing.length === 0;
  $('missing').replaceChildren(...missing.map(({ name, reason }) => element('li', {}, `${name}: ${reason}`)));
}
