import { describe, expect, test } from 'vitest';
import { iceServers } from './ice.ts';
import { turnCredentials } from './turn.ts';

describe('row 54: TURN credentials', () => {
  test('the user name is when they end, the credential its HMAC-SHA1 in base64', () => {
    // printf 1700003600 | openssl dgst -sha1 -hmac 'north' -binary | base64
    expect(turnCredentials('north', 1_700_003_600.9)).toEqual({
      username: '1700003600',
      credential: 'xF4I6gruVt/PjGbjajGu2UlidPk=',
    });
  });

  const config = { stunUrls: ['stun:a.example'], turnUrls: ['turn:t.example', 'turns:t.example'] };

  test('live for an hour, and come with the addresses', () => {
    const servers = iceServers('page.example', 3478, { ...config, turnSecret: 'north' }, 1_700_000_000_000);
    expect(servers).toEqual([
      { urls: ['stun:page.example:3478'] },
      { urls: ['stun:a.example'] },
      { urls: config.turnUrls, ...turnCredentials('north', 1_700_003_600) },
    ]);
    expect(JSON.stringify(servers)).not.toContain('north');
  });

  test('nobody gets TURN where no secret is set', () => {
    expect(iceServers(undefined, 3478, { ...config, turnSecret: undefined }, 0)).toEqual([
      { urls: ['stun:a.example'] },
    ]);
  });
});
