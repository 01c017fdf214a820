// The queue: uploads on their way, running and waiting jobs, those that have ended; their numbers are Studio's, however many are listed.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { attempt, choice, renew, renewOne, say, several } from './dom.js';
import { isHeld, isOpen, words } from './progress.js';

const PAGE = 50;
const SOON = 200; // ms: many jobs may end at once
const NONE = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };

export class Queue {
  constructor(nameOf, uploads) {
    this.nameOf = nameOf;
    this.uploads = uploads;
    this.counts = NONE;
    this.held = new Set(); // jobs that wait for disk space
    this.failedOnly = false;
    this.empty();
    uploads.addEventListener('change', () => this.draw());
    $('queue-toggle').addEventListener('click', () => this.open($('queue').hidden));
    $('queue-close').addEventListener('click', () => this.open(false));
    $('cancel-all').addEventListener('click', () => this.cancelAll());
    $('failed-only').addEventListener('click', () => this.show(!this.failedOnly));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) this.open(false);
    });
  }

  empty() {
    this.jobs = new Map(); // those that are listed
    this.unlisted = { open: false, ended: false };
  }

  async open(yes) {
    const focused = $('queue').contains(document.activeElement);
    $('queue').hidden = !yes;
    $('queue-toggle').setAttribute('aria-expanded', String(yes));
    if (yes) $('queue').focus();
    else if (focused) $('queue-toggle').focus();
    if (yes) await this.refresh();
    else this.empty();
  }

  /** Only the jobs that failed, or all. */
  async show(failedOnly) {
    this.failedOnly = failedOnly;
    await this.refresh();
  }

  async refresh() {
    await this.count();
    if (!$('queue').hidden) {
      this.empty();
      await Promise.all([this.failedOnly ? null : this.list('open'), this.list('ended')]);
    }
    this.draw();
  }

  async count() {
    const queue = await attempt(() => api.queue());
    if (!queue) return;
    this.counts = queue.counts;
    if (!queue.waitingForDisk) this.held.clear();
    else if (!this.held.size) this.held.add('one');
  }

  /** Lists more jobs of a kind: after those that are listed. */
  async list(kind) {
    const listed = [...this.jobs.values()].filter((job) => isOpen(job) === (kind === 'open')).map(({ id }) => id);
    const order = kind === 'open' ? 'asc' : 'desc';
    const after = listed.length ? (kind === 'open' ? Math.max(...listed) : Math.min(...listed)) : null;
    const state = kind === 'ended' && this.failedOnly ? 'failed' : kind;
    const jobs = await attempt(() => api.jobs({ state, order, after, limit: PAGE }));
    if (!jobs) return;
    for (const job of jobs) this.jobs.set(job.id, job);
    this.unlisted[kind] = jobs.length === PAGE;
  }

  onJob(job) {
    const listed = this.jobs.get(job.id),
      isNews = listed?.state !== job.state;
    if (isHeld(job)) this.held.add(job.id);
    else if (this.held.delete(job.id) || this.held.delete('one')) this.countSoon();
    if (isNews && (listed || job.state !== 'Running' || job.progress === 0)) this.countSoon();
    if ($('queue').hidden) {
      this.drawLabel();
      return;
    }
    // A job that waits behind those that are listed comes with them.
    if (listed || job.state !== 'Queued' || !this.unlisted.open) this.jobs.set(job.id, job);
    if (!isNews && !this.failedOnly) renewOne($('jobs'), this.row(job));
    else this.draw();
    this.drawLabel();
  }

  countSoon() {
    this.counting ??= setTimeout(async () => {
      this.counting = null;
      if (this.failedOnly) await this.refresh();
      else {
        await this.count();
        this.draw();
      }
    }, SOON);
  }

  async cancelAll() {
    const open = this.counts.queued + this.counts.running;
    $('cancel-title').textContent = `Cancel ${several(open, 'job')}?`;
    if ((await choice($('cancel-dialog'))) !== 'cancel-all') return;
    const done = await attempt(() => api.cancelAll());
    if (done) say(`${several(done.cancelled, 'job')} cancelled.`);
    await this.refresh();
  }

  drawLabel() {
    const open = this.counts.queued + this.counts.running + this.uploads.open.length;
    $('queue-label').textContent = open ? `Queue ${open}` : 'Queue';
    $('disk-full').hidden = this.held.size === 0;
  }

  draw() {
    this.drawLabel();
    if ($('queue').hidden) return;
    const { queued, running, done, failed, cancelled } = this.counts;
    const all = [...this.jobs.values()],
      open = all.filter(isOpen).sort((a, b) => (b.state === 'Running') - (a.state === 'Running') || a.id - b.id),
      ended = all.filter((job) => !isOpen(job)).sort((a, b) => b.id - a.id);
    const listed = this.failedOnly ? ended.filter((job) => job.state === 'Failed') : [...open, ...ended];
    $('queue-counts').textContent = [`${running} running`, `${queued} waiting`, `${done} done`, `${failed} failed`, `${cancelled} cancelled`].join(' · ');
    $('queue-empty').hidden = listed.length + this.uploads.list.length > 0;
    $('queue-empty').textContent = this.failedOnly ? 'No job has failed.' : 'No jobs.';
    $('cancel-all').disabled = queued + running === 0;
    $('failed-only').hidden = failed === 0 && !this.failedOnly;
    $('failed-only').textContent = `Failed: ${failed}`;
    $('failed-only').setAttribute('aria-pressed', String(this.failedOnly));
    renew(
      $('sending'),
      this.uploads.list.map((upload) => this.upload(upload)),
    );
    const rest = Math.max(0, queued + running - open.length);
    renew($('jobs'), [
      ...(this.failedOnly ? [] : open).map((job) => this.row(job)),
      ...(this.unlisted.open && rest && !this.failedOnly ? [this.more('open', `${rest} more ${rest === 1 ? 'waits' : 'wait'}`)] : []),
      ...listed.filter((job) => !isOpen(job)).map((job) => this.row(job)),
      ...(this.unlisted.ended ? [this.more('ended', 'Earlier jobs')] : []),
    ]);
  }

  more(kind, text) {
    const act = async () => {
      await this.list(kind);
      this.draw();
    };
    return element(
      'li',
      { class: 'more', 'data-key': `more ${kind}` },
      element('span', { class: 'hint' }, text),
      element('button', { class: 'quiet', onclick: act, 'aria-label': `Show ${PAGE} more: ${text}` }, `Show ${PAGE} more`),
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

  upload(upload) {
    const button = (name, act) => element('button', { class: 'quiet', 'data-key': name, onclick: act }, name);
    const { state } = upload,
      buttons = {
        failed: [button('Try again', () => this.uploads.again(upload)), button('Dismiss', () => this.uploads.cancel(upload))],
        same: [button('Open it', () => this.uploads.openSame(upload)), button('Add anyway', () => this.uploads.again(upload, true))],
      }[state] ?? [button('Cancel', () => this.uploads.cancel(upload))];
    return element(
      'li',
      { class: 'job', 'data-key': upload.key },
      element('b', {}, upload.name),
      element('span', { class: 'acts' }, ...buttons),
      state === 'sending' ? element('progress', { value: upload.fraction, 'aria-label': `Uploading ${upload.name}` }) : null,
      element('small', { class: state === 'failed' ? 'bad' : null }, this.uploads.words(upload)),
    );
  }
}
