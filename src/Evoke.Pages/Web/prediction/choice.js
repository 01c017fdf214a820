// Which emotions are shown: at first those with the widest range, then those that the reader selects, or one alone.

const FEW = 6;
const STRONGEST = 5;

export class Choice {
  constructor(timeline, statistics, changed) {
    this.timeline = timeline;
    this.changed = changed;
    this.alone = -1;
    this.before = null;
    const reach = statistics.map(({ low, high }, e) => [high - low, e]).sort(([a], [b]) => b - a);
    this.strongest = reach.slice(0, reach.length <= FEW ? reach.length : STRONGEST).map(([, e]) => e);
  }

  show(emotions) {
    this.forget();
    this.timeline.only(emotions);
    this.changed();
  }

  toggle(emotion) {
    this.forget();
    this.timeline.toggle(emotion);
    this.changed();
  }

  /** Shows one emotion alone; a second call restores the previous selection. */
  solo(emotion) {
    if (this.alone === emotion) {
      this.show(this.before);
      return;
    }
    this.before ??= [...this.timeline.shown];
    this.alone = emotion;
    this.timeline.only([emotion]);
    this.changed();
  }

  forget() {
    this.alone = -1;
    this.before = null;
  }
}
