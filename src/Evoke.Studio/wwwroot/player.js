// The first video is the clock for everything. A second cut follows it through a map of times.
import { clock } from './curves/clock.js';
import { $ } from './curves/dom.js';
import { exactRate, frameAt, timecode } from './curves/timecode.js';

const SPEEDS = [1, 2, 4];

function load(video, url, hasPicture) {
  if (video.getAttribute('src') === url) return;
  video.dataset.picture = String(hasPicture);
  if (url === null) video.removeAttribute('src');
  else video.src = url;
  video.load();
}

/** The player fills the screen, with its controls; once more, the page comes back. */
export function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else
    $('screen')
      .requestFullscreen()
      .catch(() => {});
}

export class Player extends EventTarget {
  constructor() {
    super();
    this.video = $('video');
    this.second = $('second-video');
    this.map = null;
    this.speed = 0;
    this.rewinding = false;
    this.frameRate = null;
    this.wanted = null; // where a drag of the playhead leads, while the picture of an earlier place is still on its way
    this.resumes = false;
    for (const event of ['play', 'pause', 'seeked', 'loadedmetadata', 'timeupdate']) this.video.addEventListener(event, () => this.tick());
    this.video.addEventListener('play', () => {
      this.drawButton();
      this.run();
    });
    this.video.addEventListener('pause', () => this.drawButton());
    this.video.addEventListener('seeked', () => this.seekOn());
    for (const video of [this.video, this.second]) {
      const refused = () => this.dispatchEvent(new CustomEvent('unplayable', { detail: video }));
      video.addEventListener('error', () => {
        if (video.getAttribute('src')) refused();
      });
      // Browsers that cannot decode the picture silently play the sound only.
      video.addEventListener('loadedmetadata', () => {
        if (video.dataset.picture === 'true' && !video.videoWidth) refused();
      });
    }
    $('play').addEventListener('click', () => this.toggle());
    for (const video of [this.video, this.second]) {
      video.addEventListener('click', () => this.toggle());
      video.addEventListener('dblclick', () => fullScreen());
    }
    $('full').addEventListener('click', () => fullScreen());
    document.addEventListener('fullscreenchange', () => {
      $('full').setAttribute('aria-pressed', String(document.fullscreenElement !== null));
    });
    this.silent = false;
    this.hearsSecond = false;
    $('mute').addEventListener('click', () => {
      this.silent = !this.silent;
      $('mute').setAttribute('aria-pressed', String(this.silent));
      this.hear(this.hearsSecond);
    });
  }

  /** Opens a URL; with null nothing can be played, but the clock still works, so that curves can be read and sought. */
  open(url, duration, hasPicture, at = 0) {
    this.stop();
    this.wanted = null;
    this.duration = duration;
    this.fallback = at;
    this.playable = url !== null;
    $('play').disabled = $('mute').disabled = !this.playable;
    load(this.video, url, hasPicture);
    if (this.playable && at > 0) this.video.currentTime = at;
    this.tick();
  }

  /** Shows a second cut; `map` converts seconds of the first cut to seconds of the second. */
  openSecond(url, map, hasPicture) {
    this.map = map;
    load(this.second, url, hasPicture);
    this.follow(true);
  }

  /** Lets the first cut be heard, or the second. */
  hear(second) {
    this.hearsSecond = second;
    this.video.muted = this.silent || second;
    this.second.muted = this.silent || !second;
  }

  close() {
    this.stop();
    load(this.video, null, false);
  }

  closeSecond() {
    this.map = null;
    this.second.pause();
    load(this.second, null, false);
  }

  /** The current time in seconds, also for a file that the browser cannot play. */
  get time() {
    return this.wanted ?? (this.playable ? this.video.currentTime : this.fallback);
  }

  /** A time within the video. */
  within(seconds) {
    return Math.min(Math.max(0, seconds), Math.max(0, this.duration ?? 0));
  }

  seek(seconds) {
    const to = this.within(seconds);
    this.wanted = null;
    if (this.playable) this.video.currentTime = to;
    else this.fallback = to;
    this.tick();
    this.follow(true);
  }

  /** One frame on or back, as the film counts them; the video stops. */
  stepFrame(direction) {
    this.stop();
    const rate = exactRate(this.frameRate);
    const frame = Math.max(0, frameAt(this.time, this.frameRate) + direction);
    this.seek(frame / rate + Math.min(0.002, 0.25 / rate)); // a little into the frame: times in files are rounded
  }

  /** Follows a dragged playhead. While the picture of one place is on its way, only the newest other place is remembered. */
  scrub(seconds) {
    const to = this.within(seconds);
    if (!this.video.paused) {
      this.resumes = true;
      this.video.pause();
    }
    if (!this.playable || !this.video.seeking) {
      this.seek(to);
      return;
    }
    this.wanted = to;
    this.tick();
  }

  /** The playhead is let go: a video that was playing goes on from here. */
  scrubbed() {
    if (this.resumes) this.video.play().catch(() => {});
    this.resumes = false;
  }

  seekOn() {
    if (this.wanted !== null) this.seek(this.wanted);
  }

  toggle() {
    this.rewinding = false;
    if (!this.playable) return;
    if (this.video.paused) {
      this.video.playbackRate = this.second.playbackRate = 1;
      this.video.play().catch(() => {});
    } else this.stop();
  }

  stop() {
    this.rewinding = false;
    this.speed = 0;
    this.video.pause();
    this.second.pause();
    this.video.playbackRate = this.second.playbackRate = 1;
  }

  /** J plays backwards and L forwards, faster with each press; K stops. */
  shuttle(direction) {
    if (direction === 0 || !this.playable) {
      this.stop();
      return;
    }
    this.speed = Math.sign(this.speed) === direction ? this.speed + direction : direction;
    const rate = SPEEDS[Math.min(SPEEDS.length, Math.abs(this.speed)) - 1];
    if (direction > 0) {
      this.rewinding = false;
      this.video.playbackRate = this.second.playbackRate = rate;
      this.video.play().catch(() => {});
      return;
    }
    this.video.pause();
    if (!this.rewinding) {
      this.rewinding = true;
      let last = performance.now();
      const back = (now) => {
        if (!this.rewinding) return;
        this.seek(this.time - ((now - last) / 1000) * SPEEDS[Math.min(SPEEDS.length, Math.abs(this.speed)) - 1]);
        last = now;
        if (this.time > 0) requestAnimationFrame(back);
        else this.stop();
      };
      requestAnimationFrame(back);
    }
  }

  run() {
    const frame = () => {
      if (!this.video.paused) {
        this.tick();
        this.follow(false);
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  }

  follow(exactly) {
    if (!this.map || !this.second.getAttribute('src')) return;
    const there = this.map(this.time);
    $('second-player').classList.toggle('missing', there === null);
    if (there === null) {
      this.second.pause();
      return;
    }
    if (exactly || this.video.paused || Math.abs(this.second.currentTime - there) > 0.25) this.second.currentTime = there;
    if (this.video.paused) this.second.pause();
    else if (this.second.paused) this.second.play().catch(() => {});
  }

  tick() {
    $('clock').textContent = `${clock(this.time, 1)} / ${clock(this.duration ?? 0)}`;
    $('timecode').textContent = timecode(this.time, this.frameRate);
    this.dispatchEvent(new CustomEvent('time', { detail: this.time }));
  }

  drawButton() {
    const playing = !this.video.paused;
    $('play').setAttribute('aria-label', playing ? 'Pause' : 'Play');
    $('play')
      .querySelector('path')
      .setAttribute('d', playing ? 'M5 4h4v12H5zM11 4h4v12h-4z' : 'M6 4l10 6-10 6z');
  }
}
