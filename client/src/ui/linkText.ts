/** What a person pasted, as far as the page needs to understand it. */
export type PastedLink =
  | { readonly type: 'nothing' }
  /** To be opened here; whether it is a link at all is for the engine to say. */
  | { readonly type: 'here'; readonly fragment: string }
  /** A whole link of another site, whose people that site introduces; the fragment names it as their tracker. */
  | { readonly type: 'elsewhere'; readonly url: string; readonly host: string; readonly fragment: string };

const NAMED_TRACKERS = '&tr=';

/** @param origin of this page, as `location.origin`. */
export function readPastedLink(text: string, origin: string): PastedLink {
  const trimmed = text.trim();
  if (trimmed === '') return { type: 'nothing' };
  const fragment = trimmed.slice(trimmed.indexOf('#') + 1);
  const url = /^https?:\/\//i.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (!url || url.hash === '' || url.origin === origin || fragment.includes(NAMED_TRACKERS))
    return { type: 'here', fragment };
  const tracker = encodeURIComponent(`${url.protocol.replace('http', 'ws')}//${url.host}`);
  return {
    type: 'elsewhere',
    url: url.href,
    host: url.host,
    fragment: `${fragment}${NAMED_TRACKERS}${tracker}`,
  };
}

/** The row of characters that a link cannot do without: 52 of them, less what was lost on the way. */
const LIKELY = /#[\w-]{40,}/;

/** The link in a text that was pasted or shared somewhere, if something in it looks like one. */
export function findLink(text: string, origin: string): Exclude<PastedLink, { type: 'nothing' }> | undefined {
  const word = text.split(/\s+/).find((each) => LIKELY.test(each));
  const pasted = readPastedLink(word ?? '', origin);
  return pasted.type === 'nothing' ? undefined : pasted;
}
