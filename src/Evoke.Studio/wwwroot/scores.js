// The table of all videos by their scores: sorted by any column, filtered, exported as it is shown; two of them can be compared.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element } from './curves/dom.js';
import { digitsFor, number } from './curves/number.js';
import { attempt } from './dom.js';
import { boxOf } from './selection.js';

const SOON = 300; // ms: many analyses may end at once
const ALL = 'all';

export class Scores {
  /** `model` gives the model that is chosen, `norms` what numbers are compared with; `open` shows a video. */
  constructor(selection, library, { model, norms, open }) {
    Object.assign(this, { selection, library, model, norms, openVideo: open });
    this.table = null;
    this.sort = { key: null, descending: true }; // null: in the order of the library
    $('scores-open').addEventListener('click', () => (this.isOpen ? this.close() : this.open()));
    $('scores-close').addEventListener('click', () => this.close());
    for (const id of ['scores-kind', 'scores-column', 'scores-least', 'scores-most']) $(id).addEventListener('input', () => this.draw());
    selection.addEventListener('change', () => this.draw());
    for (const [source, event] of [
      [library, 'arranged'],
      [norms, 'change'],
    ])
      source.addEventListener(event, () => {
        if (this.isOpen) this.loadSoon();
      });
  }

  get isOpen() {
    return !$('scores').hidden;
  }

  async open() {
    $('library').classList.remove('open');
    $('rail-toggle').setAttribute('aria-expanded', 'false');
    $('work').hidden = true;
    $('scores').hidden = false;
    $('scores-open').setAttribute('aria-expanded', 'true');
    $('scores').focus();
    await this.load();
  }

  close() {
    if (!this.isOpen) return;
    const focused = $('scores').contains(document.activeElement);
    $('scores').hidden = true;
    $('work').hidden = false;
    $('scores-open').setAttribute('aria-expanded', 'false');
    if (focused && $('scores-open').checkVisibility()) $('scores-open').focus();
    dispatchEvent(new Event('resize')); // what is drawn was hidden
  }

  loadSoon() {
    this.draw();
    this.loading ??= setTimeout(async () => {
      this.loading = null;
      if (this.isOpen) await this.load();
    }, SOON);
  }

  async load() {
    if (!this.table) $('scores-about').textContent = 'Loading the scores …';
    const table = await attempt(() => api.scores(this.model(), this.norms.value));
    if (!table) return;
    this.table = table;
    this.rows = new Map(table.rows.map((row) => [row.id, row]));
    const most = (column) => Math.max(0, ...table.rows.map(({ values }) => Math.abs(values[column] ?? 0)));
    this.digits = table.columns.map(({ group }, i) => (group === 'Percentile' ? 1 : digitsFor(most(i), group === 'Summary' ? 2 : 3)));
    const groups = [...new Set(table.columns.map(({ group }) => group))];
    fill($('scores-kind'), [[ALL, 'All columns'], ...groups.map((group) => [group, group])], groups[0]);
    fill($('scores-column'), [['', 'any value'], ...table.columns.map(({ key, name, group }) => [key, `${name}, ${group.toLowerCase()}`])], '');
    this.draw();
  }

  /** The videos that the library shows, of these those whose values are in the range, in order. */
  get shown() {
    const index = (key) => this.table.columns.findIndex((column) => column.key === key);
    const value = (video, column) => this.rows.get(video.id)?.values[column] ?? null;
    const bound = (id, otherwise) => ($(id).value === '' ? otherwise : Number($(id).value));
    const [least, most, where] = [bound('scores-least', -Infinity), bound('scores-most', Infinity), index($('scores-column').value)];
    const fits = (video) => where < 0 || (value(video, where) !== null && value(video, where) >= least && value(video, where) <= most);
    const list = this.library.list.filter(fits),
      { key, descending } = this.sort,
      sign = descending ? -1 : 1;
    if (key === null) return list;
    if (key === 'name') return list.sort((a, b) => sign * a.name.localeCompare(b.name));
    if (key === 'duration') return list.sort((a, b) => sign * ((a.durationSeconds ?? 0) - (b.durationSeconds ?? 0)));
    const column = index(key);
    // Videos without a value come last in both orders.
    const known = list.filter((video) => value(video, column) !== null);
    return [...known.sort((a, b) => sign * (value(a, column) - value(b, column))), ...list.filter((video) => value(video, column) === null)];
  }

  draw() {
    if (!this.table || !this.isOpen) return;
    const kind = $('scores-kind').value,
      columns = [...this.table.columns.entries()].filter(([, column]) => kind === ALL || column.group === kind),
      { shown } = this;
    $('scores-least').disabled = $('scores-most').disabled = $('scores-column').value === '';
    const noneFits = !shown.length && this.library.list.length ? 'None has a value in this range.' : '';
    const without = shown.filter(({ id }) => !this.rows.has(id)).length;
    $('scores-about').textContent = [
      `${shown.length} of ${this.library.known.size} videos, by ${this.table.model}.`,
      noneFits,
      without ? `${without} of them have not been analysed with it yet.` : '',
    ].join(' ');
    $('scores-csv').href = api.scoresUrl(
      shown.map(({ id }) => id),
      this.model(),
      this.norms.value,
    );
    if (!shown.length) $('scores-csv').removeAttribute('href'); // without ids it would be the table of all
    const focus = document.activeElement?.closest('#scores-table') ? document.activeElement.dataset.key : null;
    $('scores-table').replaceChildren(this.head(columns, kind === ALL), element('tbody', {}, ...shown.map((video) => this.row(video, columns))));
    for (const box of $('scores-table').querySelectorAll('.pick')) box.checked = this.selection.has(box.dataset.key.slice('pick '.length));
    if (focus)
      $('scores-table')
        .querySelector(`[data-key="${CSS.escape(focus)}"]`)
        ?.focus();
  }

  head(columns, both) {
    const cell = (key, name, title, numeric) => {
      const sorted = this.sort.key === key;
      const turn = () => {
        this.sort = { key, descending: sorted ? !this.sort.descending : numeric };
        this.draw();
      };
      return element(
        'th',
        { scope: 'col', class: numeric ? null : 'words', 'aria-sort': sorted ? (this.sort.descending ? 'descending' : 'ascending') : null },
        element('button', { onclick: turn, title, 'data-key': `sort ${key}` }, name),
      );
    };
    return element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('td', {}),
        cell('name', 'Video', null, false),
        cell('duration', 'Length', null, true),
        ...columns.map(([, { key, name, group, about }]) => cell(key, both ? `${name}, ${group.toLowerCase()}` : name, about, true)),
      ),
    );
  }

  row(video, columns) {
    const values = this.rows.get(video.id)?.values;
    const order = () => this.shown.map(({ id }) => id);
    return element(
      'tr',
      { class: this.selection.has(video.id) ? 'picked' : null },
      element('td', {}, boxOf(this.selection, video, order)),
      element(
        'th',
        { scope: 'row' },
        element('button', { class: 'link', 'data-key': `open ${video.id}`, onclick: () => this.openVideo(video.id) }, video.name),
        video.tags.length ? element('span', { class: 'tags' }, ...video.tags.map((tag) => element('span', {}, tag))) : null,
      ),
      element('td', {}, video.durationSeconds ? clock(video.durationSeconds) : '—'),
      ...columns.map(([index]) => element('td', {}, typeof values?.[index] === 'number' ? number(values[index], this.digits[index]) : '—')),
    );
  }
}

function fill(select, options, otherwise) {
  const value = options.some(([key]) => key === select.value) && select.value !== '' ? select.value : otherwise;
  if ([...select.options].map((option) => option.value).join() === options.map(([key]) => key).join()) return;
  select.replaceChildren(...options.map(([key, text]) => element('option', { value: key, selected: key === value }, text)));
}
