import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import { MINUTE, SECOND } from '@shoal/shared/base/time.ts';
import type { ParsedAnnounce, SignalPayload } from '@shoal/shared/tracker/payload.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Tracker } from './tracker.ts';

const hashes = [1, 2].map((number) => infoHashOf(new Uint8Array(20).fill(number)));
const peers = [1, 2, 3, 4].map((number) => peerIdOf(new Uint8Array(20).fill(number)));
const connections = ['a', 'b', 'c', '__proto__'];

const announcing = fc.record({
  type: fc.constant('announce' as const),
  connection: fc.constantFrom(...connections),
  infoHash: fc.constantFrom(...hashes),
  peerId: fc.constantFrom(...peers),
  token: fc.constantFrom(1, 2, 3),
  event: fc.constantFrom<ParsedAnnounce['event'][]>('started', 'update', 'completed', 'stopped'),
  seeder: fc.boolean(),
  wanted: fc.nat(5),
});
const relaying = fc.record({
  type: fc.constant('relay' as const),
  connection: fc.constantFrom(...connections),
  infoHash: fc.constantFrom(...hashes),
  from: fc.constantFrom(...peers),
  to: fc.constantFrom(...peers),
});
const closing = fc.record({
  type: fc.constant('close' as const),
  connection: fc.constantFrom(...connections),
});
const waiting = fc.record({
  type: fc.constant('wait' as const),
  time: fc.integer({ min: 1, max: 40 * SECOND }),
});
const commands = fc.array(fc.oneof({ weight: 5, arbitrary: announcing }, relaying, closing, waiting), {
  maxLength: 60,
});
const chance = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

interface Row {
  infoHash: string;
  peerId: string;
  token: number;
  seeder: boolean;
  connection: string | undefined;
  deadline: number;
}

/** The tracker as a plain list: every question is a search through it. */
class Model {
  rows: Row[] = [];
  now = 0;

  present(infoHash: string): Row[] {
    return this.rows.filter((row) => row.infoHash === infoHash && row.connection !== undefined);
  }

  announce(a: {
    connection: string;
    infoHash: string;
    peerId: string;
    token: number;
    event: string;
    seeder: boolean;
  }) {
    const same = (row: Row) => row.infoHash === a.infoHash && row.peerId === a.peerId;
    if (this.rows.some((row) => same(row) && row.token !== a.token)) return 'id-taken';
    this.rows = this.rows.filter((row) => !same(row));
    if (a.event === 'stopped') return 'announced';
    this.rows = this.rows.filter((row) => row.infoHash !== a.infoHash || row.connection !== a.connection);
    const { infoHash, peerId, token, seeder, connection } = a;
    this.rows.push({ infoHash, peerId, token, seeder, connection, deadline: this.now + 75 * SECOND });
    return 'announced';
  }

  receiver(r: { connection: string; infoHash: string; from: string; to: string }): string | undefined {
    const here = this.present(r.infoHash);
    if (!here.some((row) => row.peerId === r.from && row.connection === r.connection)) return undefined;
    return here.find((row) => row.peerId === r.to && r.to !== r.from)?.connection;
  }

  close(connection: string): void {
    for (const row of this.rows)
      if (row.connection === connection)
        Object.assign(row, { connection: undefined, deadline: this.now + MINUTE });
  }

  wait(time: number): void {
    this.now += time;
    this.rows = this.rows.filter((row) => row.deadline > this.now);
  }
}

test('agrees with a plain list, whatever clients do', () => {
  fc.assert(
    fc.property(commands, chance, (steps, stream) => {
      const model = new Model();
      const sent: string[] = [];
      const random = {
        next: () => Number(stream.next().value),
        bytes: (length: number) => new Uint8Array(length),
      };
      const send = (connection: string, _signal: SignalPayload) => void sent.push(connection);
      const tracker = new Tracker({ now: () => model.now, random, send });
      for (const step of steps) {
        if (step.type === 'announce') {
          const reply = tracker.announce(step.connection, {
            ...step,
            token: new Uint8Array(32).fill(step.token),
            check: '',
          });
          expect(reply.type).toBe(model.announce(step));
          const here = model.present(step.infoHash);
          if (reply.type !== 'announced') continue;
          expect(reply.seeders).toBe(here.filter(({ seeder }) => seeder).length);
          expect(reply.leechers).toBe(here.filter(({ seeder }) => !seeder).length);
          const others = here.filter(({ peerId }) => peerId !== step.peerId);
          const wanted = step.event === 'stopped' ? 0 : step.wanted;
          expect(reply.members).toHaveLength(Math.min(wanted, others.length));
          for (const member of reply.members)
            expect(others).toContainEqual(
              expect.objectContaining({ peerId: member.peerId, seeder: member.seeder }),
            );
        } else if (step.type === 'relay') {
          sent.length = 0;
          tracker.relay(step.connection, { ...step, sealed: new Uint8Array(1) });
          const receiver = model.receiver(step);
          expect(sent).toEqual(receiver === undefined ? [] : [receiver]);
        } else if (step.type === 'close') {
          tracker.closed(step.connection);
          model.close(step.connection);
        } else {
          model.wait(step.time);
          tracker.expire();
        }
        expect(tracker.memberships).toBe(model.rows.length);
        expect(tracker.swarms).toBe(new Set(model.rows.map(({ infoHash }) => infoHash)).size);
      }
    }),
    { numRuns: 300 },
  );
});
