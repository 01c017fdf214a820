// SMPTE timecode, as in the exports for editing programs (Timecode in Evoke.Curves).

const UNKNOWN_RATE = 25;
const LARGEST_RATE = 1000;
const AGREEMENT = 4e-4; // "29.97" and "23.976" stand for 30000/1001 and 24000/1001
const ROUNDING = 1e-6; // a time up to a millionth of a frame before a frame counts as that frame

/** The exact frame rate in Hz: n × 1000/1001 or a whole number if the given rate is close to one; 25 where it is unknown. */
export function exactRate(rate) {
  const given = rate > 0 && rate < LARGEST_RATE ? rate : UNKNOWN_RATE;
  const whole = Math.max(1, Math.round(given));
  return [(whole * 1000) / 1001, whole].find((exact) => Math.abs(given - exact) <= given * AGREEMENT) ?? given;
}

/** The frame on screen at a time in seconds. */
export const frameAt = (seconds, rate) => Math.floor(Math.max(0, seconds) * exactRate(rate) + ROUNDING);

/** HH:MM:SS:FF, or HH:MM:SS;FF in drop-frame (29.97 and 59.94 Hz). */
export function timecode(seconds, rate) {
  const exact = exactRate(rate);
  const perSecond = Math.max(1, rounded(exact));
  const drops = exact !== perSecond && Math.abs(exact - (perSecond * 1000) / 1001) < 1e-9 && [30, 60].includes(perSecond);
  const frames = frameAt(seconds, rate);
  const number = drops ? frames + dropped(frames, perSecond) : frames;
  const whole = Math.floor(number / perSecond);
  const parts = [Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${parts}${drops ? ';' : ':'}${two(number % perSecond)}`;
}

/** How many numbers are skipped before a frame: two or four every minute, except every tenth minute. */
function dropped(frames, perSecond) {
  const perMinute = perSecond / 15;
  const minute = 60 * perSecond - perMinute;
  const ten = 10 * minute + perMinute;
  const rest = frames % ten;
  return 9 * perMinute * Math.floor(frames / ten) + perMinute * Math.max(0, Math.floor((rest - perMinute) / minute));
}

/** A half goes to the even neighbour, as in .NET. */
function rounded(value) {
  const up = Math.round(value);
  return up - value === 0.5 && up % 2 === 1 ? up - 1 : up;
}

const two = (number) => String(number).padStart(2, '0');
