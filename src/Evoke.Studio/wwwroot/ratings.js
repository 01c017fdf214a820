// What viewers said of the open video: under its curves and in a table of how far they agree; given, replaced and removed here.
import * as api from './api.js';
import { agreementTable, CEILING, hasCeiling } from './curves/agreement.js';
import { $, element } from './curves/dom.js';
import { attempt, choice, say, several } from './dom.js';

const READ = /\.(csv|tsv|txt|xlsx|xls|eaf|json|gz)$/i;
const DATA_SET = ['labels.csv', 'labels.scheme.json', 'spread.csv', 'spread.scheme.json', 'import.json']; // what is read of a folder that has labels.csv

export class Ratings {
  /** `changed` is called when what is drawn under the curves is another. */
  constructor(timeline, changed) {
    this.timeline = timeline;
    this.changed = changed;
    this.shown = true;
    this.video = null;
    this.model = null;
    this.view = null; // what the API says of the ratings; null for none
    this.loads = 0;
    this.drawn = []; // the mean of the raters and their standard deviation, as Curves.of takes them
    $('ratings-shown').addEventListener('click', () => {
      this.shown = !this.shown;
      this.draw();
      this.changed();
    });
    for (const id of ['ratings-add', 'ratings-give']) $(id).addEventListener('click', () => this.ask());
    $('ratings-remove').addEventListener('click', () => this.remove());
    $('ratings-lag').addEventListener('change', () => this.move());
    timeline.addEventListener('drawn', () => this.drawHint());
    this.wireDialog();
  }

  /** Reads the ratings of a video, if it has some; true if they are other than those that were read last. */
  async load(video, model) {
    const load = ++this.loads;
    if (this.video !== video) this.drawn = [];
    const [view, drawn] = video.hasRatings ? ((await attempt(() => this.read(video.id, model))) ?? [null, []]) : [null, []];
    if (load !== this.loads) return false; // they were asked for once more meanwhile
    const before = JSON.stringify([this.video?.id, this.model, this.view]);
    Object.assign(this, { video, model, view, drawn });
    this.draw();
    return before !== JSON.stringify([video.id, model, view]);
  }

  async read(id, model) {
    const view = await api.ratings(id, model);
    return [view, view.comparison?.scores.length ? await api.ratingCurves(id, model, view.comparison.hasSpread) : []];
  }

  /** What is drawn under the curves now: for Curves.of. */
  get columns() {
    return this.shown ? this.drawn : [];
  }

  /** What the address says. */
  get place() {
    return this.view && !this.shown ? 'hidden' : null;
  }

  set place(text) {
    this.shown = text !== 'hidden';
    this.draw();
  }

  draw() {
    const { video, view } = this,
      lost = video?.hasRatings && !view;
    $('ratings-shown').hidden = this.drawn.length === 0;
    $('ratings-shown').setAttribute('aria-pressed', String(this.shown));
    $('ratings-give').textContent = view || lost ? 'Replace' : 'Add ratings';
    $('ratings-lag-field').hidden = !view;
    $('ratings-add').hidden = Boolean(view || lost);
    $('ratings-remove').hidden = !view && !lost;
    if (view && document.activeElement !== $('ratings-lag')) $('ratings-lag').value = view.lagSeconds;
    const none = lost ? 'Its ratings cannot be read.' : 'None yet. Ratings are shown in grey under the curves.';
    $('ratings-body').replaceChildren(...(view ? told(view) : [element('p', { class: 'hint' }, none)]));
    this.drawHint();
  }

  /** Says what to do if no ratings are drawn: in one plot there is room for those of two curves. */
  drawHint() {
    $('ratings-hint').hidden = this.columns.length === 0 || this.timeline.labelled;
  }

  async move() {
    const input = $('ratings-lag'),
      { video } = this;
    if (!input.reportValidity() || input.value === '') return;
    await attempt(() => api.changeRatings(video.id, Number(input.value), this.model));
    await this.renew(video);
  }

  async remove() {
    const { video, view } = this;
    $('ratings-removal-text').textContent =
      `${view ? `“${view.name}” is` : 'Its ratings are'} deleted from Studio, which cannot be undone. The files from which they were given stay where they are.`;
    if ((await choice($('ratings-removal'))) !== 'remove') return;
    await attempt(async () => {
      await api.removeRatings(video.id);
      say(`The ratings of ${video.name} were removed.`);
      video.hasRatings = false;
    });
    await this.renew(video);
  }

  /** Reads them once more, unless another video is open by now. */
  async renew(video) {
    if (this.video === video && (await this.load(video, this.model))) this.changed();
  }

  ask() {
    this.choose([]);
    $('ratings-as').value = '';
    $('ratings-first-lag').value = this.view?.lagSeconds ?? 0;
    $('ratings-dialog').showModal();
  }

  choose(files) {
    this.files = files;
    $('ratings-chosen').textContent =
      files.length === 0 ? 'No file is chosen.' : files.length === 1 ? files[0].name : `${files.length} files: ${files.map(({ name }) => name).join(', ')}`;
    $('ratings-send').disabled = files.length === 0;
    this.complain('');
  }

  complain(text) {
    $('ratings-error').textContent = text;
    $('ratings-error').hidden = !text;
  }

  wireDialog() {
    for (const [button, input] of [
      ['ratings-choose', 'ratings-files'],
      ['ratings-choose-folder', 'ratings-folder'],
    ]) {
      $(button).addEventListener('click', () => $(input).click());
      $(input).addEventListener('change', () => {
        const files = wanted([...$(input).files]);
        $(input).value = '';
        this.choose(files);
        if (!files.length) this.complain('There are no files of ratings in this folder.');
      });
    }
    $('ratings-cancel').addEventListener('click', () => $('ratings-dialog').close());
    $('ratings-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
  }

  async send() {
    const { video, files } = this,
      lag = $('ratings-first-lag').value;
    if (!files.length) return;
    $('ratings-send').disabled = true;
    this.complain('');
    try {
      const view = await api.giveRatings(video.id, files, { lag, ratedAs: $('ratings-as').value.trim(), model: this.model });
      $('ratings-dialog').close();
      say(`${view.name} is shown with the curves of ${video.name}.`);
      video.hasRatings = true;
      await this.renew(video);
    } catch (error) {
      this.complain(error.message); // all mistakes of the files
    } finally {
      $('ratings-send').disabled = false;
    }
  }
}

/** The files to send, with their folders: of a data set only what is read of it. */
function wanted(files) {
  const named = files.map((file) => ({ file, name: file.webkitRelativePath || file.name })).filter(({ name }) => READ.test(name));
  const inside = ({ name }) => name.slice(name.indexOf('/') + 1);
  return named.some((file) => inside(file) === DATA_SET[0]) ? named.filter((file) => DATA_SET.includes(inside(file))) : named;
}

const list = (words) => words.join(', ');

/** What there is to say of ratings: the table, and everything that is not in it. */
function told({ name, notes, comparison }) {
  const hint = (text) => element('p', { class: 'hint' }, text);
  const { source = name, hasSpread = false, scores = [], onlyRated = [], onlyPredicted = [], warnings = [] } = comparison ?? {};
  return [
    hint(`${source}. ${scores.length ? `In grey under the curves: the mean${hasSpread ? ' and the standard deviation of the raters' : ''}.` : ''}`),
    ...(scores.length ? [element('table', {}, ...agreementTable(scores, { brief: true }))] : []),
    ...(hasCeiling(scores) ? [hint(CEILING)] : []),
    ...(onlyRated.length ? [hint(`Rated, but not predicted by this model: ${list(onlyRated)}.`)] : []),
    ...(onlyPredicted.length ? [hint(`Predicted, but not rated: ${list(onlyPredicted)}.`)] : []),
    ...warnings.map((text) => element('p', { class: 'notice' }, text)),
    ...(notes.length ? [element('details', {}, element('summary', {}, `About the files: ${several(notes.length, 'note')}`), ...notes.map(hint))] : []),
  ];
}
