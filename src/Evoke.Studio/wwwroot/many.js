// What can be done with the videos that are selected.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { FORMATS } from './dialogs.js';
import { attempt, choice, say, several } from './dom.js';
import { edit } from './tagging.js';

const CHOSEN = ['csv', 'markers'];

export class Many {
  /** `compare` opens two videos side by side. */
  constructor(selection, library, removal, { model, compare }) {
    Object.assign(this, { selection, library, removal, model, compare });
    selection.addEventListener('change', () => this.draw());
    library.addEventListener('arranged', () => this.draw());
    $('select').addEventListener('click', () => selection.activate(!selection.active));
    $('many-done').addEventListener('click', () => {
      selection.activate(false);
      if (!$('select').closest('[hidden]')) $('select').focus();
    });
    $('many-all').addEventListener('click', () => this.all());
    $('many-analyse').addEventListener('click', () => this.analyse());
    $('many-export').addEventListener('click', () => this.export());
    $('many-tag').addEventListener('click', () => edit(this.videos, library.tags));
    $('many-compare').addEventListener('click', () => this.compare(...this.videos.map(({ id }) => id)));
    $('many-remove').addEventListener('click', () => removal.ask(this.videos));
    $('export-formats').append(
      ...FORMATS.map(([format, name, hint]) =>
        element(
          'label',
          {},
          element('input', { type: 'checkbox', value: format, checked: CHOSEN.includes(format) }),
          element('span', {}, name, element('small', {}, hint)),
        ),
      ),
    );
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && selection.active && !document.querySelector('dialog[open]') && event.target.closest('#library, #scores, #many'))
        selection.activate(false);
    });
  }

  /** Those that are selected, in the order in which they are shown. */
  get videos() {
    const shown = this.library.list.filter(({ id }) => this.selection.has(id));
    const hidden = [...this.selection.ids].filter((id) => !shown.some((video) => video.id === id));
    return [...shown, ...hidden.map((id) => this.library.known.get(id)).filter(Boolean)];
  }

  /** All that are shown, or none if they are selected already. */
  all() {
    const ids = this.library.list.map(({ id }) => id);
    this.selection.set(ids.every((id) => this.selection.has(id)) ? [] : ids);
  }

  async analyse() {
    const model = this.model(),
      done = await attempt(() => api.analyseMany([...this.selection.ids], model));
    if (!done) return;
    const there = done.analysed ? ` ${several(done.analysed, 'video')} had a result by ${model} already.` : '';
    say(`${several(done.queued, 'analysis', 'analyses')} queued.${there}`);
  }

  async export() {
    const videos = this.videos,
      model = this.model(),
      ready = videos.filter((video) => !model || video.models.includes(model));
    if (!ready.length) {
      say(`None of these videos has been analysed with ${model} yet.`);
      return;
    }
    $('export-title').textContent = `Export ${several(ready.length, 'video')}`;
    $('export-text').textContent =
      ready.length < videos.length ? `${several(videos.length - ready.length, 'video')} of the selection have not been analysed with ${model}.` : '';
    if ((await choice($('export-dialog'))) !== 'export') return;
    const formats = [...$('export-formats').querySelectorAll('input:checked')].map((input) => input.value);
    if (!formats.length) {
      say('Choose at least one format.');
      return;
    }
    element('a', {
      href: api.exportsUrl(
        ready.map(({ id }) => id),
        formats,
        model,
      ),
      download: true,
    }).click();
  }

  draw() {
    const { active, ids } = this.selection;
    $('many').hidden = !active;
    $('select').setAttribute('aria-pressed', String(active));
    $('many-count').textContent = `${ids.size} selected`;
    const all = this.library.list.length > 0 && this.library.list.every(({ id }) => ids.has(id));
    $('many-all').textContent = all ? 'None' : `All ${this.library.list.length}`;
    for (const button of ['analyse', 'export', 'tag', 'remove']) $(`many-${button}`).disabled = ids.size === 0;
    $('many-compare').disabled = ids.size !== 2;
  }
}
