import type { Case } from '../finding.ts';
import { DISTRIBUTION } from './distribution.ts';
import { RIVALS } from './rivals.ts';
import { scaling } from './scaling.ts';
import { simulator } from './simulator.ts';
import { slotted } from './slotted.ts';

/** Every key of the result, those with the longest runs first: they are begun in this order. */
export const CASES: readonly Case[] = [simulator, scaling, ...DISTRIBUTION, ...RIVALS, slotted];
