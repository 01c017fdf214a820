/**
 * Formats seconds as a clock does: "0:59", "1:02:03", with one digit "0:59.9".
 * Rounds down, as a clock does: 59.96 s are "0:59.9" and 839.7 s are "13:59".
 */
export function clock(seconds, digits = 0) {
  const scale = 10 ** digits;
  // In whole ticks, so that rounding never gives 60 seconds. The tolerance is for times such as 4.35, which is 434.99999999999994 hundredths in floating
  // point.
  const ticks = Math.floor(Math.max(0, seconds) * scale + 1e-6);
  const whole = Math.floor(ticks / scale);
  const fraction = digits ? `.${two(ticks % scale, digits)}` : '';
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}${fraction}`;
}

const two = (number, digits = 2) => String(number).padStart(digits, '0');
