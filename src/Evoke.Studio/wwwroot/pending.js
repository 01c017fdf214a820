// Shown in place of the timeline while there are no curves: the progress of the analysis, or what went wrong and how to go on.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { attempt } from './dom.js';
import { isOpen, words } from './progress.js';

export class Pending {
  constructor(analyse) {
    this.analyse = analyse;
  }

  /** Draws the state of a video that has no result from this model; null hides the panel. */
  draw(video, model) {
    const room = $('pending');
    room.hidden = !video;
    if (!video) return;
    const job = video.job?.model === model ? video.job : null;
    const key = `${video.id} ${model} ${job?.id} ${job?.state}`;
    if (room.dataset.key !== key) {
      room.dataset.key = key;
      room.replaceChildren(...this.parts(job, model));
    }
    if (isOpen(job)) {
      room.querySelector('progress').value = job.state === 'Running' ? job.progress : 0;
      room.querySelector('.share').textContent = words(job);
    }
  }

  parts(job, model) {
    if (isOpen(job)) {
      return [
        element('p', {}, `Analysing this video with ${model}.`),
        element('progress', { value: 0, 'aria-label': 'Analysis' }),
        element('p', { class: 'hint share' }),
        element('button', { class: 'quiet', onclick: () => attempt(() => api.cancel(job.id)) }, 'Cancel'),
      ];
    }
    const again = (text) => element('button', { class: 'primary', onclick: () => attempt(this.analyse) }, text);
    if (job?.state === 'Failed') return [element('p', { class: 'bad' }, job.error), again('Try again')];
    if (job?.state === 'Cancelled') return [element('p', {}, 'The analysis was cancelled.'), again('Try again')];
    return [element('p', {}, `This video has not been analysed with ${model} yet.`), again('Analyse')];
  }
}
