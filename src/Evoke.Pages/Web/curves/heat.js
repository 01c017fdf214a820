// A strip of all emotions, a row each: pale where a curve is at its lowest, full where it is at its highest.
import { fit } from './frame.js';

const FINE = 2;
const COARSE = 6; // while the view moves
const PALEST = 0.06;

/** Draws the strip; the cells are a few pixels wide and show the mean of the curve there. */
export function drawHeat(canvas, timeline) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const { curves, frame } = timeline;
  const context = fit(canvas, width, height);
  const cell = timeline.moving ? COARSE : FINE;
  const tall = height / curves.scheme.length;
  for (const [e, [low, high]] of curves.ranges.entries()) {
    context.fillStyle = timeline.color(e);
    for (let x = frame.left; x < frame.right; x += cell) {
      const value = curves.mean(e, frame.seconds(x), frame.seconds(x + cell));
      if (!Number.isFinite(value) || frame.seconds(x) >= curves.duration) continue;
      context.globalAlpha = PALEST + (1 - PALEST) * Math.min(1, Math.max(0, (value - low) / (high - low)));
      context.fillRect(x, e * tall, Math.min(cell, frame.right - x), tall - (tall > 3 ? 1 : 0));
    }
  }
  context.globalAlpha = 1;
}
