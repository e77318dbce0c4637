import type { Fault, WorldPlan } from './worldPlan.ts';
import { runWorld } from './worldRun.ts';

/** What goes wrong in a world, without the figures that differ from run to run; nothing when all is well. */
export function wrongWith(plan: WorldPlan): string | undefined {
  try {
    runWorld(plan);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/^seed .*?, event \d+: /, '').replaceAll(/\d+/g, '#');
  }
}

/** A world as small as can be in which the same goes wrong: faults and peers are left out as long as it does. */
export function smallerWorld(plan: WorldPlan): WorldPlan {
  const wrong = wrongWith(plan);
  if (wrong === undefined) return plan;
  const smaller = simpler(plan).find((each) => wrongWith(each) === wrong);
  return smaller === undefined ? plan : smallerWorld(smaller);
}

/** The same with one thing less, the largest first. */
function simpler(plan: WorldPlan): WorldPlan[] {
  return [
    ...plan.peers.map((_, place) => withoutPeer(plan, place)),
    ...plan.faults.map((_, place) => ({ ...plan, faults: plan.faults.toSpliced(place, 1) })),
    ...plan.peers.flatMap((_, place) => plainer(plan, place)),
  ];
}

function withoutPeer(plan: WorldPlan, place: number): WorldPlan {
  const faults = plan.faults.flatMap((fault): Fault[] => {
    if (fault.type === 'partition') return [{ ...fault, groups: fault.groups.toSpliced(place, 1) }];
    if (!('peer' in fault)) return [fault];
    if (fault.peer === place) return [];
    return [{ ...fault, peer: fault.peer > place ? fault.peer - 1 : fault.peer }];
  });
  return { ...plan, peers: plan.peers.toSpliced(place, 1), faults };
}

/** A peer of which one thing less is to be said. */
function plainer(plan: WorldPlan, place: number): WorldPlan[] {
  const peer = plan.peers[place];
  if (peer === undefined) return [];
  const { jitter, loss, disk, connections, leftOut, uploadLimit, rival, staysOn, ...rest } = peer;
  const traits = { jitter, loss, disk, connections, leftOut, uploadLimit, rival, staysOn };
  const named = Object.entries(traits).filter(([, trait]) => trait !== undefined);
  return named.map(([left]) => {
    const kept = Object.fromEntries(named.filter(([trait]) => trait !== left));
    return { ...plan, peers: plan.peers.with(place, { ...rest, ...kept }) };
  });
}
