// The video in a few numbers: each with what it is compared to, or why there is nothing to compare it to.
import { clock } from './clock.js';
import { element } from './dom.js';
import { spanText } from './moments.js';
import { digitsFor, number } from './number.js';

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

/** A number as a list item. Its `when` is a button that calls `seek` with the time, where there is one to go to. */
function card(measure, seek) {
  const { reference, percentile, noStanding } = measure;
  const [value, unit] = parts(measure.value, measure);
  const seconds = measure.atSeconds ?? measure.startSeconds;
  const when = whenText(measure);
  return element(
    'li',
    { class: 'measure', 'data-key': measure.key },
    element('span', { class: 'name' }, bound(measure.curve && !measure.name.includes(measure.curve) ? `${measure.name} (${measure.curve})` : measure.name)),
    element('span', { class: 'value' }, value, unit && element('small', {}, `\u00a0${unit}`)),
    seek && when
      ? element('button', { type: 'button', class: 'when', title: 'Go there', onclick: () => seek(seconds) }, when)
      : element('span', { class: 'when' }, when),
    reference && element('span', { class: 'against' }, `${reference.name}: ${valueText(reference.value, measure)}`),
    percentile !== null && element('span', { class: 'standing' }, bound(standingText(measure))),
    noStanding !== null && element('span', { class: 'against' }, `no percentile: ${noStanding}`),
  );
}

/**
 * A summary as a note on its percentiles, a card for each number, and a line for each number that the video does not have. A reason for having no
 * percentile that the first number gives is in the note if no number has one. `seek` goes to a time; without it cards have no buttons.
 */
export function summaryParts({ norm, measures, missing }, { seek = null } = {}) {
  const shown = measures.filter((measure) => !inTable(measure));
  const shared = shown.length > 1 && shown.every(({ noStanding }) => noStanding !== null) ? shown[0].noStanding : null;
  const note =
    norm === null
      ? 'There is no norm: nothing here says whether a number is high or low among other videos.'
      : shared !== null
        ? `There are no percentiles among ${norm}: ${shared}.`
        : `Percentiles are among ${norm}, without this video.`;
  return {
    note,
    cards: shown.map((measure) => card(measure.noStanding === shared ? { ...measure, noStanding: null } : measure, seek)),
    missing: missing.filter((measure) => !inTable(measure)).map(({ name, reason }) => element('li', {}, `${name}: ${reason}`)),
  };
}
