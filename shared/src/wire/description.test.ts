import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCandidate, checkDescription } from './description.ts';
import { MAX_CANDIDATE, MAX_SIGNAL } from './limits.ts';

const bytes = new Array(32).fill('4a').join(':');
const fingerprint = `a=fingerprint:sha-256 ${bytes}`;
/** As Chromium offers a data channel. */
const lines = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:EsAw',
  'a=ice-pwd:bP+XJMM09aR8AiX1jdukzR6Y',
  'a=ice-options:trickle',
  fingerprint,
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
];
const sdp = (...all: readonly string[]) => `${all.join('\r\n')}\r\n`;
const without = lines.filter((line) => line !== fingerprint);
const refused = (reason: string) => ({ type: 'refused', reason });

describe('description', () => {
  test('of one data connection is right, with its fingerprint in normal form', () => {
    const ok = { type: 'ok', fingerprint: `sha-256 ${bytes.toUpperCase()}` };
    expect(checkDescription(sdp(...lines))).toEqual(ok);
    expect(checkDescription(lines.join('\n'))).toEqual(ok);
    expect(checkDescription(sdp('v=0', fingerprint, ...without.slice(1)))).toEqual(ok);
  });

  test('may have any algorithm', () => {
    const line = `a=fingerprint:SHA-512 ${new Array(64).fill('00').join(':')}`;
    expect(checkDescription(sdp(...without, line))).toMatchObject({ type: 'ok' });
  });

  const second = [
    fingerprint,
    `a=fingerprint:sha-1 ${new Array(20).fill('00').join(':')}`,
    'a=fingerprint: nonsense',
    'a=fingerprint',
    'a=FINGERPRINT:sha-256 00',
    'a= fingerprint:sha-256 00',
    'a=fingerprint sha-256 00',
  ];
  test.each(second)('with a second fingerprint is refused: %s', (line) => {
    expect(checkDescription(sdp(...lines, line))).toEqual(refused('not-one-fingerprint'));
    expect(checkDescription(sdp('v=0', line, ...lines.slice(1)))).toEqual(refused('not-one-fingerprint'));
  });

  test('without a fingerprint is refused', () => {
    expect(checkDescription(sdp(...without))).toEqual(refused('not-one-fingerprint'));
  });

  const misshapen = [
    '',
    'sha-256',
    'sha-256 4A',
    `sha-256  ${bytes}`,
    `sha-256 ${bytes}:`,
    `sha-256 ${bytes} ${bytes}`,
  ];
  test.each(misshapen)('with a malformed fingerprint is refused: "%s"', (value) => {
    expect(checkDescription(sdp(...without, `a=fingerprint:${value}`))).toEqual(
      refused('malformed-fingerprint'),
    );
  });

  test('with media, with two sections or with none is refused', () => {
    const media = lines.map((line) => (line.startsWith('m=') ? 'm=audio 9 UDP/TLS/RTP/SAVPF 111' : line));
    expect(checkDescription(sdp(...media))).toEqual(refused('not-data-only'));
    expect(checkDescription(sdp(...lines, 'm=audio 9 UDP/TLS/RTP/SAVPF 111'))).toEqual(
      refused('not-data-only'),
    );
    expect(checkDescription(sdp(...lines, lines[7]!))).toEqual(refused('not-data-only'));
    expect(checkDescription(sdp(...lines.filter((line) => !line.startsWith('m='))))).toEqual(
      refused('not-data-only'),
    );
  });

  const hidden = [
    `a=x\r${fingerprint}`,
    ` ${fingerprint}`,
    '',
    'a=x\u2028m=audio',
    'a=x\0',
    'M=audio 9',
    'a=\t',
  ];
  test.each(hidden)('with a line that parsers may read differently is refused: %j', (line) => {
    expect(checkDescription(sdp(...lines.slice(0, 10), line, ...lines.slice(10)))).toEqual(
      refused('malformed-line'),
    );
  });

  test('too long is refused', () => {
    expect(checkDescription(sdp(...lines, `a=${'x'.repeat(MAX_SIGNAL)}`))).toEqual(refused('too-long'));
  });

  test('of any text is right only with one section and one fingerprint', () => {
    const line = fc.constantFrom(...lines.slice(7), 'm=video 9', 'a=fingerprint:sha-1 00', '', 'a=\r', 'x');
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), end, (lines, end) => {
        const text = lines.join(end);
        if (checkDescription(text).type === 'refused') return;
        expect(text.match(/^m=/gm)).toHaveLength(1);
        expect(text.match(/^a=fingerprint/gim)).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('candidate', () => {
  test('is a candidate line or the empty end of candidates', () => {
    expect(checkCandidate('candidate:842163049 1 udp 1677729535 192.0.2.1 46154 typ srflx')).toEqual({
      type: 'ok',
    });
    expect(checkCandidate('')).toEqual({ type: 'ok' });
  });

  const malformed = ['a=candidate:1', 'm=audio', 'candidate:1\r\na=fingerprint:sha-256 00', ' candidate:1'];
  test.each(malformed)('%j is none', (text) => {
    expect(checkCandidate(text)).toEqual(refused('malformed-candidate'));
  });

  test('is no longer than allowed', () => {
    const longest = 'candidate:'.padEnd(MAX_CANDIDATE, '1');
    expect(checkCandidate(longest)).toEqual({ type: 'ok' });
    expect(checkCandidate(`${longest}1`)).toEqual(refused('too-long'));
  });
});
