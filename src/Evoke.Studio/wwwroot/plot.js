// How curves, axes and bands are drawn. Everything is given the context, the view and the place; nothing here knows of clicks or clocks.
import { clock } from './dom.js';

export const AXIS = 20, TOP = 6, LANE_MARGIN = { left: 98, right: 82 };
const FONT = '11px system-ui, "DejaVu Sans", sans-serif', TIME_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
const NAMED_LANE = 11, MEASURED_LANE = 16, WIDEST_SMOOTHING = 10, DENSE_STEP = 2, DENSE = 2, DENSE_IN_MOTION = 0.5;

/** What is seen: seconds `from` to `to` between the pixels `left` and `right` of a canvas. */
export class Frame {
  constructor(view, width, height, margin = { left: 0, right: 0 }) {
    Object.assign(this, { from: view.from, to: view.to, height, left: margin.left, right: width - margin.right });
  }
  get span() { return this.to - this.from; }
  get width() { return this.right - this.left; }
  /** How far across a pixel lies: 0 at the left, 1 at the right. */
  share(x) { return (x - this.left) / this.width; }
  x(seconds) { return this.left + (seconds - this.from) / this.span * this.width; }
  seconds(x) { return this.from + this.share(x) * this.span; }
}

export function y(band, value) {
  const [low, high] = band.range;
  return band.bottom - (value - low) / (high - low) * (band.bottom - band.top);
}

/** The clock along the bottom, with a faint line upwards at each mark. */
export function timeAxis(context, frame, { ink, grid }) {
  const wanted = frame.span / Math.max(2, frame.width / 90), step = TIME_STEPS.find((s) => s >= wanted) ?? 14400;
  context.font = FONT;
  context.textBaseline = 'alphabetic';
  for (let k = Math.ceil(frame.from / step - 1e-9); k * step <= frame.to + 1e-9; k++) {
    const t = k * step, x = Math.min(frame.right - 1, Math.round(frame.x(t)));
    context.fillStyle = grid;
    context.fillRect(x, TOP, 1, frame.height - AXIS - TOP);
    context.fillStyle = ink;
    context.textAlign = x < 18 ? 'left' : x > frame.right - 18 ? 'right' : 'center';
    context.fillText(clock(t, step < 1 ? 1 : 0), x, frame.height - 6);
  }
  context.textAlign = 'start';
}

/** Round numbers up a band, and where they lie. */
function marks(band) {
  const [low, high] = band.range, wanted = (high - low) / Math.max(1, (band.bottom - band.top) / 42), power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= wanted), digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)), made = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9; k++) made.push({ text: (k * step).toFixed(digits), at: Math.round(y(band, k * step)) });
  return made;
}

/** Faint lines across a band at round numbers: under the curves. */
export function valueLines(context, frame, band, { grid }) {
  context.fillStyle = grid;
  for (const { at } of marks(band)) context.fillRect(frame.left, at, frame.width, 1);
}

/** The round numbers up a side of a band: over the curves, so that none runs through them. */
export function valueLabels(context, frame, band, { ink, card }, side = 'left') {
  for (const { text, at } of marks(band)) label(context, text, side === 'left' ? frame.left + 3 : frame.right - 3, Math.max(band.top + 6, at), { ink, card }, side);
}

/** A lane's name and the range that it spans: beside the curve where there is a margin, else upon it. */
export function laneLabels(context, frame, band, name, { ink, card }) {
  const room = band.bottom - band.top, middle = (band.top + band.bottom) / 2, ends = band.range.map((value) => value.toFixed(2)).join(' – ');
  if (room >= NAMED_LANE) label(context, name, 3, middle, { ink, card });
  if (room >= MEASURED_LANE) label(context, ends, frame.right + LANE_MARGIN.right - 3, middle, { ink, card }, 'right');
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
  context.fillRect(align === 'left' ? x - 3 : x - width + 3, middle - 7, width, 14);
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.fillText(text, x, middle + 0.5);
  context.restore();
}

/**
 * One curve in its band. Where many rows share a pixel the line is their mean, smoother the farther one is away,
 * and with `envelope` a shade reaches from their least to their greatest value, so that no peak is lost at any zoom.
 * `quick` is for many curves in motion: fewer points, no dashes, and lines of a pixel, which are drawn without being made into shapes first. Only so are they in time for every frame.
 */
export function curve(context, frame, band, curves, { color, alpha = 1, width = 1.7, dash = [], fill = false, envelope = false, quick = false }) {
  const first = Math.max(0, Math.floor(frame.from * curves.rate)), last = Math.min(curves.rows - 1, Math.ceil(frame.to * curves.rate));
  const perPixel = frame.span / frame.width, rowsPerPixel = perPixel * curves.rate, end = Math.min(frame.right, frame.x(curves.duration));
  if (last <= first) return;
  within(context, frame, band, () => {
    context.fillStyle = context.strokeStyle = color;
    const dense = rowsPerPixel > (quick ? DENSE_IN_MOTION : DENSE);
    if (dense && envelope) {
      const extremes = Array.from({ length: Math.max(1, Math.floor(end - frame.left)) }, (_, i) => curves.extremes(band.emotion, frame.seconds(frame.left + i), frame.seconds(frame.left + i + 1)));
      context.beginPath();
      for (let i = 0; i < extremes.length; i++) context.lineTo(frame.left + i, y(band, extremes[i][1]));
      for (let i = extremes.length - 1; i >= 0; i--) context.lineTo(frame.left + i, y(band, extremes[i][0]));
      context.globalAlpha = 0.2 * alpha;
      context.fill();
    }
    context.beginPath();
    if (dense) {
      const half = perPixel * Math.min(WIDEST_SMOOTHING, Math.max(0, rowsPerPixel - 1)) / 2;
      for (let x = frame.left; x < end + DENSE_STEP; x += DENSE_STEP) context.lineTo(x, y(band, curves.mean(band.emotion, frame.seconds(x) - half, frame.seconds(x) + half)));
    } else {
      const column = curves.columns[band.emotion];
      for (let row = first; row <= last; row++) context.lineTo(frame.x(row / curves.rate), y(band, column[row]));
    }
    context.globalAlpha = alpha;
    context.lineJoin = quick ? 'bevel' : 'round';
    context.lineWidth = quick ? 1 : width;
    context.setLineDash(quick ? [] : dash);
    context.stroke();
    if (fill) {
      context.lineTo(dense ? end : frame.x(last / curves.rate), band.bottom);
      context.lineTo(dense ? frame.left : frame.x(first / curves.rate), band.bottom);
      context.globalAlpha = 0.14 * alpha;
      context.fill();
    }
  });
}

/** How far an ensemble's members disagree: a shade about the curve. */
export function spread(context, frame, band, curves, color) {
  const mean = curves.columns[band.emotion], deviation = curves.spread[band.emotion];
  const first = Math.max(0, Math.floor(frame.from * curves.rate)), last = Math.min(curves.rows - 1, Math.ceil(frame.to * curves.rate));
  const stride = Math.max(1, Math.floor((last - first) / frame.width));
  within(context, frame, band, () => {
    context.beginPath();
    for (let row = first; row <= last; row += stride) context.lineTo(frame.x(row / curves.rate), y(band, mean[row] + deviation[row]));
    for (let row = last; row >= first; row -= stride) context.lineTo(frame.x(row / curves.rate), y(band, mean[row] - deviation[row]));
    context.globalAlpha = 0.2;
    context.fillStyle = color;
    context.fill();
  });
}

function within(context, frame, band, draw) {
  context.save();
  context.beginPath();
  context.rect(frame.left, band.top - 2, frame.width, band.bottom - band.top + 4);
  context.clip();
  draw();
  context.restore();
}
