/** `hostile.ts PORT`: 50 sockets that each send 1,000 messages a second, and come back at once when they are cut. */
import { Member } from './member.ts';

const SOCKETS = 50;
const PER_SECOND = 1000;
const TICK_MS = 10;
const BACK_AFTER_MS = 50;
const MOST_WAITING = 1024 * 1024;

const sent = { messages: 0, cuts: 0 };

/** An announce, and a signal, which is two messages. */
const MESSAGES_A_ROUND = 3;

function attack(port: number, number: number): void {
  const name = `hostile ${number}`;
  const identity = { name, address: `192.0.2.${number}`, swarm: `swarm ${number}`, partner: name };
  let pushing: ReturnType<typeof setInterval> | undefined;
  const member = new Member(port, identity, () => {
    clearInterval(pushing);
    sent.cuts++;
    setTimeout(() => attack(port, number), BACK_AFTER_MS);
  });
  void member.joined.then(() => {
    pushing = push(member);
  });
}

function push(member: Member): ReturnType<typeof setInterval> {
  const round = Buffer.concat([member.frames.announce, member.frames.signal]);
  const started = performance.now();
  let messages = 0;
  return setInterval(() => {
    const due = ((performance.now() - started) / 1000) * PER_SECOND;
    while (messages < due && member.socket.waiting < MOST_WAITING) {
      member.socket.write(round);
      messages += MESSAGES_A_ROUND;
      sent.messages += MESSAGES_A_ROUND;
    }
  }, TICK_MS);
}

const port = Number(process.argv[2]);
for (let number = 0; number < SOCKETS; number++) attack(port, number);
process.on('SIGTERM', () => {
  console.log(JSON.stringify(sent));
  process.exit(0);
});
