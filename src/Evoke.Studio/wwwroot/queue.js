// The queue: running and waiting jobs, their speed and the time left.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { attempt, renew } from './dom.js';
import { isHeld, isOpen, words } from './progress.js';

export class Queue {
  constructor(nameOf) {
    this.nameOf = nameOf;
    this.jobs = new Map();
    $('queue-toggle').addEventListener('click', () => this.open($('queue').hidden));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.open(false);
    });
  }

  open(yes) {
    const focused = $('queue').contains(document.activeElement);
    $('queue').hidden = !yes;
    $('queue-toggle').setAttribute('aria-expanded', String(yes));
    if (yes) $('queue').focus();
    else if (focused) $('queue-toggle').focus();
  }

  async refresh() {
    const jobs = await attempt(() => api.jobs());
    if (!jobs) return;
    this.jobs = new Map(jobs.map((job) => [job.id, job]));
    this.draw();
  }

  onJob(job) {
    this.jobs.set(job.id, job);
    this.draw();
  }

  draw() {
    const all = [...this.jobs.values()].sort((a, b) => b.id - a.id);
    const open = all.filter(isOpen);
    $('queue-label').textContent = open.length ? `Queue ${open.length}` : 'Queue';
    $('queue-empty').hidden = all.length > 0;
    $('disk-full').hidden = !open.some(isHeld);
    renew(
      $('jobs'),
      [...open.reverse(), ...all.filter((job) => !open.includes(job))].slice(0, 40).map((job) => this.row(job)),
    );
  }

  row(job) {
    const running = job.state === 'Running',
      again = job.state === 'Failed' || job.state === 'Cancelled';
    return element(
      'li',
      { class: 'job', 'data-key': job.id },
      element('b', {}, this.nameOf(job.videoId)),
      isOpen(job)
        ? element('button', { class: 'quiet', 'data-key': 'cancel', onclick: () => attempt(() => api.cancel(job.id)) }, 'Cancel')
        : again
          ? element('button', { class: 'quiet', 'data-key': 'retry', onclick: () => attempt(() => api.retry(job.id)) }, 'Try again')
          : element('span'),
      running && !isHeld(job) ? element('progress', { value: job.progress, 'aria-label': words(job) }) : null,
      element('small', { class: job.state === 'Failed' ? 'bad' : null }, [words(job), job.model].filter(Boolean).join(' · ')),
    );
  }
}
