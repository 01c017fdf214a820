// The divider between the player and the curves: drag it or use the arrow keys; the height is remembered.
import { $ } from './curves/dom.js';

const LEAST = 110,
  STEP = 24,
  KEY = 'curves-height';

export function wireSplitter() {
  const splitter = $('splitter'),
    plot = $('plot');
  const most = () => Math.max(LEAST, innerHeight - 330);
  const tell = () => {
    const pixels = Math.round(plot.clientHeight);
    splitter.setAttribute('aria-valuemax', String(Math.max(most(), pixels)));
    splitter.setAttribute('aria-valuenow', String(pixels));
    splitter.setAttribute('aria-valuetext', `${pixels} pixels`);
  };
  const set = (height) => {
    const pixels = Math.round(Math.min(most(), Math.max(LEAST, height)));
    plot.style.setProperty('--chosen', `${pixels}px`);
    plot.classList.add('chosen');
    tell();
    localStorage.setItem(KEY, String(pixels));
  };
  const forget = () => {
    plot.classList.remove('chosen');
    tell();
    localStorage.removeItem(KEY);
  };
  splitter.setAttribute('aria-valuemin', String(LEAST));
  new ResizeObserver(tell).observe(plot);
  if (localStorage.getItem(KEY)) set(Number(localStorage.getItem(KEY)));
  let down = null;
  splitter.addEventListener('pointerdown', (event) => {
    down = { y: event.clientY, height: plot.clientHeight };
    splitter.setPointerCapture(event.pointerId);
  });
  splitter.addEventListener('pointermove', (event) => {
    if (down) set(down.height + down.y - event.clientY);
  });
  for (const end of ['pointerup', 'pointercancel'])
    splitter.addEventListener(end, () => {
      down = null;
    });
  splitter.addEventListener('dblclick', forget);
  splitter.addEventListener('keydown', (event) => {
    const change = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!change) return;
    event.preventDefault();
    event.stopPropagation();
    set(plot.clientHeight + change);
  });
}
