// The dialogs for adding, deleting and comparing, the export menu, and files dropped on the page.
import * as api from './api.js';
import { clock } from './curves/clock.js';
import { $, element } from './curves/dom.js';
import { attempt, say } from './dom.js';

export function wireAdd(library, model) {
  const choose = (id) => library.dispatchEvent(new CustomEvent('choose', { detail: id }));
  const send = async (files) => {
    $('add-dialog').close();
    let opened = false;
    for (const file of files) {
      const key = Symbol(file.name);
      library.uploads.set(key, { name: file.name, fraction: 0 });
      library.draw();
      const added = await attempt(() =>
        api.upload(file, model(), (fraction) => {
          library.uploads.get(key).fraction = fraction;
          library.draw();
        }),
      );
      library.uploads.delete(key);
      await library.refresh();
      if (!added || opened) continue;
      opened = true; // open the first successful upload; the others stay in the library
      choose(added.id);
    }
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
    const add = (target) =>
      attempt(async () => {
        const added = await api.addPath(target, model());
        say(added.length === 1 ? `Added ${added[0].name}.` : `Added ${added.length} videos.`);
        $('add-dialog').close();
        await library.refresh();
        choose(added[0].id);
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

/** Asks what to delete; resolves to 'keep', 'file' or null. */
export function askDelete(video) {
  $('delete-text').textContent = video.uploaded
    ? `“${video.name}” and its results are removed from the library. You can keep the uploaded file in Studio's data folder or delete it.`
    : `“${video.name}” and its results are removed from the library. The file stays where it is.`;
  $('delete-file').hidden = !video.uploaded;
  $('delete-keep').textContent = video.uploaded ? 'Keep the file' : 'Remove';
  return choice($('delete-dialog')).then((value) => (['keep', 'file'].includes(value) ? value : null));
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

function choice(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true }));
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
    const { id, model, needsScheme, refused, second, align } = current();
    const comparison = element(
      'a',
      { role: 'menuitem', href: api.comparisonUrl(id, second, model, align), download: true, onclick: close },
      'Comparison',
      element('small', {}, 'A and B on a single page that works offline'),
    );
    const item = ([format, name, hint]) =>
      refused?.[format]
        ? element('span', { role: 'menuitem', 'aria-disabled': 'true' }, name, element('small', {}, refused[format]))
        : element('a', { role: 'menuitem', href: api.exportUrl(id, format, model), download: true, onclick: close }, name, element('small', {}, hint));
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
