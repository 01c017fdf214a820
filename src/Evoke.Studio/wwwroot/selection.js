// The videos that are selected, in the library and in the table of scores: one selection for both.
import { element } from './curves/dom.js';

export class Selection extends EventTarget {
  constructor() {
    super();
    this.ids = new Set();
    this.active = false; // check boxes are shown
    this.anchor = null; // where a range begins
  }

  has(id) {
    return this.ids.has(id);
  }

  /** Shows the check boxes; without them nothing is selected. */
  activate(active) {
    this.active = active;
    if (!active) this.ids.clear();
    this.changed();
  }

  /** One video more or less; with `through`, the ids in the order in which they are shown, all from the last one that was changed to this one. */
  toggle(id, through = null) {
    const [from, to] = [through?.indexOf(this.anchor) ?? -1, through?.indexOf(id) ?? -1];
    this.active = true;
    if (from >= 0 && to >= 0) for (const one of through.slice(Math.min(from, to), Math.max(from, to) + 1)) this.ids.add(one);
    else if (!this.ids.delete(id)) this.ids.add(id);
    this.anchor = id;
    this.changed();
  }

  set(ids) {
    this.ids = new Set(ids);
    this.changed();
  }

  /** Forgets what is no longer in the library. */
  keep(known) {
    const gone = [...this.ids].filter((id) => !known.has(id));
    for (const id of gone) this.ids.delete(id);
    if (gone.length) this.changed();
  }

  changed() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}

/** The check box of a video: Shift takes all from the last one that was changed. */
export function boxOf(selection, video, order) {
  return element('input', {
    type: 'checkbox',
    class: 'pick',
    'data-key': `pick ${video.id}`,
    'aria-label': `Select ${video.name}`,
    onclick: (event) => selection.toggle(video.id, event.shiftKey ? order() : null),
  });
}
