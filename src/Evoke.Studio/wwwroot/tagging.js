// The dialog for the name and the tags of one video, or for the tags of several.
import * as api from './api.js';
import { $, element } from './curves/dom.js';
import { choice, say, several } from './dom.js';

$('edit-cancel').addEventListener('click', () => $('edit-dialog').close());

/** Asks for a name and tags, and stores them. `all` are the tags in use. */
export async function edit(videos, all) {
  const one = videos.length === 1 ? videos[0] : null;
  $('edit-title').textContent = one ? 'Name and tags' : `Tags of ${several(videos.length, 'video')}`;
  $('edit-name-field').hidden = !one;
  $('edit-name').value = one?.name ?? '';
  $('edit-new').value = '';
  $('edit-tags').replaceChildren(element('legend', {}, 'Tags'), ...all.map((tag) => box(tag, videos)));
  $('edit-tags').hidden = all.length === 0;
  for (const input of $('edit-tags').querySelectorAll('[data-some]')) input.indeterminate = true;
  complain('');
  $('edit-form').onsubmit = async (event) => {
    event.preventDefault(); // what was typed stays until it is stored
    try {
      await store(videos, one);
      $('edit-dialog').close();
    } catch (error) {
      complain(error.message);
    }
  };
  await choice($('edit-dialog'));
}

/** Shows an error in the dialog: messages at the bottom of the page are behind it. */
function complain(text) {
  $('edit-error').textContent = text;
  $('edit-error').hidden = !text;
}

async function store(videos, one) {
  const boxes = [...$('edit-tags').querySelectorAll('input')].filter((input) => !input.indeterminate),
    typed = $('edit-new')
      .value.split(',')
      .map((tag) => tag.trim())
      .filter(Boolean);
  const add = [...boxes.filter((input) => input.checked).map((input) => input.value), ...typed],
    remove = boxes.filter((input) => !input.checked).map((input) => input.value);
  if (one) await api.change(one.id, { name: $('edit-name').value === one.name ? null : $('edit-name').value, tags: add });
  else
    await api.tag(
      videos.map(({ id }) => id),
      add,
      remove,
    );
  say(one ? 'Saved.' : `The tags of ${several(videos.length, 'video')} were changed.`);
}

/** A box for a tag: filled if all of the videos have it, with a line through it if some have. */
function box(tag, videos) {
  const count = videos.filter((video) => video.tags.includes(tag)).length;
  const some = count > 0 && count < videos.length;
  return element('label', {}, element('input', { type: 'checkbox', value: tag, checked: count === videos.length, 'data-some': some }), tag);
}
