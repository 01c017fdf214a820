// The summary above the curves: the video in a few numbers, in the words of the page that Studio exports.
import * as api from './api.js';
import { $ } from './curves/dom.js';
import { summaryParts } from './curves/measures.js';
import { attempt } from './dom.js';

const SOON = 300; // ms: many videos may change at once

export class Summary {
  /** `seek` goes to a time; `turned` is called when a person opens or closes the summary. */
  constructor(library, norms, { seek, turned }) {
    Object.assign(this, { library, norms, seek });
    this.video = null;
    $('measures-toggle').addEventListener('click', () => {
      this.expand(!this.expanded);
      turned(this.expanded);
    });
    norms.addEventListener('change', () => this.load());
    library.addEventListener('arranged', () => this.loadSoon());
  }

  get expanded() {
    return !$('measures').classList.contains('closed');
  }

  expand(open) {
    $('measures').classList.toggle('closed', !open);
    $('measures-toggle').setAttribute('aria-expanded', String(open));
  }

  /** Shows the summary of a video by a model. */
  async open(video, model) {
    if (this.video?.id !== video.id || this.model !== model) this.close(); // what is shown is another's
    Object.assign(this, { video, model });
    await this.load();
  }

  close() {
    this.video = null;
    $('measures-list').replaceChildren();
    $('measures-note').textContent = '';
    $('measures-missing').hidden = true;
  }

  /** What a percentile among videos of the library depends on. */
  get others() {
    return JSON.stringify([...this.library.known.values()].map(({ id, models, tags }) => [id, models, tags]));
  }

  loadSoon() {
    if (!this.video || !this.norms.value || this.norms.value.startsWith('file:')) return;
    this.waiting ??= setTimeout(() => {
      this.waiting = null;
      if (this.video && this.seen !== this.others) this.load();
    }, SOON);
  }

  async load() {
    const { video, model } = this;
    if (!video) return;
    this.seen = this.others;
    const asked = this.norms.value;
    const isWanted = () => this.video === video && this.model === model && this.norms.value === asked;
    const summary = await attempt(() => api.summary(video.id, model, asked), isWanted);
    if (!summary || !isWanted()) return;
    const { note, cards, missing } = summaryParts(summary, { seek: this.seek });
    $('measures-note').textContent = note;
    $('measures-list').replaceChildren(...cards);
    $('measures-missing').hidden = missing.length === 0;
    $('measures-missing-list').replaceChildren(...missing);
  }
}
