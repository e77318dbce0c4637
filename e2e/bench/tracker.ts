/**
 * `npm run bench -- tracker [--json]`: the tracker on one core, with 2,000 sockets in swarms of 20. The most announces a
 * second that it answers; how long announces and signals take at 1,000 of each a second, whether or not those before
 * are answered; the same while hostile sockets flood it; and the memory that an idle socket takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Member } from './tracker/member.ts';
import { PinnedServer } from './tracker/pinnedServer.ts';

const SOCKETS = 2000;
const SWARM_SIZE = 20;
const WARM_UP = 200;
const AT_ONCE = 50;
const OUTSTANDING = [16, 64, 256];
const RAMP_MS = 5000;
const LOAD_MS = 20_000;
const PER_SECOND = 1000;
const CPU_SECONDS = 'process_cpu_seconds_total';
const LAST_ANSWERS_MS = 2000;
const HOSTILE = fileURLToPath(new URL('tracker/hostile.ts', import.meta.url));

interface Latency {
  readonly announceP99Ms: number;
  readonly signalP99Ms: number;
}

async function join(port: number, count: number): Promise<Member[]> {
  const members: Member[] = [];
  const lost = (number: number) => () => {
    if (members.length > 0) console.error(`member ${number} lost its connection`);
  };
  for (let first = 0; first < count; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) => first + index);
    const some = numbers.map((number) => new Member(port, identityOf(number), lost(number)));
    await Promise.all(some.map(({ joined }) => joined));
    members.push(...some);
  }
  return members;
}

function identityOf(number: number) {
  const name = (member: number) => `member ${member}`;
  const address = `10.1.${number >> 8}.${number & 0xff}`;
  const swarm = `swarm ${Math.floor(number / SWARM_SIZE)}`;
  return { name: name(number), address, swarm, partner: name(number ^ 1) };
}

function leave(members: Member[]): void {
  for (const member of members.splice(0)) member.socket.close();
}

interface Throughput {
  readonly perSecond: number;
  /** The same by the processor's clock of the server, which stands still while others use the core. */
  readonly perCpuSecond: number;
}

/** Closed loop: each answer lets the member announce that has waited longest. */
async function throughput(
  server: PinnedServer,
  members: readonly Member[],
  outstanding: number,
): Promise<Throughput> {
  let [next, answered, running] = [0, 0, true];
  const ask = () => {
    const member = members[next++ % members.length];
    if (!running || member === undefined) return;
    member.announce(performance.now(), () => {
      answered++;
      ask();
    });
  };
  const [started, worked] = [performance.now(), await server.metric(CPU_SECONDS)];
  for (let index = 0; index < outstanding; index++) ask();
  await delay(RAMP_MS);
  running = false;
  const seconds = (performance.now() - started) / 1000;
  const cpuSeconds = (await server.metric(CPU_SECONDS)) - worked;
  return { perSecond: answered / seconds, perCpuSecond: answered / cpuSeconds };
}

/** Open loop: what is due is sent, and its time counts from when it was due. */
async function load(server: PinnedServer, members: readonly Member[]): Promise<Latency> {
  const latencies = { announces: [] as number[], signals: [] as number[] };
  const lateness: number[] = [];
  const [started, worked] = [performance.now(), await server.metric(CPU_SECONDS)];
  let sent = 0;
  while (performance.now() - started < LOAD_MS) {
    const due = ((performance.now() - started) / 1000) * PER_SECOND;
    for (; sent < due; sent++) {
      const since = started + (sent / PER_SECOND) * 1000;
      lateness.push(performance.now() - since);
      const [announcer, sender] = [members[sent % SOCKETS], members[(sent * 7 + 1) % SOCKETS]];
      const partner = members[((sent * 7 + 1) % SOCKETS) ^ 1];
      if (announcer === undefined || sender === undefined || partner === undefined)
        throw new Error('members');
      announcer.announce(since, (milliseconds) => latencies.announces.push(milliseconds));
      sender.signal(partner, since, (milliseconds) => latencies.signals.push(milliseconds));
    }
    await delay(1);
  }
  await delay(LAST_ANSWERS_MS);
  for (const member of members) member.giveUp();
  const cpuShare = ((await server.metric(CPU_SECONDS)) - worked) / (LOAD_MS / 1000);
  console.log(`the server needs ${(cpuShare * 100).toFixed(0)} % of its core`);
  console.log(`of the times, this program's own lateness in sending: ${p99(lateness).toFixed(1)} ms`);
  return { announceP99Ms: p99(latencies.announces), signalP99Ms: p99(latencies.signals) };
}

function p99(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length * 0.99)] ?? Number.NaN;
}

async function loadUnderAttack(server: PinnedServer, members: readonly Member[]): Promise<Latency> {
  const child = spawn(process.execPath, ['--import', 'tsx', HOSTILE, String(server.port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  await delay(1000);
  const latency = await load(server, members);
  child.kill('SIGTERM');
  await once(child, 'exit');
  console.log(`hostile sockets: ${(await said).trim()}`);
  return latency;
}

async function memoryPerSocket(
  server: PinnedServer,
): Promise<{ members: Member[]; idleKiBPerSocket: number }> {
  const first = await join(server.port, WARM_UP);
  leave(first);
  const before = await server.memory();
  const members = await join(server.port, SOCKETS);
  const after = await server.memory();
  return { members, idleKiBPerSocket: (after - before) / SOCKETS };
}

async function measure(server: PinnedServer) {
  const { members, idleKiBPerSocket } = await memoryPerSocket(server);
  console.log(`memory: ${idleKiBPerSocket.toFixed(1)} KiB an idle socket`);
  let [announcesPerSecond, announcesPerCpuSecond] = [0, 0];
  for (const outstanding of OUTSTANDING) {
    const { perSecond, perCpuSecond } = await throughput(server, members, outstanding);
    console.log(
      `${outstanding} outstanding: ${perSecond.toFixed(0)} announces answered a second, ` +
        `${perCpuSecond.toFixed(0)} a second of processor time`,
    );
    announcesPerSecond = Math.max(announcesPerSecond, perSecond);
    announcesPerCpuSecond = Math.max(announcesPerCpuSecond, perCpuSecond);
  }
  const calm = await load(server, members);
  console.log(`p99 at ${PER_SECOND} announces and signals a second, in ms:`, calm);
  const hostile = await loadUnderAttack(server, members);
  console.log('the same under attack:', hostile);
  leave(members);
  const p99Ratio = Math.max(
    hostile.announceP99Ms / calm.announceP99Ms,
    hostile.signalP99Ms / calm.signalP99Ms,
  );
  return {
    sockets: SOCKETS,
    announcesPerSecond,
    announcesPerCpuSecond,
    ...calm,
    idleKiBPerSocket,
    hostile,
    p99Ratio,
  };
}

const server = await PinnedServer.start();
try {
  const result = await measure(server);
  console.log(`ratio: ${result.p99Ratio.toFixed(2)}`);
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
} finally {
  await server.stop();
}
