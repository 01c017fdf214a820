// Describes a job in words: its stage, speed and time left.
import { clock } from './curves/clock.js';

export const isOpen = (job) => job?.state === 'Queued' || job?.state === 'Running';

/** True while the job waits because a disk is full. */
export const isHeld = (job) => isOpen(job) && job.stage === 'waiting for disk space';

/** '0:18 left'; empty until it can be estimated. */
export function remaining(job) {
  const seconds = (Date.now() - Date.parse(job.started)) / 1000;
  return job.state === 'Running' && job.started && job.progress > 0.02 && seconds > 2 ? `${clock((seconds / job.progress) * (1 - job.progress))} left` : '';
}

export function words(job) {
  if (isHeld(job)) return job.stage;
  if (job.state === 'Queued') return 'waiting';
  if (job.state === 'Running') {
    const speed = job.speed ? `${job.speed.toFixed(1)}× real time` : '';
    return [job.stage, `${Math.round(job.progress * 100)} %`, speed, remaining(job)].filter(Boolean).join(', ');
  }
  return job.error ?? (job.kind === 'Preview' && job.state === 'Done' ? 'preview made' : job.state.toLowerCase());
}
