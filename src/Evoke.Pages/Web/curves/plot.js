// Draws curves and bands. The functions get the canvas context, the frame and the band, and hold no state.
import { strideOf, y } from './frame.js';

const WIDEST_SMOOTHING = 10;
const DENSE_STEP = 2;
const DENSE = 2;
const DENSE_IN_MOTION = 0.5;

/**
 * One curve in its band. Where many rows share a pixel, the line is their mean, smoother the farther the view is zoomed out.
 * With `envelope`, a shaded area covers their minimum to maximum, so that peaks stay visible at any zoom.
 * `quick` is for many moving curves: fewer points, no dashes, and one-pixel lines, which canvases draw without tessellation. This keeps up with the
 * frame rate.
 */
export function curve(context, frame, band, curves, { color, alpha = 1, width = 1.7, dash = [], fill = false, envelope = false, quick = false }) {
  const [first, last] = rowsSeen(frame, curves);
  if (last <= first) return;
  const perPixel = frame.span / frame.width;
  const dense = perPixel * curves.rate > (quick ? DENSE_IN_MOTION : DENSE);
  within(context, frame, band, () => {
    context.fillStyle = context.strokeStyle = color;
    if (dense && envelope) shade(context, frame, band, curves, 0.2 * alpha);
    const pieces = dense ? means(frame, band, curves, perPixel) : values(frame, band, curves.columns[band.emotion], curves.rate, first, last);
    line(context, pieces);
    context.globalAlpha = alpha;
    context.lineJoin = quick ? 'bevel' : 'round';
    context.lineWidth = quick ? 1 : width;
    context.setLineDash(quick ? [] : dash);
    context.stroke();
    if (fill) {
      under(context, pieces, band.bottom);
      context.globalAlpha = 0.14 * alpha;
      context.fill();
    }
  });
}

/** The labels, if known: a thin line with gaps where there are none. */
export function labelLine(context, frame, band, curves, { ink }) {
  const [first, last] = rowsSeen(frame, curves);
  const stride = strideOf(first, last, 4 * frame.width);
  within(context, frame, band, () => {
    line(context, values(frame, band, curves.labels[band.emotion], curves.rate, first, last, stride));
    context.globalAlpha = 0.8;
    context.lineWidth = 1;
    context.setLineDash([]);
    context.strokeStyle = ink;
    context.stroke();
  });
}

/** What the raters of the labels said: a grey area of their mean and standard deviation, with gaps where that is not known. */
export function labelBand(context, frame, band, curves, { ink }) {
  const mean = curves.labels[band.emotion];
  const deviation = curves.labelSpread[band.emotion];
  const [first, last] = rowsSeen(frame, curves);
  const stride = strideOf(first, last, 2 * frame.width);
  within(context, frame, band, () => {
    context.globalAlpha = 0.16;
    context.fillStyle = ink;
    let piece = [];
    for (let row = first; row <= last + stride; row += stride) {
      if (row <= last && Number.isFinite(mean[row] + deviation[row])) piece.push(row);
      else if (piece.length > 0) {
        context.beginPath();
        for (const at of piece) context.lineTo(frame.x(at / curves.rate), y(band, mean[at] + deviation[at]));
        for (const at of piece.reverse()) context.lineTo(frame.x(at / curves.rate), y(band, mean[at] - deviation[at]));
        context.fill();
        piece = [];
      }
    }
  });
}

/** The spread of an ensemble's members: a shaded area around the curve. */
export function spread(context, frame, band, curves, color) {
  const mean = curves.columns[band.emotion];
  const deviation = curves.spread[band.emotion];
  const [first, last] = rowsSeen(frame, curves);
  const stride = strideOf(first, last, frame.width);
  within(context, frame, band, () => {
    context.beginPath();
    for (let row = first; row <= last; row += stride) context.lineTo(frame.x(row / curves.rate), y(band, mean[row] + deviation[row]));
    for (let row = last; row >= first; row -= stride) context.lineTo(frame.x(row / curves.rate), y(band, mean[row] - deviation[row]));
    context.globalAlpha = 0.2;
    context.fillStyle = color;
    context.fill();
  });
}

/** A dot on a curve at a given time. */
export function dot(context, frame, band, curves, seconds, { color, card, radius = 3 }) {
  const value = curves.at(band.emotion, seconds);
  if (Number.isNaN(value)) return;
  context.beginPath();
  context.arc(frame.x(seconds), y(band, value), radius, 0, Math.PI * 2);
  context.fillStyle = color;
  context.strokeStyle = card;
  context.lineWidth = 1.5;
  context.stroke();
  context.fill();
}

const rowsSeen = (frame, curves) => [Math.max(0, Math.floor(frame.from * curves.rate)), Math.min(curves.rows - 1, Math.ceil(frame.to * curves.rate))];

/** Points as pixels, alternating x and y; a NaN y is a gap. */
function values(frame, band, column, rate, first, last, stride = 1) {
  const points = [];
  for (let row = first; row <= last; row += stride) points.push(frame.x(row / rate), y(band, column[row]));
  return points;
}

function means(frame, band, curves, perPixel) {
  const end = Math.min(frame.right, frame.x(curves.duration));
  const half = (perPixel * Math.min(WIDEST_SMOOTHING, Math.max(0, perPixel * curves.rate - 1))) / 2;
  const points = [];
  for (let x = frame.left; x < end + DENSE_STEP; x += DENSE_STEP) {
    const t = frame.seconds(x);
    points.push(Math.min(x, end), y(band, curves.mean(band.emotion, t - half, t + half)));
  }
  return points;
}

function line(context, points) {
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < points.length; i += 2) {
    if (Number.isNaN(points[i + 1])) drawing = false;
    else if (drawing) context.lineTo(points[i], points[i + 1]);
    else {
      context.moveTo(points[i], points[i + 1]);
      drawing = true;
    }
  }
}

/** Fills the area between a line and the bottom, for each unbroken piece separately. */
function under(context, points, bottom) {
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < points.length; i += 2) {
    if (!Number.isNaN(points[i + 1])) {
      if (!drawing) context.moveTo(points[i], bottom);
      context.lineTo(points[i], points[i + 1]);
      drawing = true;
    } else if (drawing) {
      context.lineTo(points[i - 2], bottom);
      drawing = false;
    }
  }
  if (drawing) context.lineTo(points.at(-2), bottom);
}

function shade(context, frame, band, curves, alpha) {
  const end = Math.min(frame.right, frame.x(curves.duration));
  context.globalAlpha = alpha;
  const columns = Math.max(1, Math.floor(end - frame.left));
  let piece = [];
  for (let i = 0; i <= columns; i++) {
    const [low, high] = i < columns ? curves.extremes(band.emotion, frame.seconds(frame.left + i), frame.seconds(frame.left + i + 1)) : [Infinity, -Infinity];
    if (low <= high) piece.push([frame.left + i, y(band, low), y(band, high)]);
    else if (piece.length > 0) {
      context.beginPath();
      for (const [x, , top] of piece) context.lineTo(x, top);
      for (const [x, bottom] of piece.reverse()) context.lineTo(x, bottom);
      context.fill();
      piece = [];
    }
  }
}

function within(context, frame, band, draw) {
  context.save();
  context.beginPath();
  context.rect(frame.left, band.top - 2, frame.width, band.bottom - band.top + 4);
  context.clip();
  draw();
  context.restore();
}
