// Which emotions are shown: at first those with the widest range, then those that the reader selects, or one alone.

export class Choice {
  constructor(timeline, changed) {
    this.timeline = timeline;
    this.changed = changed;
    this.alone = -1;
    this.before = null;
    this.strongest = timeline.curves.strongest();
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
