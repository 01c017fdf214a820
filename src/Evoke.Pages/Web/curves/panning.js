// Pointer behaviour beside a player: a click seeks; dragging the playhead or the time axis moves through the video, dragging the curves pans, where there is
// something to pan to; the wheel and two fingers zoom.
import { AXIS } from './axes.js';

const SLACK = 4;
const ON_PLAYHEAD = 6;
const CLOSEST_FINGERS = 20;
const STRONGEST_TURN = 0.35;

export const panning = {
  playhead: true,

  listen(timeline) {
    const { plot } = timeline;
    const fingers = new Map();
    let down = null;
    let panned = false;
    let scrubs = false; // the drag that began moves the playhead
    const at = (event) => {
      const box = plot.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const grip = () => {
      const xs = [...fingers.values()].map((finger) => finger.x);
      return { x: xs.reduce((sum, x) => sum + x, 0) / xs.length, apart: Math.max(...xs) - Math.min(...xs), from: timeline.view.from, to: timeline.view.to };
    };
    const onPlayhead = ({ x }) => timeline.seen && Math.abs(x - timeline.frame.x(timeline.time)) <= ON_PLAYHEAD;
    const onAxis = ({ y }) => y > timeline.frame.height - AXIS;
    const holds = (point) => timeline.curves && (timeline.whole || onPlayhead(point) || onAxis(point));
    const drag = () => {
      const now = grip();
      const pinch = fingers.size > 1 ? Math.max(CLOSEST_FINGERS, down.apart) / Math.max(CLOSEST_FINGERS, now.apart) : 1;
      const span = (down.to - down.from) * pinch;
      panned ||= Math.abs(now.x - down.x) > SLACK;
      if (!panned) return;
      if (scrubs && fingers.size === 1) {
        timeline.scrub(now.x);
        return;
      }
      const held = down.from + timeline.frame.share(down.x) * (down.to - down.from);
      const share = timeline.frame.share(now.x);
      timeline.setView(held - share * span, held + (1 - share) * span);
    };
    plot.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      fingers.set(event.pointerId, at(event));
      panned = fingers.size > 1;
      scrubs = fingers.size === 1 && holds(at(event));
      down = grip();
      plot.setPointerCapture(event.pointerId);
    });
    plot.addEventListener('pointermove', (event) => {
      const point = at(event);
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point);
      if (down) drag();
      timeline.pointer = event.pointerType === 'touch' && !down ? null : point;
      plot.classList.toggle('scrubs', down ? scrubs : Boolean(timeline.curves) && (onPlayhead(point) || onAxis(point)));
      timeline.overlay();
    });
    const up = (event) => {
      if (down && !panned && event.type === 'pointerup') timeline.press(at(event));
      if (scrubs && panned) timeline.dispatchEvent(new Event('scrubbed'));
      scrubs = false;
      fingers.delete(event.pointerId);
      down = fingers.size ? grip() : null;
    };
    plot.addEventListener('pointerup', up);
    plot.addEventListener('pointercancel', up);
    plot.addEventListener('pointerleave', () => {
      timeline.pointer = null;
      timeline.overlay();
    });
    plot.addEventListener('wheel', (event) => turn(timeline, event, at(event).x), { passive: false });
  },
};

function turn(timeline, event, x) {
  event.preventDefault();
  const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
  if (sideways) {
    const shift = ((event.deltaX || event.deltaY) / timeline.frame.width) * timeline.frame.span;
    timeline.setView(timeline.view.from + shift, timeline.view.to + shift);
  } else timeline.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(STRONGEST_TURN, Math.abs(event.deltaY) / 300)), timeline.frame.seconds(x));
}
