import type { BrowserContext } from 'playwright';

/**
 * Has this done in the engine's realm of every later page before the engine hears from the page. (Its script cannot be
 * replaced by another: Chromium then keeps it from the network.)
 */
export async function beforeEngine(context: BrowserContext, change: () => void): Promise<void> {
  await context.addInitScript(holdBack);
  context.on('page', (page) =>
    page.on('worker', (worker) => {
      void worker.evaluate(change).then(() => page.evaluate('release()'));
    }),
  );
}

/** Runs in the page: what it says to a worker waits until it is released. */
function holdBack(): void {
  const waiting: (() => void)[] = [];
  let held = true;
  const post = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as (
    ...values: unknown[]
  ) => void;
  Object.defineProperty(Worker.prototype, 'postMessage', {
    value(this: Worker, ...values: unknown[]) {
      const give = () => Reflect.apply(post, this, values);
      if (held) waiting.push(give);
      else give();
    },
  });
  Object.assign(globalThis, {
    release() {
      held = false;
      for (const give of waiting) give();
    },
  });
}
