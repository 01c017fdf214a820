// Moments: the same words, marks and cards on every page.
import { clock } from './clock.js';
import { element } from './dom.js';
import { digitsFor, number } from './number.js';

const SLACK_SECONDS = 0.2;
const MARKS = { peak: '▲', dip: '▼' };

/** From where a moment begins to where it ends, in tenths of a second where whole seconds would read "1:10 – 1:10"; empty for a single instant. */
export function spanText({ startSeconds, endSeconds }) {
  const ends = (digits) => [startSeconds, endSeconds].map((seconds) => clock(seconds, digits));
  const [from, to] = [0, 1].map(ends).find(([start, end]) => start !== end) ?? [];
  return from === undefined ? '' : `${from} – ${to}`;
}

/**
 * A button that jumps to a moment. It shows the emotion, kind and value, the time of the extreme, and the start and end.
 * `picture` is an image element or null; `more` is an element with further details, or null.
 */
export function momentCard(moment, { color, picture = null, more = null, onclick }) {
  const when = clock(moment.seconds, 1);
  const span = spanText(moment);
  return element(
    'button',
    {
      type: 'button',
      class: picture ? 'moment' : 'moment blind',
      mark: color,
      onclick,
    },
    picture,
    element(
      'span',
      { class: 'words' },
      element(
        'span',
        { class: 'what' },
        element('i'),
        element('span', { class: 'unseen' }, `${moment.kind} of `),
        element('span', { class: 'name' }, moment.emotion),
        element('span', { 'aria-hidden': 'true' }, MARKS[moment.kind]),
        element('span', { class: 'value' }, number(moment.value, digitsFor(moment.value, 2))),
      ),
      element('span', { class: 'when' }, element('span', {}, when), element('span', { title: 'From where it begins to where it ends' }, span)),
      more,
    ),
  );
}

/** The moment after (1) or before (-1) a time, in the order of the cards, for one who is at the moment `chosen`; -1 for none. */
export function nextMoment(moments, chosen, time, direction) {
  const at = moments[chosen];
  // As long as the time is within the chosen moment, its neighbour is next, though moments overlap.
  const within = at && time > at.startSeconds - SLACK_SECONDS && time < at.endSeconds + SLACK_SECONDS;
  if (direction > 0) {
    const left = within ? chosen : -1;
    const from = within || !at ? time - SLACK_SECONDS : time + SLACK_SECONDS;
    return moments.findIndex(({ seconds }, i) => i > left && seconds > from);
  }
  if (within && time < at.seconds + SLACK_SECONDS) return chosen - 1;
  return moments.findLastIndex(({ seconds }) => seconds < time - SLACK_SECONDS);
}

/** Highlights the card of one moment in a list and scrolls it into view if the list's own panel scrolls; -1 highlights none. */
export function markMoment(list, index) {
  for (const [i, button] of [...list.querySelectorAll('.moment')].entries()) {
    if (i === index) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
    if (i === index) bringIntoView(button);
  }
}

function bringIntoView(card) {
  const panel = card.closest('[data-scrolls]');
  if (!panel || panel.scrollHeight <= panel.clientHeight) return;
  const [inner, outer] = [card, panel].map((node) => node.getBoundingClientRect());
  const edge = 8;
  if (inner.top < outer.top) panel.scrollTop -= outer.top - inner.top + edge;
  else if (inner.bottom > outer.bottom) panel.scrollTop += inner.bottom - outer.bottom + edge;
}

/** Draws a triangle that points up for a peak and down for a dip. */
export function drawMark(context, kind, x, y, size) {
  const up = kind === 'peak' ? -size : size;
  context.beginPath();
  context.moveTo(x - size * 0.75, y - up / 2);
  context.lineTo(x + size * 0.75, y - up / 2);
  context.lineTo(x, y + up / 2);
  context.fill();
}
