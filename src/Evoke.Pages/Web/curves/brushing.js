// Pointer behaviour on a static page: the cursor follows the pointer, and dragging over a range zooms to it. The wheel scrolls the page.
import { $ } from './dom.js';

const NARROWEST = 8;

export const brushing = {
  playhead: false,

  listen(timeline) {
    const { plot } = timeline;
    const brush = $('brush');
    let start = null; // where a drag began, in seconds
    const at = (event) => {
      const box = plot.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const seconds = (event) => Math.min(Math.max(timeline.frame.seconds(at(event).x), timeline.view.from), timeline.view.to);
    const follow = (event) => {
      timeline.pointer = event.pointerType === 'mouse' ? at(event) : null;
      point(timeline, seconds(event));
    };
    const paint = (event) => {
      const edges = [timeline.frame.x(start), timeline.frame.x(seconds(event))].sort((a, b) => a - b);
      brush.hidden = edges[1] - edges[0] < NARROWEST;
      brush.style.left = `${edges[0]}px`;
      brush.style.width = `${edges[1] - edges[0]}px`;
    };
    plot.addEventListener('pointermove', (event) => {
      follow(event);
      if (start !== null) paint(event);
    });
    plot.addEventListener('pointerdown', (event) => {
      follow(event);
      if (timeline.momentAt(at(event)) >= 0) timeline.press(at(event));
      else if (event.pointerType === 'mouse' && event.button === 0) {
        start = seconds(event);
        plot.setPointerCapture(event.pointerId);
      }
    });
    plot.addEventListener('pointerup', (event) => {
      if (start === null) return;
      const edges = [start, seconds(event)].sort((a, b) => a - b);
      const wide = !brush.hidden;
      start = null;
      brush.hidden = true;
      if (wide) timeline.setView(...edges);
    });
    plot.addEventListener('pointercancel', () => {
      start = null;
      brush.hidden = true;
    });
    plot.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'mouse') return;
      timeline.pointer = null;
      timeline.setTime(null);
    });
    plot.addEventListener('dblclick', () => timeline.fit());
    plot.addEventListener('keydown', (event) => move(timeline, event));
  },
};

/** Puts the cursor on the row that is nearest to a time; null for nowhere. */
export function point(timeline, seconds) {
  const { rate, rows } = timeline.curves;
  timeline.setTime(seconds === null ? null : Math.min(Math.max(0, Math.round(seconds * rate)), rows - 1) / rate);
}

function move(timeline, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = timeline.time ?? timeline.view.from;
  const row = 1 / timeline.curves.rate;
  const step = (seconds) => () => point(timeline, at + seconds);
  const act = {
    ArrowRight: step(event.shiftKey ? 1 : row),
    ArrowLeft: step(event.shiftKey ? -1 : -row),
    ArrowUp: step(row),
    ArrowDown: step(-row),
    PageUp: step(10),
    PageDown: step(-10),
    Home: () => point(timeline, 0),
    End: () => point(timeline, timeline.length),
    '+': () => timeline.zoom(0.5, at),
    '=': () => timeline.zoom(0.5, at),
    '-': () => timeline.zoom(2, at),
    0: () => timeline.fit(),
    Escape: () => timeline.fit(),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
  if (timeline.time !== null) timeline.reveal(timeline.time);
}
