// Places for ad breaks and chapters: a list, and marks under the curves. A click on either goes there.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element } from './curves/dom.js';
import { digitsFor, number } from './curves/number.js';
import { attempt } from './dom.js';

const FEWEST_FOR_YOUTUBE = 2; // places, which divide a video into three chapters

export class Breaks {
  /** `seek` goes to a time. */
  constructor(timeline, { seek }) {
    Object.assign(this, { timeline, seek });
    this.video = null;
    this.places = [];
    timeline.addEventListener('drawn', () => this.mark());
    $('breaks-gap').addEventListener('change', () => this.load());
  }

  /** Shows the places of a video by a model. */
  async open(video, model) {
    if (this.video?.id !== video.id || this.model !== model) this.close(); // what is shown is another's
    Object.assign(this, { video, model });
    await this.load();
  }

  close() {
    this.video = null;
    this.show([], null);
    $('breaks').hidden = true;
  }

  async load() {
    const { video, model } = this;
    if (!video) return;
    const gap = $('breaks-gap').value;
    const isWanted = () => this.video === video && this.model === model && $('breaks-gap').value === gap;
    const found = await attempt(() => api.breaks(video.id, model, gap), isWanted);
    if (!found || !isWanted()) return;
    this.show(found.places, found.note);
    for (const [format, link] of [
      ['csv', 'breaks-csv'],
      ['chapters', 'breaks-vtt'],
      ['youtube', 'breaks-youtube'],
    ])
      $(link).href = api.breaksUrl(video.id, model, gap, format);
    $('breaks').hidden = false;
  }

  show(places, note) {
    this.places = places;
    $('breaks-note').textContent = note ?? '';
    $('breaks-note').hidden = !note;
    $('break-list').replaceChildren(...places.map((place) => element('li', {}, this.card(place))));
    $('breaks-files').hidden = places.length === 0;
    $('breaks-youtube').hidden = places.length < FEWEST_FOR_YOUTUBE;
    $('break-marks').hidden = places.length === 0;
    $('break-marks').replaceChildren(
      ...places.map((place) =>
        element(
          'button',
          {
            type: 'button',
            tabindex: '-1',
            'aria-label': `Break ${place.rank} at ${clock(place.seconds)}`,
            title: 'Go there',
            onclick: () => this.seek(place.seconds),
          },
          String(place.rank),
        ),
      ),
    );
    this.mark();
  }

  card(place) {
    const digits = digitsFor(Math.max(Math.abs(place.arousalBefore), Math.abs(place.arousalAfter)), 2);
    const level = place.decibels === null ? 'loudness unknown' : `${number(place.decibels, 1)}\u00a0dB`;
    return element(
      'button',
      { type: 'button', class: 'break', title: 'Go there', onclick: () => this.seek(place.seconds) },
      element('b', {}, `${place.rank}.`),
      element('span', { class: 'at' }, clock(place.seconds)),
      element('small', {}, `arousal ${number(place.arousalBefore, digits)} → ${number(place.arousalAfter, digits)}, ${level}`),
    );
  }

  /** Puts the marks where the curves have their times. */
  mark() {
    const { frame } = this.timeline;
    if (!frame) return;
    for (const [i, button] of [...$('break-marks').children].entries()) {
      const { seconds } = this.places[i];
      button.hidden = seconds < frame.from || seconds > frame.to;
      button.style.left = `${frame.x(seconds)}px`;
    }
  }
}
