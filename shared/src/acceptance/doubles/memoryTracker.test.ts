import { trackerAcceptance } from '../tracker.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryTracker } from './memoryTracker.ts';

trackerAcceptance('MemoryTracker', () => {
  const clock = new ManualClock();
  const tracker = new MemoryTracker(clock);
  return Promise.resolve({
    connect: (events) => tracker.connect(events),
    cut: () => tracker.cut(),
    async until(condition) {
      for (let turn = 0; turn < 10_000; turn++) {
        for (let settled = 0; settled < 5; settled++) await Promise.resolve();
        if (condition()) return;
        clock.pass(1);
      }
      throw new Error('still waiting after 10 s');
    },
    close: () => Promise.resolve(),
  });
});
