// Small functions for building elements. Text is always set as text, never as markup.

export const $ = (id) => document.getElementById(id);

export const dark = () => document.documentElement.dataset.theme === 'dark';

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

/**
 * A sample of a curve's line: in the colour of the surrounding element (--mark) and with its dash pattern, which distinguishes curves for colour-blind
 * readers.
 */
export const stroke = (dash, attributes = {}) =>
  svg('svg', { class: 'stroke', viewBox: '0 0 20 8', 'aria-hidden': 'true', ...attributes }, svg('path', { d: 'M1 4h18', 'stroke-dasharray': dash.join(' ') }));

/** Presses one button of a group and releases the others. */
export const press = (group, chosen) => {
  for (const button of group.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button === chosen));
};

function set(made, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (key === 'mark') made.style.setProperty('--mark', value);
    else made.setAttribute(key, value === true ? '' : value);
  }
}
