// The library panel: every video with its state, a picture, and the curve of one emotion by the model that is chosen, on one scale for all videos.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element, svg } from './curves/dom.js';
import { attempt, renew } from './dom.js';
import { isHeld, isOpen } from './progress.js';

const PICTURE_AT = 3.5 / 8; // one of the pictures below the curves
const THUMBNAIL = 184;
const LEAST_RANGE = 0.01;

export class Library extends EventTarget {
  /** `model` gives the model that is chosen. */
  constructor(model) {
    super();
    this.model = model;
    this.list = [];
    this.known = new Map(); // by id, including videos that a search hides
    this.uploads = new Map();
    this.chosen = null;
    this.fillSort([]);
    let typing;
    $('search').addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.refresh(), 150);
    });
    for (const id of ['sort', 'line']) $(id).addEventListener('change', () => this.refresh());
  }

  async refresh() {
    const [sort, order, emotion] = $('sort').value.split('|');
    const asked = { search: $('search').value, sort, order, emotion, model: this.model(), line: $('line').value };
    const list = await attempt(() => api.videos(asked));
    if (!list) return;
    this.list = list;
    if (!$('search').value) this.known.clear();
    for (const video of list) this.known.set(video.id, video);
    const scheme = [...new Set(list.flatMap((video) => video.result?.scheme ?? []))];
    this.fillSort(scheme);
    if (this.fillLine(scheme)) {
      await this.refresh(); // the emotion that was chosen is not one of this model
      return;
    }
    this.draw();
  }

  /** Redraws one row when its job changes; reads the list again only when a job has ended. */
  async onJob(job) {
    const video = this.list.find((v) => v.id === job.videoId);
    const justRead = video && video.playable === null && ['features', 'prediction'].includes(job.stage);
    if (!video || justRead || ['Done', 'Failed', 'Cancelled'].includes(job.state)) {
      await this.refresh();
      return;
    }
    video[job.kind === 'Preview' ? 'previewJob' : 'job'] = job;
    this.draw();
  }

  select(id) {
    this.chosen = id;
    this.draw();
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
    const greatest = Math.max(...this.list.map((video) => Math.max(...(video.result?.sparkline ?? []))));
    const least = Math.min(0, ...this.list.map((video) => Math.min(...(video.result?.sparkline ?? []))));
    this.range = [least, Math.max(greatest, least + LEAST_RANGE)];
    const uploads = [...this.uploads.values()].map((upload, i) =>
      element(
        'li',
        { 'data-key': `sending ${i}` },
        element(
          'div',
          { class: 'video plain' },
          element('b', {}, upload.name),
          element('small', {}, `Uploading ${Math.round(upload.fraction * 100)} %`),
          element('progress', { value: upload.fraction, 'aria-label': `Uploading ${upload.name}` }),
        ),
      ),
    );
    renew($('videos'), [...uploads, ...this.list.map((video) => element('li', { 'data-key': video.id }, this.row(video)))]);
    $('library-empty').hidden = this.list.length + uploads.length > 0;
    $('library-empty').textContent = $('search').value ? 'No matching videos.' : 'No videos yet. Drop one here.';
  }

  row(video) {
    const { job } = video,
      busy = isOpen(job);
    const words =
      job?.state === 'Failed'
        ? 'Failed'
        : job?.state === 'Cancelled'
          ? 'Cancelled'
          : isHeld(job)
            ? 'Waiting for disk space'
            : job?.state === 'Queued'
              ? 'Waiting'
              : job?.state === 'Running'
                ? `${job.stage}, ${Math.round(job.progress * 100)} %`
                : '';
    return element(
      'button',
      {
        class: video.result?.sparkline.length ? 'video' : 'video plain',
        'data-id': video.id,
        title: video.name,
        'aria-current': video.id === this.chosen ? 'true' : null,
        onclick: () => this.dispatchEvent(new CustomEvent('choose', { detail: video.id })),
      },
      picture(video),
      element('b', {}, video.name),
      element(
        'small',
        { class: job?.state === 'Failed' ? 'bad' : null },
        [video.durationSeconds ? clock(video.durationSeconds) : null, words].filter(Boolean).join(' · ') || '—',
      ),
      video.result?.sparkline.length ? sparkline(video.result.sparkline, this.range) : null,
      busy ? element('progress', { value: job.state === 'Running' ? job.progress : 0, 'aria-label': words }) : null,
    );
  }
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
