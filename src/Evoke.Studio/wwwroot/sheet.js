// What opens takes the focus, and gives it back when it closes: the emotions as a sheet on a narrow page, the library, and the links to skip.
import { $ } from './curves/dom.js';

/**
 * Opens and closes a part of the page by a class: its first control, or the one given, takes the focus; Escape closes it, and so does a press elsewhere than
 * in it and `beside` it.
 */
export function wireSheet(opener, sheet, { first, closers = [], beside = [] }) {
  const set = (open) => {
    if (sheet.classList.contains('open') === open) return;
    sheet.classList.toggle('open', open);
    opener.setAttribute('aria-expanded', String(open));
    if (open) first().focus();
    else if (sheet.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
  };
  opener.addEventListener('click', () => set(!sheet.classList.contains('open')));
  for (const closer of closers) closer.addEventListener('click', () => set(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') set(false);
  });
  document.addEventListener('pointerdown', (event) => {
    if (![sheet, opener, ...beside].some((node) => node.contains(event.target))) set(false);
  });
}

export function wireSkips() {
  for (const button of document.querySelectorAll('[data-skip]')) button.addEventListener('click', () => $(button.dataset.skip).focus());
}
