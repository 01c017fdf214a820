// Calls the documented HTTP API only: see /openapi/v1.json.

export class ApiError extends Error {
  constructor(status, message, sameAs) {
    super(message);
    this.status = status;
    this.sameAs = sameAs; // the id of the video that an upload is the same as
  }
}

async function answer(response) {
  if (response.ok) return response;
  const text = await response.text();
  let message = text || response.statusText;
  if (response.headers.get('content-type')?.includes('json')) message = JSON.parse(text).detail ?? message;
  throw new ApiError(response.status, message);
}

/** True for the error of a call that did not reach Studio: that Studio is gone is said once, on top of the page, not for every call. */
export const isUnreached = (error) => error instanceof ApiError && error.status === 0;

const unreached = () => new ApiError(0, 'Studio cannot be reached.');

/** What is on its way, until its answer begins: what ends it and its path. */
const underWay = new Map();

/** Ends what is on its way to be shown of a video that goes: its answer would be that there is no such video. What changes the video is not ended. */
export function abandon(id) {
  const own = (path) => path === `/videos/${id}` || path.startsWith(`/videos/${id}/`) || (path.startsWith('/compare?') && path.includes(id));
  for (const [ending, path] of underWay) if (own(path)) ending.abort();
}

const send = async (path, options) =>
  answer(
    await fetch(`/api${path}`, options).catch(() => {
      throw unreached();
    }),
  );

const call = async (method, path, body) => {
  const ending = new AbortController();
  if (method === 'GET' || path.endsWith('/preview')) underWay.set(ending, path);
  try {
    return await send(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: ending.signal,
    });
  } finally {
    underWay.delete(ending);
  }
};
const json = async (method, path, body) => (await call(method, path, body)).json();
const query = (parameters) => {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

export const status = () => json('GET', '/status');
export const models = () => json('GET', '/models');
export const videos = (parameters) => json('GET', `/videos${query(parameters)}`);
export const video = (id) => json('GET', `/videos/${id}`);
export const addPath = (path, model, same) => json('POST', '/videos', { path, model, same });
/** The videos whose file has this size in bytes and this sample; see sample.js. */
export const same = (bytes, sample) => json('GET', `/same${query({ bytes, sample })}`);
/** Gives a video another name or other tags: { name, tags }. */
export const change = (id, what) => json('PATCH', `/videos/${id}`, what);
export const tag = (videos, add, remove) => call('POST', '/tags', { videos, add, remove });
export const folder = (path) => json('GET', `/folders${query({ path })}`);
/** Removes videos so that they can be put back for a while; resolves to [{ id, name, since, until, keptAt }]. */
export const remove = (videos, file) => json('POST', '/removed', { videos, file });
export const removed = () => json('GET', '/removed');
export const putBack = (videos) => json('POST', '/removed/restore', { videos });
export const deleteRemoved = () => call('DELETE', '/removed');
export const analyse = (id, model) => json('POST', `/videos/${id}/analyses`, { model });
/** Queues the analysis of these videos, or of all of the library for null, unless the model has analysed them. */
export const analyseMany = (videos, model) => json('POST', '/analyses', { videos, model });
export const makePreview = (id) => json('POST', `/videos/${id}/preview`);
export const result = (id, model) => json('GET', `/videos/${id}/result${query({ model })}`);
export const jobs = (parameters) => json('GET', `/jobs${query(parameters)}`);
export const queue = () => json('GET', '/queue');
export const cancelAll = () => json('POST', '/queue/cancel');
export const cancel = (id) => call('POST', `/jobs/${id}/cancel`);
export const retry = (id) => json('POST', `/jobs/${id}/retry`);
export const compare = (first, second, model, align) => json('GET', `/compare${query({ first, second, model, align })}`);

/** Where shots begin and how loud the sound is, as far as it is known: { rate, cuts, loudness }. */
export const track = (id) => json('GET', `/videos/${id}/track`);

/** Curves of a result: row-major float32 [rows, emotions], followed by the spread in the same layout for an ensemble. */
export async function curves(id, model) {
  return new Float32Array(await (await call('GET', `/videos/${id}/curves${query({ model })}`)).arrayBuffer());
}

/** What viewers said of a video, and how far a result agrees with it. */
export const ratings = (id, model) => json('GET', `/videos/${id}/ratings${query({ model })}`);
export const changeRatings = (id, lagSeconds, model) => json('PATCH', `/videos/${id}/ratings${query({ model })}`, { lagSeconds });
export const removeRatings = (id) => call('DELETE', `/videos/${id}/ratings`);

/** Gives a video ratings: `files` are [{ file, name }], where a name may have folders. */
export async function giveRatings(id, files, { lag, ratedAs, model }) {
  const body = new FormData();
  for (const { file, name } of files) body.append('files', file, name);
  return (await send(`/videos/${id}/ratings${query({ lag, ratedAs, model })}`, { method: 'PUT', body })).json();
}

/** The mean of the raters in the layout of a result's curves and, if it is known, their standard deviation; NaN is a gap. */
export async function ratingCurves(id, model, hasSpread) {
  const values = new Float32Array(await (await call('GET', `/videos/${id}/ratings/curves${query({ model })}`)).arrayBuffer());
  return hasSpread ? [values.subarray(0, values.length / 2), values.subarray(values.length / 2)] : [values];
}

export const mediaUrl = (id) => `/api/videos/${id}/media`;
export const previewUrl = (id) => `/api/videos/${id}/preview`;
export const thumbnailUrl = (id, seconds, width) => `/api/videos/${id}/thumbnail${query({ at: seconds.toFixed(3), width })}`;
/** `norm` counts for formats that have a summary. */
export const exportUrl = (id, format, model, norm) =>
  `/api/videos/${id}/export/${format}${query({ model, norm: ['json', 'html'].includes(format) ? norm : '' })}`;

export const exportsUrl = (videos, formats, model) => `/api/export${query({ videos: videos.join(), formats: formats.join(), model })}`;
/** The table of scores: { model, columns, rows }. */
export const scores = (model, norm) => json('GET', `/scores${query({ model, norm })}`);
export const scoresUrl = (videos, model, norm) => `/api/scores.csv${query({ videos: videos.join(), model, norm })}`;

/** A video in numbers, as curves/measures.js takes them; `norm` is what they are compared with: 'library', 'tag:NAME', 'file:ID' or ''. */
export const summary = (id, model, norm) => json('GET', `/videos/${id}/summary${query({ model, norm })}`);
/** Places for breaks: { places, note }. */
export const breaks = (id, model, gap) => json('GET', `/videos/${id}/breaks${query({ model, gap })}`);
export const breaksUrl = (id, model, gap, format) => `/api/videos/${id}/breaks/file${query({ model, gap, format })}`;
/** The norms files: [{ id, name, model, videos }]. */
export const norms = () => json('GET', '/norms');
export const deleteNorm = (id) => call('DELETE', `/norms/${id}`);

export async function addNorm(file) {
  const headers = { 'content-type': 'application/octet-stream' };
  return (await send(`/norms${query({ name: file.name })}`, { method: 'POST', headers, body: file })).json();
}

export const comparisonUrl = (first, second, model, align) => `/api/compare/page${query({ first, second, model, align })}`;

/**
 * Uploads a file and reports progress, which fetch cannot do. Unless it is wanted anyway, Studio refuses a file that is the same as one of the library.
 * Returns { done, abort }.
 */
export function upload(file, model, anyway, progress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.open('POST', `/api/uploads${query({ name: file.name, model, same: anyway ? 'add' : 'refuse' })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
    request.onload = () => {
      const body = request.responseText ? JSON.parse(request.responseText) : {};
      if (request.status < 300) resolve(body);
      else reject(new ApiError(request.status, body.detail ?? request.statusText, body.sameAs));
    };
    request.onerror = () => reject(unreached());
    request.onabort = () => reject(new ApiError(0, 'The upload was cancelled.'));
    request.send(file);
  });
  return { done, abort: () => request.abort() };
}

const AGAIN = 2000;

/**
 * Calls back on every change to a job (`job`), for every video that is removed or changed (`removed`, `changed`, with its id), and when the connection is there or gone (`state`).
 * Reconnects by itself.
 */
export function listen(on) {
  const source = new EventSource('/api/events');
  source.addEventListener('job', (event) => on.job(JSON.parse(event.data)));
  source.addEventListener('removed', (event) => on.removed(JSON.parse(event.data).videoId));
  source.addEventListener('changed', (event) => on.changed(JSON.parse(event.data).videoId));
  source.onopen = () => on.state(true);
  source.onerror = () => {
    // Browsers differ in when they connect again by themselves, and some give up.
    source.close();
    on.state(false);
    setTimeout(() => listen(on), AGAIN);
  };
}
