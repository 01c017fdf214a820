// What Studio's parts share: lists that keep what is there, and words to everybody.
import { $ } from './curves/dom.js';

/** Gives a list new rows, told apart by `data-key`, and keeps what is there already: focus, and a press under way, survive a redraw. */
export function renew(list, rows) {
  const there = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const kept = rows.map((row) => (there.has(row.dataset.key) ? liken(there.get(row.dataset.key), row) : row));
  for (const [i, row] of kept.entries()) if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
  while (list.children.length > kept.length) list.lastElementChild.remove();
}

/** Makes an element like another in place, and returns it; what is of another kind or key is put in its place instead. */
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
/** Says something to everybody: shown for a while, and read out. */
export function say(text) {
  $('said').textContent = text;
  clearTimeout(fading);
  fading = setTimeout(
    () => {
      $('said').textContent = '';
    },
    3000 + 60 * text.length,
  );
}

/** Runs what the person asked for and says what went wrong with it. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    say(error.message);
    return undefined;
  }
}
