// The moments (cards with a picture, a time and the contributions of picture and sound), the summary, and the model.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, dark, element } from './curves/dom.js';
import { momentCard } from './curves/moments.js';
import { digitsFor, number, signed } from './curves/number.js';

const THUMBNAIL = 184;

/** Empties the list. Pictures that are still on their way are cancelled: a removed image goes on loading. */
export function clearMoments() {
  for (const picture of $('moment-list').querySelectorAll('img')) picture.removeAttribute('src');
  $('moment-list').replaceChildren();
}

export function drawMoments(video, result, play) {
  const { moments } = result.details;
  $('moments-empty').hidden = moments.length > 0;
  $('moments-empty').textContent = 'Nothing stands out: the curves are flat.';
  $('why-line').hidden = !moments.some((moment) => typeof moment.fromPicture === 'number');
  clearMoments();
  $('moment-list').append(...moments.map((moment, i) => element('li', {}, card(video, result, moment, i, play))));
}

function card(video, result, moment, index, play) {
  const style = result.styles[result.scheme.indexOf(moment.emotion)];
  const picture = video.hasPicture
    ? element('img', { src: api.thumbnailUrl(video.id, moment.seconds, THUMBNAIL), alt: '', loading: 'lazy', width: 92, height: 58 })
    : null;
  const most = Math.max(1e-6, ...result.details.moments.flatMap(({ fromPicture, fromSound }) => [Math.abs(fromPicture ?? 0), Math.abs(fromSound ?? 0)]));
  const more = typeof moment.fromPicture === 'number' ? why(moment, most) : null;
  return momentCard(moment, { color: dark() ? style.onDark : style.onLight, picture, more, onclick: () => play(index) });
}

/**
 * Two bars from a centre line: to the right if the value is higher than with the video's average picture or sound, to the left if it is lower.
 * `most` is the longest bar of all cards.
 */
function why(moment, most) {
  const bar = (name, value) => {
    const fill = element('span', { class: 'fill' }),
      share = (Math.abs(value) / most) * 50,
      text = signed(value, digitsFor(most, 2));
    fill.style.left = `${value >= 0 ? 50 : 50 - share}%`;
    fill.style.width = `${share}%`;
    return [
      element('span', {}, name),
      element(
        'span',
        {
          class: 'track',
          role: 'img',
          'aria-label': `${text} than with this video’s average ${name}`,
          title: `${text} than with this video’s average ${name}`,
        },
        fill,
      ),
      element('output', { 'aria-hidden': 'true' }, text),
    ];
  };
  return element('span', { class: 'why' }, ...bar('picture', moment.fromPicture), ...bar('sound', moment.fromSound));
}

export function drawSummary(result) {
  $('summary').hidden = false;
  const cell = (row, value, title) => element('td', { title }, number(value, digitsFor(row.peak, 2)));
  $('summary-body').replaceChildren(
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...['emotion', 'opening', 'middle', 'end', 'peak'].map((text) => element('th', { scope: 'col' }, text)))),
      element(
        'tbody',
        {},
        ...result.details.summary.map((row) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, row.emotion),
            cell(row, row.opening),
            cell(row, row.middle),
            cell(row, row.end),
            cell(row, row.peak, `at ${clock(row.peakSeconds)}`),
          ),
        ),
      ),
    ),
  );
}

const MEASURES = {
  pearson: 'Pearson correlation',
  pearson_detected_only: 'Pearson correlation, rows with a detected face',
  ccc: 'concordance correlation (CCC)',
};

/** In a few words: what a model predicts. */
export const knows = ({ scheme }) => (scheme.length > 5 ? `${scheme.length} emotions` : scheme.join(', '));

/** In a sentence: how far its curves may be trusted. */
export function worth({ scores, memberPearson, trainedOn }) {
  // Whose labels these are only the model's file knows: those of made films are no viewer's.
  const labels = trainedOn ? `the labels of its validation videos (${trainedOn})` : 'the labels of its validation videos';
  if (scores.pearson !== undefined) return `Its Pearson correlation with ${labels} is ${number(scores.pearson)} (1 is perfect, 0 is chance).`;
  if (!memberPearson) return 'No score on labelled videos is stored with it.';
  const range = `${memberPearson.least.toFixed(3)} to ${memberPearson.greatest.toFixed(3)}`;
  return `The Pearson correlation of each member with ${labels} is ${range} (1 is perfect, 0 is chance).`;
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

export function drawAbout(result) {
  const { model, warnings } = result.details,
    list = Object.entries(model.scores);
  $('about').hidden = false;
  $('about-body').replaceChildren(
    ...warnings.map((text) => element('p', { class: 'notice' }, sentence(text))),
    element('p', {}, element('b', {}, model.name), ` — ${sentence(model.description)}`),
    ...(model.members > 1
      ? [element('p', {}, `The band around a curve is the spread over its ${model.members} networks: where it is wide, they disagree.`)]
      : []),
    ...(model.trainedOn ? [element('p', {}, `Trained on ${model.trainedOn}.`)] : []),
    ...(list.length
      ? [
          element('dl', {}, ...list.flatMap(([name, value]) => [element('dt', {}, MEASURES[name] ?? name), element('dd', {}, number(value))])),
          element('p', {}, '1 is perfect agreement with the labels, 0 is chance.'),
        ]
      : [element('p', {}, worth(model))]),
  );
}
