// What the numbers of the summary are compared with: nothing, the library, a tag, or a norms file; and the dialog in which these files are kept.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { attempt, choice, say, several } from './dom.js';

const FILE = 'file:';
const TAG = 'tag:';

/** Event 'change': something else was chosen. */
export class Norms extends EventTarget {
  constructor(library) {
    super();
    this.library = library;
    this.value = '';
    this.files = [];
    this.selects = [$('norm'), $('scores-norm')];
    for (const select of this.selects) select.addEventListener('change', () => this.choose(select.value));
    library.addEventListener('arranged', () => this.draw());
    $('norms-open').addEventListener('click', () => this.manage());
    $('norms-add').addEventListener('click', () => $('norms-file').click());
    $('norms-file').addEventListener('change', () => this.add());
  }

  /** Asks for the files. */
  async load() {
    this.files = (await attempt(() => api.norms())) ?? [];
    this.draw();
  }

  /** Chooses by the text in the address; a file that is gone is said, and nothing is chosen. */
  choose(value) {
    const id = value.startsWith(FILE) ? value.slice(FILE.length) : null;
    const isGone = id !== null && !this.files.some((file) => file.id === id && !file.error);
    if (isGone) say('The norms file that was chosen has been deleted.');
    const changed = isGone || value !== this.value;
    this.value = isGone ? '' : value;
    this.draw();
    if (changed) this.dispatchEvent(new Event('change'));
  }

  draw() {
    const tags = [...new Set([...this.library.tags, ...(this.value.startsWith(TAG) ? [this.value.slice(TAG.length)] : [])])];
    const groups = [
      [
        null,
        [
          ['', 'nothing'],
          ['library', 'the whole library'],
        ],
      ],
      ['Videos with the tag', tags.map((tag) => [TAG + tag, tag])],
      [
        'Norms files',
        this.files.filter(({ error }) => !error).map((file) => [FILE + file.id, `${file.name} (${several(file.videos, 'video')}, ${file.model})`]),
      ],
    ];
    const state = JSON.stringify([groups, this.value]);
    if (state === this.drawn) return; // an open menu stays as it is
    this.drawn = state;
    const option = ([value, text]) => element('option', { value, selected: value === this.value }, text);
    for (const select of this.selects)
      select.replaceChildren(
        ...groups
          .filter(([, options]) => options.length)
          .flatMap(([label, options]) => (label === null ? options.map(option) : [element('optgroup', { label }, ...options.map(option))])),
      );
  }

  async manage() {
    this.complain('');
    this.list();
    await choice($('norms-dialog'));
  }

  list() {
    const row = (file) =>
      element(
        'li',
        {},
        element('span', {}, file.name),
        element('span', { class: 'hint' }, file.error ?? `${several(file.videos, 'video')} by ${file.model}`),
        element('button', { type: 'button', class: 'quiet', 'aria-label': `Delete ${file.name}`, onclick: () => this.remove(file) }, 'Delete'),
      );
    $('norms-list').replaceChildren(...this.files.map(row));
    $('norms-none').hidden = this.files.length > 0;
  }

  /** Shows an error in the dialog: messages at the bottom of the page are behind it. */
  complain(text) {
    $('norms-error').textContent = text;
    $('norms-error').hidden = !text;
  }

  async add() {
    const [file] = $('norms-file').files;
    $('norms-file').value = '';
    if (!file) return;
    await this.try(async () => {
      const norm = await api.addNorm(file);
      await this.load();
      this.list();
      this.choose(FILE + norm.id);
    });
  }

  async remove(file) {
    await this.try(async () => {
      await api.deleteNorm(file.id);
      if (this.value === FILE + file.id) this.choose('');
      await this.load();
      this.list();
      $('norms-add').focus();
    });
  }

  async try(action) {
    this.complain('');
    try {
      await action();
    } catch (error) {
      this.complain(error.message);
    }
  }
}
