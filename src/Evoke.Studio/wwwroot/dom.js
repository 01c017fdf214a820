// Small pieces that every part of the page uses. Text is only ever set as text, never as markup.

export const $ = (id) => document.getElementById(id);

/** element('li', { class: 'x', onclick: f, 'aria-label': 'y' }, 'text', child, …) */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'mark') made.style.setProperty('--mark', value);
    else made.setAttribute(key, value === true ? '' : value);
  }
}

/** Gives a list new rows, told apart by `data-key`, and keeps what is there already: focus, and a press under way, survive a redraw. */
export function renew(list, rows) {
  const there = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const kept = rows.map((row) => there.has(row.dataset.key) ? liken(there.get(row.dataset.key), row) : row);
  for (const [i, row] of kept.entries()) if (list.children[i] !== row) list.insertBefore(row, list.children[i] ?? null);
  while (list.children.length > kept.length) list.lastElementChild.remove();
}

/** Makes an element like another in place, and returns it; what is of another kind or key is put in its place instead. */
function liken(old, fresh) {
  if (old.isEqualNode(fresh)) return old;
  if (old.nodeName !== fresh.nodeName || old.dataset?.key !== fresh.dataset?.key) { old.replaceWith(fresh); return fresh; }
  if (old.nodeType === Node.TEXT_NODE) { old.data = fresh.data; return old; }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
  if (old.childNodes.length !== fresh.childNodes.length) old.replaceChildren(...fresh.childNodes);
  else { const wanted = [...fresh.childNodes]; for (const [i, child] of [...old.childNodes].entries()) liken(child, wanted[i]); }
  return old;
}

let fading;
/** Says something to everybody: shown for a while, and read out. */
export function say(text) {
  $('said').textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { $('said').textContent = ''; }, 3000 + 60 * text.length);
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

export function clock(seconds, digits = 0) {
  const whole = Math.max(0, seconds);
  const h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60;
  const s = (whole % 60).toFixed(digits).padStart(digits ? 3 + digits : 2, '0');
  return h ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

export const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
export const dark = () => document.documentElement.dataset.theme === 'dark';
export const press = (group, chosen) => { for (const button of group.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === chosen)); };
