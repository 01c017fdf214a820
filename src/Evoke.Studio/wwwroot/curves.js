// Curves in memory, made ready to be drawn at any zoom: for each emotion the least and the greatest value of every stretch of 4, 16, 64, … rows.

const STEP = 4;

export class Curves {
  constructor(result, values) {
    this.scheme = result.scheme;
    this.groups = result.groups;
    this.styles = result.styles;
    this.rate = result.rate;
    this.rows = result.rows;
    this.duration = result.durationSeconds;
    const width = this.scheme.length, length = this.rows * width;
    this.columns = this.scheme.map((_, e) => column(values, e, width, this.rows, 0));
    this.spread = result.hasSpread ? this.scheme.map((_, e) => column(values, e, width, this.rows, length)) : null;
    this.ranges = this.columns.map(range);
    this.pyramids = this.columns.map(pyramid);
  }

  /** Value at a time, between rows by straight lines; the last one holds. */
  at(emotion, seconds) { return sample(this.columns[emotion], seconds * this.rate); }

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

export function sample(values, position) {
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
