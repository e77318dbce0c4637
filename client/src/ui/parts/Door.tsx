import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type * as Behind from '../behindDoors.ts';

/** After the page has begun, in milliseconds: the server may be gone when somebody asks for it. */
const SOON = 10_000;

/** Closed at first. What is behind it is loaded when all else is there, or when it is opened. */
export function Door(props: {
  title: string;
  testId: string;
  open?: boolean;
  children: (behind: typeof Behind) => ComponentChildren;
}) {
  const [behind, setBehind] = useState<typeof Behind>();
  const load = () => {
    import('../behindDoors.ts').then(setBehind, () => undefined);
  };
  useEffect(() => {
    const timer = setTimeout(load, SOON);
    return () => clearTimeout(timer);
  }, []);
  return (
    <details class="door" data-testid={props.testId} open={props.open} onToggle={load}>
      <summary>{props.title}</summary>
      {behind && props.children(behind)}
    </details>
  );
}
