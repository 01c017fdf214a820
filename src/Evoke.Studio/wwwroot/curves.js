// Curves in memory, made ready to be drawn at any zoom: for each emotion the least and the greatest value of every stretch of 4, 16, 64, … rows, and running sums.

const STEP = 4;

export class Curves {
  /** Curves as the API gives them: row-major [rows, emotions], and as much again for the spread of an ensemble. */
  static of(result, values) {
    const { scheme, groups, styles, rate, rows } = result, width = scheme.length;
    const columns = scheme.map((_, e) => column(values, e, width, rows, 0));
    const spread = result.hasSpread ? scheme.map((_, e) => column(values, e, width, rows, rows * width)) : null;
    return new Curves({ scheme, groups, styles, rate, rows, duration: result.durationSeconds, columns, spread });
  }

  constructor(parts) {
    Object.assign(this, parts);
    this.ranges = this.columns.map(range);
    this.roomy = this.spread ? this.ranges.map((own, e) => withRoom(own, this.columns[e], this.spread[e])) : this.ranges;
    this.pyramids = this.columns.map(pyramid);
    this.sums = this.columns.map(runningSum);
  }

  /** The same emotions as seen from another clock: row by row their values at the given seconds. */
  along(seconds, rate) {
    const columns = this.columns.map((_, e) => Float32Array.from(seconds, (t) => this.at(e, t)));
    return new Curves({ ...this, rate, rows: seconds.length, duration: seconds.length / rate, columns, spread: null });
  }

  /** What another's curves have more, for as long as both last. */
  less(other) {
    const rows = Math.min(this.rows, other.rows);
    const columns = this.columns.map((values, e) => values.slice(0, rows).map((value, row) => value - other.columns[e][row]));
    return new Curves({ ...this, rows, duration: rows / this.rate, columns, spread: null });
  }

  /** Value at a time, between rows by straight lines; the last one holds. */
  at(emotion, seconds) { return sample(this.columns[emotion], seconds * this.rate); }

  /** Standard deviation over an ensemble's members at a time. */
  spreadAt(emotion, seconds) { return sample(this.spread[emotion], seconds * this.rate); }

  /** Mean value between two times, which may lie outside the video. */
  mean(emotion, from, to) {
    const sums = this.sums[emotion];
    const first = Math.min(this.rows - 1, Math.max(0, Math.floor(from * this.rate))), last = Math.min(this.rows, Math.max(first + 1, Math.ceil(to * this.rate)));
    return (sums[last] - sums[first]) / (last - first);
  }

  /** Least and greatest value between two times. */
  extremes(emotion, from, to) {
    const first = Math.max(0, Math.floor(from * this.rate)), last = Math.min(this.rows, Math.ceil(to * this.rate) + 1);
    const levels = this.pyramids[emotion];
    let low = Infinity, high = -Infinity;
    let i = first;
    while (i < last) {
      let level = 0, span = 1;
      while (level + 1 < levels.length && i % (span * STEP) === 0 && i + span * STEP <= last) { level++; span *= STEP; }
      const { lows, highs } = levels[level], k = i / span;
      if (lows[k] < low) low = lows[k];
      if (highs[k] > high) high = highs[k];
      i += span;
    }
    return [low, high];
  }
}

function sample(values, position) {
  const k = Math.min(values.length - 1, Math.max(0, Math.floor(position)));
  const next = Math.min(values.length - 1, k + 1), rest = Math.min(1, Math.max(0, position - k));
  return values[k] * (1 - rest) + values[next] * rest;
}

function column(values, emotion, width, rows, offset) {
  const made = new Float32Array(rows);
  for (let row = 0; row < rows; row++) made[row] = values[offset + row * width + emotion];
  return made;
}

function range(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

/** A range with room for the spread about the curve, but no more than leaves the curve half of the height. */
function withRoom([low, high], mean, spread) {
  let bottom = low, top = high;
  for (let row = 0; row < mean.length; row++) {
    bottom = Math.min(bottom, mean[row] - spread[row]);
    top = Math.max(top, mean[row] + spread[row]);
  }
  const most = (high - low) / 2;
  return [Math.max(bottom, low - most), Math.min(top, high + most)];
}

function runningSum(values) {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return sums;
}

function pyramid(values) {
  const levels = [{ lows: values, highs: values }];
  while (levels.at(-1).lows.length > STEP) {
    const { lows, highs } = levels.at(-1), length = Math.ceil(lows.length / STEP);
    const low = new Float32Array(length).fill(Infinity), high = new Float32Array(length).fill(-Infinity);
    for (let i = 0; i < lows.length; i++) {
      const k = Math.floor(i / STEP);
      if (lows[i] < low[k]) low[k] = lows[i];
      if (highs[i] > high[k]) high[k] = highs[i];
    }
    levels.push({ lows: low, highs: high });
  }
  return levels;
}
