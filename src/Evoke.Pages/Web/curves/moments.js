// Moments: the same words, marks and cards on every page.
import { clock } from './clock.js';
import { element } from './dom.js';

const MARKS = { peak: '▲', dip: '▼' };

/**
 * A button that jumps to a moment. It shows the emotion, kind and value, the time of the extreme, and the start and end.
 * `picture` is an image element or null; `more` is an element with further details, or null.
 */
export function momentCard(moment, { color, picture = null, more = null, onclick }) {
  const when = clock(moment.seconds, 1);
  const span = `${clock(moment.startSeconds)} – ${clock(moment.endSeconds)}`;
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
        element('span', { class: 'value' }, moment.value.toFixed(2)),
      ),
      element('span', { class: 'when' }, element('span', {}, when), element('span', { title: 'From where it begins to where it ends' }, span)),
      more,
    ),
  );
}

/** Highlights the card of one moment in a list; -1 highlights none. */
export function markMoment(list, index) {
  for (const [i, button] of [...list.querySelectorAll('.moment')].entries()) {
    if (i === index) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
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
