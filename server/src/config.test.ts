import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config.ts';

test('nothing set, or set to nothing', () => {
  const config = {
    port: 8080,
    host: undefined,
    stunPort: 3478,
    stunUrls: [],
    turnUrls: [],
    turnSecret: undefined,
    allowedOrigins: [],
    trustProxy: 0,
    logLevel: 'info',
    redisUrl: undefined,
  };
  expect(parseConfig({})).toEqual({ type: 'config', config });
  expect(parseConfig({ PORT: '', ALLOWED_ORIGINS: '', REDIS_URL: '', HOST: '' })).toEqual({
    type: 'config',
    config,
  });
});

test('everything set', () => {
  const environment = {
    PORT: '9000',
    HOST: '127.0.0.1',
    STUN_PORT: '0',
    STUN_URLS: 'stun:a.example:3478, stuns:b.example',
    TURN_URLS: 'turn:a.example:3478?transport=tcp',
    TURN_SECRET: 'secret',
    ALLOWED_ORIGINS: 'https://A.example:443,http://b.example:8080',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'debug',
    REDIS_URL: 'redis://localhost:6379',
  };
  expect(parseConfig(environment)).toEqual({
    type: 'config',
    config: {
      port: 9000,
      host: '127.0.0.1',
      stunPort: 0,
      stunUrls: ['stun:a.example:3478', 'stuns:b.example'],
      turnUrls: ['turn:a.example:3478?transport=tcp'],
      turnSecret: 'secret',
      allowedOrigins: ['https://a.example', 'http://b.example:8080'],
      trustProxy: 1,
      logLevel: 'debug',
      redisUrl: 'redis://localhost:6379',
    },
  });
  expect(parseConfig({ ALLOWED_ORIGINS: '*' })).toMatchObject({ config: { allowedOrigins: '*' } });
});

describe('row 58: a wrong value is told in one line', () => {
  test('TURN without the secret it shares with us', () => {
    const problem = 'TURN_SECRET must be set where TURN_URLS is, but is empty.';
    expect(parseConfig({ TURN_URLS: 'turn:a.example' })).toEqual({ type: 'wrong', problem });
  });

  test.each([
    ['PORT', 'abc', 'must be a port number from 0 to 65535'],
    ['PORT', '65536', 'must be a port number from 0 to 65535'],
    ['PORT', '-1', 'must be a port number from 0 to 65535'],
    ['STUN_PORT', '3478.5', 'must be a port number from 0 to 65535'],
    [
      'STUN_URLS',
      'stun.example.org',
      'must be addresses like stun:stun.example.org:3478, with commas between',
    ],
    ['STUN_URLS', 'stun:', 'must be addresses like stun:stun.example.org:3478, with commas between'],
    ['TURN_URLS', 'turn:a b', 'must be addresses like turn:turn.example.org:3478, with commas between'],
    [
      'TURN_URLS',
      'https://a.example',
      'must be addresses like turn:turn.example.org:3478, with commas between',
    ],
    [
      'ALLOWED_ORIGINS',
      'a.example',
      'must be * or origins like https://share.example.org, with commas between',
    ],
    [
      'ALLOWED_ORIGINS',
      'https://a.example/',
      'must be * or origins like https://share.example.org, with commas between',
    ],
    [
      'ALLOWED_ORIGINS',
      'https://a.example:65536',
      'must be * or origins like https://share.example.org, with commas between',
    ],
    ['TRUST_PROXY', 'yes', 'must be the number of reverse proxies in front, 0 to 10'],
    ['TRUST_PROXY', '11', 'must be the number of reverse proxies in front, 0 to 10'],
    ['LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent'],
    ['REDIS_URL', 'localhost', 'must be an address like redis://redis.example.org:6379'],
  ])('%s=%s', (variable, value, expected) => {
    const problem = `${variable} ${expected}, but is "${value}".`;
    expect(parseConfig({ [variable]: value })).toEqual({ type: 'wrong', problem });
  });

  test('of several lines', () => {
    const problem = 'PORT must be a port number from 0 to 65535, but is "80\\n81".';
    expect(parseConfig({ PORT: '80\n81' })).toEqual({ type: 'wrong', problem });
  });

  test('whatever the value', () => {
    const names = [
      'PORT',
      'STUN_PORT',
      'STUN_URLS',
      'ALLOWED_ORIGINS',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'REDIS_URL',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
        const parsed = parseConfig({ [name]: value });
        if (parsed.type === 'wrong') expect(parsed.problem).toMatch(/^[A-Z_]+ must be [^\n]+\.$/);
      }),
    );
  });
});
