// Uploads, one after the other: each can be cancelled, a file that Studio has already is not sent without asking, and the page is not left unwarned.
import * as api from './api.js';
import { say, several } from './dom.js';
import { sampleOf } from './sample.js';

const OPEN = ['waiting', 'looking', 'sending'];

export class Uploads extends EventTarget {
  /** `model` gives the model with which an upload is analysed. */
  constructor(model) {
    super();
    this.model = model;
    this.list = []; // waiting, on their way, failed, or the same as a video of the library
    this.count = 0;
    this.busy = false;
    addEventListener('beforeunload', (event) => {
      if (this.open.length) event.preventDefault();
    });
  }

  /** Those that are not over. */
  get open() {
    return this.list.filter(({ state }) => OPEN.includes(state));
  }

  /** Adds files. The first of them that arrives is opened. */
  add(files) {
    const batch = { opened: false };
    for (const file of files) {
      this.count++;
      this.list.push({ key: `upload ${this.count}`, file, name: file.name, state: 'waiting', fraction: 0, batch, anyway: false, model: this.model() });
    }
    this.changed();
    return this.run();
  }

  /** Once more; `anyway` if it is the same as a video of the library and is wanted all the same. */
  again(upload, anyway = upload.anyway) {
    Object.assign(upload, { state: 'waiting', fraction: 0, error: null, anyway });
    this.changed();
    return this.run();
  }

  cancel(upload) {
    upload.abort?.();
    this.remove(upload);
  }

  openSame(upload) {
    this.remove(upload);
    this.dispatchEvent(new CustomEvent('choose', { detail: upload.same.id }));
  }

  words({ state, fraction, same, error, file }) {
    const size = `${(file.size / 1e6).toFixed(1)} MB`;
    if (state === 'sending') return `uploading, ${Math.round(fraction * 100)} % of ${size}`;
    if (state === 'same') return `The same as “${same.name}”, which is in the library already.`;
    return { waiting: `waits to be uploaded, ${size}`, looking: 'looking whether it is in the library', failed: error }[state];
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    const sames = [];
    for (let next = this.next(); next; next = this.next()) {
      await this.send(next);
      if (next.state === 'same') sames.push(next);
    }
    this.busy = false;
    if (sames.length === 1) say(`${sames[0].name} is the same as “${sames[0].same.name}”, which is in the library already. The queue lets you add it anyway.`);
    else if (sames.length) say(`${several(sames.length, 'file')} are in the library already. The queue lists them.`);
  }

  next() {
    return this.list.find(({ state }) => state === 'waiting');
  }

  async send(upload) {
    try {
      if (!upload.anyway && (await this.isThere(upload))) return;
      if (!this.list.includes(upload)) return;
      this.become(upload, 'sending');
      const { done, abort } = api.upload(upload.file, upload.model, upload.anyway, (fraction) => {
        upload.fraction = fraction;
        this.changed();
      });
      upload.abort = abort;
      const added = await done;
      this.remove(upload);
      this.dispatchEvent(new CustomEvent('added', { detail: { video: added, isFirst: !upload.batch.opened } }));
      upload.batch.opened = true;
    } catch (error) {
      if (!this.list.includes(upload)) return; // cancelled
      if (error.sameAs) {
        upload.same = await api.video(error.sameAs);
        this.become(upload, 'same');
        return;
      }
      upload.error = error.message;
      this.become(upload, 'failed');
      say(`${upload.name} was not uploaded: ${error.message}`);
    } finally {
      upload.abort = null;
    }
  }

  async isThere(upload) {
    this.become(upload, 'looking');
    const sample = await sampleOf(upload.file);
    upload.same = sample && this.list.includes(upload) ? (await api.same(upload.file.size, sample))[0] : null;
    if (!upload.same) return false;
    this.become(upload, 'same');
    return true;
  }

  become(upload, state) {
    upload.state = state;
    this.changed();
  }

  remove(upload) {
    this.list = this.list.filter((one) => one !== upload);
    this.changed();
  }

  changed() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}
