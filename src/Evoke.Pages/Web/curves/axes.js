// The labels around curves: times, round values and names.
import { clock } from './clock.js';
import { y } from './frame.js';
import { number, rangeText } from './number.js';

export const AXIS = 20;
export const TOP = 6;
export const LANE_MARGIN = { left: 98, right: 82 };
export const FACE = 'system-ui, "DejaVu Sans", sans-serif';

const FONT = `11px ${FACE}`;
const TIME_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const LONGEST_TIME_STEP = 14400;
const NAMED_LANE = 11;
const MEASURED_LANE = 16;

/** The time axis along the bottom, with a faint vertical line at each tick. */
export function timeAxis(context, frame, { ink, grid }) {
  const wanted = frame.span / Math.max(2, frame.width / 90);
  const step = TIME_STEPS.find((s) => s >= wanted) ?? LONGEST_TIME_STEP;
  context.font = FONT;
  context.textBaseline = 'alphabetic';
  for (let k = Math.ceil(frame.from / step - 1e-9); k * step <= frame.to + 1e-9; k++) {
    const t = k * step;
    const x = Math.min(frame.right - 1, Math.round(frame.x(t)));
    context.fillStyle = grid;
    context.fillRect(x, TOP, 1, frame.height - AXIS - TOP);
    context.fillStyle = ink;
    context.textAlign = x < 18 ? 'left' : x > frame.right - 18 ? 'right' : 'center';
    context.fillText(clock(t, step < 1 ? 1 : 0), x, frame.height - 6);
  }
  context.textAlign = 'start';
}

/** The value ticks of a band: round numbers and their positions. */
function marks(band) {
  const [low, high] = band.range;
  const wanted = (high - low) / Math.max(1, (band.bottom - band.top) / 42);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= wanted);
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  const made = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9; k++) made.push({ text: number(k * step, digits), at: Math.round(y(band, k * step)) });
  return made;
}

/** Faint horizontal lines at the value ticks, drawn under the curves. */
export function valueLines(context, frame, band, { grid }) {
  context.fillStyle = grid;
  for (const { at } of marks(band)) context.fillRect(frame.left, at, frame.width, 1);
}

/** The value labels at one side of a band, drawn over the curves so that they stay readable. */
export function valueLabels(context, frame, band, { ink, card }, side = 'left') {
  const x = side === 'left' ? frame.left + 3 : frame.right - 3;
  for (const { text, at } of marks(band)) label(context, text, x, Math.max(band.top + 6, at), { ink, card }, side);
}

/** Labels "highest" and "lowest" for many curves, each drawn to its own range: numbers would not apply to all of them. */
export function ends(context, frame, band, { ink, card }) {
  label(context, 'highest', frame.left + 3, band.top + 6, { ink, card });
  label(context, 'lowest', frame.left + 3, band.bottom - 6, { ink, card });
}

/** Says that the curves are stretched, and of a single curve from what to what: such a plot shows when a curve moves, not how much. */
export function stretched(context, frame, bands, { ink, card }) {
  const what = bands.length === 1 ? rangeText(bands[0].range) : 'each from its own lowest to its own highest';
  label(context, `stretched: ${what}`, (frame.left + frame.right) / 2, TOP + 7, { ink, card }, 'center');
}

/** A lane's name and range: beside the curve if there is a margin, else on top of it. */
export function laneLabels(context, frame, band, name, { ink, card }) {
  const room = band.bottom - band.top;
  const middle = (band.top + band.bottom) / 2;
  const range = rangeText(band.range);
  if (room >= NAMED_LANE) label(context, name, 3, middle, { ink, card });
  if (room >= MEASURED_LANE) label(context, range, frame.right + LANE_MARGIN.right - 3, middle, { ink, card }, 'right');
}

/** Small words on a ground of their own, so that no curve runs through them. */
export function label(context, text, x, middle, { ink, card }, align = 'left') {
  context.save();
  context.font = FONT;
  context.textAlign = align;
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 6;
  context.globalAlpha = 0.82;
  context.fillStyle = card;
  context.fillRect(align === 'left' ? x - 3 : align === 'center' ? x - width / 2 : x - width + 3, middle - 7, width, 14);
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.fillText(text, x, middle + 0.5);
  context.restore();
}
