// Numbers as text, with the decimals that they need.

const MOST = 6;

/** How many decimals show at least two digits of the greatest magnitude: 3 for 0.8 or 0.02, 4 for 0.0012. */
export function digitsFor(magnitude, least = 3) {
  const size = Math.abs(magnitude);
  return size > 0 && Number.isFinite(size) ? Math.min(MOST, Math.max(least, 1 - Math.floor(Math.log10(size)))) : least;
}

/** A value with a true minus sign; a dash for a gap. */
export const number = (value, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : '–');

/** A difference: always with its sign. */
export const signed = (value, digits = 3) => (Number.isFinite(value) ? `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}` : '–');

/** A range, with the decimals that tell its ends apart. */
export function rangeText([low, high]) {
  const span = high - low;
  const digits = span > 0 ? Math.min(MOST, Math.max(2, Math.ceil(-Math.log10(span)) + 1)) : 2;
  return `${number(low, digits)} – ${number(high, digits)}`;
}
