// The tooltip beside the pointer: the time, and the values of as many curves as fit.
import { clock } from './clock.js';
import { $, element, stroke } from './dom.js';
import { number, signed } from './number.js';

const ROW = 19;
const REST = 64;
const PICTURE = 112;
const GAP = 14;
const LEAST = 5;

export class Tip {
  constructor(timeline) {
    this.timeline = timeline;
    this.box = $('tip');
    this.pictureAt = () => null; // (seconds) => the URL of a picture, or null
    this.told = null;
    this.curves = null;
  }

  draw() {
    const { timeline, box } = this;
    const place = timeline.shown.size === 0 ? null : this.place();
    if (!place) {
      this.hide();
      return;
    }
    box.hidden = false;
    this.fill(place.seconds);
    const room = timeline.plot.clientWidth;
    const wide = box.offsetWidth;
    const left = place.x + GAP + wide > room ? place.x - GAP - wide : place.x + GAP;
    box.style.transform = `translateX(${Math.min(Math.max(0, left), Math.max(0, room - wide))}px)`;
  }

  hide() {
    if (this.box.hidden) return;
    this.told = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** The time that the tooltip shows: with a playhead the time under the pointer, else the cursor's. */
  place() {
    const { timeline } = this;
    if (!timeline.hand.playhead) return timeline.seen ? { seconds: timeline.time, x: timeline.frame.x(timeline.time) } : null;
    return timeline.pointer && { seconds: timeline.secondsAt(timeline.pointer.x), x: timeline.pointer.x };
  }

  fill(seconds) {
    const { timeline } = this;
    const { curves, other } = timeline;
    const bands = timeline.bands();
    const near = timeline.emphasised(bands)?.emotion;
    const picture = this.pictureAt(seconds);
    const listed = this.listed(bands, seconds, near, picture ? PICTURE : 0);
    const more = bands.length - listed.length;
    // While a video plays and the pointer rests, nothing changes here, so nothing is redrawn.
    const told = [seconds, near, picture, timeline.color(listed[0]), ...listed].join();
    if (told === this.told && curves === this.curves && !other) return;
    Object.assign(this, { told, curves });
    const row = (e) => [element('span', {}, curves.scheme[e]), ...this.numbers(e, seconds).map((text) => element('span', {}, text))];
    this.box.replaceChildren(
      element('b', {}, clock(seconds, 1)),
      ...(picture ? [element('img', { src: picture, alt: '' })] : []),
      ...(other ? [element('p', {}, ...['A', 'B', 'B − A'].map((word) => element('span', {}, word)))] : []),
      ...listed.map((e) => element('div', { mark: timeline.color(e), class: e === near ? 'near' : null }, stroke(curves.styles[e].dash), ...row(e))),
      ...(more > 0 ? [element('small', {}, `and ${more} more`)] : []),
    );
  }

  /** The emotions to list, the highest value first; only as many as fit, but always including the highlighted one. */
  listed(bands, seconds, meant, taken) {
    const value = ({ emotion }) => {
      const there = this.timeline.curves.at(emotion, seconds);
      return Number.isFinite(there) ? there : -Infinity;
    };
    const sorted = [...bands].sort((a, b) => value(b) - value(a)).map((band) => band.emotion);
    const most = Math.max(LEAST, Math.floor((this.timeline.frame.height - REST - taken) / ROW));
    const listed = sorted.slice(0, most);
    if (meant !== undefined && !listed.includes(meant)) listed.splice(-1, 1, meant);
    return listed;
  }

  numbers(emotion, seconds) {
    const { curves, other } = this.timeline;
    const digits = curves.digits(emotion);
    const here = curves.at(emotion, seconds);
    if (!other) return curves.spread ? [number(here, digits), `±${number(curves.spreadAt(emotion, seconds), digits)}`] : [number(here, digits)];
    if (seconds > other.duration) return [number(here, digits), '–', '–'];
    const there = other.at(emotion, seconds);
    return [number(here, digits), number(there, digits), signed(there - here, digits)];
  }
}
