// Under the curves, on their time axis: where shots begin, how loud the sound is, and where there is speech.
import { fit, strideOf } from './frame.js';

const QUIETEST = -60; // dB of full scale
const SHOTS = 5;
const GAP = 3;
const CUT = 2;
const SPEECH = 4;
const FAINT = 0.3;

/** The picture nearest to a time; undefined if there are none. */
export function pictureAt(pictures, seconds) {
  const far = (picture) => Math.abs(picture.seconds - seconds);
  return pictures.reduce((best, picture) => (best && far(best) <= far(picture) ? best : picture), undefined);
}

/**
 * Draws shots, loudness and speech. `track` has the `rate` of its steps in Hz, `cuts` (the steps in which a shot begins; null if unknown), `loudness` (dB of
 * full scale for each step; null if unknown) and `speech` (its share of each step, from 0 to 1; null if unknown). A cut is somewhere within its step, which is
 * tinted.
 */
export function drawTrack(canvas, frame, track, { ink, line, faint }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = fit(canvas, width, height);
  const edge = (step) => Math.min(frame.right, Math.max(frame.left, frame.x(step / track.rate)));
  if (track.cuts) drawShots(context, frame, track, edge, { line, ink });
  const floor = track.speech ? height - SPEECH - GAP : height;
  if (track.loudness) drawLoudness(context, frame, track, floor, faint);
  if (track.speech) drawSpeech(context, frame, track, edge, height, ink);
}

function drawShots(context, frame, { cuts, rate }, edge, { line, ink }) {
  context.fillStyle = line;
  context.fillRect(frame.left, 0, frame.width, SHOTS);
  context.fillStyle = ink;
  for (const step of cuts) {
    if ((step + 1) / rate < frame.from || step / rate > frame.to) continue;
    const [left, right] = [edge(step), edge(step + 1)];
    context.globalAlpha = FAINT;
    context.fillRect(left, 0, right - left, SHOTS);
    context.globalAlpha = 1;
    context.fillRect((left + right) / 2 - CUT / 2, 0, CUT, SHOTS);
  }
}

/** The darker, the more of a step is speech. */
function drawSpeech(context, frame, { speech, rate }, edge, height, ink) {
  context.fillStyle = ink;
  for (let step = Math.max(0, Math.floor(frame.from * rate)); step < Math.min(speech.length, Math.ceil(frame.to * rate)); step++) {
    context.globalAlpha = speech[step];
    context.fillRect(edge(step), height - SPEECH, edge(step + 1) - edge(step), SPEECH);
  }
  context.globalAlpha = 1;
}

/** The loudest step of each pixel. */
function drawLoudness(context, frame, { loudness, rate }, floor, faint) {
  const room = floor - SHOTS - GAP;
  context.fillStyle = faint;
  const first = Math.max(0, Math.floor(frame.from * rate));
  const last = Math.min(loudness.length, Math.ceil(frame.to * rate));
  const stride = strideOf(first, last, frame.width);
  for (let step = first; step < last; step += stride) {
    const level = loudness.slice(step, step + stride).reduce((most, value) => Math.max(most, value), QUIETEST);
    const tall = Math.min(1, (level - QUIETEST) / -QUIETEST) * room;
    const left = Math.max(frame.left, frame.x(step / rate));
    const right = Math.min(frame.right, frame.x((step + stride) / rate));
    context.fillRect(left, floor - tall, Math.max(1, right - left - (right - left > 3 ? 1 : 0)), tall);
  }
}
