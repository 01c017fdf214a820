// A strip of pictures under the curves for the visible time range.
import { $, element } from '../curves/dom.js';
import { pictureAt } from '../curves/film.js';

const WIDTH = { narrow: 66, wide: 96 };

export function drawFilm(pictures, { from, to }, narrow) {
  const film = $('film');
  const room = Math.floor(film.parentElement.clientWidth / (narrow ? WIDTH.narrow : WIDTH.wide));
  const count = pictures.length < 2 ? 0 : Math.max(2, Math.min(pictures.length, room));
  const seconds = Array.from({ length: count }, (_, i) => from + ((i + 0.5) / count) * (to - from));
  film.replaceChildren(...seconds.map((t) => element('img', { src: pictureAt(pictures, t).src, alt: '' })));
}
