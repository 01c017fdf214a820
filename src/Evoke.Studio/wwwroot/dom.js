// Shared by the parts of the page: lists that update in place, and messages to the user.
import { isUnreached } from './api.js';
import { $, element } from './curves/dom.js';

/** Updates the rows of a list, matched by `data-key`, in place, so that focus and a press in progress survive a redraw. */
export function renew(list, rows) {
  const there = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const kept = rows.map((row) => (there.has(row.dataset.key) ? liken(there.get(row.dataset.key), row) : row));
  for (const [i, row] of kept.entries()) if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
  while (list.children.length > kept.length) list.lastElementChild.remove();
}

/** Updates one row of such a list; a row that is not there is left out. */
export function renewOne(list, row) {
  const there = [...list.children].find((child) => child.dataset.key === row.dataset.key);
  if (there) liken(there, row);
}

/** Changes an element in place to match another and returns it; an element of another kind or key is replaced. */
function liken(old, fresh) {
  if (old.isEqualNode(fresh)) return old;
  if (old.nodeName !== fresh.nodeName || old.dataset?.key !== fresh.dataset?.key) {
    old.replaceWith(fresh);
    return fresh;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    old.data = fresh.data;
    return old;
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  if (old.childNodes.length !== fresh.childNodes.length) old.replaceChildren(...fresh.childNodes);
  else {
    const wanted = [...fresh.childNodes];
    for (const [i, child] of [...old.childNodes].entries()) liken(child, wanted[i]);
  }
  return old;
}

let fading;

/** Shows a message, for a while; with something to do about it, until that is done, it is closed, or another message comes. Screen readers read it out. */
export function say(text, { name, act } = {}) {
  const room = $('said');
  const close = () => room.replaceChildren();
  const button = (attributes, label, then) =>
    element(
      'button',
      {
        ...attributes,
        onclick: () => {
          close();
          then?.();
        },
      },
      label,
    );
  clearTimeout(fading);
  room.replaceChildren(text, ...(name ? [' ', button({}, name, act), ' ', button({ 'aria-label': 'Close' }, '×')] : []));
  if (!name) fading = setTimeout(close, 3000 + 60 * text.length);
}

/** Runs an action and shows its error message if it fails and still matters, unless Studio cannot be reached: that is shown on top of the page. */
export async function attempt(action, matters = () => true) {
  try {
    return await action();
  } catch (error) {
    if (!isUnreached(error) && matters()) say(error.message);
    return undefined;
  }
}

/** Opens a dialog; resolves to the value of the button that closed it, '' for Escape. */
export function choice(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true }));
}

/** '1 video', '12 videos'. */
export const several = (count, word, words = `${word}s`) => `${count} ${count === 1 ? word : words}`;
