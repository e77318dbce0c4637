import { clockAcceptance } from '../clock.ts';
import { ManualClock } from './manualClock.ts';

clockAcceptance('ManualClock', () => {
  const clock = new ManualClock();
  return { clock, pass: (milliseconds) => clock.pass(milliseconds) };
});
