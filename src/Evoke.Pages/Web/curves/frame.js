// Maps seconds and values to pixels on a canvas.

/** The visible range: seconds `from` to `to` between the pixels `left` and `right` of a canvas. */
export class Frame {
  constructor(view, width, height, margin = { left: 0, right: 0 }) {
    Object.assign(this, { from: view.from, to: view.to, height, left: margin.left, right: width - margin.right });
  }

  get span() {
    return this.to - this.from;
  }

  get width() {
    return this.right - this.left;
  }

  /** Horizontal position of a pixel: 0 at the left, 1 at the right. */
  share(x) {
    return (x - this.left) / this.width;
  }

  x(seconds) {
    return this.left + ((seconds - this.from) / this.span) * this.width;
  }

  seconds(x) {
    return this.from + this.share(x) * this.span;
  }
}

/** How many rows there are to a drawn point: whole and finite, also on a canvas that is hidden and has no pixels. */
export const strideOf = (first, last, points) => Math.max(1, Math.floor((last - first) / Math.max(1, points)));

/** The pixel of a value in a band, whose `range` is drawn between its `bottom` and its `top`. */
export function y(band, value) {
  const [low, high] = band.range;
  return band.bottom - ((value - low) / (high - low)) * (band.bottom - band.top);
}

/** Sizes a canvas for the screen's pixel ratio, clears it, and returns its context in CSS pixels. */
export function fit(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  const across = Math.round(width * scale);
  const down = Math.round(height * scale);
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext('2d');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** The colours that canvases take from the style sheet. */
export function palette() {
  const css = getComputedStyle(document.documentElement);
  const read = (name) => css.getPropertyValue(name).trim();
  return { ink: read('--soft'), strong: read('--ink'), grid: read('--grid'), line: read('--line'), faint: read('--faint'), card: read('--card') };
}
