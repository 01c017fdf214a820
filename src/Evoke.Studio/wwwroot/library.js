// The library panel: every video with its state, a picture, and the curve of one emotion by the model that is chosen, on one scale for all videos.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element, svg } from './curves/dom.js';
import { attempt, renew, renewOne } from './dom.js';
import { filtered, sorted } from './order.js';
import { isHeld, isOpen } from './progress.js';
import { boxOf } from './selection.js';

const PICTURE_AT = 3.5 / 8; // one of the pictures below the curves
const THUMBNAIL = 184;
const LEAST_RANGE = 0.01;
const GATHERING = 60; // ms: what changes at once is asked for at once
const MOST_AT_ONCE = 100; // the ids of more make too long an address
const UNTAGGED = '\n'; // no tag is called that

export class Library extends EventTarget {
  /** `model` gives the model that is chosen. */
  constructor(model, selection, uploads) {
    super();
    this.model = model;
    this.selection = selection;
    this.uploads = uploads;
    this.known = new Map(); // all videos, by id
    this.list = []; // those that are shown, in order
    this.parting = new Set(); // ids of videos that are being removed
    this.dropped = new Map(); // when videos left the library, by id
    this.chosen = null;
    this.gathered = null;
    this.fillSort([]);
    let typing;
    $('search').addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.arrange(), 150);
    });
    for (const id of ['sort', 'tag']) $(id).addEventListener('change', () => this.arrange());
    $('line').addEventListener('change', () => this.refresh());
    selection.addEventListener('change', () => this.draw());
    uploads.addEventListener('change', () => this.drawUploads());
  }

  /** What is asked of every video. */
  get asked() {
    return { model: this.model(), line: $('line').value };
  }

  /** Reads the whole list: at the start, for another model or emotion, and when Studio is back. */
  async refresh() {
    const asked = performance.now();
    const list = await attempt(() => api.videos(this.asked));
    if (!list) return;
    this.known.clear();
    for (const video of list) if (!this.hasGone(video.id, asked)) this.known.set(video.id, video);
    // The emotion that was chosen may not be one of this model.
    if (this.arrange()) await this.refresh();
  }

  /** Reads some videos again. What is asked for within a moment is one request. */
  fetch(ids) {
    if (!this.gathered) {
      const wanted = new Set();
      const done = new Promise((resolve) => setTimeout(resolve, GATHERING)).then(() => {
        this.gathered = null;
        return this.read([...wanted]);
      });
      this.gathered = { wanted, done };
    }
    for (const id of ids) this.gathered.wanted.add(id);
    return this.gathered.done;
  }

  async read(ids) {
    if (ids.length > MOST_AT_ONCE) {
      await this.refresh();
      return;
    }
    const asked = performance.now();
    const found = await attempt(() => api.videos({ ids: ids.join(), ...this.asked }));
    if (!found) return;
    const there = new Map(found.map((video) => [video.id, video]));
    for (const id of ids.filter((id) => !this.hasGone(id, asked))) {
      const old = this.known.get(id);
      if (!there.has(id)) this.known.delete(id);
      else if (old)
        Object.assign(old, there.get(id)); // it may be open
      else this.known.set(id, there.get(id));
    }
    this.arrange();
  }

  /** A job has changed: its row is drawn again; a video is read again only when there is something new about it. */
  async onJob(job) {
    const video = this.known.get(job.videoId),
      name = job.kind === 'Preview' ? 'previewJob' : 'job';
    const justRead = video?.playable === null && ['features', 'prediction'].includes(job.stage);
    if (!video && ['Failed', 'Cancelled'].includes(job.state)) return; // it was removed
    if (!video || justRead || job.state === 'Done') {
      await this.fetch([job.videoId]);
      return;
    }
    if ((video[name]?.id ?? 0) > job.id) return;
    video[name] = job;
    this.drawOne(video);
  }

  /** Videos are about to be removed: their pictures on the way are cancelled, as these would come from videos that are gone. */
  part(ids) {
    for (const id of ids) this.parting.add(id);
    this.draw();
  }

  /** They were not removed. */
  stay(ids) {
    for (const id of ids) this.parting.delete(id);
    this.draw();
  }

  /** True for a video that has left the library since `asked`: an answer to a question of before does not bring it back. */
  hasGone(id, asked) {
    return this.dropped.get(id) >= asked;
  }

  /** Videos have left the library; many may do so at once. */
  drop(ids) {
    for (const id of ids) {
      this.known.delete(id);
      this.dropped.set(id, performance.now());
    }
    this.arranging ??= setTimeout(() => {
      this.arranging = null;
      for (const id of this.parting) if (!this.known.has(id)) this.parting.delete(id);
      this.arrange();
    }, GATHERING);
  }

  select(id) {
    this.chosen = id;
    this.draw();
  }

  /** Filters and sorts; true if another emotion is chosen now than the list was asked for. */
  arrange() {
    const all = [...this.known.values()],
      scheme = [...new Set(all.flatMap((video) => video.result?.scheme ?? []))];
    this.fillSort(scheme);
    this.fillTags(all);
    const another = this.fillLine(scheme);
    const [sort, order, emotion] = $('sort').value.split('|'),
      tag = $('tag').value;
    this.list = sorted(filtered(all, $('search').value, tag === UNTAGGED ? null : tag), sort, order, emotion);
    this.selection.keep(this.known);
    this.draw();
    this.dispatchEvent(new CustomEvent('arranged'));
    return another;
  }

  fillSort(emotions) {
    const select = $('sort'),
      value = select.value || 'added|desc|';
    const options = [
      ['added|desc|', 'Newest'],
      ['name|asc|', 'Name'],
      ['duration|desc|', 'Longest'],
    ];
    for (const emotion of emotions) options.push([`mean|desc|${emotion}`, `Most ${emotion}`], [`peak|desc|${emotion}`, `Peak ${emotion}`]);
    if (select.options.length === options.length) return;
    select.replaceChildren(...options.map(([key, text]) => element('option', { value: key, selected: key === value }, text)));
  }

  /** The tags by which the library can be filtered. */
  fillTags(videos) {
    const select = $('tag'),
      value = select.value,
      counts = new Map();
    for (const tag of videos.flatMap((video) => video.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    this.tags = [...counts.keys()].sort((a, b) => a.localeCompare(b));
    select.hidden = counts.size === 0;
    const options = [['', 'All tags'], ...this.tags.map((tag) => [tag, `${tag} (${counts.get(tag)})`]), [UNTAGGED, 'Without tags']];
    if ([...select.options].map((option) => option.text).join() === options.map(([, text]) => text).join()) return;
    select.replaceChildren(...options.map(([key, text]) => element('option', { value: key, selected: key === value }, text)));
  }

  /** The emotions whose curve the rows can show; true if another one is chosen now than the list was asked for. */
  fillLine(scheme) {
    const select = $('line'),
      value = select.value;
    $('line-field').hidden = scheme.length === 0;
    if ([...select.options].map((option) => option.value).join() === scheme.join()) return false;
    select.replaceChildren(...scheme.map((name) => element('option', { value: name, selected: name === value }, name)));
    return value !== '' && select.value !== value;
  }

  draw() {
    const lines = this.list.flatMap((video) => video.result?.sparkline ?? []);
    const least = Math.min(0, ...lines);
    this.range = [least, Math.max(...lines, least + LEAST_RANGE)];
    $('videos').classList.toggle('picking', this.selection.active);
    renew(
      $('videos'),
      this.list.map((video) => this.row(video)),
    );
    for (const video of this.list) this.mark(video);
    this.drawEmpty();
  }

  drawOne(video) {
    renewOne($('videos'), this.row(video));
    this.mark(video);
  }

  // What a user has checked is no attribute.
  mark({ id }) {
    const box = this.selection.active && $('videos').querySelector(`[data-key="pick ${id}"]`);
    if (box) box.checked = this.selection.has(id);
  }

  /** The upload that is on its way; the queue has all of them. */
  drawUploads() {
    const sending = this.uploads.list.filter(({ state }) => state === 'sending');
    renew(
      $('uploads'),
      sending.map((upload) =>
        element(
          'li',
          { 'data-key': upload.key },
          element(
            'div',
            { class: 'video plain' },
            element('b', {}, upload.name),
            element('small', {}, `Uploading ${Math.round(upload.fraction * 100)} %`),
            element('progress', { value: upload.fraction, 'aria-label': `Uploading ${upload.name}` }),
          ),
        ),
      ),
    );
    this.drawEmpty();
  }

  drawEmpty() {
    $('library-empty').hidden = this.list.length + $('uploads').children.length > 0;
    $('library-empty').textContent = this.known.size ? 'No matching videos.' : 'No videos yet. Drop one here.';
    $('select').disabled = $('scores-open').disabled = this.known.size === 0;
  }

  row(video) {
    const button = this.button(video);
    return element(
      'li',
      { 'data-key': video.id, class: this.selection.has(video.id) ? 'picked' : null },
      this.selection.active ? boxOf(this.selection, video, () => this.list.map(({ id }) => id)) : null,
      button,
    );
  }

  button(video) {
    const { job } = video,
      busy = isOpen(job),
      words = stateOf(job);
    return element(
      'button',
      {
        class: video.result?.sparkline.length ? 'video' : 'video plain',
        'data-id': video.id,
        title: video.name,
        'aria-current': video.id === this.chosen ? 'true' : null,
        onclick: (event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey) {
            if (event.shiftKey && !this.selection.ids.size && this.chosen) this.selection.anchor = this.chosen;
            const order = this.list.map(({ id }) => id);
            this.selection.toggle(video.id, event.shiftKey ? order : null);
          } else this.dispatchEvent(new CustomEvent('choose', { detail: video.id }));
        },
      },
      picture(this.parting.has(video.id) ? { ...video, hasPicture: false } : video),
      element('b', {}, video.name),
      element(
        'small',
        { class: job?.state === 'Failed' ? 'bad' : null },
        [video.durationSeconds ? clock(video.durationSeconds) : null, words].filter(Boolean).join(' · ') || '—',
      ),
      video.result?.sparkline.length ? sparkline(video.result.sparkline, this.range) : null,
      busy ? element('progress', { value: job.state === 'Running' ? job.progress : 0, 'aria-label': words }) : null,
      video.tags.length ? element('span', { class: 'tags' }, ...video.tags.map((tag) => element('span', {}, tag))) : null,
    );
  }
}

function stateOf(job) {
  if (job?.state === 'Failed' || job?.state === 'Cancelled') return job.state;
  if (isHeld(job)) return 'Waiting for disk space';
  if (job?.state === 'Queued') return 'Waiting';
  return job?.state === 'Running' ? `${job.stage}, ${Math.round(job.progress * 100)} %` : '';
}

/** A picture from before the middle; space for it where there is none, so that the names keep their line. */
function picture({ id, hasPicture, durationSeconds }) {
  if (!hasPicture || !durationSeconds) return element('span', { class: 'still' });
  return element('img', { class: 'still', src: api.thumbnailUrl(id, PICTURE_AT * durationSeconds, THUMBNAIL), alt: '', loading: 'lazy' });
}

function sparkline(values, [low, high]) {
  const range = high - low;
  const points = values.map((v, i) => `${((i / Math.max(1, values.length - 1)) * 72).toFixed(1)} ${(26 - ((v - low) / range) * 23).toFixed(1)}`);
  return svg(
    'svg',
    { viewBox: '0 0 72 28', 'aria-hidden': 'true', preserveAspectRatio: 'none' },
    svg('path', { class: 'area', d: `M0 28L${points.join('L')}L72 28z` }),
    svg('path', { d: `M${points.join('L')}` }),
  );
}
