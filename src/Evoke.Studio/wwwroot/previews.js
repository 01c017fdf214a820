// Chooses the file to play: the video itself, or the small copy that Studio makes when this browser cannot play the video.
import * as api from './api.js';
import { element } from './curves/dom.js';
import { attempt } from './dom.js';
import { isHeld, isOpen, remaining } from './progress.js';

export class Previews {
  constructor() {
    this.refused = new Set();
  }

  /** The URL to play; null while there is none. */
  source(video) {
    if (video.playable === null && video.job?.state === 'Failed') return null; // rejected by Studio; a browser would follow a playlist, for example
    if (video.playable !== false && !this.refused.has(video.id)) return api.mediaUrl(video.id);
    return video.hasPreview ? api.previewUrl(video.id) : null;
  }

  /** Records that this browser cannot play the video itself. */
  refuse(video) {
    this.refused.add(video.id);
  }

  /** Requests a copy of an unplayable video once; a copy that failed or was cancelled is made again only on request. */
  async ask(video) {
    if (this.source(video) || video.playable === null || (video.previewJob && video.previewJob.state !== 'Done')) return;
    video.previewJob = (await attempt(() => api.makePreview(video.id))) ?? null;
  }

  /** Shows over the player why there is no picture, the progress of the copy, and what the user can do. */
  cover(figure, video) {
    const cover = figure.querySelector('.cover'),
      job = video.previewJob,
      source = this.source(video);
    cover.hidden = source !== null && (video.hasPicture || video.playable === null);
    if (cover.hidden) return;
    const again = () =>
      attempt(async () => {
        video.previewJob = await api.makePreview(video.id);
        this.cover(figure, video);
      });
    const key = `${video.id} ${source} ${video.playable} ${job?.state} ${video.job?.state}`;
    if (cover.dataset.key !== key) {
      cover.dataset.key = key;
      cover.replaceChildren(...(source ? [element('p', {}, 'This file has sound only.')] : parts(video, job, again)));
    }
    if (!source && isOpen(job)) {
      const share = job.state === 'Running' ? job.progress : 0;
      cover.querySelector('progress').value = share;
      cover.querySelector('.share').textContent = isHeld(job)
        ? job.stage
        : job.state === 'Running'
          ? [`${Math.round(share * 100)} %`, remaining(job)].filter(Boolean).join(', ')
          : 'waiting';
    }
  }
}

function parts(video, job, again) {
  if (video.playable === null) {
    return [element('p', {}, video.job?.state === 'Failed' ? 'This file cannot be read.' : 'Reading the file…')];
  }
  if (isOpen(job)) {
    return [
      element('p', {}, 'This browser cannot play this format. Studio is making a small copy that it can play.'),
      element('progress', { value: 0, 'aria-label': 'Making a copy' }),
      element('p', { class: 'share' }),
      element('button', { class: 'quiet', onclick: () => attempt(() => api.cancel(job.id)) }, 'Cancel'),
    ];
  }
  return [
    element('p', {}, job?.state === 'Failed' ? job.error : 'This browser cannot play this format. The curves are still available.'),
    element('button', { class: 'quiet', onclick: again }, job?.state === 'Failed' ? 'Try again' : 'Make a playable copy'),
  ];
}
