// Curves in memory, prepared for drawing at any zoom: for each emotion the minimum and maximum of every block of 4, 16, 64, … rows, and cumulative sums.
// NaN is a gap.

import { digitsFor } from './number.js';

const STEP = 4;
const FLATTEST = 0.01; // a curve that moves less than this share of its scale is drawn as nearly flat, also on its own range
const FEW = 6;
const STRONGEST = 5;
const ZERO_TO_ONE = { low: 0, high: 1, unit: '' };

export class Curves {
  /**
   * Curves as Evoke stores them: row-major [rows, emotions], followed by the spread in the same layout for an ensemble. `labels`, if known, are
   * [rows, emotions] too, and so is `labelSpread`, the standard deviation of their raters. `ranges` of the result are the scales of the emotions: lowest and highest possible value, and unit; without them all are 0 to 1.
   */
  static of(result, values, labels = null, labelSpread = null) {
    const { scheme, ranges: scales, groups, styles, rate, rows } = result;
    const width = scheme.length;
    const columns = scheme.map((_, e) => column(values, e, width, rows, 0));
    const spread = result.hasSpread ? scheme.map((_, e) => column(values, e, width, rows, rows * width)) : null;
    const [known, apart] = [labels, labelSpread].map((all) => all && scheme.map((_, e) => column(all, e, width, rows, 0)));
    const parts = { groups, styles, rate, rows, duration: result.durationSeconds, columns, spread, labels: known, labelSpread: apart };
    return new Curves({ scheme, ...(scales && { scales }), ...parts });
  }

  constructor(parts) {
    Object.assign(this, { scales: parts.scheme.map(() => ZERO_TO_ONE) }, parts);
    const found = this.columns.map((values, e) => range(this.labels ? [values, this.labels[e]] : [values]));
    this.rated = this.columns.map((_, e) => Boolean(this.labels?.[e].some(Number.isFinite))); // which emotions have labels
    this.reach = found.map(([low, high]) => high - low);
    this.ranges = found.map((own, e) => atLeast(own, this.scales[e]));
    this.roomy = this.spread ? this.ranges.map((own, e) => withRoom(own, this.columns[e], this.spread[e])) : this.ranges;
    if (this.labelSpread) this.roomy = this.roomy.map((own, e) => withRoom(own, this.labels[e], this.labelSpread[e]));
    this.pyramids = this.columns.map(pyramid);
    this.sums = this.columns.map(runningSum);
    this.counts = this.columns.map(runningCount);
  }

  /** The emotions that are shown at first: all of a few, of more those that move most, strongest first. */
  strongest() {
    const reach = this.reach.map((far, e) => [far, e]).sort(([a], [b]) => b - a);
    return reach.slice(0, reach.length <= FEW ? reach.length : STRONGEST).map(([, e]) => e);
  }

  /** How many decimals an emotion's values need. */
  digits(emotion) {
    return digitsFor(Math.max(...this.ranges[emotion].map(Math.abs)));
  }

  /** The one scale of some emotions; null if they have different ones. */
  commonScale(emotions) {
    const [first, ...rest] = emotions.map((e) => this.scales[e]);
    return first && rest.every(({ low, high, unit }) => low === first.low && high === first.high && unit === first.unit) ? first : null;
  }

  /** The same emotions on another clock: for each row their values at the given time in seconds; null is a gap. */
  along(seconds, rate) {
    const columns = this.columns.map((_, e) => Float32Array.from(seconds, (t) => (t === null ? Number.NaN : this.at(e, t))));
    return new Curves({ ...this, rate, rows: seconds.length, duration: seconds.length / rate, columns, spread: null, labels: null, labelSpread: null });
  }

  /** These curves minus others, over the rows that both have. */
  less(other) {
    const rows = Math.min(this.rows, other.rows);
    const columns = this.columns.map((values, e) => values.slice(0, rows).map((value, row) => value - other.columns[e][row]));
    return new Curves({ ...this, rows, duration: rows / this.rate, columns, spread: null, labels: null, labelSpread: null });
  }

  /** The gaps of the first emotion within so many rows, from and to in seconds; what is after the last row is a gap, too. */
  gaps(rows) {
    const found = [];
    for (let row = 0; row < rows; row++) {
      if (row < this.rows && !Number.isNaN(this.columns[0][row])) continue;
      const before = found.at(-1);
      if (before?.[1] === row) before[1] = row + 1;
      else found.push([row, row + 1]);
    }
    return found.map((ends) => ends.map((row) => row / this.rate));
  }

  /** Value at a time in seconds: linear between rows, constant after the last. */
  at(emotion, seconds) {
    return sample(this.columns[emotion], seconds * this.rate);
  }

  /** Standard deviation over an ensemble's members at a time. */
  spreadAt(emotion, seconds) {
    return sample(this.spread[emotion], seconds * this.rate);
  }

  /** Mean value between two times, which may be outside the video; NaN if there are only gaps. */
  mean(emotion, from, to) {
    const sums = this.sums[emotion];
    const counts = this.counts[emotion];
    const first = Math.min(this.rows - 1, Math.max(0, Math.floor(from * this.rate)));
    const last = Math.min(this.rows, Math.max(first + 1, Math.ceil(to * this.rate)));
    return (sums[last] - sums[first]) / (counts ? counts[last] - counts[first] : last - first);
  }

  /** Least and greatest value between two times; infinite ones where all is a gap. */
  extremes(emotion, from, to) {
    const first = Math.max(0, Math.floor(from * this.rate));
    const last = Math.min(this.rows, Math.ceil(to * this.rate) + 1);
    const levels = this.pyramids[emotion];
    let low = Infinity;
    let high = -Infinity;
    let i = first;
    while (i < last) {
      let level = 0;
      let span = 1;
      while (level + 1 < levels.length && i % (span * STEP) === 0 && i + span * STEP <= last) {
        level++;
        span *= STEP;
      }
      const { lows, highs } = levels[level];
      const k = i / span;
      if (lows[k] < low) low = lows[k];
      if (highs[k] > high) high = highs[k];
      i += span;
    }
    return [low, high];
  }
}

function sample(values, position) {
  const k = Math.min(values.length - 1, Math.max(0, Math.floor(position)));
  const rest = Math.min(1, Math.max(0, position - k));
  // On a row its own value, whatever its neighbour is: nothing times a gap is a gap.
  return rest === 0 || k === values.length - 1 ? values[k] : values[k] * (1 - rest) + values[k + 1] * rest;
}

function column(values, emotion, width, rows, offset) {
  const made = new Float32Array(rows);
  for (let row = 0; row < rows; row++) made[row] = values[offset + row * width + emotion];
  return made;
}

function range(columns) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of columns) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [0, 1];
  return [low, high];
}

/** A range about the same middle that is at least a hundredth of the scale, and within it if it was. */
function atLeast([low, high], scale) {
  const span = (scale.high - scale.low) * FLATTEST;
  if (high - low >= span) return [low, high];
  const middle = (low + high) / 2;
  const bottom = low < scale.low || high > scale.high ? middle - span / 2 : Math.min(Math.max(scale.low, middle - span / 2), scale.high - span);
  return [bottom, bottom + span];
}

/** A range with room for the spread about the curve, but no more than leaves the curve half of the height. */
function withRoom([low, high], mean, spread) {
  let bottom = low;
  let top = high;
  for (let row = 0; row < mean.length; row++) {
    if (mean[row] - spread[row] < bottom) bottom = mean[row] - spread[row];
    if (mean[row] + spread[row] > top) top = mean[row] + spread[row];
  }
  const most = (high - low) / 2;
  return [Math.max(bottom, low - most), Math.min(top, high + most)];
}

function runningSum(values) {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + (Number.isNaN(values[i]) ? 0 : values[i]);
  return sums;
}

/** How many values there are up to each row; null for a column without gaps, where that is the row itself. */
function runningCount(values) {
  if (!values.some(Number.isNaN)) return null;
  const counts = new Uint32Array(values.length + 1);
  for (let i = 0; i < values.length; i++) counts[i + 1] = counts[i] + (Number.isNaN(values[i]) ? 0 : 1);
  return counts;
}

function pyramid(values) {
  const levels = [{ lows: values, highs: values }];
  while (levels.at(-1).lows.length > STEP) {
    const { lows, highs } = levels.at(-1);
    const length = Math.ceil(lows.length / STEP);
    const low = new Float32Array(length).fill(Infinity);
    const high = new Float32Array(length).fill(-Infinity);
    for (let i = 0; i < lows.length; i++) {
      const k = Math.floor(i / STEP);
      if (lows[i] < low[k]) low[k] = lows[i];
      if (highs[i] > high[k]) high[k] = highs[i];
    }
    levels.push({ lows: low, highs: high });
  }
  return levels;
}
