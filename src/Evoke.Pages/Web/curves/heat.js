// A strip of all emotions, a row each: pale where a curve is at its lowest, full where it is at its highest.
import { fit } from './frame.js';

const FINE = 2;
const COARSE = 6; // while the view moves
const PALEST = 0.06;
const OPAQUE = 255;

/** Draws the strip; the cells are a few pixels wide and show the mean of the curve there. */
export function drawHeat(canvas, timeline) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const { curves, frame } = timeline;
  const context = fit(canvas, width, height);
  const cell = timeline.moving ? COARSE : FINE;
  const rows = curves.scheme.length;
  const tall = height / rows;
  if (frame.width <= 0) return;
  context.imageSmoothingEnabled = false;
  context.drawImage(cells(context, timeline, cell), 0, 0, frame.width / cell, rows, frame.left, 0, frame.width, height);
  if (tall > 3) for (let row = 1; row <= rows; row++) context.clearRect(frame.left, row * tall - 1, frame.width, 1);
}

/** A picture with a pixel for each cell: drawn one by one, thousands of cells take much of the time of a frame while the view moves. */
function cells(context, timeline, cell) {
  const { curves, frame } = timeline;
  const across = Math.ceil(frame.width / cell);
  const picture = new ImageData(across, curves.scheme.length);
  for (const [e, [low, high]] of curves.ranges.entries()) {
    const color = channels(context, timeline.color(e));
    for (let i = 0; i < across; i++) {
      const from = frame.seconds(frame.left + i * cell);
      const value = curves.mean(e, from, frame.seconds(frame.left + (i + 1) * cell));
      if (!Number.isFinite(value) || from >= curves.duration) continue;
      const alpha = PALEST + (1 - PALEST) * Math.min(1, Math.max(0, (value - low) / (high - low)));
      picture.data.set(color, 4 * (e * across + i));
      picture.data[4 * (e * across + i) + 3] = Math.round(alpha * OPAQUE);
    }
  }
  const made = new OffscreenCanvas(across, curves.scheme.length);
  made.getContext('2d').putImageData(picture, 0, 0);
  return made;
}

/** Red, green and blue of an opaque colour, from 0 to 255: a canvas gives any colour back as #rrggbb. */
function channels(context, color) {
  context.fillStyle = color;
  return [1, 3, 5].map((at) => Number.parseInt(context.fillStyle.slice(at, at + 2), 16));
}
