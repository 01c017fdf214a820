// How well the prediction agrees with what viewers said.
import { agreementTable, CEILING, hasCeiling } from '../curves/agreement.js';
import { $ } from '../curves/dom.js';

export function drawViewers(comparison, scheme) {
  $('viewers-section').hidden = !comparison;
  if (!comparison) return;
  const { source, scores } = comparison;
  $('viewers-source').textContent = `Labels: ${source}.`;
  $('viewers-ceiling').textContent = CEILING;
  $('viewers-ceiling').hidden = !hasCeiling(scores);
  $('viewers').replaceChildren(...agreementTable(scores.map((score) => ({ ...score, emotion: scheme[score.emotion] }))));
}
