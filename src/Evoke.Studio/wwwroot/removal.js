// Removing videos, and putting them back.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element } from './curves/dom.js';
import { askRemove } from './dialogs.js';
import { attempt, say, several } from './dom.js';

const SOON = 200; // ms

export class Removal {
  /** `leave` is called before videos go and resolves to the id of the one that was open, or null; `gone` is called after: with those that stay, if they could not be removed. */
  constructor(library, { leave, gone }) {
    Object.assign(this, { library, leave, gone });
    this.under = new Set(); // ids of videos that this page is removing
    $('removed-open').addEventListener('click', () => this.show());
    $('removed-all').addEventListener('click', () =>
      attempt(async () => {
        await api.deleteRemoved();
        $('removed-dialog').close();
        await this.refresh();
      }),
    );
  }

  /** Asks, removes, and offers to undo it. */
  async ask(videos) {
    const answer = await askRemove(videos);
    if (!answer) return;
    const ids = videos.map(({ id }) => id);
    this.under = new Set(ids);
    this.library.part(ids);
    const open = await this.leave(ids);
    const removed = await attempt(() => api.remove(ids, answer === 'file'));
    this.under = new Set();
    if (removed) this.library.drop(ids);
    else this.library.stay(ids);
    await this.gone(removed ? [] : ids);
    if (!removed) return;
    const what = videos.length === 1 ? `${videos[0].name} was` : `${several(videos.length, 'video')} were`;
    say(`${what} removed from the library.`, { name: 'Undo', act: () => this.putBack(ids, open) });
    await this.refresh();
  }

  /** Puts videos back, and opens the one that was open. */
  async putBack(ids, open) {
    const back = await attempt(() => api.putBack(ids));
    if (!back) return;
    await this.library.fetch(ids);
    say(back.length === 1 ? `${back[0].name} is back.` : `${several(back.length, 'video')} are back.`);
    if (open) this.library.dispatchEvent(new CustomEvent('choose', { detail: open }));
    await this.refresh();
  }

  /** Soon: many videos may come and go at once. */
  refreshSoon() {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = null;
      this.refresh();
    }, SOON);
  }

  /** How many can be put back is said below the library. */
  async refresh() {
    const removed = (await attempt(() => api.removed())) ?? [];
    $('removed-open').hidden = removed.length === 0;
    $('removed-open').textContent = `Recently removed: ${removed.length}`;
    if (removed.length === 0) $('removed-dialog').close();
    $('removed-list').replaceChildren(...removed.reverse().map((video) => this.row(video)));
  }

  async show() {
    await this.refresh();
    if (!$('removed-open').hidden) $('removed-dialog').showModal();
  }

  row({ id, name, until, keptAt }) {
    const left = Math.max(0, (Date.parse(until) - Date.now()) / 1000);
    return element(
      'li',
      { class: 'job' },
      element('b', {}, name),
      element('button', { type: 'button', class: 'quiet', onclick: () => this.putBack([id]), 'aria-label': `Put back ${name}` }, 'Put back'),
      element('small', {}, `for ${clock(left)} more${keptAt ? `; then its file is kept: ${keptAt}` : ''}`),
    );
  }
}
