import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInviteLink, splitInviteLink } from './inviteLink.ts';

describe('a link that invites', () => {
  it('comes apart as it was put together', () => {
    const link = fc.webUrl({ withFragments: true }).filter((url) => !url.includes('&invite='));
    fc.assert(
      fc.property(link, fc.base64String(), (plain, code) => {
        expect(splitInviteLink(formatInviteLink(plain, code))).toEqual({ link: plain, code });
      }),
    );
  });

  it('comes apart where somebody has pasted it twice', () => {
    const link = formatInviteLink('https://shoal.example/#abc', 'CODE');
    expect(splitInviteLink(link + link)).toEqual({ link: 'https://shoal.example/#abc', code: 'CODE' });
  });

  it('is all link where nobody invites', () => {
    expect(splitInviteLink('#abc')).toEqual({ link: '#abc', code: undefined });
    expect(splitInviteLink('')).toEqual({ link: '', code: undefined });
  });
});
