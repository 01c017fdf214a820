// The dialogs for adding, deleting and comparing, the export menu, and files dropped on the page.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element } from './curves/dom.js';
import { attempt, choice, say, several } from './dom.js';

export function wireAdd(library, uploads, model, choose) {
  const send = (files) => {
    $('add-dialog').close();
    uploads.add(files);
  };
  const open = async () => {
    $('add-dialog').showModal();
    await attempt(() => browse(null));
  };
  $('add').addEventListener('click', open);
  document.querySelector('[data-action="add"]').addEventListener('click', open);
  $('choose').addEventListener('click', () => $('files').click());
  $('files').addEventListener('change', () => {
    const files = [...$('files').files];
    $('files').value = '';
    send(files);
  });

  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => {
    if (hasFiles(event)) {
      depth++;
      $('drop').hidden = false;
    }
  });
  addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (!depth) $('drop').hidden = true;
  });
  addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    $('drop').hidden = true;
    send([...event.dataTransfer.files]);
  });

  async function browse(path) {
    const here = await api.folder(path);
    const closed = path === null && here.folders.length === 0;
    $('from-roots').hidden = closed;
    $('no-roots').hidden = !closed;
    $('folder-path').textContent = path ?? '';
    const name = (full) => (path === null ? full : full.slice(full.lastIndexOf('/') + 1));
    const add = (target, same = 'reuse') =>
      attempt(async () => {
        const before = new Set(library.known.keys());
        const added = await api.addPath(target, model(), same);
        $('add-dialog').close();
        await library.fetch(added.map(({ id }) => id));
        choose(added[0].id);
        const there = added.filter(({ id }) => before.has(id)),
          count = added.length - there.length;
        const fresh = count === 1 ? `Added ${added.find(({ id }) => !before.has(id)).name}.` : count ? `Added ${several(count, 'video')}.` : '';
        const known = there.length === 1 ? `${there[0].name} is in the library already.` : `${there.length} are in the library already.`;
        say(
          [fresh, there.length ? known : ''].filter(Boolean).join(' '),
          there.length && same === 'reuse' ? { name: 'Add all', act: () => add(target, 'add') } : {},
        );
      });
    $('folder').replaceChildren(
      ...(path === null
        ? []
        : [element('li', {}, element('button', { type: 'button', class: 'up', onclick: () => attempt(() => browse(here.parent)) }, '← up'))]),
      ...here.folders.map((folder) =>
        element('li', {}, element('button', { type: 'button', onclick: () => attempt(() => browse(folder)) }, `${name(folder)}/`)),
      ),
      ...here.files.map((file) => element('li', {}, element('button', { type: 'button', onclick: () => add(file) }, name(file)))),
    );
    $('add-folder').hidden = path === null;
    $('add-folder').onclick = () => add(path);
  }
}

/** Asks what to remove; resolves to 'keep', 'file' or null. */
export async function askRemove(videos) {
  const uploaded = videos.some((video) => video.uploaded),
    what = videos.length === 1 ? `“${videos[0].name}” and its results are` : `${several(videos.length, 'video')} and their results are`;
  $('delete-title').textContent = videos.length === 1 ? 'Remove this video from the library?' : `Remove ${several(videos.length, 'video')} from the library?`;
  $('delete-text').textContent = uploaded
    ? `${what} removed from the library, which you can undo for half an hour. What is then to become of uploaded files: stay in Studio's data folder, or be deleted?`
    : `${what} removed from the library, which you can undo for half an hour. Files stay where they are.`;
  $('delete-file').hidden = !uploaded;
  $('delete-file').textContent = videos.length === 1 ? 'Delete the file too' : 'Delete the files too';
  $('delete-keep').textContent = !uploaded ? 'Remove' : videos.length === 1 ? 'Keep the file' : 'Keep the files';
  const value = await choice($('delete-dialog'));
  return ['keep', 'file'].includes(value) ? value : null;
}

/** Resolves to the id of the video to compare with, or null. Both results must come from the same model. */
export function askCompare(list, current, model) {
  const dialog = $('compare-dialog');
  const others = list.filter((video) => video.id !== current && video.models.includes(model));
  $('candidates').replaceChildren(
    ...(others.length
      ? others.map((video) =>
          element(
            'li',
            {},
            element('button', { value: video.id }, element('span', {}, video.name), element('span', { class: 'hint' }, clock(video.durationSeconds ?? 0))),
          ),
        )
      : [element('li', {}, element('p', { class: 'hint' }, `No other video has been analysed with ${model} yet.`))]),
  );
  return choice(dialog).then((value) => (others.some((video) => video.id === value) ? value : null));
}

const FILES = [
  ['csv', 'CSV', 'a row for every sixth of a second'],
  ['scheme', 'CSV scheme', 'the ranges of the CSV’s columns; keep it beside the CSV'],
  ['json', 'JSON', 'curves, moments, model'],
  ['vtt', 'WebVTT', 'metadata cues for players'],
  ['png', 'PNG', 'an image of the curves'],
  ['html', 'HTML', 'a single page that works offline'],
];

const PROGRAMS = [
  ['edl', 'EDL markers', 'Open in DaVinci Resolve: Timelines › Import › Timeline Markers from EDL'],
  ['markers', 'Marker CSV', 'Open in a spreadsheet: timecodes and seconds'],
  ['premiere', 'Premiere marker list', 'the form that Premiere Pro exports, for marker panels'],
  ['otio', 'OpenTimelineIO', 'Open in DaVinci Resolve: File › Import › Timeline'],
  ['fcpxml', 'Final Cut Pro XML', 'Open in Final Cut Pro: File › Import › XML'],
  ['elan', 'ELAN tab text', 'Open in ELAN: File › Import › CSV / tab-delimited text'],
  ['eaf', 'ELAN document', 'Open in ELAN: File › Open, beside the video'],
  ['youtube', 'YouTube chapters', 'lines for the description of the video'],
  ['chapters', 'WebVTT chapters', 'a chapters track for players'],
];

/** All formats: name in the API, name for people, what it is. */
export const FORMATS = [...FILES, ...PROGRAMS];

export function wireTake(current) {
  const menu = $('menu'),
    button = $('take');
  const close = () => {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
  };
  button.addEventListener('click', () => {
    if (!menu.hidden) {
      close();
      return;
    }
    const { id, model, needsScheme, refused, second, align, norm } = current();
    const comparison = element(
      'a',
      { role: 'menuitem', href: api.comparisonUrl(id, second, model, align), download: true, onclick: close },
      'Comparison',
      element('small', {}, 'A and B on a single page that works offline'),
    );
    const item = ([format, name, hint]) =>
      refused?.[format]
        ? element('span', { role: 'menuitem', 'aria-disabled': 'true' }, name, element('small', {}, refused[format]))
        : element('a', { role: 'menuitem', href: api.exportUrl(id, format, model, norm), download: true, onclick: close }, name, element('small', {}, hint));
    const group = (name, items) => element('div', { role: 'group', 'aria-label': name }, element('b', {}, name), ...items);
    menu.replaceChildren(
      group('Files', [...(second ? [comparison] : []), ...FILES.filter(([format]) => needsScheme || format !== 'scheme').map(item)]),
      group('For other programs', PROGRAMS.map(item)),
    );
    menu.hidden = false;
    const box = button.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    const above = box.top - menu.offsetHeight - 6;
    menu.style.top = `${above >= 8 ? above : Math.max(8, Math.min(box.bottom + 6, innerHeight - menu.offsetHeight - 8))}px`;
    button.setAttribute('aria-expanded', 'true');
    menu.querySelector('a').focus();
  });
  menu.addEventListener('keydown', (event) => {
    const items = [...menu.querySelectorAll('a')],
      at = items.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      close();
      button.focus();
    } else if (event.key === 'ArrowDown') items[(at + 1) % items.length].focus();
    else if (event.key === 'ArrowUp') items[(at + items.length - 1) % items.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close();
  });
}
