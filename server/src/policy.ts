/** What the page may do and load. Servers of other kinds get the same from the page's build. */
export const CONTENT_SECURITY_POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'wss:', 'ws://localhost:*', 'ws://127.0.0.1:*'],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['shoal'],
};

const FORBIDDEN_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

export const PERMISSIONS_POLICY = FORBIDDEN_FEATURES.map((feature) => `${feature}=()`).join(', ');

/** Of what the bundler has put a digest of the content in the name of. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

/** What a `meta` tag can say of the policy: browsers complain of the rest. */
export function metaPolicy(): string {
  return policyText(Object.entries(CONTENT_SECURITY_POLICY).filter(([name]) => name !== 'frame-ancestors'));
}

/** The headers of every answer, as a `_headers` file says them to hosts that read one. */
export function headersFile(): string {
  const lines = [
    `Content-Security-Policy: ${policyText(Object.entries(CONTENT_SECURITY_POLICY))}`,
    'Cross-Origin-Embedder-Policy: require-corp',
    'Cross-Origin-Opener-Policy: same-origin',
    'Cross-Origin-Resource-Policy: same-origin',
    `Permissions-Policy: ${PERMISSIONS_POLICY}`,
    'Referrer-Policy: no-referrer',
    'X-Content-Type-Options: nosniff',
    'X-Frame-Options: DENY',
  ];
  return ['/*', ...indented(lines), '/assets/*', ...indented([`Cache-Control: ${FOR_EVER}`]), ''].join('\n');
}

function policyText(directives: readonly (readonly [string, readonly string[]])[]): string {
  return directives.map(([name, sources]) => [name, ...sources].join(' ')).join('; ');
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
