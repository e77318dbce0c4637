import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

type Copying = 'idle' | 'copied' | 'failed';

const SHOWN_MS = 2500;

/**
 * @param props.select selects the text for copying by hand, where the browser does not let the page.
 * @param props.failed what is said then, if not that the link is selected.
 */
export function CopyButton(props: {
  text: string;
  select: () => void;
  failed?: string;
  label?: string;
  testId?: string;
}) {
  const [copying, setCopying] = useState<Copying>('idle');
  useEffect(() => {
    if (copying !== 'copied') return undefined;
    const timer = setTimeout(() => setCopying('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copying]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      setCopying('copied');
    } catch {
      props.select();
      setCopying('failed');
    }
  };
  return (
    <>
      <button
        type="button"
        class={props.label ? 'button' : 'button primary copy'}
        data-testid={props.testId ?? 'copy'}
        onClick={() => void copy()}
      >
        {copying === 'copied' ? texts.link.copied : (props.label ?? texts.link.copy)}
      </button>
      <span class={copying === 'failed' ? 'quiet copy-note' : 'unseen'} role="status">
        {copying === 'copied' && texts.link.copied}
        {copying === 'failed' && (props.failed ?? texts.link.copyFailed)}
      </span>
    </>
  );
}
