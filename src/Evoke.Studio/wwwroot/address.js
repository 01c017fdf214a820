// What is chosen, in the page's address after '#': the video, then model, layout, scale, what the summary is compared with, emotions, zoom, time and the cut
// that the video is compared with. A link leads to the same place, and so does a reload. The first four, and whether the summary is open, are also kept for
// the next visit.

const KEPT = ['model', 'layout', 'scale', 'norm', 'summary'];
const REST = 250;

/** What the address says: texts by name, and `id`; what it does not say is missing. */
export function read() {
  const [id, chosen = ''] = location.hash.slice(1).split('?');
  return { id, ...Object.fromEntries(new URLSearchParams(chosen)) };
}

/** What was chosen at an earlier visit. */
export const kept = () => Object.fromEntries(KEPT.map((name) => [name, localStorage.getItem(`chosen-${name}`)]).filter(([, value]) => value));

export function keep(name, value) {
  localStorage.setItem(`chosen-${name}`, value);
}

export class Address {
  /** `state` returns what is chosen: texts by name, and `id`; null for none. */
  constructor(state) {
    this.state = state;
    this.waiting = null;
  }

  /** Writes the address soon: browsers refuse to write it for every pixel of a drag. */
  note() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.rest(), REST);
  }

  /** Another video in the address was put there by the browser's Back button or by hand: `hashchange` comes only after this, and has to find it there. */
  rest() {
    const { id } = read();
    if (!id || id === this.state().id) this.write('replaceState');
  }

  /** Writes it now, in place of what it says. */
  correct() {
    this.write('replaceState');
  }

  /** Writes it now, as a new page for the browser's Back button. */
  turn() {
    this.write(read().id && read().id !== this.state().id ? 'pushState' : 'replaceState');
  }

  write(how) {
    clearTimeout(this.waiting);
    const { id, ...chosen } = this.state();
    if (!id) return;
    const said = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== null && value !== undefined && value !== ''));
    const text = [id, said.toString().replaceAll('%2C', ',')].filter(Boolean).join('?');
    if (location.hash.slice(1) !== text) history[how](null, '', `#${text}`);
  }
}
