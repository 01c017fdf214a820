// The strip of pictures under the curves, with shots, loudness and speech below it. Clicking or dragging on either moves the playhead.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { drawTrack, pictureAt } from './curves/film.js';

const WIDTH = 184; // of a picture: as for the moments, so that one is made for both
const SLOT = 96;
const COARSEST = 4; // pictures over the whole video, at least
const MOST_KEPT = 240;

export class Film {
  constructor(timeline, { scrub, scrubbed }) {
    this.timeline = timeline;
    this.box = $('film');
    this.video = null;
    this.track = null;
    this.pictures = new Map(); // by time in seconds
    this.wanted = [];
    this.loading = null;
    timeline.addEventListener('drawn', () => this.draw());
    timeline.tip.pictureAt = (seconds) => this.pictureOf(seconds);
    for (const node of [this.box, $('track')]) this.listen(node, scrub, scrubbed);
  }

  /** Shows the pictures of a video; its curves are shown, too. */
  async open(video) {
    if (this.video?.id === video.id) return;
    this.close();
    this.video = video;
    const track = await api.track(video.id).catch(() => null); // shots, loudness and speech are an extra; where they are missing, nothing is
    if (this.video !== video) return;
    this.track = track;
    this.draw();
  }

  /** Removes the pictures. Those that are still on their way are cancelled: a removed image goes on loading. */
  close() {
    this.loading?.removeAttribute('src');
    this.wanted = [];
    this.loading = this.video = this.track = null;
    this.pictures.clear();
    this.box.replaceChildren();
    this.box.hidden = $('track').hidden = true;
  }

  /** The picture of the slot in which a time lies; null if it is not there yet: a picture of another place would mislead. */
  pictureOf(seconds) {
    const covers = ({ done, seconds: middle, step }) => done && Math.abs(seconds - middle) <= step / 2;
    return pictureAt([...this.pictures.values()].filter(covers), seconds)?.src ?? null;
  }

  draw() {
    const { timeline, video } = this;
    if (!video || !timeline.curves || !timeline.frame) return;
    this.box.hidden = !video.hasPicture;
    $('track').hidden = !this.track?.cuts && !this.track?.loudness && !this.track?.speech;
    $('track').classList.toggle('spoken', Boolean(this.track?.speech));
    if (!$('track').hidden) drawTrack($('track'), timeline.frame, this.track, timeline.palette);
    if (video.hasPicture) this.drawPictures();
  }

  /** Pictures at fixed times, twice as many at each level of zoom: panning moves them, and zooming back finds them again. */
  drawPictures() {
    const { frame, length } = this.timeline;
    const least = (SLOT / frame.width) * frame.span;
    const level = Math.max(0, Math.floor(Math.log2(length / COARSEST / least)));
    const step = length / (COARSEST * 2 ** level);
    const seen = [];
    for (let i = Math.floor(frame.from / step); i * step < frame.to - 1e-6; i++) {
      const picture = this.picture((i + 0.5) * step, step);
      const left = Math.max(frame.left, frame.x(i * step));
      const right = Math.min(frame.right, frame.x((i + 1) * step));
      const width = Math.max(0, right - left - 1).toFixed(1);
      picture.image.style.transform = `translateX(${left}px)`; // unlike left, without a new layout of the page for each frame
      if (picture.width !== width) picture.image.style.width = `${width}px`;
      picture.width = width;
      seen.push(picture);
    }
    const shown = seen.map(({ image }) => image);
    if (shown.length !== this.box.children.length || shown.some((image, i) => this.box.children[i] !== image)) this.box.replaceChildren(...shown);
    if (this.timeline.moving) return;
    this.wanted = seen.filter(({ done }) => !done);
    this.forget(new Set(seen));
    if (!this.loading) this.next();
  }

  picture(seconds, step) {
    const key = seconds.toFixed(3);
    if (!this.pictures.has(key)) {
      this.pictures.set(key, { seconds, step, src: api.thumbnailUrl(this.video.id, seconds, WIDTH), image: element('img', { alt: '' }), done: false });
    }
    return this.pictures.get(key);
  }

  /** One picture after the other: the analysis and the cards come first. */
  next() {
    const picture = this.wanted.shift();
    this.loading = picture?.image ?? null;
    if (!picture) return;
    const over = () => {
      if (this.loading === picture.image) this.next();
    };
    picture.image.addEventListener('load', () => {
      picture.done = true;
      over();
    });
    picture.image.addEventListener('error', over);
    picture.image.src = picture.src;
  }

  forget(seen) {
    if (this.pictures.size <= MOST_KEPT) return;
    for (const [key, picture] of this.pictures) if (!seen.has(picture) && picture.image !== this.loading) this.pictures.delete(key);
  }

  listen(node, scrub, scrubbed) {
    const { timeline } = this;
    const point = (event) => {
      timeline.pointer = { x: event.clientX - node.getBoundingClientRect().left, y: timeline.frame.height };
    };
    node.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      node.setPointerCapture(event.pointerId);
      scrub(event.clientX - node.getBoundingClientRect().left);
    });
    node.addEventListener('pointermove', (event) => {
      point(event);
      if (node.hasPointerCapture(event.pointerId)) scrub(timeline.pointer.x);
      else timeline.overlay();
    });
    for (const end of ['pointerup', 'pointercancel']) node.addEventListener(end, scrubbed);
    node.addEventListener('pointerleave', () => {
      timeline.pointer = null;
      timeline.overlay();
    });
  }
}
