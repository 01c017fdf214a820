// The summary of the video in numbers.
import { $ } from '../curves/dom.js';
import { summaryParts } from '../curves/measures.js';

export function drawMeasures(summary) {
  $('summary-section').hidden = !summary;
  if (!summary) return;
  const { note, cards, missing } = summaryParts(summary);
  $('summary-note').textContent = note;
  $('summary').replaceChildren(...cards);
  $('missing-section').hidden = missing.length === 0;
  $('missing').replaceChildren(...missing);
}
