// Says what has failed in the background: on top of the page, and to screen readers.
import { $ } from './curves/dom.js';
import { several } from './dom.js';

const NAMED = 3;

export class Failures {
  constructor(nameOf, queue) {
    this.nameOf = nameOf;
    this.failed = new Map(); // by video, kind and model
    $('failures-close').addEventListener('click', () => this.clear());
    $('failures-show').addEventListener('click', async () => {
      this.clear();
      await queue.open(true);
      await queue.show(true);
    });
  }

  onJob(job) {
    const key = `${job.videoId} ${job.kind} ${job.model}`,
      there = this.failed.has(key);
    if (job.state === 'Failed') this.failed.set(key, job);
    else this.failed.delete(key);
    if (there !== this.failed.has(key)) this.draw();
  }

  clear() {
    this.failed.clear();
    this.draw();
  }

  draw() {
    const jobs = [...this.failed.values()],
      names = jobs.slice(0, NAMED).map((job) => this.nameOf(job.videoId));
    $('failures').hidden = jobs.length === 0;
    $('failures-text').textContent =
      jobs.length === 1
        ? `${jobs[0].kind === 'Preview' ? 'No playable copy of' : 'The analysis of'} ${names[0]} ${jobs[0].kind === 'Preview' ? 'could be made' : 'failed'}: ${jobs[0].error}`
        : jobs.length
          ? `${several(jobs.length, 'job')} failed: ${names.join(', ')}${jobs.length > NAMED ? ' and others' : ''}.`
          : '';
  }
}
