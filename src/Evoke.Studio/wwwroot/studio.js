// Evoke Studio: connects the parts of the page. Everything on the timeline follows the player's clock.
import { Address, keep, kept, read } from './address.js';
import * as api from './api.js';
import { Breaks } from './breaks.js';
import { Curves } from './curves/curves.js';
import { $, element, press, stroke } from './curves/dom.js';
import { markMoment, nextMoment } from './curves/moments.js';
import { panning } from './curves/panning.js';
import { Timeline } from './curves/timeline.js';
import { askCompare, wireAdd, wireTake } from './dialogs.js';
import { attempt, say } from './dom.js';
import { Failures } from './failures.js';
import { Film } from './film.js';
import { emotionOf, keyOf, showKeys, types } from './keys.js';
import { Library } from './library.js';
import { Many } from './many.js';
import { clearMoments, drawAbout, drawMoments, drawSummary, knows, worth } from './moments.js';
import { Norms } from './norms.js';
import { Pending } from './pending.js';
import { fullScreen, Player } from './player.js';
import { Previews } from './previews.js';
import { Queue } from './queue.js';
import { Ratings } from './ratings.js';
import { Removal } from './removal.js';
import { Rest } from './rest.js';
import { Scores } from './scores.js';
import { Selection } from './selection.js';
import { wireSheet, wireSkips } from './sheet.js';
import { wireSplitter } from './splitter.js';
import { Summary } from './summary.js';
import { edit } from './tagging.js';
import { Uploads } from './uploads.js';

const selection = new Selection(),
  uploads = new Uploads(() => model()),
  library = new Library(() => model(), selection, uploads),
  player = new Player(),
  previews = new Previews(),
  timeline = new Timeline(panning);
const queue = new Queue((id) => known(id)?.name ?? 'Video', uploads);
const failures = new Failures((id) => known(id)?.name ?? 'A video', queue);
const film = new Film(timeline, { scrub: (x) => timeline.scrub(x), scrubbed: () => player.scrubbed() });
new Rest(timeline, (e) => {
  timeline.toggle(e);
  drawChips();
});
const ratings = new Ratings(timeline, drawRatings);
const known = (id) => library.known.get(id);
const pending = new Pending(() => api.analyse(now.video.id, model()));
const now = { video: null, result: null, shown: null, curves: null, second: null, align: 'time', wanted: null };
const address = new Address(chosen);
const norms = new Norms(library);
const summary = new Summary(library, norms, {
  seek: (seconds) => player.seek(seconds),
  turned: (open) => {
    keep('summary', open ? 'open' : 'closed');
    address.note();
  },
});
const breaks = new Breaks(timeline, { seek: (seconds) => player.seek(seconds) });
norms.addEventListener('change', () => {
  keep('norm', norms.value);
  address.note();
});

const UNKNOWN = 'The video of this link is not in the library: it was removed, or the link is from another Studio.';

/* ---- theme ---- */
const saved = localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
document.documentElement.dataset.theme = saved;
$('theme').addEventListener('click', () => {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  timeline.redraw();
  if (now.result) {
    drawChips();
    drawMoments(now.video, now.result, playMoment);
    markMoment($('moment-list'), timeline.chosen);
  }
});

/* ---- models ---- */
const models = (await attempt(() => api.models())) ?? [];
const { defaultModel } = (await attempt(() => api.status())) ?? {};
const asked = { ...kept(), ...read() };
if (read().model && !models.some((card) => card.name === read().model)) say(`There is no model '${read().model}' here.`);
const firstModel = [asked.model, defaultModel].find((name) => models.some((card) => card.name === name));
$('model').replaceChildren(
  ...models.map((card) =>
    element('option', { value: card.name, selected: card.name === firstModel, title: `${card.description} ${worth(card)}` }, `${card.name} · ${knows(card)}`),
  ),
);
$('model').addEventListener('change', async () => {
  keep('model', model());
  await library.refresh();
  if (!now.video) return;
  await open(now.video.id);
  if (!now.result) await attempt(() => api.analyse(now.video.id, $('model').value));
});
const model = () => $('model').value || undefined;

/* ---- one video ---- */
/** Shows the player and everything about a video, or the welcome screen. */
function show(video) {
  $('welcome').hidden = video;
  $('players').hidden = $('controls').hidden = $('moments').hidden = !video;
  $('work').classList.toggle('bare', !video);
}

/** The video to open first: the newest that this model has analysed, else the newest that any model has, else the newest. */
const newest = () => {
  const byAge = [...library.known.values()].filter((video) => !removal.under.has(video.id)).sort((a, b) => Date.parse(b.added) - Date.parse(a.added));
  return byAge.find((video) => video.models.includes(model())) ?? byAge.find((video) => video.models.length > 0) ?? byAge[0];
};

/** Opens the newest video when the page would otherwise be empty. */
async function openNewest() {
  const video = newest();
  if (video) await open(video.id);
}

/** What the address says of this page. */
function chosen() {
  // What is asked for stays in the address until the curves are there: a reload meanwhile must not lose it.
  if (now.wanted) return { ...now.wanted, id: now.video?.id, model: model() };
  const { scheme } = now.curves ?? {},
    { layout, scale, from, to } = timeline.view;
  const seconds = (value) => String(Math.round(value * 1000) / 1000);
  return {
    id: now.video?.id,
    model: model(),
    ...(scheme && { layout, scale, norm: norms.value, summary: summary.expanded ? null : 'closed' }),
    show:
      scheme && !timeline.opened
        ? scheme
            .filter((_, e) => timeline.shown.has(e))
            .map(said)
            .join(',') || 'none'
        : null,
    zoom: scheme && !timeline.whole ? `${seconds(from)},${seconds(to)}` : null,
    t: player.time > 0 ? seconds(player.time) : null,
    ratings: scheme ? ratings.place : null,
    with: now.second,
    align: now.second && now.align === 'content' ? 'content' : null,
  };
}

/** An emotion's name in the address, where a comma stands between names. */
const said = (name) => encodeURIComponent(name);

/** Does what the address asks for, once the curves are there. */
function restore({ layout, scale, norm, summary: state, show, zoom, t }) {
  if (norm !== undefined) norms.choose(norm);
  if (state) summary.expand(state === 'open');
  for (const [id, value] of Object.entries({ layout, scale })) choose(id, value);
  if (show) {
    const names = new Set(show.split(','));
    timeline.only([...now.curves.scheme.keys()].filter((e) => names.has(said(now.curves.scheme[e]))));
  }
  const edges = (zoom ?? '').split(',').map(Number);
  if (edges.length === 2 && edges.every(Number.isFinite)) timeline.setView(...edges);
  if (t && Number.isFinite(Number(t))) player.seek(Number(t));
}

/** Presses a button of a group by its value, if there is such a one: the layout or the scale. */
function choose(id, value) {
  const button = [...$(id).querySelectorAll('button')].find((node) => node.dataset[id] === value);
  if (!button) return;
  press($(id), button);
  timeline.view[id] = value;
  timeline.redraw();
}

async function open(id) {
  if (!known(id)) await library.fetch([id]);
  const video = known(id);
  if (!video || gone()) return;
  const another = now.video?.id !== id;
  if (another) closeCompare();
  if (now.wanted?.id && now.wanted.id !== id) now.wanted = (({ layout, scale, norm, summary }) => ({ layout, scale, norm, summary }))(now.wanted);
  now.video = video;
  scores.close();
  library.select(id);
  $('library').classList.remove('open');
  $('rail-toggle').setAttribute('aria-expanded', 'false');
  address.turn();
  show(true);
  $('video-name').textContent = video.name;
  if (another) await playFirst();
  if (now.video?.id !== id) return;
  player.duration = video.durationSeconds ?? player.duration;
  player.frameRate = video.frameRate;
  await load();
}

/** Loads the video or its preview at the given time; used again for the same video when its source changes. */
async function playFirst(at = 0) {
  const { video } = now;
  player.open(previews.source(video), video.durationSeconds ?? 0, video.hasPicture, at);
  await previews.ask(video);
  if (now.video === video) previews.cover($('first-player'), video);
}

async function playSecond() {
  const video = known(now.second);
  if (!video) return;
  player.openSecond(previews.source(video), now.map, video.hasPicture);
  await previews.ask(video);
  if (now.second === video.id) previews.cover($('second-player'), video);
}

async function load() {
  const { video } = now;
  const isOpen = () => now.video === video; // what fails because the video was removed meanwhile is not said
  const result = video.models.includes(model()) ? ((await attempt(() => api.result(video.id, model()), isOpen)) ?? null) : null;
  if (!isOpen() || gone()) return; // what is there stays; with Studio it is asked for again
  now.result = result;
  $('timeline').hidden = !result;
  $('summary').hidden = $('about').hidden = $('ratings').hidden = $('model-line').hidden = !result;
  $('compare').disabled = $('take').disabled = !result;
  pending.draw(result ? null : video, model());
  if (!result) {
    now.curves = now.shown = null;
    if (now.second) now.wanted = { id: video.id, with: now.second, align: now.align }; // goes on once this model has analysed the video
    closeCompare();
    clearMoments();
    film.close();
    summary.close();
    breaks.close();
    $('why-line').hidden = true;
    $('moments-empty').hidden = false;
    $('moments-empty').textContent = 'Moments that stand out appear here.';
    return;
  }
  const [values, rated] = await Promise.all([attempt(() => api.curves(video.id, result.model), isOpen), ratings.load(video, result.model)]);
  if (!values || now.result !== result) return;
  player.duration = result.durationSeconds;
  // The same result once more (its video was clicked, another job of it ended): the chosen moment, the zoom and the curves that are shown stay.
  const shown = JSON.stringify(result);
  if (now.shown === shown) {
    if (rated) drawRatings();
    return;
  }
  now.shown = shown;
  now.values = values;
  if (now.wanted) ratings.place = now.wanted.ratings;
  now.curves = Curves.of(result, values, ...ratings.columns);
  timeline.chosen = -1;
  timeline.show(now.curves, result.details.moments);
  timeline.setTime(player.time);
  const { wanted } = now;
  now.wanted = null;
  restore(wanted ?? {});
  drawChips();
  drawMoments(video, result, playMoment);
  drawSummary(result);
  drawAbout(result);
  film.open(video);
  summary.open(video, result.model);
  breaks.open(video, result.model);
  $('model-line').replaceChildren(
    element('b', {}, result.model),
    ` · ${knows(result.details.model)}. ${worth(result.details.model)}`,
    ...(result.modelChanged
      ? [
          ' The model file has changed since then. ',
          element('button', { class: 'link', onclick: () => attempt(() => api.analyse(video.id, result.model)) }, 'Analyse again'),
        ]
      : []),
  );
  player.tick();
  if (wanted?.align === 'content') chooseAlignment('content');
  const second = now.second ?? wanted?.with;
  now.awaited = null;
  if (second === video.id || !known(second)) closeCompare();
  else if (known(second).models.includes(result.model)) await openCompare(second);
  else await awaitSecond(second);
  address.note();
}

/** Draws the curves again with what viewers said under them, or without; everything else stays. */
function drawRatings() {
  if (!now.curves) return;
  const { from, to } = timeline.view;
  now.curves = Curves.of(now.result, now.values, ...ratings.columns);
  timeline.show(now.curves, now.result.details.moments, timeline.other);
  timeline.setView(from, to);
  address.note();
}

function playMoment(index) {
  goTo(index);
  if (player.playable) player.video.play().catch(() => {});
}

/** Goes to the beginning of a moment; its emotion is shown. */
function goTo(index) {
  const moment = now.result.details.moments[index];
  const emotion = now.result.scheme.indexOf(moment.emotion);
  if (!timeline.shown.has(emotion)) {
    timeline.toggle(emotion);
    drawChips();
  }
  point(index);
  player.seek(Math.max(0, moment.startSeconds));
}

/** Highlights a moment in the list and on the timeline. */
function point(index) {
  timeline.chosen = index;
  timeline.redraw();
  markMoment($('moment-list'), index);
}

/** Goes to the next moment (1) or the one before (-1), in the order of the cards. */
function step(direction) {
  const next = nextMoment(now.result.details.moments, timeline.chosen, player.time, direction);
  if (next >= 0) goTo(next);
}

/* ---- emotions ---- */
function drawChips() {
  const { curves } = now,
    room = $('emotions'),
    key = `${document.documentElement.dataset.theme} ${curves.scheme}`;
  if (room.dataset.key !== key) {
    room.dataset.key = key;
    room.replaceChildren(
      ...curves.scheme.map((name, e) =>
        element(
          'button',
          {
            class: 'chip',
            mark: timeline.color(e),
            title: `Click to show or hide. Double-click to show only this one.${keyOf(e) && ` Key: ${keyOf(e)}`}`,
            onclick: (event) => {
              if (event.detail > 1) timeline.only([e]);
              else timeline.toggle(e);
              drawChips();
            },
            onpointerenter: () => timeline.emphasise(e),
            onpointerleave: () => timeline.emphasise(null),
          },
          stroke(curves.styles[e].dash),
          name,
        ),
      ),
    );
  }
  address.note();
  $('emotions-open').textContent = `Emotions ${timeline.shown.size} of ${curves.scheme.length}`;
  for (const [e, chip] of [...room.children].entries()) chip.setAttribute('aria-pressed', String(timeline.shown.has(e)));
  const present = new Set(curves.groups);
  for (const button of $('groups').querySelectorAll('button')) {
    const { group } = button.dataset,
      members = membersOf(group);
    button.hidden = group === 'strongest' ? members.length === now.curves.scheme.length : group !== 'all' && !present.has(group);
    button.setAttribute('aria-pressed', String(members.length === timeline.shown.size && members.every((e) => timeline.shown.has(e))));
  }
}

function showOnly(emotions) {
  if (!now.curves) return;
  timeline.only(emotions);
  drawChips();
}

const membersOf = (group) =>
  group === 'strongest' ? timeline.opening : [...now.curves.scheme.keys()].filter((e) => group === 'all' || now.curves.groups[e] === group);

$('groups').addEventListener('click', (event) => {
  const { group } = event.target.dataset;
  if (!group || !now.curves) return;
  timeline.only(membersOf(group));
  drawChips();
});
for (const id of ['layout', 'scale']) {
  $(id).addEventListener('click', (event) => {
    const value = event.target.dataset[id];
    if (!value) return;
    choose(id, value);
    keep(id, value);
    address.note();
  });
}
$('zoom-in').addEventListener('click', () => timeline.zoom(0.5));
$('zoom-out').addEventListener('click', () => timeline.zoom(2));
$('fit').addEventListener('click', () => timeline.fit());

/* ---- comparing ---- */
/** The cut to compare with has no curves by this model yet: they are computed, and the comparison goes on then. */
async function awaitSecond(id) {
  closeCompare();
  now.awaited = id;
  say(`${known(id).name} has not been analysed with ${now.result.model} yet. The comparison goes on when it has been.`);
  await attempt(() => api.analyse(id, now.result.model));
}

async function openCompare(id) {
  const { video } = now,
    { model: by } = now.result;
  const isOpen = () => now.video === video && known(id); // either may be removed meanwhile
  const comparison = await attempt(() => api.compare(video.id, id, by, now.align), isOpen);
  if (!comparison || !isOpen()) return;
  const both = await attempt(() => Promise.all([api.result(id, by), api.curves(id, by)]), isOpen);
  if (!both || !isOpen()) return;
  const [result, values] = both;
  now.second = id;
  const rate = comparison.rate,
    there = comparison.secondSeconds;
  const map = (seconds) => there[Math.min(there.length - 1, Math.max(0, Math.round(seconds * rate)))];
  const other = Curves.of(result, values).along(there, rate); // on the first cut's clock
  $('players').classList.add('two');
  $('second-player').hidden = false;
  nameCuts();
  $('legend').hidden = false;
  $('measures-toggle').textContent = 'Summary of A';
  $('alignment').hidden = $('arrangement').hidden = $('heard').hidden = false;
  $('timeline').classList.add('two');
  $('compare').textContent = 'Stop comparing';
  now.map = map;
  await playSecond();
  timeline.show(now.curves, now.result.details.moments, other);
  $('plot').classList.add('two');
}

function nameCuts() {
  const names = [`A · ${now.video.name}`, `B · ${known(now.second)?.name ?? ''}`];
  for (const [i, player] of ['first-player', 'second-player'].entries()) $(player).querySelector('figcaption').textContent = names[i];
  $('legend').replaceChildren(...names.map((name) => element('span', {}, name)));
}

function closeCompare() {
  if (!now.second) return;
  now.second = null;
  player.closeSecond();
  $('players').classList.remove('two', 'over');
  press($('arrangement'), $('arrangement').firstElementChild);
  $('second-player').hidden = $('alignment').hidden = $('arrangement').hidden = $('heard').hidden = $('legend').hidden = true;
  $('timeline').classList.remove('two');
  hear('first');
  $('plot').classList.remove('two');
  $('first-player').querySelector('figcaption').textContent = '';
  $('compare').textContent = 'Compare';
  $('measures-toggle').textContent = 'Summary';
  if (now.curves) timeline.show(now.curves, now.result?.details.moments ?? []);
}

$('compare').addEventListener('click', async () => {
  if (now.second) {
    closeCompare();
    return;
  }
  if (!now.result) {
    say('Analyse this video before comparing it.');
    return;
  }
  const id = await askCompare([...library.known.values()], now.video.id, now.result.model);
  if (id) await openCompare(id);
});
$('alignment').addEventListener('click', async (event) => {
  if (!event.target.dataset.align) return;
  chooseAlignment(event.target.dataset.align);
  if (now.second) await openCompare(now.second);
});

/** Whose sound is heard. */
function hear(which) {
  press($('heard'), $('heard').querySelector(`[data-heard="${which}"]`));
  player.hear(which === 'second');
}

$('heard').addEventListener('click', (event) => {
  if (event.target.dataset.heard) hear(event.target.dataset.heard);
});

function chooseAlignment(align) {
  press($('alignment'), $('alignment').querySelector(`[data-align="${align}"]`));
  now.align = align;
}

$('arrangement').addEventListener('click', (event) => {
  if (!event.target.dataset.arrange) return;
  press($('arrangement'), event.target);
  $('players').classList.toggle('over', event.target.dataset.arrange === 'over');
});

/* ---- the connection ---- */
/** True while Studio cannot be reached. */
const gone = () => !$('gone').hidden;

/** Shows whether Studio is there. Once it is back, everything is asked for again. */
async function connect(alive) {
  if (alive === !gone()) return;
  $('gone').hidden = alive;
  if (!alive) return;
  await library.refresh();
  await queue.refresh();
  await removal.refresh();
  if (!now.video) await openNewest();
  else if (known(now.video.id)) {
    const { time } = player;
    player.close();
    now.shown = null;
    now.wanted = chosen();
    await playFirst(time);
    await load();
  } else await forget(now.video.id);
}

/** A video was removed, here or on another page. */
async function forget(id) {
  if (removal.under.has(id)) return; // by this page, which goes on when all of them are
  if (now.second === id) closeCompare();
  if (now.video?.id === id) {
    const { name } = now.video;
    leave();
    history.replaceState(null, '', location.pathname);
    say(`${name} was removed from the library.`);
  }
  if (known(id)) library.drop([id]);
  removal.refreshSoon();
  if (!now.video) await openNewest();
}

/** A video has another name or other tags, or is back. */
async function renewed(id) {
  removal.refreshSoon();
  await library.fetch([id]);
  if (now.video?.id === id) {
    $('video-name').textContent = now.video.name;
    if (now.result && (await ratings.load(now.video, now.result.model))) drawRatings();
  }
  if (now.second && [now.video?.id, now.second].includes(id)) nameCuts();
  if (!now.video) await openNewest();
}

/** Shows no video. From here on nothing of it is asked for: what is still loading finds that it is no longer open, and pictures on their way are cancelled. */
function leave() {
  closeCompare();
  player.close();
  Object.assign(now, { video: null, result: null, shown: null, curves: null });
  clearMoments();
  film.close();
  summary.close();
  breaks.close();
  show(false);
  pending.draw(null);
  $('timeline').hidden = true;
}

/* ---- the rest ---- */
/** The next turn of the browser's loop: it cancels a removed picture only then. */
const turn = () => new Promise((resolve) => setTimeout(resolve));
const removal = new Removal(library, {
  leave: async (ids) => {
    now.left = ids.includes(now.video?.id) ? now.video.id : null;
    if (now.second && ids.includes(now.second)) closeCompare();
    if (now.left) leave();
    for (const id of ids) api.abandon(id);
    await turn();
    return now.left;
  },
  gone: async (stay) => {
    if (!now.left) return;
    if (stay.includes(now.left)) await open(now.left);
    else {
      history.replaceState(null, '', location.pathname);
      await openNewest();
    }
  },
});
$('delete').addEventListener('click', () => removal.ask([now.video]));
$('edit').addEventListener('click', () => edit([now.video], library.tags));
const compareTwo = async (first, second) => {
  const withBoth = (id) => known(id)?.models.includes(model());
  if (!withBoth(first) || !withBoth(second)) {
    say(`Analyse both with ${model()} before comparing them.`);
    return;
  }
  await open(first);
  if (now.second !== second) await openCompare(second);
};
new Many(selection, library, removal, { model, compare: compareTwo });
const scores = new Scores(selection, library, { model, norms, open: (id) => open(id) });
uploads.addEventListener('added', async ({ detail: { video, isFirst } }) => {
  await library.fetch([video.id]);
  if (isFirst) await open(video.id);
});
uploads.addEventListener('choose', (event) => open(event.detail));
player.addEventListener('time', (event) => {
  timeline.setTime(event.detail);
  if (player.video.paused) address.note();
});
timeline.addEventListener('drawn', () => address.note());
timeline.addEventListener('scrub', (event) => player.scrub(event.detail));
timeline.addEventListener('scrubbed', () => player.scrubbed());
player.addEventListener('unplayable', async (event) => {
  // A video that stops because Studio is gone is not one that this browser cannot play.
  const reached = await api.status().catch(() => null);
  if (!reached) {
    connect(false);
    return;
  }
  const first = event.detail === player.video,
    video = first ? now.video : known(now.second);
  if (!video || previews.refused.has(video.id)) return; // the preview does not play either: there is no other source
  previews.refuse(video);
  if (first) playFirst(player.time);
  else playSecond();
});
timeline.addEventListener('seek', (event) => player.seek(event.detail));
timeline.addEventListener('moment', (event) => {
  point(event.detail);
  player.seek(now.result.details.moments[event.detail].seconds);
});
library.addEventListener('choose', (event) => open(event.detail));
addEventListener('hashchange', () => {
  const place = read();
  if (!known(place.id)) {
    if (place.id) say(UNKNOWN);
    address.correct();
    return;
  }
  if (place.model && place.model !== model() && models.some((card) => card.name === place.model)) $('model').value = place.model;
  now.wanted = place;
  now.shown = null; // the curves may be the same, but what is asked for is not
  open(place.id);
});
$('show-keys').addEventListener('click', showKeys);
wireSplitter();
wireSheet($('emotions-open'), $('emotion-sheet'), { first: () => $('emotions-close'), closers: [$('emotions-close')] });
wireSheet($('rail-toggle'), $('library'), { first: () => $('search'), beside: [$('many')] });
wireSkips();
wireAdd(library, uploads, model, (id) => open(id));
wireTake(() => ({
  id: now.video.id,
  model: now.result?.model,
  needsScheme: now.result?.needsScheme,
  refused: now.result?.refusedExports,
  second: now.second,
  align: now.align,
  norm: norms.value,
}));

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || types(event.target) || scores.isOpen) return;
  if (event.key === '?') {
    showKeys();
    return;
  }
  if (!now.video) return;
  const seconds = event.shiftKey ? 5 : 1;
  const act =
    {
      ' ': () => player.toggle(),
      ',': () => player.stepFrame(-1),
      '.': () => player.stepFrame(1),
      m: () => $('mute').click(),
      k: () => player.shuttle(0),
      j: () => player.shuttle(-1),
      l: () => player.shuttle(1),
      ArrowLeft: () => player.seek(player.time - seconds),
      ArrowRight: () => player.seek(player.time + seconds),
      Home: () => player.seek(0),
      End: () => player.seek(player.duration),
      n: () => now.result && step(1),
      p: () => now.result && step(-1),
      '+': () => timeline.zoom(0.5),
      '-': () => timeline.zoom(2),
      f: () => (event.shiftKey ? fullScreen() : timeline.fit()),
      0: () => showOnly(now.curves?.scheme.keys()),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? (now.curves?.scheme[emotionOf(event)] ? () => showOnly([emotionOf(event)]) : null);
  if (act) {
    event.preventDefault();
    act();
  }
});
// Space plays wherever the focus is; the buttons have Enter. (Firefox presses a button when Space is let go.)
document.addEventListener('keyup', (event) => {
  if (event.key === ' ' && now.video && !types(event.target)) event.preventDefault();
});

api.listen({
  job: async (job) => {
    queue.onJob(job);
    failures.onJob(job);
    await library.onJob(job);
    if (!now.video) await openNewest(); // added from another page while this one was empty
    const over = ['Done', 'Failed', 'Cancelled'].includes(job.state);
    if (job.state === 'Failed' && now.video?.id === job.videoId && job.kind === 'Analysis') say(job.error);
    if (now.video?.id === job.videoId) {
      now.video = known(job.videoId) ?? now.video;
      if (over && job.kind === 'Analysis') await open(job.videoId);
      else if (!now.result) pending.draw(now.video, model());
      if (!player.playable || !previews.source(now.video)) await playFirst(player.time);
    }
    if (now.awaited === job.videoId && now.result && known(now.awaited)?.models.includes(now.result.model)) {
      now.awaited = null;
      await openCompare(job.videoId);
    }
    if (now.second === job.videoId && !$('second-player').querySelector('.cover').hidden) await playSecond();
  },
  removed: forget,
  changed: renewed,
  state: connect,
});

await library.refresh();
await queue.refresh();
await removal.refresh();
await norms.load();
now.wanted = asked;
if (known(asked.id)) await open(asked.id);
else {
  if (asked.id) say(UNKNOWN);
  await openNewest();
}
document.documentElement.dataset.ready = 'true';
