import { texts } from '../texts.ts';
import { Mark } from './Mark.tsx';

/** Leads home; on a share's view also says so in words. */
export function Header(props: { inside: boolean; onHome: () => void }) {
  const home = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    props.onHome();
  };
  return (
    <header class="top">
      <a class="brand" href="./" aria-label={texts.home} onClick={home}>
        <Mark />
        {texts.name}
      </a>
      {props.inside && (
        <a class="top-link" href="./" onClick={home}>
          {texts.shareSomething}
        </a>
      )}
    </header>
  );
}
