// The order of the library, as GET /api/videos has it: so that a change to one video needs no new list.

const upper = (video) => video.name.toUpperCase();
const text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const column = (video, emotion) => video.result?.scheme.indexOf(emotion) ?? -1;

/** The videos in order; those that newer ones have not been compared with yet come by age. */
export function sorted(videos, sort, order, emotion) {
  const byAge = [...videos].sort((a, b) => text(b.added, a.added) || text(a.id, b.id));
  const sign = order === 'desc' ? -1 : 1;
  if (sort === 'added') return order === 'desc' ? byAge : byAge.reverse();
  if (sort === 'name') return byAge.sort((a, b) => sign * text(upper(a), upper(b)));
  if (sort === 'duration') return byAge.sort((a, b) => sign * ((a.durationSeconds ?? 0) - (b.durationSeconds ?? 0)));
  const statistic = (video) => video.result[sort === 'mean' ? 'means' : 'peaks'][column(video, emotion)];
  const known = byAge.filter((video) => column(video, emotion) >= 0);
  return [...known.sort((a, b) => sign * (statistic(a) - statistic(b))), ...byAge.filter((video) => column(video, emotion) < 0)];
}

/** Those whose name contains a text and that have a tag; '' for all, null for those without tags. */
export function filtered(videos, search, tag) {
  const part = search.toUpperCase();
  return [...videos].filter((video) => upper(video).includes(part) && (tag === '' || (tag === null ? video.tags.length === 0 : video.tags.includes(tag))));
}
