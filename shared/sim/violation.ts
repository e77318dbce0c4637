import type { World } from './world.ts';

/** Something happened that must never happen. The message has what is needed to see it again. */
export class Violation extends Error {
  constructor(world: World, what: string) {
    super(`seed ${world.seed}, ${(world.now / 1000).toFixed(3)} s, event ${world.events}: ${what}`);
    this.name = 'Violation';
  }
}
