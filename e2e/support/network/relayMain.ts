/** The relay in a process of its own, where nothing but packets keeps it busy. Ends with the one that started it. */
import { Relay } from './relay.ts';
import type { Answer, Asked, Question } from './relayMessage.ts';

/** What the kernel dropped is known of a socket only while it is open. */
const LOOK_EVERY_MS = 250;

const relay = new Relay(Number(process.argv[2]));
setInterval(() => void relay.counts(), LOOK_EVERY_MS);

function answer(question: Question): Promise<Answer['value']> | undefined {
  switch (question.type) {
    case 'line':
      relay.setLine(question.line, question.settings);
      return undefined;
    case 'stand':
      return relay.standFor(question.line, question.address, question.port);
    case 'forget':
      relay.forget(question.line);
      return undefined;
    case 'counts':
      return relay.counts();
  }
}

process.on('message', (asked: Asked) => {
  void Promise.resolve(answer(asked.question)).then((value) => {
    process.send?.({ id: asked.id, value } satisfies Answer);
  });
});
process.on('disconnect', () => process.exit());
