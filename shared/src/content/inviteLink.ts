const MARK = '&invite=';

/** A share's link, and what follows it where somebody who has the share also invites: a code to connect by. */
export interface InviteLink {
  readonly link: string;
  readonly code: string | undefined;
}

export function formatInviteLink(link: string, code: string): string {
  return link + MARK + code;
}

/** Of a whole link or its fragment alike, pasted once or several times. What carries no code is all link. */
export function splitInviteLink(text: string): InviteLink {
  const [link = '', ...codes] = text.split(MARK);
  return { link, code: codes.at(-1) };
}
