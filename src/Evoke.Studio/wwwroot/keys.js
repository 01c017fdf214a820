// The keys: what each does, and the dialog that shows them all.
import { $, element } from './curves/dom.js';

const DIGITS = 9; // emotions 1 to 9 have a digit; those after them have Shift and the digits from 1 on
const MOST = 15;

const TABLE = [
  [
    'Playing',
    [
      [['Space'], 'Play, pause'],
      [['J', 'K', 'L'], 'Play backwards, stop, play forwards; again for faster'],
      [['M'], 'Sound on or off'],
      [['Shift', 'F'], 'Full screen'],
    ],
  ],
  [
    'Moving',
    [
      [['←', '→'], 'One second back, on; with Shift 5 seconds'],
      [[',', '.'], 'One frame back, on'],
      [['Home', 'End'], 'Beginning, end'],
      [['N', 'P'], 'Next, previous moment'],
    ],
  ],
  [
    'Curves',
    [
      [['1', '…', '9'], 'Only that emotion'],
      [['Shift', '1', '…', '6'], 'Only emotion 10 to 15'],
      [['0'], 'All emotions'],
      [['+', '−'], 'Zoom in, out'],
      [['F'], 'The whole video'],
    ],
  ],
  [
    'Page',
    [
      [['?'], 'These keys'],
      [['Esc'], 'Close what is open'],
    ],
  ],
];

/** The key of an emotion, as the dialog names it; empty for one that has none. */
export const keyOf = (emotion) => (emotion < DIGITS ? String(emotion + 1) : emotion < MOST ? `Shift+${emotion + 1 - DIGITS}` : '');

/**
 * The emotion, counted from 0, whose key was pressed; -1 for none. Digits are told by what they type, the others by their place on the keyboard: with
 * Shift they type '!' or a quote, and on a French keyboard it is the digits that need Shift.
 */
export function emotionOf(event) {
  if (/^[1-9]$/.test(event.key)) return Number(event.key) - 1;
  const place = /^Digit([1-6])$/.exec(event.code);
  return place ? DIGITS + Number(place[1]) - 1 : -1;
}

/** True where keys are what is typed, or move within a control that is open. */
export const types = (node) => node.closest('input:not([type="range"]), textarea, select, dialog, [role="menu"], [contenteditable]') !== null;

export function showKeys() {
  const row = ([keys, text]) =>
    element('div', {}, element('dt', {}, ...keys.map((key) => (key === '…' ? '…' : element('kbd', {}, key)))), element('dd', {}, text));
  $('all-keys').replaceChildren(...TABLE.map(([name, rows]) => element('section', {}, element('h3', {}, name), element('dl', {}, ...rows.map(row)))));
  $('keys-dialog').showModal();
}
