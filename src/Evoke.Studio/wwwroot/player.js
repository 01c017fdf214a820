// One clock for everything: the first video's. A second cut follows it through a map of time.
import { $, clock } from './dom.js';

const SPEEDS = [1, 2, 4];

export class Player extends EventTarget {
  constructor() {
    super();
    this.video = $('video');
    this.second = $('second-video');
    this.map = null;
    this.speed = 0;
    this.rewinding = false;
    for (const event of ['play', 'pause', 'seeked', 'loadedmetadata', 'timeupdate']) this.video.addEventListener(event, () => this.tick());
    this.video.addEventListener('play', () => { this.drawButton(); this.run(); });
    this.video.addEventListener('pause', () => this.drawButton());
    this.video.addEventListener('error', () => {
      if (this.video.getAttribute('src')) this.dispatchEvent(new CustomEvent('unplayable'));
    });
    $('play').addEventListener('click', () => this.toggle());
    $('mute').addEventListener('click', () => {
      this.video.muted = !this.video.muted;
      $('mute').setAttribute('aria-pressed', String(this.video.muted));
    });
  }

  open(url, duration) {
    this.stop();
    this.duration = duration;
    this.fallback = 0;
    this.playable = true;
    this.video.src = url;
    this.tick();
  }

  /** Shows a second cut; `map` gives its seconds for those of the first. */
  openSecond(url, map) {
    this.map = map;
    if (this.second.getAttribute('src') !== url) this.second.src = url;
    this.follow(true);
  }

  closeSecond() { this.map = null; this.second.pause(); this.second.removeAttribute('src'); this.second.load(); }

  /** A file that the browser cannot play still has a clock: curves can be read and seeked. */
  get time() { return this.playable ? this.video.currentTime : this.fallback; }

  seek(seconds) {
    const to = Math.min(Math.max(0, seconds), Math.max(0, this.duration ?? 0));
    if (this.playable) this.video.currentTime = to; else this.fallback = to;
    this.tick();
    this.follow(true);
  }

  toggle() { this.rewinding = false; if (this.video.paused) { this.video.playbackRate = 1; this.video.play().catch(() => {}); } else this.stop(); }

  stop() { this.rewinding = false; this.speed = 0; this.video.pause(); this.second.pause(); this.video.playbackRate = 1; }

  /** J: backwards, L: forwards, each press faster; K stops. */
  shuttle(direction) {
    if (direction === 0) { this.stop(); return; }
    this.speed = Math.sign(this.speed) === direction ? this.speed + direction : direction;
    const rate = SPEEDS[Math.min(SPEEDS.length, Math.abs(this.speed)) - 1];
    if (direction > 0) { this.rewinding = false; this.video.playbackRate = rate; this.video.play().catch(() => {}); return; }
    this.video.pause();
    if (!this.rewinding) { this.rewinding = true; let last = performance.now(); const back = (now) => {
      if (!this.rewinding) return;
      this.seek(this.time - (now - last) / 1000 * SPEEDS[Math.min(SPEEDS.length, Math.abs(this.speed)) - 1]);
      last = now;
      if (this.time > 0) requestAnimationFrame(back); else this.stop();
    }; requestAnimationFrame(back); }
  }

  run() {
    const frame = () => { if (!this.video.paused) { this.tick(); this.follow(false); requestAnimationFrame(frame); } };
    requestAnimationFrame(frame);
  }

  follow(exactly) {
    if (!this.map) return;
    const there = this.map(this.time);
    if (exactly || this.video.paused || Math.abs(this.second.currentTime - there) > 0.25) this.second.currentTime = there;
    if (this.video.paused) this.second.pause(); else if (this.second.paused) this.second.play().catch(() => {});
  }

  tick() {
    $('clock').textContent = `${clock(this.time, 1)} / ${clock(this.duration ?? 0)}`;
    this.dispatchEvent(new CustomEvent('time', { detail: this.time }));
  }

  drawButton() {
    const playing = !this.video.paused;
    $('play').setAttribute('aria-label', playing ? 'Pause' : 'Play');
    $('play').querySelector('path').setAttribute('d', playing ? 'M5 4h4v12H5zM11 4h4v12h-4z' : 'M6 4l10 6-10 6z');
  }
}
